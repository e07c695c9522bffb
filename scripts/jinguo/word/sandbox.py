"""Templates are untrusted: what one may say, and what one may bring along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinguo.common.errors import JinguoError

#: Loops inside loops, each over a table of the registry: more would only serve to run for ever.
_DEEPEST = 3
#: A text that a template makes of others is no longer than this: what grows with every step would take all memory.
_LONGEST = 100_000
#: A part in another encoding than Word's could say what is looked for in other bytes.
_ANOTHER_ENCODING = re.compile(
    rb"""(?!(?:\xef\xbb\xbf)?\s*<)|(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE
)
_FILTERS = (
    "default",
    "d",
    "first",
    "join",
    "last",
    "length",
    "count",
    "list",
    "max",
    "min",
    "reverse",
    "round",
    "sort",
    "sum",
    "trim",
    "unique",
    "string",
    "int",
    "float",
    "replace",
    "e",
    "escape",
)


def make_environment() -> Any:
    """Jinja as templates get it: strict, escaped, sandboxed, without functions, macros, imports or multiplied texts."""
    import jinja2
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import SandboxedEnvironment

    class Environment(SandboxedEnvironment):
        intercepted_binops = frozenset(["*", "**", "%"])

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if operator == "**" or not all(isinstance(side, int | float) for side in (left, right)):
                raise SecurityError("only numbers may be multiplied and divided")
            return super().call_binop(context, operator, left, right)

        def _parse(self, source: str, name: str | None, filename: str | None) -> Any:
            tree = super()._parse(source, name, filename)
            _refuse_statements(tree, SecurityError)
            return tree

    environment = Environment(undefined=jinja2.StrictUndefined, autoescape=True)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    replace = environment.filters["replace"]

    def short_replace(context: Any, text: Any, old: str, new: str, *count: int) -> Any:
        if str(text).count(str(old)) * len(str(new)) > _LONGEST:
            raise SecurityError("the text would be too long")
        return replace(context, text, old, new, *count)

    environment.filters["replace"] = jinja2.pass_eval_context(short_replace)
    return environment


def is_withheld(message: str) -> bool:
    """Whether Jinja misses a filter that it has and templates may not use, and not one that it never had."""
    from jinja2.filters import FILTERS

    missing = re.search("No filter named '([^']+)'", message)
    return bool(missing and missing[1] in FILTERS)


def _refuse_statements(tree: Any, trouble: type[Exception]) -> None:
    """Raise for what a document has no use for: macros, imports, other templates, names for values, loops in loops in
    loops, loops over what is no table."""
    from jinja2 import nodes

    for kind in (
        nodes.Macro,
        nodes.CallBlock,
        nodes.Import,
        nodes.FromImport,
        nodes.Include,
        nodes.Extends,
        nodes.Block,
        nodes.Assign,
        nodes.AssignBlock,
        nodes.FilterBlock,
        nodes.With,
    ):
        if next(tree.find_all(kind), None):
            raise trouble(f"{kind.__name__} is not for documents")

    if any(name.name in ("self", "super", "caller") for name in tree.find_all(nodes.Name)):
        raise trouble("a document is not a template of templates")

    for loop in tree.find_all(nodes.For):
        root = loop.iter
        while isinstance(root, nodes.Getattr | nodes.Getitem | nodes.Filter) and root.node is not None:
            root = root.node
        if not isinstance(root, nodes.Name):
            raise trouble("a loop goes through a table")

    def depth(node: Any) -> int:
        inner = max((depth(child) for child in node.iter_child_nodes()), default=0)
        return inner + isinstance(node, nodes.For)

    if depth(tree) > _DEEPEST or any(node.recursive for node in tree.find_all(nodes.For)):
        raise trouble("too many loops in loops")


def refuse_hostile(parts: Mapping[str, bytes], where: str) -> None:
    """Raise JinguoError for a template that brings macros, controls, entities, or reaches out to other places."""
    for what in hostile_contents(parts):
        raise JinguoError(f"模板里{what}，没有使用", where, "拷回原来的模板；不要使用来历不明的模板。")


def hostile_contents(parts: Mapping[str, bytes]) -> list[str]:
    """What a template must not bring, each in a few words; empty for every template that Word makes of ours."""
    # Parts are called the same in capitals (ISO/IEC 29500-2, 6.2.2).
    by_name = {name.lower(): data for name, data in parts.items()}
    xml = {name: data for name, data in by_name.items() if name.endswith((".xml", ".rels"))}
    relations = [relation for name, data in xml.items() if name.endswith(".rels") for relation in _relations(data)]
    kinds = {kind for kind, _ in relations}
    found = []
    if (
        any("vbaproject" in name or "vbadata" in name for name in by_name)
        or b"macroenabled" in by_name.get("[content_types].xml", b"").lower()
    ):
        found.append("带有宏")
    if any("activex" in name or "/oleobject" in name for name in by_name) or kinds & {"oleObject", "control"}:
        found.append("带有控件或嵌入的程序对象")
    if any(b"<!DOCTYPE" in data or b"<!ENTITY" in data for data in xml.values()):
        found.append("有不允许的实体定义")
    if any(external and kind != "hyperlink" for kind, external in relations):
        found.append("引用了外部的文件或网址")
    if any(map(_ANOTHER_ENCODING.match, xml.values())):
        found.append("有读不懂的部分")
    return found


def _relations(data: bytes) -> list[tuple[str, bool]]:
    """(last word of the type, whether it leads out of the package) of each relationship; none where they cannot be
    read."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    return [
        (str(relation.get("Type")).rpartition("/")[2], relation.get("TargetMode", "Internal") != "Internal")
        for relation in (() if root is None else root.iter("{*}Relationship"))
    ]
