"""Click's own words in Chinese: it asks gettext for them, which finds them in the catalogue beside this module.

The words are in locale/zh/LC_MESSAGES/messages.po; `scripts/maintenance/renew.py` makes the .mo of it that gettext reads.
"""

from __future__ import annotations

import gettext
import os
import unicodedata
from pathlib import Path

import click.formatting

LOCALE = Path(__file__).with_name("locale")
LANGUAGE = "zh"


def _columns(text: str) -> int:
    """How many columns a text takes on the console: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def install() -> None:
    """Let gettext find the words, whatever language the computer is set to; a word that is not there stays as it is."""
    click.formatting.term_len = _columns  # type: ignore[assignment]
    # gettext goes by this before it looks at the computer's own settings, which Windows does not have there.
    os.environ["LANGUAGE"] = LANGUAGE
    gettext.bindtextdomain(gettext.textdomain(), LOCALE)
