"""What the lines above a table, the name of its sheet and of its file say for every row: the event, its day and place, the
year, the level, the township, the list of candidates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from jinguo.intake.own.frame import Frame
from jinguo.intake.own.names_known import township_stem
from jinguo.schema.cells import clean, half_width
from jinguo.schema.dates import make_date

#: A heading of a sheet behind the name of what it is about.
_LIST = re.compile(
    r"(?:推荐人选|人选|人员|学员|参会人员|参加人员)?(?:汇总|登记|统计|一览|情况|明细|签到|签名|考勤|报名|花名|点名|到会)*(?:签到)?(?:表|册|簿|单|名单|名册|花名册|签到|台账|情况表)(?:（.*）|\(.*\))?$"
)
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|19[89]\d)(?:\s*年度?|\s*[-—－～~]\s*(?=\d)|(?=[.\-/]\d)|(?!\d))")
_DAY = re.compile(r"(?:(20\d\d)\s*[年.\-/])?\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*[日号]?")
_HOUR = re.compile(r"(上午|下午|晚上|中午)?\s*(\d{1,2})\s*[:：点时]\s*(\d{2}|半)?")
_KEYED = re.compile(r"^\s*([\u4e00-\u9fff（）()]{2,10})\s*[:：]\s*(.+)$")
_TOWNSHIP = re.compile(r"([\u4e00-\u9fff]{1,5}?(?:街道|镇|乡|园区))")
_NAMING = "培训班?名称|活动名称|活动主题|培训主题|主题|名称|课程名称|会议名称|会议主题|培训内容|活动内容|会议内容|培训班次|活动项目"
_TYPES = (
    ("考前辅导", "考前|伴考|辅导"), ("项目大赛", "大赛|比赛|竞赛|路演|评审会"), ("风采展示", "风采|展示|展演|文艺|晚会|汇演"),
    ("外出参观学习", "赴|外出|考察|参观|研学|走访"), ("主题沙龙", "沙龙|茶话|座谈|分享会|读书会|交流会"), ("业务培训", "培训|讲座|学习|课|研修|班"),
)  # fmt: skip
_OFFICES = (
    ("人大代表", "人大代表|人民代表"), ("政协委员", "政协"), ("妇联副主席", "副主席"), ("妇联常委", "常务委员|常委"),
    ("妇联执委", "执行委员|执委"), ("团体会员代表", "代表"),
)  # fmt: skip


class Fact(NamedTuple):
    """A value that holds for all rows of a sheet: the field as table.field, what is written, and the cell it is from
    (empty where it is from the name of the sheet or the file, or was typed by the office)."""

    field: str
    value: str
    cell: str = ""


class Lines(NamedTuple):
    """The title lines as (cell, text), the name of the sheet, and of the file."""

    lines: list[tuple[str, str]]
    sheet: str
    stem: str

    def everything(self) -> Iterable[tuple[str, str]]:
        """(cell, text) of all, what stands nearest to the table first."""
        yield from self.lines
        yield "", self.sheet
        yield "", self.stem


def lines_of(frame: Frame, stem: str) -> Lines:
    lines = [(f"A{row + 1}", text) for row, text in frame.titles]
    return Lines(lines, frame.raw.name, stem)


def year_of(lines: Lines) -> Fact | None:
    """The year the sheet is about: that of its title before that of its name; none where one names several."""
    for cell, text in [*lines.lines[:1], ("", lines.sheet), *lines.lines[1:2], ("", lines.stem)]:
        years = set(_YEAR.findall(half_width(text)))
        if len(years) == 1:
            return Fact("", years.pop(), cell)
    return None


def township_of(lines: Lines, known: Collection[str]) -> Fact | None:
    """The township all rows belong to, by the name of the sheet, the title or the name of the file."""
    name = re.sub(r"[\s\d.、]+", "", lines.sheet)
    if name in known or _TOWNSHIP.fullmatch(name):
        return Fact("organisations.township", name)
    short = [town for town in known if township_stem(town) == name]
    if len(short) == 1:
        return Fact("organisations.township", short[0])
    for cell, text in [*lines.lines[:2], ("", lines.stem)]:
        named = {town for town in known if town in text}
        if len(named) == 1:
            return Fact("organisations.township", named.pop(), cell)
        match = re.match(
            r"([\u4e00-\u9fff]{2,4}?(?:街道|镇|乡))(?=.{0,6}(?:女性|社会组织|妇联|登记表|台账|名册|骨干))", text
        )
        if match and "乡镇" not in match[1] and "镇街" not in text[:6]:
            return Fact("organisations.township", match[1], cell)
    return None


_OF_MEMBERS = re.compile(
    r"^([\u4e00-\u9fff（）]{3,20}?(?:协会|商会|联谊会|促进会|联合会|学会|研究会|志愿队|服务队|艺术团))(?:第.{1,3}届|会员|理事|成员|骨干|名册|花名册|负责人)"
)


def organisation_in(lines: Lines) -> Fact | None:
    """The organisation of whose members a list is: 县女企业家协会第三届会员名册."""
    for cell, text in lines.everything():
        found = _OF_MEMBERS.match(re.sub(r"\s", "", text))
        if found and not re.search("女性社会组织", found[1]):
            return Fact("posts.organisation", found[1], cell)
    return None


def level_of(lines: Lines) -> Fact | None:
    """初级 or 中级, by the title or the name of the sheet."""
    for cell, text in lines.everything():
        level = level_in(text)
        if level:
            return Fact("exam_entries.level", level, cell)
    return None


def level_in(text: str) -> str:
    """The level a heading names; empty where it names none, or two."""
    found = set()
    if re.search("初级|助理社会工作师|助理社工师", text):
        found.add("初级")
    if re.search("中级|(?<!助理)(?<!高级)社会工作师|(?<!助理)(?<!高级)社工师", text):
        found.add("中级")
    if re.search("高级", text):
        found.add("高级")
    return found.pop() if len(found) == 1 else ""


def level_of_word(value: object) -> str:
    """初级 for 助理社工师: the level in the words of a cell."""
    text = clean(value)
    return text if text in ("初级", "中级", "高级") else level_in(text)


def subject_of(title: str, level: str) -> str:
    """The subject a column is about, as the exam calls it."""
    if "法规" in title:
        return "社会工作法规与政策" if level != "高级" else title
    for word in ("综合能力", "实务"):
        if word in title:
            return f"社会工作{word}（{level}）" if level in ("初级", "中级") else f"社会工作{word}"
    return title


def _segments(lines: Lines) -> Iterable[tuple[str, str, int]]:
    """(cell, text, line) of the pieces of the title lines that stand apart."""
    for n, (cell, text) in enumerate(lines.lines):
        for piece in re.split(r"\s{2,}|\u3000+|[；;\n]|\s+(?=[\u4e00-\u9fff（）]{2,8}[:：])", text):
            parts = re.split("[，,]", piece) if _DAY.search(piece) and not _KEYED.match(piece) else [piece]
            for part in parts:
                if part.strip():
                    yield cell, part.strip(), n


def moment_of(text: str, year: str) -> tuple[str, str] | None:
    """Start and end as written out (2026-03-06 09:00), the end empty where none is said; what is no day as it stands."""
    plain = half_width(text)
    first = _DAY.search(plain)
    if not first or not (first[1] or year):
        return None
    when = first[1] or year
    day = make_date(when, first[2], first[3])
    rest = re.sub(r"[（(](?:星期|周).[）)]", "", plain[first.end() :])
    if day is None:
        return plain[first.start() : first.end()].strip(), ""
    hours = [_clock(m) for m in _HOUR.finditer(rest)]
    more = re.match(r"\s*[-—－–至~～]+\s*(?:(\d{1,2})\s*[月.])?\s*(\d{1,2})\s*[日号]", rest)
    last = make_date(when, more[1] or str(day.month), more[2]) if more else None
    start = f"{day:%Y-%m-%d}" + (f" {hours[0]}" if hours and not more else "")
    end = f"{last:%Y-%m-%d}" if last else (f"{day:%Y-%m-%d} {hours[1]}" if len(hours) > 1 else "")
    return start, end


def _clock(match: re.Match[str]) -> str:
    hour = int(match[2]) + (12 if match[1] in ("下午", "晚上") and int(match[2]) < 12 else 0)
    return f"{hour:02d}:{'30' if match[3] == '半' else match[3] or '00'}"


def event_facts(lines: Lines, year: str) -> list[Fact]:
    """Name, kind, day, place, hours and the rest of an event from the lines above its sheet."""
    found: dict[str, Fact] = {}

    def take(field: str, value: str, cell: str) -> None:
        value = _balanced(value)
        if value and not (field == "name" and re.fullmatch(_NO_NAME, value)):
            found.setdefault(field, Fact(f"events.{field}", value, cell))

    dated, named_next = -1, False
    for cell, piece, n in _segments(lines):
        keyed = _KEYED.match(piece)
        key, value = (keyed[1], keyed[2].strip()) if keyed else ("", piece)
        hours = re.search(r"(\d+(?:\.\d+)?)\s*(?:个)?(?:学时|课时)", piece) or (
            re.match(r"(\d+(?:\.\d+)?)", value) if "学时" in key or "课时" in key else None
        )
        if hours and not (not key and _DAY.search(half_width(piece))):
            take("hours", hours[1], cell)
            continue
        if re.fullmatch(_NAMING, key):
            found["name"] = Fact(
                "events.name",
                value.strip('“”"')
                if value.count("“") == value.count("”") == 1 and value[0] == "“" and value[-1] == "”"
                else value,
                cell,
            )
            continue
        if re.fullmatch(_NAMING, piece):
            named_next = True
            continue
        if named_next:
            found["name"], named_next = Fact("events.name", piece, cell), False
            continue
        if re.fullmatch(".{0,2}(?:地点|地址|会场)|目的地", key) and "集合" not in key:
            take("place", value, cell)
        elif re.search("主讲|授课|讲师|老师", key):
            take("speaker", value, cell)
        elif re.search("主办|举办单位|承办", key):
            take("host", value, cell)
        elif (not key or re.search("时间|日期", key)) and (when := moment_of(value, year)):
            take("starts", when[0], cell)
            take("ends", when[1], cell)
            dated = n
            day = _DAY.search(half_width(value))
            before, behind = (value[: day.start()], value[day.end() :]) if day and not key else ("", "")
            if _LIST.sub("", behind) != behind and len(behind) > 6:
                before = before if len(before) > 4 else behind
            if len(before) > 4 and "name" not in found:
                take("name", event_name(before), cell)
        elif not key and "name" in found and (dated == n or n > 0) and not _LIST.search(piece) and len(piece) < 30:
            take("place", piece, cell)
        elif not key and "name" not in found and len(piece) > 3:
            take("name", event_name(piece), cell)
    if "name" not in found:
        for text in (lines.sheet, lines.stem):
            name = event_name(re.sub(r"^[\d.\-月日号\s]+", "", text))
            if len(name) > 2 and not re.fullmatch(r"Sheet\d*|工作表\d*", name):
                take("name", name, "")
                break
    if "starts" not in found and (when := moment_of(lines.sheet, year)):
        take("starts", when[0], "")
    if "name" in found:
        take("type", event_type(found["name"].value), found["name"].cell)
    return list(found.values())


#: What a list is, and not what it is of.
_NO_NAME = r"(?:会议|活动|培训|签到|参会|报名|考勤|学员|人员)?(?:签到|会议|活动|培训|登记|人员|名单)?"


def _balanced(text: str) -> str:
    """The text without a bracket that nothing opens or closes."""
    plain = text.strip()
    if plain.count("（") < plain.count("）"):
        plain = plain.removesuffix("）")
    if plain.count("（") > plain.count("）"):
        plain = plain.removeprefix("（")
    return plain


def event_name(text: str) -> str:
    """The name of an event without what the sheet is: …培训班签到表 is …培训班."""
    name = _LIST.sub("", clean(text)).strip(" -—（(")
    return name or clean(text)


def event_type(name: str) -> str:
    """The kind of an event, by its name; empty where the name does not tell."""
    return next((kind for kind, words in _TYPES if re.search(words, name)), "")


def batch_facts(lines: Lines) -> list[Fact]:
    """What a list of candidates is for: name, office, term, level, seats, closing day, to whom it goes."""
    facts: dict[str, Fact] = {}
    title = next(((c, t) for c, t in lines.lines if re.search("推荐|人选|候选|提名", t)), None) or next(
        iter(lines.lines), ("", lines.sheet)
    )
    cell, text = title
    named = re.sub("(?:预备|建议|初步|拟)$", "", _LIST.sub("", text).strip())
    facts["name"] = Fact("batches.name", named or text, cell)
    for where, words in (title, ("", lines.sheet), ("", lines.stem)):
        office = next((name for name, pattern in _OFFICES if re.search(pattern, words)), "")
        if office:
            facts.setdefault("office", Fact("batches.office", office, where))
        term = re.search("第[一二三四五六七八九十百\\d]+届", words)
        if term:
            facts.setdefault("term", Fact("batches.term", term[0], where))
    level = "镇街" if re.search("[^乡村]镇|街道|[^城]乡(?!镇)", text) else "市"
    facts["level"] = Fact("batches.level", level, cell)
    for where, piece, _ in _segments(lines):
        seats = re.search(r"(?:名额|应选|推荐名额)\s*[:：]?\s*(\d+)\s*[名人]?", piece)
        if seats:
            facts.setdefault("seats", Fact("batches.seats", seats[1], where))
        closing = re.search(r"(?:截止|报送|上报|前报).{0,16}", piece)
        day = _DAY.search(half_width(piece))
        if closing and day and day[1]:
            facts.setdefault("closing", Fact("batches.closing", day[0].strip(), where))
        addressee = re.search(
            r"(?:报送|送达|上报)(?:单位)?\s*[:：]?\s*((?:中共)?[\u4e00-\u9fff]{2,12}(?:部|委|会|局|办))", piece
        )
        if addressee:
            facts.setdefault("addressee", Fact("batches.addressee", addressee[1], where))
    return list(facts.values())
