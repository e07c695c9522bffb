"""Keys, identity cards, credit codes, telephones and addresses. Every number here is made up and given its check
digit."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jinguo.schema.codes import (
    CreditCode,
    Email,
    IdCard,
    Key,
    Phone,
    Reference,
    birth_day,
    id_sex,
    organisation_check_digit,
)
from jinguo.schema.problems import Parsed
from tests.helpers import examples, findings, registry
from tests.schema.test_types import code, read

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def identity(first_17: str) -> str:
    """An identity card number with its check digit, by the weights of domain.md §2.8 (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first_17 + "10X98765432"[sum(w * int(d) for w, d in zip(weights, first_17, strict=True)) % 11]


def credit_code(first_8: str, body: str) -> str:
    """A credit code with both check characters, by domain.md §2.6 (GB 11714 inside GB 32100)."""
    inner = 11 - sum(w * int(c, 36) for w, c in zip((3, 7, 9, 10, 5, 8, 4, 2), body, strict=True)) % 11
    first_17 = first_8 + body + {10: "X", 11: "0"}.get(inner, str(inner))
    total = sum(pow(3, i, 31) * ALPHABET.index(c) for i, c in enumerate(first_17))
    return first_17 + ALPHABET[-total % 31]


WOMAN = identity("33028119800101104")
ENDS_IN_X = identity("33028119800101102")
MAN = identity("33028119791231003")
IDENTITIES = st.builds(
    lambda area, born, order: identity(f"{area}{born:%Y%m%d}{order:03}"),
    st.sampled_from(["330281", "332123", "330223", "330219", "339001", "330282"]),
    st.dates(datetime.date(1930, 1, 1), datetime.date(2008, 12, 31)),
    st.integers(0, 999),
)
CREDIT_CODES = st.builds(
    credit_code, st.sampled_from(["51330281", "52330281", "53330200"]), st.text(ALPHABET, min_size=8, max_size=8)
)


def changed(text: str, place: int, character: str) -> str:
    return text[:place] + character + text[place + 1 :]


# -- identity cards ---------------------------------------------------------------------------------------------------


@given(IDENTITIES)
@settings(max_examples=examples(80), deadline=None)
def test_a_number_whose_check_digit_holds_is_right_wherever_it_was_issued(number):
    """A prefix other than 330281 is no error: Yuyao itself had five codes (domain.md §2.8)."""
    assert read(IdCard(), number) == Parsed(number)


@given(IDENTITIES, st.integers(0, 17), st.sampled_from("0123456789"))
@settings(max_examples=examples(100), deadline=None)
def test_one_wrong_digit_is_always_noticed(number, place, digit):
    assume(number[place] != digit)
    parsed = read(IdCard(), changed(number, place, digit))
    assert (parsed.value, code(parsed)) == (None, "CELL-010")


@given(IDENTITIES, st.integers(0, 16))
@settings(max_examples=examples(100), deadline=None)
def test_two_neighbouring_digits_exchanged_are_always_noticed(number, place):
    assume(number[place] != number[place + 1])
    parsed = read(IdCard(), number[:place] + number[place + 1] + number[place] + number[place + 2 :])
    assert (parsed.value, code(parsed)) == (None, "CELL-010")


@pytest.mark.parametrize(
    "spell",
    [
        lambda n: n.lower(),
        lambda n: f" {n} ",
        lambda n: f"{n[:6]} {n[6:14]} {n[14:]}",
        lambda n: "'" + n,
        lambda n: "‘" + n,
        lambda n: "\u200b" + n + "\u3000",
        lambda n: n.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"}),
        lambda n: n[:9] + "\n" + n[9:],
        pytest.param(lambda n: f"\u202d{n}\u202c"),
    ],
    ids=["lower x", "spaces around", "spaces inside", "'", "‘", "invisible", "full width", "line break", "U+202D"],
)
def test_spellings_of_an_identity_card_number(spell):
    assert ENDS_IN_X.endswith("X")
    assert read(IdCard(), spell(ENDS_IN_X)) == Parsed(ENDS_IN_X)


@pytest.mark.parametrize(
    ("typed", "rule", "what", "remedy"),
    [
        (WOMAN[:17], "CELL-010", "有 17 位，不是 17 位数字加 1 位校验码", "请对照身份证核对"),
        (WOMAN + "1", "CELL-010", "有 19 位，不是 17 位数字加 1 位校验码", "请对照身份证核对"),
        ("33028119800101O02X", "CELL-010", "有 18 位，不是 17 位数字加 1 位校验码", "请对照身份证核对"),
        ("X" * 18, "CELL-010", "有 18 位，不是 17 位数字加 1 位校验码", "请对照身份证核对"),
        (identity("33028119800230102"), "CELL-010", "第 7～14 位“19800230”不是真有的一天", "请对照身份证核对"),
        (identity("33028119801301102"), "CELL-010", "第 7～14 位“19801301”不是真有的一天", "请对照身份证核对"),
        (
            changed(WOMAN, 17, str((int(WOMAN[17]) + 1) % 10)),
            "CELL-010",
            "末位校验码对不上，号码里至少有一位抄错",
            "请对照身份证逐位核对",
        ),
        ("330281800101102", "CELL-015", "是 15 位的旧号码", "请向本人核对后换成 18 位号码"),
    ],
    ids=["17 digits", "19 digits", "letter O", "all X", "30 February", "13th month", "check digit", "15 digits"],
)
def test_an_identity_card_number_that_is_wrong_says_how(typed, rule, what, remedy):
    parsed = read(IdCard(), typed)
    assert parsed.value is None
    assert (code(parsed), parsed.problem.what, parsed.problem.remedy) == (rule, what, remedy)


@pytest.mark.parametrize("year", [1800, 2090])
def test_nobody_is_born_in_another_century(year):
    assert code(read(IdCard(), identity(f"330281{year}0101102"))) == "CELL-010"


@pytest.mark.parametrize("kind", [IdCard(), CreditCode()], ids=["IdCard", "CreditCode"])
@pytest.mark.parametrize("stored", [3.30281198001011e17, 330281198001011000, 330281198001011000.0])
def test_a_code_stored_as_a_number_is_ruined_and_never_repaired(kind, stored):
    parsed = read(kind, stored)
    assert (parsed.value, code(parsed)) == (None, "CELL-009")
    assert "后几位已不可恢复" in parsed.problem.what
    assert parsed.problem.remedy == "请对照原件重新输入：先把单元格格式设为文本，再输入完整号码；不要在原数字上修补"


def test_a_ruined_number_is_shown_as_excel_shows_it():
    assert read(IdCard(), 3.30281198001011e17).problem.what.startswith("存成了数字 330281198001011000，")


def test_the_report_does_not_show_digits_that_excel_does_not_have():
    rows = [["姓名", "身份证号"], ["王小红", 3.30281198001011e17]]
    assert [f.value for f in registry(人员=rows).findings if f.code == "CELL-009"] == ["330281198001011000"]


@pytest.mark.parametrize(
    ("kind", "rule", "what"),
    [(IdCard(), "CELL-015", "是 15 位的旧号码"), (CreditCode(), "CELL-011", "是 15 位的旧登记证号")],
    ids=["IdCard", "CreditCode"],
)
def test_an_old_number_of_15_digits_is_not_ruined_by_being_a_number(kind, rule, what):
    parsed = read(kind, 330281800101102.0)
    assert (code(parsed), parsed.problem.what) == (rule, what)


@given(st.dates(datetime.date(1930, 1, 1), datetime.date(2008, 12, 31)), st.integers(0, 999))
@settings(max_examples=examples(60), deadline=None)
def test_birth_and_sex_are_in_the_number(born, order):
    number = identity(f"330281{born:%Y%m%d}{order:03}")
    assert birth_day(number) == born
    assert id_sex(number) == ("男" if str(order)[-1] in "13579" else "女")


# -- credit codes -----------------------------------------------------------------------------------------------------


@given(CREDIT_CODES)
@settings(max_examples=examples(80), deadline=None)
def test_a_credit_code_with_both_check_characters_is_right(number):
    assert read(CreditCode(), number) == Parsed(number)
    assert read(CreditCode(), f" {number[:8].lower()} {number[8:].lower()}") == Parsed(number)


@given(CREDIT_CODES, st.integers(0, 17), st.sampled_from(ALPHABET))
@settings(max_examples=examples(100), deadline=None)
def test_one_wrong_character_of_a_credit_code_only_warns(number, place, character):
    """Some real codes fail their checksum (domain.md §2.6): the value is kept."""
    assume(number[place] != character)
    wrong = changed(number, place, character)
    parsed = read(CreditCode(), wrong)
    assert (parsed.value, code(parsed)) == (wrong, "CELL-012")


@pytest.mark.parametrize(
    ("number", "last"),
    [("91350100M000100Y", "43"), ("51330281", "")],
    ids=["domain.md §2.6", "made up"],
)
def test_the_example_of_the_sources(number, last):
    whole = number + last if last else credit_code(number, "MJ012345")
    assert read(CreditCode(), whole) == Parsed(whole)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        pytest.param("92350100M000100Y43", "第 18 位校验码对不上，前 8 位或第 18 位可能抄错"),
        pytest.param("91350100M000100Y44", "第 18 位校验码对不上，前 8 位或第 18 位可能抄错"),
        ("91350100M000200Y43", "第 17、18 位校验码对不上，第 9～17 位可能抄错"),
        ("91350100M000100Y53", "第 17、18 位校验码对不上，第 9～17 位可能抄错"),
        ("91350100M000100Y56", "第 17 位校验码对不上，第 9～17 位可能抄错"),
    ],
)
def test_the_two_check_characters_tell_which_part_is_wrong(wrong, what):
    parsed = read(CreditCode(), wrong)
    assert (parsed.value, code(parsed), parsed.problem.what) == (wrong, "CELL-012", what)
    assert parsed.problem.remedy == "请对照登记证书逐位核对；证书上确是如此则不必理会"


