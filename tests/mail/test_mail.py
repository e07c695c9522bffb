"""Mail drafts: who gets what and nothing else, readable names, and a refusal where something would go astray."""

from __future__ import annotations

import email
import email.policy
import socket
from pathlib import Path

import pytest

from jinguo.documents.due_document import DueDocument
from jinguo.documents.factory.mail_body import BODY
from jinguo.mail.draft import draft, fill_body
from jinguo.mail.recipients import recipients
from tests.helpers import ROOT, TODAY, change_cell, find_cell, jinguo, office, registry, snapshot, workbook_rows


def letter(to: str, address: str | None) -> DueDocument:
    return DueDocument("换届提醒函", "提醒", f"{to} 提醒", "", lambda number: {}, "", to=to, address=address)


def notice(*tiers: str) -> DueDocument:
    return DueDocument("培训通知", "通知", "通知", "", lambda number: {}, "", tiers=tiers, numbered=True)


_SHEETS = {
    "镇街": "镇街 | 邮箱\n阳明街道 | ym@example.org\n泗门镇 |",
    "社会组织": """
        组织编号 | 组织名称 | 层级   | 登记状态 | 所属镇街 | 邮箱
        ZZ0001   | 旗袍协会 | 核心层 | 已登记   | 阳明街道 | qp@example.org
        ZZ0002   | 红娘之家 | 大众层 | 已备案   | 阳明街道 | hn@example.org
        ZZ0003   | 舞蹈队   | 核心层 | 已注销   | 阳明街道 | wd@example.org
        ZZ0004   | 没有邮箱 | 核心层 | 已登记   | 阳明街道 |
    """,
    "人员": "人员编号 | 姓名 | 邮箱\nRY0001 | 王小红 | qp@example.org\nRY0002 | 李静 | lj@example.org\nRY0003 | 陈晨 | 坏的地址",
}


def test_a_notice_goes_to_the_townships_and_to_those_it_is_meant_for():
    found = recipients(registry(**_SHEETS), [notice("核心层")])
    assert [(r.name, r.address, bool(r.trouble)) for r in found] == [
        ("阳明街道妇联", "ym@example.org", False), ("泗门镇妇联", None, True), ("旗袍协会", "qp@example.org", False),
    ]  # fmt: skip
    assert [r.name for r in recipients(registry(**_SHEETS), [notice()])][-1] == "红娘之家"


def test_one_recipient_gets_everything_meant_for_him_at_once():
    found = recipients(
        registry(**_SHEETS), [notice("核心层"), letter("李静", "lj@example.org"), letter("李静", "lj@example.org")]
    )
    assert {r.name: len(r.due) for r in found} == {"阳明街道妇联": 1, "泗门镇妇联": 1, "旗袍协会": 1, "李静": 2}


def test_a_letter_does_not_go_to_an_address_that_somebody_else_has_too():
    (found,) = recipients(registry(**_SHEETS), [letter("王小红", "qp@example.org")])
    assert found.trouble == "邮箱与旗袍协会的相同，给一个人的材料不能发到别人那里"


def test_a_missing_or_malformed_address_is_told():
    (found,) = recipients(registry(**_SHEETS), [letter("陈晨", registry(**_SHEETS)["people"]["email"][2])])
    assert (found.address, found.trouble) == (None, "没有邮箱，或邮箱写得不对")


