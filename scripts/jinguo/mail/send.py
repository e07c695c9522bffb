"""Sending drafts through the office's SMTP server, one by one, and remembering what has been sent."""

from __future__ import annotations

import configparser
import datetime
import email
import json
import smtplib
import ssl
from dataclasses import dataclass
from pathlib import Path

from jinguo.common.errors import JinguoError
from jinguo.common.writing import write_file
from jinguo.mail.draft import LINES

_EXAMPLE = "[smtp]\n服务器 = smtp.example.org\n端口 = 465\n加密 = SSL\n用户 = fulian@example.org"
_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """Where mail is handed in: `security` is SSL, STARTTLS or 无; without a user nobody logs in."""

    host: str
    port: int
    security: str
    user: str


def read_server(path: Path) -> Server:
    """The server named in the office's local file; JinguoError, with an example, where it is missing or incomplete."""
    file = configparser.ConfigParser(interpolation=None)
    try:
        file.read_string(path.read_text("utf-8-sig"))
        smtp = file["smtp"]
        server = Server(
            smtp["服务器"],
            smtp.getint("端口", fallback=465),
            smtp.get("加密", fallback="SSL").upper(),
            smtp.get("用户", fallback=""),
        )
    except (OSError, ValueError, KeyError, configparser.Error) as error:
        raise JinguoError(
            "没有邮件服务器的设置，或者写得不全",
            str(path),
            f"新建这个文本文件，写上：\n{_EXAMPLE}\n密码不要写在里面，运行时再输入。",
        ) from error
    if server.security not in ("SSL", "STARTTLS", "无"):
        raise JinguoError(f"“加密”填的是{server.security}", str(path), "填 SSL、STARTTLS 或 无。")
    return server


def connect(server: Server, password: str) -> smtplib.SMTP:
    """A connection ready to send; JinguoError where the server cannot be reached or does not let one in."""
    where = f"{server.host}:{server.port}"
    try:
        smtp: smtplib.SMTP
        if server.security == "SSL":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=ssl.create_default_context())
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
            if server.security == "STARTTLS":
                smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, password)
    except smtplib.SMTPAuthenticationError as error:
        raise JinguoError("邮件服务器不认这个用户或密码", where, "核对用户；许多邮箱要用“授权码”代替密码。") from error
    except (OSError, smtplib.SMTPException) as error:
        raise JinguoError("连不上邮件服务器", where, "检查网络、服务器地址、端口和加密方式。") from error
    return smtp


class Sent:
    """What has been sent: a file of (address, document) pairs, written anew after every message."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            read = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            read = {}
        except (OSError, ValueError) as error:
            raise JinguoError(
                "发送记录读不出来，没有发送，以免重发", str(path), "核对哪些已经发过；确定要重新发送，就删去这个文件。"
            ) from error
        self.times: dict[str, str] = read

    def __contains__(self, key: tuple[str, str]) -> bool:
        return "｜".join(key) in self.times

    def add(self, address: str, documents: list[str]) -> None:
        """Remember that these went to the address; on the disk before the next message goes out."""
        now = f"{datetime.datetime.now():%Y-%m-%d %H:%M:%S}"
        self.times |= {"｜".join((address, document)): now for document in documents}
        write_file(self.path, json.dumps(self.times, ensure_ascii=False, indent=1).encode("utf-8"))


def send(smtp: smtplib.SMTP, draft: bytes, sender: str, address: str) -> str:
    """Send one draft; empty, or why the server refuses this recipient. Whatever else goes wrong is raised."""
    message = email.message_from_bytes(draft)
    del message["X-Unsent"]
    try:
        smtp.sendmail(sender, [address], message.as_bytes(policy=LINES))
    except smtplib.SMTPRecipientsRefused as error:
        code, text = error.recipients[address]
        return f"服务器不收（{code} {text.decode('utf-8', 'replace')}）"
    return ""
