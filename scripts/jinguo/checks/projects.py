"""Rules about projects, contracts and payments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.registry import Hit, Registry
from jinguo.schema.numbers import plain

_ORDER_102 = "《政府购买服务管理办法》（财政部令第 102 号，条文未核）"


@rule("PRJ-001", WARNING, "不能独立签约的组织承接项目要有代管组织", "请填代管组织，或核对承接组织的登记状态", _ORDER_102)
def contractor_can_sign(registry: Registry) -> Iterator[Hit]:
    projects, organisations = registry["projects"], registry["organisations"]
    for i, contractor, agent, stage, name in projects.each("contractor", "agent", "status", "who"):
        status = organisations.value(contractor, "status")
        agent_status = organisations.value(agent, "status")
        # An agent whose cell, or whose own status, could not be read may well be able to sign.
        signs = agent_status == "已登记" or not projects.readable(i, "agent") or (agent is not None and agent_status is None)
        if status and status != "已登记" and not signs and stage not in ("结项", "终止"):
            who = registry.name_of("organisations", contractor)
            yield projects.hit(i, "contractor", f"“{name}”的承接组织{who}是{status}，没有已登记的代管组织")


@rule("PRJ-002", ERROR, "累计拨款不能超过合同金额", "请核对合同金额和每期拨款", "合同")
def payments_within_contract(registry: Registry) -> Iterator[Hit]:
    projects, payments = registry["projects"], registry["payments"]
    paid: defaultdict[str, Decimal] = defaultdict(Decimal)
    for i, project, amount in payments.each("project", "amount"):
        if project is None or amount is None:
            continue
        total = projects.value(project, "amount")
        before, paid[project] = paid[project], paid[project] + amount
        if total is not None and before <= total < paid[project]:
            name = registry.name_of("projects", project)
            yield payments.hit(i, "amount", f"“{name}”拨到这一期共 {plain(paid[project])} 元，合同金额 {plain(total)} 元")


@rule("PRJ-003", ERROR, "项目的结束不能早于开始", "请核对两个日期", "常识")
def project_dates_in_order(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    for i, start, end, name in projects.each("starts", "ends", "who"):
        if start and end and end < start:
            yield projects.hit(i, "ends", f"“{name}”{start} 开始、{end} 结束，先后颠倒")


@rule("PRJ-004", WARNING, "到期的项目要结项", "请督促结项，或更新状态", "购买服务合同；各地公益创投办法")
def overdue_closing(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    for i, start, end, status, name in projects.each("starts", "ends", "status", "who"):
        in_order = start is None or end is None or start <= end
        if end and in_order and end < registry.today and status in ("立项", "实施", "中期"):
            yield projects.hit(i, "status", f"“{name}”{end} 已到期，状态还是{status}")


@rule("PRJ-005", HINT, "承接项目的组织上次年检应合格", "请核对年检结论；不合格的在签约前与民政部门确认", _ORDER_102)
def contractor_passed_inspection(registry: Registry) -> Iterator[Hit]:
    projects, inspections = registry["projects"], registry["inspections"]
    last: dict[str, tuple[int, str]] = {}
    for _, organisation, year, result in inspections.each("organisation", "year", "result"):
        if organisation and year and result and year >= last.get(organisation, (0, ""))[0]:
            last[organisation] = (year, result)
    for i, contractor, status in projects.each("contractor", "status"):
        year, result = last.get(contractor, (0, ""))
        if status in ("申报", "立项", "实施", "中期") and result in ("不合格", "未参检"):
            who = registry.name_of("organisations", contractor)
            yield projects.hit(i, "contractor", f"{who} {year} 年度的年检结论是{result}")


@rule("PRJ-006", ERROR, "回避的评委不打分，不回避的要打分", "请核对得分和回避", "大赛评分办法")
def recused_gives_no_score(registry: Registry) -> Iterator[Hit]:
    scores = registry["contest_scores"]
    for i, recused, score, judge in scores.each("recused", "score", "judge"):
        who = f"评委“{judge}”" if judge else "这位评委"
        if recused == "是" and score is not None:
            yield scores.hit(i, "score", f"{who}已回避，却打了 {plain(score)} 分")
        elif recused == "否" and score is None and scores.readable(i, "score"):
            yield scores.hit(i, "score", f"{who}没有回避，也没有打分")
