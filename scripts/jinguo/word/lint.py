"""Everything wrong with a template, at once: each with its paragraph and what to do, before anything is generated."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from jinguo.common.errors import JinguoError
from jinguo.common.nearest import nearest
from jinguo.common.ooxml import DAMAGED, read_parts
from jinguo.registry.settings import Settings
from jinguo.word.hostile import hostile_contents
from jinguo.word.leftovers import foreign_marks, leftovers
from jinguo.word.mistakes import syntax_words
from jinguo.word.placeholders import Shape, paragraph_with, paragraphs, shapes
from jinguo.word.sandbox import is_withheld
from jinguo.word.template import FILLED_PARTS, Template, plain_name, source_of, tags_made_whole

#: What a document that leaves the office must not say of anybody.
PRIVATE = ("身份证号", "手机", "邮箱", "家庭住址", "信息使用同意日期")
_WIDE = re.compile(r"[｛｝]|\{[％]|[％]\}|\{\s+[{%]|[}%]\s+\}")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_STYLE = re.compile(r'<w:(?:p|r|tbl)Style w:val="([^"]+)"')


class Mistake(NamedTuple):
    """One thing wrong: the paragraph it is in (empty for the whole template), what it is, and what to do."""

    paragraph: str
    what: str
    remedy: str


class Known(NamedTuple):
    """The names a template may use: each with the names of its rows' fields, () for rows by number, None for words."""

    names: Mapping[str, tuple[str, ...] | None]
    public: bool = False


def lint(data: bytes, name: str, known: Known, settings: Settings, today: datetime.date) -> list[Mistake]:
    """All mistakes of a template, in the order of the document; empty where it is ready to be filled."""
    try:
        parts = read_parts(data)
        texts = list(paragraphs(data))
    except DAMAGED:
        return [Mistake("", "打不开，不是 Word 文档（.docx）或已经损坏", "关闭 Word 再试；仍不行就恢复原来的模板")]
    found = [Mistake("", what, "恢复原来的模板；不要使用来历不明的模板") for what in hostile_contents(parts)]
    if found:
        return found
    foreign = list(foreign_marks(texts, known.names))
    found += [Mistake("", what, remedy) for what, remedy in leftovers(parts)]
    found += [
        Mistake(
            text, f"“{mark}”不是程序认得的标记，会照样印出来", "改成 {{ 名称 }} 的样子；可以用的见 docs/模板标记.md"
        )
        for text, mark in foreign
    ]
    if not any(re.search(r"[{}｛｝]", text) for text in texts):
        found.append(Mistake("", "里面没有一个标记，每一份都会一模一样", "写上 {{ 名称 }}；或恢复原来的模板"))
    told = {text for text, _ in foreign}
    found += _braces([text for text in texts if text not in told])
    found += _styles(parts)
    broken = _broken_tags(parts)
    if broken:
        return [*found, *broken]
    asked = shapes(data)
    found += _unknown_names(data, asked, known)
    return found or _trial(data, name, asked, settings, today)


def _braces(texts: list[str]) -> Iterator[Mistake]:
    """Full-width braces, tags that are not closed in their paragraph, braces left alone."""
    open_tag = ""
    for text in texts:
        if _WIDE.search(text):
            yield Mistake(text, "标记里有全角的括号、百分号或多余的空格", "改成半角的 {{ }} 或 {% %}，中间不留空格")
            continue
        rest = _TAG.sub("", text)
        opened, closed = re.search(r"\{[{%]", rest), re.search(r"[}%]\}", rest)
        if open_tag and closed:
            yield Mistake(f"{open_tag} ↵ {text}", "一个标记跨了两段", "把标记写在一段里，中间不要换行")
            open_tag = ""
        elif opened and not closed:
            open_tag = text
        elif opened or closed or re.search(r"[{}]", rest):
            yield Mistake(text, "有一个括号不成对", "补上缺的括号，或删去多的")
        if open_tag and open_tag is not text and not closed:
            yield Mistake(open_tag, "标记没有写完", "补上后面的 }} 或 %}")
            open_tag = text if opened else ""
    if open_tag:
        yield Mistake(open_tag, "标记没有写完", "补上后面的 }} 或 %}")


def _styles(parts: Mapping[str, bytes]) -> Iterator[Mistake]:
    """Styles that the template uses and does not have, which Word shows as its plain text."""
    defined = set(re.findall(r'w:styleId="([^"]+)"', parts.get("word/styles.xml", b"").decode("utf-8", "replace")))
    for name, xml in parts.items():
        if FILLED_PARTS.fullmatch(name):
            for style in dict.fromkeys(_STYLE.findall(xml.decode("utf-8"))):
                if style not in defined:
                    yield Mistake("", f"用了没有的样式“{style}”", "选中用它的段落，换成样式列表里有的样式")


