"""A template, compiled once and filled many times: strict, escaped, sandboxed; only the parts that differ are
written anew.

The tags are docxtpl's ({{ 名 }}, {% if %}, {%p for %}, {%tr for %}), made whole by its own patching where Word has
torn them apart; the rendering is ours, as docxtpl opens and rebuilds the whole document for every one it fills.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, cast

from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import DAMAGED, Package, read_parts, write_parts
from jinguo.registry.settings import Settings
from jinguo.word.column_widths import widen_columns
from jinguo.word.drawings import Drawings, NativeChart, Picture
from jinguo.word.finish import core_properties, dress
from jinguo.word.fitting import Fitting
from jinguo.word.font_coverage import lacking
from jinguo.word.heads import break_titles, set_marks, set_signatures_together
from jinguo.word.hostile import refuse_hostile, refuse_hostile_words
from jinguo.word.last_look import holes, quoted_once
from jinguo.word.mistakes import syntax_words, undefined_words
from jinguo.word.record import place_record
from jinguo.word.remark import with_remark
from jinguo.word.sandbox import filled, forbidden_words, is_withheld, make_environment
from jinguo.word.signature import sign, style_names

_DOCUMENT = "word/document.xml"
FILLED_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_DECLARATION = re.compile(r"^<\?xml[^>]*\?>\s*")
_BREAK_IN_TEXT = re.compile(r"<w:t[ >][^<]*[\n\t\a\f]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWING_ID = re.compile(r'(<wp:docPr\b[^>]*?\bid=")\d+"')


class Template:
    """A template ready to be filled; `name` is what it is called in messages.

    Raises JinguoError, on making and on filling, for what is no valid template, is hostile, or asks for something the
    values do not have.
    """

    def __init__(self, data: bytes, name: str, settings: Settings, today: datetime.date) -> None:
        self.where = f"templates › {name}"
        self.sealed = settings.item("是否用印") == "是"
        self.author = settings.item("单位名称")
        self.font = settings.item("正文字体")
        self.today = today
        #: The characters of all documents so far that the body font lacks.
        self.lacking: dict[str, None] = {}
        try:
            parts = read_parts(data)
            refuse_hostile(parts, self.where)
            dress(parts, settings, today)
        except DAMAGED as error:
            raise JinguoError(
                "模板里有算不出来的写法，或者不是 Word 文档", self.where, "检查最近改动的标记；或拷回原来的模板。"
            ) from error
        self.parts = parts
        self.package = Package(write_parts(parts))
        self.compiled = self._guarded(self._compile, {})

    def _compile(self) -> dict[str, Any]:
        """The compiled parts that have tags; document.xml always, because of its signature."""
        environment = make_environment()
        found = {}
        for part in filter(FILLED_PARTS.fullmatch, self.parts):
            source = tags_made_whole(source_of(self.parts[part]))
            if part == _DOCUMENT or "{{" in source or "{%" in source:
                found[part] = environment.from_string(source)
        return found

    @cached_property
    def _styles(self) -> dict[str, str]:
        from lxml import etree

        return style_names(etree.fromstring(self.parts["word/styles.xml"]))

    @cached_property
    def _fitting(self) -> Fitting:
        return Fitting(self.parts, self._styles)

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The document with these values, the same bytes for the same values."""
        document, _ = self._guarded(lambda: self._filled(context, ""), context)
        return cast(bytes, document)

    def finish(
        self, context: Mapping[str, Any], remark: str = "", day: datetime.date | None = None, sent: bool = False
    ) -> bytes:
        """The document as it may go out, with a remark where there is one, and its metadata of its `day` (today where none is
        given); JinguoError where its text has a hole, or asks for something by a day that is past (of one already `sent`, that
        was past on its day)."""
        document, xml = self._guarded(lambda: self._filled(context, remark, day), context)
        found = list(dict.fromkeys(holes(xml, day if sent and day else self.today)))
        if found:
            raise JinguoError("；".join(found), self.where, "在台账或 设置.xlsx 里补上，再运行一次。")
        return cast(bytes, document)

    def _filled(self, context: Mapping[str, Any], remark: str, day: datetime.date | None = None) -> tuple[bytes, str]:
        """The document, and its text as it stands in document.xml."""
        drawings = Drawings()
        values = _plain_keys(context, drawings)
        changed, document = {}, ""
        for part, template in self.compiled.items():
            xml = _broken_lines(filled(template, values))
            if part.startswith("word/header"):
                xml = set_marks(xml, self._styles)
            if part == _DOCUMENT:
                xml = self._arranged(quoted_once(_with_drawing_ids(xml)))
                xml, tight = self._fitting.fit(sign(xml, self._styles, self.sealed))
                xml = place_record(xml, self._styles, self._fitting)
                if tight:
                    changed["word/styles.xml"] = self._fitting.tight_styles
                xml = document = with_remark(xml, self._styles, remark)
            self.lacking |= dict.fromkeys(lacking(xml, self.font))
            changed[part] = f"{_HEAD}{xml}".encode()
            if "instrText" in xml or "fldSimple" in xml:
                # What the tags leave of a field may be another.
                refuse_hostile_words(changed[part], self.where)
        changed |= drawings.parts(self.parts)
        if day is not None:
            # Always anew, so that a document of a day is the same bytes on whatever day it is made.
            changed["docProps/core.xml"] = core_properties(self.author, day).encode("utf-8")
        return self.package.with_parts(changed), document

    def _arranged(self, xml: str) -> str:
        """Tables, titles, marks and signatures of several offices as what stands in them asks for."""
        xml = break_titles(widen_columns(xml, self._styles), self._styles)
        return set_signatures_together(set_marks(xml, self._styles), self._styles)

    def _guarded(self, work: Any, context: Mapping[str, Any]) -> Any:
        """Do it, and tell whatever Jinja refuses as the template's fault, as staff edit templates."""
        import jinja2
        from jinja2.exceptions import SecurityError

        try:
            return work()
        except jinja2.UndefinedError as error:
            raise JinguoError(
                undefined_words(error, context), self.where, "在 Word 里打开模板改正，或拷回原来的模板。"
            ) from error
        except SecurityError as error:
            raise self._forbidden(error) from error
        except jinja2.TemplateError as error:
            if is_withheld(str(error.message)):
                raise self._forbidden(error) from error
            what = f"模板的标记写得不对：{syntax_words(str(error.message))}"
            raise JinguoError(
                what, self.where, "检查 {{ }} 和 {% %} 是否成对、是否用了全角括号；或拷回原来的模板。"
            ) from error
        except JinguoError:
            raise
        except Exception as error:
            raise JinguoError(
                "模板里有算不出来的写法，或者不是 Word 文档", self.where, "检查最近改动的标记；或拷回原来的模板。"
            ) from error

    def _forbidden(self, error: Exception) -> JinguoError:
        return JinguoError(forbidden_words(error), self.where, "拷回原来的模板；不要使用来历不明的模板。")


