"""The long run: python -m tests.hard.fuzz TARGET [seconds], a target being one of tests/hard/targets.py. Guided by coverage where atheris is installed
(pip install atheris), else at random; whatever fails is printed with the data that made it fail."""

from __future__ import annotations

import random
import sys
import time
import traceback

from tests.hard.targets import TARGETS


def at_random(name: str, seconds: float) -> None:
    chance, end, count, failed = random.Random(1), time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        data = chance.randbytes(chance.randrange(4, 25))
        count += 1
        try:
            TARGETS[name](data)
        except Exception:
            failed += 1
            print(data.hex())
            traceback.print_exc(limit=-4)
    print(f"{name}：{count} 次，{failed} 次出错")


def guided(name: str, seconds: float) -> None:
    import atheris

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={int(seconds)}", "-max_len=25"], lambda data: TARGETS[name](data) if len(data) > 3 else None)  # fmt: skip
    atheris.Fuzz()


def main() -> None:
    name, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 60
    try:
        import atheris  # noqa: F401
    except ImportError:
        at_random(name, seconds)
    else:
        guided(name, seconds)


if __name__ == "__main__":
    main()
