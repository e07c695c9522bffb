"""Make 巾帼台账-VERSION.zip for a Windows computer without Python and without a network: unzip, double-click.

    .venv/bin/python scripts/maintenance/make_bundle.py --runtime python-3.11.9-embed-amd64.zip
    .venv/bin/python scripts/maintenance/make_bundle.py            the runtime put together from packages

Made by a Python of the runtime's minor version, as its compiled files are of that version. The wheels are those of constraints.txt;
each is compared with bundling/wheels.sha256. Two runs give the same bytes.
"""

import argparse
import hashlib
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
#: The windows of mail programs and chats take no more.
MOST_BYTES = 65_000_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--runtime", type=Path, metavar="ZIP", help="python.org's embeddable package for 64-bit Windows"
    )
    parser.add_argument("--into", type=Path, default=ROOT / "dist", metavar="FOLDER", help="where the zip goes (dist)")
    parser.add_argument(
        "--cache", type=Path, default=ROOT / ".tools" / "wheels", metavar="FOLDER", help="where wheels are kept"
    )
    parser.add_argument(
        "--accept-new", action="store_true", help="add wheels that were not tested yet to wheels.sha256"
    )
    options = parser.parse_args()
    from maintenance.bundling import pack, runtime, wheels

    start = time.monotonic()
    try:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        found = wheels.fetch(options.cache / version, version, options.accept_new)
        python = runtime.from_embeddable(options.runtime) if options.runtime else runtime.put_together(options.cache)
        files = pack.contents(python, found)
    except (wheels.WheelTrouble, runtime.RuntimeTrouble, pack.PackTrouble) as trouble:
        print(f"no bundle: {trouble}", file=sys.stderr)
        return 2
    data = pack.packed(files)
    options.into.mkdir(parents=True, exist_ok=True)
    target = options.into / f"{pack.FOLDER}.zip"
    target.write_bytes(data)
    size = sum(map(len, files.values()))
    print(
        f"{target}: {len(data) / 1e6:.1f} MB, {len(files)} files, {size / 1e6:.0f} MB unpacked, {time.monotonic() - start:.0f} s"
    )
    print(f"sha256 {hashlib.sha256(data).hexdigest()}")
    if len(data) > MOST_BYTES:
        print(f"more than {MOST_BYTES / 1e6:.0f} MB", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":
        # The order of a set in a compiled module follows the seed.
        os.execve(sys.executable, [sys.executable, *sys.argv], dict(os.environ, PYTHONHASHSEED="0"))
    sys.exit(main())
