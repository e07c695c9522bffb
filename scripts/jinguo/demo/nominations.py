"""推荐台账.xlsx of the demo: three batches with more candidates than seats."""

import datetime
from random import Random

_CLOSING = datetime.date(2026, 11, 30)
_OUTSIDE = "群众、民盟盟员、民建会员、民进会员、农工党党员、致公党党员、九三学社社员、台盟盟员、无党派人士、共青团员"

_BATCHES = [
    (
        "TJ2601",
        "余姚市第十九届人民代表大会代表推荐人选",
        "人大代表",
        "第十九届",
        3,
        0,
        "中共余姚市委组织部",
        "姓名笔画",
    ),
    ("TJ2602", "政协余姚市第十五届委员会委员推荐人选", "政协委员", "第十五届", 5, 0, "中共余姚市委统战部", "姓氏笔画"),
    ("TJ2603", "余姚市妇联第十七届执行委员会委员推荐人选", "妇联执委", "第十七届", 12, 2, "中共余姚市委", "姓氏笔画"),
]
_REQUIREMENTS: dict[str, list[tuple]] = {
    "TJ2601": [("年龄", "不多于", "55", "必备", None), ("户籍地", "包含", "余姚", "必备", None), ("学历", "不少于", "大专", "必备", None), ("证书", "不少于", "初级", "优先", 2), ("负责人", "不为空", None, "优先", 1)],
    "TJ2602": [("年龄", "不多于", "58", "必备", None), ("学历", "不少于", "大专", "必备", None), ("项目数", "不少于", "1", "优先", 2)],
    "TJ2603": [("年龄", "不多于", "55", "必备", None), ("性别", "等于", "女", "必备", None), ("学时", "不少于", "10", "必备", None), ("证书", "属于", "初级、中级、高级", "优先", 2)],
}  # fmt: skip
_QUOTAS: dict[str, list[tuple]] = {
    "TJ2601": [("政治面貌", _OUTSIDE, "35%", None), ("政治面貌", "中共党员、中共预备党员", None, "65%"), ("年龄", "不多于45", "1", None), ("层级", "大众层", "1", "2")],
    "TJ2602": [("政治面貌", _OUTSIDE, "60%", None), ("年龄", "不多于45", "1", None), ("学历", "本科、硕士研究生、博士研究生", "2", None)],
    "TJ2603": [("级别", "村社区、乡镇街道", "4", None), ("年龄", "不多于40", "3", None), ("民族", "回族、畲族、土家族、维吾尔族", "1", None), ("层级", "核心层", "2", "5")],
}  # fmt: skip
_WEIGHTS: dict[str, list[tuple]] = {
    "TJ2601": [("学时", 30, 40), ("出勤率", 10, 100), ("证书", 10, 3), ("服务人次", 20, None), ("考察评分", 30, 100)],
    "TJ2602": [("学时", 20, 40), ("项目数", 20, 2), ("服务人次", 20, None), ("考察评分", 40, 100)],
    "TJ2603": [("学时", 30, 40), ("出勤率", 10, 100), ("服务人次", 20, None), ("考察评分", 40, 100)],
}
_CANDIDATES = {
    "TJ2601": [1, 2, 3, 5, 12, 13, 15, 16, 25, 27, 33, 38, 45, 58, 62, 66],
    "TJ2602": [6, 7, 8, 11, 14, 17, 18, 19, 21, 26, 29, 34, 42, 61, 63, 64, 73],
    "TJ2603": [
        1,
        2,
        3,
        4,
        5,
        6,
        9,
        10,
        13,
        14,
        16,
        17,
        18,
        19,
        20,
        22,
        23,
        28,
        30,
        37,
        41,
        44,
        50,
        55,
        62,
        68,
        77,
        80,
        103,
    ],
}
_DEPARTMENTS = ["余姚市纪委市监委", "余姚市公安局", "余姚市税务局"]


def rows(so_far):
    organisations = so_far["organisations"]
    hosts = {p["person"]: p["organisation"] for p in reversed(so_far["posts"]) if not p.get("to_month")}
    names = {o["number"]: o["name"] for o in organisations}
    return {
        "batches": [
            {"number": number, "name": name, "office": office, "level": "市", "term": term, "seats": seats, "extra": extra or None, "addressee": to,
             "order": order, "constituency": "第十二选区" if office == "人大代表" else None, "closing": _CLOSING, "notice_from": datetime.date(2026, 12, 7), "notice_days": 5}
            for number, name, office, term, seats, extra, to, order in _BATCHES
        ],
        "requirements": [
            {"batch": batch, "field": field, "comparison": comparison, "value": value, "nature": nature, "bonus": bonus}
            for batch, listed in _REQUIREMENTS.items()
            for field, comparison, value, nature, bonus in listed
        ],
        "quotas": [
            {"batch": batch, "dimension": dimension, "value": value, "least": least, "most": most}
            for batch, listed in _QUOTAS.items()
            for dimension, value, least, most in listed
        ],
        "weights": [
            {"batch": batch, "indicator": indicator, "weight": weight, "full": full}
            for batch, listed in _WEIGHTS.items()
            for indicator, weight, full in listed
        ],
        "candidates": _candidates(hosts, names),
        "opinions": _opinions(),
    }  # fmt: skip


def _candidates(hosts, names):
    random = Random("candidates")
    pins = {("TJ2603", "RY0001"): "入选", ("TJ2601", "RY0016"): "不选"}
    rows = []
    for batch, people in _CANDIDATES.items():
        for n in people:
            person = f"RY{n:04d}"
            rows.append(
                {"batch": batch, "person": person, "proposed_by": names.get(hosts.get(person), "余姚市妇女联合会"), "proposed_how": "团体推荐",
                 "reason": "热心妇女儿童公益事业，在群众中有较好口碑", "assessment": random.randint(150, 192) / 2, "pin": pins.get((batch, person))}
            )  # fmt: skip
    return rows


def _opinions():
    answers = {("TJ2601", 27, 1): "不同意", ("TJ2601", 38, 2): "待复", ("TJ2602", 34, 0): "待复"}
    return [
        {
            "batch": batch,
            "person": f"RY{n:04d}",
            "department": department,
            "opinion": answer,
            "date": None if answer == "待复" else datetime.date(2026, 10, 9),
        }
        for batch in _CANDIDATES
        for n in _CANDIDATES[batch]
        for k, department in enumerate(_DEPARTMENTS)
        for answer in [answers.get((batch, n, k), "同意")]
    ]
