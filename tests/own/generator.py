"""Registers as offices keep them, made at random: titles, orders and layouts shuffled, and for each column what it means.

Names are invented. Every sheet says of itself which table it is, where its header stands, and what each column gives, so
that a proposal can be compared with it.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinguo.excel.writing.registers import Register, write_registers
from jinguo.schema.codes import id_check_digit

TOWNS = ("东湖街道", "南泉街道", "西岭镇", "北桥镇", "柳溪乡")
COUNTY = "澄江县"
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "芳敏静丽娟霞燕红玲梅兰英华萍洁云雪莲春晓"
_CORES = (
    "巾帼志愿者",
    "家庭教育",
    "女企业家",
    "女摄影家",
    "茶艺",
    "手工编织",
    "女子舞龙",
    "阳光妈妈",
    "亲子阅读",
    "心理关爱",
    "女性创业",
    "木兰调解",
)


@dataclass
class Made:
    """A column of a made sheet: the titles above it, what it means (fields as table.field, own or ignore), its cells."""

    path: tuple[str, ...]
    means: tuple[str, ...]
    cells: list[Any]


@dataclass
class MadeSheet:
    """A made sheet: its file and name, the table it is, the lines above, its columns, how many rows of data, what follows
    them, and what the lines above say."""

    file: str
    sheet: str
    table: str
    lines: list[str]
    columns: list[Made]
    foot: list[str] = field(default_factory=list)
    total: bool = False
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len(self.columns[0].cells)

    @property
    def levels(self) -> int:
        return max(len(c.path) for c in self.columns)

    @property
    def header(self) -> tuple[int, int]:
        """The rows of the header, from 1."""
        return len(self.lines) + 1, len(self.lines) + self.levels


class World:
    """People and organisations that the registers of one office tell of."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        pick = self.random
        self.people: list[str] = []
        while len(self.people) < 40:
            name = pick.choice(_SURNAMES) + "".join(pick.sample(_GIVEN, pick.choice((1, 2))))
            if name not in self.people:
                self.people.append(name)
        ends = ("协会", "服务中心", "联谊会", "促进会")
        self.organisations = [f"{COUNTY}{core}{pick.choice(ends)}" for core in _CORES]
        self.organisations += [f"{town}{core}队" for town in TOWNS for core in ("巧姐", "女子宣讲")]

    def one_of(self, *titles: str) -> str:
        return self.random.choice(titles)

    def phone(self) -> str:
        number = f"138{self.random.randrange(10**8):08d}"
        return self.random.choice(
            (number, f"{number[:3]}-{number[3:7]}-{number[7:]}", f"{number[:3]} {number[3:7]} {number[7:]}")
        )

    def month(self) -> str:
        year, month = self.random.randrange(1965, 2000), self.random.randrange(1, 13)
        return self.random.choice((f"{year}.{month:02d}", f"{year}年{month}月", f"{year}-{month:02d}"))

    def day(self, first: int = 2012, last: int = 2024) -> Any:
        day = datetime.date(
            self.random.randrange(first, last), self.random.randrange(1, 13), self.random.randrange(1, 28)
        )
        return self.random.choice(
            (f"{day.year}.{day.month}.{day.day}", f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{day.day}日")
        )

    def id_number(self) -> str:
        stem = f"330799{self.random.randrange(1965, 2000)}{self.random.randrange(1, 13):02d}{self.random.randrange(1, 28):02d}{self.random.randrange(1000):03d}"
        return stem + id_check_digit(stem)

    def code(self) -> str:
        from stdnum.cn import uscc

        stem = f"{self.random.choice(('51', '52'))}330799MJ{self.random.randrange(10**6):06d}7"[:17]
        return stem + uscc.calc_check_digit(stem)

    def some(self, choices: Sequence[Any], count: int) -> list[Any]:
        return [self.random.choice(choices) for _ in range(count)]

    def shuffled(self, columns: list[Made], keep: int = 1) -> list[Made]:
        """The columns in another order, the first few kept in front."""
        rest = columns[keep:]
        self.random.shuffle(rest)
        return columns[:keep] + rest


def organisations(world: World) -> MadeSheet:
    one, n = world.one_of, len(world.organisations)
    heads = world.random.sample(world.people, n)
    two_levels = world.random.random() < 0.5
    group = ("负责人情况",) if two_levels else ()
    columns = [
        Made((one("组织名称", "单位名称", "社会组织名称", "名称"),), ("organisations.name",), list(world.organisations)),
        Made((one("类别", "组织类型", "组织性质"),), ("organisations.type",), world.some(("社团", "民非", "社区社会组织"), n)),
        Made((one("层级", "组织层级"),), ("organisations.tier",), world.some(("核心层", "紧密", "大众层"), n)),
        Made((one("登记状态", "登记情况", "是否登记"),), ("organisations.status",), world.some(("登记", "备案", "已登记"), n)),
        Made((one("统一社会信用代码", "信用代码"),), ("organisations.credit_code",), [world.code() for _ in range(n)]),
        Made((one("成立时间", "成立日期"),), ("organisations.founded_on",), [world.day() for _ in range(n)]),
        Made((*group, "姓名") if two_levels else (one("负责人", "负责人姓名", "主要负责人"),), ("organisations.head",), heads),
        Made((*group, "联系电话") if two_levels else (one("联系电话", "手机", "联系方式"),), ("organisations.phone",), [world.phone() for _ in range(n)]),
        Made((one("会员人数", "会员数"),), ("organisations.individual_members",), [world.random.randrange(20, 90) for _ in range(n)]),
        Made((one("所属镇街", "乡镇街道", "所在乡镇"),), ("organisations.township",), world.some(TOWNS, n)),
        Made((one("备注", "说明"),), ("organisations.remarks",), ["" for _ in range(n)]),
    ]  # fmt: skip
    if not two_levels:
        columns = world.shuffled(columns)
    return MadeSheet(
        "社会组织一览.xlsx",
        "一览",
        "organisations",
        [f"{COUNTY}女性社会组织一览表", "填报单位：县妇联    2026年6月"],
        columns,
        ["填表人：王干事"],
        True,
    )


def people(world: World) -> MadeSheet:
    one, n = world.one_of, 30
    names = world.people[:n]
    columns = [
        Made((one("姓名", "名字"),), ("people.name",), names),
        Made(("性别",), ("people.sex",), ["女"] * n),
        Made(("民族",), ("people.nation",), world.some(("汉", "汉族", "畲"), n)),
        Made((one("出生年月", "出生日期"),), ("people.born",), [world.month() for _ in range(n)]),
        Made((one("身份证号", "身份证号码", "证件号码"),), ("people.id_number",), [world.id_number() for _ in range(n)]),
        Made((one("文化程度", "学历", "最高学历"),), ("people.education",), world.some(("本科", "大专", "大学", "研究生"), n)),
        Made((one("政治面貌", "党派"),), ("people.politics",), world.some(("中共党员", "群众", "民盟"), n)),
        Made((one("工作单位及职务", "单位及职务"),), ("people.position",), [f"{o}{world.one_of('会长', '理事', '秘书长')}" for o in world.some(world.organisations, n)]),
        Made((one("手机", "手机号码", "联系电话"),), ("people.mobile",), [world.phone() for _ in range(n)]),
        Made((one("居住镇街", "居住乡镇"),), ("people.residence",), world.some(TOWNS, n)),
        Made(("车牌号",), ("own",), [f"浙Z{world.random.randrange(10**5):05d}" for _ in range(n)]),
    ]  # fmt: skip
    return MadeSheet(
        "骨干花名册.xlsx",
        world.one_of("在册", "骨干", "Sheet1"),
        "people",
        [f"{COUNTY}女性社会组织骨干花名册"],
        world.shuffled(columns),
        ["填表人：王干事"],
        True,
    )


def sign_in(world: World) -> MadeSheet:
    one, n = world.one_of, 25
    mark = world.random.choice((("√", ""), ("是", "否"), (1, 0), ("到", "请假")))
    columns = [
        Made((one("姓名", "学员姓名"),), ("attendance.person",), world.people[:n]),
        Made((one("单位", "工作单位", "所在单位"),), ("attendance.person",), world.some(world.organisations, n)),
        Made((one("电话", "联系电话", "手机"),), ("own",), [world.phone() for _ in range(n)]),
        Made((one("签到", "出勤", "到会", "签到情况", "是否到会"),), ("attendance.presence",), world.some(mark, n)),
    ]
    name = one("女性社会组织负责人培训班", "“巾帼课堂”主题沙龙", "社会工作者考前辅导班", "巾帼公益项目大赛")
    line = one("时间：2026年5月12日 9:00    地点：县委党校301", "2026年5月12日9:00，县委党校301；共6学时")
    facts = {"events.name": name, "events.starts": "2026-05-12 09:00", "events.place": "县委党校301"}
    return MadeSheet(
        "签到.xlsx",
        one("培训", "签到表", "5.12"),
        "attendance",
        [f"{name}{one('签到表', '签到册', '签到名单')}", line],
        world.shuffled(columns),
        facts=facts,
    )


def exam_wide(world: World) -> MadeSheet:
    one, n = world.one_of, 24
    level = world.some(("初级", "中级", "助理社工师", "社工师"), n)
    group = ("成绩",) if world.random.random() < 0.6 else ()

    def scores() -> list[Any]:
        return [
            world.random.choice((world.random.randrange(40, 95), world.random.randrange(40, 95), "缺考", "—"))
            for _ in range(n)
        ]

    laws = [world.random.randrange(40, 95) if word in ("中级", "社工师") else "/" for word in level]
    pair = ("exam_entries.subject", "exam_entries.score")
    columns = [
        Made((one("姓名", "考生姓名"),), ("exam_entries.person",), world.people[:n]),
        Made((one("身份证号", "证件号码"),), ("people.id_number",), [world.id_number() for _ in range(n)]),
        Made((one("工作单位", "单位"),), ("own",), world.some(world.organisations, n)),
        Made((one("报考级别", "级别"),), ("exam_entries.level",), level),
        Made((*group, one("综合能力", "社会工作综合能力")), pair, scores()),
        Made((*group, one("实务", "社会工作实务")), pair, scores()),
        Made((*group, one("法规与政策", "社会工作法规与政策")), pair, laws),
        Made(("总分",), ("ignore",), [""] * n),
        Made((one("备注", "说明"),), ("exam_entries.remarks",), [""] * n),
    ]
    return MadeSheet(
        "考试成绩.xlsx",
        "2024年",
        "exam_entries",
        ["2024年度社会工作者职业水平考试成绩表"],
        columns,
        ["制表：县妇联"],
        True,
        {"exam_entries.year": "2024"},
    )


def exam_long(world: World) -> MadeSheet:
    one, n = world.one_of, 30
    columns = [
        Made(("姓名",), ("exam_entries.person",), world.people[:n]),
        Made((one("工作单位", "单位"),), ("own",), world.some(world.organisations, n)),
        Made((one("年度", "考试年度"),), ("exam_entries.year",), [2025] * n),
        Made((one("级别", "报考级别"),), ("exam_entries.level",), world.some(("初级", "中级"), n)),
        Made(
            (one("科目", "考试科目"),), ("exam_entries.subject",), world.some(("社会工作综合能力", "社会工作实务"), n)
        ),
        Made(
            (one("成绩", "分数", "得分"),), ("exam_entries.score",), [world.random.randrange(40, 95) for _ in range(n)]
        ),
    ]
    return MadeSheet("报考情况.xlsx", "报考", "exam_entries", ["社会工作者考试报考情况"], world.shuffled(columns))


def certificates(world: World) -> MadeSheet:
    one, n = world.one_of, 20
    columns = [
        Made((one("姓名", "持证人姓名"),), ("certificates.person",), world.people[:n]),
        Made((one("单位", "工作单位"),), ("own",), world.some(world.organisations, n)),
        Made(
            (one("证书级别", "级别", "证书等级"),),
            ("certificates.level",),
            world.some(("初级", "中级", "社会工作师"), n),
        ),
        Made(
            (one("证书编号", "证书号", "管理号"),), ("certificates.number",), [f"20240633400{i:04d}" for i in range(n)]
        ),
        Made(
            (one("取得时间", "取得日期", "发证时间"),),
            ("certificates.obtained_on",),
            [world.day(2018, 2025) for _ in range(n)],
        ),
        Made(
            (one("登记有效期", "有效期"),),
            ("certificates.registered_on", "certificates.registered_until"),
            ["2024.3-2027.3"] * n,
        ),
        Made(("继续教育学时", "2024年"), ("education_hours.hours",), world.some((8, 16, 24), n)),
        Made(("继续教育学时", "2025年"), ("education_hours.hours",), world.some((8, 16, 24), n)),
        Made(("合计",), ("ignore",), [""] * n),
    ]
    return MadeSheet("持证社工.xlsx", "持证人员", "certificates", ["持证社会工作者名单"], columns)


def projects(world: World) -> MadeSheet:
    one, n = world.one_of, 14
    columns = [
        Made((one("项目名称", "项目"),), ("projects.name",), [f"“{c}”项目" for c in (*_CORES, "暖冬", "护蕾")]),
        Made((one("类型", "项目类型", "项目类别"),), ("projects.type",), world.some(("公益创投", "购买", "微项目"), n)),
        Made((one("购买主体", "资助单位", "委托方"),), ("projects.buyer",), world.some(("县妇联", "县民政局"), n)),
        Made((one("承接组织", "实施单位", "承接单位"),), ("projects.contractor",), world.some(world.organisations, n)),
        Made((one("合同金额（万元）", "资助金额（万元）", "金额（万元）"),), ("projects.amount",), [world.random.randrange(1, 9) for _ in range(n)]),
        Made((one("起止时间", "实施时间", "项目周期"),), ("projects.starts", "projects.ends"), ["2026.3-2026.12"] * n),
        Made((one("进展", "项目进展", "完成情况"),), ("projects.status",), world.some(("在做", "完成", "已结项"), n)),
        Made((one("受益人次", "受益人数"),), ("projects.beneficiaries",), [world.random.randrange(50, 900) for _ in range(n)]),
    ]  # fmt: skip
    return MadeSheet("项目.xlsx", "2026年", "projects", ["2026年度公益项目情况表"], world.shuffled(columns), total=True)


def inspections(world: World) -> MadeSheet:
    one, n = world.one_of, len(world.organisations)
    results = ("合格", "基本合格", "未检", "不合格", "年报")
    pair = ("inspections.year", "inspections.result")
    style = one("{}年检", "{}年", "{}年度")
    columns = [
        Made((one("组织名称", "单位名称"),), ("inspections.organisation",), list(world.organisations)),
        *(Made((style.format(year),), pair, world.some(results, n)) for year in (2023, 2024, 2025)),
        Made((one("备注", "说明"),), ("own",), [""] * n),
    ]
    return MadeSheet("年检.xlsx", "年检情况", "inspections", [f"{COUNTY}女性社会组织年检情况"], columns)


def candidates(world: World) -> MadeSheet:
    one, n = world.one_of, 12
    group = ("基本情况",) if world.random.random() < 0.6 else ()
    pair = ("opinions.department", "opinions.opinion")
    columns = [
        Made(("姓名",), ("candidates.person",), world.people[:n]),
        Made((*group, "性别"), ("people.sex",), ["女"] * n),
        Made((*group, "民族"), ("people.nation",), ["汉"] * n),
        Made((*group, "出生年月"), ("people.born",), [world.month() for _ in range(n)]),
        Made((*group, one("文化程度", "学历")), ("people.education",), world.some(("本科", "大专"), n)),
        Made((*group, "政治面貌"), ("people.politics",), world.some(("中共党员", "群众"), n)),
        Made((one("工作单位及职务", "单位及职务"),), ("people.position",), [f"{o}会长" for o in world.some(world.organisations, n)]),
        Made((one("推荐单位", "提名单位"),), ("candidates.proposed_by",), [f"{t}妇联" for t in world.some(TOWNS, n)]),
        Made((one("推荐理由", "推荐意见"),), ("candidates.reason",), ["热心公益"] * n),
        Made(("联审意见", "纪委"), pair, world.some(("√", "", "同意"), n)),
        Made(("联审意见", "公安"), pair, world.some(("√", "×", "同意"), n)),
    ]  # fmt: skip
    return MadeSheet(
        "推荐人选.xlsx",
        "执委",
        "candidates",
        ["澄江县妇联第九届执行委员会委员推荐人选汇总表", "名额：8名    2026年11月20日前报"],
        columns,
        ["填表人：王干事"],
        facts={"batches.office": "妇联执委", "batches.seats": "8"},
    )


def duty(world: World) -> MadeSheet:
    one, n = world.one_of, 20
    days = [datetime.date(2026, 9, 1) + datetime.timedelta(days=i) for i in range(n)]
    columns = [
        Made((one("值班日期", "日期"),), ("duty_log.date",), [f"2026年{d.month}月{d.day}日" for d in days]),
        Made(("星期",), ("ignore",), ["一二三四五六日"[d.weekday()] for d in days]),
        Made((one("值班单位", "值班组织", "轮值单位"),), ("duty_log.organisation",), world.some(world.organisations, n)),
        Made((one("值班人（电话）", "值班人及电话"),), ("duty_units.person", "duty_units.phone"), [f"{p}（{world.phone()}）" for p in world.some(world.people, n)]),
        Made((one("到岗", "到岗情况"),), ("duty_log.present",), world.some(("√", ""), n)),
        Made((one("来访人数", "接待人数"),), ("duty_log.visitors",), [world.random.randrange(9) for _ in range(n)]),
    ]  # fmt: skip
    return MadeSheet("值班.xlsx", "9月", "duty_log", ["县社会组织服务中心轮值表（2026年9月）"], columns)


def townships(world: World) -> MadeSheet:
    one, n = world.one_of, len(TOWNS)
    columns = [
        Made((one("乡镇街道", "镇街", "单位"),), ("townships.name",), list(TOWNS)),
        Made((one("姓名", "联系人"),), ("townships.contact",), world.people[:n]),
        Made(("职务",), ("own",), ["主席"] * n),
        Made((one("手机", "手机号码"),), ("townships.phone",), [world.phone() for _ in range(n)]),
        Made((one("邮箱", "电子邮箱"),), ("townships.email",), [f"fl{i}@example.org" for i in range(n)]),
    ]
    return MadeSheet("联系名单.xlsx", "名单", "townships", ["各乡镇（街道）妇联联系名单"], columns)


KINDS: tuple[Callable[[World], MadeSheet], ...] = (
    organisations, people, sign_in, exam_wide, exam_long, certificates, projects, inspections, candidates, duty, townships,
)  # fmt: skip


def workbook(made: MadeSheet, serial: bool = True) -> bytes:
    """The sheet as a workbook, with a column of running numbers in front or without."""
    columns = ([Made(("序号",), ("ignore",), list(range(1, made.rows + 1)))] if serial else []) + made.columns
    rows = list(zip(*(c.cells for c in columns), strict=True))
    return write_registers(
        [Register(made.sheet, made.lines, [c.path for c in columns], rows, made.foot, made.total)], ""
    )