@pytest.mark.parametrize(
    ("body", "check"), [("M000100Y", "4"), ("D2143569", "X"), ("00000000", "0"), ("00000001", "9")]
)
def test_the_check_character_of_an_organisation_code(body, check):
    """D2143569-X is the example of GB 11714; the first is domain.md's."""
    assert organisation_check_digit(body) == check


@pytest.mark.parametrize(
    ("typed", "what", "remedy"),
    [
        ("91350100M000100Y4", "有 17 位，不是 18 位", "请对照登记证书核对"),
        ("91350100M000100Y433", "有 19 位，不是 18 位", "请对照登记证书核对"),
        ("91350100M00010OY43", "含有代码里不会出现的“O”", "请对照登记证书核对：“O”可能应为 0"),
        ("9I350100M000100Y43", "含有代码里不会出现的“I”", "请对照登记证书核对：“I”可能应为 1"),
        ("91350100M000100Z43", "含有代码里不会出现的“Z”", "请对照登记证书核对：“Z”可能应为 2"),
        ("913S0100M000100Y43", "含有代码里不会出现的“S”", "请对照登记证书核对：“S”可能应为 5"),
        ("91350100M000100V43", "含有代码里不会出现的“V”", "请对照登记证书核对：“V”可能应为 U 或 Y"),
        ("9I350I0OM000100Y43", "含有代码里不会出现的“I、O”", "请对照登记证书核对：“I”可能应为 1；“O”可能应为 0"),
        (
            "余姚社证字第12号O",
            "含有代码里不会出现的“余、姚、社、证、字、第、号、O”",
            "请对照登记证书核对：“O”可能应为 0",
        ),
        ("330281800101102", "是 15 位的旧登记证号", "请换成登记证书上的 18 位统一社会信用代码"),
    ],
)
def test_a_credit_code_that_cannot_be_one_says_how(typed, what, remedy):
    parsed = read(CreditCode(), typed)
    assert parsed.value is None
    assert (code(parsed), parsed.problem.what, parsed.problem.remedy) == ("CELL-011", what, remedy)


