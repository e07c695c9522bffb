"""Pictures among the values of a template: {{ 照片 }} becomes a drawing in the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_EMU_PER_MM = 36000
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="图片{number}" descr="{name}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="图片{number}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip xmlns:r="{relation}" r:embed="rIdPicture{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    '</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG and how wide it stands, in millimetres; `height` where it must not be taller."""

    data: bytes
    width: float
    height: float = 0
    name: str = "照片"


class _Placed:
    """A picture that writes itself as a drawing; Jinja does not escape what has __html__."""

    def __init__(self, xml: str) -> None:
        self.xml = xml

    def __html__(self) -> str:
        return self.xml

    def __bool__(self) -> bool:
        return True


class Pictures:
    """The pictures of one document, numbered in the order of its values."""

    def __init__(self) -> None:
        self.placed: list[tuple[str, str, bytes]] = []

    def place(self, picture: Picture) -> _Placed:
        """The picture as a value for the template. Raises an exception of python-docx where it is no picture."""
        import io

        from docx.image.image import Image

        image = Image.from_file(io.BytesIO(picture.data))
        number = len(self.placed) + 1
        width, height = picture.width, picture.width * image.px_height / image.px_width
        if picture.height and height > picture.height:
            width, height = width * picture.height / height, picture.height
        self.placed.append((f"picture{number}.{image.ext}", image.content_type, picture.data))
        sizes = {"width": round(width * _EMU_PER_MM), "height": round(height * _EMU_PER_MM)}
        return _Placed(_DRAWING.format(number=number, name=picture.name, relation=_RELATION, **sizes))

    def parts(self, template: Mapping[str, bytes]) -> dict[str, Any]:
        """The parts that the pictures add or change; nothing where there are none."""
        if not self.placed:
            return {}
        rels, types = template["word/_rels/document.xml.rels"].decode(), template["[Content_Types].xml"].decode()
        found: dict[str, Any] = {}
        for number, (name, content_type, data) in enumerate(self.placed, 1):
            found[f"word/media/{name}"] = data
            relation = f'<Relationship Id="rIdPicture{number}" Type="{_RELATION}/image" Target="media/{name}"/>'
            rels = rels.replace("</Relationships>", f"{relation}</Relationships>")
            extension = name.rpartition(".")[2]
            if f'Extension="{extension}"' not in types:
                types = re.sub(r"(<Types\b[^>]*>)", rf'\1<Default Extension="{extension}" ContentType="{content_type}"/>', types, count=1)
        found["word/_rels/document.xml.rels"] = rels.encode()
        found["[Content_Types].xml"] = types.encode()
        return found
