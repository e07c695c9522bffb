"""scripts/start.py: the set-up a newcomer does, and what it says when it cannot."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import dropped_files
from jinguo.commands import commands
from maintenance.make_launchers import IN_BUNDLE, IN_SCRIPTS, LAUNCHERS, launcher
from tests.helpers import ROOT, has_chinese


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """start.py loaded as if it lay in a project of its own."""
    (tmp_path / "scripts").mkdir()
    for name in ("setup.cfg", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    copy = shutil.copy(ROOT / "scripts" / "start.py", tmp_path / "scripts" / "start.py")
    spec = importlib.util.spec_from_file_location("start_under_test", copy)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fake_environment(start: ModuleType, extras: str = "run") -> None:
    """A .venv as a finished installation leaves it; its python notes how it was called."""
    python = start.venv_python()
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$JINGUO_HOME|$PYTHONUTF8|$*"\nexit 7\n')
    python.chmod(0o755)
    (start.VENV / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).parent}\n", "utf-8")
    start.STAMP.write_text(start.wanted_stamp(extras), encoding="utf-8")


def recorded_steps(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Replace the slow steps by a note of what would have been run; the venv step makes the python."""
    steps: list[list[str]] = []

    def step(command: list[str], trouble: str) -> None:
        steps.append(command)
        if "venv" in command:
            start.venv_python().parent.mkdir(parents=True)
            start.venv_python().write_text("")
            (start.VENV / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).parent}\n", "utf-8")

    monkeypatch.setattr(start, "run_setup_step", step)
    return steps


def test_syntax_is_old_enough_to_say_that_python_is_too_old():
    ast.parse((ROOT / "scripts" / "dropped_files.py").read_text("utf-8"), feature_version=(3, 7))
    source = (ROOT / "scripts" / "start.py").read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    assert any(isinstance(node, ast.FunctionDef) and node.name == "check_python" for node in tree.body)


def test_uses_the_standard_library_only():
    source = (ROOT / "scripts" / "start.py").read_text("utf-8")
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", source, re.MULTILINE))
    # With the runtime of the bundle everything is there at once.
    assert imported - {"dropped_files", "unfold", "jinguo"} <= set(sys.stdlib_module_names)


def test_too_old_a_python_is_named_with_what_to_do(start, monkeypatch, capsys):
    monkeypatch.setattr(start.sys, "version_info", (3, 8, 10))
    assert start.main(["all"]) == 2
    said = capsys.readouterr().out
    assert "Python 是 3.8，太旧了；巾帼台账需要 3.11" in said
    assert "python.org" in said
    assert not start.VENV.exists()


def test_a_python_without_venv_is_explained(start, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert start.main(["all"]) == 2
    said = capsys.readouterr().out
    assert "缺少 venv 模块（ensurepip）" in said
    assert "apt install python3-venv" in said


def test_no_network_is_explained_with_the_words_of_pip(start, monkeypatch, capsys):
    def run(command, **_):
        if "venv" in command:
            start.venv_python().parent.mkdir(parents=True)
            start.venv_python().write_text("")
            return subprocess.CompletedProcess(command, 0, b"")
        return subprocess.CompletedProcess(command, 1, b"line one\nERROR: No matching distribution found for click\n")

    monkeypatch.setattr(start.subprocess, "run", run)
    assert start.main(["check"]) == 2
    said = capsys.readouterr().out
    assert "联网安装失败" in said
    assert "wheelhouse" in said
    assert "ERROR: No matching distribution found for click" in said
    assert not start.STAMP.exists()


def test_first_run_makes_the_environment_and_says_so(start, monkeypatch, capsys):
    steps = recorded_steps(start, monkeypatch)
    start.install("run")
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.strip().startswith(("1/2", "2/2"))] == [
        "  1/2 建立 .venv ……",
        "  2/2 联网安装所需的程序包……",
    ]
    assert steps[0][1:] == ["-m", "venv", str(start.VENV)]
    assert steps[1][-4:] == ["-c", "constraints.txt", "-e", "."]
    assert start.installed("run")


