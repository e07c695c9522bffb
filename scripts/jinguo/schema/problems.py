"""The catalogue of what can be wrong with a cell, a sheet or a file when it is read: every code once, with its reason.

CELL- is about a single cell, REG- about a file, a sheet or its header. A rule is in the catalogue as soon as it is
created; docs, `explain` and the tests take it from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from jinguo.common.findings import Severity


@dataclass(frozen=True)
class ReadingRule:
    """A kind of problem that reading alone finds; `title` is the rule it breaks, `why` what goes wrong then, and
    `remedy` what to do where the finding does not say more. Raises ValueError for a code that is taken."""

    code: str
    severity: Severity
    title: str
    why: str
    remedy: str

    def __post_init__(self) -> None:
        if self.code in READING_RULES:
            raise ValueError(f"two rules of reading have the code {self.code}")
        READING_RULES[self.code] = self


#: Every rule of reading by its code.
READING_RULES: dict[str, ReadingRule] = {}


class Problem(NamedTuple):
    """What is wrong with one raw value: which rule, what was seen, what to do."""

    rule: ReadingRule
    what: str
    remedy: str


class Parsed(NamedTuple):
    """A typed value (None when there is none or it cannot be read) and what was wrong with the raw one."""

    value: Any
    problem: Problem | None = None


Parser = Callable[[Any], Parsed]


REQUIRED = ReadingRule(
    "CELL-001", Severity.ERROR, "必填的栏目不能空着",
    why="没有它，后面的统计和材料做不出来",
    remedy="补上这一格；实在没有的，与提供材料的人核对",
)  # fmt: skip
DUPLICATE = ReadingRule(
    "CELL-002", Severity.ERROR, "编号一类的栏目不能重复",
    why="编号重复，签到、成绩就分不清是谁的",
    remedy="保留一行，或改正填错的编号",
)  # fmt: skip
REFERENCE = ReadingRule(
    "CELL-003", Severity.ERROR, "引用的编号或名称要在被引用的表里找得到",
    why="对不上的编号，这一行就不知道说的是谁",
    remedy="改正编号，或先在被引用的表里登记",
)  # fmt: skip
CHOICE = ReadingRule(
    "CELL-004", Severity.ERROR, "只能填可选范围里的内容",
    why="范围以外的写法不会计入任何一类",
    remedy="从下拉列表里选；确实要新的词，加在设置.xlsx › 词表",
)  # fmt: skip
DATE = ReadingRule(
    "CELL-005", Severity.ERROR, "日期要写明年月日，并且是真有的一天",
    why="读不出的日期不参加计算，到期不会提醒",
    remedy="写成 2019-08-01 的样子",
)  # fmt: skip
MONTH = ReadingRule(
    "CELL-006", Severity.ERROR, "年月要写成 2019.08 这样的六位，存成文本",
    why="2019.1 和 2019.10 存成数字就分不清",
    remedy="写成 2019.08 的样子，单元格格式设为文本",
)  # fmt: skip
NUMBER = ReadingRule(
    "CELL-007", Severity.ERROR, "数字栏只填数字，并在合理范围内",
    why="读不出的数不参加合计",
    remedy="只留数字；单位写在表头",
)  # fmt: skip
PHONE = ReadingRule(
    "CELL-008", Severity.WARNING, "电话要写完整的手机号或带区号的座机号，一格一个",
    why="号码不全，通知发不出去",
    remedy="写完整；几个号码的，其余写在备注",
)  # fmt: skip
RUINED = ReadingRule(
    "CELL-009", Severity.ERROR, "证件号、代码要存成文本：存成数字后，第 16 位起已被 Excel 改成 0",
    why="丢了的位数补不回来，性别和校验码都读不出",
    remedy="单元格格式设为文本，对照证件重新输入",
)  # fmt: skip
IDENTITY = ReadingRule(
    "CELL-010", Severity.ERROR, "身份证号为 18 位，末位校验码要对得上（GB 11643）",
    why="号码抄错，出生年月、性别都核对不了",
    remedy="对照身份证改正",
)  # fmt: skip
CREDIT_CODE = ReadingRule(
    "CELL-011", Severity.ERROR, "统一社会信用代码为 18 位数字和大写字母，不用 I、O、S、V、Z（GB 32100）",
    why="代码抄错，查不到这个组织",
    remedy="对照登记证书改正",
)  # fmt: skip
CREDIT_CHECK = ReadingRule(
    "CELL-012", Severity.WARNING, "统一社会信用代码的两级校验码一般应对得上（GB 32100；个别真实代码例外）",
    why="多半是抄错了一位",
    remedy="对照登记证书核对；证书上就是这样的不必理会",
)  # fmt: skip
EMAIL = ReadingRule(
    "CELL-013", Severity.ERROR, "邮箱要写成 名字@域名 的样子，一格一个",
    why="地址不对，邮件发不出去",
    remedy="写成 名字@域名；几个邮箱的，其余写在备注",
)  # fmt: skip
SCORE = ReadingRule(
    "CELL-014", Severity.ERROR, "成绩只填分数，或 缺考、违纪、无效、合格（−1、−2、−4 亦可）",
    why="读不出的成绩不计入通过",
    remedy="写分数，或缺考、违纪、无效、合格",
)  # fmt: skip
OLD_IDENTITY = ReadingRule(
    "CELL-015", Severity.WARNING, "15 位身份证号已停用，应换成 18 位",
    why="15 位的没有校验码，也与 18 位的对不上",
    remedy="对照新的身份证换成 18 位",
)  # fmt: skip
SERIAL_DATE = ReadingRule(
    "CELL-016", Severity.HINT, "日期栏的单元格格式应设为日期",
    why="格式不是日期，别人会看不懂这个数字",
    remedy="核对后把这一列的单元格格式设为日期",
)  # fmt: skip
TIME_OF_DAY = ReadingRule(
    "CELL-017", Severity.WARNING, "活动时间要写到几点几分",
    why="通知里写不出几点开始",
    remedy="写成 2026-03-08 09:00 的样子",
)  # fmt: skip
CELL_ERROR = ReadingRule(
    "CELL-018", Severity.ERROR, "单元格里不能留着公式错误",
    why="公式错误的格子读不出值",
    remedy="改正公式，或直接填上值",
)  # fmt: skip
LINE_BREAK = ReadingRule(
    "CELL-019", Severity.HINT, "名称、地点一类写在一行里",
    why="换行会把标题、句子从中间断开",
    remedy="删去格子里的换行",
)  # fmt: skip
NAMED_ROW = ReadingRule(
    "CELL-020", Severity.HINT, "一行说的是谁，以编号为准",
    why="姓名可能重复，编号不会；以后来了同名的人就分不清",
    remedy="核对后填上编号",
)  # fmt: skip
PARAMETER = ReadingRule(
    "CELL-021", Severity.ERROR, "参数要写成读得懂的样子",
    why="读不出的参数不起作用，数字和材料就按默认的口径算了",
    remedy="照“含义”一栏的样子写；空着就用默认值",
)  # fmt: skip
OTHER_DOCUMENT = ReadingRule(
    "CELL-022", Severity.HINT, "身份证号一栏填居民身份证号码；用别的证件的，写在备注里",
    why="别的证件算不出性别、出生年月，也没有校验码",
    remedy="核对后把证件名称和号码写到备注里",
)  # fmt: skip
RADICAL = ReadingRule(
    "CELL-023", Severity.HINT, "字要用通用的汉字，不用从 PDF 里复制出来的部首",
    why="看着一样，比对、排序、查找时却是另一个字",
    remedy="运行“规范台账”，或重新输入这几个字",
)  # fmt: skip
IMPLAUSIBLE = ReadingRule(
    "CELL-024", Severity.HINT, "日期、数字要在平常的范围里",
    why="大得、早得不平常的，多半是单位、年份写错了",
    remedy="核对后改正；确是这样的不必理会",
)  # fmt: skip
SHORT_YEAR = ReadingRule(
    "CELL-025", Severity.HINT, "年份写四位",
    why="两位的年份分不清是哪个世纪",
    remedy="改成四位年份",
)  # fmt: skip
TOO_LONG = ReadingRule(
    "CELL-026", Severity.ERROR, "名称、日期、号码、选项一类的格子里不会有上千个字",
    why="多半是把整篇文字贴进了一格，读不出这一栏的内容",
    remedy="把多余的文字移到备注，这一格只留该填的",
)  # fmt: skip
NO_WORKBOOK = ReadingRule(
    "REG-001", Severity.HINT, "登记台账由七个工作簿组成，可以先用其中几个",
    why="缺少的工作簿，有关的统计和材料做不出来",
    remedy="需要时用“新建台账”建一个；暂时不用就不必理会",
)  # fmt: skip
NO_SHEET = ReadingRule(
    "REG-002", Severity.HINT, "一类内容放在一张表里，表名要与《字段字典》一致",
    why="缺少的表，有关的统计和材料做不出来",
    remedy="需要时加一张；名称写错的改过来",
)  # fmt: skip
MISSING_COLUMN = ReadingRule(
    "REG-003", Severity.ERROR, "必填的栏目要有一列",
    why="没有这一栏，表里的每一行都不完整",
    remedy="在表头加上这一栏，或改正写错的栏目名称",
)  # fmt: skip
MISSPELT_COLUMN = ReadingRule(
    "REG-004", Severity.WARNING, "栏目名称要与《字段字典》一致，程序才认得",
    why="名称不对，这一栏就读不到",
    remedy="改成《字段字典》里的名称",
)  # fmt: skip
DUPLICATE_COLUMN = ReadingRule(
    "REG-005", Severity.WARNING, "同一栏目只能有一列",
    why="两栏内容不同就不知道用哪一栏",
    remedy="合并两栏，或把一栏改成别的名称",
)  # fmt: skip
REFUSED = ReadingRule(
    "REG-006", Severity.ERROR, "台账要能打开",
    why="打不开的台账一格也没有校验",
    remedy="照提示处理后再校验一次",
)  # fmt: skip
NO_HEADER = ReadingRule(
    "REG-007", Severity.ERROR, "表里要有一行表头，写着各栏的名称",
    why="没有表头，就不知道每一栏是什么",
    remedy="在内容上面加一行表头",
)  # fmt: skip
SHEET_TWICE = ReadingRule(
    "REG-008", Severity.WARNING, "同一张表只能放在一个工作簿里",
    why="两处都改，就不知道哪一张是新的",
    remedy="合并到一处",
)  # fmt: skip
UNKNOWN_SETTING = ReadingRule(
    "REG-009", Severity.WARNING, "设置里项目、词表、参数的名称要与样表一致，程序才认得",
    why="名称不对，改的值不起作用",
    remedy="改成样表里的名称",
)  # fmt: skip
MERGED = ReadingRule(
    "REG-010", Severity.HINT, "数据里的合并单元格，按合并的内容填到每一行",
    why="别的软件只认左上角一格，最好一行一填",
    remedy="取消合并，每一行都填上",
)  # fmt: skip
SKIPPED = ReadingRule(
    "REG-011", Severity.HINT, "合计、示例、填表人一类的行不是数据",
    why="这些行当成数据，人数就会多算",
    remedy="不必改；真是数据的，把编号填全",
)  # fmt: skip
HIDDEN = ReadingRule(
    "REG-012", Severity.HINT, "隐藏和筛选掉的行、列也是数据",
    why="看不见的行也会算进统计",
    remedy="取消隐藏核对一遍；不要的行删去",
)  # fmt: skip
GAP = ReadingRule(
    "REG-013", Severity.HINT, "空行下面的内容也是数据",
    why="空行下面容易漏看，筛选和排序也会断开",
    remedy="删去空行",
)  # fmt: skip
RESEMBLES = ReadingRule(
    "REG-014", Severity.WARNING, "工作表的名称要与《字段字典》一致，程序才会读",
    why="名称不对，这张表就读不到",
    remedy="改成提示里的名称",
)  # fmt: skip
SIDE_BY_SIDE = ReadingRule(
    "REG-015", Severity.HINT, "一张表只有一份表头，内容往下接着填",
    why="并排的两份，排序、筛选时会弄乱",
    remedy="把右边的接到左边的下面",
)  # fmt: skip
LIKE_NOTHING = ReadingRule(
    "REG-016", Severity.WARNING, "台账文件夹里放的是台账",
    why="没有认出来的文件一格也没有校验",
    remedy="是自己的登记表，双击“接入台账.bat”，照提示在 对照.xlsx 里认定；放错了的移走",
)  # fmt: skip
EMPTY_TABLE = ReadingRule(
    "REG-018", Severity.HINT, "用到的表里要有内容",
    why="空的表和没有的事分不清，靠它算的数字、靠它写的材料就不真实",
    remedy="内容不见了的，从备份里找回来；还没有内容的，不必理会",
)  # fmt: skip
SUBFOLDER = ReadingRule(
    "REG-017", Severity.WARNING, "台账都放在台账文件夹里，不放在它下面的文件夹里",
    why="下面的文件夹里的工作簿一格也没有读",
    remedy="要用的移到台账文件夹里；旧的、备用的移到别处",
)  # fmt: skip