def source_of(xml: bytes) -> str:
    """A part as text, without its XML declaration."""
    return _DECLARATION.sub("", xml.decode("utf-8"))


@lru_cache(maxsize=1)
def _docxtpl() -> Any:
    """What is taken of docxtpl: patch_xml and resolve_listing, which look at nothing but the text they are given; a test
    holds them. The document it is made of is only opened by what is not used here."""
    from docxtpl import DocxTemplate

    return DocxTemplate(None)


def tags_made_whole(source: str) -> str:
    """The XML as Jinja reads it: tags made whole by docxtpl, and names that Jinja can read."""
    patched = _docxtpl().patch_xml(source)
    return re.sub(r"\{[{%].*?[%}]\}", lambda tag: plain_tag(tag[0]), patched, flags=re.DOTALL)


@lru_cache(maxsize=4096)
def plain_name(header: str) -> str:
    """A header as Jinja can read it: 经费(元) as 经费_元, for to Jinja brackets would mean a call."""
    return re.sub(r"[(（]([^()（）]*)[)）]", r"_\1", header)


def plain_tag(tag: str) -> str:
    """Only a bracket with a unit right behind Chinese words is part of a name; calls and groups stay as they are."""
    return re.sub(r"([\u4e00-\u9fff]+)[(（]([\u4e00-\u9fff]{1,4})[)）]", r"\1_\2", tag)


def _plain_keys(value: Any, drawings: Drawings) -> Any:
    """The values with plain names for keys, those of the rows of a list as well, and drawings that know their place."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {plain_name(key): _plain_keys(inner, drawings) for key, inner in value.items()}
    if isinstance(value, Picture | NativeChart):
        return drawings.place(value)
    return [_plain_keys(inner, drawings) for inner in value] if isinstance(value, list) else value


def _broken_lines(xml: str) -> str:
    """Line breaks and tabs of the values as Word has them."""
    if not _BREAK_IN_TEXT.search(xml):
        return xml
    whole: str = _docxtpl().resolve_listing(xml)
    return whole


def _with_drawing_ids(xml: str) -> str:
    """Every drawing with a number of its own: in a loop the template's would stand several times."""
    if "<wp:docPr" not in xml:
        return xml
    numbers = iter(range(1001, 10**6))
    return _DRAWING_ID.sub(lambda match: f'{match[1]}{next(numbers)}"', xml)
