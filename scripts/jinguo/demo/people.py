"""人员台账.xlsx of the demo: 150 invented people, their posts and public posts."""

import datetime
from random import Random

from jinguo.demo.organisations import DEMO
from jinguo.demo.settings import TOWNSHIPS
from jinguo.schema.codes import id_check_digit
from jinguo.schema.dates import Month, month_of

COUNT = 150
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗宋郑谢韩唐冯于董叶程曹袁邓许傅沈曾彭吕苏卢蒋蔡丁魏薛潘杜戴夏钟汪田任姜范方石姚谭邹熊陆郝孔白崔康毛邱秦史顾邵钱汤黎龙万段章施洪翁阮俞岑鲁褚严虞茅"
_GIVEN = [
    "秀英", "丽华", "敏", "静", "丽娟", "燕", "秋月", "亚萍", "晓红", "彩霞", "雪梅", "佳琪", "雅芳", "玲", "文娟", "美珍", "海燕", "小燕", "琴", "桂花",
    "巧玲", "思雨", "梦洁", "红霞", "玉兰", "春燕", "丹", "倩", "慧芳", "佩芬", "珊珊", "素珍", "婷", "小芳", "银萍", "冬梅", "爱娣", "月娥", "彩娟", "建芬",
    "立群", "利萍", "旭丹", "晨", "可欣", "一诺", "凤仙", "国英", "惠君", "淑贞", "亚君", "飞燕", "菊芬", "爱珍", "云霞", "若男", "未央", "锦绣", "丽丽", "萍",
]  # fmt: skip
_POLITICS = (
    ["中共党员"] * 42
    + ["群众"] * 38
    + ["民盟盟员"] * 4
    + ["民进会员"] * 4
    + ["农工党党员"] * 3
    + ["无党派人士"] * 4
    + ["共青团员"] * 5
)
_EDUCATION = ["高中"] * 14 + ["中专"] * 10 + ["大专"] * 36 + ["本科"] * 34 + ["硕士研究生"] * 6
_SCHOOLS = {"大专": "浙江万里学院", "本科": "宁波大学", "硕士研究生": "浙江师范大学"}
_MEN = {37, 88, 121}
_CHIEF_POST = {"社会团体": "会长", "民办非企业单位": "理事长"}


def id_number(born, serial):
    """An identity number that is valid in form: address 330281, the birth date, a serial (even for women), the check
    digit."""
    stem = f"330281{born:%Y%m%d}{serial:03d}"
    return stem + id_check_digit(stem)


def _names(random):
    """Distinct names, but for one pair of homonyms that the check should mention."""
    names: list[str] = []
    while len(names) < COUNT:
        name = random.choice(_SURNAMES) + random.choice(_GIVEN)
        if name not in names:
            names.append(name)
    names[3], names[22], names[57] = "欧阳雪", "上官文静", "阿依古丽·买买提"
    names[140] = names[65]
    return names


def rows(so_far):
    random = Random("people")
    townships = [name for group in TOWNSHIPS.values() for name in group]
    organisations = so_far["organisations"]
    people = [_person(n, name, random, townships) for n, name in enumerate(_names(random), 1)]
    for n, organisation in enumerate(organisations):
        people[n]["residence"] = organisation["township"]
        people[n]["position"] = (
            f"{organisation.get('short_name') or organisation['name']}{_CHIEF_POST.get(organisation['type'], '负责人')}"
        )
    return {
        "people": people,
        "posts": _posts(organisations, people),
        "public_posts": _public_posts(),
        "family": _family(people, Random("family")),
    }


def _person(n, name, random, townships):
    year = random.randint(1966, 1982) if n <= 30 else random.randint(1970, 1999)
    born = datetime.date(year, random.randint(1, 12), random.randint(1, 28))
    man = n in _MEN
    serial = random.randint(100, 499) * 2 + (1 if man else 0)
    education = random.choice(_EDUCATION)
    politics = random.choice(_POLITICS)
    if politics == "共青团员" and year < 1996:
        politics = "群众"
    started = year + random.choice([19, 21, 22, 23])
    social = min(max(started, random.randint(2008, 2022)), 2024)
    social_work = education in ("大专", "本科", "硕士研究生") and random.random() < 0.12
    return {
        "number": f"RY{n:04d}", "name": name, "sex": "男" if man else "女",
        "nation": {58: "维吾尔族", 19: "回族", 77: "畲族", 103: "土家族"}.get(n, "汉族"),
        "born": Month(born.year, born.month), "id_number": id_number(born, serial), "politics": politics, "education": education,
        "degree": {"本科": "学士", "硕士研究生": "硕士"}.get(education),
        "school": f"{_SCHOOLS[education]}{'社会工作' if social_work else random.choice(['汉语言文学', '工商管理', '会计学', '法学'])}专业" if education in _SCHOOLS else None,
        "social_work_major": "是" if social_work else "否", "working_since": Month(started, 8), "social_work_since": Month(social, random.randint(1, 12)),
        "native_place": "浙江余姚" if random.random() < 0.85 else "浙江慈溪", "household": "浙江余姚", "residence": random.choice(townships),
        "mobile": f"1990574{n:04d}", "email": f"ry{n:04d}@example.org", "position": None,
        "resume": f"{started}.08—{social}.06 企业职员\n{social}.06—今 从事妇女和社会组织工作", "consent_date": datetime.date(2026, 1, 10), "remarks": DEMO,
    }  # fmt: skip


