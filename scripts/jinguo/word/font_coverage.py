"""Characters that the fonts of official documents lack: a name would come out in another font, or as a box."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1)
def _inside() -> frozenset[str]:
    """The Chinese characters of GB 2312, which are all that the fonts named _GB2312 hold."""
    return frozenset(
        bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)
    )


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character < "\ua000" or "\U00020000" <= character < "\U00040000"


def lacking(text: str, font: str) -> list[str]:
    """The characters of the text that the font lacks, each once in order; only known of the fonts named _GB2312."""
    if not font.endswith("_GB2312"):
        return []
    strange = {c for c in set(text) - _inside() if _is_chinese(c)}
    return list(dict.fromkeys(c for c in text if c in strange)) if strange else []