def _broken_tags(parts: Mapping[str, bytes]) -> list[Mistake]:
    """What Jinja cannot read, with the paragraph."""
    import jinja2
    from jinja2.exceptions import SecurityError

    from jinguo.word.sandbox import make_environment

    found = []
    for name, xml in parts.items():
        if not FILLED_PARTS.fullmatch(name):
            continue
        # A line a paragraph, so that the number of the line is that of the paragraph.
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", tags_made_whole(source_of(xml)))
        try:
            make_environment().from_string(source)
        except (SecurityError, RecursionError, SyntaxError):
            found.append(Mistake("", "有不允许的写法（宏、引用别的模板、层层循环）", "删去它，或恢复原来的模板"))
        except jinja2.TemplateSyntaxError as error:
            if is_withheld(str(error.message)):
                found.append(Mistake("", "有不允许的写法", "删去它，或恢复原来的模板"))
                continue
            line = source.split("\n")[max((error.lineno or 1) - 1, 0)]
            found.append(
                Mistake(
                    re.sub(r"<[^>]+>", "", line),
                    syntax_words(str(error.message)),
                    "检查 {{ }}、{% %} 是否成对，{% if %}、{% for %} 是否有结束",
                )
            )
    return found


def _unknown_names(data: bytes, asked: Mapping[str, Shape], known: Known) -> Iterator[Mistake]:
    """Names that have nothing to be replaced by, each with the nearest that has; and what is not for the public."""
    plain = {plain_name(name): (name, fields) for name, fields in known.names.items()}
    for name, shape in asked.items():
        if name not in plain:
            guess = nearest(name, plain)
            hint = (
                f"是不是“{plain[guess][0]}”？请改正"
                if guess
                else "改成可以用的名称（见 docs/模板标记.md），或在台账里加一列"
            )
            yield Mistake(paragraph_with(data, name), f"“{name}”没有对应的内容", hint)
            continue
        header, fields = plain[name]
        if known.public and header in PRIVATE:
            yield _private(paragraph_with(data, name), header)
        yield from _unknown_fields(data, header, shape, fields, known.public)


def _unknown_fields(
    data: bytes, name: str, shape: Shape, fields: tuple[str, ...] | None, public: bool
) -> Iterator[Mistake]:
    inner = shape.rows
    if inner is not None and fields is None:
        yield Mistake(paragraph_with(data, name), f"“{name}”不是一张表，不能用 for", "直接写成 {{ " + name + " }}")
    elif inner is not None and fields:
        plain = {plain_name(field): field for field in fields}
        for field in inner.fields:
            if field not in plain:
                guess = nearest(str(field), plain, at_least=50)
                hint = f"是不是“{plain[guess]}”？请改正" if guess else f"可以用的：{'、'.join(fields)}"
                paragraph = paragraph_with(data, str(field), field=True)
                yield Mistake(paragraph, f"“{name}”的每一行里没有“{field}”", hint)
            elif public and plain[str(field)] in PRIVATE:
                yield _private(paragraph_with(data, str(field), field=True), plain[str(field)])


def _private(paragraph: str, name: str) -> Mistake:
    return Mistake(paragraph, f"“{name}”是个人信息，不能写进对外的材料", "删去这个标记")


def _bare(what: str) -> str:
    """What is said of a template, without naming it again."""
    return what.removeprefix("模板里").removeprefix("模板的")


def _trial(
    data: bytes, name: str, asked: Mapping[str, Shape], settings: Settings, today: datetime.date
) -> list[Mistake]:
    """What only shows when the template is filled: with words, and with empty words and no rows."""
    found: list[Mistake] = []
    try:
        template = Template(data, name, settings, today)
    except JinguoError as error:
        return [Mistake("", _bare(error.what), error.remedy.rstrip("。"))]
    for count in (2, 0):
        values: dict[str, Any] = {key: shape.sample(key, count) for key, shape in asked.items()}
        try:
            filled = template.render(values)
        except JinguoError as error:
            found.append(Mistake("", _bare(error.what), error.remedy.rstrip("。")))
            break
        for text in paragraphs(filled):
            if re.search(r"\{[{%]|[}%]\}|(?<![A-Za-z])None(?![A-Za-z])", text):
                found.append(Mistake(text, "填好以后还留着标记", "检查这一段的标记"))
    return list(dict.fromkeys(found))
