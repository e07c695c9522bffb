"""`jinguo menu`: what is due, then the jobs of the office by number, each asking for what it needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run


class Question(NamedTuple):
    """What a job asks for: the words, what of the answer goes to the command, and whether it may be left empty."""

    words: str
    arguments: Callable[[str], list[str]]
    optional: bool = False


#: Paths as a window shows what is dragged into it: quoted where they have a space.
_PATH = re.compile(r'"([^"]+)"|(\S+)')


def paths_of(answer: str) -> list[str]:
    """The paths in an answer; one that is not quoted and has spaces is taken whole."""
    answer = answer.strip()
    if '"' not in answer:
        return [answer] if answer else []
    return [quoted or bare for quoted, bare in _PATH.findall(answer)]


def _option(name: str) -> Callable[[str], list[str]]:
    return lambda answer: [name, answer.strip()] if answer.strip() else []


_FILES = Question("把文件拖到这个窗口里，按回车", paths_of)
_FOLDER = Question("把收到的文件所在的文件夹拖到这个窗口里，按回车", paths_of)
_PACKAGE = Question("把“复核”里的一个文件夹拖到这个窗口里，按回车", paths_of)
_TWO = Question("把旧的、新的两个工作簿一起拖到这个窗口里，按回车", paths_of)
_MONTH = Question("哪个月（如 2026-12；直接回车是下个月）", _option("--month"), optional=True)
_YEAR = Question("哪一年（如 2026；直接回车是今年）", _option("--year"), optional=True)
_REGISTERS = Question(
    "把自己的登记表拖到这个窗口里，按回车（已经放在 workbooks 里的，直接回车）", paths_of, optional=True
)


class Job(NamedTuple):
    """A job: what staff call it, the command, and what it asks for."""

    words: str
    command: Sequence[str]
    question: Question | None = None


JOBS = (
    Job("待办：今天、本周要办什么", ["todo"]),
    Job("一键生成：校验、统计、通知、名单、总结、看板", ["all"]),
    Job("校验台账：哪里填得不对", ["check"]),
    Job("接入自己的登记表", ["adopt"], _REGISTERS),
    Job("培训考试统计和年度统计", ["stats"]),
    Job("工作总结、简版、信息稿", ["summary"], _YEAR),
    Job("看板：一页看全年", ["board"]),
    Job("汇总各县的台账", ["rollup"], _FOLDER),
    Job("到期的通知和函", ["notices"]),
    Job("会务材料：签到表、桌牌、证书", ["event"]),
    Job("排值班表", ["roster"], _MONTH),
    Job("推荐名单和材料", ["nominate"]),
    Job("复核材料：给单位以外的人核对名单和数字", ["audit"]),
    Job("核对一份复核材料", ["verify"], _PACKAGE),
    Job("发放调查表", ["survey", "issue"]),
    Job("回收调查表", ["survey", "collect"], _FOLDER),
    Job("合并上报：照定好的合并方案写进台账", ["survey", "apply"], Question(_FILES.words, paths_of, optional=True)),
    Job("规范台账的写法：先列计划", ["fix"]),
    Job("比较台账的两个版本", ["diff"], _TWO),
    Job("邮件草稿", ["mail"]),
    Job("检查公文格式", ["inspect"], _FILES),
    Job("规范公文格式", ["format"], _FILES),
    Job("检查 Word 模板", ["lint"]),
    Job("新建空白台账", ["forms"]),
    Job("检查环境：电脑、字体、文件夹", ["doctor"]),
)


@staff_command("menu", 1, "菜单：先看待办，再按编号做一件事")
@click.pass_obj
def command(run: Run) -> int:
    """菜单：先说今天要办什么，再按编号选一件事来做；要文件的，把文件拖到窗口里。直接回车就结束。"""
    from jinguo.commands import run_words

    code = run_words([*run.arguments, "todo"])
    while True:
        _show(run)
        answer = _ask("请输入编号（直接回车结束）")
        if not answer:
            return code
        if not answer.isdigit() or not 1 <= int(answer) <= len(JOBS):
            run.say(f"没有“{answer}”这一项，请输入 1 到 {len(JOBS)} 的编号。", "yellow")
            continue
        job = JOBS[int(answer) - 1]
        more = _more(run, job)
        if more is not None:
            code = run_words([*run.arguments, *job.command, *more])
            _ask("按回车回到菜单")


def _more(run: Run, job: Job) -> list[str] | None:
    """What the job asks for; None where it needs something and nothing was given."""
    if job.question is None:
        return []
    more = job.question.arguments(_ask(job.question.words))
    if more or job.question.optional:
        return more
    run.say("没有给文件，回到菜单。", "yellow")
    return None


def _show(run: Run) -> None:
    run.say("")
    for n, job in enumerate(JOBS, 1):
        run.say(f"  {n:>2}  {job.words}")


def _ask(words: str) -> str:
    """An answer without the spaces around it; nothing where the input has ended."""
    try:
        answer: str = click.prompt(f"{words}", default="", show_default=False, prompt_suffix="：")
    except click.exceptions.Abort:
        return ""
    return answer.strip()
