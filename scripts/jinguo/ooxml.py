"""The zip underneath xlsx and docx: parts in, the same parts out, at pinned times, so that equal content is equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

#: The earliest time a zip can hold; every entry gets it.
_PINNED = (1980, 1, 1, 0, 0, 0)


def read_parts(data: bytes) -> dict[str, bytes]:
    """Every part of a package by its name, in the order of the package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist() if not info.is_dir()}


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts; [Content_Types].xml first, as the Open Packaging Conventions advise."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda n: n != "[Content_Types].xml"):
            info = zipfile.ZipInfo(name, _PINNED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, parts[name])
    return stream.getvalue()
