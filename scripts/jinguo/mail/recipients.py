"""Who gets which of the documents that are due: every recipient once, with exactly what is meant for him or her."""

from __future__ import annotations

from collections import Counter
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
    key: str = ""
    due: list[DueDocument] = field(default_factory=list)
    trouble: str = ""


def recipients(registry: Registry, due: Sequence[DueDocument]) -> list[Recipient]:
    """The townships, the organisations a notice is meant for, then those who get a letter of their own.

    Nothing goes to an address that is missing; and a letter to one goes to no address that somebody else has as well.
    """
    found: dict[tuple[str, str | None], Recipient] = {}
    for document in due:
        one = [(document.recipient, document.to, document.address)]
        for key, name, address in one if document.to else _all_meant(registry, document):
            found.setdefault((key, address), Recipient(name, address, key)).due.append(document)
    owners = _owners(registry)
    for recipient in found.values():
        mine = owners.get((recipient.address or "").lower(), {})
        others = sorted(
            {n for key, n in mine.items() if key != recipient.key and n != (recipient.key or recipient.name)}
        )
        if recipient.address is None:
            recipient.trouble = "没有邮箱，或邮箱写得不对"
        elif others and any(d.to for d in recipient.due):
            recipient.trouble = f"邮箱与{'、'.join(others)}的相同，给一个人的材料不能发到别人那里"
    return list(found.values())


def _all_meant(registry: Registry, due: DueDocument) -> list[tuple[str, str, str | None]]:
    """(key, name, address) of the townships, and of the organisations a notice is meant for; those without an address are reached through their
    township, unless it is meant for them alone."""
    townships = (
        [
            (f"{name}妇联", f"{name}妇联", email)
            for _, name, email in registry["townships"].each("name", "email")
            if name
        ]
        if due.townships
        else []
    )
    meant = [
        (number or name, name, email)
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


def _owners(registry: Registry) -> dict[str, dict[str, str]]:
    """Whose each address is, of townships, organisations and people: their names by what they are known by."""
    found: dict[str, dict[str, str]] = {}
    for table, key, suffix in (
        ("townships", "name", "妇联"),
        ("organisations", "number", ""),
        ("people", "number", ""),
    ):
        for _, number, name, email in registry[table].each(key, "name", "email"):
            if name and email:
                found.setdefault(email.lower(), {})[f"{number or name}{suffix}"] = f"{name}{suffix}"
    return found


def file_names(found: Sequence[Recipient]) -> list[str]:
    """What the draft of each recipient is called: by the name, and by the number too where two have one name."""
    counts = Counter(recipient.name for recipient in found)
    return [r.name if counts[r.name] == 1 else f"{r.name}（{r.key}）" for r in found]
