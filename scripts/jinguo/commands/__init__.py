"""The command line: each command is the module of its name in this folder, found by itself."""

from __future__ import annotations

import datetime
import importlib
import os
import pkgutil
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

import click

from jinguo import __version__
from jinguo.commands import chinese
from jinguo.commands.command import StaffCommand
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError
from jinguo.common.garbage import collect_seldom
from jinguo.common.nearest import nearest

chinese.install()


def named(name: str) -> StaffCommand | None:
    """The command of this name: it is in the module of the same name, which is imported only when it is asked for."""
    module = name.replace("-", "_")
    if module not in {found.name for found in pkgutil.iter_modules(__path__)}:
        return None
    command = getattr(importlib.import_module(f"{__name__}.{module}"), "command", None)
    return command if isinstance(command, StaffCommand) and command.name == name else None


def commands() -> dict[str, StaffCommand]:
    """Every command by its name, in the order of their places."""
    found = [named(module.name.replace("_", "-")) for module in pkgutil.iter_modules(__path__)]
    return {str(command.name): command for command in sorted(filter(None, found), key=lambda command: command.place)}


class StaffGroup(click.Group):
    """The group of all commands of this folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = named(cmd_name)
        if found is None:
            guess = nearest(cmd_name, commands())
            hint = f"是不是 {guess}？" if guess else ""
            raise click.UsageError(f"没有“{cmd_name}”这个命令。{hint}", ctx)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, command.short_help or "") for name, command in commands().items()])


def _home() -> Path:
    """Where workbooks/, templates/ and output/ are when nothing else is said; start.py sets it to the project."""
    return Path(os.environ.get("JINGUO_HOME", "."))


@click.group(
    cls=StaffGroup,
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 [命令的选项]...",
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)
@click.option(
    "--workbooks", metavar="文件夹", type=click.Path(path_type=Path), help="台账所在的文件夹（不写时：workbooks）"
)
@click.option(
    "--templates", metavar="文件夹", type=click.Path(path_type=Path), help="Word 模板所在的文件夹（不写时：templates）"
)
@click.option(
    "--output", metavar="文件夹", type=click.Path(path_type=Path), help="生成的文件放在哪里（不写时：output）"
)
@click.option("--today", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="当作今天的日期，如 2026-03-08")
@click.version_option(__version__, prog_name="jinguo")
@click.pass_context
def jinguo(
    ctx: click.Context,
    workbooks: Path | None,
    templates: Path | None,
    output: Path | None,
    today: datetime.datetime | None,
) -> None:
    """巾帼台账：读女性社会组织的 Excel 台账，说清哪里不对，算统计，写通知和推荐名单。

    台账平时只读不改，要写入的先备份；生成的文件都在 output 文件夹里，您改过的不会被覆盖。
    """
    home = _home()
    if today and not 1900 <= today.year <= 2100:
        raise click.UsageError("--today 的年份要在 1900 到 2100 之间。", ctx)
    ctx.obj = Run(
        workbooks or home / "workbooks",
        templates or home / "templates",
        output or home / "output",
        today.date() if today else None,
        arguments=_said(workbooks=workbooks, templates=templates, output=output, today=today and today.date()),
    )
    if ctx.invoked_subcommand is None:
        todo = named("todo")
        assert todo is not None
        # What is due is what somebody wants to know who does not say what she wants.
        code = ctx.invoke(todo)
        ctx.obj.say("要做别的：双击各个 .bat，或者用 jinguo --help 看有哪些命令。")
        ctx.exit(code or 0)


def _said(**options: object) -> list[str]:
    """These options as they are written, for a command that runs others."""
    return [word for name, value in options.items() if value for word in (f"--{name}", str(value))]


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line; the only place where an exception becomes a paragraph and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A character the console lacks is shown as ?, it must not stop the work.
            stream.reconfigure(errors="replace")
    sys.exit(run_words(arguments))


def run_words(arguments: list[str] | None = None) -> int:
    """Run one command line and say what went wrong; its exit code."""
    collect_seldom()
    context: dict[str, Any] = {}
    try:
        code = jinguo.main(arguments, prog_name="jinguo", standalone_mode=False, obj=context)
    except click.exceptions.Abort:
        click.echo("已中止。", err=True)
        code = 2
    except click.MissingParameter as error:
        if error.param is not None and isinstance(error.param.type, click.Path):
            click.echo("【没有给文件】把文件（或文件夹）拖到图标上；在命令行里，写在命令的后面。", err=True)
        else:
            error.show()
        code = 2
    except click.ClickException as error:
        error.show()
        code = 2
    except JinguoError as error:
        click.echo(f"【不能继续】{error.paragraph()}", err=True)
        code = 2
    except OSError as error:
        from jinguo.common.writing import told

        trouble = told(error, Path(str(error.filename or "")))
        click.echo(f"【不能继续】{trouble.paragraph()}", err=True)
        code = 2
    except Exception as error:
        click.echo(_unexpected(error), err=True)
        code = 2
    return int(code or 0)


def _unexpected(error: Exception) -> str:
    """Keep the details in output/日志 for whoever maintains the program; staff read two lines."""
    from jinguo.common.writing import write_file

    path = _home() / "output" / "日志" / f"{datetime.datetime.now():%Y-%m-%d %H%M%S}.txt"
    try:
        write_file(path, traceback.format_exc().encode("utf-8"))
        where = f"详细情况已写入 {path}，请发给维护人员。"
    except JinguoError:
        where = "".join(traceback.format_exception_only(error)).strip()
    return f"【程序出错】没有做完，台账没有改动。\n{where}"
