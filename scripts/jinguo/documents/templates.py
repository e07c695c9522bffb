"""The templates the program comes with, made by the builders that the register names."""

from __future__ import annotations

import json
from pathlib import Path

from jinguo.common.writing import digest
from jinguo.documents.factory.mail_body import BODY, FILE
from jinguo.documents.opening import settings_placed
from jinguo.documents.register import DOCUMENTS
from jinguo.word.template_files import make_template

#: The builder of every template by its file name.
TEMPLATES = {document.template: document.build for document in DOCUMENTS.values()}


def build_template(name: str) -> bytes:
    """The template as the program comes with it, the same bytes every time."""
    return make_template(TEMPLATES[name])


def digests() -> str:
    """What `opening` knows the templates by as the program comes with them."""
    built = {name: build_template(name) for name in TEMPLATES}
    found = {name: {"sha256": digest(data), "places": settings_placed(data)} for name, data in built.items()}
    return f"{json.dumps(found, ensure_ascii=False, indent=1)}\n"


def write_templates(folder: Path) -> list[Path]:
    """Write every template into `folder`, the words of a mail among them; for maintainers, when one has changed."""
    paths = [folder / FILE]
    paths[0].write_text(BODY, encoding="utf-8", newline="\n")
    for name in TEMPLATES:
        path = folder / name
        path.write_bytes(build_template(name))
        paths.append(path)
    return paths
