"""社会组织台账.xlsx of the demo: about sixty organisations, the 26 centres, and what happened to them in a year."""

import datetime
from random import Random

from jinguo.demo.settings import TODAY, TOWNSHIPS
from jinguo.schema.codes import organisation_check_digit

DEMO = "演示数据"
HUB = "ZZ0001"
_CITY_CENTRE = "余姚市女性社会组织服务中心"

#: name, short name, tier, level, status, type, township, resident — the first ten are the report's own.
_NAMED = [
    ("余姚市巾帼志愿者帮扶协会", "巾帼帮扶协会", "核心层", "市级", "已登记", "社会团体", "阳明街道", True),
    ("余姚市旗袍协会", "旗袍协会", "核心层", "市级", "已登记", "社会团体", "梨洲街道", False),
    ("余姚市家庭教育协会", "家庭教育协会", "核心层", "市级", "已登记", "社会团体", "兰江街道", False),
    ("余姚市双学双比女能手协会", "女能手协会", "核心层", "市级", "已登记", "社会团体", "泗门镇", False),
    ("余姚市千年渡公益红娘服务中心", "千年渡", "核心层", "市级", "已登记", "民办非企业单位", "凤山街道", False),
    ("余姚市四叶草婚恋中心", "四叶草", "紧密层", "市级", "已登记", "民办非企业单位", "兰江街道", True),
    ("幸福驿站婚调室", "幸福驿站", "紧密层", "市级", "未登记", "其他", "阳明街道", True),
    ("金石榴女律师服务站余姚分站", "金石榴", "紧密层", "市级", "未登记", "其他", "阳明街道", True),
    ("东江妈妈帮", "东江妈妈帮", "紧密层", "乡镇街道", "已备案", "社区社会组织", "阳明街道", False),
    ("花仙子美域协会", "花仙子", "紧密层", "乡镇街道", "已备案", "社区社会组织", "梨洲街道", False),
    ("余姚市姚江女性公益服务中心", "姚江女性公益", "紧密层", "市级", "已登记", "民办非企业单位", "凤山街道", False),
    ("余姚市暖阳为老服务中心", "暖阳为老", "紧密层", "市级", "已登记", "民办非企业单位", "低塘街道", False),
    ("余姚市晨曦亲子阅读促进会", "晨曦阅读", "紧密层", "市级", "已登记", "社会团体", "梨洲街道", False),
    ("余姚市木兰女性创业联合会", "木兰创业", "紧密层", "市级", "已登记", "社会团体", "朗霞街道", False),
    ("余姚市青竹社会工作服务中心", "青竹社工", "紧密层", "市级", "已登记", "民办非企业单位", "兰江街道", False),
    ("余姚市杨梅红女性合唱团", "杨梅红合唱团", "紧密层", "市级", "已登记", "社会团体", "凤山街道", False),
    ("余姚市紫藤心理关爱中心", "紫藤心理", "紧密层", "市级", "已登记", "民办非企业单位", "阳明街道", False),
    ("四明山巾帼民宿联盟", "民宿联盟", "紧密层", "乡镇街道", "已备案", "社区社会组织", "四明山镇", False),
    ("梁弄红色讲解姐妹团", "红色讲解团", "紧密层", "乡镇街道", "已备案", "社区社会组织", "梁弄镇", False),
    ("河姆渡绣娘工坊", "绣娘工坊", "紧密层", "乡镇街道", "已备案", "社区社会组织", "河姆渡镇", False),
    ("泗门巧娘编织社", "巧娘编织社", "紧密层", "乡镇街道", "已备案", "社区社会组织", "泗门镇", False),
    ("陆埠妈妈河长队", "妈妈河长队", "紧密层", "乡镇街道", "已备案", "社区社会组织", "陆埠镇", False),
]  # fmt: skip
_GENERAL = [
    ("梨洲街道", "明伟社区姐妹调解室"), ("梨洲街道", "学弄社区银发互助会"), ("梨洲街道", "花园社区绿色妈妈团"), ("凤山街道", "东旱门社区舞蹈队"),
    ("凤山街道", "剑江社区巧手坊"), ("凤山街道", "永丰社区书香妈妈"), ("兰江街道", "四明社区邻里守望队"), ("兰江街道", "磨刀桥村巾帼巡河队"),
    ("兰江街道", "筀竹村采茶姐妹社"), ("阳明街道", "富巷社区爱心缝补铺"), ("阳明街道", "群立社区家事帮"), ("阳明街道", "北郊村环境监督队"),
    ("低塘街道", "历山村老年关爱组"), ("低塘街道", "洋山村助残姐妹队"), ("朗霞街道", "天华村巾帼文明团"), ("朗霞街道", "干家路村便民服务点"),
    ("临山镇", "葡萄姐妹合作社"), ("临山镇", "味香园社区腰鼓队"), ("黄家埠镇", "回龙村留守儿童之家"), ("小曹娥镇", "榨菜娘子军"),
    ("泗门镇", "谢家路村妇女议事会"), ("泗门镇", "小路下村爱心车队"), ("马渚镇", "斗门村田园妈妈"), ("马渚镇", "青山社区读书会"),
    ("牟山镇", "湖畔护水姐妹"), ("丈亭镇", "杨梅直播女团"), ("三七市镇", "石步村家风宣讲队"), ("河姆渡镇", "翁方村巧媳妇食堂"),
    ("大隐镇", "云旱村红娘小站"), ("陆埠镇", "官路沿村健身队"), ("梁弄镇", "横坎头村导游姐妹"), ("大岚镇", "柿林村农家乐互助社"),
    ("四明山镇", "棠溪村红枫女子护林队"), ("鹿亭乡", "中村古道守护队"), ("鹿亭乡", "白鹿村银龄课堂"), ("小曹娥镇", "人和村巾帼夜巡队"),
    ("黄家埠镇", "杏山村家庭调解室"), ("丈亭镇", "龙南村草莓姐妹会"),
]  # fmt: skip

