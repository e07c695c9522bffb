"""How many documents a second are measured and put right, and how many python-docx opens and saves."""

from __future__ import annotations

import io
from pathlib import Path

import docx

from jinguo.registry.settings import Settings
from jinguo.word.formatting.house_rules import house_rules
from jinguo.word.formatting.put_right import put_right
from jinguo.word.inspection import inspect
from jinguo.word.measure import measure
from tests.benchmarks.documents import rate
from tests.word.test_formatting import CLERKS
from tests.word.word_files import clerks_document


def bench(folder: Path) -> None:
    """Prints documents a CPU second."""
    rules = house_rules(Settings())
    # Two pages as a clerk types them.
    document = clerks_document(CLERKS + "核心层、紧密层女性社会组织要高度重视,按时报送有关情况(见附件).\n" * 25)
    for data in (document,):
        put_right(data, rules)

    def opened(_: int) -> None:
        docx.Document(io.BytesIO(document)).save(io.BytesIO())

    print(f"inspect：每秒 {rate(lambda _: inspect(measure(document)), 50):.0f} 份")
    print(f"format：每秒 {rate(lambda _: put_right(document, rules), 20):.0f} 份")
    print(f"    python-docx 打开再存：每秒 {rate(opened, 50):.0f} 份")
