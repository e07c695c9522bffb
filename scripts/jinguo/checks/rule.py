"""What a rule is: one function over typed tables, with its code, title, reason and remedy beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from jinguo.common.findings import Finding, Severity, finding
from jinguo.registry.tables import Hit, Registry, Table

Check = Callable[[Registry], Iterator[Hit]]

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT


@dataclass(frozen=True)
class Rule:
    """A cross-field or cross-table rule. `title` is the rule as a sentence, `why` what goes wrong where it is broken,
    `source` the law and article, the parameter, or 惯例."""

    code: str
    severity: Severity
    title: str
    why: str
    remedy: str
    source: str
    check: Check

    def findings(self, registry: Registry) -> list[Finding]:
        """Every place where the rule is broken, as findings in the shape place → what → rule → remedy."""
        return [self._finding(hit) for hit in self.check(registry)]

    def _finding(self, hit: Hit) -> Finding:
        table = hit.table
        return finding(
            self, table.address(hit.index, hit.field), table.shown(hit.index, hit.field), hit.what, hit.remedy
        )


RULES: dict[str, Rule] = {}
_Span = TypeVar("_Span", bound=tuple[Any, Any, Any])


def rule(code: str, severity: Severity, title: str, *, why: str, remedy: str, source: str) -> Callable[[Check], Check]:
    """Register a check under its stable code."""

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"two rules have the code {code}")
        RULES[code] = Rule(code, severity, title, why, remedy, source, check)
        return check

    return register


def doubles(table: Table, *fields: str) -> Iterator[tuple[int, int]]:
    """(row, earlier row) for each row in which all these fields are as in an earlier one; gaps are equal to nothing."""
    columns = [table[field] for field in fields]
    # Mostly nothing is there twice, which a set tells in a fraction of the time.
    known = [values for values in zip(*columns, strict=True) if None not in values]
    if len(set(known)) == len(known):
        return
    first: dict[tuple, int] = {}
    for i, values in enumerate(zip(*columns, strict=True)):
        before = first.setdefault(values, i)
        if before != i and None not in values:
            yield i, before


def after_latest(spans: Iterable[_Span]) -> Iterator[tuple[_Span, _Span]]:
    """Each span (start, end, row) but the earliest, with the one of all before it that ends last: it overlaps any of
    them only if it overlaps that one, and there is a gap before it only if there is one after that."""
    latest, *later = sorted(spans)
    for span in later:
        yield latest, span
        latest = max(latest, span, key=lambda held: held[1])
