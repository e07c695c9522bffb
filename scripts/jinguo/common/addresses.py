"""Cells by column and row, columns by letter and by number."""

from __future__ import annotations


def split_address(cell: str) -> tuple[str, int]:
    """The letters of the column and the row, counted from 1, of an address such as F12; no letters and 0 where it
    says none."""
    letters = cell.rstrip("0123456789")
    return letters, int(cell[len(letters) :] or 0)


def column_letter(index: int) -> str:
    """The letter of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The reverse of column_letter."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
