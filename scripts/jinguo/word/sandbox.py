"""Templates are untrusted: what the tags of one may say (what it may bring along: hostile.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

#: Loops inside loops, each over a table of the registry: more would only serve to run for ever.
_DEEPEST = 3
#: A text that a template makes of others is no longer than this: what grows with every step would take all memory.
_LONGEST = 100_000
#: All the loops of a document together write no more signs than this; a thousand letters in one have a third of it.
_MOST_WRITTEN = 30_000_000
#: What a turn of a loop costs that writes nothing.
_A_TURN = 50
_MOST_DECIMALS = 20
_TOO_LONG = "the text would go on and on"
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

#: The filters that make rows of rows.
_OF_ROWS = ("sort", "unique", "reverse", "list")


def make_environment() -> Any:
    """Jinja as templates get it: strict, escaped, sandboxed, without functions, macros, imports or multiplied texts."""
    import jinja2
    from jinja2.exceptions import SecurityError
    from jinja2.runtime import markup_join, str_join
    from jinja2.sandbox import SandboxedEnvironment

    class Environment(SandboxedEnvironment):
        #: The signs that loops and filters have written of the document that is being filled.
        spent = 0
        intercepted_binops = frozenset(["*", "**", "%"])

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if operator == "**" or not all(isinstance(side, int | float) for side in (left, right)):
                raise SecurityError("only numbers may be multiplied and divided")
            return super().call_binop(context, operator, left, right)

        def call(self, context: Any, function: Any, *values: Any, **jinjas: Any) -> Any:
            # No template calls anything: what is called is the counting of turns below, ten times as fast as by Jinja's way.
            return function(*values)

        def spend(self, signs: int) -> str:
            """Count what a loop or a filter writes, and stop a document that would never end."""
            self.spent += signs
            if self.spent > _MOST_WRITTEN:
                raise SecurityError(_TOO_LONG)
            return ""

        def joined(self, *values: Any) -> Any:
            """What ~ makes of texts, no longer than a text may be."""
            texts = [value if isinstance(value, str) else str(value) for value in values]
            bounded(sum(map(len, texts)))
            return (markup_join if self.autoescape else str_join)(values)

        def _generate(self, source: Any, *rest: Any, **options: Any) -> Any:
            _count_turns(source)
            return super()._generate(source, *rest, **options)

        def _parse(self, source: str, name: str | None, filename: str | None) -> Any:
            tree = super()._parse(source, name, filename)
            _refuse_statements(tree, SecurityError)
            return _bounded_texts(tree)

    environment = Environment(undefined=jinja2.StrictUndefined, autoescape=True)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    replace, join, string, rounded = (environment.filters[name] for name in ("replace", "join", "string", "round"))

    def bounded(length: int) -> None:
        if length > _LONGEST:
            raise SecurityError(_TOO_LONG)
        environment.spend(length)

    def short_replace(context: Any, text: Any, old: str, new: str, *count: int) -> Any:
        bounded(len(str(text)) + str(text).count(str(old)) * len(str(new)))
        return replace(context, text, old, new, *count)

    def short_join(context: Any, values: Any, between: Any = "", attribute: Any = None) -> Any:
        values = list(values)
        bounded(len(values) * (len(str(between)) + 1))
        joined = join(context, values, between, attribute)
        bounded(len(joined))
        return joined

    def short_string(value: Any) -> Any:
        text = string(value)
        bounded(len(text))
        return text

    environment.filters["replace"] = jinja2.pass_eval_context(short_replace)
    environment.filters["join"] = jinja2.pass_eval_context(short_join)

    def short_round(value: Any, precision: int = 0, method: Any = "common") -> Any:
        if abs(precision) > _MOST_DECIMALS:
            raise SecurityError("no number has so many decimals")
        return rounded(value, precision, method)

    environment.filters["string"] = short_string
    environment.filters["round"] = short_round
    return environment


def forbidden_words(error: Exception) -> str:
    """Why a template was not carried out, for staff."""
    endless = str(error) == _TOO_LONG
    return "模板里有写不完的内容（循环太多，或一处文字太长），没有执行" if endless else "模板里有不允许的写法，没有执行"


def filled(template: Any, values: Mapping[str, Any]) -> str:
    """What a compiled template makes of these values; SecurityError where it would go on and on."""
    template.environment.spent = 0
    text: str = template.render(values)
    return text


def _count_turns(tree: Any) -> None:
    """Let every turn of every loop tell how much it writes."""
    from jinja2 import nodes

    for loop in list(tree.find_all(nodes.For)):
        words = sum(len(data.data) for body in loop.body for data in _written(body))
        counted = nodes.Call(nodes.EnvironmentAttribute("spend"), [nodes.Const(words + _A_TURN)], [], None, None)
        loop.body.insert(0, nodes.ExprStmt(counted).set_lineno(loop.lineno))


def _bounded_texts(tree: Any) -> Any:
    """Let ~ be carried out where the length of what it makes is counted."""
    from jinja2 import nodes
    from jinja2.visitor import NodeTransformer

    class Transformer(NodeTransformer):
        def visit_Concat(self, node: Any) -> Any:
            parts = [self.visit(part) for part in node.nodes]
            return nodes.Call(nodes.EnvironmentAttribute("joined"), parts, [], None, None, lineno=node.lineno)

    return Transformer().visit(tree)


def _written(node: Any) -> Iterator[Any]:
    """The plain text of a body, without that of the loops inside it, which count their own."""
    from jinja2 import nodes

    if isinstance(node, nodes.TemplateData):
        yield node
    elif not isinstance(node, nodes.For):
        for child in node.iter_child_nodes():
            yield from _written(child)


def is_withheld(message: str) -> bool:
    """Whether Jinja misses a filter that it has and templates may not use, and not one that it never had."""
    from jinja2.filters import FILTERS

    missing = re.search("No filter named '([^']+)'", message)
    return bool(missing and missing[1] in FILTERS)


def _refuse_statements(tree: Any, trouble: type[Exception]) -> None:
    """Raise for what a document has no use for: calls, macros, imports, other templates, names for values, loops in loops in
    loops, loops over what is no table."""
    from jinja2 import nodes

    no_words = (
        nodes.Call, nodes.Macro, nodes.CallBlock, nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends, nodes.Block, nodes.Assign,
        nodes.AssignBlock, nodes.FilterBlock, nodes.With, nodes.EvalContextModifier, nodes.ScopedEvalContextModifier,
    )  # fmt: skip

    def through_rows(loop: Any) -> None:
        root = loop.iter
        while isinstance(root, nodes.Getattr | nodes.Getitem | nodes.Filter) and root.node is not None:
            if isinstance(root, nodes.Filter) and root.name not in _OF_ROWS:
                raise trouble("a loop goes through a table")
            root = root.node
        if not isinstance(root, nodes.Name):
            raise trouble("a loop goes through a table")

    def look(node: Any, loops: int) -> None:
        """Look at a node inside so many loops, and at all below it."""
        if isinstance(node, no_words):
            raise trouble(f"{type(node).__name__} is not for documents")
        if isinstance(node, nodes.Name) and node.name in ("self", "super", "caller"):
            raise trouble("a document is not a template of templates")
        if isinstance(node, nodes.For):
            through_rows(node)
            loops += 1
            if loops > _DEEPEST or node.recursive:
                raise trouble("too many loops in loops")
        for child in node.iter_child_nodes():
            look(child, loops)

    look(tree, 0)
