"""One .eml file: a draft that Outlook, Foxmail and Thunderbird open ready to be sent."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr
from typing import Any

#: CRLF, as RFC 5322 has lines end; servers refuse what they take for one long line.
LINES = compat32.clone(linesep="\r\n")

#: The words of a message have no more bytes.
_MOST_BODY = 50_000
#: What an attachment is, by the end of its name.
_KINDS = {"docx": "wordprocessingml.document", "xlsx": "spreadsheetml.sheet"}


def fill_body(template: str, values: Mapping[str, Any]) -> str:
    """The text of a message. Raises jinja2.TemplateError or a SecurityError for a template that is wrong or hostile."""
    from jinguo.word.sandbox import filled, make_environment

    environment = make_environment()
    environment.autoescape = False
    # Half of a sign, as a tag can spell it, is in no message.
    return filled(environment.from_string(template), values).encode("utf-8", "replace").decode()


def what_is_wrong(data: bytes, sample: Mapping[str, Any]) -> str:
    """What keeps the words of a mail from being filled, tried with a sample of every name; empty where nothing does."""
    import jinja2

    from jinguo.word.mistakes import syntax_words, undefined_words

    if len(data) > _MOST_BODY:
        return "太长，不像一封邮件"
    try:
        fill_body(data.decode("utf-8-sig"), sample)
    except UnicodeDecodeError:
        return "不是 UTF-8 文本，请用记事本另存为 UTF-8"
    except jinja2.UndefinedError as error:
        return undefined_words(error, sample)
    except jinja2.TemplateSyntaxError as error:
        return f"的标记写得不对：{syntax_words(str(error.message))}"
    except (jinja2.TemplateError, RecursionError, SyntaxError):
        return "里有不允许的写法"
    except (ArithmeticError, TypeError, ValueError):
        return "里有算不出来的：数字和文字不能相加，不能除以 0"
    return ""


def draft(
    sender: tuple[str, str],
    recipient: tuple[str, str],
    subject: str,
    body: str,
    files: Mapping[str, bytes],
    day: datetime.date,
) -> bytes:
    """The draft, the same bytes for the same content. X-Unsent makes Outlook open it for sending.

    The names of the attachments stand twice: as RFC 2231 has it, and as older programs (Foxmail) read it.
    """
    message = MIMEMultipart()
    message["Subject"] = Header(_one_line(subject), "utf-8").encode()
    message["From"] = formataddr((_one_line(sender[0]), sender[1]))
    message["To"] = formataddr((_one_line(recipient[0]), recipient[1]))
    message["Date"] = format_datetime(
        datetime.datetime.combine(day, datetime.time(9), datetime.timezone(datetime.timedelta(hours=8)))
    )
    message["X-Unsent"] = "1"
    message.attach(MIMEText(body, "plain", "utf-8"))
    for name, data in files.items():
        part = MIMEApplication(
            data,
            f"vnd.openxmlformats-officedocument.{_KINDS.get(name.rpartition('.')[2], _KINDS['docx'])}",
            name=Header(name, "utf-8", maxlinelen=998).encode(),
        )
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
        message.attach(part)
    message.set_boundary(f"=_{hashlib.sha256(b''.join([body.encode(), *files.values()])).hexdigest()[:32]}")
    return message.as_bytes(policy=LINES)


def _one_line(text: str) -> str:
    """A name or a subject as a header may hold it: a line break would begin another header."""
    return " ".join(text.split())
