"""Where a title may be broken: between words and never inside a name (GB/T 9704-2012, 7.3.1: 词意完整)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from types import ModuleType

from jinguo.word.signature import width

#: What a break costs: nothing right after the office's name, the more the closer the words on both sides belong together.
#: From `BAD` on it is one that a reader stumbles over.
FREE, GOOD, FAIR, POOR, BAD, NEVER = 0.0, 1.0, 2.0, 4.0, 40.0, 1000.0
#: Words of the field that a general dictionary takes apart, or puts together with their neighbours.
_WORDS = """
    女性社会组织联合会 女性社会组织 社会组织 社会工作 社会工作者 社会工作师 妇女联合会 妇联 执委 常委 执行委员 常务委员 人民代表大会 代表大会
    妇女代表大会 公益创投 公益项目 微项目 培训班 创意设计 辅导班 座谈会 研讨会 联席会议 家庭教育 巾帼建功 巾帼志愿者 巾帼志愿 最美家庭 两癌 两癌筛查 三八 职业水平 伴考 换届 年检
    候选人 人选 购买服务 政府购买服务 团体会员 服务中心 联席会议 指导意见 实施方案 工作方案 管理办法 实施细则 发展规划 维权
    优秀 先进 名额 分配 结项 孵化 培育 备案 继续教育 专题 沙龙 骨干 负责人 联系人 征求意见 政协委员 人大代表 党代表
    三八红旗手 红旗集体 安全生产 留守儿童 困境儿童 全面从严治党 从严治党 妇女权益 创意设计 妇女儿童 反家庭暴力 乡镇 街道 志愿服务
