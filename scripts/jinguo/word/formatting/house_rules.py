"""What a document is put right to: the standard, and where the office has its own way, that (设置.xlsx › 格式口径)."""

from __future__ import annotations

from dataclasses import dataclass

from jinguo.registry.settings import Settings
from jinguo.word import gbt9704 as gb


@dataclass(frozen=True)
class HouseRules:
    """Fonts and sizes (points) by element, margins in millimetres (top, right, bottom, left), lines and characters a page,
    and what may be touched."""

    fonts: dict[str, str]
    title_size: float
    body_size: float
    bold: dict[str, bool]
    margins: tuple[float, float, float, float]
    lines: int
    characters: int
    page_number: str
    latin: str
    sealed: bool
    punctuation: bool
    plain_bold: bool
    table_size: float | None

    @property
    def line_pitch(self) -> int:
        """Twips from line to line, so that the lines fill the height."""
        height = gb.PAGE_HEIGHT - gb.millimetres(self.margins[0]) - gb.millimetres(self.margins[2])
        return height // self.lines

    @property
    def character_space(self) -> int:
        """What the grid adds to a character of the text, in 4096ths of a point."""
        width = gb.PAGE_WIDTH - gb.millimetres(self.margins[1]) - gb.millimetres(self.margins[3])
        return int((width / 20 / self.characters - self.body_size) * 4096)


def house_rules(settings: Settings) -> HouseRules:
    """The rules of this office; what it leaves empty is the standard's."""

    def length(name: str) -> float:
        return float(settings.parameter(name))

    def says(name: str) -> bool:
        return bool(settings.parameter(name) == "是")

    table = settings.parameter("表格字号")
    return HouseRules(
        fonts={
            "标题": settings.item("标题字体"), "正文": settings.item("正文字体"), "一级": settings.item("黑体字体"), "二级": settings.item("楷体字体"),
            "附件": settings.item("黑体字体"),
        },
        title_size=length("标题字号"),
        body_size=length("正文字号"),
        bold={name: says(f"{name}加粗") for name in ("标题", "一级标题", "二级标题", "三级标题")},
        margins=(length("上边距"), length("右边距"), length("下边距"), length("左边距")),
        lines=int(settings.parameter("每面行数")),
        characters=int(settings.parameter("每行字数")),
        page_number=str(settings.parameter("页码位置")),
        latin=str(settings.parameter("西文字体") or ""),
        sealed=settings.item("是否用印") == "是",
        punctuation=says("改正标点"),
        plain_bold=says("清除正文加粗"),
        table_size=float(table) if table else None,
    )  # fmt: skip
