"""`jinguo lint`: what is wrong with the templates, all at once; `--restore` brings back the one the program came
with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.registry.tables import Registry


@staff_command("lint", 100, "检查 Word 模板，或恢复原来的模板")
@click.option("--restore", metavar="名称", help="恢复原来的模板，如 培训通知；改过的另存一份")
@click.pass_obj
def command(run: Run, restore: str | None) -> int:
    """检查模板：标记有没有写错、名称对不对、样式在不在、有没有不该写的个人信息，一次全部说出来。"""
    if restore:
        return _restore(run, restore)
    from jinguo.documents.register import DOCUMENTS
    from jinguo.word.lint import lint
    from jinguo.word.template_files import read_template

    registry = _registry(run)
    wrong = 0
    for document in DOCUMENTS.values():
        try:
            data = read_template(run.templates, document.template)
        except JinguoError as error:
            run.say(f"【{document.template}】{error.what}\n    → {error.remedy}", "bold red")
            wrong += 1
            continue
        mistakes = lint(data, document.template, document.known(registry), registry.settings, registry.today)
        for mistake in mistakes:
            where = f"{document.template} › {_shortened(mistake.paragraph)}" if mistake.paragraph else document.template
            run.say(f"【{where}】{mistake.what}。\n    → {mistake.remedy}。", "bold red")
        if not mistakes:
            run.say(f"{document.template}：没有问题")
        wrong += len(mistakes)
    wrong += _lint_mail(run)
    if wrong:
        run.say(
            f"共 {wrong} 处。下一步：在 Word 里打开 templates 里的模板改正，再检查一次；改不好就用 jinguo lint --restore 名称 恢复原来的。"
        )
    else:
        run.say("模板都可以用。可以放进模板的名称见 docs/模板标记.md。")
    return 1 if wrong else 0


def _lint_mail(run: Run) -> int:
    """1 where the words of a mail cannot be filled, and says so; they may be absent, as the program has its own."""
    from jinguo.documents.factory.mail_body import FILE, SAMPLE
    from jinguo.mail.draft import what_is_wrong

    path = run.templates / FILE
    if not path.is_file():
        return 0
    what = what_is_wrong(path.read_bytes(), SAMPLE)
    if not what:
        run.say(f"{FILE}：没有问题")
        return 0
    run.say(f"【{FILE}】{what}。\n    → 检查 {{{{ }}}} 和 {{% %}}；可以用的：{'、'.join(SAMPLE)}。", "bold red")
    return 1


def _registry(run: Run) -> Registry:
    """The office's registry, for its own columns and fonts; an empty one where there is none yet."""
    from jinguo.intake.building import build_registry

    try:
        return run.registry
    except JinguoError:
        return build_registry({}, run.today)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _restore(run: Run, name: str) -> int:
    from jinguo.common.nearest import nearest
    from jinguo.common.writing import write_file
    from jinguo.documents.templates import TEMPLATES, build_template

    file = f"{name.removesuffix('.docx')}.docx"
    if file not in TEMPLATES:
        guess = nearest(file, TEMPLATES)
        hint = f"是不是 {guess.removesuffix('.docx')}？" if guess else ""
        raise JinguoError(
            f"没有“{name}”这个模板",
            remedy=f"{hint}可以恢复的：{'、'.join(t.removesuffix('.docx') for t in TEMPLATES)}。",
        )
    path, data = run.templates / file, build_template(file)
    if path.exists() and path.read_bytes() == data:
        run.say(f"{file} 就是原来的样子，没有改动。")
        return 0
    if path.exists():
        kept = _unused(path)
        write_file(kept, path.read_bytes())
        run.say(f"改过的模板另存为 {kept.name}。")
    write_file(path, data)
    run.say(f"已恢复 {file}。")
    return 0


def _unused(path: Path) -> Path:
    """A name beside the template that is free: 培训通知（改过的）.docx, （改过的2）…"""
    number = 1
    while True:
        mark = "（改过的）" if number == 1 else f"（改过的{number}）"
        candidate = path.with_name(f"{path.stem}{mark}{path.suffix}")
        if not candidate.exists():
            return candidate
        number += 1
