"""The draft for each recipient: her documents as they lie in output/, and what the message says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.writing import file_digest, safe_name
from jinguo.documents.due_document import DueDocument
from jinguo.documents.factory.mail_body import BODY, FILE, SAMPLE
from jinguo.excel.writing.report import Sheet, write_report
from jinguo.mail.draft import draft, fill_body, what_is_wrong
from jinguo.mail.recipients import Recipient
from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words


@dataclass(frozen=True)
class Office:
    """Who writes, and from what: the registry, the folder with the documents, and the words of a message."""

    registry: Registry
    documents: Path
    body: str

    def path(self, due: DueDocument) -> Path:
        """Where `notices` has written a document."""
        return self.documents / safe_name(f"{due.file}.docx")


def body_template(templates: Path) -> str:
    """What staff want a message to say, or else the program's own words. JinguoError where that is not to be read."""
    path = templates / FILE
    if not path.is_file():
        return BODY
    data = path.read_bytes()
    if wrong := what_is_wrong(data, SAMPLE):
        raise JinguoError(f"邮件正文{wrong}", f"templates › {FILE}", "改好它；或删去这个文件，用程序自带的正文。")
    return data.decode("utf-8-sig")


def drafts(office: Office, found: Sequence[Recipient]) -> list[bytes]:
    """The draft for each recipient. A notice to all is read once, not once for each of them."""
    settings, day = office.registry.settings, office.registry.today
    sender = (settings.item("单位名称"), settings.item("邮箱"))
    contents = {path: path.read_bytes() for path in {office.path(d) for recipient in found for d in recipient.due}}
    written = []
    for recipient in found:
        files = {path.name: contents[path] for path in map(office.path, recipient.due)}
        titles = [d.title for d in recipient.due]
        subject = titles[0] if len(titles) == 1 else f"{titles[0]}等{len(titles)}份材料"
        written.append(
            draft(sender, (recipient.name, recipient.address or ""), subject, _body(office, recipient), files, day)
        )
    return written


def _body(office: Office, recipient: Recipient) -> str:
    import jinja2

    try:
        return fill_body(office.body, _values(office.registry, recipient))
    except jinja2.TemplateError as error:
        raise JinguoError(
            "邮件正文的标记写得不对", f"templates › {FILE}", "检查 {{ }} 和 {% %}；或删去这个文件，用程序自带的正文。"
        ) from error


def _values(registry: Registry, recipient: Recipient) -> Mapping[str, Any]:
    settings = registry.settings
    return {
        "收件人": recipient.name, "单位名称": settings.item("单位名称"), "件数": str(len(recipient.due)), "联系人": settings.item("联系人"),
        "联系电话": settings.item("电话"), "成文日期": day_words(registry.today), "材料": [{"标题": d.title, "种类": d.kind} for d in recipient.due],
    }  # fmt: skip


def stale(office: Office, fresh: Mapping[str, str], manifest: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Of the documents as they lie there those that are not what this registry says, each with why; `fresh` are the sha256
    of what would be written today, by the document's file.

    What staff have edited is theirs, where they edited what would be written today, or have seen that beside theirs and
    deleted it.
    """
    found = {}
    for file, digest in fresh.items():
        path = f"{office.documents.name}/{safe_name(f'{file}.docx')}"
        if manifest.get(path, {}).get("sha256") == digest or file_digest(office.documents.parent / path) == digest:
            continue
        stem = path.removesuffix(".docx")
        beside = [
            other
            for other, entry in manifest.items()
            if other.startswith(f"{stem}（新生成") and entry.get("sha256") == digest
        ]
        if any((office.documents.parent / other).exists() for other in beside):
            found[file] = "您改过它，台账后来又变了，新的在旁边；核对以后删去不用的一份"
        elif not beside:
            found[file] = "台账在它生成以后变了，请先运行“生成通知”"
    return found


def list_of_mail(office: Office, found: Sequence[Recipient], author: str) -> bytes:
    """邮件清单.xlsx: who gets what, and to whom nothing is sent and why."""
    rows = []
    for recipient in found:
        files = [office.path(d).name for d in recipient.due]
        rows.append(
            [recipient.name, recipient.address or "", len(files), "、".join(files), recipient.trouble or "已写草稿"]
        )
    header = ["收件人", "邮箱", "份数", "材料", "结果"]
    sheet = Sheet(
        "清单", "邮件清单", header, rows, [28, 28, 8, 60, 34], note="双击 .eml 在 Outlook、Foxmail 里打开，核对后再发。"
    )
    return write_report("邮件清单", [sheet], author)
