"""What staff read on the console: Chinese throughout, a next step, exit codes 0, 1, 2, and never a traceback."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import click
import pytest

from jinguo import commands as command_line
from jinguo.commands import commands, main
from jinguo.commands.chinese import _columns
from jinguo.common.errors import JinguoError
from tests.helpers import change_cell, check_json, find_cell, jinguo, office, snapshot, workbook_rows

#: Words in Latin letters that staff know: file types, and what they type themselves.
_KNOWN = {
    "dask",
    "tcp",
    "ics",
    "outlook",
    "json",
    "word",
    "excel",
    "wps",
    "jinguo",
    "office",
    "txt",
    "xlsx",
    "docx",
    "workbooks",
    "templates",
    "output",
    "bat",
    "today",
    "help",
    "version",
    "write",
    "h",
    "libreoffice",
}


#: The steps of commands that have some, such as survey issue.
STEPS = {step for command in commands().values() if isinstance(command, click.Group) for step in command.commands}


def english(text: str) -> set[str]:
    """Latin words that are neither file types, options, commands, nor codes such as HD0018."""
    text = re.sub("|".join(commands()), " ", text)
    text = re.sub(r"--?[a-z]+|[A-Z]+-?\d+|/\S+", " ", text)
    return set(re.findall("[A-Za-z]+", text.lower())) - _KNOWN - set(commands()) - STEPS


@pytest.fixture(scope="module")
def workplace(tmp_path_factory) -> Path:
    """An office that several tests share; each of them leaves its workbooks as they are."""
    return office(tmp_path_factory.mktemp("console") / "余姚 妇联")


@pytest.fixture
def call(workplace, monkeypatch, capsys):
    """The command line in this process: exit code, standard output, standard error."""

    def run(*arguments: str, home: Path | None = None) -> tuple[int, str, str]:
        monkeypatch.setenv("JINGUO_HOME", str(home or workplace))
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.chdir(home or workplace)
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return run


# Help and Click's own words


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["-h"], *([name, "--help"] for name in commands()), *(["survey", s, "--help"] for s in sorted(STEPS))],
    ids=" ".join,
)
def test_help_is_chinese(call, arguments):
    code, out, err = call(*arguments)
    assert (code, err) == (0, "")
    assert out.startswith("用法： jinguo")
    assert english(out) == set()


def test_help_names_every_command_with_its_line(call):
    _, out, _ = call("--help")
    listed = [line.split(maxsplit=1) for line in out.split("命令:\n")[1].splitlines()]
    assert listed == [[name, line] for name, command in commands().items() for line in [command.short_help]]
    assert {"all", "check", "stats", "notices", "nominate"} <= set(commands())


def test_without_a_command_what_is_due_is_said(call):
    code, out, err = call()
    assert (code, err) == (0, "")
    assert out.startswith("2026年10月15日 待办：")
    assert "jinguo --help" in out.splitlines()[-1]


def test_the_version(call):
    assert call("--version") == (0, "巾帼台账 jinguo 第 0.1.0 版\n", "")


@pytest.mark.parametrize(
    ("arguments", "last"),
    [
        (["--bogus"], "不能运行：没有“--bogus”这个选项。"),
        (["xyz"], "不能运行：没有“xyz”这个命令。"),
        (["check", "--bogus"], "不能运行：没有“--bogus”这个选项。"),
        (["check", "--jsonn", "x"], "不能运行：没有“--jsonn”这个选项。 是不是 '--json'？"),
        (["check", "--json"], "不能运行：选项 --json 后面要写内容。"),
        (["--today"], "不能运行：选项 --today 后面要写内容。"),
        (["--workbooks"], "不能运行：选项 --workbooks 后面要写内容。"),
        (["--today", "abc", "check"], "不能运行：'--today' 填得不对：“abc”不是 2026-03-08 这样的日期。"),
        (["--today", "2026-02-30", "check"], "不能运行：'--today' 填得不对：“2026-02-30”不是 2026-03-08 这样的日期。"),
        (["--today=", "check"], "不能运行：'--today' 填得不对：“”不是 2026-03-08 这样的日期。"),
        (["check", "--help=x"], "不能运行：选项 --help 后面不用写内容。"),
        (["all", "extra"], "不能运行：多写了 extra"),
        (["stats", "a", "b"], "不能运行：多写了 a b"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)
def test_a_slip_on_the_command_line_is_told_in_chinese(call, arguments, last):
    code, out, err = call(*arguments)
    assert (code, out, err.splitlines()[-1]) == (2, "", last)
    assert english(err) <= {"bogus", "xyz", "jsn", "abc", "x", "extra", "a", "b"}


def test_the_nearest_command_is_suggested(call):
    assert "是不是 check？" in call("chekc")[2]


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("abc", 3), ("台账", 4), ("a台（", 5)])
def test_a_chinese_character_takes_two_columns(text, columns):
    assert _columns(text) == columns


def test_the_help_s_columns_are_aligned(call):
    """The explanations of the options begin in one column, Chinese characters counted twice."""
    _, out, _ = call("--help")
    options = [line for line in out.splitlines() if line.startswith("  -")]
    begins = {_columns(re.match(r"  .*?\S  +(?=\S)", line)[0]) for line in options}
    assert len(options) == 6 and len(begins) == 1


# What cannot be gone on with


def test_no_workbooks_folder(call, tmp_path):
    folder = office(tmp_path / "office", demo=False)
    (folder / "workbooks").rmdir()
    for command in ("check", "stats", "notices", "nominate", "all"):
        code, out, err = call(command, home=folder)
        assert (code, out) == (2, "")
        assert err == (
            f"【不能继续】{folder / 'workbooks'}：找不到台账文件夹\n请这样做：核对文件夹位置；台账平时放在 workbooks 文件夹里。\n"
        )
    assert not (folder / "output").exists()


def test_an_empty_workbooks_folder(call, tmp_path):
    folder = office(tmp_path / "office", demo=False)
    (folder / "workbooks" / "~$人员台账.xlsx").write_bytes(b"lock")
    code, _, err = call("all", home=folder)
    assert code == 2
    assert err.startswith(f"【不能继续】{folder / 'workbooks'}：文件夹里没有台账\n")


def test_an_unknown_batch(call):
    code, out, err = call("nominate", "TJ9999")
    assert (code, out) == (2, "")
    assert (
        err == "【不能继续】推荐台账.xlsx › 推荐批次：没有批次“TJ9999”\n请这样做：现有批次：TJ2601、TJ2602、TJ2603。\n"
    )


def test_the_unexpected_is_two_lines_and_a_log(call, workplace, monkeypatch):
    def crash(*arguments):
        raise RuntimeError("boom at 42")

    monkeypatch.setattr("jinguo.documents.training_notice.due_notices", crash)
    code, out, err = call("notices")
    log = max((workplace / "output" / "日志").iterdir())
    assert (code, out) == (2, "")
    assert err == f"【程序出错】没有做完，台账没有改动。\n详细情况已写入 {log}，请发给维护人员。\n"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d{6}\.txt", log.name)
    text = log.read_text("utf-8")
    assert text.startswith("Traceback") and text.rstrip().endswith("RuntimeError: boom at 42")


def test_the_unexpected_where_no_log_can_be_written(call, monkeypatch):
    def crash(*arguments):
        raise RuntimeError("boom at 42")

    def refuse(path, data):
        raise JinguoError("文件正被打开")

    monkeypatch.setattr("jinguo.documents.training_notice.due_notices", crash)
    monkeypatch.setattr("jinguo.common.writing.write_file", refuse)
    assert call("notices")[::2] == (2, "【程序出错】没有做完，台账没有改动。\nRuntimeError: boom at 42\n")


def test_stopping_it_by_hand_is_no_error(call, monkeypatch):
    def stop(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("jinguo.documents.training_notice.due_notices", stop)
    code, _, err = call("notices")
    assert (code, err.strip()) == (2, "已中止。")


def test_the_main_entry_lets_a_command_end_with_its_own_code(monkeypatch):
    for returned, code in ((None, 0), (0, 0), (1, 1), (2, 2)):
        monkeypatch.setattr(command_line.jinguo, "main", lambda *a, code=returned, **k: code)
        with pytest.raises(SystemExit) as ended:
            main(["check"])
        assert ended.value.code == code


# check


def broken(folder: Path) -> tuple[Path, str]:
    """An error in a copy of the demo: an event of a type there is none of."""
    book = folder / "workbooks" / "培训考试台账.xlsx"
    cell = find_cell(book, "培训活动", "类型", "HD0005")
    change_cell(book, "培训活动", cell, "茶话会")
    return book, cell


@pytest.fixture(scope="module")
def faulty(tmp_path_factory) -> tuple[Path, str]:
    folder = office(tmp_path_factory.mktemp("faulty") / "office")
    return folder, broken(folder)[1]


def test_a_sound_registry_exits_0_with_a_next_step(call):
    code, out, err = call("check")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith("没有错误。下一步：")
    assert english(out) == set()


def test_an_error_exits_1_and_is_told_with_its_cell(call, faulty):
    folder, cell = faulty
    code, out, _ = call("check", home=folder)
    assert code == 1
    assert f"【错误】CELL-004  培训考试台账.xlsx › 培训活动 › {cell}" in out
    assert out.splitlines()[-1].startswith("下一步：打开 ") and out.count("【错误】") == 1


def test_the_json_holds_the_same_findings(faulty):
    folder, cell = faulty
    code, found = check_json(folder)
    errors = [f for f in found if f["severity"] == "错误"]
    assert code == 1
    assert [(f["code"], f["workbook"], f["sheet"], f["cell"], f["value"]) for f in errors] == [
        ("CELL-004", "培训考试台账.xlsx", "培训活动", cell, "茶话会")
    ]
    assert {tuple(f) for f in found} == {
        ("code", "severity", "workbook", "sheet", "cell", "value", "message", "remedy")
    }


def test_only_the_files_given_are_reported(call, faulty):
    folder, cell = faulty
    assert call("check", "workbooks/人员台账.xlsx", home=folder)[0] == 0
    code, out, _ = call("check", str(folder / "workbooks" / "培训考试台账.xlsx"), home=folder)
    assert code == 1 and f"› {cell}" in out


def test_a_workbook_that_was_not_asked_about_is_not_called_faultless(call, faulty):
    _, out, _ = call("check", "workbooks/人员台账.xlsx", home=faulty[0])
    assert "人员台账.xlsx" in out
    assert "培训考试台账.xlsx" not in out


def test_a_file_that_is_not_there_is_told(call):
    code, _, err = call("check", "workbooks/不存在.xlsx")
    assert code == 2
    assert "找不到这个文件" in err


def test_a_file_that_is_not_there_elsewhere(call):
    code, out, err = call("check", "不存在.xlsx")
    assert (code, out) == (2, "")
    assert err == "【不能继续】不存在.xlsx：找不到这个文件\n请这样做：核对文件名和所在的文件夹。\n"


def test_a_word_file_dropped_on_it(call):
    code, _, err = call("check", "templates/培训通知.docx")
    assert code == 2
    assert err.startswith("【不能继续】培训通知.docx：是 Word 文档，不是工作簿")


def test_a_folder_dropped_on_it(call):
    code, _, err = call("check", "templates")
    assert code == 2
    assert err.startswith("【不能继续】templates")


def test_a_workbook_from_elsewhere_is_checked_by_itself(call, faulty, tmp_path):
    folder, cell = faulty
    shutil.copy(folder / "workbooks" / "培训考试台账.xlsx", tmp_path / "收到的.xlsx")
    code, out, _ = call("check", str(tmp_path / "收到的.xlsx"))
    assert code == 1
    assert [line.split("  ")[1] for line in out.splitlines() if line.startswith("【错误】")] == [
        f"收到的.xlsx › 培训活动 › {cell}"
    ]


def test_the_links_of_a_workbook_from_elsewhere_lead_to_it(call, faulty, workplace, tmp_path):
    import openpyxl

    given_file = tmp_path / "收到的.xlsx"
    shutil.copy(faulty[0] / "workbooks" / "培训考试台账.xlsx", given_file)
    call("check", str(given_file))
    report = workplace / "output" / "校验" / "校验报告.xlsx"
    targets = {
        c.hyperlink.target for row in openpyxl.load_workbook(report)["明细"].iter_rows() for c in row if c.hyperlink
    }
    assert {(report.parent / target.split("#")[0].replace("\\", "/")).resolve() for target in targets} == {
        given_file.resolve()
    }


def test_the_json_never_replaces_a_workbook(call, tmp_path):
    """`check --json 人员台账.xlsx`, by one who takes --json for a switch."""
    folder = office(tmp_path / "office")
    before = snapshot(folder / "workbooks")
    call("check", "--json", "workbooks/人员台账.xlsx", home=folder)
    assert snapshot(folder / "workbooks") == before


def test_a_workbook_that_cannot_be_opened_exits_2_and_the_rest_is_read(call, tmp_path):
    folder = office(tmp_path / "office")
    (folder / "workbooks" / "项目台账.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    code, out, _ = call("check", home=folder)
    assert code == 2
    assert "【打不开】项目台账.xlsx：不是工作簿，也不是 CSV" in out
    rows = workbook_rows(folder / "output" / "校验" / "校验报告.xlsx", "明细")
    assert next(r[:3] for r in rows if r[0] == "错误") == ["错误", "REG-006", "项目台账.xlsx"]
    assert call("all", home=folder)[0] == 2


# all, and what it leaves alone


@pytest.fixture(scope="module")
def whole_job(tmp_path_factory) -> tuple[Path, list[str], dict[str, dict[str, bytes]]]:
    """The real command `all` in an office of its own: the office, the lines of the console, what it was given."""
    folder = office(tmp_path_factory.mktemp("all") / "office")
    before = {name: snapshot(folder / name) for name in ("workbooks", "templates")}
    done = jinguo(folder, "all")
    assert (done.returncode, done.stderr) == (0, "")
    return folder, done.stdout.splitlines(), before


def test_all_ends_with_what_was_written_and_the_next_step(whole_job):
    folder, lines, _ = whole_job
    assert lines[0] == f"基准日期：2026-10-15　台账：{folder / 'workbooks'}"
    assert lines[-1] == "下一步：打开上面的文件核对，通知用印后和群消息一起发出。"
    listed = {line.strip() for line in lines if line.startswith("    ")}
    # Every file is there by its name, or in the count of its folder.
    written = set(snapshot(folder / "output")) - {"清单.json"}
    counts = {m[1]: int(m[2]) for line in listed if (m := re.fullmatch(r"(.+)/\u3000(\d+) 个文件", line))}
    named = {path for path in written if path.partition("/")[0] not in counts}
    assert named == {line for line in listed if "\u3000" not in line} and "看板.html" in named
    assert counts == {folder: sum(path.startswith(f"{folder}/") for path in written) for folder in counts}
    assert counts["通知"] == 34
    forms = [path.split("/")[1].partition(" ")[0] for path in written if "/登记表/" in path]
    assert Counter(forms) == {"TJ2601": 3, "TJ2602": 5, "TJ2603": 14}
    # What begins with what is due ends on the same screen.
    assert len(lines) <= 42 and "待办：" in lines[1]
    table = [line for line in lines if line.startswith("│")]
    assert [re.split(r"\s*│\s*", line)[1] for line in table][:8] == [
        "校验台账",
        "统计培训和考试",
        "年度统计",
        "生成到期的通知",
        "生成推荐名单",
        "排下个月的值班表",
        "工作总结",
        "看板",
    ]


def test_all_changes_no_workbook_and_no_template(whole_job):
    folder, _, before = whole_job
    assert {name: snapshot(folder / name) for name in before} == before


def test_all_with_an_error_in_the_registry_exits_1_and_says_so(call, faulty):
    code, out, _ = call("all", home=faulty[0])
    assert code == 1
    assert out.splitlines()[-1].startswith("下一步：先打开 ")
    assert "台账有 1 条错误" in out


def test_a_step_that_cannot_be_done_does_not_keep_the_others(call, tmp_path):
    folder = office(tmp_path / "office")
    (folder / "templates" / "培训通知.docx").unlink()
    code, out, _ = call("all", home=folder)
    assert code == 2
    assert "不出：培训通知。模板不见了（templates › 培训通知.docx）" in out
    assert "份通知和提醒函" in out
    assert (folder / "output" / "统计" / "培训考试统计.xlsx").exists()
    assert any((folder / "output" / "推荐").iterdir())


def test_the_next_step_of_all_is_about_what_failed(call, tmp_path):
    folder = office(tmp_path / "office")
    shutil.rmtree(folder / "templates")
    code, out, _ = call("all", home=folder)
    assert code == 2
    assert "下一步" in out.splitlines()[-1]
    assert "通知用印后" not in out.splitlines()[-1]


def test_all_with_the_report_open_in_excel_does_the_rest(call, tmp_path):
    """The usual case: yesterday's 校验报告.xlsx is still open when 一键生成 is clicked. A file stands for what cannot be
    written."""
    folder = office(tmp_path / "office")
    (folder / "output").mkdir()
    (folder / "output" / "校验").write_text("", "utf-8")
    code, out, err = call("all", home=folder)
    assert (code, err) == (2, "")
    assert out.splitlines()[-1].startswith("下一步：")


def test_an_output_folder_that_is_a_file_is_told_in_chinese(call, tmp_path):
    (tmp_path / "结果").write_text("", "utf-8")
    code, out, err = call("--output", str(tmp_path / "结果"), "check")
    assert (code, out) == (2, "")
    assert err.startswith("【不能继续】")
    assert english(err) == set()


def test_files_that_staff_edited_are_counted_at_the_end(call, whole_job, tmp_path):
    folder = Path(shutil.copytree(whole_job[0], tmp_path / "office"))
    edited = next((folder / "output" / "通知").glob("2026-10-22*.txt"))
    edited.write_text("改过", "utf-8")
    code, out, _ = call("all", home=folder)
    assert code == 0
    assert out.splitlines()[-2] == "您改过的 1 个文件没有覆盖，新的写在旁边，名称里有“新生成”。"
    assert edited.read_text("utf-8") == "改过"


def test_no_command_changes_a_workbook_or_a_template(call, workplace):
    kept = {name: snapshot(workplace / name) for name in ("workbooks", "templates")}
    target = workplace / "结果.json"
    for arguments in (["check", "--json"], ["stats", "--json"], ["nominate", "--json"]):
        assert call(*arguments, str(target))[0] == 0
        assert isinstance(json.loads(target.read_text("utf-8")), list)
    assert call("notices")[0] == 0
    assert {name: snapshot(workplace / name) for name in kept} == kept


def test_the_folders_can_be_given(call, workplace, tmp_path):
    """One's own folders for workbooks, templates and output; nothing is left in the place of the program."""
    home = tmp_path / "empty"
    home.mkdir()
    given_folders = [
        "--workbooks",
        str(workplace / "workbooks"),
        "--templates",
        str(workplace / "templates"),
        "--output",
        str(tmp_path / "结果"),
    ]
    code, out, _ = call(*given_folders, "notices", "培训通知", home=home)
    assert code == 0
    assert f"下一步：打开 {tmp_path / '结果' / '通知'} 核对" in out
    assert len(list((tmp_path / "结果" / "通知").iterdir())) == 4
    assert list(home.iterdir()) == []