def opened(data: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


FILES = {"2026-10-22 “家门口”的通知.docx": b"PK one", "附件&二.docx": b"PK two"}


def test_a_draft_reads_back_as_it_was_meant():
    data = draft(
        ("余姚市妇联", "fulian@example.org"),
        ("泗门镇妇联", "sm@example.org"),
        "关于“家门口”的通知",
        "您好！\n请查收。",
        FILES,
        TODAY,
    )
    message = opened(data)
    assert (message["Subject"], message["X-Unsent"]) == ("关于“家门口”的通知", "1")
    assert (message["To"].addresses[0].display_name, message["To"].addresses[0].addr_spec) == (
        "泗门镇妇联",
        "sm@example.org",
    )
    assert message.get_body().get_content().splitlines() == ["您好！", "请查收。"]
    assert {part.get_filename(): part.get_content() for part in message.iter_attachments()} == FILES


def test_the_names_of_attachments_stand_in_both_ways():
    """RFC 2231 for Outlook and the standards, RFC 2047 for Foxmail."""
    text = draft(("妇联", "a@example.org"), ("镇", "b@example.org"), "通知", "正文", {"通知.docx": b"x"}, TODAY).decode(
        "ascii"
    )
    assert "filename*=utf-8''%E9%80%9A%E7%9F%A5.docx" in text
    assert 'name="=?utf-8?b?6YCa55+lLmRvY3g=?="' in text


def test_the_same_content_gives_the_same_bytes():
    make = lambda: draft(("妇联", "a@example.org"), ("镇", "b@example.org"), "通知", "正文", FILES, TODAY)  # noqa: E731
    assert make() == make()


@pytest.mark.parametrize("name", ["换行\r\nBcc: x@example.org", "很长" * 60, '引号"和,逗号', "a@b"])
def test_no_name_breaks_out_of_its_header(name):
    message = opened(
        draft(("妇联", "a@example.org"), (name, "b@example.org"), "标题\r\nBcc: y@example.org", "正文", {}, TODAY)
    )
    assert message["Bcc"] is None
    assert [a.addr_spec for a in message["To"].addresses] == ["b@example.org"]


def test_the_body_is_a_template_of_words():
    values = {
        "收件人": "A&B",
        "单位名称": "妇联",
        "件数": "1",
        "联系人": "陈晓",
        "联系电话": "1",
        "成文日期": "今天",
        "材料": [{"标题": "<通知>", "种类": "x"}],
    }
    assert "A&B：" in fill_body(BODY, values) and "1. <通知>" in fill_body(BODY, values)


def test_the_text_of_the_repository_is_that_of_the_program():
    assert (ROOT / "templates" / "邮件正文.txt").read_text("utf-8") == BODY


class TestThroughTheRealCommand:
    @pytest.fixture
    def folder(self, tmp_path) -> Path:
        folder = office(tmp_path)
        assert jinguo(folder, "notices").returncode == 0
        return folder

    def test_each_recipient_gets_exactly_what_is_his(self, folder):
        before = snapshot(folder / "workbooks")
        done = jinguo(folder, "mail")
        assert done.returncode == 1
        assert "没有写草稿：东江妈妈帮，没有邮箱，或邮箱写得不对。" in done.stdout
        rows = workbook_rows(folder / "output" / "邮件" / "邮件清单.xlsx", "清单")[3:]
        drafts = {p.stem for p in (folder / "output" / "邮件").glob("*.eml")}
        assert drafts == {row[0] for row in rows if row[4] == "已写草稿"}
        personal = opened((folder / "output" / "邮件" / "蒋倩.eml").read_bytes())
        assert [part.get_filename() for part in personal.iter_attachments()] == ["2026-11-14 蒋倩 继续教育提醒.docx"]
        for path in (folder / "output" / "邮件").glob("*妇联.eml"):
            names = [part.get_filename() for part in opened(path.read_bytes()).iter_attachments()]
            assert [name.split()[-1] for name in names] == [
                "培训通知.docx",
                "培训通知.docx",
                "项目征集通知.docx",
                "活动方案征集通知.docx",
                "考试情况通报.docx",
            ]
        assert snapshot(folder / "workbooks") == before

    def test_what_staff_have_edited_is_what_is_attached(self, folder):
        path = folder / "output" / "通知" / "2026-11-14 蒋倩 继续教育提醒.docx"
        path.write_bytes(path.read_bytes() + b"edited")
        jinguo(folder, "mail", "继续教育提醒")
        (part,) = opened((folder / "output" / "邮件" / "蒋倩.eml").read_bytes()).iter_attachments()
        assert part.get_content() == path.read_bytes()

    def test_without_the_documents_nothing_is_written(self, tmp_path):
        folder = office(tmp_path)
        done = jinguo(folder, "mail")
        assert (done.returncode, "先运行“生成通知”" in done.stderr) == (2, True)
        assert not (folder / "output" / "邮件").exists()

    def test_without_an_address_of_ones_own_nothing_is_written(self, folder):
        path = folder / "workbooks" / "设置.xlsx"
        change_cell(path, "单位", find_cell(path, "单位", "内容", "邮箱"), None)
        done = jinguo(folder, "mail")
        assert (done.returncode, "没有填本单位的邮箱" in done.stderr) == (2, True)

    def test_a_wrong_body_is_told(self, folder):
        (folder / "templates" / "邮件正文.txt").write_text("{{ 收件人", encoding="utf-8")
        done = jinguo(folder, "mail")
        assert (done.returncode, "templates › 邮件正文.txt" in done.stderr) == (2, True)

    def test_no_draft_names_a_mobile_or_an_identity_number(self, folder):
        jinguo(folder, "mail")
        people = workbook_rows(folder / "workbooks" / "人员台账.xlsx", "人员")
        private = {str(row[people[0].index(h)]) for row in people[1:] for h in ("身份证号", "手机")}
        for path in (folder / "output" / "邮件").glob("*.eml"):
            text = opened(path.read_bytes()).get_body().get_content()
            assert not [value for value in private if value in text]


class Handler:
    """A server that keeps what it gets, refuses one address, and breaks off after so many messages."""

    def __init__(self) -> None:
        self.got: list[tuple[str, bytes]] = []
        self.breaks_after = 10**6
        self.refuses = ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == self.refuses:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if len(self.got) >= self.breaks_after:
            return "421 closing"
        self.got.append((envelope.rcpt_tos[0], envelope.content))
        return "250 OK"


@pytest.fixture
def server():
    from aiosmtpd.controller import Controller

    handler = Handler()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


class TestSending:
    @pytest.fixture
    def folder(self, tmp_path, server) -> Path:
        folder = office(tmp_path)
        assert jinguo(folder, "notices").returncode == 0
        (folder / "邮件设置.ini").write_text(
            f"[smtp]\n服务器 = 127.0.0.1\n端口 = {server[1]}\n加密 = 无\n", encoding="utf-8"
        )
        return folder

    def test_everything_goes_out_once(self, folder, server):
        handler, _ = server
        done = jinguo(folder, "mail", "--send", "--yes")
        assert done.returncode == 1, done.stderr
        assert "发出 23 封" in done.stdout and "没有发：东江妈妈帮" in done.stdout
        assert len(handler.got) == len({address for address, _ in handler.got}) == 23
        assert all(b"X-Unsent" not in data for _, data in handler.got)
        jinguo(folder, "mail", "--send", "--yes")
        assert len(handler.got) == 23

    def test_a_password_that_would_go_in_clear_is_told(self, folder, server, monkeypatch):
        settings = folder / "邮件设置.ini"
        settings.write_text(settings.read_text("utf-8") + "用户 = fulian@example.org\n", "utf-8")
        monkeypatch.setenv("JINGUO_MAIL_PASSWORD", "secret")
        done = jinguo(folder, "mail", "--send", "--yes")
        assert "用户和密码会不加密地经过网络" in done.stdout
        assert "secret" not in done.stdout + done.stderr

    def test_after_a_failure_in_the_middle_the_rest_goes_out_and_nothing_twice(self, folder, server):
        handler, _ = server
        handler.breaks_after = 7
        done = jinguo(folder, "mail", "--send", "--yes")
        assert done.returncode == 1
        assert "已经发出 7 封，还有 16 封没有发" in done.stdout
        handler.breaks_after = 10**6
        assert "发出 16 封" in jinguo(folder, "mail", "--send", "--yes").stdout
        assert len(handler.got) == len({address for address, _ in handler.got}) == 23

    def test_one_who_is_refused_does_not_keep_the_others_from_theirs(self, folder, server):
        handler, _ = server
        handler.refuses = "zj10@example.org"
        done = jinguo(folder, "mail", "--send", "--yes")
        assert "服务器不收（550 no such user）" in done.stdout
        assert len(handler.got) == 22

    def test_what_arrives_is_what_was_drafted(self, folder, server):
        handler, _ = server
        jinguo(folder, "mail", "继续教育提醒", "--send", "--yes")
        found = {address: opened(data) for address, data in handler.got}
        assert {m["To"].addresses[0].display_name for m in found.values()} == {"蒋倩", "潘菊芬"}
        for address, message in found.items():
            assert message["To"].addresses[0].addr_spec == address
            assert all(
                message["To"].addresses[0].display_name in part.get_filename() for part in message.iter_attachments()
            )

    def test_nothing_goes_out_unasked(self, folder, server):
        assert jinguo(folder, "mail", "--send").returncode != 0
        assert server[0].got == []

    def test_a_new_document_goes_to_those_who_had_the_old_ones(self, folder, server):
        jinguo(folder, "mail", "继续教育提醒", "--send", "--yes")
        done = jinguo(folder, "mail", "--send", "--yes")
        assert "发出 21 封" in done.stdout

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (None, "没有邮件服务器的设置"),
            ("[smtp]\n端口 = 25", "没有邮件服务器的设置"),
            ("[smtp]\n服务器 = 127.0.0.1\n端口 = 二十五", "没有邮件服务器的设置"),
            ("[smtp]\n服务器 = 127.0.0.1\n加密 = TLS9", "“加密”填的是TLS9"),
            ("[smtp]\n服务器 = 127.0.0.1\n端口 = 1\n加密 = 无", "连不上邮件服务器"),
        ],
    )
    def test_a_server_that_is_not_there_is_told(self, folder, server, text, said):
        path = folder / "邮件设置.ini"
        path.unlink()
        if text:
            path.write_text(text, encoding="utf-8")
        done = jinguo(folder, "mail", "--send", "--yes")
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr

    def test_a_record_that_cannot_be_read_stops_before_anything_is_sent_twice(self, folder, server):
        (folder / "output" / "邮件").mkdir(exist_ok=True)
        (folder / "output" / "邮件" / "已发送.json").write_text("{", encoding="utf-8")
        done = jinguo(folder, "mail", "--send", "--yes")
        assert (done.returncode, "以免重发" in done.stderr) == (2, True)
        assert server[0].got == []
