"""Write the templates the program comes with and the demo registry anew: python scripts/maintenance/make_demo.py [--into FOLDER]

For maintainers, after a change of the schema, the demo or a template's builder; a test says when it is needed. Nothing is
replaced that git does not have: an office that works in this folder keeps its workbooks and its edited templates.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from jinguo import demo
from jinguo.documents.opening import DIGESTS
from jinguo.documents.templates import digests, write_templates

ROOT = Path(__file__).resolve().parents[2]


def written(folder: Path) -> dict[str, bytes]:
    """Every file as it would be written, by its path below the project."""
    for name in ("templates", "workbooks"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    paths = [*write_templates(folder / "templates"), *demo.write(folder / "workbooks")]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return files | {DIGESTS.relative_to(ROOT).as_posix(): digests().encode("utf-8")}


def in_git(name: str) -> bytes | None:
    """A file as the last commit has it; None where it has none, or there is no git."""
    try:
        done = subprocess.run(["git", "show", f"HEAD:{name}"], cwd=ROOT, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, help="write into this folder instead of the project's")
    into = parser.parse_args().into
    if into:
        for name, data in written(into).items():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (into / name).write_bytes(data)
            print(into / name)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        files = written(Path(folder))
    there = {name: (ROOT / name).read_bytes() for name in files if (ROOT / name).is_file()}
    own = [name for name, data in there.items() if data != files[name] and data != in_git(name)]
    if own:
        print("not as git has them, so nothing was written:", *own, sep="\n    ", file=sys.stderr)
        print("commit or move them, or write elsewhere with --into FOLDER", file=sys.stderr)
        return 1
    for name, data in files.items():
        (ROOT / name).write_bytes(data)
        print(ROOT / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
