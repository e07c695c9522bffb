"""Pictures and charts among the values of a template: {{ 照片 }}, {{ 图 }} become drawings in the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinguo.common.ooxml import attribute

_EMU_PER_MM = 36000
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_INLINE = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="图{number}" descr={name}/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{graphic}</a:graphic></wp:inline></w:drawing></w:r>'
    '<w:r><w:t xml:space="preserve">'
)
_PICTURE_GRAPHIC = (
    f'<a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr id="{{number}}" name="图{{number}}"/><pic:cNvPicPr/></pic:nvPicPr>'
    f'<pic:blipFill><a:blip xmlns:r="{_RELATION}" r:embed="rIdDrawing{{number}}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData>"
)
_CHART_GRAPHIC = f'<a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" xmlns:r="{_RELATION}" r:id="rIdDrawing{{number}}"/></a:graphicData>'
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG and how wide it stands, in millimetres; `height` where it must not be taller."""

    data: bytes
    width: float
    height: float = 0
    name: str = "照片"


@dataclass(frozen=True)
class NativeChart:
    """A chart part with its workbook (jinguo.excel.writing.chart), edited in Word by a double click; sizes in
    millimetres."""

    xml: bytes
    workbook: bytes
    name: str
    width: float = 150
    height: float = 75


class _Placed:
    """A drawing that writes itself; Jinja does not escape what has __html__."""

    def __init__(self, xml: str) -> None:
        self.xml = xml

    def __html__(self) -> str:
        return self.xml

    def __bool__(self) -> bool:
        return True


class Drawings:
    """The drawings of one document, numbered in the order of its values."""

    def __init__(self) -> None:
        self.count = 0
        self._parts: dict[str, Any] = {}
        self._relations: list[str] = []
        self._types: dict[str, str] = {}
        self._overrides: list[str] = []

    def place(self, drawing: Picture | NativeChart) -> _Placed:
        """The drawing as a value for the template. Raises an exception of python-docx where a picture is none."""
        self.count += 1
        sizes, graphic = self._picture(drawing) if isinstance(drawing, Picture) else self._chart(drawing)
        width, height = (round(size * _EMU_PER_MM) for size in sizes)
        filled = graphic.format(number=self.count, width=width, height=height)
        return _Placed(
            _INLINE.format(number=self.count, name=attribute(drawing.name), width=width, height=height, graphic=filled)
        )

    def _picture(self, picture: Picture) -> tuple[tuple[float, float], str]:
        import io

        from docx.image.image import Image

        image = Image.from_file(io.BytesIO(picture.data))
        width, height = picture.width, picture.width * image.px_height / image.px_width
        if picture.height and height > picture.height:
            width, height = width * picture.height / height, picture.height
        self._add("image", f"media/picture{self.count}.{image.ext}", picture.data)
        self._types[image.ext] = image.content_type
        return (width, height), _PICTURE_GRAPHIC

    def _chart(self, chart: NativeChart) -> tuple[tuple[float, float], str]:
        self._add("chart", f"charts/chart{self.count}.xml", chart.xml)
        self._overrides.append(f'<Override PartName="/word/charts/chart{self.count}.xml" ContentType="{_CHART_TYPE}"/>')
        self._types["xlsx"] = _WORKBOOK_TYPE
        self._parts[f"word/embeddings/chart{self.count}.xlsx"] = chart.workbook
        self._parts[f"word/charts/_rels/chart{self.count}.xml.rels"] = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_PACKAGE_RELATIONS}">'
            f'<Relationship Id="rId1" Type="{_RELATION}/package" Target="../embeddings/chart{self.count}.xlsx"/></Relationships>'
        ).encode()
        return (chart.width, chart.height), _CHART_GRAPHIC

    def _add(self, kind: str, target: str, data: bytes) -> None:
        self._parts[f"word/{target}"] = data
        self._relations.append(
            f'<Relationship Id="rIdDrawing{self.count}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        )

    def parts(self, template: Mapping[str, bytes]) -> dict[str, Any]:
        """The parts that the drawings add or change; nothing where there are none."""
        if not self.count:
            return {}
        relations, types = template["word/_rels/document.xml.rels"].decode(), template["[Content_Types].xml"].decode()
        relations = relations.replace("</Relationships>", f"{''.join(self._relations)}</Relationships>")
        for extension, content_type in self._types.items():
            if f'Extension="{extension}"' not in types:
                types = re.sub(
                    r"(<Types\b[^>]*>)",
                    rf'\1<Default Extension="{extension}" ContentType="{content_type}"/>',
                    types,
                    count=1,
                )
        types = types.replace("</Types>", f"{''.join(self._overrides)}</Types>")
        return self._parts | {"word/_rels/document.xml.rels": relations.encode(), "[Content_Types].xml": types.encode()}
