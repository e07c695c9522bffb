"""`jinguo inspect --rendered`: lines and characters on the laid-out page, what stands outside, and what is said
without LibreOffice."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from jinguo.common.errors import JinguoError
from jinguo.word import libreoffice as paper
from jinguo.word.libreoffice import PageLine, read_pages
from jinguo.word.page_inspection import count_lines, inspect_rendered
from tests.helpers import jinguo
from tests.word.test_gb9704 import long_document

_MM = 72 / 25.4


def page(
    count: int = 22, pitch: float = 28.95, step: float = 15.79, characters: int = 28, text: str = "余"
) -> list[PageLine]:
    """A page of full lines of 三号, from the upper edge of the text block, and its page number."""
    left, top = 28 * _MM, 37 * _MM
    lines = [
        PageLine(
            text * characters,
            top + pitch * n,
            left,
            left + step * characters,
            16,
            [left + step * k for k in range(characters)],
        )
        for n in range(1, count + 1)
    ]
    return [*lines, PageLine("—1—", 770, 463, 508, 14, [463, 480, 500])]


def found(*pages: list[PageLine]) -> list[tuple[str, str]]:
    return [(d.where, d.found) for d in inspect_rendered(list(pages))]


def test_a_page_of_22_lines_of_28_characters_is_as_it_should_be():
    assert found(page(), page()) == []
    assert [tuple(c) for c in count_lines([page(), page(7, characters=12)])] == [(1, 22, 22, 28), (2, 7, 7, 12)]


@pytest.mark.parametrize(
    ("lines", "where", "says"),
    [
        (page(21, pitch=30), "排出的行距", "30.0 磅，一面排 21 行"),
        (page(24, pitch=26), "排出的行距", "26.0 磅，一面排 25 行"),
        (page(step=16.4, characters=27), "排出的字距", "16.4 磅，一行排 27 字"),
        (page(step=14.7, characters=30), "排出的字距", "14.7 磅，一行排 30 字"),
    ],
    ids=["too far apart", "too close", "27 characters", "30 characters"],
)
def test_other_lines_and_characters_are_told(lines, where, says):
    assert (where, says) in found(lines)


def test_a_short_page_says_nothing_of_its_density():
    assert found(page(3, pitch=40, characters=10)) == []


@pytest.mark.parametrize(
    ("line", "side"),
    [
        (PageLine("排到左边", 200, 60, 130, 16, []), "左边"),
        (PageLine("排到右边", 200, 400, 560, 16, []), "右边"),
        (PageLine("排到下边", 780, 80, 150, 16, []), "下边"),
    ],
)
def test_what_stands_outside_the_text_block_is_told(line, side):
    assert found([*page(3), line]) == [(f"第 1 面“{line.text}”", f"排到了版心{side}以外")]


def test_punctuation_may_hang_over_the_edge():
    hanging = PageLine("余" * 28 + "，", 200, 28 * _MM, 184 * _MM + 14, 16, [])
    assert found([hanging]) == []


def test_signature_and_date_alone_on_a_page_are_told():
    alone = [PageLine("余姚市妇女联合会", 130, 340, 466, 16, []), PageLine("2026年10月15日", 160, 330, 458, 16, [])]
    assert found(page(), alone) == [("第 2 面", "只有署名和成文日期，没有正文")]
    assert found(page(), [*page(2), *alone]) == []


def test_without_libreoffice_one_paragraph_says_what_to_get(monkeypatch):
    monkeypatch.setattr(paper, "_USUAL", ())
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(JinguoError) as error:
        paper.find_libreoffice()
    assert "没有找到 LibreOffice" in error.value.paragraph() and "--rendered" in error.value.paragraph()


def test_one_that_lays_the_grid_out_wrongly_is_not_used(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: "soffice")
    said = subprocess.CompletedProcess([], 0, stdout="LibreOffice 7.4.7.2 40(Build:2)")
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: said)
    with pytest.raises(JinguoError, match=r"LibreOffice 7\.4 太旧"):
        paper.find_libreoffice()


@pytest.mark.libreoffice
def test_a_long_document_laid_out_has_22_lines_of_28_characters(to_pdf, tmp_path):
    path = tmp_path / "版面.docx"
    path.write_bytes(long_document())
    pages = read_pages(to_pdf(path).read_bytes())
    assert inspect_rendered(pages) == []
    assert [tuple(c) for c in count_lines(pages)[:2]] == [(1, 22, 22, 28), (2, 22, 22, 28)]


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("old", "new", "where"),
    [(b'w:line="579"', b'w:line="640"', "排出的行距"), (b'w:charSpace="-849"', b'w:charSpace="2000"', "排出的字距")],
)
def test_a_planted_deviation_shows_on_the_page(to_pdf, tmp_path, old, new, where):
    from jinguo.common.ooxml import read_parts, write_parts

    parts = read_parts(long_document())
    assert any(old in data for data in parts.values())
    path = tmp_path / "改过.docx"
    path.write_bytes(write_parts({name: data.replace(old, new) for name, data in parts.items()}))
    assert where in [d.where for d in inspect_rendered(read_pages(to_pdf(path).read_bytes()))]


@pytest.mark.libreoffice
def test_the_command_tells_the_lines_of_each_page(generated, to_pdf):
    (path,) = (generated / "output" / "通知").glob("*专题培训班 培训通知.docx")
    done = jinguo(generated, "inspect", "--rendered", str(path))
    assert "第 1 面排了" in done.stdout and "第 4 面排了" in done.stdout
    assert done.stderr == ""
