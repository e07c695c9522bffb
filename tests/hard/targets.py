"""What is fuzzed: each takes a sound file, changes one of its parts as the data say, and must come through with a result or in words."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import DAMAGED, read_parts, write_parts
from tests.helpers import ROOT, TODAY

#: Pieces of XML that mean something to a reader, to be put anywhere.
PIECES = (
    b"<v>", b"</v>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b'r="XFD1048576"', b't="s"', b't="e"', b"<f>", b"&#0;", b"&amp;", b"<mergeCell ref=\"A1:XFD1048576\"/>",
    b'r="A0"', b"<row/>", b"{{", b"}}", b"{%", b"%}", b"{% for x in y %}", b"<w:p>", b"</w:p>", b"<w:fldChar/>", b"<w:instrText>DDE</w:instrText>", b"<w:sectPr/>",
    b"<w:tbl/>", b'w:val="-1"', b'w:w="1e999"', b"\xff\xfe", b"\x00", b"9" * 400, "，".encode() * 50,
)  # fmt: skip


def changed(source: bytes, data: bytes) -> bytes:
    """The package with one part changed in up to eight places: cut, doubled, or a piece put in."""
    parts = read_parts(source)
    names = sorted(parts)
    name = names[data[0] % len(names)]
    part = bytearray(parts[name])
    for place in range(1, min(len(data), 25) - 2, 3):
        at = (data[place] * 256 + data[place + 1]) * max(len(part), 1) // 65536
        what = data[place + 2]
        if what < 64:
            del part[at : at + what + 1]
        elif what < 128:
            part[at:at] = part[at : at + what]
        elif what < 192:
            part[at:at] = PIECES[what % len(PIECES)]
        else:
            part[at : at + 1] = bytes([what ^ 0x5A])
    return write_parts(parts | {name: bytes(part)})


@cache
def sample(path: str) -> bytes:
    return (ROOT / path).read_bytes()


def in_words(work: Callable[[], object]) -> bool:
    """Whether it came through; whatever is wrong is told as staff are told it."""
    try:
        work()
    except JinguoError as trouble:
        assert trouble.paragraph()
        return False
    return True


def reader(data: bytes) -> bool:
    """Reading a workbook whose parts are changed, and checking what was read."""
    from jinguo.checks import check
    from jinguo.intake.loading import load_files

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "设置.xlsx"
        path.write_bytes(changed(sample("workbooks/设置.xlsx"), data))
        return in_words(lambda: check(load_files([path], TODAY)))


def patcher(data: bytes) -> bool:
    """Writing a cell into a changed workbook: it is refused, or everything else in it is what it was."""
    from jinguo.amend.apply import apply_edits
    from jinguo.amend.edits import Change, Edits
    from jinguo.excel.reading.read import read_workbook

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "设置.xlsx"
        path.write_bytes(changed(sample("workbooks/设置.xlsx"), data))

        def work() -> None:
            before = read_workbook(path)
            sheet = before[0].name
            try:
                written = apply_edits(path, Edits([Change(path.name, sheet, "B2", "", "", "", "新的")])).data
            except DAMAGED:
                return
            path.write_bytes(written)
            after = {s.name: s.rows for s in read_workbook(path)}
            for old in before:
                for r, row in enumerate(old.rows):
                    for c, value in enumerate(row):
                        if (old.name, r, c) != (sheet, 1, 1):
                            assert after[old.name][r][c] == value

        return in_words(work)


def templates(data: bytes) -> bool:
    """A changed template: linted, opened and filled."""
    from jinguo.documents.register import DOCUMENTS
    from jinguo.registry.settings import Settings
    from jinguo.word.lint import lint
    from jinguo.word.placeholders import shapes
    from jinguo.word.template import Template
    from jinguo.word.usual_form import in_usual_form
    from tests.word.test_render import OFFICE

    template = in_usual_form(changed(sample("templates/培训通知.docx"), data))
    known = DOCUMENTS["培训通知"]
    settings: Settings = OFFICE

    def work() -> None:
        from jinguo.word.lint import Known

        mistakes = lint(template, "培训通知.docx", Known(dict.fromkeys(("标题", "正文"))), settings, TODAY)
        made = Template(template, "培训通知.docx", settings, TODAY)
        if not mistakes:
            made.render({name: shape.sample(name) for name, shape in shapes(template).items()})

    assert known
    return in_words(work)


def inspector(data: bytes) -> bool:
    """A changed document: measured against the standard, and put right."""
    from jinguo.word.formatting.house_rules import house_rules
    from jinguo.word.formatting.put_right import put_right
    from jinguo.word.inspection import inspect
    from jinguo.word.measure import measure
    from jinguo.word.usual_form import in_usual_form
    from tests.word.test_render import OFFICE

    document = in_usual_form(changed(sample("templates/培训通知.docx"), data))
    for work in (lambda: inspect(measure(document)), lambda: put_right(document, house_rules(OFFICE))):
        try:
            work()
        except DAMAGED:
            return False
    return True


@cache
def own_register() -> bytes:
    """A register of the demo as an office keeps it by itself."""
    from jinguo.demo.own_registers import write_own

    with tempfile.TemporaryDirectory() as folder:
        return max(write_own(Path(folder)), key=lambda path: path.name).read_bytes()


def adopting(data: bytes) -> bool:
    """An office's own register, changed: what each sheet and column is, and the registry that comes of it."""
    from jinguo.excel.reading.read import read_workbook
    from jinguo.intake.adoption import adopt

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "登记表.xlsx"
        path.write_bytes(changed(own_register(), data))
        return in_words(lambda: adopt({path.name: read_workbook(path)}, TODAY))


