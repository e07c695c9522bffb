"""Draw docs/pictures/样张 anew, a picture of the first page of every kind of document of the demo: python
scripts/maintenance/make_samples.py, where LibreOffice, pdftoppm and the fonts of .ci/tools are installed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "docs" / "pictures" / "样张"
sys.path.insert(0, str(ROOT / "scripts"))

from jinguo.documents.register import DOCUMENTS  # noqa: E402
from jinguo.word.libreoffice import to_pdfs  # noqa: E402

#: What the files of a kind are called where it is not what the kind is.
NAMES = {
    "值班安排通知": "值班安排", "吸纳团体会员批复": "团体会员批复", "推荐报告": "人选的报告", "推荐人选名单": "人选名单", "推荐人选登记表": "登记表",
}  # fmt: skip
DAYS = ("2026-10-15", "2027-03-01", "2026-05-20", "2026-03-10", "2026-10-25", "2026-07-01")


def run(folder: Path, *arguments: str) -> None:
    """One command of the program on the demo in this folder."""
    environment = dict(os.environ, JINGUO_HOME=str(folder), PYTHONPATH=str(ROOT / "scripts"))
    subprocess.run(
        [sys.executable, "-m", "jinguo", *arguments], env=environment, check=False, stdout=subprocess.DEVNULL
    )


def main() -> None:
    fonts = (ROOT / "tests" / "fonts.conf").read_text("utf-8").replace("FONTDIR", str(ROOT / ".tools" / "fonts"))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("workbooks", "templates"):
            (folder / name).symlink_to(ROOT / name)
        (folder / "fonts.conf").write_text(fonts, encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
        # Days on which between them everything is due.
        for day in DAYS:
            run(folder, "--today", day, "all")
        run(folder, "event", "HD0001")
        found: dict[str, bytes] = {}
        for path in sorted((folder / "output").rglob("*.docx")):
            kind = next((k for k in sorted(DOCUMENTS, key=len, reverse=True) if NAMES.get(k, k) in path.stem), None)
            if kind:
                found.setdefault(kind, path.read_bytes())
        SAMPLES.mkdir(parents=True, exist_ok=True)
        for kind, pdf in to_pdfs(found).items():
            (folder / "page.pdf").write_bytes(pdf)
            target = SAMPLES / kind
            subprocess.run(["pdftoppm", "-r", "48", "-f", "1", "-l", "1", "-singlefile", "-png", str(folder / "page.pdf"), str(target)], check=True)  # fmt: skip
            print(target.with_suffix(".png"))
        missing = [kind for kind in DOCUMENTS if kind not in found]
        print(f"没有样张：{'、'.join(missing) or '无'}")


main()
