"""Photos of people on their forms: whole, upright, small, and silent about where they were taken."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from jinguo.word.photos import UnreadablePhotoError, prepared
from tests.helpers import jinguo, office

_ORIENTATION, _GPS, _MODEL = 0x0112, 0x8825, 0x0110


def photo(width: int = 300, height: int = 420, kind: str = "JPEG", turned: int = 0, mode: str = "RGB") -> bytes:
    """A photo whose upper half is red and whose lower half is blue, as a telephone keeps it: turned, with place and model."""
    image = Image.new(mode, (width, height), "blue")
    image.paste(Image.new(mode, (width, height // 2), "red"), (0, 0))
    exif = Image.Exif()
    if turned:
        # Held upright, kept lying: 6 says that it must be turned to the right to be seen.
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif[_ORIENTATION] = 6
    exif[_MODEL] = "iPhone 42"
    exif.get_ifd(_GPS)[1] = "N"
    written = io.BytesIO()
    image.save(written, kind, **({"exif": exif} if kind in ("JPEG", "PNG", "WEBP") else {}))
    return written.getvalue()


def rgb(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = image.getpixel((int(x), int(y)))
    assert isinstance(found, tuple)
    return found


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_photo_that_lies_on_its_side_stands_up():
    image = opened(prepared(photo(turned=6)))
    assert image.size == (300, 420)
    assert rgb(image, 150, 50)[0] > 200 and rgb(image, 150, 400)[2] > 200


def test_nothing_of_the_telephone_goes_along():
    before, after = photo(), prepared(photo())
    assert b"iPhone 42" in before and b"iPhone" not in after
    assert dict(opened(after).getexif()) == {} and opened(after).info.keys() <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
    }


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_photo_is_made_as_large_as_it_is_printed(kind):
    data = prepared(photo(3000, 4200, kind))
    assert opened(data).size == (429, 600)
    assert len(data) < 100_000
    assert prepared(photo(3000, 4200, kind)) == data


def test_what_is_transparent_is_white():
    written = io.BytesIO()
    Image.new("RGBA", (50, 70), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(prepared(written.getvalue())).getpixel((25, 35)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (photo(kind="WEBP"), "是 WebP"),
        (photo(kind="BMP"), "是 BMP"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "是 HEIC"),
        (photo()[:400], "坏了"),
        (b"hello", "不是图片"),
        (b"", "不是图片"),
    ],
    ids=["WebP", "BMP", "HEIC", "cut off", "words", "nothing"],
)
def test_what_is_no_photo_is_told_as_what_it_is(data, says):
    with pytest.raises(UnreadablePhotoError, match=says):
        prepared(data)


def _forms(tmp_path, name: str, data: bytes):
    folder = office(tmp_path)
    (folder / "workbooks" / "照片").mkdir()
    (folder / "workbooks" / "照片" / name).write_bytes(data)
    done = jinguo(folder, "nominate", "TJ2603", "--stage", "报送")
    assert done.returncode == 0, done.stderr
    return done.stdout, next((folder / "output").rglob("孙婷 RY0001*.docx"))


def test_a_photo_beside_the_workbooks_is_placed(tmp_path):
    said, form = _forms(tmp_path, "RY0001.png", photo(kind="PNG"))
    assert opened(zipfile.ZipFile(form).read("word/media/picture1.jpg")).size == (300, 420)
    assert "孙婷缺主要事迹（" in said and "上官文静缺主要事迹、照片（" in said


@pytest.mark.parametrize("name", ["RY0001.heic", "RY0001.jpg"])
def test_a_file_that_is_no_photo_is_told_and_not_as_missing(tmp_path, name):
    said, form = _forms(tmp_path, name, b"\x00\x00\x00\x18ftypheic" + bytes(40))
    assert f"孙婷缺主要事迹、照片（{name} 是 HEIC（苹果手机的格式），不是 JPG 或 PNG，另存为 JPG 再放）（" in said
    assert not [n for n in zipfile.ZipFile(form).namelist() if "media" in n]


@pytest.mark.parametrize("size", [(300, 420), (600, 400)], ids=["upright", "broad"])
def test_the_whole_photo_stands_on_the_printed_form(to_pdf, tmp_path, size):
    import pdfplumber

    _, form = _forms(tmp_path, "RY0001.jpg", photo(*size))
    with pdfplumber.open(to_pdf(form)) as pdf:
        (image,) = pdf.pages[0].images
        shown = [(image["x1"] - image["x0"]) / 72 * 25.4, (image["bottom"] - image["top"]) / 72 * 25.4]
        printed = pdf.pages[0].to_image(resolution=100).original.convert("RGB")
    scale = 100 / 72
    assert shown == pytest.approx([25, 25 * size[1] / size[0]], abs=0.5)
    x = (image["x0"] + image["x1"]) / 2 * scale
    # Red above, blue below: nothing of it is cut off.
    assert rgb(printed, x, (image["top"] + 3) * scale)[0] > 200
    assert rgb(printed, x, (image["bottom"] - 3) * scale)[2] > 200
