"""The zip underneath xlsx and docx: parts in, some written anew, the others copied as they lie there, at pinned
times."""

from __future__ import annotations

import datetime
import html
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, cast

from isal import isal_zlib
from lxml import etree

#: What reading a damaged package or part may raise.
DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    cast(type[Exception], isal_zlib.error),
    struct.error,
    etree.XMLSyntaxError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
#: The earliest time a zip can hold; every entry that is written here gets it.
_PINNED = (1980, 1, 1, 0, 0, 0)
#: When every generated workbook and document says it was made, so that the same content is the same bytes.
CREATED = datetime.datetime(2026, 1, 1)
_PINNED_DOS_DATE = 33
#: What every package says it was made on, whatever it was: else the same content would be other bytes on Windows.
_UNIX = 3
_CENTRAL, _LOCAL, _END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


def escape(text: str) -> str:
    """Text as it stands between tags. (xml.sax.saxutils does the same, but imports half of urllib for it.)"""
    return html.escape(text, quote=False)


#: What a parser would make a space of, or the end of the value.
_IN_ATTRIBUTES = str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def attribute(text: str) -> str:
    """Text as the value of an attribute, its quotes around it."""
    return f'"{escape(text).translate(_IN_ATTRIBUTES)}"'


#: A document of a thousand letters has ten million bytes of words; a tree takes ten times that.
_MOST_WORDS, _MOST_UNPACKED = 100_000_000, 1_000_000_000
_PICTURES, _MOST_SWOLLEN = 50_000_000, 10


