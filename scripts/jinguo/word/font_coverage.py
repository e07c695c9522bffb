"""Characters that the fonts of official documents lack: a name would come out in another font, or as a box."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=1)
def _outside() -> re.Pattern[str]:
    """The Chinese characters outside GB 2312, which is all that the fonts named _GB2312 hold."""
    inside = {bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)}
    outside = "".join(chr(code) for code in range(0x3400, 0xA000) if chr(code) not in inside)
    return re.compile(f"[{outside}\U00020000-\U0003ffff]")


def lacking(text: str, font: str) -> list[str]:
    """The characters of the text that the font lacks, each once in order; only known of the fonts named _GB2312."""
    return list(dict.fromkeys(_outside().findall(text))) if font.endswith("_GB2312") else []
