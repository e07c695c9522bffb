"""Who gets which of the documents that are due: every recipient once, with exactly what is meant for him or her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jinguo.documents.due_document import DueDocument
from jinguo.registry.tables import Registry


@dataclass
class Recipient:
    """One letter-box: a name, an address (None where there is none), and the documents for it. `trouble` says why
    nothing may be sent."""

    name: str
    address: str | None
    due: list[DueDocument] = field(default_factory=list)
    trouble: str = ""


def recipients(registry: Registry, due: Sequence[DueDocument]) -> list[Recipient]:
    """The townships, the organisations a notice is meant for, then those who get a letter of their own.

    Nothing goes to an address that is missing; and a letter to one goes to no address that somebody else has as well.
    """
    found: dict[tuple[str, str | None], Recipient] = {}
    for document in due:
        for name, address in [(document.to, document.address)] if document.to else _all_meant(registry, document):
            found.setdefault((name, address), Recipient(name, address)).due.append(document)
    owners = _owners(registry)
    for recipient in found.values():
        others = sorted(owners.get((recipient.address or "").lower(), set()) - {recipient.name})
        if recipient.address is None:
            recipient.trouble = "没有邮箱，或邮箱写得不对"
        elif others and any(d.to for d in recipient.due):
            recipient.trouble = f"邮箱与{'、'.join(others)}的相同，给一个人的材料不能发到别人那里"
    return list(found.values())


def _all_meant(registry: Registry, due: DueDocument) -> list[tuple[str, str | None]]:
    """The townships, and the organisations a notice is meant for; those without an address are reached through their
    township, unless it is meant for them alone."""
    townships = (
        [(f"{name}妇联", email) for _, name, email in registry["townships"].each("name", "email") if name]
        if due.townships
        else []
    )
    meant = [
        (name, email)
        for _, number, name, email, tier, status in registry["organisations"].each(
            "number", "name", "email", "tier", "status"
        )
        if name and status != "已注销" and (email or not due.townships) and _is_meant(due, number, tier)
    ]
    return townships + meant


def _is_meant(due: DueDocument, number: str, tier: str | None) -> bool:
    if due.meant is not None:
        return number in due.meant
    return not due.tiers or tier in due.tiers


def _owners(registry: Registry) -> dict[str, set[str]]:
    """Whose each address is: of townships, organisations and people."""
    found: dict[str, set[str]] = {}
    for table, suffix in (("townships", "妇联"), ("organisations", ""), ("people", "")):
        for _, name, email in registry[table].each("name", "email"):
            if name and email:
                found.setdefault(email.lower(), set()).add(f"{name}{suffix}")
    return found
