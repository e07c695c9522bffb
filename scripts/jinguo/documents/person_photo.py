"""The photo of a person, as it lies beside the workbooks."""

from __future__ import annotations

import glob
from typing import NamedTuple

from jinguo.registry.tables import Registry
from jinguo.word.photos import UnreadablePhotoError, prepared

#: The photo of a person is a file named by her number in this folder beside the workbooks.
_PHOTOS, _PHOTO_TYPES = "照片", (".jpg", ".jpeg", ".png")


class Photo(NamedTuple):
    """Somebody's photo ready to be placed, or what is wrong with it: 照片 where there is none."""

    data: bytes
    trouble: str = ""


def photo_of(registry: Registry, person: str) -> Photo:
    """Her photo beside the workbooks; a file of hers that is no photo is told as what it is, and not as missing."""
    made = registry.once(_made)
    if person not in made:
        made[person] = _photo(registry, person)
    return made[person]


def _made(registry: Registry) -> dict[str, Photo]:
    """The photos made ready so far, as a form and the list of what is missing both ask for them."""
    return {}


def _photo(registry: Registry, person: str) -> Photo:
    files = [p for p in sorted((registry.folder / _PHOTOS).glob(f"{glob.escape(person)}.*")) if p.is_file()]
    troubles = []
    for path in sorted(files, key=lambda p: p.suffix.lower() not in _PHOTO_TYPES):
        try:
            return Photo(prepared(path.read_bytes()))
        except (UnreadablePhotoError, OSError) as error:
            why = str(error) if isinstance(error, UnreadablePhotoError) else "读不了"
            troubles.append(f"照片（{path.name} {why}，另存为 JPG 再放）")
    return Photo(b"", troubles[0] if troubles else "照片")