def test_tests_install_their_own_tools_too(start, monkeypatch):
    steps = recorded_steps(start, monkeypatch)
    start.install("test")
    assert steps[1][-1] == ".[test]"
    assert start.installed("test")
    assert start.installed("run"), "an environment for the tests serves the commands as well"


def test_an_environment_for_commands_is_not_enough_for_the_tests(start):
    fake_environment(start, "run")
    assert start.installed("run")
    assert not start.installed("test")


def test_the_tests_add_their_tools_to_an_environment_for_commands(start, monkeypatch, capsys):
    fake_environment(start, "run")
    kept = start.VENV / "kept.txt"
    kept.write_text("")
    steps = recorded_steps(start, monkeypatch)
    start.install("test")
    assert [step[-1] for step in steps] == [".[test]"]
    assert kept.exists() and start.installed("test")
    assert "加上自检的工具" in capsys.readouterr().out


def test_an_environment_half_extended_is_made_anew(start, monkeypatch):
    fake_environment(start, "run")
    kept = start.VENV / "kept.txt"
    kept.write_text("")

    def broken(command, trouble):
        raise start.CannotStart(trouble)

    monkeypatch.setattr(start, "run_setup_step", broken)
    with pytest.raises(start.CannotStart):
        start.install("test")
    assert not start.installed("run")
    recorded_steps(start, monkeypatch)
    start.install("test")
    assert not kept.exists()


@pytest.mark.parametrize("name", ["setup.cfg", "constraints.txt"])
def test_an_outdated_environment_is_not_extended(start, name):
    fake_environment(start, "run")
    assert start.may_be_extended("test") and not start.may_be_extended("run")
    (start.ROOT / name).write_text("changed", encoding="utf-8")
    assert not start.may_be_extended("test")


def test_wheelhouse_is_used_without_network(start, monkeypatch, capsys):
    start.WHEELHOUSE.mkdir()
    steps = recorded_steps(start, monkeypatch)
    start.install("run")
    assert "--no-index" in steps[1]
    assert steps[1][steps[1].index("--find-links") + 1] == str(start.WHEELHOUSE)
    assert "不联网" in capsys.readouterr().out


def test_a_half_made_environment_is_rebuilt(start, monkeypatch, capsys):
    (start.VENV / "lib").mkdir(parents=True)
    (start.VENV / "lib" / "broken").write_text("half")
    recorded_steps(start, monkeypatch)
    start.install("run")
    assert not (start.VENV / "lib" / "broken").exists()
    assert "正在重建" in capsys.readouterr().out


def test_an_environment_that_cannot_be_removed_is_explained(start, monkeypatch, capsys):
    start.VENV.mkdir()

    def refuse(_):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(start.shutil, "rmtree", refuse)
    assert start.main(["all"]) == 2
    assert "删不掉旧的运行环境" in capsys.readouterr().out


def test_a_command_does_not_take_the_tests_tools_away(start, monkeypatch):
    fake_environment(start, "test")
    with (start.ROOT / "setup.cfg").open("a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    steps = recorded_steps(start, monkeypatch)
    monkeypatch.setattr(start.subprocess, "call", lambda *_, **__: 0)
    assert start.main(["all"]) == 0
    assert steps[1][-1] == ".[test]"


@pytest.mark.parametrize("config", [None, "home = /nowhere/python\n", "version = 3.11\n"])
def test_an_environment_of_another_computer_is_made_anew(start, config):
    """The folder was copied from another PC, or Python was moved: its .venv runs nothing."""
    fake_environment(start)
    assert start.installed("run")
    if config is None:
        (start.VENV / "pyvenv.cfg").unlink()
    else:
        (start.VENV / "pyvenv.cfg").write_text(config, "utf-8")
    assert not start.installed("run")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"version_info": (3, 15, 0)}, "太新了"),
        ({"version_info": (3, 10, 4)}, "太旧"),
        ({"maxsize": 2**31 - 1}, "32 位的"),
    ],
)
def test_a_python_that_cannot_do_is_told_as_what_it_is(start, monkeypatch, capsys, change, told):
    """And not as a trouble of the network, after minutes."""
    for name, value in change.items():
        monkeypatch.setattr(start.sys, name, value)
    monkeypatch.setattr(start, "run_setup_step", lambda *_: pytest.fail("nothing is installed"))
    assert start.main(["all"]) == 2
    assert told in capsys.readouterr().out


