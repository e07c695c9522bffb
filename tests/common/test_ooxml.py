"""The zip underneath: what goes in comes out, and equal parts are equal bytes whenever they are written."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.common.ooxml import read_parts, write_parts
from tests.helpers import ROOT, examples

TYPES = "[Content_Types].xml"
_NAMES = st.text(st.sampled_from("abcXYZ09_/部件.-"), min_size=1, max_size=20).filter(
    lambda n: not n.endswith("/") and not n.startswith("/")
)


@given(st.dictionaries(_NAMES, st.binary(max_size=300), max_size=6))
@settings(max_examples=examples(80), deadline=None)
def test_parts_come_back_as_they_went_in(parts):
    data = write_parts({**parts, TYPES: b"<Types/>"})
    assert read_parts(data) == {**parts, TYPES: b"<Types/>"}
    assert write_parts(read_parts(data)) == data


def test_the_content_types_come_first_and_the_rest_keeps_its_order():
    data = write_parts({"word/styles.xml": b"s", "word/document.xml": b"d", TYPES: b"t", "_rels/.rels": b"r"})
    assert list(read_parts(data)) == [TYPES, "word/styles.xml", "word/document.xml", "_rels/.rels"]


def test_the_bytes_do_not_know_what_time_it_is(monkeypatch):
    parts = {TYPES: b"<Types/>", "word/document.xml": b"text" * 500}
    first = write_parts(parts)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert write_parts(parts) == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert [(i.date_time, i.compress_type) for i in package.infolist()] == [
            ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED)
        ] * 2
        assert package.testzip() is None


def test_folders_in_a_package_are_no_parts():
    """Some programs store word/ as an entry of its own."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/", b"")
        package.writestr("word/document.xml", b"d")
    assert read_parts(stream.getvalue()) == {"word/document.xml": b"d"}


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600)], ids=["empty", "cut off", "an old .doc"]
)
def test_what_is_no_package_is_refused(data):
    with pytest.raises(zipfile.BadZipFile):
        read_parts(data)


def test_a_real_template_keeps_every_part():
    data = (ROOT / "templates" / "培训通知.docx").read_bytes()
    again = read_parts(write_parts(read_parts(data)))
    assert again == read_parts(data)
    assert {"word/document.xml", "word/styles.xml", "word/settings.xml", "word/footer1.xml", "word/footer2.xml"} <= set(
        again
    )
