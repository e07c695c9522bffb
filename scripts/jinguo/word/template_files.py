"""The templates of the office: read from its folder, ready to be filled."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import DAMAGED, read_parts, write_parts
from jinguo.registry.settings import OFFICE_ITEMS, Settings
from jinguo.word.base import FONT_ITEMS, base_document
from jinguo.word.template import Template
from jinguo.word.usual_form import in_usual_form


def read_template(folder: Path, name: str) -> bytes:
    """The bytes of a template, in the form of Word's own; raises JinguoError where it is not there or cannot be read."""
    path = folder / name
    try:
        return in_usual_form(path.read_bytes())
    except FileNotFoundError as error:
        raise JinguoError(
            "模板不见了",
            f"templates › {name}",
            f"运行 jinguo lint --restore {name.removesuffix('.docx')}，恢复原来的模板。",
        ) from error
    except DAMAGED as error:
        raise JinguoError(
            "模板打不开，可能已损坏或正被编辑", f"templates › {name}", "关闭 Word 再运行；仍不行就拷回原来的模板。"
        ) from error


def make_template(build: Callable[[Any], None]) -> bytes:
    """A template as `build` fills an empty document of the house's styles, the same bytes every time."""
    from docx import Document

    document = Document(io.BytesIO(base_document({item: OFFICE_ITEMS[item][1] for item in FONT_ITEMS})))
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return write_parts(read_parts(stream.getvalue()))


def render(template: bytes, name: str, context: Mapping[str, Any], settings: Settings, today: datetime.date) -> bytes:
    """One document of the template with these values."""
    return Template(template, name, settings, today).render(context)