@cache
def sent_form() -> tuple[Any, Any, bytes]:
    """A registry, what is known of its survey, and the form that one township has answered."""
    from jinguo.reports.returned_survey import Collecting
    from jinguo.reports.survey_folder import SurveyFolder
    from jinguo.survey.asked import asked_tables
    from tests.benchmarks.surveys import issued, registry_of

    folder = Path(tempfile.mkdtemp(prefix="jinguo-fuzz-"))
    registry = registry_of(1)
    issued(registry, folder)
    place = SurveyFolder(folder / "output", "摸底")
    asked = asked_tables(registry, "摸底")
    context = Collecting(asked, place.kept, registry.settings, registry.today, [], list(place.about()["units"]))
    return registry, context, next((folder / "收到").glob("*.xlsx")).read_bytes()


def returning(data: bytes) -> bool:
    """A returned form, changed: read, compared with what was sent, checked, and what is proposed of it."""
    from jinguo.reports.returned_survey import collect_one
    from jinguo.survey.proposing import Proposing
    from jinguo.survey.recognising import Recognising

    registry, context, form = sent_form()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "第0镇.xlsx"
        path.write_bytes(changed(form, data))

        def work() -> None:
            recognising = Recognising(registry, context.asked, {}, (lambda table, token: "", lambda unit: None))
            proposing = Proposing(recognising, "摸底")
            proposing.take(collect_one(path, context))
            proposing.proposals()

        return in_words(work)


@cache
def decided_plan() -> tuple[Any, bytes]:
    """The demo's registry, and the plan of what two townships returned, as somebody has decided it."""
    from jinguo.intake.loading import load_registry
    from tests.hard.jobs import JOBS, PLAN

    folder = JOBS["survey apply"].prepared(Path(tempfile.mkdtemp(prefix="jinguo-fuzz-")))
    return load_registry(folder / "workbooks", TODAY), (folder / PLAN).read_bytes()


def applying(data: bytes) -> bool:
    """A decided plan, changed: refused in words, or written, and no row is another but those that are said to be written."""
    from jinguo.amend.merging import merge
    from jinguo.amend.rewrite import worked_out
    from jinguo.excel.reading.read import read_workbook
    from jinguo.reports.merge_plan import read_merge_plan

    registry, plan = decided_plan()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "合并方案.xlsx"
        path.write_bytes(changed(plan, data))

        def work() -> None:
            merged = merge(registry, [d.now for d in read_merge_plan(path)], {}, "摸底")
            written = {(d.workbook, d.sheet, d.row) for d in merged.done}
            for of, contents in worked_out(merged.edits).items():
                (Path(folder) / of.name).write_bytes(contents)
                after = {sheet.name: sheet.rows for sheet in read_workbook(Path(folder) / of.name)}
                for sheet in read_workbook(of):
                    for n, row in enumerate(sheet.rows, 1):
                        assert (of.name, sheet.name, n) in written or after[sheet.name][n - 1] == row

        return in_words(work)


TARGETS: dict[str, Callable[[bytes], bool]] = {
    "reader": reader, "patcher": patcher, "templates": templates, "inspector": inspector, "adopting": adopting,
    "returning": returning, "applying": applying,
}  # fmt: skip
