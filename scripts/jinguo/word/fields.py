"""The fields of a document: what each is told to do, whatever runs Word has torn its instruction into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

#: Fields that Word fills from the document itself (ISO/IEC 29500-1, 17.16.5).
OWN_FIELDS = frozenset(["PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "TOC", "PAGEREF", "HYPERLINK", "SEQ", "EQ", "="])
#: Fields that do nothing but print: a date, a property, a name of a mail merge, a form. They are no field of ours, but harmless.
HARMLESS_FIELDS = OWN_FIELDS | frozenset(
    [
        "ADVANCE",
        "AUTHOR",
        "AUTONUM",
        "AUTONUMLGL",
        "AUTONUMOUT",
        "BARCODE",
        "BIBLIOGRAPHY",
        "BIDIOUTLINE",
        "CITATION",
        "COMMENTS",
        "COMPARE",
        "CREATEDATE",
        "DATE",
        "DISPLAYBARCODE",
        "DOCPROPERTY",
        "DOCVARIABLE",
        "EDITTIME",
        "FILENAME",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "FORMTEXT",
        "FORMULA",
        "IF",
        "INDEX",
        "INFO",
        "KEYWORDS",
        "LASTSAVEDBY",
        "LISTNUM",
        "MERGEFIELD",
        "MERGEREC",
        "MERGESEQ",
        "NOTEREF",
        "NUMCHARS",
        "NUMWORDS",
        "PRINTDATE",
        "QUOTE",
        "REF",
        "REVNUM",
        "SAVEDATE",
        "SHAPE",
        "STYLEREF",
        "SUBJECT",
        "SYMBOL",
        "TA",
        "TC",
        "TEMPLATE",
        "TIME",
        "TITLE",
        "TOA",
        "XE",
    ]
)


def _instructions(root: Any) -> Iterator[str]:
    """The instruction of every field, whole, though Word may have split it over several runs; what another field works out in it
    stands as \\0."""
    open_fields: list[list[str] | None] = []
    for element in root.iter("{*}fldChar", "{*}instrText", "{*}delInstrText", "{*}fldSimple"):
        name = element.tag.rpartition("}")[2]
        if name == "fldSimple":
            yield next((value for key, value in element.items() if key.rpartition("}")[2] == "instr"), "")
            continue
        if name != "fldChar":
            if open_fields and open_fields[-1] is not None:
                open_fields[-1].append(element.text or "")
            continue
        mark = next((value for key, value in element.items() if key.rpartition("}")[2] == "fldCharType"), "")
        if mark == "begin":
            if open_fields and open_fields[-1] is not None:
                open_fields[-1].append("\0")
            open_fields.append([])
        elif open_fields:
            instruction = open_fields[-1]
            if instruction is not None:
                yield "".join(instruction)
            open_fields[-1] = None
            if mark == "end":
                open_fields.pop()
    yield from ("".join(left) for left in open_fields if left)


def field_names(root: Any) -> Iterator[str]:
    """The first word of each field's instruction, in capitals; empty where another field works it out."""
    for instruction in _instructions(root):
        words = instruction.split()
        if words:
            first = "=" if words[0].startswith("=") else words[0].upper()
            yield "" if "\0" in first else first


def field_links(root: Any) -> Iterator[str]:
    """Where the HYPERLINK fields lead, other than within the document."""
    for instruction in _instructions(root):
        words = re.findall(r'"[^"]*"|\S+', instruction)
        if words and words[0].upper() == "HYPERLINK" and len(words) > 1 and not words[1].startswith("\\"):
            yield words[1].strip('"')