def read_parts(data: bytes) -> dict[str, bytes]:
    """Every part of a package by its name, in the order of the package. BadZipFile for a document that unfolds to more words than
    anybody writes, or to more than memory takes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        infos = package.infolist()
        refuse_methods(infos)
        words = sum(
            i.file_size for i in infos if i.filename.startswith("word/") and i.filename.endswith((".xml", ".rels"))
        )
        whole = sum(i.file_size for i in infos)
        # Pictures are packed already: a document of a few that unfolds to hundreds of megabytes is none.
        swollen = words and whole - words > max(_PICTURES, _MOST_SWOLLEN * len(data))
        if words > _MOST_WORDS or whole > _MOST_UNPACKED or swollen:
            raise zipfile.BadZipFile("unfolds to more than a document is")
        return {info.filename: package.read(info) for info in package.infolist() if not info.is_dir()}


def refuse_methods(infos: Iterable[zipfile.ZipInfo]) -> None:
    """BadZipFile for parts packed otherwise than Office does: those methods unfold without a limit, whatever size is declared."""
    for info in infos:
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile(f"{info.filename} is packed in a way that Office does not use")


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts; [Content_Types].xml first, as the Open Packaging Conventions advise."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda n: n != "[Content_Types].xml"):
            info = zipfile.ZipInfo(name, _PINNED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = _UNIX
            package.writestr(info, parts[name])
    return stream.getvalue()


def made_anywhere(data: bytes) -> bytes:
    """A package of another writer with the same bytes on every system: its directory names the system each part was made on."""
    whole = bytearray(data)
    end = data.rindex(_END)
    count, place = struct.unpack_from("<H", data, end + 10)[0], struct.unpack_from("<I", data, end + 16)[0]
    for _ in range(count):
        whole[place + 5] = _UNIX
        lengths = struct.unpack_from("<HHH", data, place + 28)
        place += 46 + sum(lengths)
    return bytes(whole)


class Packed(NamedTuple):
    """A part that is packed already: its compressed bytes, their checksum unpacked, and their size unpacked."""

    raw: bytes
    checksum: int
    size: int


def packed(pieces: Iterable[bytes]) -> Packed:
    """A part packed piece by piece, so that it need never be whole in memory."""
    compressor = isal_zlib.compressobj(2, isal_zlib.DEFLATED, -15)
    raw, checksum, size = [], 0, 0
    for piece in pieces:
        raw.append(compressor.compress(piece))
        checksum, size = isal_zlib.crc32(piece, checksum), size + len(piece)
    raw.append(compressor.flush())
    return Packed(b"".join(raw), checksum, size)


def _check_directory(data: bytes, infos: Sequence[zipfile.ZipInfo]) -> None:
    """BadZipFile where the directory and the entries do not say the same: with a flipped bit in a length a part is gone."""
    end = data.rfind(_END)
    count = struct.unpack_from("<H", data, end + 10)[0]
    if count not in (len(infos) % 65536, 0xFFFF):
        raise zipfile.BadZipFile("the directory does not name as many parts as it says")
    for info in infos:
        start = info.header_offset
        name = data[start + 30 : start + 30 + struct.unpack_from("<H", data, start + 26)[0]]
        said = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace")
        if data[start : start + 4] != _LOCAL or name.replace(b"\\", b"/") != said.replace(b"\\", b"/"):
            raise zipfile.BadZipFile(f"{info.filename} is not where the directory says")


class Package:
    """A package to be written again with some of its parts changed or added, and all others byte for byte the same.

    An unchanged entry keeps its compressed bytes, its time and its place; so what a program put in that this one knows
    nothing of is still there.
    """

    def __init__(self, source: Path | bytes) -> None:
        self.data = source if isinstance(source, bytes) else source.read_bytes()
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            infos = package.infolist()
        _check_directory(self.data, infos)
        self._infos = [info for info in infos if not info.is_dir()]
        for info in self._infos:
            # Some programs write the names as Windows does.
            info.filename = info.filename.replace("\\", "/").lstrip("/")
        self._by_name = {info.filename: info for info in self._infos}
        self._spelled = {name.lower(): name for name in self._by_name}
        if len(self._spelled) < len(self._infos):
            # Which of the two is read depends on the reader.
            raise zipfile.BadZipFile("two parts of one name")
        self.changed: dict[str, bytes | Packed] = {}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._spelled

    def _as_spelled(self, name: str) -> str:
        """The name as the package has it: part names are the same in capitals and small letters (Open Packaging
        Conventions, 6.2.2.3)."""
        return self._spelled.get(name.lower(), name)

    def names(self) -> list[str]:
        """The parts as they will be written, the added ones last."""
        return [*self._by_name, *(name for name in self.changed if name not in self._by_name)]

    def read(self, name: str) -> bytes:
        """A part as it now stands; KeyError where there is none."""
        name = self._as_spelled(name)
        if name in self.changed:
            changed = self.changed[name]
            return changed if isinstance(changed, bytes) else isal_zlib.decompress(changed.raw, -15)
        info = self._by_name[name]
        data = self._unpacked(info)
        # One bit of the packed words may be another telephone number.
        if len(data) != info.file_size or isal_zlib.crc32(data) != info.CRC:
            raise zipfile.BadZipFile(f"{name} is not what its checksum says")
        return data

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        """An entry unpacked, and never more of it than its directory declares: what is declared has been looked at."""
        raw = self._raw(info)
        if info.compress_type == zipfile.ZIP_STORED:
            return raw
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise zipfile.BadZipFile(f"{info.filename} is packed in a way that Office does not use")
        unpacked: bytes = isal_zlib.decompressobj(wbits=-15).decompress(raw, info.file_size + 1)
        return unpacked

    def write(self, name: str, data: bytes) -> None:
        """Change or add a part; one that is written with what it already holds stays as it lies there."""
        name = self._as_spelled(name)
        info = self._by_name.get(name)
        if info and name not in self.changed and info.file_size == len(data) and self.read(name) == data:
            return
        self._spelled[name.lower()] = name
        self.changed[name] = data

    def write_packed(self, name: str, part: Packed) -> None:
        """Change a part to one that is packed already."""
        self.changed[self._as_spelled(name)] = part

    def to_bytes(self) -> bytes:
        """The package with its changes."""
        return self.with_parts(self.changed)

    def with_parts(self, changed: Mapping[str, bytes | Packed]) -> bytes:
        """The package as it was read with these parts, and no other changes; for many documents out of one template."""
        stream = io.BytesIO()
        directory = []
        for info in self._infos:
            if info.filename in changed:
                directory.append(_write_entry(stream, info.filename, changed[info.filename]))
            else:
                directory.append(self._copy_entry(stream, info))
        for name, data in changed.items():
            if name not in self._by_name:
                directory.append(_write_entry(stream, name, data))
        start = stream.tell()
        stream.write(b"".join(directory))
        size = stream.tell() - start
        stream.write(struct.pack("<4s4H2LH", _END, 0, 0, len(directory), len(directory), size, start, 0))
        return stream.getvalue()

    def _raw(self, info: zipfile.ZipInfo) -> bytes:
        """The compressed bytes of an entry."""
        name_length, extra_length = struct.unpack_from("<2H", self.data, info.header_offset + 26)
        start = info.header_offset + 30 + name_length + extra_length
        return self.data[start : start + info.compress_size]

    def _copy_entry(self, stream: io.BytesIO, info: zipfile.ZipInfo) -> bytes:
        """Copy the compressed bytes of an entry as they are, and return its line of the central directory."""
        raw = self._raw(info)
        year, month, day, hour, minute, second = info.date_time
        moment = (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day)
        name, flags = _encoded(info.filename, info.flag_bits)
        sizes = (info.CRC, info.compress_size, info.file_size)
        return _put(stream, _Header(name, flags, info.compress_type, moment, sizes, info.external_attr), raw)


def _encoded(name: str, flags: int = 0) -> tuple[bytes, int]:
    """The name as stored, and the flags: UTF-8 where it is not ASCII, no data descriptor, as sizes stand in the
    header."""
    flags &= ~0x08 & ~0x800
    return (name.encode("ascii"), flags) if name.isascii() else (name.encode("utf-8"), flags | 0x800)


def _write_entry(stream: io.BytesIO, name: str, data: bytes | Packed) -> bytes:
    raw, checksum, size = data if isinstance(data, Packed) else packed([data])
    encoded, flags = _encoded(name)
    sizes = (checksum, len(raw), size)
    return _put(stream, _Header(encoded, flags, zipfile.ZIP_DEFLATED, (0, _PINNED_DOS_DATE), sizes, 0o600 << 16), raw)


class _Header(NamedTuple):
    """What the two headers of an entry say of it, as they have it (APPNOTE.TXT 4.3.7 and 4.3.12); sizes are the checksum,
    packed and unpacked."""

    name: bytes
    flags: int
    method: int
    moment: tuple[int, int]
    sizes: tuple[int, int, int]
    external: int


def _put(stream: io.BytesIO, header: _Header, raw: bytes) -> bytes:
    """Write an entry, and return its line of the central directory."""
    offset = stream.tell()
    fields = (20, header.flags, header.method, *header.moment, *header.sizes, len(header.name), 0)
    stream.write(struct.pack("<4s5H3L2H", _LOCAL, *fields) + header.name + raw)
    return struct.pack("<4s6H3L5H2L", _CENTRAL, 20, *fields, 0, 0, 0, header.external, offset) + header.name
