"""From a kind of document to a finished one: its template is looked at before it is used, the text before it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.writing import digest
from jinguo.documents.register import DOCUMENTS
from jinguo.registry.tables import Registry
from jinguo.word.template import Template
from jinguo.word.template_files import read_template

#: The templates as the program comes with them, by file name: their sha256, as those need no second look, and what of the office's
#: settings each places.
DIGESTS = Path(__file__).parent / "factory" / "digests.json"
#: What of 设置.xlsx › 单位 a document cannot do without where its template places this name.
_NEEDED_ITEMS = {
    "单位名称": "单位名称", "发文字号": "发文机关代字", "联系人": "联系人", "联系电话": "电话", "回执邮箱": "邮箱", "报送邮箱": "邮箱",
}  # fmt: skip


def open_template(kind: str, folder: Path, registry: Registry) -> Template:
    """The office's own template of a kind, ready to be filled as often as wanted; JinguoError, with everything that is
    wrong, where it is not sound, or where the office has not said who it is."""
    document = DOCUMENTS[kind]
    data = read_template(folder, document.template)
    refuse_unsound(kind, data, registry)
    return Template(data, document.template, registry.settings, registry.today)


def refuse_unsound(kind: str, data: bytes, registry: Registry) -> None:
    """Raise JinguoError, with everything that is wrong, for a template that cannot be filled, or where the office has not said who it
    is; one as the program comes with it is known to be sound, and not even opened."""
    if not _is_shipped(DOCUMENTS[kind].template, data):
        _refuse_mistakes(kind, data, registry)
    refuse_without_settings(kind, data, registry)


@lru_cache(maxsize=1)
def _shipped() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(DIGESTS.read_text("utf-8"))
    return found


def _is_shipped(template: str, data: bytes) -> bool:
    return template in _shipped() and digest(data) == _shipped()[template]["sha256"]


def _refuse_mistakes(kind: str, data: bytes, registry: Registry) -> None:
    from jinguo.word.lint import lint

    document = DOCUMENTS[kind]
    mistakes = lint(data, document.template, document.known(registry), registry.settings, registry.today)
    if mistakes:
        told = "；".join(f"“{m.paragraph[:20]}…”{m.what}" if m.paragraph else m.what for m in mistakes[:3])
        more = f"，共 {len(mistakes)} 处" if len(mistakes) > 3 else ""
        remedy = f"{mistakes[0].remedy}；改不好就运行 jinguo lint --restore {kind}，恢复原来的。"
        raise JinguoError(f"模板{told}{more}", f"templates › {document.template}", remedy)


def refuse_without_settings(kind: str, data: bytes, registry: Registry) -> None:
    """JinguoError where the template places what only 设置.xlsx can say, and it is not said there: a letter without a
    sender is none."""
    template = DOCUMENTS[kind].template
    names = _shipped()[template]["places"] if _is_shipped(template, data) else settings_placed(data)
    # An event may have a contact of its own; where neither has one, the finished text shows it.
    own = {"联系人", "联系电话"} if DOCUMENTS[kind].table in ("events", "townships") else set()
    asked = [item for name, item in _NEEDED_ITEMS.items() if name in names and name not in own]
    # Whoever writes it is said of every document, if only in its properties.
    needed = dict.fromkeys(["单位名称", *asked])
    empty = [item for item in needed if not _is_said(registry.settings.office.get(item))]
    if empty:
        where = " › ".join(registry["office"].sheets()[0][:2])
        raise JinguoError(
            f"没有填{'、'.join(empty)}", where, "补上这几项，再运行一次；没有设置.xlsx 的，用“新建台账”建一个。"
        )


#: What stands in a cell until somebody fills it in.
_PLACEHOLDER = re.compile(r"[×xXＸ]{2,}|待[填定补]|某某|请填|^[/／\\—－-]+$")


def _is_said(text: str | None) -> bool:
    return bool(text) and not _PLACEHOLDER.search(str(text))


def settings_placed(data: bytes) -> list[str]:
    """What of the office's settings a template places, in the order in which they are named here."""
    from jinguo.word.placeholders import shapes

    names = shapes(data)
    return [name for name in _NEEDED_ITEMS if name in names]


def write_document(kind: str, folder: Path, context: Mapping[str, Any], registry: Registry, remark: str = "") -> bytes:
    """One finished .docx of a kind."""
    return open_template(kind, folder, registry).finish(context, remark)
