"""The long run: python -m tests.audit.of_size [S | M]. LibreOffice works out every cell of the statistics' review workbook of a registry of
that size from nothing (M: 8 million cells, 72,137 figures; some 25 minutes and 9 GB), and each must be what stands there."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path

from python_calamine import CalamineWorkbook

from jinguo.documents.statistics_figures import all_figures
from jinguo.intake.loading import load_registry
from jinguo.reports.audit.statistics_audit import StatisticsAudit
from tests.audit.recalculated import same, without_values
from tests.benchmarks.registries import SIZES, write_registry
from tests.helpers import TODAY

#: All sheets, each to a file of its own, values as they are and not as they are shown.
_TO_TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


def main() -> None:
    size = sys.argv[1] if len(sys.argv) > 1 else "S"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_registry(folder / "workbooks", SIZES[size])
        registry = load_registry(folder / "workbooks", TODAY)
        figures = all_figures(registry)
        path = folder / "复核表.xlsx"
        path.write_bytes(StatisticsAudit(registry, figures, "培训考试统计").written("某县妇联"))
        bare = without_values(path, folder / "bare.xlsx")
        words = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", _TO_TEXT]
        subprocess.run([*words, "--outdir", str(folder), str(bare)], check=True, capture_output=True)
        count = differ = 0
        book = CalamineWorkbook.from_path(path)
        for sheet in book.sheet_names:
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            with (folder / f"bare-{sheet}.csv").open(encoding="utf-8", newline="") as stream:
                for mine, its in zip(rows, csv.reader(stream), strict=True):
                    count += len(mine)
                    differ += sum(
                        not same(one, _typed(one, other)) for one, other in zip_longest(mine, its, fillvalue="")
                    )
        print(f"{size}：{len(figures)} 个数字，{count} 格，{differ} 格不同")
    sys.exit(differ > 0)


def _typed(one: object, text: str) -> object:
    """A text of the file as what it is compared with."""
    try:
        return float(text) if isinstance(one, int | float) else text
    except ValueError:
        return text


if __name__ == "__main__":
    main()
