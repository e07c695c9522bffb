"""培训考试台账.xlsx of the demo: twenty events and their attendance, three exam years, certificates."""

import datetime
from random import Random

from jinguo.demo.settings import TODAY

_SALON, _COURSE, _VISIT, _TUTORING, _CONTEST, _SHOW = (
    "主题沙龙",
    "业务培训",
    "外出参观学习",
    "考前辅导",
    "项目大赛",
    "风采展示",
)
_HALL = "余姚市女性社会组织服务中心三楼会议室"
_ALL = ("核心层", "紧密层", "大众层")

#: name, type, start, hours on the clock, 学时, 名额, tiers, place, cost
_EVENTS = [
    ("“她组织”新春茶话沙龙", _SALON, "2025-12-18 14:00", 2.5, 3, 45, _ALL, _HALL, 2400),
    ("年检与财务规范业务培训", _COURSE, "2026-01-15 09:00", 7, 6, 50, ("核心层", "紧密层"), _HALL, 6800),
    ("女性社会组织负责人能力提升培训班", _COURSE, "2026-02-05 09:00", 7, 6, 50, _ALL, "余姚市委党校二号教室", 12000),
    ("“三八”女性社会组织风采展示", _SHOW, "2026-03-07 09:30", 3, 2, 60, _ALL, "余姚万达广场中庭", 9000),
    ("社会工作师考前辅导（一）：综合能力", _TUTORING, "2026-03-14 09:00", 7, 6, 45, _ALL, _HALL, 4500),
    ("公益项目书撰写业务培训", _COURSE, "2026-03-27 09:00", 7, 6, 50, ("核心层", "紧密层"), _HALL, 6000),
    ("社会工作师考前辅导（二）：实务", _TUTORING, "2026-04-11 09:00", 7, 6, 45, _ALL, _HALL, 4500),
    ("公益项目创意设计大赛", _CONTEST, "2026-04-24 13:30", 4, 4, 60, _ALL, "余姚市文化馆小剧场", 15000),
    ("社会工作师考前辅导（三）：法规与政策", _TUTORING, "2026-05-09 09:00", 7, 6, 45, _ALL, _HALL, 4500),
    ("赴宁波市妇女儿童活动中心参观学习", _VISIT, "2026-05-28 08:30", 8, 6, 45, ("核心层", "紧密层"), "宁波市海曙区", 8600),
    ("婚姻家庭调解主题沙龙", _SALON, "2026-06-12 14:00", 2.5, 3, 40, _ALL, _HALL, 1800),
    ("枢纽组织与团体会员交流沙龙", _SALON, "2026-06-26 14:00", 2.5, 3, 45, _ALL, _HALL, 1800),
    ("新媒体与女主播业务培训", _COURSE, "2026-07-10 09:00", 7, 6, 50, _ALL, _HALL, 7200),
    ("赴杭州市上城区公益创投园参观学习", _VISIT, "2026-07-23 07:30", 10, 8, 40, ("核心层", "紧密层"), "杭州市上城区", 9800),
    ("社区社会组织骨干业务培训", _COURSE, "2026-08-20 09:00", 7, 6, 55, ("大众层",), "泗门镇文化礼堂", 6200),
    ("商圈女性社会组织服务展示", _SHOW, "2026-09-12 15:00", 3, 2, 60, _ALL, "余姚四明广场", 5200),
    ("为老助残服务经验主题沙龙", _SALON, "2026-09-24 14:00", 2.5, 3, 40, _ALL, _HALL, 1800),
    ("女性社会组织规范化建设专题培训班", _COURSE, "2026-10-22 09:00", 7, 6, 40, ("核心层", "紧密层"), _HALL, 9000),
    ("“家门口的公益”主题沙龙", _SALON, "2026-10-28 14:00", 2.5, 3, 36, _ALL, "阳明街道社会组织培育发展服务中心", 1800),
    ("赴慈溪市女性社会组织参观学习", _VISIT, "2026-11-19 08:00", 8, 6, 40, ("核心层", "紧密层"), "慈溪市", 7600),
]  # fmt: skip
_SCHEDULES = {
    17: "09:00-09:15 开班仪式 市妇联分管领导\n09:15-10:30 社会组织登记与年检政策解读 市民政局\n10:40-11:50 财务规范与票据管理 注册会计师\n13:30-15:00 项目申报与项目书修改 青竹社工\n15:10-16:00 分组研讨与答疑 各组组长",
    18: "14:00-14:20 主持人开场 市巾帼志愿者帮扶协会\n14:20-15:30 三家社区社会组织经验分享 分享人\n15:40-16:30 自由交流与资源对接 全体",
    19: "08:00-09:00 统一乘车前往 全体\n09:15-11:30 参观慈溪市女性社会组织服务中心 当地妇联\n13:30-15:30 座谈交流 全体",
}  # fmt: skip