_CODE_CLASS = {"社会团体": "51", "民办非企业单位": "52"}


def credit_code(kind, serial):
    """A well-formed invented credit code: both check digits hold."""
    from stdnum.cn import uscc

    body = f"MJ{serial:06d}"
    stem = f"{_CODE_CLASS[kind]}330281{body}{organisation_check_digit(body)}"
    return stem + uscc.calc_check_digit(stem)


def rows(_):
    random = Random("organisations")
    organisations = [_named(n, row, random) for n, row in enumerate(_NAMED, 1)]
    organisations += [_general(n, row, random) for n, row in enumerate(_GENERAL, len(_NAMED) + 1)]
    for n, organisation in enumerate(organisations, 1):
        organisation["head"] = f"RY{n:04d}"
        if organisation["status"] == "已登记":
            organisation["legal_representative"] = f"RY{n:04d}"
        if organisation["group_member"] != "否":
            # Nobody joins before being registered, or founded.
            ready = organisation.get("registered_on") or organisation["founded_on"]
            organisation["member_since"] = max(
                organisation.get("member_since") or ready, ready + datetime.timedelta(days=90)
            )
    organisations[17] |= {"individual_members": 66, "full_time_staff": 1, "supervisor": "余姚市妇女联合会", "funds": 2}
    organisations[20]["member_since"] = datetime.date(2026, 10, 9)
    organisations[40] |= {"status": "已注销", "hub": None, "group_member": "否", "member_since": None}
    return {
        "organisations": organisations,
        "changes": _changes(),
        "incubations": _incubations(),
        "inspections": _inspections(organisations),
        "applications": _applications(),
        "centres": _centres(),
        "groups": _groups(),
        "experts": _experts(),
        "visits": _visits(Random("visits")),
        "services": _services(Random("services"), organisations),
        "promotions": _promotions(Random("promotions")),
        "group_members": _group_members(organisations),
        "distinct": [
            {
                "numbers": "ZZ0005、ZZ0006",
                "reason": "都做婚恋服务，是两家登记的机构",
                "decided_by": "陈晓",
                "date": datetime.date(2026, 4, 20),
            }
        ],
    }


