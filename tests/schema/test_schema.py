"""The tables as they were agreed with the office, the words and figures they use, and the small parts underneath."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.common.errors import JinguoError
from jinguo.common.findings import Finding, Severity, count_by_severity
from jinguo.common.nearest import nearest
from jinguo.schema import TABLES, WORKBOOKS
from jinguo.schema.codes import CreditCode, Email, IdCard, Key, Phone, Reference
from jinguo.schema.dates import Date, DateTime, YearMonth
from jinguo.schema.model import Field, TableSpec, column, header_key, table, workbook
from jinguo.schema.numbers import Number, PeopleOrPercent, Score
from jinguo.schema.parameters import PARAMETERS
from jinguo.schema.problems import Parsed
from jinguo.schema.types import Choice, MultiChoice, Name, Text
from jinguo.schema.vocabularies import VOCABULARIES
from tests.helpers import examples, registry
from tests.schema.test_types import read

#: As agreed: * required, ! unique, →sheet reference, {choice,…} (… : and more), [] several.
AGREED = """
社会组织台账.xlsx
社会组织 organisations: 组织编号*! · 组织名称*! · 简称 · 曾用名 · 登记状态*{未登记,已备案,已登记,已注销} · 组织类型*{社会团体,民办非企业单位,基金会,社区社会组织,其他} · 统一社会信用代码! · 登记机关 · 登记日期 · 证书有效期至 · 业务主管单位 · 层级*{核心层,紧密层,大众层} · 级别*{市级,乡镇街道,村社区} · 所属镇街*→镇街 · 服务中心→服务中心 · 枢纽组织→社会组织 · 进驻市中心{是,否} · 负责人→人员 · 法定代表人→人员 · 联系人 · 联系电话 · 邮箱 · 成立日期 · 届期(年) · 本届到期 · 个人会员数 · 单位会员数 · 专职人数 · 活动资金(万元) · 服务领域[] · 党组织{有,联合,无} · 评估等级{1A,2A,3A,4A,5A} · 等级有效期至 · 慈善组织{是,否} · 团体会员{市,镇街,村社区,否} · 入会日期 · 公众号 · 备注
变动 changes: 组织编号*→社会组织 · 日期* · 事项*{层级,登记状态,负责人,名称} · 原值 · 新值* · 依据
登记孵化 incubations: 组织编号*→社会组织 · 阶段*{意向,咨询,名称核准,材料准备,受理,准予登记,准予备案,退回} · 日期* · 经办人 · 说明
年检 inspections: 组织编号*→社会组织 · 年度* · 结论*{合格,基本合格,不合格,未参检,免检,年报} · 日期
入会申请 applications: 组织编号*→社会组织 · 申请级别*{市,镇街,村社区} · 申请日期* · 审批{同意,不同意,待批} · 审批日期 · 说明
服务中心 centres: 中心编号*! · 中心名称* · 级别* · 所属镇街*→镇街 · 地址 · 负责人 · 电话 · 建成日期
联络群 groups: 群编号*! · 群名称* · 平台*{微信,QQ} · 对象 · 群主→人员 · 建群日期 · 人数
群成员 group_members: 群编号*→联络群 · 人员编号*→人员 · 加入日期
专家智库 experts: 姓名* · 类别*{专家顾问,女性公益,专业社工} · 单位 · 专长[] · 电话 · 聘期起 · 聘期止
来访接待 visits: 日期* · 来访人 · 来访组织→社会组织 · 事项*{法律咨询,政策解读,登记注册,年检审核,项目申报,其他} · 值班组织→社会组织 · 处理结果 · 办结日期
服务活动 services: 组织编号*→社会组织 · 日期* · 主题*{五水共治,共建美丽家园,为老服务,助残服务,救助帮扶,亲子阅读,女性创业,其他} · 地点 · 志愿者人次 · 服务人次 · 时长(小时)
宣传推介 promotions: 组织编号→社会组织 · 日期* · 平台*{微信公众号,官网,风采展示,女主播,其他} · 标题* · 阅读量
已确认不重复 distinct: 编号* · 理由 · 确认人 · 日期
人员台账.xlsx
人员 people: 人员编号*! · 姓名* · 性别*{男,女} · 民族 · 出生年月 · 身份证号! · 政治面貌{中共党员,群众,…} · 学历 · 学位 · 毕业院校系及专业 · 社会工作专业{是,否} · 参加工作时间 · 从事社会工作起始年月 · 专业技术职务 · 籍贯 · 户籍地 · 居住镇街→镇街 · 手机 · 邮箱 · 工作单位及职务 · 简历 · 主要事迹 · 奖惩情况 · 信息使用同意日期 · 备注
任职 posts: 人员编号*→人员 · 组织编号*→社会组织 · 职务*{会长,副会长,理事长,主任,副主任,秘书长,法定代表人,负责人,工作人员,…} · 起始* · 结束
社会职务 public_posts: 人员编号*→人员 · 职务*{人大代表,政协委员,妇联副主席,妇联常委,妇联执委,…} · 级别*{市,镇街,村社区,地级市,省,全国} · 地区 · 届次 · 起始* · 结束
家庭成员 family: 人员编号*→人员 · 称谓* · 姓名* · 出生年月 · 政治面貌 · 工作单位及职务
培训考试台账.xlsx
培训活动 events: 活动编号*! · 活动名称* · 类型*{主题沙龙,业务培训,外出参观学习,考前辅导,项目大赛,风采展示} · 开始时间* · 结束时间 · 地点* · 学时* · 主讲人 · 主办单位* · 名额 · 报名截止 · 面向层级[核心层,紧密层,大众层] · 经费(元) · 日程 · 联系人 · 联系电话
签到 attendance: 活动编号*→培训活动 · 人员编号*→人员 · 姓名 · 报名{是,否} · 出勤*{出席,请假,缺席} · 签到时间 · 学时
报考 exam_entries: 年度* · 级别*{初级,中级,高级} · 人员编号*→人员 · 姓名 · 科目* · 准考证号 · 成绩 · 备注
合格标准 pass_marks: 年度* · 级别*{初级,中级,高级} · 科目 · 地区 · 满分* · 合格线*
证书 certificates: 人员编号*→人员 · 级别*{初级,中级,高级} · 证书编号! · 取得日期* · 登记日期 · 登记有效期至
继续教育 education_hours: 人员编号*→人员 · 日期* · 内容* · 学时*
项目台账.xlsx
项目 projects: 项目编号*! · 项目名称* · 项目类型*{政府购买服务,公益创投,微项目} · 购买主体* · 承接组织*→社会组织 · 代管组织→社会组织 · 合同编号 · 合同金额(元) · 开始日期* · 结束日期* · 状态*{申报,立项,实施,中期,结项,终止} · 中期评估 · 末期评估 · 受益人次 · 领域[]
拨款 payments: 项目编号*→项目 · 期次* · 日期* · 金额(元)*
征集 calls: 征集编号*! · 名称*! · 类型*{项目征集,方案征集,大赛} · 开始* · 截止* · 面向层级[核心层,紧密层,大众层] · 领域[] · 资助上限(元) · 要求 · 奖项 · 评审日期
大赛作品 contest_entries: 大赛* · 作品编号*! · 作品名称* · 组织编号*→社会组织 · 申报人
评分 contest_scores: 作品编号*→大赛作品 · 评委* · 得分 · 回避{是,否}
值班台账.xlsx
值班单位 duty_units: 组织编号*→社会组织 · 起始* · 结束 · 可值星期[] · 值班人 · 电话 · 权重
不可值班 duty_absences: 组织编号*→社会组织 · 起* · 止* · 原因
换班 duty_swaps: 日期* · 原组织*→社会组织 · 替班组织*→社会组织 · 原因
值班安排 duty_plan: 日期*! · 组织编号*→社会组织 · 说明
值班记录 duty_log: 日期* · 组织编号*→社会组织 · 到岗{是,否} · 来访人数
推荐台账.xlsx
推荐批次 batches: 批次编号*! · 名称* · 推荐职务*{人大代表,政协委员,妇联副主席,妇联常委,妇联执委,团体会员代表,…} · 级别* · 届次 · 名额* · 差额(人) · 送达单位* · 排序口径{姓氏笔画,姓名笔画,得分} · 截止日期* · 公示起始 · 公示工作日数 · 阶段{推荐,资格审查,征求意见,确定,公示,报送,办结}
资格条件 requirements: 批次编号*→推荐批次 · 条件* · 比较*{等于,不等于,不少于,不多于,早于,晚于,包含,属于,为空,不为空} · 值 · 性质*{必备,优先} · 加分 · 说明
结构要求 quotas: 批次编号*→推荐批次 · 维度* · 取值* · 最少 · 最多
评分指标 weights: 批次编号*→推荐批次 · 指标*{学时,出勤率,证书,项目数,服务人次,考察评分,…} · 权重* · 满分值
人选 candidates: 批次编号*→推荐批次 · 人员编号*→人员 · 推荐单位* · 推荐方式{组织推荐,团体推荐,联名推荐,自荐} · 推荐理由 · 考察评分 · 人工确定{入选,不选} · 备注
联审意见 opinions: 批次编号*→推荐批次 · 人员编号*→人员 · 部门* · 意见*{同意,不同意,待复} · 日期
设置.xlsx
单位 office: 项目*! · 内容
镇街 townships: 镇街*! · 类别{街道,镇,乡} · 联系人 · 电话 · 邮箱
发文登记 letters: 发文字号*! · 日期 · 标题 · 文件
已办 done: 事项*! · 办理日期 · 说明
词表 vocabularies: 词表* · 词*
节假日 holidays: 日期* · 类别{放假,上班}
报考条件 entry_conditions: 级别*{初级,中级,高级} · 学历* · 社会工作专业{是,否} · 从业年数 · 须有证书{初级,中级,高级} · 取证后年数 · 依据
参数 parameters: 参数*! · 值 · 单位 · 含义 · 默认值 · 依据
格式口径 format_rules: 项目*! · 值 · 单位 · 含义 · 默认值 · 依据
调查项目 survey_items: 调查 · 工作表* · 栏目* · 填写说明
"""


class AgreedColumn(NamedTuple):
    table: str
    header: str
    marks: str
    target: str
    choices: tuple[str, ...]
    several: bool


def _agreed() -> tuple[dict[str, list[tuple[str, str]]], list[AgreedColumn]]:
    """The tables of each workbook as (sheet, name), and every column."""
    books: dict[str, list[tuple[str, str]]] = {}
    columns = []
    for line in AGREED.split("\n"):
        if line.endswith(".xlsx"):
            books[line] = []
        elif line:
            head, _, body = line.partition(": ")
            sheet, name = head.split()
            books[list(books)[-1]].append((sheet, name))
            for text in body.split(" · "):
                header, marks, target, choices, several = re.fullmatch(
                    r"([^*!→{\[]+)([*!]*)(?:→(.+))?(?:\{(.+)\})?(?:\[(.*)\])?", text
                ).groups()
                columns.append(
                    AgreedColumn(
                        name,
                        header,
                        marks,
                        target or "",
                        tuple((choices or several or "").split(",")),
                        several is not None,
                    )
                )
    return books, columns


BOOKS, COLUMNS = _agreed()
ALL_FIELDS = [(spec, f) for spec in TABLES.values() for f in spec.fields]
FIELD_IDS = [f"{spec.name}.{f.name}" for spec, f in ALL_FIELDS]


def agreed_field(agreed: AgreedColumn) -> Field:
    return next(f for f in TABLES[agreed.table].fields if f.header == agreed.header)


# -- what was agreed --------------------------------------------------------------------------------------------------


def test_the_workbooks_and_their_sheets_in_order():
    assert {book.file: [(t.sheet, t.name) for t in book.tables] for book in WORKBOOKS} == BOOKS


def test_the_agreed_text_was_read_whole():
    assert (len(BOOKS), sum(map(len, BOOKS.values())), len(COLUMNS)) == (7, 49, 341)


@pytest.mark.parametrize(
    "agreed",
    [pytest.param(c, id=f"{c.table}.{c.header}") for c in COLUMNS],
)
def test_every_agreed_column_is_there_with_its_marks(agreed):
    f = agreed_field(agreed)
    assert ("*" * f.required) + ("!" * f.unique) == agreed.marks
    if agreed.target:
        assert isinstance(f.type, Reference)
        assert TABLES[f.type.table].sheet == agreed.target
    else:
        assert not isinstance(f.type, Reference)
    choices = [c for c in agreed.choices if c]
    if choices and choices[-1] == "…":
        assert set(choices[:-1]) <= set(f.type.choices({}))
    elif choices:
        assert f.type.choices({}) == choices
    assert isinstance(f.type, MultiChoice) == agreed.several


def test_no_column_is_required_or_unique_that_was_not_agreed_to_be():
    """A column beyond the agreed ones is welcome, but nobody may be forced to fill it."""
    agreed = {(c.table, c.header) for c in COLUMNS}
    extra = [
        (spec.name, f.header, f.required, f.unique) for spec, f in ALL_FIELDS if (spec.name, f.header) not in agreed
    ]
    assert ("office", "说明", False, False) in extra
    assert not any(required or unique for _, _, required, unique in extra)


def test_the_column_order_is_the_agreed_one():
    """Columns that came later may stand anywhere among them."""
    for name, spec in TABLES.items():
        agreed = [c.header for c in COLUMNS if c.table == name]
        assert [f.header for f in spec.fields if f.header in agreed] == agreed, name


@pytest.mark.parametrize(
    ("sheet", "header", "kind"),
    [
        ("organisations", "组织编号", Key),
        ("organisations", "组织名称", Name),
        ("organisations", "统一社会信用代码", CreditCode),
        ("organisations", "登记日期", Date),
        ("organisations", "联系电话", Phone),
        ("organisations", "邮箱", Email),
        ("organisations", "活动资金(万元)", Number),
        ("people", "姓名", Name),
        ("people", "身份证号", IdCard),
        ("people", "出生年月", YearMonth),
        ("people", "从事社会工作起始年月", YearMonth),
        ("people", "手机", Phone),
        ("posts", "起始", YearMonth),
        ("posts", "结束", YearMonth),
        ("family", "出生年月", YearMonth),
        ("events", "开始时间", DateTime),
        ("events", "报名截止", Date),
        ("attendance", "签到时间", DateTime),
        ("exam_entries", "成绩", Score),
        ("exam_entries", "年度", Number),
        ("quotas", "最少", PeopleOrPercent),
        ("quotas", "最多", PeopleOrPercent),
        ("requirements", "值", Text),
        ("duty_units", "可值星期", MultiChoice),
    ],
)
def test_what_a_column_holds(sheet, header, kind):
    f = next(f for f in TABLES[sheet].fields if f.header == header)
    assert type(f.type) is kind


@pytest.mark.parametrize("field", ["posts.to_month", "public_posts.to_month", "duty_units.to_date"])
def test_what_still_goes_on_may_end_with_words(field):
    spec, name = field.split(".")
    assert read(TABLES[spec].by_name[name].type, "至今") == Parsed(None)


@pytest.mark.parametrize(
    ("table_name", "header", "agreed"),
    [
        ("organisations", "单位名称", "组织名称"),
        ("organisations", "社会组织名称", "组织名称"),
        ("organisations", "联系方式", "联系电话"),
        ("organisations", "电话", "联系电话"),
        ("organisations", "信用代码", "统一社会信用代码"),
        ("organisations", "成立时间", "成立日期"),
        ("organisations", "届期", "届期(年)"),
        ("organisations", "届期（年）", "届期(年)"),
        ("organisations", "活动资金（万元）", "活动资金(万元)"),
        ("organisations", "注册资金(万元)", "活动资金(万元)"),
        ("organisations", "*组织名称：", "组织名称"),
        ("organisations", "组 织\n名 称", "组织名称"),
        ("organisations", "联系人", "联系人"),
        ("people", "手机号码", "手机"),
        ("people", "手机号", "手机"),
        ("people", "联系电话", "手机"),
        ("people", "公民身份号码", "身份证号"),
        ("people", "★姓名", "姓名"),
        ("people", "文化程度", "学历"),
        ("events", "联系方式", "联系电话"),
        ("projects", "合同金额", "合同金额(元)"),
        ("payments", "金额", "金额(元)"),
        ("centres", "联系电话", "电话"),
        ("batches", "差额", "差额(人)"),
        pytest.param("people", "联系方式", "手机"),
        pytest.param("centres", "联系方式", "电话"),
        pytest.param("experts", "联系方式", "电话"),
        pytest.param("duty_units", "联系方式", "电话"),
        pytest.param("townships", "联系电话", "电话"),
        pytest.param("organisations", "e-mail", "邮箱"),
        pytest.param("organisations", "Email", "邮箱"),
        pytest.param("people", "电子邮箱", "邮箱"),
        pytest.param("people", "出生年月日", "出生年月"),
    ],
)
def test_headers_people_write(table_name, header, agreed):
    f = TABLES[table_name].by_header.get(header_key(header))
    assert f is not None and f.header == agreed


def test_aliases_are_known_where_a_sheet_is_read():
    book = registry(人员="姓名 | 手机号码 | 身份证号码\n王小红 | 13812345678 | ")
    assert book["people"]["mobile"] == ["13812345678"]
    assert book["people"].letters["mobile"] == "B"


# -- the declarations hold together -----------------------------------------------------------------------------------


@pytest.mark.parametrize("spec", TABLES.values(), ids=list(TABLES))
def test_no_two_columns_of_a_table_answer_to_the_same_header(spec):
    owners: dict[str, str] = {}
    for f in spec.fields:
        for key in f.header_keys():
            assert owners.setdefault(key, f.name) == f.name, f"{key}: {owners[key]}, {f.name}"


@pytest.mark.parametrize("spec", TABLES.values(), ids=list(TABLES))
def test_keys_and_names_of_a_table_are_columns_of_it(spec):
    names = [f.name for f in spec.fields]
    assert len(names) == len(set(names))
    if spec.key:
        key = spec.by_name[spec.key]
        assert key.required and key.unique
    if spec.display:
        assert spec.by_name[spec.display].required


@pytest.mark.parametrize(("spec", "f"), ALL_FIELDS, ids=FIELD_IDS)
def test_a_reference_leads_to_a_table_with_a_key(spec, f):
    """And to one with a name, for names serve where keys are not known."""
    if isinstance(f.type, Reference):
        target = TABLES[f.type.table]
        assert target.key and target.display
    assert re.fullmatch(r"[a-z][a-z_]*", f.name)
    assert f.header == f.header.strip() and not re.search(r"[*!\s（）]", f.header)


@pytest.mark.parametrize(
    ("spec", "f"), [pair for pair in ALL_FIELDS if pair[1].example and not isinstance(pair[1].type, Reference)]
)
def test_the_example_shown_to_staff_is_read_without_complaint(spec, f):
    parsed = read(f.type, f.example)
    assert parsed.value is not None and parsed.problem is None


def test_keys_announce_the_prefix_of_their_example():
    keys = [f for _, f in ALL_FIELDS if isinstance(f.type, Key)]
    assert [f.type.prefix for f in keys if f.example and not f.example.startswith(f.type.prefix)] == []  # type: ignore[attr-defined]
    assert sorted(f.type.prefix for f in keys) == ["FW", "HD", "QL", "RY", "TJ", "XM", "ZJ", "ZP", "ZZ"]  # type: ignore[attr-defined]


CHOICES = [(f"{spec.name}.{f.name}", f.type) for spec, f in ALL_FIELDS if isinstance(f.type, Choice)]


@pytest.mark.parametrize(("name", "kind"), CHOICES, ids=[name for name, _ in CHOICES])
def test_every_choice_and_every_synonym_of_it_is_understood(name, kind):
    """A synonym that is spelt in a way the parser folds away (lower case, full width) would never be found."""
    wrap = (lambda value: (value,)) if isinstance(kind, MultiChoice) else (lambda value: value)
    offered = kind.choices({})
    assert len(offered) == len(set(offered)) >= 2
    for choice in offered:
        assert read(kind, choice) == Parsed(wrap(choice))
    for synonym, choice in kind.synonyms.items():
        assert choice in offered
        assert read(kind, synonym) == Parsed(wrap(choice))


def test_every_table_knows_its_workbook():
    assert {(spec.name, spec.workbook) for spec in TABLES.values()} == {
        (name, file) for file, tables in BOOKS.items() for _, name in tables
    }


# -- vocabularies and parameters --------------------------------------------------------------------------------------


def test_vocabularies_that_columns_use_exist_and_hold_each_word_once():
    used = {kind.vocabulary for _, kind in CHOICES if not kind.fixed}
    assert used == {"政治面貌", "学历", "学位", "任职职务", "社会职务", "推荐职务", "服务领域", "专长"}
    assert used <= set(VOCABULARIES)
    assert [name for name, words in VOCABULARIES.items() if len(words) != len(set(words)) or not all(words)] == []


def test_politics_are_the_thirteen_of_the_standard():
    """GB/T 4762 as domain.md §3.5 lists it; 无党派人士 and 群众 are two."""
    assert VOCABULARIES["政治面貌"] == [
        "中共党员", "中共预备党员", "共青团员", "民革党员", "民盟盟员", "民建会员", "民进会员", "农工党党员", "致公党党员",
        "九三学社社员", "台盟盟员", "无党派人士", "群众",
    ]  # fmt: skip


def test_education_runs_from_low_to_high():
    order = VOCABULARIES["学历"]
    assert [order.index(x) for x in ("初中", "高中", "大专", "本科", "硕士研究生", "博士研究生")] == sorted(
        order.index(x) for x in ("初中", "高中", "大专", "本科", "硕士研究生", "博士研究生")
    )


@pytest.mark.parametrize("name", PARAMETERS)
def test_the_default_of_a_parameter_is_one_it_would_accept(name):
    parameter = PARAMETERS[name]
    assert parameter.name == name and parameter.meaning and parameter.source
    if parameter.default:
        assert read(parameter.type, parameter.default).problem is None
    else:
        assert name in ("基准日期", "考试日期", "最多届数", "生僻字笔画")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("通知提前天数", 15),
        ("到期提醒月数", 3),
        ("默认满分", 100),
        ("默认合格线", 60),
        ("年检不合格年数", 2),
        ("不得同时担任", "人大代表、政协委员"),
        ("联审待复可入选", "否"),
        ("名称相似度", 88),
        ("代表最低年龄", 18),
    ],
)
def test_defaults_are_the_figures_of_the_sources(name, value):
    assert registry().settings.parameter(name) == value


def test_a_parameter_the_office_changes_overrides_the_default():
    book = registry(参数="参数 | 值\n代表最低年龄 | 21\n默认满分 | ")
    assert (book.settings.parameter("代表最低年龄"), book.settings.parameter("默认满分")) == (21, 100)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("通知提前天数", "20天", 20),
        ("代表最低年龄", "21周岁", 21),
        ("到期提醒月数", "6个月", 6),
        ("名称相似度", "90%", 90),
    ],
)
def test_a_parameter_may_be_written_with_its_unit(name, typed, value):
    assert registry(参数=[["参数", "值"], [name, typed]]).settings.parameter(name) == value


# -- the model --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("组织编号", "组织编号"),
        (" 组织编号* ", "组织编号"),
        ("＊组织编号：", "组织编号"),
        ("★组织编号:", "组织编号"),
        ("组织\n编号", "组织编号"),
        ("组　织 编\u00a0号", "组织编号"),
        ("活动资金（万元）", "活动资金(万元)"),
        ("ＱＱ群", "qq群"),
        ("", ""),
    ],
)
def test_header_key(header, key):
    assert header_key(header) == key


@given(st.text("组织编号*＊★：:（）() 　\nＡa1", max_size=12))
@settings(max_examples=examples(100), deadline=None)
def test_a_header_key_is_its_own_key(header):
    assert header_key(header_key(header)) == header_key(header)


@pytest.mark.parametrize(
    ("marked", "header", "required", "unique"),
    [
        ("组织编号*!", "组织编号", True, True),
        ("组织编号!*", "组织编号", True, True),
        ("姓名*", "姓名", True, False),
        ("身份证号!", "身份证号", False, True),
        ("金额(元)*", "金额(元)", True, False),
        ("备注", "备注", False, False),
    ],
)
def test_column_reads_the_marks(marked, header, required, unique):
    f = column("x", marked, Text())
    assert (f.header, f.required, f.unique) == (header, required, unique)


def test_column_splits_aliases_and_knows_headers_without_their_unit():
    f = column("funds", "活动资金(万元)", Number(), "5", "以万元计", "注册资金(万元)、开办资金")
    assert f.aliases == ("注册资金(万元)", "开办资金")
    assert f.header_keys() == ["活动资金(万元)", "注册资金(万元)", "开办资金", "活动资金", "注册资金"]
    assert column("x", "备注", Text()).aliases == ()


def test_a_columns_own_header_wins_over_an_alias_of_an_earlier_one():
    spec = table("t", "表", column("name", "名称", Text(), "", "", "电话"), column("phone", "电话", Phone()))
    assert spec.by_header["电话"].name == "phone"
    assert spec.by_header["名称"].name == "name"
    assert spec.by_name["phone"].header == "电话"


def test_of_two_aliases_the_first_column_has_it():
    spec = table("t", "表", column("first", "甲", Text(), "", "", "丙"), column("second", "乙", Text(), "", "", "丙"))
    assert spec.by_header["丙"].name == "first"


def test_a_workbook_tells_its_tables_where_they_live():
    loose = table("t", "表", column("a", "甲*!", Key()), key="a", display="a", note="说明")
    book = workbook("新台账.xlsx", loose)
    assert (loose.workbook, book.tables[0].workbook) == ("", "新台账.xlsx")
    assert book.tables[0] == TableSpec("t", "表", loose.fields, "a", "a", "说明", "新台账.xlsx")


# -- the nearest name -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("社会组只", ["社会组织", "人员", "签到"], "社会组织"),
        ("联系电活", ["联系人", "联系电话", "备注"], "联系电话"),
        ("培训考试台帐.xlsx", ["社会组织台账.xlsx", "培训考试台账.xlsx"], "培训考试台账.xlsx"),
        ("RY001", ["RY0001", "ZZ0001"], "RY0001"),
        ("阳明", ["阳明街道", "梨洲街道"], "阳明街道"),
        ("签到", ["签到"], "签到"),
        ("甲乙丙", ["社会组织", "人员"], None),
        ("签到", [], None),
        ("", ["签到"], None),
    ],
)
def test_nearest(typed, known, meant):
    assert nearest(typed, known) == meant


def test_how_near_it_must_be_can_be_said_and_any_collection_will_do():
    assert nearest("阳明", ("阳明街道",), at_least=60) == "阳明街道"
    assert nearest("阳明", {"阳明街道": 1}, at_least=70) is None
    assert nearest("签道", (name for name in ["签到", "报考"]), at_least=50) == "签到"


# -- findings and errors ----------------------------------------------------------------------------------------------


def finding(
    cell: str = "F12",
    severity: Severity = Severity.ERROR,
    workbook: str = "人员台账.xlsx",
    sheet: str = "人员",
    code: str = "CELL-001",
    message: str = "甲",
) -> Finding:
    return Finding(code, severity, workbook, sheet, cell, "值", message, "请补上。")


@pytest.mark.parametrize(
    ("workbook", "sheet", "cell", "place"),
    [
        ("人员台账.xlsx", "人员", "F12", "人员台账.xlsx › 人员 › F12"),
        ("人员台账.xlsx", "人员", "", "人员台账.xlsx › 人员"),
        ("人员台账.xlsx", "", "", "人员台账.xlsx"),
        ("", "", "", ""),
    ],
)
def test_the_place_of_a_finding(workbook, sheet, cell, place):
    assert finding(cell, workbook=workbook, sheet=sheet).place == place


def test_findings_run_down_the_rows_and_along_the_columns():
    """B before AA, row 2 before row 10, and what concerns the whole sheet first."""
    cells = ["AA2", "B10", "B2", "", "A10", "Z2", "AB2"]
    assert [f.cell for f in sorted(map(finding, cells), key=Finding.sort_key)] == [
        "",
        "B2",
        "Z2",
        "AA2",
        "AB2",
        "A10",
        "B10",
    ]


def test_at_one_cell_errors_come_before_warnings_before_hints():
    found = [
        finding(severity=s, message=m)
        for s, m in ((Severity.HINT, "丙"), (Severity.WARNING, "乙"), (Severity.ERROR, "甲"))
    ]
    assert [f.message for f in sorted(found, key=Finding.sort_key)] == ["甲", "乙", "丙"]
    assert [s.rank for s in (Severity.ERROR, Severity.WARNING, Severity.HINT)] == [0, 1, 2]


@given(
    st.lists(
        st.builds(
            finding,
            st.from_regex(r"([A-Z]{1,2}[1-9][0-9]?)?", fullmatch=True),
            st.sampled_from(Severity),
            code=st.sampled_from(["CELL-001", "ORG-004"]),
        )
    ),
    st.randoms(),
)
@settings(max_examples=examples(60), deadline=None)
def test_the_order_of_findings_does_not_depend_on_how_they_came(found, chance):
    shuffled = found[:]
    chance.shuffle(shuffled)
    assert sorted(shuffled, key=Finding.sort_key) == sorted(found, key=Finding.sort_key)


def test_a_finding_as_json_has_the_agreed_names():
    assert finding().as_dict() == {
        "code": "CELL-001",
        "severity": "错误",
        "workbook": "人员台账.xlsx",
        "sheet": "人员",
        "cell": "F12",
        "value": "值",
        "message": "甲",
        "remedy": "请补上。",
    }


def test_counts_name_every_severity():
    assert count_by_severity([]) == {Severity.ERROR: 0, Severity.WARNING: 0, Severity.HINT: 0}
    assert count_by_severity([finding(), finding(), finding(severity=Severity.HINT)]) == {
        Severity.ERROR: 2,
        Severity.WARNING: 0,
        Severity.HINT: 1,
    }


@pytest.mark.parametrize(
    ("where", "remedy", "paragraph"),
    [
        ("人员台账.xlsx", "去掉密码再运行。", "人员台账.xlsx：文件打不开\n请这样做：去掉密码再运行。"),
        ("", "去掉密码再运行。", "文件打不开\n请这样做：去掉密码再运行。"),
        ("人员台账.xlsx", "", "人员台账.xlsx：文件打不开"),
        ("", "", "文件打不开"),
    ],
)
def test_an_error_is_one_paragraph(where, remedy, paragraph):
    error = JinguoError("文件打不开", where, remedy)
    assert error.paragraph() == paragraph
    assert (str(error), error.what, error.where, error.remedy) == ("文件打不开", "文件打不开", where, remedy)