@pytest.mark.parametrize("typed", ["51-330281-MJ012345", "(91350100M000100Y43)"])
def test_punctuation_in_a_credit_code_is_no_misread_letter(typed):
    parsed = read(CreditCode(), typed)
    assert "含有代码里不会出现的" not in (parsed.problem.what if parsed.problem else "")


# -- telephones -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13812345678", "13812345678"),
        (13812345678.0, "13812345678"),
        (13812345678, "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("+86-13812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("(+86)13812345678", "13812345678"),
        ("\u200b13812345678\u00a0", "13812345678"),
        ("19912345678", "19912345678"),
        ("0574-62701234", "0574-62701234"),
        ("0574 62701234", "0574-62701234"),
        ("（0574）62701234", "0574-62701234"),
        ("057462701234", "0574-62701234"),
        ("0574－62701234", "0574-62701234"),
        ("0574-6270123", "0574-6270123"),
        ("010-62701234", "010-62701234"),
        ("0574-62701234转801", "0574-62701234-801"),
        ("0574-62701234-801", "0574-62701234-801"),
        pytest.param("01062701234", "010-62701234"),
        pytest.param("(021)62701234", "021-62701234"),
        pytest.param("013812345678", "13812345678"),
        pytest.param("0574—62701234", "0574-62701234"),
        pytest.param("0086 13812345678", "13812345678"),
        pytest.param("\u202d13812345678\u202c", "13812345678"),
    ],
)
def test_spellings_of_a_telephone(typed, number):
    assert read(Phone(), typed) == Parsed(number)


