"""The rows behind the exam figures, as live sheets: papers, the people of each exam, and to which townships and organisations they
belonged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from jinguo.exams.companion import tutoring_attended
from jinguo.exams.exam_statistics import ExamPaper, first_entries, papers
from jinguo.exams.results import qualifications
from jinguo.exams.subjects import SUBJECTS, standard
from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.live_sheet import text_of, yes
from jinguo.registry.tables import Registry
from jinguo.reports.audit.counted_rows import CountedRows, equal_to
from jinguo.reports.audit.review_sheet import ReviewSheet
from jinguo.reports.audit.spelling import spelled
from jinguo.reports.audit.training_sheets import TrainingSheets

#: The ways the people of an exam belong, and which groups of a paper they are.
_GROUPS = {"镇街": "townships", "组织": "organisations"}


class ExamSheets:
    """报考, 考生, 考生·镇街, 考生·组织."""

    def __init__(self, registry: Registry, training: TrainingSheets) -> None:
        self.registry, self.training = registry, training
        self.papers = registry.once(papers)
        self.entries = self._entries()
        self.people = self._people()
        self.groups = {label: self._group(label, name) for label, name in _GROUPS.items()}

    @property
    def sheets(self) -> list[ReviewSheet]:
        return [rows.sheet for rows in (self.entries, self.people, *self.groups.values())]

    def _entries(self) -> CountedRows:
        """Every paper with its mark, the standard it is held against, and what comes of it."""
        table, people, found = self.registry["exam_entries"], self.registry["people"], self.papers
        outcomes = [paper.outcome for paper in found]
        rows = CountedRows(
            ReviewSheet(
                "报考",
                "报考和成绩（一人一科一行，重复的行只算第一行）",
                len(found),
                "合格线按 合格标准，没有写到的按参数。",
            )
        )
        rows.add("出处", [table.place(o.entry, "score") for o in outcomes], 34)
        rows.add("年度", [o.year for o in outcomes], 8)
        rows.add("级别", [o.level for o in outcomes], 8)
        rows.add("科目", [o.subject for o in outcomes], 20)
        rows.add("人员编号", [o.person for o in outcomes])
        rows.add("姓名", [spelled(people.value(o.person, "name")) for o in outcomes])
        marks = [table["score"][o.entry] for o in outcomes]
        shown = ["" if m is None else m.points if m.points is not None else m.status for m in marks]
        mark = rows.add("成绩", shown, 10)
        standards = [standard(self.registry, o.year, o.level, o.subject) for o in outcomes]
        full = rows.add("满分", [s.full for s in standards], 8)
        needed = rows.add("合格线", [s.pass_mark for s in standards], 8)
        cells = []
        for n, o in enumerate(outcomes):
            points = f'IF({mark.at(n)}>{full.at(n)},"未公布",IF({mark.at(n)}>={needed.at(n)},"通过","未通过"))'
            said = f'IF({mark.at(n)}="合格","通过",IF({mark.at(n)}="不合格","未通过",{mark.at(n)}))'
            cells.append(
                Formula(f'=IF({mark.at(n)}="","未公布",IF(ISNUMBER({mark.at(n)}),{points},{said}))', o.outcome)
            )
        result = rows.add("结果", cells, 10)
        rows.add(
            "实考",
            [yes(f'AND({result.at(n)}<>"缺考",{result.at(n)}<>"未公布")', o.sat) for n, o in enumerate(outcomes)],
            8,
        )
        scored = [paper.points for paper in found]
        rows.add(
            "有分数",
            [yes(f'AND(ISNUMBER({mark.at(n)}),{result.at(n)}<>"未公布")', p is not None) for n, p in enumerate(scored)],
            8,
        )
        rows.add("通过", [yes(f'{result.at(n)}="通过"', o.outcome == "通过") for n, o in enumerate(outcomes)], 8)
        return rows

    def _people(self) -> CountedRows:
        """Everybody at every exam (a year and a level): whether she sat it, qualified, entered for the first time."""
        registry = self.registry
        exams: defaultdict[tuple[int, str, str], list[ExamPaper]] = defaultdict(list)
        for paper in self.papers:
            exams[paper.outcome.year, paper.outcome.level, paper.outcome.person].append(paper)
        keys = sorted(exams, key=lambda k: (k[0], list(SUBJECTS).index(k[1]), k[2]))
        self.line_of = {key: n for n, key in enumerate(keys)}
        rows = CountedRows(
            ReviewSheet(
                "考生",
                "每次考试的每个人",
                len(keys),
                "合格：初级同一年度两科都通过，中级本年度与上年度通过的科目合起来满三科，高级一科；一人一个级别只算第一次。",
            )
        )
        year = rows.add("年度", [y for y, _, _ in keys], 8)
        level = rows.add("级别", [lv for _, lv, _ in keys], 8)
        person = rows.add("人员编号", [p for _, _, p in keys])
        rows.add("姓名", [spelled(registry["people"].value(p, "name")) for _, _, p in keys])
        mine = lambda n: (("人员编号", equal_to(person.at(n))), ("级别", level.at(n)), ("年度", year.at(n)))  # noqa: E731
        sat = [any(p.outcome.sat for p in exams[key]) for key in keys]
        rows.add("实考", [yes(f"{self.entries.count(*mine(n), ('实考', '1'))}>0", s) for n, s in enumerate(sat)], 8)
        absent = [
            any(p.outcome.outcome == "缺考" for p in exams[key]) and not s for key, s in zip(keys, sat, strict=True)
        ]
        rows.add(
            "缺考",
            [
                yes(f"AND({rows['实考'].at(n)}=0,{self.entries.count(*mine(n), ('结果', text_of('缺考')))}>0)", a)
                for n, a in enumerate(absent)
            ],
            8,
        )
        waiting = [any(p.outcome.outcome == "未公布" for p in exams[key]) for key in keys]
        rows.add(
            "成绩未公布",
            [yes(f"{self.entries.count(*mine(n), ('结果', text_of('未公布')))}>0", w) for n, w in enumerate(waiting)],
        )
        self._qualified(rows, keys)
        first = registry.once(first_entries)
        same = lambda n: (("人员编号", equal_to(person.at(n))), ("级别", level.at(n)))  # noqa: E731
        rows.add(
            "首次报考",
            [
                yes(
                    f"{self.entries.count(*same(n), ('年度', chr(34) + '<' + chr(34) + '&' + year.at(n)))}=0",
                    first[p, lv] == y,
                )
                for n, (y, lv, p) in enumerate(keys)
            ],
            9,
        )
        done = {(q.person, q.level): q.year for q in registry.once(qualifications)}
        rows.add(
            "合格年度",
            [
                Formula("=" + rows.total("年度", *same(n), ("合格", "1")), done.get((p, lv), 0))
                for n, (_, lv, p) in enumerate(keys)
            ],
            9,
        )
        heads = {h for _, h, s in registry["organisations"].each("head", "status") if h and s != "已注销"}
        rows.add("负责人", ["是" if p in heads else "" for _, _, p in keys], 8)
        self._tutored(rows, keys)
        return rows

    def _qualified(self, rows: CountedRows, keys: Sequence[tuple[int, str, str]]) -> None:
        """Whether all subjects of the level are passed in time, and whether that is so for the first time."""
        person, level, year = (rows[header] for header in ("人员编号", "级别", "年度"))
        passed = {
            (o.person, o.level, o.year, o.subject) for paper in self.papers if (o := paper.outcome).outcome == "通过"
        }
        complete, full = [], {}
        for n, (y, lv, p) in enumerate(keys):
            since = y - 1 if lv == "中级" else y
            asked = []
            for subject in SUBJECTS[lv]:
                spell = (
                    ("人员编号", equal_to(person.at(n))),
                    ("级别", level.at(n)),
                    ("科目", text_of(subject)),
                    ("通过", "1"),
                )
                last = f'"<="&{year.at(n)}'
                begin = f'">="&{year.at(n)}' + ("-1" if lv == "中级" else "")
                asked.append(f"{self.entries.count(*spell, ('年度', begin), ('年度', last))}>0")
            full[y, lv, p] = all(any((p, lv, k, s) in passed for k in range(since, y + 1)) for s in SUBJECTS[lv])
            complete.append(yes(f"AND({','.join(asked)})", full[y, lv, p]))
        rows.add("满科", complete, 8)
        done = {(q.year, q.level, q.person) for q in self.registry.once(qualifications)}
        rows.add(
            "合格",
            [
                yes(
                    f"AND({rows['满科'].at(n)}=1,{rows.count(('人员编号', equal_to(person.at(n))), ('级别', level.at(n)), ('年度', chr(34) + '<' + chr(34) + '&' + year.at(n)), ('满科', '1'))}=0)",
                    key in done,
                )
                for n, key in enumerate(keys)
            ],
            8,
        )

    def _tutored(self, rows: CountedRows, keys: Sequence[tuple[int, str, str]]) -> None:
        """How many tutoring events of the year she was at before its exam; three stands for more."""
        attended = {y: tutoring_attended(self.registry, y) for y in sorted({y for y, _, _ in keys})}
        attendance = self.training.attendance
        cells = []
        for n, (y, _, p) in enumerate(keys):
            count = attendance.total(
                "考前辅导", ("人员编号", equal_to(rows["人员编号"].at(n))), ("年度", rows["年度"].at(n))
            )
            cells.append(Formula(f"=MIN(3,{count})", min(attended[y].get(p, 0), 3)))
        rows.add("辅导场次", cells, 9)

    def _group(self, label: str, name: str) -> CountedRows:
        """The people of each exam once for every township, or organisation, they belonged to in its year."""
        pairs = list(
            dict.fromkeys(
                (p.outcome.year, p.outcome.level, value, p.outcome.person)
                for p in self.papers
                for value in getattr(p, name)
            )
        )
        levels = list(SUBJECTS)
        pairs.sort(key=lambda pair: (pair[0], levels.index(pair[1]), pair[2], pair[3]))
        rows = CountedRows(
            ReviewSheet(
                f"考生·{label}", f"考生按{label}", len(pairs), "“考生行”是“考生”表里的第几行；所属按报考当年的任职。"
            )
        )
        rows.add("考生行", [self.line_of[y, lv, p] + 1 for y, lv, _, p in pairs], 8)
        rows.add(label, [value for _, _, value, _ in pairs], 26)
        lines = [self.line_of[y, lv, p] for y, lv, _, p in pairs]
        for header in ("年度", "级别", "实考", "缺考", "合格"):
            source = self.people[header]
            values = self.people.sheet.values_of(header)
            cells = [Formula(f"={source.of(line)}", _value(values[line])) for line in lines]
            rows.add(header, cells, 8)
        rows.group([(str(y), lv, value) for y, lv, value, _ in pairs])
        return rows


def _value(cell: Any) -> Any:
    return cell.value if isinstance(cell, Formula) else cell
