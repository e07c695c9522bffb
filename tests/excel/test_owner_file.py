"""Who has a workbook open, by what Excel, WPS and LibreOffice leave beside it."""

from __future__ import annotations

from jinguo.excel.owner_file import cannot_open, opened_by


def excel_owner(name: str, place: int = 55) -> bytes:
    """~$台账.xlsx as Excel writes it: the name in the computer's code page, padded, then in UTF-16."""
    ansi = name.encode("gbk")
    head = bytes([len(ansi)]) + ansi.ljust(place - 1, b" ")
    return head + len(name).to_bytes(2, "little") + name.encode("utf-16-le").ljust(108, b"\0")


def test_the_name_in_excel_s_owner_file(tmp_path):
    book = tmp_path / "人员台账.xlsx"
    (tmp_path / "~$人员台账.xlsx").write_bytes(excel_owner("陈晓"))
    assert opened_by(book) == "陈晓"
    assert cannot_open(book).paragraph() == (
        "人员台账.xlsx：文件打不开，可能正被别的程序独占，陈晓 正开着它\n请这样做：关闭打开它的程序后再运行。"
    )


def test_word_and_wps_write_it_one_byte_earlier(tmp_path):
    (tmp_path / "~$甲.xlsx").write_bytes(excel_owner("王干事", 54))
    assert opened_by(tmp_path / "甲.xlsx") == "王干事"


def test_libreoffice_s_lock(tmp_path):
    (tmp_path / ".~lock.甲.xlsx#").write_text(",李四,pc-12,28.11.2026 10:11,file:///home/li;", "utf-8")
    assert opened_by(tmp_path / "甲.xlsx") == "李四"


def test_where_nobody_says_so_nobody_is_named(tmp_path):
    book = tmp_path / "甲.xlsx"
    assert opened_by(book) == ""
    for data in (b"", b"\xff" * 20, bytes(200), b"\x03abc" + b" " * 200):
        (tmp_path / "~$甲.xlsx").write_bytes(data)
        assert opened_by(book) == ""
    assert "正开着它" not in cannot_open(book).paragraph()
