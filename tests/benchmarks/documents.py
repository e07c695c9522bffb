"""A thousand notices with a table of ten rows: ours, docxtpl and docx-mailmerge2 (pip install docx-mailmerge2) in
one run."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

from jinguo.documents.templates import build_template
from jinguo.registry.settings import Settings
from jinguo.word.template import Template
from tests.helpers import TODAY

_NAME = "培训通知.docx"
_OFFICE = Settings({"单位名称": "余姚市妇女联合会"})


def values(number: int) -> dict[str, Any]:
    """What the notice of this number places."""
    words = {
        name: f"{name}{number}"
        for name in (
            "发文机关标志", "发文字号", "标题", "主送机关", "目的", "举办", "活动名称", "时间", "地点", "参加人员", "学时", "报名截止",
            "回执附件", "回执邮箱", "联系人", "联系电话", "附件二", "单位名称", "成文日期",
        )
    }  # fmt: skip
    rows = [{"时间": f"{9 + k}:00", "内容": f"第{k}项内容", "主讲": f"主讲{number}"} for k in range(10)]
    return words | {"名额": "", "日程": rows, "附件一": "", "名额分配": []}


def rate(work: Callable[[int], Any], count: int) -> float:
    """Documents a CPU second."""
    start = time.process_time()
    for number in range(count):
        work(number)
    return count / (time.process_time() - start)


def with_docxtpl(data: bytes) -> Callable[[int], bytes]:
    from docxtpl import DocxTemplate

    def work(number: int) -> bytes:
        document, stream = DocxTemplate(io.BytesIO(data)), io.BytesIO()
        document.render(values(number), autoescape=True)
        document.save(stream)
        return stream.getvalue()

    return work


def with_mailmerge(data: bytes) -> Callable[[int], bytes]:
    """The same page with merge fields in place of the tags: the words, and a table row merged ten times."""
    import re

    import docx
    from mailmerge import MailMerge

    from jinguo.common.ooxml import read_parts, write_parts

    sample = values(0)
    filled = Template(data, _NAME, _OFFICE, TODAY).render(sample | {"日程": sample["日程"][:1]})
    parts = read_parts(filled)
    xml = parts["word/document.xml"].decode()
    for name, word in {
        **{k: v for k, v in sample.items() if isinstance(v, str) and v},
        **{f"行{k}": v for k, v in sample["日程"][0].items()},
    }.items():
        field = (
            f'</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> MERGEFIELD {name} </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>«{name}»</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve">'
        )
        xml = re.sub(rf"(?<=>){re.escape(word)}|{re.escape(word)}(?=[。；）<])", field, xml, count=1)
    parts["word/document.xml"] = xml.encode()
    template = write_parts(parts)
    assert docx.Document(io.BytesIO(template))

    def work(number: int) -> bytes:
        stream = io.BytesIO()
        with MailMerge(io.BytesIO(template)) as document:
            found = values(number)
            document.merge(**{k: v for k, v in found.items() if isinstance(v, str)})
            document.merge_rows("行内容", [{f"行{k}": v for k, v in row.items()} for row in found["日程"]])
            document.write(stream)
        return stream.getvalue()

    return work


def bench(count: int = 1000) -> None:
    data = build_template(_NAME)
    start = time.process_time()
    template = Template(data, _NAME, _OFFICE, TODAY)
    template.render(values(0))
    print(f"培训通知：编译模板并写第一份 {time.process_time() - start:.2f} s")
    ours = rate(lambda number: template.render(values(number)), count)
    print(f"一千份通知，每份十行日程：每秒 {ours:,.0f} 份")
    peers = {"docxtpl": (with_docxtpl, count // 10)}
    try:
        import mailmerge  # noqa: F401

        peers["docx-mailmerge2"] = (with_mailmerge, count // 10)
    except ImportError:
        print("（没有装 docx-mailmerge2，略去这一项）")
    for name, (make, times) in peers.items():
        theirs = rate(make(data), times)
        print(f"    {name}：每秒 {theirs:,.0f} 份，我们是它的 {ours / theirs:.1f} 倍")