def _posts(organisations, people):
    random = Random("posts")
    posts = []
    for organisation, person in zip(organisations, people, strict=False):
        post = _CHIEF_POST.get(organisation["type"], "负责人")
        since = (
            Month(2026, 8)
            if organisation["number"] == "ZZ0001"
            else Month(max(organisation["founded_on"].year, 2021), 12)
        )
        end = Month(2026, 6) if organisation["status"] == "已注销" else None
        posts.append(
            {
                "person": person["number"],
                "organisation": organisation["number"],
                "post": post,
                "from_month": since,
                "to_month": end,
            }
        )
    alive = [o for o in organisations if o["status"] != "已注销"]
    secretaries: set[str] = set()
    for n, person in enumerate(people[len(organisations) :]):
        organisation = alive[n % 22] if n < 60 else random.choice(alive[22:])
        post = (
            random.choice(["副会长", "秘书长", "理事"])
            if organisation["type"] == "社会团体"
            else random.choice(["副主任", "工作人员", "工作人员"])
        )
        if post == "秘书长" and organisation["number"] in secretaries:
            post = "理事"
        secretaries |= {organisation["number"]} if post == "秘书长" else set()
        since = max(Month(random.randint(2020, 2024), random.randint(1, 12)), month_of(organisation["founded_on"]))
        posts.append(
            {"person": person["number"], "organisation": organisation["number"], "post": post, "from_month": since}
        )
        if person["position"] is None:
            person["position"] = f"{organisation.get('short_name') or organisation['name']}{post}"
    # A few serve in two organisations: they count once as a person and once for each organisation.
    for person, organisation in (
        ("RY0006", "ZZ0001"),
        ("RY0011", "ZZ0001"),
        ("RY0015", "ZZ0003"),
        ("RY0070", "ZZ0005"),
    ):
        posts.append({"person": person, "organisation": organisation, "post": "理事", "from_month": Month(2023, 5)})
    posts.append(
        {
            "person": "RY0061",
            "organisation": "ZZ0001",
            "post": "会长",
            "from_month": Month(2021, 8),
            "to_month": Month(2026, 7),
        }
    )
    return posts


def _public_posts():
    held = [
        ("RY0001", "妇联执委", "市", "第十六届"), ("RY0002", "妇联执委", "市", "第十六届"), ("RY0003", "妇联常委", "市", "第十六届"),
        ("RY0004", "人大代表", "镇街", "第十八届"), ("RY0005", "政协委员", "市", "第十四届"), ("RY0011", "人大代表", "市", "第十八届"),
        ("RY0014", "妇联执委", "市", "第十六届"), ("RY0015", "妇联副主席", "镇街", "第十二届"), ("RY0017", "妇联执委", "镇街", "第十二届"),
    ]  # fmt: skip
    return [
        {"person": person, "post": post, "level": level, "term": term, "from_month": Month(2021, 12), "to_month": None}
        for person, post, level, term in held
    ]


def _family(people, random):
    rows = []
    for person in people[:40]:
        born = person["born"]
        surname = random.choice(_SURNAMES[:40])
        rows.append(
            {
                "person": person["number"],
                "relation": "丈夫" if person["sex"] == "女" else "妻子",
                "name": f"{surname}国平" if person["sex"] == "女" else f"{surname}爱娣",
                "born": Month(born.year - 2, born.month),
                "politics": random.choice(["中共党员", "群众"]),
                "position": "余姚市某企业职工",
            }
        )
        rows.append(
            {
                "person": person["number"],
                "relation": "子女",
                "name": f"{surname}子涵",
                "born": Month(born.year + 26, born.month),
                "politics": "共青团员" if born.year + 26 < 2010 else "群众",
                "position": "学生" if born.year + 26 > 2002 else "余姚市某企业职工",
            }
        )
    return rows