@pytest.mark.parametrize(
    "typed",
    [
        "62701234",
        "665533",
        "1381234567",
        "138123456789",
        "12812345678",
        "57462701234",
        57462701234.0,
        "0574",
        "电话",
        "、",
        True,
    ],
)
def test_what_is_no_complete_telephone(typed):
    """A short number, one without its area code, one digit too few: nobody outside can call them."""
    parsed = read(Phone(), typed)
    assert (parsed.value, code(parsed)) == (None, "CELL-008")
    assert parsed.problem.remedy == "请写 11 位手机号，或 0574-62701234 这样带区号的座机"


@pytest.mark.parametrize("separator", ["/", "、", "，", ",", "；", ";", "|", "\n", " / ", "／"])
def test_of_two_telephones_the_first_is_used_and_that_is_said(separator):
    parsed = read(Phone(), f"13812345678{separator}0574-62701234")
    assert (parsed.value, code(parsed)) == ("13812345678", "CELL-008")
    assert parsed.problem.what == "一格里有 2 个电话，只用了 13812345678"


@pytest.mark.parametrize(
    ("typed", "number", "what"),
    [
        ("13812345678（王）", "13812345678", "“13812345678（王）”里除了电话还有别的内容，只用了 13812345678"),
        ("手机：13812345678", "13812345678", "“手机：13812345678”里除了电话还有别的内容，只用了 13812345678"),
        ("13912345678 0574-62700000", "13912345678", "一格里有 2 个电话，只用了 13912345678"),
        ("13912345678（本人）13812345678（丈夫）", "13912345678", "一格里有 2 个电话，只用了 13912345678"),
    ],
)
def test_a_whole_number_among_other_words_is_used_and_that_is_said(typed, number, what):
    parsed = read(Phone(), typed)
    assert (parsed.value, code(parsed), parsed.problem.what) == (number, "CELL-008", what)


def test_three_telephones_are_counted_and_a_trailing_separator_is_none():
    assert read(Phone(), "13812345678、13912345678、665533").problem.what == "一格里有 3 个电话，只用了 13812345678"
    assert read(Phone(), "13812345678、") == Parsed("13812345678")


