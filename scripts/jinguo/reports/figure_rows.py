"""The rows behind the figures: for each way of grouping the attendance or the papers in the order of the groups, so
that the rows of one figure stand together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jinguo.common.rounding import plain
from jinguo.exams.exam_statistics import papers
from jinguo.registry.tables import Registry
from jinguo.training.attendance import MEMBERSHIP_GROUPS, NO_POST, attendance_frame, spread_over_organisations

if TYPE_CHECKING:
    import pandas

#: More rows than these are not listed again: the registry itself is the list.
MOST_ROWS = 100_000


@dataclass
class Detail:
    """Rows in the order of their groups. `blocks` maps a figure's dimensions to the first and last of its rows (from
    0); the last column of a row is its place in the registry: workbook, sheet and cell."""

    name: str
    title: str
    header: list[str]
    rows: list[list[Any]] = field(default_factory=list)
    blocks: dict[tuple[tuple[str, str], ...], tuple[int, int]] = field(default_factory=dict)

    def add(self, groups: Sequence[tuple[tuple[str, str], ...]], row: list[Any]) -> None:
        """A row that belongs to these figures; rows of one figure come one after the other."""
        place = len(self.rows)
        self.rows.append(row)
        for group in groups:
            first, _ = self.blocks.get(group, (place, place))
            self.blocks[group] = (first, place)


_TRAINING = ["年度", "月份", "类型", "活动编号", "活动名称", "人员编号", "姓名", "出勤", "学时", "签到表行"]
_EXAM = ["年度", "级别", "科目", "人员编号", "姓名", "成绩", "结果", "报考次数", "报考表行"]


def training_details(registry: Registry) -> list[Detail]:
    """The attendance by type, by month, by tier, by level, and by township and organisation; none where it is too
    long."""
    frame = registry.once(attendance_frame)
    if len(frame) > MOST_ROWS:
        return []
    spread = registry.once(spread_over_organisations)
    found = [
        _training_detail(registry, "类型", frame.assign(row=frame.index).sort_values(["year", "type", "event", "row"])),
        _training_detail(
            registry, "月份", frame.assign(row=frame.index).sort_values(["year", "month", "event", "row"])
        ),
    ]
    for label in MEMBERSHIP_GROUPS:
        members = spread if label == "镇街" else spread[spread[label] != NO_POST]
        once = members.drop_duplicates(["row", label]).sort_values(["year", label, "event", "row"])
        found.append(_training_detail(registry, label, once))
    return found


def _training_detail(registry: Registry, label: str, frame: pandas.DataFrame) -> Detail:
    attendance, events, people = registry["attendance"], registry["events"], registry["people"]
    row_of = attendance.row_of
    own = [label] if label in MEMBERSHIP_GROUPS else []
    detail = Detail(f"明细·{label}", f"培训明细（按{label}）", [*own, *_TRAINING])
    for record in frame.to_dict("records"):
        entry = row_of[record["row"]]
        year, month, event, person = (
            ("年度", str(record["year"])),
            f"{record['month']}月",
            record["event"],
            record["person"],
        )
        group = {"类型": record["type"], "月份": month}.get(label) or record[label]
        # The total of the year stands with the types, whose rows are those of the year.
        groups: list[tuple[tuple[str, str], ...]] = [
            (year, (label, str(group))),
            *([(year,)] if label == "类型" else []),
        ]
        row = [
            record["year"], month, record["type"], event, events.value(event, "name") or "", person, people.value(person, "name") or "",
            attendance["presence"][entry], record["hundredths"] / 100, attendance.row_start(entry),
        ]  # fmt: skip
        detail.add(groups, [*([group] if own else []), *row])
    return detail


def exam_details(registry: Registry) -> list[Detail]:
    """The papers by subject, by first and repeated entry, and by township and by organisation."""
    found = registry.once(papers)
    if len(found) > MOST_ROWS:
        return []
    ways: list[tuple[str, str | None, Iterable[tuple[str, Any]]]] = [
        ("科目", None, [(p.outcome.subject, p) for p in found]),
        ("报考次数", "报考次数", [(p.attempt, p) for p in found]),
        ("考试镇街", "镇街", [(t, p) for p in found for t in p.townships]),
        ("考试组织", "组织", [(o, p) for p in found for o in p.organisations]),
    ]
    return [_exam_detail(registry, name, label, list(pairs)) for name, label, pairs in ways]


def _exam_detail(registry: Registry, name: str, label: str | None, pairs: list[tuple[str, Any]]) -> Detail:
    entries, people = registry["exam_entries"], registry["people"]
    detail = Detail(
        f"明细·{name}", f"考试明细（按{name}）", [*([label] if label not in (None, "报考次数") else []), *_EXAM]
    )
    pairs.sort(key=lambda pair: (pair[1].outcome.year, pair[1].outcome.level, pair[0]))
    for value, paper in pairs:
        o = paper.outcome
        exam = (("年度", str(o.year)), ("级别", o.level))
        groups = [exam, (*exam, ("科目", o.subject))] if label is None else [(*exam, (label, value))]
        mark = entries["score"][o.entry]
        shown = "" if mark is None else plain(mark.points) if mark.points is not None else mark.status
        row = [
            o.year,
            o.level,
            o.subject,
            o.person,
            people.value(o.person, "name") or "",
            shown,
            o.outcome,
            paper.attempt,
            entries.row_start(o.entry),
        ]
        detail.add(groups, [*([value] if label not in (None, "报考次数") else []), *row])
    return detail
