"""使用说明.docx and 常见问题.docx: what staff print and keep beside the computer; made of what the program says of itself."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinguo.common.findings import Severity
from jinguo.schema.problems import READING_RULES
from jinguo.word.blocks import blank, paragraph
from jinguo.word.table_blocks import TableColumns, table
from jinguo.word.template_files import make_template

#: The jobs: the file to double-click, what it does, where to look.
JOBS = (
    ("待办", "今天、本周、本月要办什么，什么逾期了；办完的在 待办.xlsx 里选 √", "output/待办.xlsx"),
    ("一键生成", "待办、校验、统计、到期的通知、推荐名单、值班表、总结、看板，一次做完", "output"),
    ("接入台账", "把自己的登记表拖到图标上；黄色的行在 对照.xlsx 里认定", "workbooks/对照.xlsx"),
    ("校验台账", "逐格说明哪里不对；也可以把一个工作簿拖到图标上", "output/校验"),
    ("规范台账", "空格、全角、日期的写法，先列计划，看过再写入", "output/规范"),
    ("比较台账", "把旧的、新的两个工作簿一起拖上去", "output/比较"),
    ("培训考试统计", "培训、考试的数字和报告；年度统计", "output/统计"),
    ("工作总结", "总结、两页的简版、800 字的信息稿，附口径和来源", "output/总结"),
    ("看板", "一页看全年，双击在浏览器里打开", "output/看板.html"),
    ("汇总各县", "每县一个文件夹，放在一起拖上去：逐县校验、统计、排名单，按市、省相加", "output/汇总"),
    ("生成通知", "到期的通知、函、群消息", "output/通知"),
    ("排值班表", "全年摊得最匀的值班表和值班安排通知", "output/值班"),
    ("会务材料", "签到表、桌牌、结业证书", "output/活动"),
    ("生成推荐名单", "资格审查、名单、登记表、公示、报告", "output/推荐"),
    ("复核材料", "有人问起名单或数字时：公式、证明、来源，给单位以外的人核对", "output/复核"),
    ("核对复核材料", "把“复核”里的一个文件夹拖上去，看和现在的台账还合不合", "屏幕"),
    ("发放调查表", "一个镇街一份调查表，附通知和邮件草稿", "output/调查"),
    ("回收调查表", "把收到的表所在的文件夹拖上去，列出 合并方案.xlsx", "output/调查"),
    ("合并上报", "照定好的合并方案写进台账，先备份", "台账"),
    ("邮件草稿", "通知和函写成邮件草稿，双击再发", "output/邮件"),
    ("检查公文格式", "把 Word 文档拖上去，逐处说明与国家标准有哪些不同", "屏幕"),
    ("规范公文格式", "把 Word 文档拖上去，副本里改好", "output/规范格式"),
    ("检查环境", "电脑、字体、文件夹；问维护人员时发 诊断.txt", "output/诊断.txt"),
)  # fmt: skip
_START = (
    "把压缩包整个解压到一个文件夹，例如 D:\\巾帼台账。不要在压缩包的窗口里直接双击。不用安装，不用联网；电脑要 Windows 10 或 11（64 位）。",
    "双击 巾帼台账.bat，先看今天要办什么，再输入编号做一件事；也可以直接双击各个图标。要文件的，把文件拖到图标上。",
    "workbooks 文件夹里先放着一套演示台账，可以随便试。换成自己的：移走演示台账，留下 设置.xlsx，填上“单位”；把自己的登记表拖到 接入台账.bat 上。"
    "您的文件一格也不改，不用重填，不用编号。",
    "生成的文件都在 output 文件夹里。打开核对、修改、用印、发出。您改过的文件不会被覆盖，新的写在旁边，名称里有“新生成”。",
)
_READING = (
    "双击 校验台账.bat，打开 output/校验/校验报告.xlsx。每一行说清在哪一格、哪里不对、依据什么、怎样改；点“位置”就打开台账的那一格。"
    "先改“错误”，再看“警告”；改好保存、关闭，再校验一次。",
)
_SAFE = (
    "程序只读台账。要写入台账的（规范、登记字号、合并上报、公布值班表、记已办）都先列出来、先备份，备份在 workbooks/备份；写之前请先关闭台账。",
    "更新程序：把新的压缩包解压到原来的文件夹，选“全部替换”。您的台账、改过的模板、output 都不动；您改过、新版也变了的模板，新版放在旁边。",
    "换电脑：把整个文件夹拷过去就行。台账里有身份证号和手机，不要放在公用的网盘里。",
)
#: Troubles that are not of a cell: what is seen, and what to do.
_TROUBLES = (
    ("双击以后黑窗口一闪就没有了，或者说 Please unzip", "压缩包没有解压。把整个压缩包解压到一个文件夹再双击。"),
    ("“Windows 已保护你的电脑”", "点“更多信息”，再点“仍要运行”。程序没有联网，也不改系统。"),
    ("杀毒软件拦下了 python.exe", "把整个文件夹加到信任区，再解压一次；被删掉的文件在“隔离区”里恢复。"),
    ("“正在别的程序里打开着”", "新的已经写在旁边。关上打开的 Word、Excel、WPS 再运行一次，就只有一个。"),
    ("“工作簿正被打开，没有写入”", "保存并关闭台账再运行；别人开着的，提示里有他的名字。"),
    ("“不出：……”", "那份材料要用的表没有读到，写出来会不真实。照后面说的办，再运行一次；以前生成的没有动。"),
    ("数字比想的少", "看报告里的“附注”和 校验报告：有几行没有认出来，没有计入。"),
    ("文件夹名太长、存不了", "把整个文件夹移到浅一点的地方，如 D:\\巾帼台账。"),
    ("字变了样、红头不对", "双击 检查环境.bat，看缺哪种公文字体，装上它。"),
    ("“程序出错”", "双击 检查环境.bat，把 output/诊断.txt 和 output/日志 里最新的文件发给维护人员。"),
)


def manual(pictures: Mapping[str, bytes]) -> bytes:
    """使用说明.docx; `pictures` are screens by what stands below them."""

    def build(document: Any) -> None:
        paragraph(document, "公文标题", "巾帼台账使用说明")
        blank(document)
        _part(document, "一、怎样开始", _START)
        _part(document, "二、怎样看校验报告", _READING)
        for words, data in pictures.items():
            picture = paragraph(document, "图")
            picture.add_run().add_picture(io.BytesIO(data), width=TEXT_WIDTH_MM * 36000)
            paragraph(document, "名单说明", words)
        paragraph(document, "一级标题", "三、每个图标做什么")
        heads = ["双击", "做什么", "在哪里看"]
        _rows(document, heads, JOBS, [40, 100, 44])
        _part(document, "四、放心用", _SAFE)

    return make_template(build)


#: A picture as wide as the text of a 公文 (GB/T 9704—2012, 5.2.1), in millimetres.
TEXT_WIDTH_MM = 150


def questions() -> bytes:
    """常见问题.docx: troubles that are seen, then every problem of reading that is an error, with what to do."""

    def build(document: Any) -> None:
        paragraph(document, "公文标题", "巾帼台账常见问题")
        blank(document)
        paragraph(document, "一级标题", "一、看到什么，怎么办")
        _rows(document, ["看到什么", "怎么办"], _TROUBLES, [60, 124])
        paragraph(document, "一级标题", "二、校验报告里的“错误”")
        found = [(r.code, r.title, r.remedy) for r in READING_RULES.values() if r.severity is Severity.ERROR]
        _rows(document, ["编号", "要怎样", "怎么办"], found, [26, 66, 92])

    return make_template(build)


def _part(document: Any, heading: str, texts: Sequence[str]) -> None:
    paragraph(document, "一级标题", heading)
    for number, text in enumerate(texts, 1):
        paragraph(document, "公文正文", text if len(texts) == 1 else f"{number}.{text}")


def _rows(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int]) -> None:
    """A table of words; what stands in it is known, so each row is a row of the table."""
    table(document, TableColumns(heads, [], shares), empty_rows=len(rows))
    grid = document.tables[-1]
    for row, cells in zip(grid.rows[1:], rows, strict=True):
        row.height = None
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].style = document.styles["表格文字左"]
            cell.paragraphs[0].add_run(text)


def handouts(pictures: Path) -> dict[str, bytes]:
    """The documents that lie beside the icons, by file name."""
    screens = {
        "校验报告：点“位置”就打开台账的那一格": (pictures / "校验报告.png").read_bytes(),
        "对照.xlsx：黄色的行等您认定": (pictures / "对照.png").read_bytes(),
    }
    return {"使用说明.docx": manual(screens), "常见问题.docx": questions()}
