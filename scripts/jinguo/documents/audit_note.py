"""What the page of a package for review says: what was done, what lies there, how to check it in ten minutes, whom to ask."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from jinguo.documents.letterhead import titled
from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words

_FILES = {
    "复核表.xlsx": "每一步都是活的公式，点开看得到怎样算的，改一格就跟着变",
    "证书.json、复核.py": "没有总分更高的名单的证明，和核对它的程序（不到二百行）",
    "来源.xlsx": "读的文件（带指纹）、用到的行、由人定的、参数、口径",
}
_LIST_STEPS = (
    "打开复核表.xlsx 的“差异”：下面是空的，就是和名单全部相同。",
    "“资格”：每人每项条件；不信哪一格，点开看公式，根据在后面各表。",
    "“得分”“名次”：拿计算器核一个人，原值÷满分值×权重。",
    "“结构要求”：名单里的人数够不够、超不超。",
    "“最优”：照“怎样算”加出上界，任何名单都不超过它。",
    "“若入选”：没有入选的人如果选上，换下谁，少多少分。",
)
_FIGURE_STEPS = (
    "打开复核表.xlsx 的“差异”：下面是空的，就是和报告全部相同。",
    "“指标”：找到要核的数字，点开分子、分母、值，看它数的是哪张表。",
    "到那张表用筛选数一遍：筛出的行数（或合计）就是这个数。",
    "每行的“出处”是台账里的工作簿、工作表、单元格，可以和原件对。",
)
_WITH_PYTHON = "有 Python 的：三个文件放一起，运行 python 复核.py，应显示“核对无误”。"
#: Of what is not proven the first stands on the page, cut to so many characters; all of it stands in 来源.xlsx.
_LONGEST = 50


def audit_note_context(
    registry: Registry, title: str, done: str, files: Collection[str], gaps: Sequence[str], of_list: bool
) -> dict[str, Any]:  # fmt: skip
    """What the template 复核说明 may place: `done` is what was done in one sentence, `files` what lies in the package."""
    settings = registry.settings
    office, contact = settings.item("单位名称"), settings.item("联系人")
    steps = [*(_LIST_STEPS if of_list else _FIGURE_STEPS)]
    if "证书.json" in files:
        steps.append(_WITH_PYTHON)
    elif of_list:
        steps = [step for step in steps if not step.startswith(("“最优”", "“若入选”"))]
    if gaps:
        first = gaps[0] if len(gaps[0]) <= _LONGEST else f"{gaps[0][:_LONGEST]}…"
        steps.append(f"要知道的：{first}" + (f"等 {len(gaps)} 条，见来源.xlsx。" if len(gaps) > 1 else ""))
    whom = f"{office}（联系人：{contact}）" if contact else office
    steps.append(f"有疑问：请问{whom}；台账原件按来源.xlsx 的单元格找。")
    return {
        "标题": titled(registry, f"{title}复核说明"), "单位名称": office, "成文日期": day_words(registry.today),
        "概述": f"{office}按截至{day_words(registry.today)}的登记台账，{done}。有 Excel 或 WPS 就能核对；材料里没有身份证号、电话和邮箱。",
        "文件": [{"名称": name, "内容": text} for name, text in _FILES.items() if name.startswith("来源") or name.partition("、")[0] in files],
        "步骤": [{"步": str(n), "做法": text} for n, text in enumerate(steps, 1)],
    }  # fmt: skip
