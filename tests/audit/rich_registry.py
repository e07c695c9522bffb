"""A registry of one batch in which everything a requirement, a quota or an indicator may ask occurs, filled at random."""

import random

from tests.helpers import registry

PEOPLE, ORGANISATIONS = 50, 12
#: Every comparison of every kind of value: condition, comparison, value.
REQUIREMENTS = """年龄 不多于 60 | 年龄 不少于 18 | 性别 等于 女 | 性别 不等于 男 | 学历 不少于 高中 | 学历 不多于 硕士研究生 | 户籍地 包含 余姚
政治面貌 属于 群众、中共党员 | 民族 不为空 | 专业技术职务 为空 | 出生年月 早于 2000-01 | 出生年月 晚于 1950-05-05 | 登记日期 早于 2026-01-01
成立日期 晚于 2017-12 | 服务领域 包含 志愿服务 | 服务领域 属于 志愿服务、儿童关爱 | 证书 不少于 初级 | 证书 为空 | 学时 不少于 2 | 出勤率 不少于 50%
项目数 不少于 1 | 服务人次 不多于 5000 | 社会职务 包含 妇联 | 社会职务 不等于 人大代表 | 社会职务 为空 | 职务 属于 理事、会长 | 职务 不为空
考试合格 属于 初级 | 考试合格 为空 | 年检结论 属于 合格、基本合格 | 年检结论 不等于 不合格 | 级别 属于 市级、村社区 | 备注 不为空 | 身份证号 不为空
评估等级 为空 | 所属镇街 等于 阳明街道 | 组织.备注 为空"""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def rich(seed):
    """The registry of a seed."""
    rng = random.Random(seed)
    pick = lambda *values: lambda n: rng.choice(values)  # noqa: E731
    person, organisation = (
        lambda n: f"RY{rng.randint(1, PEOPLE):04d}",
        lambda n: f"ZZ{rng.randint(1, ORGANISATIONS):04d}",
    )
    people = lambda n: f"RY{n:04d}"  # noqa: E731

    def rows(heads, count, *makers):
        return [heads.split(), *([make(n) for make in makers] for n in range(1, count + 1))]

    def identity(n):
        year, month, day = (
            rng.choice([1966, 1971, 1980, 1986, 1992, 2008]),
            rng.choice([3, 11, 12]),
            rng.choice([1, 15, 30]),
        )
        digits = f"330281{year}{month:02d}{day:02d}{n:02d}2"
        return (
            digits + "10X98765432"[sum(int(c) * w for c, w in zip(digits, _WEIGHTS, strict=True)) % 11] if n % 2 else ""
        )

    born = lambda n: "" if n % 2 or n % 7 == 0 else f"{rng.choice([1971, 1980, 1990])}.{rng.choice([3, 11, 12]):02d}"  # noqa: E731
    asked = [part.split() for line in REQUIREMENTS.splitlines() for part in line.split("|")]
    must = rng.randrange(len(asked))
    opinions = [
        ["TJ2601", f"RY{n:04d}", department, opinion, rng.choice(["", "2026-10-01", "2026-10-09"])]
        for n in range(1, PEOPLE + 1)
        for department in ("公安局", "市纪委[监委]")
        for opinion in rng.choices(["同意"] * 14 + ["不同意", "待复"], k=rng.choice([0] + [1] * 14 + [2] * 2))
    ]
    attendance = [
        [f"HD{e:04d}", f"RY{n:04d}", rng.choice(["出席", "出席", "请假", "缺席"]), rng.choice(["", "2", "4.25"])]
        for n in range(1, PEOPLE + 1)
        for e in rng.sample(range(1, 9), rng.randint(0, 8))
    ]
    sheets = {
        "人员": rows(
            "人员编号 姓名 性别 民族 出生年月 身份证号 政治面貌 学历 户籍地 备注 状态 状态日期 专业技术职务", PEOPLE, people,
            lambda n: rng.choice("王李张刘陈") + rng.choice("红芳敏静") + rng.choice(["", "英"]), pick("女", "女", "男"), pick("汉族", "回族", ""), born,
            identity, pick("群众", "中共党员", "民盟盟员", ""), pick("大专", "本科", "硕士研究生", "高中", ""), pick("浙江余姚", "余姚市泗门镇", "宁波", ""),
            pick("", "有突出贡献"), pick(*["", "正常"] * 4, "调离"), pick("", "2026-01-05", "2027-01-05"), pick("", "工程师"),
        ),
        "社会组织": rows(
            "组织编号 组织名称 登记状态 层级 级别 所属镇街 登记日期 成立日期 服务领域 负责人 评估等级", ORGANISATIONS, lambda n: f"ZZ{n:04d}", lambda n: f"组织{n}",
            pick("已登记", "已备案", "未登记", "已注销"), pick("核心层", "紧密层", "大众层"), pick("市级", "村社区", "乡镇街道"), pick("阳明街道", "泗门镇"),
            pick("", "2019-03-08", "2021-11-30"), pick("", "2018-01-01"), pick("", "志愿服务、救助帮扶", "儿童关爱"), people, pick("", "3A", "5A"),
        ),
        "任职": rows("人员编号 组织编号 职务 起始 结束", 60, person, organisation, pick("理事", "会长"), pick("2020.01", "2026.11", "2026.12", ""), pick("", "2026.10", "2026.12")),
        "社会职务": rows(
            "人员编号 职务 级别 地区 届次 起始 结束", 70, person, pick("人大代表", "政协委员", "妇联执委"), pick("市", "镇街"), pick("", "", "慈溪市", "余姚市泗门镇"),
            pick("第十五届", "第十六届", "第十七届", ""), pick("2016.12", "2021.12", "2026.12"), pick("", "2026.11", "2020.12"),
        ),
        "培训活动": rows("活动编号 活动名称 开始时间 学时", 8, lambda n: f"HD{n:04d}", lambda n: f"活动{n}", pick("2026-01-08 09:00", "2026-10-15 09:00", "2026-11-16 09:00"), pick("6", "3.5", "")),
        "签到": [["活动编号", "人员编号", "出勤", "学时"], *attendance, attendance[0]],
        "证书": rows("人员编号 级别 取得日期", 20, person, pick("初级", "中级", "高级"), pick("2025-09-20", "2026-12-20")),
        "项目": rows("项目编号 项目名称 承接组织 状态 开始日期", 15, lambda n: f"XM{n:04d}", lambda n: f"项目{n}", organisation, pick("申报", "立项", "实施", "结项", "终止"), pick("2026-01-01", "2026-12-05")),
        "服务活动": rows("组织编号 日期 主题 服务人次", 30, organisation, pick("2026-03-01", "2026-12-06"), pick("其他"), pick("", "33", "120")),
        "年检": rows("组织编号 年度 结论", 25, organisation, pick("2023", "2024", "2027"), pick("合格", "不合格", "基本合格")),
        "报考": rows("年度 级别 科目 人员编号 成绩", 60, pick("2025", "2026"), pick("初级"), pick("社会工作综合能力（初级）", "社会工作实务（初级）"), person, pick("65", "58", "70", "-1")),
        "联审意见": [["批次编号", "人员编号", "部门", "意见", "日期"], *opinions],
        "人选": rows("批次编号 人员编号 考察评分 人工确定 推荐单位", PEOPLE, lambda n: "TJ2601", people, pick("", "80", "80", "92.5", "77.25"), pick(*[""] * 14, "入选", "不选"), pick("甲", "乙", "丙", "")),
        "资格条件": [
            ["批次编号", "条件", "比较", "值", "性质", "加分"],
            *(["TJ2601", *[*one, ""][:3], "必备" if n == must else "优先", "" if n == must else rng.choice(["1", "0.5"])] for n, one in enumerate(asked)),
        ],
        "结构要求": [
            ["批次编号", "维度", "取值", "最少", "最多"], ["TJ2601", "性别", "女", "30%", ""], ["TJ2601", "年龄", "不多于45", "1", "80%"],
            ["TJ2601", "政治面貌", "群众、民盟盟员", "1", "6"], ["TJ2601", "每个组织", "任一", "", "1"], ["TJ2601", "每个推荐单位", "任一", "", "3"],
        ],
        "评分指标": rows("批次编号 指标 权重 满分值", 0) + [["TJ2601", *one.split("/")] for one in ["考察评分/30/100", "学时/20/", "出勤率/10/100", "证书/10/3", "服务人次/7.5/", "项目数/3/2"]],
        "推荐批次": [["批次编号", "推荐职务", "级别", "届次", "名额", "截止日期", "选举日"], ["TJ2601", rng.choice(["妇联执委", "人大代表", "政协委员"]), "市", "第十七届", str(rng.randint(2, 8)), "2026-11-30", rng.choice(["", "2026-12-15"])]],
        "参数": [["参数", "值"], ["最多届数", rng.choice(["", "妇联执委=2届、政协委员=1届、人大代表=1届"])], ["联审待复可入选", rng.choice(["是", "否"])]],
        "单位": [["项目", "内容"], ["单位名称", "余姚市妇女联合会"]],
    }  # fmt: skip
    return registry(**sheets)
