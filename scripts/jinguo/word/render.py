"""Filling a template: strict, escaped, sandboxed, and the same bytes for the same values."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr, unescape

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
    stream = io.BytesIO()
    where = f"templates › {name}"
    try:
        document = _with_plain_names(DocxTemplate)(io.BytesIO(template))
        document.render(_plain_keys(context), jinja_env=environment, autoescape=True)
        document.save(stream)
    except jinja2.UndefinedError as error:
        raise JinguoError(_undefined(error, context), where, "在 Word 里打开模板改正，或拷回原来的模板。") from error
    except SecurityError as error:
        raise JinguoError("模板里有不允许的写法，没有执行", where, "拷回原来的模板；不要使用来历不明的模板。") from error
    except jinja2.TemplateError as error:
        what = f"模板的标记写得不对：{_syntax(str(error.message))}"
        raise JinguoError(what, where, "检查 {{ }} 和 {% %} 是否成对、是否用了全角括号；或拷回原来的模板。") from error
    except Exception as error:
        # Staff edit templates, so whatever one asks for that cannot be done is told as the template's fault.
        raise JinguoError("模板里有算不出来的写法，或者不是 Word 文档", where, "检查最近改动的标记；或拷回原来的模板。") from error
    return _finish(stream.getvalue(), settings, today)


def _plain_name(header: str) -> str:
    """A header as Jinja can read it: 经费(元) as 经费_元, for to Jinja brackets would mean a call."""
    return re.sub(r"[(（]([^()（）]*)[)）]", r"_\1", header)


def _plain_keys(value: Any) -> Any:
    """The values with plain names for keys, those of the rows of a list as well."""
    if isinstance(value, Mapping):
        return {_plain_name(key): _plain_keys(inner) for key, inner in value.items()}
    return [_plain_keys(inner) for inner in value] if isinstance(value, list) else value


def _with_plain_names(base: type) -> type:
    """docxtpl's template, whose tags have been made whole, with plain names in the tags as well."""

    class Template(base):
        def patch_xml(self, src_xml: str) -> str:
            return re.sub(r"\{[{%].*?[%}]\}", lambda tag: _plain_tag(tag[0]), super().patch_xml(src_xml), flags=re.DOTALL)

    return Template


def _plain_tag(tag: str) -> str:
    """Only a bracket with a unit right behind Chinese words is part of a name; calls and groups stay as they are."""
    return re.sub(r"([\u4e00-\u9fff]+)[(（]([\u4e00-\u9fff]{1,4})[)）]", r"\1_\2", tag)


def _syntax(message: str) -> str:
    """What Jinja found wrong, in Chinese; the tag or sign it names is kept."""
    unknown = re.search(r"unknown tag '([^']+)'", message)
    if unknown:
        return f"不认识标记“{unknown[1]}”"
    missing = re.search(r"looking for the following tags: '([^']+)'", message)
    if missing:
        return f"缺少 {{% {missing[1].split(chr(39))[0]} %}}"
    sign = re.search(r"unexpected (?:char )?'([^']+)'", message)
    return f"多了或放错了“{sign[1]}”" if sign else "括号不成对，或里面不是一个名称"


def _undefined(error: Exception, context: Mapping[str, Any]) -> str:
    match = re.search(r"'([^']+)' is undefined|has no (?:attribute|element) '?([^']+)'?", str(error))
    asked = (match[1] or match[2]) if match else "某个名称"
    asked = re.sub(r"_([\u4e00-\u9fff]{1,4})$", r"(\1)", asked)
    guess = nearest(asked, _names(context))
    return f"模板里的“{asked}”没有对应的内容" + (f"，是不是“{guess}”？" if guess and guess != asked else "")


def _names(context: Mapping[str, Any]) -> list[str]:
    """Every name a template may use: those of the values, and those of the rows of a list."""
    names = list(context)
    for value in context.values():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            names += value[0]
    return names


def _finish(data: bytes, settings: Settings, today: datetime.date) -> bytes:
    """Place the signatures, use the office's fonts, and let the metadata say the office's name and nothing else."""
    from lxml import etree

    parts = read_parts(data)
    tree = etree.fromstring(parts["word/document.xml"])
    place_signatures(tree, etree.fromstring(parts["word/styles.xml"]), settings.item("是否用印") == "是")
    parts["word/document.xml"] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    fonts = {OFFICE_ITEMS[item][1]: settings.item(item) for item in FONT_ITEMS}
    for part in ("word/styles.xml", "word/document.xml"):
        parts[part] = _use_fonts(parts[part], fonts)
    parts["docProps/app.xml"] = _APP.encode("utf-8")
    _drop_custom_properties(parts)
    parts["docProps/core.xml"] = _core_properties(settings.item("单位名称"), today).encode("utf-8")
    return write_parts(parts)


def _use_fonts(xml: bytes, fonts: Mapping[str, str]) -> bytes:
    """The part with every font of the factory templates replaced, all at once, by what the office chose."""

    def replace(fonts_tag: re.Match[bytes]) -> bytes:
        return re.sub(
            rb'="([^"]*)"',
            lambda m: f"={quoteattr(fonts.get(unescape(m[1].decode()), unescape(m[1].decode())))}".encode(),
            fonts_tag[0],
        )

    return re.sub(rb"<w:rFonts\b[^>]*>", replace, xml)


_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"></Properties>'
)


def _drop_custom_properties(parts: dict[str, bytes]) -> None:
    """Custom properties come from whoever edited the template; the document has none."""
    if parts.pop("docProps/custom.xml", None) is not None:
        for name, element in (("_rels/.rels", rb"Relationship"), ("[Content_Types].xml", rb"Override")):
            parts[name] = re.sub(rb"<" + element + rb"\b[^>]*docProps/custom\.xml[^>]*/>", b"", parts[name])


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
