"""Rules about the contest of project designs and its scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, WARNING, doubles, rule
from jinguo.common.rounding import plain
from jinguo.projects.contest import prizes_in
from jinguo.registry.tables import Hit, Registry
from jinguo.schema.dates import month_of, within

#: So many judges are named in a message, and the others counted.
_MOST_NAMED = 10


@rule(
    "PRJ-006", ERROR, "回避的评委不打分，不回避的要打分",
    why="该不该计分不清楚，平均分就有争议",
    remedy="请核对得分和回避",
    source="大赛评分办法",
)  # fmt: skip
def recused_gives_no_score(registry: Registry) -> Iterator[Hit]:
    scores = registry["contest_scores"]
    for i, recused, score, judge in scores.each("recused", "score", "judge"):
        who = f"评委“{judge}”" if judge else "这位评委"
        if recused == "是" and score is not None:
            yield scores.hit(i, "score", f"{who}已回避，却打了 {plain(score)} 分")
        elif recused == "否" and score is None and scores.readable(i, "score"):
            yield scores.hit(i, "score", f"{who}没有回避，也没有打分")


@rule(
    "CON-001", ERROR, "一个评委给一件作品只打一次分",
    why="重复的分会让平均分算错",
    remedy="请核对评分表后保留一行",
    source="大赛评分办法",
)  # fmt: skip
def one_score_a_judge(registry: Registry) -> Iterator[Hit]:
    scores = registry["contest_scores"]
    for i, first in doubles(scores, "entry", "judge"):
        name = registry.name_of("contest_entries", scores["entry"][i])
        yield scores.hit(i, "judge", f"评委“{scores['judge'][i]}”给“{name}”的分与{scores.nth_row(first, i)}重复")


@rule(
    "CON-002", HINT, "去掉最高分、最低分，打分的评委一般不少于五人",
    why="人少时去掉两个分，剩下的太少，名次容易有争议",
    remedy="请增加评委，或在参数“大赛最少评委”里改",
    source="参数“大赛最少评委”（惯例，二手来源）",
)  # fmt: skip
def enough_judges(registry: Registry) -> Iterator[Hit]:
    entries, scores = registry["contest_entries"], registry["contest_scores"]
    if not scores.present or scores.unclear("entry", "score"):
        return
    least = int(registry.settings.parameter("大赛最少评委"))
    judges: defaultdict[str, int] = defaultdict(int)
    for _, entry, score in scores.each("entry", "score"):
        judges[entry] += score is not None
    for i, number, name in entries.each("number", "who"):
        if number and 0 < judges[number] < least:
            yield entries.hit(i, "number", f"“{name}”只有 {judges[number]} 位评委打分")


@rule(
    "CON-003", WARNING, "每位评委要给每件作品打分，或者回避",
    why="有的作品少一个分，名次就不可比",
    remedy="请补上漏打的分；回避的也写一行，回避填“是”",
    source="大赛评分办法",
)  # fmt: skip
def every_judge_scores(registry: Registry) -> Iterator[Hit]:
    entries, scores = registry["contest_entries"], registry["contest_scores"]
    if scores.unclear("entry", "judge") or entries.unclear("number", "contest"):
        return
    contest_of = entries.mapping("contest")
    judges: defaultdict[str, dict[str, None]] = defaultdict(dict)
    done: set[tuple[str, str]] = set()
    for i, entry, judge, score, recused in scores.each("entry", "judge", "score", "recused"):
        if judge and contest_of.get(entry):
            judges[contest_of[entry]][judge] = None
            # One who neither scored nor was recused is missing; 否 without a score is PRJ-006's to say.
            if score is not None or recused or not scores.readable(i, "score", "recused"):
                done.add((entry, judge))
    for i, number, contest, name in entries.each("number", "contest", "who"):
        missing = [judge for judge in judges.get(contest, ()) if (number, judge) not in done]
        if number and missing:
            who = "、".join(missing[:_MOST_NAMED]) + (f"等 {len(missing)} 位" if len(missing) > _MOST_NAMED else "")
            yield entries.hit(i, "number", f"“{name}”没有评委{who}的分")


@rule(
    "CON-004", WARNING, "评委是参赛组织的人，应当回避",
    why="不回避，名次会被质疑",
    remedy="请改为回避，并清空这一行的得分；确是同名的不必理会",
    source="大赛评分办法",
)  # fmt: skip
def own_judge_is_recused(registry: Registry) -> Iterator[Hit]:
    entries, scores, organisations = registry["contest_entries"], registry["contest_scores"], registry["organisations"]
    own: dict[str, set[str]] = {}
    name_of = registry["people"].mapping("name")
    holders: dict[str, set[str]] = {}
    for _, person, organisation, start, end in registry["posts"].each(
        "person", "organisation", "from_month", "to_month"
    ):
        if person in name_of and within(month_of(registry.today), start, end):
            holders.setdefault(organisation, set()).add(name_of[person])
    for _, number, organisation, author in entries.each("number", "organisation", "author"):
        head, legal, contact = (
            organisations.value(organisation, field) for field in ("head", "legal_representative", "contact")
        )
        named = (author, contact, name_of.get(head), name_of.get(legal), *holders.get(organisation, ()))
        own[number] = {name for name in named if name}
    for i, entry, judge, recused, score in scores.each("entry", "judge", "recused", "score"):
        if judge and judge in own.get(entry, ()) and recused != "是" and scores.readable(i, "recused"):
            said = f"打了 {plain(score)} 分" if score is not None else "没有写明回避"
            yield scores.hit(
                i, "recused", f"评委“{judge}”是“{registry.name_of('contest_entries', entry)}”一方的人，{said}"
            )


@rule(
    "CON-005", WARNING, "大赛作品的大赛要在征集表里",
    why="对不上，评出的名次找不到奖项，获奖通报不会生成",
    remedy="请把大赛的名称改得与征集表一致，或在征集表加一行",
    source="惯例",
)  # fmt: skip
def contest_is_called(registry: Registry) -> Iterator[Hit]:
    entries, calls = registry["contest_entries"], registry["calls"]
    known = {name for _, name, kind in calls.each("name", "type") if kind == "大赛"}
    if not known or calls.unclear("name", "type"):
        return
    for i, contest in entries.each("contest"):
        if contest and contest not in known:
            yield entries.hit(i, "contest", f"征集表里没有“{contest}”这一大赛")


@rule(
    "CON-006", ERROR, "征集先开始、后截止，截止以后评审",
    why="先后颠倒，通知不会生成，或者写错日子",
    remedy="请核对开始、截止和评审日期",
    source="常识",
)  # fmt: skip
def call_dates_in_order(registry: Registry) -> Iterator[Hit]:
    calls = registry["calls"]
    for i, name, opens, closes, judged in calls.each("who", "opens", "closes", "judged_on"):
        if opens and closes and closes < opens:
            yield calls.hit(i, "closes", f"{name} {opens} 开始，{closes} 就截止")
        elif closes and judged and judged < closes:
            yield calls.hit(i, "judged_on", f"{name} {closes} 截止，{judged} 就评审")


@rule(
    "CON-007", WARNING, "奖项写成“一等奖=1、二等奖=2”的样子",
    why="读不出个数，通知和获奖通报里就没有奖项",
    remedy="请改成名称=个数，从高到低，用、隔开",
    source="填表的要求",
)  # fmt: skip
def prizes_can_be_read(registry: Registry) -> Iterator[Hit]:
    calls = registry["calls"]
    for i, name, prizes in calls.each("who", "prizes"):
        if prizes and not prizes_in(prizes):
            yield calls.hit(i, "prizes", f"{name}的奖项“{prizes}”读不出个数")
