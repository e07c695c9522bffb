"""The lists beside the figures: who was not reached, who stopped coming, hours, who needs which subject, who may
enter, whom to call, whose certificate is due. Internal; phones are not copied, only pointed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinguo.checks.certificates import certificate_has_pass, pass_has_certificate
from jinguo.common.figures import Figure
from jinguo.exams.companion import companion_plan
from jinguo.exams.entry import MAY_NOT, UNKNOWN, closing_day, entry_eligibility
from jinguo.exams.holders import holders
from jinguo.exams.progress import lapsing, progress, unfinished
from jinguo.excel.colours import BAD, DOUBTFUL, GOOD
from jinguo.excel.writing.report import Sheet, cell_link
from jinguo.registry.tables import Registry
from jinguo.training.coverage import below_mean, heads_absent, homes, hours_ledger, never_reached, stopped

_COLOURS = {"可以报考": GOOD, "还不能报考": BAD, "缺材料": DOUBTFUL}


def training_lists(registry: Registry, figures: Sequence[Figure], links: Mapping[str, str]) -> list[Sheet]:
    """Every list that has rows, for the year of today."""
    year = registry.today.year
    at = homes(registry)
    sheets = [
        _unreached(registry, year), _stopped(registry, year, at), _below_mean(figures, year), _ledger(registry, at), _unfinished(registry, year),
        _companions(registry, year, links), _entry(registry, year, at), _holders(registry), _certificate_gaps(registry),
    ]  # fmt: skip
    return [s for s in sheets if s.rows]


def _name(registry: Registry, person: str | None) -> str:
    return registry.name_of("people", person) if person else ""


def _unreached(registry: Registry, year: int) -> Sheet:
    organisations = registry["organisations"]
    rows: list[list[Any]] = []
    for what, found in (
        ("没有人参训", never_reached(registry, year)),
        ("负责人没有参训", heads_absent(registry, year)),
    ):
        for i in found:
            rows.append(
                [
                    what,
                    *(organisations[f][i] or "" for f in ("number", "name", "tier", "township")),
                    _name(registry, organisations["head"][i]),
                ]
            )
    note = f"{year} 年到基准日期为止；一个人在几个组织任职的，出席一次每个组织都算。"
    return Sheet(
        "没有参训的",
        f"{year}年没有参训的组织和负责人",
        ["情况", "组织编号", "组织名称", "层级", "所属镇街", "负责人"],
        rows,
        [16, 11, 34, 10, 14, 12],
        note=note,
    )


def _stopped(registry: Registry, year: int, at: Mapping[str, list[str]]) -> Sheet:
    rows = [
        [
            s.person,
            _name(registry, s.person),
            "、".join(at.get(s.person, [])),
            s.why,
            registry.name_of("events", s.last_event) if s.last_event else "",
            s.last_event,
        ]
        for s in stopped(registry, year)
    ]
    return Sheet(
        "不再参训的",
        "原来参训、现在不来的人",
        ["人员编号", "姓名", "所在组织", "情况", "最近出席的活动", "活动编号"],
        rows,
        [11, 10, 34, 30, 34, 11],
    )


def _below_mean(figures: Sequence[Figure], year: int) -> Sheet:
    mean = next((f for f in figures if f.name == "平均每组织人次" and f.dimensions == {"年度": str(year)}), None)
    rows = [[f.dimensions["镇街"], f.numerator, f.denominator, f.value] for f in below_mean(figures, year)]
    note = (
        f"全市平均每个组织 {mean.text()} 人次（{mean.numerator} ÷ {mean.denominator}）。从低到高排列；没有组织的镇街不列。"
        if mean
        else ""
    )
    return Sheet(
        "低于平均的镇街",
        f"{year}年平均每组织参训人次低于全市平均的镇街",
        ["镇街", "参训人次", "组织数", "平均每组织人次"],
        rows,
        [16, 12, 12, 18],
        note=note,
    )


def _ledger(registry: Registry, at: Mapping[str, list[str]]) -> Sheet:
    rows = [
        [
            entry.person,
            _name(registry, entry.person),
            "、".join(at.get(entry.person, [])),
            entry.year,
            entry.training,
            entry.education,
            entry.training + entry.education,
            entry.entries,
        ]
        for entry in hours_ledger(registry)
    ]
    note = "培训学时按签到表；继续教育按继续教育表，同一天已经按签到计过的不再计。"
    return Sheet(
        "学时台账",
        "每个人的学时",
        ["人员编号", "姓名", "所在组织", "年度", "培训学时", "继续教育学时", "合计", "笔数"],
        rows,
        [11, 10, 34, 8, 11, 14, 10, 8],
        note=note,
    )


def _unfinished(registry: Registry, year: int) -> Sheet:
    lost = {(p.person, p.level): subjects for p, subjects in lapsing(registry, year)}
    rows = [
        [
            p.level,
            p.person,
            _name(registry, p.person),
            "、".join(f"{s}（到 {last} 年）" for s, last in p.valid.items()),
            "、".join(progress(registry, p.person, p.level, year + 1).missing),
            "、".join(lost.get((p.person, p.level), [])),
        ]
        for p in unfinished(registry, year)
    ]
    note = f"报考过、还没有合格的人，按 {year} 年考试以后的情况。初级单科成绩不保留；中级连续两个考试年度滚动。"
    header = ["级别", "人员编号", "姓名", "已通过、有效到", "下一次考试要考的科目", "下一年起失效"]
    return Sheet("未完成科目", "谁还差哪一科", header, rows, [8, 11, 10, 50, 50, 40], note=note)


def _companions(registry: Registry, year: int, links: Mapping[str, str]) -> Sheet:
    people = registry["people"]
    rows = []
    for c in companion_plan(registry, year):
        i = people.index_of.get(c.person)
        phone = cell_link(links, *people.address(i, "mobile")) if i is not None and people["mobile"][i] else "没有填"
        rows.append(
            [
                c.township,
                c.level,
                c.person,
                _name(registry, c.person),
                "、".join(c.subjects),
                "、".join(c.valid),
                "、".join(c.missing),
                c.tutoring,
                c.call,
                phone,
            ]
        )
    header = [
        "镇街",
        "级别",
        "人员编号",
        "姓名",
        "报考科目",
        "有效的科目",
        "还要通过",
        "参加辅导（场）",
        "请打电话",
        "手机在",
    ]
    note = "“请打电话”写着原因的，是成绩还没有公布、要提醒的人；手机号不抄在这里，点最后一列打开人员台账的那一格。"
    return Sheet("伴考", f"{year}年伴考计划", header, rows, [14, 8, 11, 10, 44, 40, 40, 12, 30, 10], note=note)


def _entry(registry: Registry, year: int, at: Mapping[str, list[str]]) -> Sheet:
    # From autumn on the next exam is what people prepare for.
    exam_year = year + 1 if registry.today.month >= 7 else year
    rows: list[list[Any]] = []
    for e in entry_eligibility(registry, exam_year):
        hopeless = e.verdict == MAY_NOT and e.first_year is None and e.level == "高级"
        if e.verdict != "已经合格" and not hopeless:
            first = e.first_year if e.first_year is not None else "补齐后再看" if e.verdict == UNKNOWN else "—"
            rows.append(
                [e.verdict, e.level, e.person, _name(registry, e.person), "、".join(at.get(e.person, [])), e.why, first]
            )
    note = (
        f"{exam_year} 年考试，年限算到 {closing_day(registry, exam_year)}（参数“报考年限截止”）；条件见 设置.xlsx › 报考条件。"
        "全日制在读期间的经历不计入年限，请本人核对。没有中级证书的不列高级。"
    )
    header = ["结论", "级别", "人员编号", "姓名", "所在组织", "依据的条件", "最早可报年度"]
    return Sheet("报考资格", f"{exam_year}年谁可以报考", header, rows, [12, 8, 11, 10, 34, 60, 14], _COLOURS, note=note)


def _holders(registry: Registry) -> Sheet:
    certificates = registry["certificates"]
    rows = []
    for h in holders(registry):
        i = h.row
        days = [certificates[f][i].isoformat() if certificates[f][i] else "" for f in ("obtained_on", "registered_on")]
        done: Any = "" if h.done is None else h.done
        rows.append(
            [
                certificates["person"][i],
                _name(registry, certificates["person"][i]),
                certificates["level"][i] or "",
                *days,
                h.due.isoformat() if h.due else "",
                done,
                h.needed,
                h.state,
            ]
        )
    header = ["人员编号", "姓名", "级别", "取得日期", "登记日期", "应在此前登记", "本期学时", "应有学时", "情况"]
    return Sheet(
        "证书登记",
        "证书登记和继续教育",
        header,
        rows,
        [11, 10, 8, 12, 12, 14, 10, 10, 24],
        note="学时从登记日期算起，到基准日期为止。",
    )


def _certificate_gaps(registry: Registry) -> Sheet:
    """Certificates without a pass and passes without a certificate, as the check finds them (EXM-005, EXM-006)."""
    rows = [
        [
            what,
            hit.table[hit.field][hit.index],
            _name(registry, hit.table[hit.field][hit.index]),
            hit.what,
            hit.table.place(hit.index, hit.field),
        ]
        for what, check in (("有证书、没有成绩", certificate_has_pass), ("已合格、没有证书", pass_has_certificate))
        for hit in check(registry)
    ]
    return Sheet(
        "证书和成绩", "证书和成绩对不上的", ["情况", "人员编号", "姓名", "说明", "位置"], rows, [18, 11, 10, 50, 40]
    )
