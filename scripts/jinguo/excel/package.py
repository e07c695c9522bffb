"""The parts of an xlsx package by what they are: which part is which sheet, relationships, content types."""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from jinguo.common.ooxml import Package

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
#: Characters that XML cannot hold.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CONTENT_TYPES = "[Content_Types].xml"
#: So many days lie between the first days of the two ways to count.
DAYS_1904 = 1462
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


#: A tree takes some hundred bytes for every tag.
_MOST_TAGS = 4_000_000


def parse(data: bytes) -> etree._Element:
    """A part as a tree; entities are not resolved and nothing is fetched. ValueError for one so large that it takes
    the memory."""
    if data.count(b"<") > _MOST_TAGS:
        raise ValueError("too many elements for a tree")
    return etree.fromstring(data, _PARSER)


def serialise(root: etree._Element) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def legal(text: str) -> str:
    """Text without the control characters XML cannot hold."""
    return text if text.isprintable() else ILLEGAL.sub("", text)


def relationships_part(part: str) -> str:
    """The part that holds the relationships of another: xl/worksheets/_rels/sheet1.xml.rels."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def relationships(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """By id: (the last word of the type, the target as a part's name; as it stands where it is external)."""
    name = relationships_part(part)
    if name not in package:
        return {}
    found = {}
    for relation in parse(package.read(name)):
        target = relation.get("Target") or ""
        if relation.get("TargetMode") != "External":
            target = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
            )
        found[relation.get("Id")] = ((relation.get("Type") or "").rpartition("/")[2], target)
    return found


def add_relationship(package: Package, part: str, kind: str, target: str) -> str:
    """Add a relationship from one part to another and return its id."""
    name = relationships_part(part)
    data = (
        package.read(name) if name in package else f'<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'.encode()
    )
    taken = set(re.findall(rb"""\bId\s*=\s*["']([^"']+)["']""", data))
    number = 1
    while f"rIdJinguo{number}".encode() in taken:
        number += 1
    line = f'<Relationship Id="rIdJinguo{number}" Type="{relation_base(package)}/{kind}" Target="{posixpath.relpath(target, posixpath.dirname(part))}"/>'.encode()
    package.write(name, _insert_before_end(data, b"Relationships", line))
    return f"rIdJinguo{number}"


def is_strict(package: Package) -> bool:
    """Whether the workbook is in the Strict form of the standard, whose namespaces are its own."""
    return b"purl.oclc.org/ooxml" in package.read(workbook_part(package))[:2000]


def main_space(package: Package) -> str:
    """The namespace of worksheets, styles and comments."""
    return (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
        if is_strict(package)
        else "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    )


def relation_base(package: Package) -> str:
    """The namespace of relationships."""
    strict = is_strict(package)
    host = "purl.oclc.org/ooxml" if strict else "schemas.openxmlformats.org"
    return f"http://{host}/officeDocument/{'' if strict else '2006/'}relationships"


def add_content_type(package: Package, part: str, kind: str) -> None:
    """Say what a new part is; for a .vml drawing the extension is declared instead."""
    data = package.read(CONTENT_TYPES)
    if part.endswith(".vml"):
        if re.search(rb"""Extension\s*=\s*["']vml["']""", data, re.IGNORECASE):
            return
        line = f'<Default Extension="vml" ContentType="{kind}"/>'.encode()
        # Defaults and overrides may stand in any order.
    else:
        if re.search(rb"""PartName\s*=\s*["']/?%s["']""" % re.escape(part.encode()), data, re.IGNORECASE):
            return
        line = f'<Override PartName="/{part}" ContentType="{kind}"/>'.encode()
    package.write(CONTENT_TYPES, _insert_before_end(data, b"Types", line))


def _insert_before_end(data: bytes, element: bytes, line: bytes) -> bytes:
    """Put a line before the end tag of the root element, whatever prefix it has; an empty root is opened."""
    found = re.search(rb"</((?:\w+:)?)" + element + rb"\s*>\s*$", data)
    if found:
        return data[: found.start()] + _prefixed(line, found[1]) + data[found.start() :]
    empty = re.search(rb"<((?:\w+:)?)" + element + rb"\b([^>]*)/>\s*$", data)
    if not empty:
        raise ValueError(f"no {element.decode()} at the end of the part")
    return (
        data[: empty.start()]
        + b"<%s%s%s>" % (empty[1], element, empty[2])
        + _prefixed(line, empty[1])
        + b"</%s%s>" % (empty[1], element)
    )


def _prefixed(line: bytes, prefix: bytes) -> bytes:
    return line.replace(b"<", b"<" + prefix, 1) if prefix else line


def workbook_part(package: Package) -> str:
    """The workbook's own part, by the package's relationships."""
    for relation in parse(package.read("_rels/.rels")) if "_rels/.rels" in package else ():
        if (relation.get("Type") or "").endswith("/officeDocument"):
            return (relation.get("Target") or "").lstrip("/")
    return "xl/workbook.xml"


def sheet_parts(package: Package) -> dict[str, str]:
    """The part of each worksheet by its name, in the order of the tabs; chart sheets are left out.

    ValueError where two have one name, which no program writes: which of them a reader takes cannot be known.
    """
    book = workbook_part(package)
    if book not in package:
        return {}
    targets = relationships(package, book)
    found = {}
    for sheet in parse(package.read(book)).iter("{*}sheet"):
        identifier = next((v for k, v in sheet.attrib.items() if str(k).endswith("relationships}id")), "")
        kind, target = targets.get(str(identifier), ("", ""))
        if kind == "worksheet" and target in package:
            if sheet.get("name") in found:
                raise ValueError("two sheets of one name")
            found[str(sheet.get("name"))] = target
    return found


def counts_from_1904(package: Package) -> bool:
    """Whether the workbook counts its days from 1904 (ECMA-376, part 1, 18.17.4.1)."""
    book = workbook_part(package)
    properties = parse(package.read(book)).find("{*}workbookPr") if book in package else None
    return properties is not None and properties.get("date1904") in ("1", "true")


def free_name(package: Package, pattern: str) -> str:
    """The first part name of a pattern with {} that is not taken."""
    number = 1
    while pattern.format(number) in package:
        number += 1
    return pattern.format(number)