def _named(n, row, random):
    name, short, tier, level, status, kind, township, resident = row
    registered = status == "已登记"
    founded = datetime.date(random.randint(2008, 2021), random.randint(1, 12), random.randint(1, 28))
    organisation = {
        "number": f"ZZ{n:04d}", "name": name, "short_name": short, "status": status, "type": kind, "tier": tier, "level": level,
        "township": township, "centre": "FW01" if resident else None, "hub": None if n == 1 else HUB,
        "resident": "是" if resident else "否", "founded_on": founded, "charity": "否", "phone": f"0574-627100{n:02d}",
        "fields_of_service": tuple(random.sample(["家庭教育", "婚姻家庭", "志愿服务", "救助帮扶", "为老服务", "女性创业"], 2)),
        "party_organisation": "有" if n <= 4 else "联合" if registered else "无",
        "group_member": "市" if registered else "镇街" if level == "乡镇街道" else "否", "remarks": "" if n <= 10 else DEMO,
    }  # fmt: skip
    if registered:
        on = founded + datetime.timedelta(days=random.randint(30, 90))
        organisation |= {
            "registered_with": "余姚市民政局", "registered_on": on, "credit_code": credit_code(kind, 700100 + n * 37),
            "supervisor": "余姚市妇女联合会", "certificate_until": datetime.date(2028, 5, 31), "term_years": 5,
            "term_until": datetime.date(2026, 12, 20) if n == 4 else datetime.date(2028, 5, 31), "full_time_staff": random.randint(1, 6),
            "individual_members": random.randint(60, 260) if kind == "社会团体" else None, "unit_members": random.randint(0, 20) if kind == "社会团体" else None,
            "funds": random.choice([3, 5, 10]), "rating": {1: "5A", 2: "3A", 3: "4A", 5: "3A", 11: "3A", 15: "4A"}.get(n),
            "rating_until": datetime.date(2027, 12, 31) if n in (1, 2, 3, 5, 11, 15) else None, "member_since": datetime.date(2019, 3, 8),
        }  # fmt: skip
    if n == 1:
        organisation |= {
            "unit_members": 42,
            "member_since": datetime.date(2016, 3, 8),
            "official_account": "余姚巾帼志愿",
        }
    return organisation


def _general(n, row, random):
    township, name = row
    filed = random.random() < 0.75
    level = "村社区" if ("村" in name or "社区" in name) else "乡镇街道"
    return {
        "number": f"ZZ{n:04d}", "name": name, "status": "已备案" if filed else "未登记", "type": "社区社会组织" if filed else "其他",
        "tier": "大众层", "level": level, "township": township, "hub": HUB if random.random() < 0.4 else None, "resident": "否",
        "founded_on": datetime.date(random.randint(2014, 2025), random.randint(1, 12), random.randint(1, 28)), "charity": "否",
        "phone": f"0574-627200{n:02d}", "individual_members": random.randint(8, 45),
        "fields_of_service": tuple(random.sample(["环境保护", "文体健身", "志愿服务", "为老服务", "儿童关爱"], 2)), "party_organisation": "无",
        "group_member": "村社区" if filed and level == "村社区" else "否", "remarks": DEMO,
    }  # fmt: skip


def _changes():
    return [
        {"organisation": HUB, "date": datetime.date(2026, 8, 15), "item": "负责人", "old": "上一届会长", "new": "本届会长", "basis": "8 月中旬重组：修改章程和会员条件，换届"},
        {"organisation": "ZZ0041", "date": datetime.date(2026, 6, 30), "item": "登记状态", "old": "已备案", "new": "已注销", "basis": "镇街备案注销"},
        {"organisation": "ZZ0014", "date": datetime.date(2025, 3, 10), "item": "层级", "old": "大众层", "new": "紧密层", "basis": DEMO},
        {"organisation": "ZZ0017", "date": datetime.date(2026, 4, 2), "item": "层级", "old": "大众层", "new": "紧密层", "basis": DEMO},
        {"organisation": "ZZ0021", "date": datetime.date(2025, 11, 20), "item": "登记状态", "old": "未登记", "new": "已备案", "basis": DEMO},
    ]  # fmt: skip


