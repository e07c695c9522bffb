"""资格审查表.xlsx: every candidate against every requirement, the points, and the quotas asked and reached."""

from __future__ import annotations

from typing import Any

from jinguo.common.rounding import plain
from jinguo.excel.colours import BAD, DOUBTFUL, GOOD
from jinguo.excel.writing.report import Sheet, write_report
from jinguo.nominations.batch import BatchResult, Candidate
from jinguo.nominations.nominate import TIE_RULE

_COLOURS = {"符合": GOOD, "不符合": BAD, "缺材料": DOUBTFUL, "合格": GOOD, "不合格": BAD, "入选": GOOD}


def eligibility_report(result: BatchResult, author: str) -> bytes:
    """The workbook of one batch; internal, but without identity numbers or phones."""
    title = result.batch.name
    sheets = [_review(result), _points(result), _quotas(result)]
    return write_report(f"{title}资格审查表", sheets, author)


def _verdict_names(result: BatchResult) -> list[str]:
    """Every requirement, in the order the candidates first meet it."""
    return list(dict.fromkeys(v.requirement for c in result.candidates for v in c.verdicts))


def _review(result: BatchResult) -> Sheet:
    names = _verdict_names(result)
    header = ["序号", "姓名", "人员编号", "资格", "结果", *names, "说明"]
    rows: list[list[Any]] = []
    for n, c in enumerate(result.candidates, 1):
        outcomes = {v.requirement: v for v in c.verdicts}
        cells = [_outcome_cell(outcomes[name]) if name in outcomes else "—" for name in names]
        rows.append([n, c.name, c.person, "合格" if c.eligible else "不合格", _result(c), *cells, "；".join(c.reasons)])
    widths = [6, 16, 11, 9, 9, *[10] * len(names), 46]
    note = f"排序：{result.batch.order}。缺材料不算符合。共 {len(result.candidates)} 人，合格 {sum(c.eligible for c in result.candidates)} 人，入选 {len(result.selected)} 人。"
    return Sheet("资格审查", f"{result.batch.name}资格审查表", header, rows, widths, _COLOURS, note=note)


def _outcome_cell(verdict: Any) -> str:
    if verdict.requirement.startswith("优先："):
        return f"加 {plain(verdict.bonus)} 分" if verdict.bonus else "不加分"
    return verdict.outcome


def _result(candidate: Candidate) -> str:
    return "入选" if candidate.selected else ""


def _points(result: BatchResult) -> Sheet:
    """Raw value and points of each indicator, best first."""
    ranked = sorted(result.candidates, key=lambda c: (c.rank == 0, c.rank, -c.score, c.person))
    indicators = [p.indicator for p in ranked[0].points] if ranked else []
    header = [
        "名次",
        "姓名",
        *(h for i in indicators for h in (f"{i}（原值）", f"{i}（得分）")),
        "优先加分",
        "总分",
        "结果",
    ]
    rows: list[list[Any]] = [
        [c.rank or "—", c.name, *(v for p in c.points for v in (p.raw, p.points)), c.bonus, c.score, _result(c)]
        for c in ranked
    ]
    scales = (
        "；".join(f"{p.indicator} 满分值 {plain(p.full)} 得 {plain(p.weight)} 分" for p in ranked[0].points)
        if ranked
        else ""
    )
    note = f"得分 = 原值 ÷ 满分值 × 权重，超过满分值按满分，四舍五入到两位。{scales}。{TIE_RULE}。"
    return Sheet(
        "得分", f"{result.batch.name}得分表", header, rows, [8, 16, *[13] * (len(header) - 2)], _COLOURS, note=note
    )


def _quotas(result: BatchResult) -> Sheet:
    rows: list[list[Any]] = [
        [
            q.label,
            "" if q.least is None else q.least,
            "" if q.most is None else q.most,
            q.achieved,
            "符合" if q.met else "不符合",
        ]
        for q in result.quotas
    ]
    rows += [["注意", "", "", "", text] for text in result.warnings]
    header = ["结构要求", "最少（人）", "最多（人）", "名单中（人）", "结果"]
    note = f"名单 {result.batch.size} 人。百分比按名单人数折算：最少的进位，最多的舍去。"
    return Sheet("结构要求", f"{result.batch.name}结构要求", header, rows, [52, 12, 12, 14, 40], _COLOURS, note=note)