_ABILITY, _POLICY, _PRACTICE = "社会工作综合能力", "社会工作法规与政策", "社会工作实务"


def rows(so_far):
    return {
        "events": [_event(n, row) for n, row in enumerate(_EVENTS, 1)],
        "attendance": _attendance(so_far),
        "exam_entries": _entries(so_far),
        "pass_marks": [
            {"year": year, "level": level, "full_mark": 100, "pass_mark": 60}
            for year in (2024, 2025, 2026)
            for level in ("初级", "中级", "高级")
        ],
        "certificates": _certificates(),
        "education_hours": _education(),
    }


def _event(n, row):
    name, kind, start, clock, hours, places, tiers, place, cost = row
    starts = datetime.datetime.fromisoformat(start)
    return {
        "number": f"HD{n:04d}", "name": name, "type": kind, "starts": starts, "ends": starts + datetime.timedelta(hours=clock),
        "place": place, "hours": hours, "speaker": "市民政局、专家智库" if kind == _COURSE else None, "host": "余姚市妇女联合会", "places": places,
        "enrol_by": (starts - datetime.timedelta(days=3)).date(), "tiers": tiers, "cost": cost, "schedule": _SCHEDULES.get(n - 1),
        "contact": "陈晓", "phone": "0574-62700001",
    }  # fmt: skip


def _attendance(so_far):
    """About 38 rows for each event held: those the event is meant for, heads first, some on leave, a few absent."""
    random = Random("attendance")
    tier_of = {o["number"]: o["tier"] for o in so_far["organisations"]}
    posts = [p for p in so_far["posts"] if not p.get("to_month")]
    names = {p["number"]: p["name"] for p in so_far["people"]}
    rows = []
    for n, (_, _, start, _, hours, places, tiers, _, _) in enumerate(_EVENTS, 1):
        starts = datetime.datetime.fromisoformat(start)
        if starts.date() > TODAY:
            continue
        meant = list(dict.fromkeys(p["person"] for p in posts if tier_of[p["organisation"]] in tiers))
        listed = sorted(random.sample(meant, min(len(meant), places - random.randint(2, 8))))
        for person in listed:
            presence = random.choices(["出席", "请假", "缺席"], [88, 8, 4])[0]
            row = {
                "event": f"HD{n:04d}",
                "person": person,
                "name": names[person],
                "enrolled": "是" if random.random() < 0.95 else "否",
                "presence": presence,
            }
            if presence == "出席":
                row["signed_in"] = starts - datetime.timedelta(minutes=random.randint(1, 25))
                row["hours"] = hours / 2 if hours >= 6 and random.random() < 0.03 else None
            rows.append(row)
    return rows


