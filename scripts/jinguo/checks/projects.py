"""Rules about projects, contracts and payments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from jinguo.checks.rule import ERROR, HINT, WARNING, doubles, rule
from jinguo.common.rounding import plain
from jinguo.projects.stages import closing_outstanding, midterm_outstanding
from jinguo.registry.tables import Hit, Registry
from jinguo.schema.dates import add_months

_ORDER_102 = "《政府购买服务管理办法》（财政部令第 102 号，条文未核）"
_UNDER_CONTRACT = ("实施", "中期", "结项")


@rule(
    "PRJ-001", WARNING, "不能独立签约的组织承接项目要有代管组织",
    why="没有法人资格的组织签的合同可能无效",
    remedy="请填代管组织，或核对承接组织的登记状态",
    source=_ORDER_102 + "；参数“有法人资格的登记状态”",
)  # fmt: skip
def contractor_can_sign(registry: Registry) -> Iterator[Hit]:
    projects, organisations = registry["projects"], registry["organisations"]
    able = registry.settings.list_of("有法人资格的登记状态")
    for i, contractor, agent, stage, name in projects.each("contractor", "agent", "status", "who"):
        status = organisations.value(contractor, "status")
        agent_status = organisations.value(agent, "status")
        # An agent whose cell, or whose own status, could not be read may well be able to sign.
        signs = (
            agent_status in able or not projects.readable(i, "agent") or (agent is not None and agent_status is None)
        )
        # One that is its own agent is PRJ-016's to say.
        if status and status not in able and not signs and agent != contractor and stage not in ("结项", "终止"):
            who = registry.name_of("organisations", contractor)
            yield projects.hit(i, "contractor", f"“{name}”的承接组织{who}是{status}，没有已登记的代管组织")


@rule(
    "PRJ-002", ERROR, "累计拨款不能超过合同金额",
    why="多拨的款审计时说不清",
    remedy="请核对合同金额和每期拨款",
    source="合同",
)  # fmt: skip
def payments_within_contract(registry: Registry) -> Iterator[Hit]:
    projects, payments = registry["projects"], registry["payments"]
    paid: defaultdict[str, Decimal] = defaultdict(Decimal)
    # An instalment that stands twice is PRJ-009's to say.
    repeated = {i for i, _ in doubles(payments, "project", "instalment")}
    for i, project, amount in payments.each("project", "amount"):
        if project is None or amount is None or i in repeated:
            continue
        total = projects.value(project, "amount")
        before, paid[project] = paid[project], paid[project] + amount
        if total is not None and before <= total < paid[project]:
            name = registry.name_of("projects", project)
            yield payments.hit(
                i, "amount", f"“{name}”拨到这一期共 {plain(paid[project])} 元，合同金额 {plain(total)} 元"
            )


@rule(
    "PRJ-003", ERROR, "项目的结束不能早于开始",
    why="先后颠倒，必有一个日期填错",
    remedy="请核对两个日期",
    source="常识",
)  # fmt: skip
def project_dates_in_order(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    for i, start, end, name in projects.each("starts", "ends", "who"):
        if start and end and end < start:
            yield projects.hit(i, "ends", f"“{name}”{start} 开始、{end} 结束，先后颠倒")


@rule(
    "PRJ-004", WARNING, "到期的项目要结项",
    why="逾期不结项，末期款拨不了，也影响下次申报",
    remedy="请督促结项，或更新状态",
    source="购买服务合同；各地公益创投办法",
)  # fmt: skip
def overdue_closing(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    names = dict(projects.each("who"))
    for i in closing_outstanding(registry):
        yield projects.hit(i, "status", f"“{names[i]}”{projects['ends'][i]} 已到期，状态还是{projects['status'][i]}")


@rule(
    "PRJ-005", HINT, "承接项目的组织上次年检应合格",
    why="年检不合格的一般不具备承接条件",
    remedy="请核对年检结论；不合格的在签约前与民政部门确认",
    source=_ORDER_102 + "；参数“不宜承接项目的年检结论”",
)  # fmt: skip
def contractor_passed_inspection(registry: Registry) -> Iterator[Hit]:
    projects, inspections = registry["projects"], registry["inspections"]
    unfit = registry.settings.list_of("不宜承接项目的年检结论")
    last: dict[str, tuple[int, str]] = {}
    for _, organisation, year, result in inspections.each("organisation", "year", "result"):
        if organisation and year and result and year >= last.get(organisation, (0, ""))[0]:
            last[organisation] = (year, result)
    for i, contractor, status in projects.each("contractor", "status"):
        year, result = last.get(contractor, (0, ""))
        if status in ("申报", "立项", "实施", "中期") and result in unfit:
            who = registry.name_of("organisations", contractor)
            yield projects.hit(i, "contractor", f"{who} {year} 年度的年检结论是{result}")


@rule(
    "PRJ-007", WARNING, "一个合同编号只属于一个项目",
    why="合同编号抄错，拨款会记到别的项目",
    remedy="请对照合同核对",
    source="惯例",
)  # fmt: skip
def one_project_a_contract(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    for i, first in doubles(projects, "contract_number"):
        what = f"合同编号 {projects['contract_number'][i]} 与{projects.nth_row(first, i)}重复"
        yield projects.hit(i, "contract_number", what)


@rule(
    "PRJ-008", WARNING, "签约以后的项目要有合同金额",
    why="没有合同金额，就核对不了拨款，总结里的金额会少算",
    remedy="请对照合同补上",
    source="购买服务合同",
)  # fmt: skip
def contract_has_amount(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    if "amount" not in projects.letters:
        return
    for i, status, amount, name in projects.each("status", "amount", "who"):
        if status in _UNDER_CONTRACT and amount is None and projects.readable(i, "amount"):
            yield projects.hit(i, "amount", f"“{name}”的状态是{status}，没有填合同金额")


@rule(
    "PRJ-009", ERROR, "一个项目的一期只拨一次",
    why="重复的行会让拨款多算",
    remedy="请核对后保留一行；分次拨付的写明第几次",
    source="购买服务合同",
)  # fmt: skip
def instalment_once(registry: Registry) -> Iterator[Hit]:
    payments = registry["payments"]
    for i, first in doubles(payments, "project", "instalment"):
        name = registry.name_of("projects", payments["project"][i])
        yield payments.hit(i, "instalment", f"“{name}”的{payments['instalment'][i]}与{payments.nth_row(first, i)}重复")


@rule(
    "PRJ-010", WARNING, "还在申报的项目没有拨款",
    why="项目编号填错，或者状态没有更新",
    remedy="请核对项目编号和状态",
    source="立项、签约以后才拨首期款",
)  # fmt: skip
def no_payment_before_contract(registry: Registry) -> Iterator[Hit]:
    payments, status_of = registry["payments"], registry["projects"].mapping("status")
    for i, project in payments.each("project"):
        if status_of.get(project) == "申报":
            yield payments.hit(i, "project", f"“{registry.name_of('projects', project)}”的状态还是申报，已有拨款")


@rule(
    "PRJ-011", WARNING, "中期评估不合格的项目要停拨、终止",
    why="继续拨款，审计时说不清",
    remedy="请核对中期评估和状态",
    source="宁波市海曙区公益创投办法（不合格停拨终止）",
)  # fmt: skip
def failed_midterm_ends(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    for i, midterm, status, name in projects.each("midterm", "status", "who"):
        if midterm == "不合格" and status in ("实施", "中期", "结项"):
            yield projects.hit(i, "status", f"“{name}”的中期评估不合格，状态却是{status}")


@rule(
    "PRJ-012", HINT, "过了大半的项目要做中期评估",
    why="逾期不交中期材料的，视为评估不合格",
    remedy="请催交中期材料；评过的填上中期评估",
    source="宁波市海曙区公益创投办法；参数“中期评估进度”（微项目不评）",
)  # fmt: skip
def midterm_due(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    names = dict(projects.each("who"))
    for i in midterm_outstanding(registry):
        start, end = projects["starts"][i], projects["ends"][i]
        yield projects.hit(i, "midterm", f"“{names[i]}” {start} 开始、{end} 结束，还没有中期评估")


@rule(
    "PRJ-013", HINT, "结项要有末期评估",
    why="没有末期评估，末期款不能拨",
    remedy="请补上末期评估的结论",
    source="各地购买服务、公益创投办法（合格拨末期款）",
)  # fmt: skip
def closed_has_final(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    if "final" not in projects.letters:
        return
    for i, status, final, name in projects.each("status", "final", "who"):
        if status == "结项" and final is None:
            yield projects.hit(i, "final", f"“{name}”已结项，没有填末期评估")


@rule(
    "PRJ-014", WARNING, "还没有开始的项目不会在实施",
    why="状态或开始日期必有一处填错",
    remedy="请核对状态和开始日期",
    source="常识",
)  # fmt: skip
def not_running_before_start(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    for i, start, status, name in projects.each("starts", "status", "who"):
        if start and start > registry.today and status in _UNDER_CONTRACT:
            yield projects.hit(i, "status", f"“{name}” {start} 才开始，状态却是{status}")


@rule(
    "PRJ-015", HINT, "合同期一般不超过三年",
    why="年份打错，或者超过了规定的年限",
    remedy="请对照合同核对起止日期",
    source="参数“合同最长年数”（《政府购买服务管理办法》，条文未核）",
)  # fmt: skip
def contract_not_too_long(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    years = int(registry.settings.parameter("合同最长年数"))
    for i, start, end, name in projects.each("starts", "ends", "who"):
        if start and end and end > add_months(start, 12 * years):
            yield projects.hit(i, "ends", f"“{name}” {start} 开始、{end} 结束，超过 {years} 年")


@rule(
    "PRJ-016", ERROR, "代管组织不能是承接组织自己",
    why="自己不能替自己签约，多半填错了一格",
    remedy="请填代为签约的组织；能自己签约的清空代管组织",
    source="常识",
)  # fmt: skip
def agent_is_another(registry: Registry) -> Iterator[Hit]:
    projects = registry["projects"]
    for i, contractor, agent, name in projects.each("contractor", "agent", "who"):
        if agent and agent == contractor:
            yield projects.hit(
                i, "agent", f"“{name}”的承接组织和代管组织都是{registry.name_of('organisations', agent)}"
            )
