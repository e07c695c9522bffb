"""对照.xlsx: what the program takes each sheet, column, word and name for, with dropdowns for the office to decide."""

from __future__ import annotations

from jinguo.excel.writing.decision_workbook import DecisionSheet, write_decisions
from jinguo.intake.own.decision_rows import HEADERS, rows_of_mapping
from jinguo.intake.own.lexicon import IGNORED as NOT_READ
from jinguo.intake.own.lexicon import OWN, field_label, roles, splits_known
from jinguo.intake.own.mapping import IGNORED, LAYOUTS, NEW, NOBODY, OPEN, TAKEN, Mapping
from jinguo.intake.own.mapping import OWN as KEPT
from jinguo.intake.own.units import UNITS
from jinguo.schema import TABLES
from jinguo.schema.types import Choice

_EXPLANATION = (
    "这个文件说明您自己的登记表里，每张工作表、每一栏、每种写法、每个名字是什么。登记表本身一格也不改。",
    "先看黄色的行（“处理”是待定的）：这些程序拿不准，没有认定以前不读、不算。",
    "绿色表头的栏目可以改：从下拉列表里选，或直接填。改完保存、关闭，再双击“接入台账.bat”（或直接运行别的命令）。",
    "来源：一张工作表一行。“处理”选 采用、不读 或 待定；文件、工作表可以写 *，例如 签到/*.xlsx。固定值写“栏目=值”，几项用；隔开；写着“？”的请填上。",
    "栏目：一个栏目一行。“对应”是台账里的哪一栏；自有栏目照样保留，不读的不看。工作表写 * 的，是这个文件里同名的各张。",
    "取值：登记表里的写法，台账的可选范围里没有的。“对应”是它的意思，一次认定，各处都照这样读；空着采用的，当作没有填。",
    "认人认组织：一个名字可能是几个人，或登记表里没有。“对应”选是谁；选“新增”，就作为新的人（组织）；选“不计”，这几行不算。",
    "认定过的不会再问。以后有新的文件、新的栏目，再运行一次“接入台账”，只添新的行。",
)


def mapping_workbook(mapping: Mapping, author: str) -> bytes:
    """The workbook of the decisions, as the office edits it."""
    rows = rows_of_mapping(mapping)
    actions = [TAKEN, IGNORED, OPEN]
    names = [
        spec.sheet
        for name, spec in TABLES.items()
        if name not in ("office", "letters", "done", "vocabularies", "parameters", "format_rules")
    ]
    fields = list(
        dict.fromkeys([OWN, NOT_READ, *(role.shown for group in roles().values() for role in group if role.fields)])
    )
    splits = sorted(filter(None, splits_known()))
    values = {("对应", n): _choices(v.field) for n, v in enumerate(mapping.values)}
    people = {
        ("对应", n): [*filter(None, i.candidates.split("；")), NEW, NOBODY] for n, i in enumerate(mapping.identities)
    }
    sheets = [
        DecisionSheet(
            "来源", HEADERS["来源"], rows["来源"], [30, 16, 24, 16, 8, 34, 44, 26, 8], {"处理": actions, "版式": LAYOUTS, "对应表": names},
            notes={"对应表": "主要的一张写在最前面，几张用、隔开", "表头行": "表头在第几行；几行的写 3-4", "固定值": "对每一行都一样的，如 年度=2026；学时=6", "取自标题": "从表上面的标题里认的，括号里是哪一格；可以改"},
            editable=["对应表", "版式", "表头行", "固定值", "取自标题", "处理"],
        ),
        DecisionSheet(
            "栏目", HEADERS["栏目"], rows["栏目"], [30, 16, 26, 40, 40, 18, 10, 8, 14, 8], {"处理": [TAKEN, KEPT, IGNORED, OPEN], "对应": fields, "拆分": splits, "单位": list(filter(None, UNITS))},
            notes={"栏目": "几行的表头用›连起来", "样例": "身份证号、电话只显示头尾", "拆分": "一格里有两样的，怎样分开"},
            editable=["对应", "拆分", "单位", "处理"],
        ),
        DecisionSheet("取值", HEADERS["取值"], rows["取值"], [30, 26, 8, 26, 8], {"处理": actions}, values, {"对应": "这种写法是什么意思；一次认定，各处都照这样读"}, ["对应", "处理"]),
        DecisionSheet("认人认组织", HEADERS["认人认组织"], rows["认人认组织"], [8, 34, 8, 44, 40, 36, 34, 8], {"处理": actions}, people, {"对应": "是谁：选一个，或 新增、不计"}, ["对应", "处理"]),
    ]  # fmt: skip
    return write_decisions("自己的登记表对照", sheets, _EXPLANATION, OPEN, author)


def _choices(name: str) -> list[str]:
    table, field = name.split(".")
    kind = TABLES[table].by_name[field].type
    return kind.choices({}) if isinstance(kind, Choice) else [field_label(name)]