def _entries(so_far):
    """Three exam years. The 2026 初级 has exactly four heads among those who qualify, as the report says."""
    random = Random("exams")
    names = {p["number"]: p["name"] for p in so_far["people"]}
    rows: list[dict] = []

    def enter(year, level, person, **scores):
        subjects = {"综合": _ABILITY, "法规": _POLICY, "实务": _PRACTICE}
        for short, score in scores.items():
            rows.append(
                {"year": year, "level": level, "person": f"RY{person:04d}", "name": names[f"RY{person:04d}"], "subject": subjects[short],
                 "admission_number": f"{year}3302{len(rows) + 1:06d}", "score": score}
            )  # fmt: skip

    def some_pass(sure):
        return random.randint(61, 88) if sure else random.randint(38, 59)

    # 初级: both papers in one year. (person, ability passed, practice passed)
    for year, people in (
        (2024, [(5, 1, 1), (62, 1, 1), (64, 0, 1), (68, 1, 0), (73, 1, 1), (80, 0, 0), (84, 1, 1), (91, 0, 1)]),
        (2025, [(64, 1, 1), (68, 0, 1), (15, 1, 1), (66, 1, 1), (70, 0, 0), (76, 1, 0), (80, 1, 1), (95, 1, 1), (99, 0, 0)]),
        (2026, [(2, 1, 1), (12, 1, 1), (14, 1, 1), (17, 1, 1), (9, 1, 0), (21, 0, 1), (68, 1, 1), (70, 1, 0), (76, 1, 1), (99, 0, 0), (105, 0, 1)]),
    ):  # fmt: skip
        for person, ability, practice in people:
            enter(year, "初级", person, 综合=some_pass(ability), 实务=some_pass(practice))
    enter(2024, "初级", 97, 综合="缺考", 实务="缺考")
    enter(2025, "初级", 97, 综合=66, 实务="缺考")
    enter(2026, "初级", 110, 综合=-1, 实务=-1)
    enter(2026, "初级", 112, 综合=71, 实务="违纪")
    # 中级: the sliding window of two exam years.
    enter(2024, "中级", 11, 综合=65, 法规=58, 实务=52)
    enter(2025, "中级", 11, 法规=63, 实务=61)
    enter(2024, "中级", 61, 综合=67, 法规=49, 实务=45)
    enter(2025, "中级", 61, 法规=64, 实务=57)
    enter(2026, "中级", 61, 综合=69, 实务=66)
    enter(2025, "中级", 63, 综合=62, 法规=68, 实务=51)
    enter(2026, "中级", 63, 实务=55)
    enter(2025, "中级", 62, 综合=70, 法规=64, 实务=72)
    enter(2025, "中级", 73, 综合="缺考", 法规="缺考", 实务="缺考")
    enter(2026, "中级", 73, 综合=66, 法规=61, 实务=48)
    enter(2026, "中级", 84, 综合=58, 法规=63, 实务=-1)
    enter(2026, "高级", 65, 实务=63)
    enter(2026, "高级", 72, 实务=54)
    return rows


def _certificates():
    held = [
        (5, "初级", 2024), (62, "初级", 2024), (73, "初级", 2024), (84, "初级", 2024), (64, "初级", 2025), (15, "初级", 2025), (66, "初级", 2025),
        (80, "初级", 2025), (95, "初级", 2025), (11, "中级", 2025), (62, "中级", 2025), (11, "初级", 2019), (61, "初级", 2018), (63, "初级", 2020),
        (65, "中级", 2019), (72, "中级", 2020),
    ]  # fmt: skip
    rows = []
    for n, (person, level, year) in enumerate(held, 1):
        obtained = datetime.date(year, 9, 20)
        registered = datetime.date(year + (0 if year >= 2024 else 3 * ((2025 - year) // 3)), 11, 15)
        until = registered.replace(year=registered.year + 3) - datetime.timedelta(days=1)
        rows.append(
            {
                "person": f"RY{person:04d}",
                "level": level,
                "number": f"{year}33{n:06d}",
                "obtained_on": obtained,
                "registered_on": registered,
                "registered_until": until,
            }
        )
    return rows


def _education():
    courses = ["社会工作伦理网络课程", "个案管理工作坊", "社区营造专题讲座"]
    return [
        {
            "person": f"RY{person:04d}",
            "date": datetime.date(2026, 2 + n % 7, 16),
            "content": courses[n % 3],
            "hours": 8 + 4 * (n % 3),
        }
        for n, person in enumerate((5, 62, 73, 84, 64, 15, 66, 80, 95, 11, 61, 63, 65, 72))
    ]