def test_a_python_for_arm_is_told(start, monkeypatch, capsys):
    monkeypatch.setattr(start.os, "name", "nt")
    monkeypatch.setattr(start.platform, "machine", lambda: "ARM64")
    with pytest.raises(start.CannotStart, match="ARM"):
        start.check_python()


def pip_that_fails(start, monkeypatch, answers):
    """A pip whose runs end with these: (code, output)."""
    calls = []

    def run(command, **_):
        if command[2:3] == ["venv"]:
            fake_environment(start)
            start.STAMP.unlink()
            return subprocess.CompletedProcess(command, 0, b"")
        calls.append(command)
        code, output = answers[len(calls) - 1]
        return subprocess.CompletedProcess(command, code, output.encode())

    monkeypatch.setattr(start.subprocess, "run", run)
    monkeypatch.setattr(start.subprocess, "call", lambda *_, **__: 0)
    return calls


def test_where_the_index_is_not_reached_the_mirror_is_tried(start, monkeypatch, capsys):
    calls = pip_that_fails(start, monkeypatch, [(1, "WARNING: Retrying\nERROR: Max retries exceeded"), (0, "")])
    assert start.main(["all"]) == 0
    assert start.MIRROR not in calls[0] and start.MIRROR in calls[1]
    assert "镜像" in capsys.readouterr().out


def test_another_trouble_of_pip_is_told_by_its_cause(start, monkeypatch, capsys):
    output = "Collecting numpy\nERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n\nnotice: a new release\nnotice: update"
    calls = pip_that_fails(start, monkeypatch, [(1, output)])
    assert start.main(["all"]) == 2
    told = capsys.readouterr().out
    assert "No space left on device" in told and "notice: update" not in told
    assert len(calls) == 1


def test_a_second_window_waits_for_the_set_up(start, monkeypatch, capsys):
    start.LOCK.write_bytes(b"")
    waited = []

    def pause(_):
        waited.append(1)
        if len(waited) == 3:
            fake_environment(start)
            start.LOCK.unlink()

    monkeypatch.setattr(start.time, "sleep", pause)
    monkeypatch.setattr(start, "install", lambda _: pytest.fail("the first window has done it"))
    monkeypatch.setattr(start.subprocess, "call", lambda *_, **__: 0)
    assert start.main(["all"]) == 0
    assert capsys.readouterr().out.count("另一个窗口正在准备") == 1
    assert not start.LOCK.exists()


def test_the_mark_of_a_window_that_was_closed_is_no_reason_to_wait(start, monkeypatch):
    start.LOCK.write_bytes(b"")
    os.utime(start.LOCK, (0, 0))
    monkeypatch.setattr(start, "install", lambda _: None)
    monkeypatch.setattr(start.subprocess, "call", lambda *_, **__: 0)
    assert start.main(["all"]) == 0
    assert not start.LOCK.exists()