# An office that begins


def test_warnings_are_told_where_there_is_no_error(call):
    _, out, _ = call("check")
    assert "【警告】NOM-003  推荐台账.xlsx › 人选 › B5" in out
    assert "【提示】" not in out


def test_an_office_with_one_sheet_of_another_name_is_told_what_it_resembles(tmp_path, call):
    import openpyxl

    folder = office(tmp_path / "office", demo=False)
    book = openpyxl.Workbook()
    book.active.title = "花名册"
    for row in (
        ["2026年负责人花名册"],
        ["人员编号", "姓 名*", "性别", "手机号码"],
        ["RY0001", "王　小红", "女", "138 1234 5678"],
    ):
        book.active.append(row)
    book.save(folder / "workbooks" / "我的台账.xlsx")
    code, out, _ = call("check", home=folder)
    assert code == 0
    assert "工作表“花名册”的表头像“人员”表，有 4 栏认得，当作这张表读了" in out
    assert "最好把工作表改名为“人员”" in out


def test_without_due_notices_nothing_is_said_of_sealing_them(tmp_path, call):
    folder, bare = office(tmp_path / "office"), tmp_path / "bare"
    bare.mkdir()
    for name in ("人员台账.xlsx", "设置.xlsx"):
        shutil.copy(folder / "workbooks" / name, bare)
    _, out, _ = call("--today", "2026-12-30", "--workbooks", str(bare), "all", home=folder)
    assert "没有到期的通知" in out
    assert out.rstrip().endswith("下一步：打开上面的文件核对。")


@pytest.mark.parametrize("command", ["inspect", "format", "diff", "verify"])
def test_an_icon_without_a_file_says_to_drop_one_on_it(call, command):
    code, out, err = call(command)
    assert code == 2
    assert "把文件（或文件夹）拖到图标上" in out + err and "缺少参数" not in out + err


def test_in_a_window_of_windows_lines_are_plain_characters(monkeypatch, capsys):
    """On a console of code page 936 the lines of boxes are two columns wide."""
    from rich.progress import BarColumn, Progress
    from rich.table import Table

    import jinguo.commands.run as module

    run = module.Run(Path("workbooks"), Path("templates"), Path("output"))
    monkeypatch.setattr(module.os, "name", "nt")
    table = Table("何时", "事项")
    table.add_row("今天", "通知")
    run.console.print(table)
    with Progress(BarColumn(), console=run.console) as progress:
        progress.update(progress.add_task("", total=2), advance=1)
    assert not re.search("[\u2500-\u257f]", capsys.readouterr().out)
