"""`jinguo mail`: a draft for each recipient of what is due, with exactly the documents meant for him or her."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.notices import numbered
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError
from jinguo.common.writing import digest
from jinguo.documents.gate import Withheld

if TYPE_CHECKING:
    from jinguo.mail.compose import Office
    from jinguo.mail.recipients import Recipient

_FOLDER, _LIST = "邮件", "邮件清单.xlsx"
_SENT, _SERVER = "已发送.json", "邮件设置.ini"
_AGAIN = "再写一次邮件。"


@staff_command("mail", 70, "把通知写成邮件草稿，一个收件人一封")
@click.argument("kinds", metavar="[种类]...", nargs=-1)
@click.option("--send", "sending", is_flag=True, help="写好草稿以后，通过邮件服务器一封一封发出；发过的不再发")
@click.option(
    "--settings",
    "settings_file",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="邮件服务器的设置文件（不写时用程序文件夹里的“邮件设置”）",
)
@click.option("--yes", is_flag=True, help="发送前不再问")
@click.pass_obj
def command(run: Run, kinds: tuple[str, ...], sending: bool, settings_file: Path | None, yes: bool) -> int:
    """把到期的通知和提醒函写成邮件草稿，一个收件人一封，附上给他的材料。

    材料用 output/通知 里现有的文件，您改过的就用改过的；先用“生成通知”生成。没有邮箱、或一人的材料会发到别人那里的，不写草稿，列在清单里。
    加 --send 直接发送：密码不存在文件里，发送时再问；中间断了，再运行一次接着发，不会重发。
    """
    from jinguo.common.output import Output
    from jinguo.documents.dating import earlier_in
    from jinguo.documents.finished import finished
    from jinguo.documents.register import refuse_unknown, withheld_kinds
    from jinguo.mail.recipients import recipients

    refuse_unknown(kinds)
    office = _office(run)
    chosen = [d for d in numbered(run) if not kinds or d[0].kind in kinds]
    there = Output(run.output_folder, "mail")
    done = finished(run.registry, run.templates, chosen, lambda file: earlier_in(there, "通知", f"{file}.docx"))
    due = [whole.due for whole in done.whole]
    missing = [d.file for d in due if not office.path(d).is_file()]
    if missing:
        raise JinguoError(
            f"有 {len(missing)} 份材料还没有生成，如“{missing[0]}”",
            run.shown("通知"),
            "先运行“生成通知”，核对以后再写邮件草稿。",
        )
    if not run.registry.settings.item("邮箱"):
        raise JinguoError("没有填本单位的邮箱", "设置.xlsx › 单位 › 邮箱", "填上发邮件用的邮箱，再运行一次。")
    found = recipients(run.registry, due)
    run.withheld += [why for kind, why in withheld_kinds(run.registry).items() if not kinds or kind in kinds]
    run.withheld += done.held_back
    _refuse_stale(run, office, found, {whole.due.file: digest(whole.document) for whole in done.whole})
    if sending:
        return _send(run, office, found, settings_file or run.output_folder.parent / _SERVER, yes)
    _write(run, office, found, whole=not run.withheld)
    if found or not run.withheld:
        _show(run, found)
    return run.exit_code(refused=any(r.trouble for r in found))


def _refuse_stale(run: Run, office: Office, found: list[Recipient], fresh: dict[str, str]) -> None:
    """Nobody is sent what is not what the registry says today."""
    from jinguo.common.manifest import Manifest
    from jinguo.mail.compose import stale

    old = stale(office, fresh, Manifest(run.output_folder).entries)
    for recipient in found:
        for d in recipient.due:
            if d.file in old:
                recipient.trouble = f"“{d.file}”{old[d.file]}"
                run.withheld.append(Withheld(f"给{recipient.name}的邮件", (recipient.trouble,), _AGAIN))
                break


def _send(run: Run, office: Office, found: list[Recipient], settings_file: Path, yes: bool) -> int:
    """Send what has not been sent yet, remembering each message before the next; what cannot be sent is told at the
    end."""
    import dataclasses
    import os
    import smtplib

    from rich.progress import track

    from jinguo.mail.compose import drafts
    from jinguo.mail.send import Sent, connect, read_server, send

    server, sent = read_server(settings_file), Sent(run.output_folder / _FOLDER / _SENT)
    waiting = [
        dataclasses.replace(r, due=[d for d in r.due if (str(r.address), d.file) not in sent])
        for r in found
        if not r.trouble and r.address
    ]
    waiting = [r for r in waiting if r.due]
    troubles = [(r.name, r.trouble) for r in found if r.trouble]
    done = 0
    written = drafts(office, waiting)
    if waiting and not yes and not click.confirm(f"要发 {len(waiting)} 封邮件，现在发吗？"):
        run.say("没有发送。")
        return 1
    if waiting and server.security == "无" and server.user:
        run.say(
            f"注意：“加密”是“无”，用户和密码会不加密地经过网络发给 {server.host}；能用 SSL、STARTTLS 的，请改。",
            "bold red",
        )
    if waiting:
        password = os.environ.get("JINGUO_MAIL_PASSWORD") or (
            click.prompt("密码或授权码", hide_input=True) if server.user else ""
        )
        smtp = connect(server, password)
        for recipient, message in zip(track(waiting, "发送", console=run.console), written, strict=True):
            assert recipient.address
            try:
                refused = send(smtp, message, run.registry.settings.item("邮箱"), recipient.address)
            except (OSError, smtplib.SMTPException) as error:
                run.say(f"发到 {recipient.name} 时断了：{error}", "bold red")
                run.say(
                    f"已经发出 {done} 封，还有 {len(waiting) - done} 封没有发。下一步：检查网络后再运行一次，会接着发，不会重发。"
                )
                return 1
            if refused:
                troubles.append((recipient.name, refused))
            else:
                sent.add(recipient.address, [d.file for d in recipient.due])
                done += 1
        smtp.quit()
    for name, why in troubles:
        run.say(f"没有发：{name}，{why}。", "bold red")
    run.say(
        f"发出 {done} 封。发过的记在 {run.shown(f'{_FOLDER}/{_SENT}')}，再运行不会重发。"
        if done
        else "没有要发的邮件：都发过了，或者发不了。"
    )
    return run.exit_code(refused=bool(troubles))


def _office(run: Run) -> Office:
    from jinguo.mail.compose import Office, body_template

    return Office(run.registry, run.output_folder / "通知", body_template(run.templates))


def _write(run: Run, office: Office, found: list[Recipient], whole: bool) -> None:
    """A draft for each recipient without trouble, and the list of who gets what; drafts of before go only where these are
    the `whole`."""
    from jinguo.mail.compose import drafts, list_of_mail
    from jinguo.mail.recipients import file_names

    ready = [r for r in found if not r.trouble]
    with run.output("mail") as output:
        for recipient, name, data in zip(ready, file_names(ready), drafts(office, ready), strict=True):
            output.write(_FOLDER, f"{name}.eml", data, [place for d in recipient.due for place in d.rows])
        output.write(_FOLDER, _LIST, list_of_mail(office, found, run.author))
        if whole:
            output.clear(f"{_FOLDER}/")


def _show(run: Run, found: list[Recipient]) -> None:
    ready = [r for r in found if not r.trouble]
    run.tell()
    for recipient in found:
        if recipient.trouble:
            run.say(f"没有写草稿：{recipient.name}，{recipient.trouble}。", "bold red")
    if not found:
        run.say("没有到期的通知和提醒函，不用发邮件。")
        return
    run.say(
        f"写了 {len(ready)} 封草稿，附件共 {sum(len(r.due) for r in ready)} 份。谁收到什么，见 {run.shown(f'{_FOLDER}/{_LIST}')}。"
    )
    run.say(f"下一步：打开 {run.shown(_FOLDER)}，双击每封 .eml，核对收件人和附件后再发。")