def _incubations():
    stages = ["意向", "咨询", "名称核准", "材料准备", "受理"]
    start = datetime.date(2026, 3, 2)
    return [
        {
            "organisation": number,
            "stage": stage,
            "date": start + datetime.timedelta(days=35 * k + 9 * j),
            "handler": "陈晓",
            "note": DEMO,
        }
        for j, (number, reached) in enumerate([("ZZ0007", 3), ("ZZ0009", 4), ("ZZ0010", 2), ("ZZ0018", 5)])
        for k, stage in enumerate(stages[:reached])
    ]


def _applications():
    """One approved this month and entered, one waiting."""
    return [
        {
            "organisation": "ZZ0021",
            "level": "镇街",
            "date": datetime.date(2026, 9, 14),
            "decision": "同意",
            "decided_on": datetime.date(2026, 10, 9),
            "note": DEMO,
        },
        {
            "organisation": "ZZ0008",
            "level": "镇街",
            "date": datetime.date(2026, 10, 8),
            "decision": "待批",
            "decided_on": None,
            "note": DEMO,
        },
    ]


def _inspections(organisations):
    from jinguo.organisations.inspections import expected_years

    random = Random("inspections")
    rows = []
    for o in organisations:
        if o["status"] != "已登记":
            continue
        for year in expected_years(o["registered_on"], TODAY):
            if year >= 2023:
                result = "基本合格" if random.random() < 0.12 else "合格"
                rows.append(
                    {
                        "organisation": o["number"],
                        "year": year,
                        "result": result,
                        "date": datetime.date(year + 1, 5, random.randint(8, 29)),
                    }
                )
    return rows


def _centres():
    """26 centres: one of the city, one in each of the 21 townships, four in villages and communities."""
    names = [(_CITY_CENTRE, "市级", "阳明街道")]
    names += [(f"{t}社会组织培育发展服务中心", "乡镇街道", t) for group in TOWNSHIPS.values() for t in group]
    names += [
        (f"{v}社会组织服务站", "村社区", t)
        for v, t in [("谢家路村", "泗门镇"), ("明伟社区", "梨洲街道"), ("横坎头村", "梁弄镇"), ("群立社区", "阳明街道")]
    ]
    return [
        {"number": f"FW{n:02d}", "name": name, "level": level, "township": township, "address": f"{township}（{DEMO}）",
         "phone": f"0574-627300{n:02d}", "built_on": datetime.date(2016 + n % 4, 1 + n % 12, 18)}
        for n, (name, level, township) in enumerate(names, 1)
    ]  # fmt: skip


def _groups():
    groups = [
        ("注册女性社会组织负责人微信群", "微信"),
        ("备案女性社会组织负责人微信群", "微信"),
        ("巾帼志愿帮扶联络群", "微信"),
        ("公益红娘交流QQ群", "QQ"),
        ("亲子阅读活动QQ群", "QQ"),
    ]
    sizes = [16, 38, 58, 26, 45]
    return [
        {"number": f"QL{n:02d}", "name": name, "platform": platform, "audience": name[:-3], "owner": f"RY{n:04d}",
         "opened_on": datetime.date(2019, 3 + n, 6), "size": size}
        for n, ((name, platform), size) in enumerate(zip(groups, sizes, strict=True), 1)
    ]  # fmt: skip


def _group_members(organisations):
    groups = {"已登记": "QL01", "已备案": "QL02"}
    return [
        {"group": groups[o["status"]], "person": o["head"], "joined_on": datetime.date(2020, 5, 20)}
        for o in organisations
        if o["status"] in groups
    ]


