"""What a template asks for: the names in its tags, as shapes, and the paragraph each stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinguo.common.ooxml import read_parts
from jinguo.word.template import FILLED_PARTS, source_of, tags_made_whole

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass
class Shape:
    """What a template does with a name: takes fields of it, goes through its rows, or just places it."""

    fields: dict[str | int, Shape] = field(default_factory=dict)
    rows: Shape | None = None

    def sample(self, label: str, count: int = 2) -> Any:
        """A value of this shape: words, a row by names, or `count` rows; the words hold signs that must be escaped."""
        if self.rows is not None:
            return [self.rows.sample(f"{label}{n}", count) for n in range(1, count + 1)]
        if self.fields and all(isinstance(key, int) for key in self.fields):
            return [
                self.fields.get(n, Shape()).sample(f"{label}{n}", count) for n in range(max(map(int, self.fields)) + 1)
            ]
        if self.fields:
            return {str(key): shape.sample(str(key), count) for key, shape in self.fields.items()}
        return f"{label}<A&B>“样”" if count else ""


def shapes(data: bytes) -> dict[str, Shape]:
    """Every name the template's tags refer to, by its plain name (经费_元), and what is done with it.

    Raises jinja2.TemplateError where a tag is wrong.
    """
    from jinguo.word.sandbox import make_environment

    environment = make_environment()
    roots: dict[str, Shape] = {}
    for name, xml in read_parts(data).items():
        if FILLED_PARTS.fullmatch(name):
            _walk(environment.parse(tags_made_whole(source_of(xml))), {}, roots)
    return roots


def _walk(node: Any, bound: Mapping[str, Shape], roots: dict[str, Shape]) -> None:
    """Note what every expression below the node refers to; `bound` are the variables of the loops around it."""
    from jinja2 import nodes

    if isinstance(node, nodes.For):
        over = _shape_of(node.iter, bound, roots)
        _walk(node.iter, bound, roots)
        if over is not None and isinstance(node.target, nodes.Name):
            over.rows = over.rows or Shape()
            bound = {**bound, node.target.name: over.rows}
        for child in (*node.body, *node.else_):
            _walk(child, {**bound, "loop": Shape()}, roots)
        return
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        _shape_of(node, bound, roots)
    for child in node.iter_child_nodes():
        _walk(child, bound, roots)


def _shape_of(node: Any, bound: Mapping[str, Shape], roots: dict[str, Shape]) -> Shape | None:
    """The shape a name, or a field of one, stands for; None for what is computed."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return bound[node.name] if node.name in bound else roots.setdefault(node.name, Shape())
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        parent = _shape_of(node.node, bound, roots)
        key = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
        return None if parent is None or key is None else parent.fields.setdefault(key, Shape())
    return None


def paragraphs(data: bytes) -> Iterator[str]:
    """The text of every paragraph of every part that is filled, in order."""
    from lxml import etree

    for name, xml in read_parts(data).items():
        if FILLED_PARTS.fullmatch(name):
            for paragraph in etree.fromstring(xml).iter(f"{_W}p"):
                yield "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))


def character_count(data: bytes) -> int:
    """How many characters the text of a document has, without spaces and without what stands in its head and foot."""
    from lxml import etree

    body = etree.fromstring(read_parts(data)["word/document.xml"])
    return sum(len("".join((text.text or "").split())) for text in body.iter(f"{_W}t"))


def paragraph_with(data: bytes, name: str, field: bool = False) -> str:
    """The paragraph in one of whose tags the name stands, as a field of a row where `field`; empty where none is
    found."""
    before = r"(?<=\.)" if field else r"(?<![\w.])"
    word = re.compile(rf"\{{[{{%][^}}]*{before}{re.escape(name)}(?!\w)[^}}]*\}}")
    bracketed = re.sub(r"_([\u4e00-\u9fff]{1,4})$", r"(\1)", name)
    return next(
        (text for text in paragraphs(data) if word.search(text) or (bracketed != name and bracketed in text)), ""
    )
