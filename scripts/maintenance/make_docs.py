"""Write docs/规则表.md, 字段字典.md and 术语表.md anew: python scripts/maintenance/make_docs.py; a test says when it is needed."""

from pathlib import Path

from jinguo.reference import field_dictionary, glossary, rule_table

DOCS = Path(__file__).resolve().parents[2] / "docs"

for name, text in {"规则表.md": rule_table(), "字段字典.md": field_dictionary(), "术语表.md": glossary()}.items():
    (DOCS / name).write_text(text, encoding="utf-8")
    print(DOCS / name)
