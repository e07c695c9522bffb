"""来源.xlsx: what a list or a figure was made from: files with their digests, rows with their places, decisions, parameters, definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinguo import __version__
from jinguo.common.writing import file_digest
from jinguo.excel.saved_time import saved_time
from jinguo.excel.writing.report import Sheet, write_report
from jinguo.intake.loading import decided_by
from jinguo.intake.own.mapping import FILE
from jinguo.registry.tables import Registry
from jinguo.reports.audit.review_sheet import without_numbers
from jinguo.schema.parameters import PARAMETERS


def sources_workbook(
    registry: Registry, title: str, used: Mapping[str, Sequence[int]], meanings: Mapping[str, str], gaps: Sequence[str], author: str
) -> bytes:  # fmt: skip
    """The workbook: `used` are the rows by table, `meanings` the 口径 by figure, `gaps` what is not in it or not proven."""
    sheets = [
        _inputs(registry), _rows(registry, used), _decisions(registry, used), _parameters(registry),
        Sheet("口径", "每个数字、每项条件怎样算", ["名称", "口径"], [[name, meaning] for name, meaning in meanings.items()], [30, 110]),
        Sheet("没有计入和没有证明的", "没有计入的和没有证明的", ["说明"], [[gap] for gap in gaps] or [["没有"]], [120]),
    ]  # fmt: skip
    for sheet in sheets:
        if sheet.name != "输入":
            sheet.rows = [
                [without_numbers(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows
            ]
    return write_report(without_numbers(f"{title}来源"), sheets, author)


def _saved(path: Path) -> str:
    """When a workbook was last saved, as it says itself: a file's own time is that of its copying."""
    found = saved_time(path)
    return found.strftime("%Y-%m-%d %H:%M（世界时）") if found else "文件里没有写"


def _inputs(registry: Registry) -> Sheet:
    """Every file that was read."""
    rows: list[list[Any]] = [
        [path.name, file_digest(path), path.stat().st_size if path.exists() else "", _saved(path)]
        for path in registry.files
    ]
    rows.append([f"巾帼台账 jinguo {__version__}", "", "", f"基准日期 {registry.today.isoformat()}"])
    note = "SHA-256 是文件内容的指纹：改一个字，指纹就不同。在 Windows 里可用 certutil -hashfile 文件名 SHA256 核对。"
    return Sheet("输入", "读了哪些文件", ["文件", "SHA-256", "字节", "最后保存"], rows, [40, 70, 12, 24], note=note)


def _rows(registry: Registry, used: Mapping[str, Iterable[int]]) -> Sheet:
    """Every row that was used, with its place."""
    rows = []
    for name, indexes in used.items():
        table = registry[name]
        for i in sorted(set(indexes)):
            workbook, sheet, cell = table.row_start(i)
            rows.append([table.spec.sheet, workbook, sheet, cell])
    return Sheet("用到的行", "用到的每一行在哪里", ["表", "工作簿", "工作表", "单元格"], rows, [16, 40, 24, 12])


def _decisions(registry: Registry, used: Mapping[str, Iterable[int]]) -> Sheet:
    """What people decided: pins of candidates, and how an office's own registers are understood."""
    rows: list[list[Any]] = []
    table = registry["candidates"]
    for i in sorted(set(used.get("candidates", ()))):
        if table["pin"][i]:
            path = registry.file_of(table.block(i).workbook)
            named = f"{table['batch'][i]} {registry.name_of('people', table['person'][i])}"
            rows.append(["人工确定", named, table["pin"][i], table.place(i, "pin"), _saved(path) if path else ""])
    file = next((path for path in registry.files if path.name == FILE), None)
    mapping = decided_by(file)
    if file and mapping:
        when = _saved(file)
        rows += [
            ["对照·来源", f"{s.workbook} › {s.sheet}", f"{s.action}：{'、'.join(s.tables)}", FILE, when]
            for s in mapping.sources
        ]
        rows += [
            ["对照·栏目", f"{c.workbook} › {c.sheet} › {c.title}", f"{c.action}：{'、'.join(c.fields)}", FILE, when]
            for c in mapping.columns
        ]
        rows += [
            ["对照·取值", f"{v.field} “{v.written}”", f"{v.action}：{v.meaning}", FILE, when] for v in mapping.values
        ]
        rows += [
            ["认人认组织", i.written, f"{i.action}：{i.meaning}", f"{FILE}（{i.basis}）", when]
            for i in mapping.identities
        ]
    note = f"由{registry.settings.office.get('单位名称') or '本单位'}决定；时间是写着这个决定的工作簿最后保存的时间。"
    return Sheet(
        "谁定的", "由人决定的", ["种类", "对象", "决定", "写在", "最后保存"], rows, [14, 50, 40, 40, 20], note=note
    )


def _parameters(registry: Registry) -> Sheet:
    """Every parameter in force, with where it comes from."""
    rows = []
    for name, parameter in PARAMETERS.items():
        own = registry.settings.parameters.get(name) is not None
        value = registry.settings.parameter(name)
        shown = "、".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
        rows.append(
            [
                name,
                shown,
                parameter.unit,
                "设置.xlsx › 参数" if own else "默认值",
                parameter.meaning,
                parameter.source,
            ]
        )
    return Sheet("参数", "用的参数", ["参数", "值", "单位", "谁定的", "意思", "出处"], rows, [26, 30, 8, 18, 60, 60])