"""
_PLACE_NAME = re.compile("(?:市|县|区|镇|乡|街道|村|社区|省)$")
_PLACE = re.compile("市|县|区|镇|乡|街道|村|社区|省|自治区|自治县")
#: Characters that are words by themselves; those that end the word before them; those that begin the one behind (市妇联).
_ALONE = frozenset("和与及暨或在对向为于从由将的等请")
_SUFFIX = frozenset("点会班站岗队组法部所室员率制化性度类型式期家者户人史奖杯")
_PREFIX = frozenset("市县区省镇乡各全本该我")
#: Parts of speech that no place has: 作为|市|人大代表.
_NO_PLACE = ("v", "p", "c", "u", "d", "r", "f", "m")
#: With what the name of an organisation or of an office ends.
_ENDS = (
    "联合会|总工会|领导小组|协会|商会|学会|促进会|研究会|联谊会|互助会|基金会|理事会|议事会|委员会|工作委员会|人民代表大会|代表大会|中心|服务队|志愿队|艺术团|"
    "工作室|宣讲团|人民政府|人民法院|人民检察院|办公室|妇联|团委|党委|党组|支部|局|部|厅|院|团市委|团县委|联盟|合作社|俱乐部|公司|医院|学校|支队|大队"
)
_REST_OF_NAME = re.compile(
    rf"(?:(?!关于|举办|开展|推荐|召开|成立|印发|换届|的)[\u4e00-\u9fff]){{0,16}}(?:{_ENDS})(?!工作者|分|长|员|[\u4e00-\u9fff]?工作者)"
)
_BEFORE_PLACE = re.compile("(?:政协|共青团|中共|中国共产党|九三学社|民革|民盟|民建|民进|农工党|致公党|台盟)$")
_NUMERAL = "[一二三四五六七八九十百零〇两\\d]+"
_ATOMS = re.compile(
    rf"第?{_NUMERAL}届(?:人大)?{_NUMERAL}次(?:会议|全会)?|第{_NUMERAL}[届次季期批个阶号](?:季度|阶段|会议|全体会议|代表大会)?|"
    r"[“《〈（][^”》〉）]{1,10}[”》〉）](?:国际[妇儿][女童]节|劳动节|维权周|维权月)?|"
    r"\d+(?:[.\-—–~至]+\d+)*\s*(?:年度|年|月份|月|日|届|次|期|号|周年|个|名|家|万元|元|人|场|学时|％|%)?(?:度)?(?:\d+月)?(?:\d+日)?|"
    r"[一二三四五六七八九十]+[月日届次期年](?:份)?|[“”《》（）〈〉、，。：；·]|[A-Za-z]+"
)
#: A book or a quotation of so many characters is kept on one line.
_BOOK = re.compile(r"《(?:[^《》]|《[^《》]*》)*》|“[^“”]*”")
_LONG_BOOK = 17
_NO_START = re.compile(r"[”’》）〉、，。：；·\s的地得等们]")
_NO_END = re.compile(r".*(?:和|与|及|暨|或|在|对|向|为|于|从|由|将|把|被|给|以|因|按|等)$")
_DOCUMENT = "的?(?:通知|通报|报告|请示|批复|函|意见|方案|公示|公告|决定|纪要|办法|细则|总结|名单|说明|情况|通告|决议|倡议书|建议)"
_WHOLE = re.compile("(?:和|与|及|暨)")
_VERBS = re.compile(
    "举办|开展|召开|印发|推荐|征集|做好|组织|报送|申报|加强|推进|公布|表彰|评选|命名|开展|同意|调整|成立|转发|进一步|聘任|征求|参加"
)


def break_costs(title: str, names: Collection[str] = ()) -> list[float]:
    """What it costs to break before each character of the title (of the first: NEVER). `names` are those of organisations,
    places and people, which are never broken."""
    costs = [NEVER] * len(title)
    words = _words(title)
    for start, _ in words:
        costs[start] = _cost(title, start)
    for book in _BOOK.finditer(title):
        cost = BAD if width(book[0]) <= _LONG_BOOK else POOR
        for i in range(book.start() + 1, book.end()):
            costs[i] = min(costs[i] + cost, NEVER)
    for start, end in _names_in(title, words, names):
        for i in range(start + 1, min(end, len(title))):
            costs[i] = max(costs[i], BAD if end - start > _LONG_NAME else NEVER / 2)
        if end < len(title) and costs[end] < BAD:
            costs[end] = min(costs[end], GOOD)
    if costs:
        costs[0] = NEVER
    return costs


_LONG_NAME = 20


def _cost(title: str, start: int) -> float:
    head, tail = title[:start], title[start:]
    if start == 0 or _NO_START.match(tail):
        return NEVER
    if re.search("[“‘《（〈]$", head):
        return NEVER
    if title[start - 1].isspace():
        return FREE
    if re.search("“.”$", head):
        return NEVER
    if head.endswith("的"):
        return BAD if re.fullmatch(_DOCUMENT, tail) or re.match("通知|通报|报告|请示|批复|函|公示", tail) else POOR
    if _NO_END.fullmatch(head) and not re.search(
        "(?:参与|总和|以及|涉及|普及|授予|关于|作为|成为|认为|行为|基于|由于|方向|面向)$", head
    ):
        return BAD / 2
    if tail.startswith("关于"):
        return FREE
    if head.endswith("关于"):
        return GOOD
    if _WHOLE.match(tail) or head.endswith(("、", "，", "：", "》")):
        return GOOD
    if head.endswith("”"):
        # What a quotation is the name of goes with it: “阳明杯”大赛.
        return POOR + 1
    if _VERBS.search(head[-3:]) and head[-2:] in _VERBS.pattern and tail[0] not in "“《〈":
        return FAIR + 1
    if _VERBS.match(tail):
        return GOOD
    return FAIR


def _words(title: str) -> list[tuple[int, int]]:
    """Where each word begins and ends; what belongs together in any case (a number with its unit, a short quotation, a
    place with its kind) is one word."""
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(title):
        atom = _ATOMS.search(title, place)
        end = atom.start() if atom else len(title)
        found += _words_between(title, place, end)
        if atom is None:
            break
        found.append((atom.start(), atom.end()))
        place = atom.end()
    return found


def _words_between(title: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    place, kind, opens = start, "", False
    tagged = _segmenter().tag(title[start:end]) if end > start else ()
    for word, part in (piece for pair in tagged for piece in _parts(*pair)):
        last = title[slice(*found[-1])] if found else ""
        if last and (opens or _goes_on(last, kind, word)):
            found[-1] = (found[-1][0], place + len(word))
        else:
            found.append((place, place + len(word)))
        opens = len(word) == 1 and word in _PREFIX and found[-1][0] == place
        place, kind = place + len(word), part
    return found


def _parts(word: str, part: str) -> list[tuple[str, str]]:
    """管理工作 is two words, 社会工作 one."""
    if len(word) >= 4 and word.endswith("工作") and word not in _WORDS:
        return [(word[:-2], part), ("工作", "vn")]
    return [(word, part)]


def _goes_on(last: str, kind: str, word: str) -> bool:
    """Whether a word of the segmenter belongs to the one before: 云浦|县 whatever the dictionary knows, 加工|点, and single
    characters side by side."""
    if _PLACE.fullmatch(word):
        return not kind.startswith(_NO_PLACE) and last not in _ALONE
    if len(word) > 1 or word in _ALONE:
        return False
    return word in _SUFFIX or (len(last) == 1 and last not in _ALONE)


def _names_in(title: str, words: Sequence[tuple[int, int]], names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where names stand in a title: those known, and what is built like one: a place, and what is there
    (余姚市女企业家协会)."""
    for name in names:
        start = title.find(name) if len(name) > 1 else -1
        while start >= 0:
            yield start, start + len(name)
            start = title.find(name, start + 1)
    places = [(a, b) for a, b in words if (b - a > 2 and _PLACE_NAME.search(title[a:b])) or title[a:b][:1] in "市县区"]
    for n, (start, end) in enumerate(places):
        stop = places[n + 1][0] if n + 1 < len(places) else len(title)
        end = min(end, start + 1) if title[start] in "市县区" else end
        if rest := _REST_OF_NAME.match(title, end, stop):
            before = _BEFORE_PLACE.search(title[:start])
            yield before.start() if before else start, rest.end()


@cache
def _segmenter() -> ModuleType:
    """The segmenter with the words of the field; the same for every registry, so that a title is always broken alike."""
    import rjieba

    for word in _WORDS.split():
        rjieba.add_word(word, 100_000, "n")
    return rjieba
