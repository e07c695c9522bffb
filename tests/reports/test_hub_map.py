"""枢纽图: a box for every organisation, none on another, and lines that join them."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from jinguo.excel.writing.report import write_report
from jinguo.reports.hub_map import hub_map

HUBS = {
    "甲协会": [(f"组织{n}", ("核心层", "紧密层", "大众层")[n % 3]) for n in range(12)],
    "乙协会": [("<丙>&队", "大众层")],
}


def test_every_organisation_has_its_box_and_no_two_overlap():
    sheet = hub_map(HUBS)
    boxes = [box for box in sheet.boxes if box.words]
    assert len(boxes) == 2 + 13
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            apart = (
                one.left + one.width <= other.left
                or other.left + other.width <= one.left
                or one.top + one.height <= other.top
                or other.top + other.height <= one.top
            )
            assert apart, (one, other)
    # The colour is the tier, which the words say too.
    assert {box.colour for box in boxes if "（核心）" in box.words} == {"F8CBAD"}
    assert sheet.rows == [["甲协会", 12], ["乙协会", 1]]


def test_the_picture_is_native_and_its_words_are_text():
    parts = zipfile.ZipFile(io.BytesIO(write_report("年度统计", [hub_map(HUBS)], "妇联")))
    drawing = etree.fromstring(parts.read("xl/drawings/drawing1.xml"))
    words = ["".join(shape.itertext("{*}t")) for shape in drawing.iter("{*}sp")]
    assert "<丙>&队（大众）" in words and "甲协会" in words
    assert len(words) == len(hub_map(HUBS).boxes)
