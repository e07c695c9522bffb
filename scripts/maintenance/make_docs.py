"""Write docs/规则表.md, 字段字典.md, 术语表.md, 模板标记.md, 公文用语.md and the handouts in docs/发放 anew: python scripts/maintenance/make_docs.py; a test says when it
is needed."""

from pathlib import Path

from jinguo.reference.manual import handouts
from jinguo.reference.reference import field_dictionary, glossary, placeholder_table, rule_table, sentence_table

DOCS = Path(__file__).resolve().parents[2] / "docs"

for name, text in {
    "规则表.md": rule_table(),
    "字段字典.md": field_dictionary(),
    "术语表.md": glossary(),
    "模板标记.md": placeholder_table(),
    "公文用语.md": sentence_table(),
}.items():
    (DOCS / name).write_text(text, encoding="utf-8")
    print(DOCS / name)
for name, data in handouts(DOCS / "pictures").items():
    (DOCS / "发放").mkdir(exist_ok=True)
    (DOCS / "发放" / name).write_bytes(data)
    print(DOCS / "发放" / name)
