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


#: Word's own names, of the transitional and of the strict form of the standard; what is called alike elsewhere it passes over.
_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_FIELD_TAGS = [
    f"{{{space}}}{name}" for space in _SPACES for name in ("fldChar", "instrText", "delInstrText", "fldSimple")
]
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def _instructions(root: Any) -> Iterator[str]:
    """The instruction of every field, whole, though Word may have split it over several runs; what another field works out in it
    stands as \\0. Of what stands there twice, for one program and for another, each is looked at with what stands there once."""
    # Held on to, so that each stays the same object.
    elements = list(root.iter(*_FIELD_TAGS))
    branches = [
        {id(e) for branch in root.iter(f"{_CHOICES}{name}") for e in branch.iter(*_FIELD_TAGS)}
        for name in ("Choice", "Fallback")
    ]
    if not any(branches):
        yield from _of_stream(elements)
        return
    for passed_over in (branches[0] | branches[1], branches[1], branches[0]):
        yield from _of_stream([e for e in elements if id(e) not in passed_over])


def _of_stream(elements: list[Any]) -> Iterator[str]:
    open_fields: list[list[str] | None] = []
    for element in elements:
        space, _, name = element.tag[1:].rpartition("}")
        if name == "fldSimple":
            yield element.get(f"{{{space}}}instr") or ""
            continue
        if name != "fldChar":
            if open_fields and open_fields[-1] is not None:
                # All of its text, whatever stands between.
                open_fields[-1].append(element.xpath("string()"))
            continue
        mark = element.get(f"{{{space}}}fldCharType") or ""
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


#: The switches of HYPERLINK that have a word behind them: a place within, the target frame, the tip.
_WITH_WORD = ("\\l", "\\o", "\\t")


def field_links(root: Any) -> Iterator[str]:
    """Where the HYPERLINK fields lead, other than within the document."""
    for instruction in _instructions(root):
        words = re.findall(r'"[^"]*"|\S+', instruction)
        if not words or words[0].upper() != "HYPERLINK":
            continue
        before = ""
        for word in words[1:]:
            if not word.startswith("\\") and before not in _WITH_WORD:
                yield word.strip('"')
            before = word.lower()