@pytest.mark.parametrize(
    ("line", "arguments", "given"),
    [
        (r'cmd.exe /c ""D:\巾 帼\校验台账.bat" D:\A&B.xlsx"', ["check", r"D:\A"], ["check", r"D:\A&B.xlsx"]),
        (r'cmd.exe /c ""D:\校验台账.bat" D:\A^B.xlsx "D:\c d.xlsx""', ["check", r"D:\AB.xlsx", r"D:\c d.xlsx"], ["check", r"D:\A^B.xlsx", r"D:\c d.xlsx"]),
        (r'cmd.exe /c ""D:\校验台账.bat" "', ["check"], ["check"]),
        (r'"C:\Windows\system32\cmd.exe"', ["check", r"D:\甲.xlsx"], ["check", r"D:\甲.xlsx"]),
        ("", ["check", "甲.xlsx"], ["check", "甲.xlsx"]),
        (r'cmd.exe /c ""D:\校验台账.bat" D:\没有.xlsx"', ["check", r"D:\没有.xlsx"], ["check", r"D:\没有.xlsx"]),
    ],
)  # fmt: skip
def test_names_that_explorer_does_not_quote_are_read_from_the_whole_line(monkeypatch, line, arguments, given):
    monkeypatch.setattr(dropped_files, "line_of_the_shell", lambda: line)
    monkeypatch.setenv("JINGUO_BAT", "校验台账.bat")
    monkeypatch.setattr(dropped_files, "Path", WindowsPath)
    assert dropped_files.dropped(arguments) == given


class WindowsPath:
    """A path of Windows; all but one are there."""

    def __init__(self, text):
        self.text = text

    def is_absolute(self):
        return self.text[1:3] == ":\\"

    def exists(self):
        return "没有" not in self.text


