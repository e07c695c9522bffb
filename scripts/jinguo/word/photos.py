"""A photo made ready to print: upright, of the size it is printed in, and without what the telephone wrote into it (place,
model, time): a form goes to many hands."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

#: 25 × 35 mm at 400 dots an inch need no more; the telephone's 4,000 only make letters of 28 MB.
_MOST_PIXELS = 600
_QUALITY = 88
#: Beyond this many dots a file is no photo, but made to fill the memory.
_LARGEST = 200_000_000
_KINDS = {b"RIFF": "WebP", b"BM": "BMP", b"GIF8": "GIF", b"II*\x00": "TIFF", b"MM\x00*": "TIFF", b"%PDF": "PDF"}


class UnreadablePhotoError(Exception):
    """A file that is no photo one can place; the text says what it is instead, in staff's words."""


def prepared(data: bytes) -> bytes:
    """The photo as a JPEG of at most 600 dots a side, turned as it was held, with no metadata; the same bytes for the same
    photo. Raises UnreadablePhotoError for what is no JPEG or PNG, or is broken."""
    from PIL import Image, ImageOps

    if not data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        raise UnreadablePhotoError(f"是 {_kind(data)}，不是 JPG 或 PNG" if _kind(data) else "不是图片")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
                if image.width * image.height > _LARGEST:
                    raise UnreadablePhotoError("大得不像照片")
                image.draft("RGB", (_MOST_PIXELS, _MOST_PIXELS))
                upright = ImageOps.exif_transpose(image)
                flat = _on_white(upright)
    except UnreadablePhotoError:
        raise
    # Pillow raises whatever its decoder of a broken file happens to.
    except Exception as error:
        raise UnreadablePhotoError("坏了，打不开") from error
    flat.thumbnail((_MOST_PIXELS, _MOST_PIXELS), Image.Resampling.LANCZOS)
    # A new image: nothing of the old one's metadata goes along.
    clean = Image.new("RGB", flat.size)
    clean.paste(flat)
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _on_white(image: PillowImage) -> PillowImage:
    """The image in RGB; what is transparent is white paper."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("RGB")
    return image.convert("RGB")


def _kind(data: bytes) -> str:
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypmsf1"):
        return "HEIC（苹果手机的格式）"
    return next((name for start, name in _KINDS.items() if data.startswith(start)), "")
