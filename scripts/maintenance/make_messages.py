"""Compile Click's words in Chinese, messages.po, to the messages.mo that gettext reads; a test says when it is needed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[1] / "jinguo" / "commands" / "locale" / "zh" / "LC_MESSAGES" / "messages.po"


def main() -> None:
    with SOURCE.open("rb") as source, SOURCE.with_suffix(".mo").open("wb") as target:
        write_mo(target, read_po(source, locale="zh"))
    print(SOURCE.with_suffix(".mo"))


main()
