"""Filling a template: strict, escaped, sandboxed, and the same bytes for the same values."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from jinguo.errors import JinguoError
from jinguo.nearest import nearest
from jinguo.ooxml import read_parts, write_parts
from jinguo.settings import OFFICE_ITEMS, Settings
from jinguo.word.base import FONT_ITEMS
from jinguo.word.signature import place_signatures


def read_template(folder: Path, name: str) -> bytes:
    """The bytes of a template; raises JinguoError where it is not there or cannot be read."""
    path = folder / name
    try:
        data = path.read_bytes()
        read_parts(data)
    except FileNotFoundError as error:
        raise JinguoError("模板不见了", f"templates › {name}", "从程序的安装包里拷回这个文件。") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise JinguoError("模板打不开，可能已损坏或正被编辑", f"templates › {name}", "关闭 Word 再运行；仍不行就拷回原来的模板。") from error
    return data


def render(template: bytes, name: str, context: Mapping[str, Any], settings: Settings, today: datetime.date) -> bytes:
    """A document of the template with these values; `name` is what the template is called in messages.

    Raises JinguoError where the template asks for something the values do not have, or is no valid template.
    """
    import jinja2
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment, SecurityError

    environment = SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
    document = DocxTemplate(io.BytesIO(template))
    stream = io.BytesIO()
    where = f"templates › {name}"
    try:
        document.render(dict(context), jinja_env=environment, autoescape=True)
        document.save(stream)
    except jinja2.UndefinedError as error:
        raise JinguoError(_undefined(error, context), where, "在 Word 里打开模板改正，或拷回原来的模板。") from error
    except SecurityError as error:
        raise JinguoError("模板里有不允许的写法，没有执行", where, "拷回原来的模板；不要使用来历不明的模板。") from error
    except jinja2.TemplateError as error:
        what = f"模板的标记写得不对（{error.message}）"
        raise JinguoError(what, where, "检查 {{ }} 和 {% %} 是否成对、是否用了全角括号；或拷回原来的模板。") from error
    return _finish(stream.getvalue(), settings, today)


def _undefined(error: Exception, context: Mapping[str, Any]) -> str:
    match = re.search(r"'([^']+)' is undefined|has no attribute '([^']+)'", str(error))
    asked = (match[1] or match[2]) if match else str(error)
    guess = nearest(asked, context)
    return f"模板里的“{asked}”没有对应的内容" + (f"，是不是“{guess}”？" if guess else "")


def _finish(data: bytes, settings: Settings, today: datetime.date) -> bytes:
    """Place the signatures, use the office's fonts, and let the metadata say the office's name and nothing else."""
    from lxml import etree

    parts = read_parts(data)
    tree = etree.fromstring(parts["word/document.xml"])
    place_signatures(tree, settings.item("是否用印") == "是")
    parts["word/document.xml"] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    fonts = {OFFICE_ITEMS[item][1]: settings.item(item) for item in FONT_ITEMS if settings.item(item) != OFFICE_ITEMS[item][1]}
    for part in ("word/styles.xml", "word/document.xml"):
        for old, new in fonts.items():
            parts[part] = parts[part].replace(f'"{old}"'.encode(), f'"{escape(new, {chr(34): "&quot;"})}"'.encode())
    parts["docProps/core.xml"] = _core_properties(settings.item("单位名称"), today).encode("utf-8")
    return write_parts(parts)


def _core_properties(author: str, day: datetime.date) -> str:
    moment = f"{day:%Y-%m-%d}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>{escape(author)}</dc:creator><cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )
