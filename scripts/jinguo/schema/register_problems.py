"""What can be wrong with an office's own registers, and with what 对照.xlsx says of them; part of the catalogue of problems."""

from __future__ import annotations

from jinguo.common.findings import Severity
from jinguo.schema.problems import ReadingRule

OPEN_DECISION = ReadingRule(
    "REG-019", Severity.WARNING, "对照.xlsx 里待定的，要由人认定",
    why="没有认定的不猜，也不算进数字和材料",
    remedy="打开 workbooks 里的 对照.xlsx，在“处理”里选定，再运行一次",
)  # fmt: skip
NOT_KEPT = ReadingRule(
    "REG-020", Severity.HINT, "登记表里没有的栏目，靠它的数字和材料做不出来",
    why="没有这一栏，就不知道每一行是怎样的",
    remedy="要用的，在登记表里加一栏，或在 对照.xlsx › 来源 的“固定值”里填",
)  # fmt: skip
READ_SO = ReadingRule(
    "REG-021", Severity.HINT, "写得不全的、从别处认出来的，怎样读的要说明",
    why="照约定读的不一定是本来的意思",
    remedy="核对一遍；不对的，在登记表里写全",
)  # fmt: skip
CONTROL = ReadingRule(
    "REG-022", Severity.WARNING, "合计、总分、星期一类算得出来的栏目，要与明细一致",
    why="两处不一致，总有一处是错的",
    remedy="核对明细和算出来的栏目，改正错的一处",
)  # fmt: skip
OTHER_SHEET = ReadingRule(
    "REG-023", Severity.WARNING, "同一个人的出生年月、性别、证件号，各张登记表要一致",
    why="两张表不一致，材料里写哪一个就会有一个是错的",
    remedy="对照证件，改正错的一处",
)  # fmt: skip
PERSON_TWICE = ReadingRule(
    "REG-024", Severity.WARNING, "一个人在花名册里只登记一行",
    why="登记了两行，人数就多算；担任几个职务的，合成一人几职",
    remedy="核对是不是同一个人；是的话合成一行",
)  # fmt: skip
UNFIT_DECISION = ReadingRule(
    "REG-025", Severity.WARNING, "对照.xlsx 里说的工作表、栏目，登记表里要找得到",
    why="找不到的，原来的认定就不起作用",
    remedy="改了名称的，再运行“接入台账”；不用了的，删去那一行",
)  # fmt: skip
ORGANISATION_TWICE = ReadingRule(
    "REG-026", Severity.WARNING, "一个组织只登记一行",
    why="登记了两行，家数就多算；别的表里的简称也分不清说的是哪一行",
    remedy="核对是不是一家；是的话在 对照.xlsx › 认人认组织 里认定，或合成一行",
)  # fmt: skip
ROW_TWICE = ReadingRule(
    "REG-027", Severity.WARNING, "同一个人在一张表里只登记一行",
    why="同样的内容登记两遍，人数、人次就多算",
    remedy="核对后删去一行；不是同一个人的，把单位写清楚",
)  # fmt: skip