def _experts():
    people = [
        ("方若兰", "专家顾问", "余姚市民政局（退休）", ("社会工作", "项目管理")), ("顾明远", "专家顾问", "余姚市社会组织服务中心", ("项目管理",)),
        ("沈静", "专家顾问", "余姚市司法局", ("法律",)), ("叶知秋", "专家顾问", "宁波某高校", ("社会工作", "心理")),
        ("胡佩芬", "女性公益", "余姚市巾帼志愿者帮扶协会", ("公益",)), ("毛小燕", "女性公益", "余姚市木兰女性创业联合会", ("电子商务", "公益")),
        ("岑丽君", "女性公益", "余姚市千年渡公益红娘服务中心", ("婚姻家庭",)), ("黄亚萍", "女性公益", "余姚市家庭教育协会", ("家庭教育",)),
        ("褚文娟", "专业社工", "余姚市青竹社会工作服务中心", ("社会工作", "项目管理")), ("魏巧玲", "专业社工", "余姚市青竹社会工作服务中心", ("社会工作",)),
        ("史晓月", "专业社工", "余姚市紫藤心理关爱中心", ("心理",)), ("施敏", "专业社工", "余姚市姚江女性公益服务中心", ("财务", "社会工作")),
    ]  # fmt: skip
    return [
        {"name": name, "category": category, "employer": employer, "skills": skills, "phone": f"0574-627400{n:02d}",
         "from_date": datetime.date(2025, 1, 1), "to_date": datetime.date(2027, 12, 31)}
        for n, (name, category, employer, skills) in enumerate(people, 1)
    ]  # fmt: skip


def _visits(random):
    subjects = ["法律咨询", "政策解读", "登记注册", "年检审核", "项目申报", "其他"]
    residents = [HUB, "ZZ0006", "ZZ0007", "ZZ0008"]
    rows = []
    for n in range(64):
        day = datetime.date(2026, 1, 5) + datetime.timedelta(days=int(n * 4.4))
        day -= datetime.timedelta(days=max(0, day.weekday() - 4))
        rows.append(
            {"date": day, "visitor": f"来访人{n + 1:02d}", "organisation": f"ZZ{random.randint(1, 40):04d}" if random.random() < 0.6 else None,
             "subject": random.choices(subjects, [5, 6, 8, 3, 5, 2])[0], "duty_organisation": residents[n % 4], "outcome": "当场答复",
             "closed_on": min(day + datetime.timedelta(days=random.choice([0, 0, 0, 3, 7])), TODAY)}
        )  # fmt: skip
    return rows


def _services(random, organisations):
    themes = ["五水共治", "共建美丽家园", "为老服务", "助残服务", "救助帮扶", "亲子阅读", "女性创业", "其他"]
    alive = [o["number"] for o in organisations if o["status"] != "已注销"]
    rows = []
    for n in range(132):
        day = datetime.date(2026, 1, 6) + datetime.timedelta(days=int(n * 2.12))
        organisation = alive[n % 22] if n % 3 else random.choice(alive)
        hours, volunteers = random.choice([1.5, 2, 2.5, 3, 4]), random.randint(4, 30)
        rows.append(
            {"organisation": organisation, "date": day, "theme": random.choices(themes, [6, 5, 8, 4, 5, 5, 3, 2])[0],
             "place": "所在镇街", "volunteers": volunteers, "beneficiaries": volunteers * random.randint(2, 7), "hours": hours}
        )  # fmt: skip
    return rows


def _promotions(random):
    platforms = ["微信公众号", "官网", "风采展示", "女主播"]
    return [
        {"organisation": f"ZZ{random.randint(1, 22):04d}", "date": datetime.date(2026, 1, 8) + datetime.timedelta(days=9 * n),
         "platform": platforms[n % 4], "title": f"“她组织”风采（{n + 1}）", "reads": random.randint(150, 4200)}
        for n in range(30)
    ]  # fmt: skip
