"""The rules of the registry: one module per area, one function per rule, found here by their codes."""

from __future__ import annotations

from jinguo.checks import (  # noqa: F401
    applications,
    certificates,
    changes,
    contests,
    duplicates,
    duty,
    education,
    exams,
    inspections,
    letters,
    lifetimes,
    membership,
    nominations,
    opinions,
    organisations,
    people,
    posts,
    projects,
    records,
    relations,
    requirements,
    training,
)
from jinguo.checks.rule import RULES, Rule
from jinguo.common.findings import Finding
from jinguo.registry.tables import Registry

__all__ = ["RULES", "Rule", "check"]


def check(registry: Registry) -> list[Finding]:
    """All findings of a registry, those of reading it included, in the order of workbook, sheet, row and column."""
    findings = list(registry.findings)
    for code in sorted(RULES):
        findings += RULES[code].findings(registry)
    return sorted(findings, key=Finding.sort_key)
