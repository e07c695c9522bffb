"""Every command that writes, with what must have been done before: they are killed at every moment."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from jinguo.demo.own_registers import write_own
from tests.helpers import change_cell, find_cell, jinguo, office
from tests.survey.filled_forms import SURVEY, Form
from tests.survey.test_survey import decide

_DAY = ("--today", "2026-10-15")
PLAN = f"output/调查/{SURVEY}/合并方案.xlsx"
_MERGE = "output/合并/合并方案.xlsx"


def run(folder: Path, *words: str, dies_at: int | None = None):
    """The command on the day of the demo."""
    return jinguo(folder, *_DAY, *words, dies_at=dies_at)


def _ran(*words: str) -> Callable[[Path], None]:
    """That a command has run before."""
    return lambda folder: _went_well(folder, *words)


def _went_well(folder: Path, *words: str) -> None:
    done = run(folder, *words)
    assert done.returncode in (0, 1), done.stdout + done.stderr


def _returned(folder: Path) -> None:
    """Two townships have answered."""
    _went_well(folder, "survey", "issue")
    for unit, organisation in (("阳明街道", ""), ("临山镇", "味香园社区腰鼓队")):
        form = Form(folder / "output" / "调查" / SURVEY / "发放" / f"{unit} 调查表.xlsx")
        who = form.rows("人员")[0]["姓名"]
        form.put("人员", who, 手机="13912345678")
        if organisation:
            form.put("社会组织", organisation, 联系人="钱彩娟")
        form.save(folder / "收到" / f"{unit}.xlsx")


def _collected(folder: Path) -> None:
    _returned(folder)
    _went_well(folder, "survey", "collect", "收到")
    _decided(folder, PLAN)


def _applied(folder: Path) -> None:
    _collected(folder)
    _went_well(folder, "survey", "apply", PLAN)


def _to_be_merged(folder: Path) -> None:
    _went_well(folder, "merge", "RY0141", "RY0066")
    _decided(folder, _MERGE)


def _decided(folder: Path, plan: str) -> None:
    """Whatever is open: rows go, the rest stays as it is."""
    decide(folder, "采用", "删除", path=folder / plan)
    decide(folder, "不采用", path=folder / plan)


def _untidy(folder: Path) -> None:
    path = folder / "workbooks" / "人员台账.xlsx"
    change_cell(path, "人员", find_cell(path, "人员", "手机", "RY0030"), "１３９ １２３４ ５６７８")
    _went_well(folder, "fix")


def _older(folder: Path) -> None:
    shutil.copytree(folder / "workbooks", folder / "旧")
    change_cell(folder / "旧" / "人员台账.xlsx", "人员", "B2", "另一个")


def _own(folder: Path) -> None:
    """The office keeps registers of her own."""
    shutil.rmtree(folder / "workbooks")
    (folder / "workbooks").mkdir()
    write_own(folder / "workbooks")


def _adopted(folder: Path) -> None:
    _own(folder)
    _went_well(folder, "adopt")


def _letter(folder: Path) -> None:
    shutil.copy(folder / "templates" / "培训通知.docx", folder / "通知.docx")


def _changed_template(folder: Path) -> None:
    shutil.copy(folder / "templates" / "征求意见函.docx", folder / "templates" / "培训通知.docx")


def _nothing(folder: Path) -> None:
    """As it is."""


class Job(NamedTuple):
    """A command, what is done before it, and whether it writes into the workbooks."""

    words: tuple[str, ...]
    before: Callable[[Path], None] = _nothing
    into_workbooks: bool = False

    def prepared(self, folder: Path) -> Path:
        """An office in which it can run."""
        self.before(office(folder))
        return folder


JOBS = {
    "check": Job(("check", "--json", "结果.json")), "fix": Job(("fix",)), "fix --write": Job(("fix", "--write"), _untidy, into_workbooks=True),
    "diff": Job(("diff", "旧"), _older), "stats": Job(("stats", "--audit")), "summary": Job(("summary", "--audit", "--compare")),
    "board": Job(("board",)), "notices": Job(("notices", "--together")), "notices --register": Job(("notices", "--register"), into_workbooks=True),
    "event": Job(("event", "HD0018")), "roster": Job(("roster", "--month", "2026-12")),
    "roster --publish": Job(("roster", "--month", "2026-12", "--publish"), into_workbooks=True),
    "survey issue": Job(("survey", "issue")), "survey collect": Job(("survey", "collect", "收到"), _returned),
    "survey apply": Job(("survey", "apply", PLAN), _collected, into_workbooks=True),
    "survey undo": Job(("survey", "undo", "--yes"), _applied, into_workbooks=True), "merge": Job(("merge", "RY0141", "RY0066")),
    "merge apply": Job(("survey", "apply", _MERGE), _to_be_merged, into_workbooks=True), "mail": Job(("mail",), _ran("notices")),
    "nominate": Job(("nominate", "--audit")), "audit": Job(("audit",)),
    "forms": Job(("forms",)), "demo": Job(("demo", "演示")), "adopt": Job(("adopt",), _own, into_workbooks=True), "adopt --convert": Job(("adopt", "--convert", "七本"), _adopted),
    "rollup": Job(("rollup", "workbooks")), "format": Job(("format", "通知.docx"), _letter),
    "lint --restore": Job(("lint", "--restore", "培训通知"), _changed_template), "todo": Job(("todo",)), "all": Job(("all",)),
}  # fmt: skip