def test_of_a_short_number_and_a_mobile_the_mobile_is_used():
    parsed = read(Phone(), "665533/13812345678")
    assert (parsed.value, code(parsed)) == ("13812345678", "CELL-008")


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(3, 7), st.sampled_from([" ", "-", "　", "\u00a0"]))
@settings(max_examples=examples(60), deadline=None)
def test_a_mobile_number_written_in_groups_is_the_same(number, place, space):
    assert read(Phone(), number[:place] + space + number[place:]) == Parsed(number)
    assert read(Phone(), float(number)) == Parsed(number)


# -- e-mail -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("zz0001@example.org", "zz0001@example.org"),
        ("Wang.Xiaohong+a@mail.example.com.cn", "Wang.Xiaohong+a@mail.example.com.cn"),
        ("123456＠qq．com", "123456@qq.com"),
        (" wxh@example.org\u200b", "wxh@example.org"),
        ("wxh @example.org", "wxh@example.org"),
        ("w_x-h%1@ex-ample.org", "w_x-h%1@ex-ample.org"),
    ],
)
def test_spellings_of_an_address(typed, address):
    assert read(Email(), typed) == Parsed(address)


@pytest.mark.parametrize(
    "typed",
    [
        "wxh",
        "wxh@",
        "@example.org",
        "wxh@example",
        "wxh@example。org",
        "a@example.org;b@example.org",
        "a@b@example.org",
        "王小红@example.org",
        "wxh@example..org",
        "wxh@example.org.",
        123456.0,
        True,
    ],
)
def test_what_is_no_address(typed):
    parsed = read(Email(), typed)
    assert (parsed.value, code(parsed)) == (None, "CELL-013")
    assert parsed.problem.remedy == "请核对后改正，一格只写一个邮箱"


# -- keys and references ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ZZ0001", "ZZ0001"),
        ("zz0001", "ZZ0001"),
        (" ZZ 0001 ", "ZZ0001"),
        ("ＺＺ０００１", "ZZ0001"),
        ("'ZZ0001", "ZZ0001"),
        ("ZZ0001\n", "ZZ0001"),
        ("ZZ-1", "ZZ-1"),
        (1.0, "1"),
        (1, "1"),
    ],
)
def test_spellings_of_a_key(typed, key):
    assert read(Key("ZZ"), typed) == Parsed(key)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("RY0001", "RY0001"), ("王　红", "王红"), ("余姚市(阳明)协会", "余姚市（阳明）协会"), (1.0, "1")],
)
def test_a_reference_is_tidied_and_resolved_later(typed, value):
    assert read(Reference("people"), typed) == Parsed(value)


# -- in the registry --------------------------------------------------------------------------------------------------


def test_half_of_a_column_of_numbers_is_ruined_and_the_half_that_ends_in_x_is_not():
    """Excel makes a number of every ID but those with an X (domain.md §8)."""
    rows = [["姓名", "身份证号"], ["王小红", ENDS_IN_X], ["李梅", 3.3028119800101104e17], ["张兰", WOMAN]]
    assert findings("CELL-009", 人员=rows) == [("人员", "B3")]
    assert registry(人员=rows)["people"]["id_number"] == [ENDS_IN_X, None, WOMAN]


def test_the_same_number_in_two_spellings_is_doubled():
    rows = f"姓名 | 身份证号\n王小红 | {ENDS_IN_X}\n王晓红 | {ENDS_IN_X.lower()}\n李梅 | {MAN}"
    assert findings("CELL-002", 人员=rows) == [("人员", "B3")]


def test_a_message_names_the_person_and_the_column():
    rows = f"人员编号 | 姓名 | 身份证号\nRY0001 | 王小红 | {WOMAN[:17]}"
    finding = next(f for f in registry(人员=rows).findings if f.code == "CELL-010")
    assert (
        finding.message
        == "王小红的“身份证号”有 17 位，不是 17 位数字加 1 位校验码。规定：身份证号为 18 位，末位校验码要对得上（GB 11643）。"
    )
    assert (finding.cell, finding.value, finding.remedy) == ("C2", WOMAN[:17], "请对照身份证核对。")
