"""Random choices: scores, quotas, pins; the certificate of each, and changes of one number in it."""

import random
import re
from decimal import Decimal

from jinguo.nominations.certificate import RankedPerson, certificate
from jinguo.nominations.limits import Limit
from jinguo.nominations.selection import select

#: A number, as JSON has it or in a text.
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def choice(seed, most=24):
    """Scores best first (many alike in every third), how many are chosen, the limits, and who is pinned."""
    rng = random.Random(seed)
    count = rng.randint(1, most)
    size, spread = rng.randint(1, max(1, count - 1)), (10_000, 300, 3)[seed % 3]
    scores = sorted((Decimal(rng.randint(0, spread)) / 100 for _ in range(count)), reverse=True)
    limits = []
    for n in range(rng.randint(0, 6)):
        bounds = sorted(rng.randint(0, size) for _ in range(2))
        least, most_of = (bound if rng.random() < 0.6 else None for bound in bounds)
        limits.append(Limit(f"要求{n}", frozenset(rng.sample(range(count), rng.randint(0, count))), least, most_of))
    pinned = frozenset(rng.sample(range(count), rng.randint(0, min(2, size)))) if rng.random() < 0.4 else frozenset()
    return scores, size, limits, pinned


def certified(seed, most=24):
    """The certificate of a random choice."""
    scores, size, limits, pinned = choice(seed, most)
    people = [RankedPerson(f"R{n}", f"甲{n}", s, Decimal(0), n, n in pinned) for n, s in enumerate(scores)]
    return certificate((f"PC{seed}", "名单"), people, size, limits, select(scores, size, limits, pinned))


def number_paths(part, path=()):
    """Where the numbers of a certificate stand."""
    items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in items:
        if _NUMBER.fullmatch(str(value)) and not isinstance(value, bool):
            yield (*path, key)
        yield from number_paths(value, (*path, key))


def changed(made, path, by):
    """Change one number of a certificate in its place."""
    for key in path[:-1]:
        made = made[key]
    value = made[path[-1]]
    made[path[-1]] = value + by if isinstance(value, int) else str(Decimal(value) + by)
