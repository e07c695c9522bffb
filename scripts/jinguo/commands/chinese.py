"""Click's own words in Chinese: it asks gettext for them, and gettext gets them here."""

from __future__ import annotations

import unicodedata

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示这份说明。",
    "Show the version and exit.": "显示版本。",
    "%(prog)s, version %(version)s": "巾帼台账 %(prog)s 第 %(version)s 版",
    "Error: {message}": "不能运行：{message}",
    "Try '{command} {option}' for help.": "运行 {command} {option} 可以看到用法。",
    "Aborted!": "已中止。",
    "Missing command.": "没有写要做什么。",
    "Missing parameter": "缺少参数",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Missing {param_type}": "缺少{param_type}",
    "No such command {name!r}.": "没有“{name}”这个命令。",
    "No such option {name!r}.": "没有“{name}”这个选项。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "是不是其中之一：{possibilities}？",
    "Invalid value for {param_hint}: {message}": "{param_hint} 填得不对：{message}",
    "Invalid value: {message}": "填得不对：{message}",
    "Got unexpected extra argument ({args})": "多写了 {args}",
    "Got unexpected extra arguments ({args})": "多写了 {args}",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写内容。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要写 {nargs} 项内容。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不用写内容。",
    "{value!r} is not one of {choices}.": "“{value}”不在 {choices} 之中。",
    "{value!r} is not {choice}.": "“{value}”不是 {choice}。",
    "{value!r} does not match the format {format}.": "“{value}”不是 2026-03-08 这样的日期。",
    "{value!r} does not match the formats {formats}.": "“{value}”不是 2026-03-08 这样的日期。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是数字。",
    "{name} {filename!r} does not exist.": "找不到{name}“{filename}”。",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹。",
    "{name} {filename!r} is a file.": "“{filename}”是文件，不是文件夹。",
    "{name} {filename!r} is not readable.": "“{filename}”读不了。",
    "{name} {filename!r} is not writable.": "“{filename}”写不了。",
    "Could not open file {filename!r}: {message}": "打不开“{filename}”：{message}",
    "file": "文件",
    "directory": "文件夹",
    "path": "文件或文件夹",
    "default: {default}": "不写时：{default}",
    "required": "必填",
}


def _columns(text: str) -> int:
    """How many columns a text takes on the console: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def install() -> None:
    """Let Click's modules take their words from here; a word that is not here stays as it is."""
    click.formatting.term_len = _columns  # type: ignore[assignment]

    def translate(text: str) -> str:
        return WORDS.get(text, text)

    def translate_plural(one: str, many: str, count: int) -> str:
        return translate(one if count == 1 else many)

    modules = (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.termui,
        click.types,
    )
    for module in modules:
        for name, function in (("_", translate), ("ngettext", translate_plural)):
            if hasattr(module, name):
                setattr(module, name, function)