@pytest.mark.parametrize("name", ["setup.cfg", "constraints.txt"])
def test_a_change_of_the_requirements_installs_again(start, name):
    fake_environment(start)
    assert start.installed("run")
    with (start.ROOT / name).open("a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    assert not start.installed("run")


def test_a_moved_project_installs_again(start, monkeypatch, tmp_path):
    fake_environment(start)
    monkeypatch.setattr(start, "ROOT", tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    for name in ("setup.cfg", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path / "elsewhere" / name)
    assert not start.installed("run")


def test_an_environment_whose_python_is_gone_is_not_installed(start):
    fake_environment(start)
    start.venv_python().unlink()
    assert not start.installed("run")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for python is a shell script")
@pytest.mark.parametrize(
    ("arguments", "passed_on"),
    [
        (["all"], "-m jinguo all"),
        (["check", "my file.xlsx", "--json", "x.json"], "-m jinguo check my file.xlsx --json x.json"),
        (["--today", "2026-03-08", "notices"], "-m jinguo --today 2026-03-08 notices"),
        ([], "-m jinguo "),
    ],
)
def test_every_other_argument_goes_to_jinguo(start, capfd, monkeypatch, arguments, passed_on):
    monkeypatch.delenv("JINGUO_HOME", raising=False)
    fake_environment(start)
    assert start.main(arguments) == 7
    home, utf8, called = capfd.readouterr().out.rstrip("\n").split("|")
    assert home == str(start.ROOT)
    assert utf8 == "1"
    assert called == passed_on.rstrip() if arguments else called.startswith("-m jinguo")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for python is a shell script")
@pytest.mark.parametrize(
    ("end", "code", "told"),
    [("kill -ABRT $$", 2, True), ("kill -KILL $$", 2, True), ("kill -INT $$", -2, False), ("exit 1", 1, False)],
)
def test_a_program_that_was_ended_from_outside_is_explained(start, capfd, monkeypatch, end, code, told):
    """As the system does where memory runs out; the clerk's own Ctrl+C needs no explanation."""
    fake_environment(start)
    start.venv_python().write_text(f"#!/bin/sh\n{end}\n")
    assert start.main(["check"]) == code
    assert ("【意外停止】" in capfd.readouterr().out) is told


@pytest.mark.parametrize(
    ("code", "ended"), [(0xC0000005, True), (0xC0000409, True), (0xC000013A, False), (2, False), (0, False)]
)
def test_how_windows_says_that_a_program_was_ended(start, code, ended):
    assert start.died(code) is ended


def test_test_runs_pytest(start, capfd):
    fake_environment(start, "test")
    assert start.main(["test", "-k", "order"]) == 7
    assert capfd.readouterr().out.rstrip("\n").endswith("-m pytest -k order")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for python is a shell script")
def test_an_office_s_own_home_is_kept(start, capfd, monkeypatch):
    monkeypatch.setenv("JINGUO_HOME", "/elsewhere")
    fake_environment(start)
    start.main(["all"])
    assert capfd.readouterr().out.startswith("/elsewhere|")


@pytest.mark.parametrize("name", LAUNCHERS)
class TestLaunchers:
    """What cmd.exe on a Chinese Windows needs of a .bat: ASCII, CRLF, no byte-order mark, every path quoted."""

    def test_is_as_it_is_made(self, name):
        assert (ROOT / "scripts" / f"{name}.bat").read_bytes() == launcher(LAUNCHERS[name], IN_SCRIPTS)

    @pytest.mark.parametrize("place", [IN_SCRIPTS, IN_BUNDLE])
    def test_bytes(self, name, place):
        body = launcher(LAUNCHERS[name], place)
        assert body.isascii()
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", body)
        assert body.endswith(b"\r\n")
        # A line of more is cut by cmd.exe.
        assert max(map(len, body.splitlines())) < 2000

    @pytest.mark.parametrize("place", [IN_SCRIPTS, IN_BUNDLE])
    def test_runs_its_command_with_what_was_dropped_on_it(self, name, place):
        """Before delayed expansion, which would take a ! in a name for its own, is on."""
        lines = launcher(LAUNCHERS[name], place).decode().splitlines()
        calls = [line for line in lines if line.endswith("%*")]
        assert len(calls) == (3 if place.any_python else 1)
        assert all(line.endswith(f'"%START%" {LAUNCHERS[name]} %*') for line in calls)
        assert lines.index(calls[-1]) < lines.index("setlocal EnableDelayedExpansion")

    def test_keeps_the_window_open_and_hands_on_the_exit_code(self, name):
        lines = launcher(LAUNCHERS[name], IN_SCRIPTS).decode().splitlines()
        assert lines[0] == "@echo off"
        assert lines[2] == 'cd /d "%~dp0"'
        assert "if not defined NOPAUSE pause" in lines
        assert lines[-1] == "exit /b %RC%"

    def test_every_path_is_quoted(self, name):
        body = launcher(LAUNCHERS[name], IN_BUNDLE).decode()
        assert not re.search(r'(?<!")%~dp0', body.replace('"PY=%~dp0', '""%~dp0').replace('"START=%~dp0', '""%~dp0'))


def test_there_is_no_other_launcher_and_each_runs_a_command():
    assert {path.stem for path in (ROOT / "scripts").glob("*.bat")} == set(LAUNCHERS)
    known = commands()
    for words in LAUNCHERS.values():
        name, *steps = words.split()
        assert name in known
        assert all(step in getattr(known[name], "commands", {}) for step in steps)


def test_gitattributes_keep_bat_crlf_and_office_files_binary():
    attributes = (ROOT / ".gitattributes").read_text("utf-8")
    assert "*.bat text eol=crlf" in attributes
    assert "*.xlsx binary" in attributes
    assert "*.docx binary" in attributes


def test_messages_are_chinese(start):
    source = (ROOT / "scripts" / "start.py").read_text("utf-8")
    messages = re.findall(r"(?:say|CannotStart)\(\s*\"([^\"]+)\"", source)
    assert len(messages) >= 4
    assert all(has_chinese(message) for message in messages)


def test_setup_and_constraints_name_the_same_packages():
    """Every dependency of setup.cfg has its exact version in constraints.txt."""
    import configparser

    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    wanted = parser["options"]["install_requires"] + parser["options.extras_require"]["test"]
    names = {
        line.strip().lower().replace("_", "-")
        for line in wanted.splitlines()
        if line.strip() and not line.strip().startswith("#")
    }
    pinned = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    exact = {line.split("==")[0].strip().lower().replace("_", "-") for line in pinned if "==" in line}
    assert names <= exact
