"""项目台账.xlsx of the demo: the projects the report names, others of the union and the civil-affairs bureau, micro
projects, the contest."""

import datetime
from random import Random

_NINGBO, _UNION, _CIVIL, _OFFICE, _CARE = (
    "宁波市妇女联合会",
    "余姚市总工会",
    "余姚市民政局",
    "余姚市妇女联合会",
    "余姚市养老中心",
)

#: name, type, buyer, contractor, agent, amount, start, end, status, fields
_PROJECTS = [
    ("“乐善行知，合力惠老”项目", "政府购买服务", _CARE, 12, None, 60000, "2026-01-10", "2026-12-20", "中期", ("为老服务",)),
    ("“老妇代会主任关爱”项目", "政府购买服务", _NINGBO, 11, None, 50000, "2026-03-01", "2026-12-31", "中期", ("救助帮扶",)),
    ("“公益红娘工作室扶持”项目", "政府购买服务", _NINGBO, 5, None, 40000, "2026-03-01", "2026-12-31", "中期", ("婚姻家庭",)),
    ("“区县（市）枢纽型女性社会组织建设”项目", "政府购买服务", _NINGBO, 1, None, 80000, "2026-03-01", "2026-12-31", "中期", ("志愿服务",)),
    ("女职工心理关爱驿站项目", "政府购买服务", _UNION, 17, None, 36000, "2026-02-15", "2026-11-30", "实施", ("权益维护",)),
    ("职工亲子暑期托管项目", "公益创投", _UNION, 13, None, 30000, "2026-06-20", "2026-09-30", "实施", ("儿童关爱",)),
    ("社区社会工作督导项目", "政府购买服务", _CIVIL, 15, None, 90000, "2026-01-05", "2026-12-15", "中期", ("志愿服务",)),
    ("困境儿童家庭陪伴项目", "公益创投", _CIVIL, 11, None, 45000, "2026-04-01", "2027-03-31", "实施", ("儿童关爱",)),
    ("银龄互助送餐项目", "公益创投", _CIVIL, 9, 1, 20000, "2026-04-01", "2026-12-31", "实施", ("为老服务",)),
    ("婚姻家庭辅导进社区项目", "公益创投", _CIVIL, 6, None, 28000, "2025-10-01", "2026-09-20", "结项", ("婚姻家庭",)),
    ("亲子阅读漂流书包微项目", "微项目", _OFFICE, 13, None, 8000, "2026-03-15", "2026-11-30", "实施", ("家庭教育",)),
    ("亲子阅读进文化礼堂微项目", "微项目", _OFFICE, 3, None, 8000, "2026-03-15", "2026-11-30", "实施", ("家庭教育",)),
    ("女性创业直播间微项目", "微项目", _OFFICE, 14, None, 10000, "2026-03-15", "2026-11-30", "实施", ("女性创业",)),
    ("女性创业手工坊微项目", "微项目", _OFFICE, 21, 14, 6000, "2026-03-15", "2026-11-30", "实施", ("女性创业",)),
    ("妈妈河长巡河微项目", "微项目", _OFFICE, 22, 1, 5000, "2026-03-15", "2026-09-30", "结项", ("五水共治",)),
    ("2027 年家庭教育指导站项目", "政府购买服务", _CIVIL, 3, None, 70000, "2027-01-01", "2027-12-31", "申报", ("家庭教育",)),
]  # fmt: skip

#: name, type, opens, closes, tiers, fields, most amount, requirements, prizes, judged on
_CALLS = [
    ("2026年公益项目创意设计大赛", "大赛", "2026-03-23", "2026-04-17", None, (), None, "作品为本组织原创的公益项目设计\n说明服务对象、做法、预算和预期成效",
     "一等奖=1、二等奖=2、三等奖=3", "2026-04-24"),
    ("2027年亲子阅读和女性创业微项目", "项目征集", "2026-10-12", "2026-11-13", None, ("家庭教育", "女性创业"), 8000,
     "实施地点在本市，周期不超过一年\n每个组织限报一项", None, None),
    ("2027年女性社会组织活动方案", "方案征集", "2026-10-14", "2026-11-06", ("核心层", "紧密层"), (), None,
     "围绕五水共治、共建美丽家园、为老、助残、救助帮扶选题\n写明时间、地点、对象、志愿者人数和预算", None, None),
]  # fmt: skip

_ENTRIES = [
    ("姚江边的书包", 13),
    ("红娘在身边", 5),
    ("妈妈巡河图", 22),
    ("她力量直播课", 14),
    ("银发食堂", 12),
    ("绣娘返乡记", 20),
    ("家事调解车", 7),
    ("心灵树洞", 17),
]


def rows(_):
    return {
        "projects": [_project(n, row) for n, row in enumerate(_PROJECTS, 1)],
        "payments": _payments(),
        "calls": [_call(n, row) for n, row in enumerate(_CALLS, 1)],
        "contest_entries": [
            {
                "contest": "2026年公益项目创意设计大赛",
                "number": f"ZP{n:03d}",
                "name": name,
                "organisation": f"ZZ{organisation:04d}",
            }
            for n, (name, organisation) in enumerate(_ENTRIES, 1)
        ],
        "contest_scores": _scores(Random("scores")),
    }


def _project(n, row):
    name, kind, buyer, contractor, agent, amount, start, end, status, fields = row
    return {
        "number": f"XM{n:04d}", "name": name, "type": kind, "buyer": buyer, "contractor": f"ZZ{contractor:04d}",
        "agent": f"ZZ{agent:04d}" if agent else None, "contract_number": f"HT2026-{n:02d}" if status != "申报" else None, "amount": amount,
        "starts": datetime.date.fromisoformat(start), "ends": datetime.date.fromisoformat(end), "status": status,
        "midterm": "合格" if status in ("中期", "结项") else None, "final": "合格" if status == "结项" else None,
        "beneficiaries": None if status == "申报" else 120 + n * 35, "fields_of_service": fields,
    }  # fmt: skip


def _call(n, row):
    name, kind, opens, closes, tiers, fields, most, requirements, prizes, judged = row
    return {
        "number": f"ZJ{n:04d}", "name": name, "type": kind, "opens": datetime.date.fromisoformat(opens), "closes": datetime.date.fromisoformat(closes),
        "tiers": tiers, "fields_of_service": fields, "most_amount": most, "requirements": requirements, "prizes": prizes,
        "judged_on": datetime.date.fromisoformat(judged) if judged else None,
    }  # fmt: skip


def _payments():
    shares = {"实施": [60], "中期": [60, 30], "结项": [60, 30, 10]}
    names = ["首期", "中期", "末期"]
    rows = []
    for n, (*_, amount, start, _end, status, _fields) in enumerate(_PROJECTS, 1):
        for k, share in enumerate(shares.get(status, [])):
            day = datetime.date.fromisoformat(start) + datetime.timedelta(days=15 + 120 * k)
            rows.append(
                {
                    "project": f"XM{n:04d}",
                    "instalment": names[k],
                    "date": min(day, datetime.date(2026, 10, 12)),
                    "amount": amount * share // 100,
                }
            )
    return rows


def _scores(random):
    judges = ["评委一", "评委二", "评委三", "评委四", "评委五", "评委六", "评委七"]
    rows = []
    for n in range(1, len(_ENTRIES) + 1):
        for judge in judges:
            recused = n == 1 and judge == "评委七"
            rows.append(
                {
                    "entry": f"ZP{n:03d}",
                    "judge": judge,
                    "score": None if recused else random.randint(1520, 1920) / 20,
                    "recused": "是" if recused else "否",
                }
            )
    return rows
