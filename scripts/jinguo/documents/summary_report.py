"""What the templates of the year's report may place: every fact as words, with what it was the year before; sections that have
something to say, numbered; tables; the appendix of proofs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinguo.common.findings import some_of
from jinguo.documents.letterhead import titled
from jinguo.documents.statistics_report import chart_of
from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words
from jinguo.summary.year_work import FACT_NAMES, WORD_NAMES, YearWork, proofs

#: The documents: kind, and what its title calls it.
KINDS = {"工作总结": "工作总结", "工作总结简版": "工作情况", "信息稿": "工作综述"}
#: The sections of each part: the name of its number, and the facts, words or lists of which one at least says something.
_SECTIONS: dict[str, dict[str, Sequence[str]]] = {
    "第一部分序": {"基地序": ("进驻组织", "值班天数"), "枢纽序": ("枢纽",), "体系序": ("服务中心数",)},
    "第二部分序": {
        "培训序": ("活动场次", "大赛名称", "风采展示场次", "考试"), "保障序": ("正在孵化的", "孵化成功数", "智库人数", "来访件数", "推介篇数"), "项目序": ("项目数",),
    },
    "第三部分序": {
        "分层序": ("核心层组织数", "紧密层组织数", "大众层组织数", "提升组织"), "联络序": ("联络群数", "主题沙龙场次", "女主播场次"),
        "作用序": ("团体会员数", "担任社会职务人数", "推荐批次", "服务活动数"),
    },
}  # fmt: skip
_NUMERALS = "一二三四五六七八九"
#: What the article calls by examples: name, and the words it takes the first of.
_EXAMPLES = {"培训举例": "培训构成", "核心层举例": "核心层组织", "主题举例": "服务主题"}
#: The names its templates may place.
WORDS = " ".join(
    (
        "标题 年度 截至日期 单位名称 成文日期 培训图 服务图 项目附件 组织附件 口径附件 口径说明 项目举例", *_EXAMPLES, *_SECTIONS,
        *(section for sections in _SECTIONS.values() for section in sections), *FACT_NAMES, *(f"{name}比上年" for name in FACT_NAMES), *WORD_NAMES,
    )
)  # fmt: skip
#: The lists its templates may go through, each with the fields of its rows.
ROWS = {
    "枢纽": "名称 带动数 单位会员数 项目 变动", "考试": "级别 资格 报考 实考 合格 合格率 负责人合格 比上年", "购买主体": "名称 组织数 项目数 项目 几个",
    "项目表": "序号 项目名称 购买主体 承接组织 合同金额 状态", "组织表": "序号 组织名称 层级 登记状态 所属镇街", "口径表": "序号 指标 数值 口径 来源", "附件": "说明",
}  # fmt: skip


def summary_context(work: YearWork, kind: str, examples: int = 3) -> dict[str, Any]:
    """What the template of one of `KINDS` may place; lists in the article have so many `examples`."""
    registry, period = work.ledger.registry, work.ledger.period
    facts = work.facts()
    office = registry.settings.item("单位名称")
    said: dict[str, Any] = {name: fact.text for name, fact in facts.items()} | work.words | work.lists
    return (
        said
        | {f"{name}比上年": fact.change for name, fact in facts.items()}
        | _numbers(said)
        | _attachments(work, said)
        | {name: _examples(str(said[words]), examples) for name, words in _EXAMPLES.items()}
        | {
            "项目举例": some_of([row["项目名称"] for row in work.lists["项目表"]], examples),
            "标题": titled(registry, f"{office.replace('妇女联合会', '妇联')}{period.year}年女性社会组织{KINDS[kind]}"),
            "年度": period.year, "截至日期": day_words(registry.today), "单位名称": office, "成文日期": day_words(registry.today),
            # A document carries the workbook of every chart among its values.
            "培训图": "" if kind != "工作总结" else _chart(registry, f"{period.year}年逐月参训人次", "月份", "参训人次", work.months),
            "服务图": "" if kind != "工作总结" else _chart(registry, f"{period.year}年各主题服务人次", "主题", "服务人次", work.themes),
        }
    )  # fmt: skip


def _numbers(said: dict[str, Any]) -> dict[str, str]:
    """一、 for each part that has a section, （一） for each section of it that says something; empty for the others."""
    found: dict[str, str] = {}
    parts = 0
    for part, sections in _SECTIONS.items():
        count = 0
        for section, names in sections.items():
            speaks = any(said[name] for name in names)
            count += speaks
            found[section] = f"（{_NUMERALS[count - 1]}）" if speaks else ""
        parts += count > 0
        found[part] = f"{_NUMERALS[parts - 1]}、" if count else ""
    return found


def _attachments(work: YearWork, said: dict[str, Any]) -> dict[str, Any]:
    """The tables that have rows, numbered, and the lines of 附件说明."""
    tables = {
        "项目附件": ("项目一览表", "项目表"),
        "组织附件": ("核心层、紧密层组织名录", "组织表"),
        "口径附件": ("数字的口径和来源", "口径表"),
    }
    proved = {"口径表": proofs(work), "口径说明": _not_compared(work)}
    kept = [mark for mark, (_, rows) in tables.items() if (said | proved)[rows]]
    found: dict[str, Any] = {
        mark: {"标记": f"附件{kept.index(mark) + 1}" if len(kept) > 1 else "附件", "名称": name} if mark in kept else ""
        for mark, (name, _) in tables.items()
    }
    lines = [tables[mark][0] for mark in kept]
    if len(lines) > 1:
        lines = [f"{n}.{name}" for n, name in enumerate(lines, 1)]
    found["附件"] = [
        {"说明": f"附件：{name}" if n == 0 else f"\u3000\u3000\u3000{name}"} for n, name in enumerate(lines)
    ]
    return found | proved


def _not_compared(work: YearWork) -> str:
    """What was not compared with the year before, as the registry does not reach back."""
    ledger = work.ledger
    if not ledger.compared:
        return ""
    words = [
        f"{sheet}（从{day.year}年{day.month}月起登记）" if day else f"{sheet}（没有登记）" for sheet, day in ledger.not_compared.items()
    ]  # fmt: skip
    return (
        f"没有与{ledger.period.called}比较的，是台账里没有{ledger.period.called}的登记：{'、'.join(words)}。"
        if words
        else ""
    )


def _examples(words: str, most: int) -> str:
    return some_of(words.split("、"), most) if words else ""


def _chart(registry: Registry, title: str, label: str, name: str, parts: Sequence[tuple[str, Any]]) -> Any:
    """A native chart of these parts; none of a single one."""
    rows = [[part, figure.value] for part, figure in parts if figure.value]
    return chart_of(registry, title, [label, name], rows) if len(rows) > 1 else ""
