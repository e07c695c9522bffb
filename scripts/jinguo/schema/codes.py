"""Field types for codes: keys of the registry, references, identity cards, credit codes, phones and e-mail
addresses."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from typing import Any

from jinguo.schema.cells import SEPARATORS, clean, half_width, is_none_word, is_ruined, ruined, without_radicals
from jinguo.schema.dates import Month, make_date
from jinguo.schema.problems import (
    CREDIT_CHECK,
    CREDIT_CODE,
    EMAIL,
    IDENTITY,
    OLD_IDENTITY,
    OTHER_DOCUMENT,
    PHONE,
    Parsed,
    Parser,
    Problem,
)
from jinguo.schema.types import FieldType, tidy_name
from jinguo.schema.vocabularies import Vocabularies

#: GB 32100: the first two characters of the code, for what the civil-affairs authorities register as social organisations.
CODE_CLASSES = {"51": "社会团体", "52": "民办非企业单位", "53": "基金会"}
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
#: What each letter that GB 32100 leaves out is usually a misreading of.
_CONFUSABLE = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U 或 Y"}


def _code_text(raw: Any) -> str:
    text = half_width(clean(raw)).upper()
    return text if text.isalnum() else re.sub(r"[\s'’‘]", "", text)


@dataclass(frozen=True)
class Key(FieldType):
    """The key of a row, such as ZZ0001: capitals, no spaces. `prefix` is what new keys begin with."""

    prefix: str = ""
    label = "编号"

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return lambda raw: Parsed(_code_text(raw))

    def stands(self, raw: str) -> bool:
        return raw.isascii() and raw.isalnum() and raw.isupper()


@dataclass(frozen=True)
class Reference(FieldType):
    """The key of a row of another table, or its name where that is unique; resolved when all tables are read."""

    table: str
    label = "引用"

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return lambda raw: Parsed(without_radicals(tidy_name(clean(raw))))

    def stands(self, raw: str) -> bool:
        return raw.isascii() and raw.isalnum()


@dataclass(frozen=True)
class IdCard(FieldType):
    """An identity card number (GB 11643). Only one whose check digit holds is used to check other columns."""

    label = "身份证号"

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return _identity


# Two versions of a registry have the same people.
@lru_cache(maxsize=1 << 16, typed=True)
def _identity(raw: Any) -> Parsed:
    number = _code_text(raw)
    strange = _strange_characters(number)
    if strange:
        return Parsed(None, strange)
    if not isinstance(raw, str) or not _ID_NUMBER.fullmatch(number):
        return Parsed(None, ruined(raw) if is_ruined(raw) else _no_identity(number))
    day = make_date(number[6:10], number[10:12], number[12:14])
    if day is None or day > datetime.date.today():
        why = "不是真有的一天" if day is None else "在将来"
        return Parsed(None, Problem(IDENTITY, f"第 7～14 位“{number[6:14]}”{why}", "请对照身份证核对"))
    if id_check_digit(number[:17]) != number[17]:
        # Which digit is wrong cannot be told, so none is proposed.
        return Parsed(None, Problem(IDENTITY, "末位校验码对不上，号码里至少有一位抄错", "请对照身份证逐位核对"))
    return Parsed(number)


def _no_identity(number: str) -> Problem | None:
    if is_none_word(number):
        return None
    if _OTHER_DOCUMENT.search(number):
        return Problem(OTHER_DOCUMENT, "像是护照、通行证一类的证件，没有当作身份证号读", "请把证件名称和号码写到备注里")
    if "*" in number:
        return Problem(IDENTITY, "有几位用 * 遮住了", "请对照身份证写完整；不便写完整的，请空着")
    if re.fullmatch(r"\d{15}", number):
        return _OLD_NUMBER
    return Problem(IDENTITY, f"有 {len(number)} 位，不是 17 位数字加 1 位校验码", "请对照身份证核对")


#: Passports, permits of Hong Kong, Macao and Taiwan, residence permits of foreigners; or a word for one of these.
_OTHER_DOCUMENT = re.compile(
    r"^(?:[A-Z]{1,2}\d{7,10}|[A-Z]{3}\d{12}|\d{8})$|护照|通行证|回乡证|台胞证|居留证|军官证|士兵证|证件"
)
#: What looks like the letter X at the end of an identity number.
_LIKE_X = "×✕✖ⅩⅹХхΧχ＊*╳"


def _strange_characters(number: str) -> Problem | None:
    """That a number has characters that only look like those it should have, or show nothing; None where it has none."""
    if len(number) == 18 and number[17] in _LIKE_X and re.fullmatch(r"\d{17}", number[:17]) and number[17] != "*":
        right = id_check_digit(number[:17]) == "X"
        what = f"末位是“{number[17]}”（U+{ord(number[17]):04X}），不是字母 X"
        return Problem(IDENTITY, what, "请改成字母 X" if right else "请对照身份证核对")
    odd = [c for c in dict.fromkeys(number) if not c.isascii() and not "\u4e00" <= c <= "\u9fff"]
    if odd and sum(c.isdigit() for c in number) > 9:
        shown = "、".join(
            f"“{c}”（U+{ord(c):04X}）" if c.isprintable() and not c.isspace() else f"U+{ord(c):04X}" for c in odd
        )
        return Problem(IDENTITY, f"里有不是数字的字符 {shown}，可能看不见", "请删去这一格，重新输入号码")
    return None


_OLD_NUMBER = Problem(OLD_IDENTITY, "是 15 位的旧号码", "请向本人核对后换成 18 位号码")
_ID_NUMBER = re.compile("[0-9]{17}[0-9X]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_check_digit(stem: str) -> str:
    """The 18th character for the first 17 digits of an identity card number (GB 11643: ISO 7064 MOD 11-2)."""
    # The bytes of the digits are the digits and 48.
    return "10X98765432"[(sum(map(mul, _ID_WEIGHTS, stem.encode())) - 48 * sum(_ID_WEIGHTS)) % 11]


def hidden_middle(number: str) -> str:
    """An identity number with its middle hidden: 330281********1234; anything else as it is."""
    return f"{number[:6]}********{number[14:]}" if len(number) == 18 else number


def birth_day(id_number: str) -> datetime.date:
    """The birth date in a valid identity card number (digits 7-14)."""
    return datetime.date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))


def birth_month(id_number: str) -> Month:
    """The month of birth in a valid identity card number."""
    return Month(int(id_number[6:10]), int(id_number[10:12]))


def id_sex(id_number: str) -> str:
    """男 or 女 by the 17th digit of a valid identity card number (odd for men)."""
    return "男" if int(id_number[16]) % 2 else "女"


@dataclass(frozen=True)
class CreditCode(FieldType):
    """A unified social credit code (GB 32100). A failing checksum only warns: some real codes fail it."""

    label = "统一社会信用代码"

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        old = Problem(CREDIT_CODE, "是 15 位的旧登记证号", "请换成登记证书上的 18 位统一社会信用代码")
        if is_none_word(raw):
            return Parsed(None)
        if is_ruined(raw):
            return Parsed(None, ruined(raw))
        code = _code_text(raw)
        if re.fullmatch(r"\d{15}", code):
            return Parsed(None, old)
        if _ID_NUMBER.fullmatch(code) and id_check_digit(code[:17]) == code[17]:
            what = "是一个人的身份证号，不是信用代码"
            return Parsed(None, Problem(CREDIT_CODE, what, "请对照登记证书改正；身份证号填到人员表里"))
        signs = [c for c in dict.fromkeys(code) if not c.isalnum()]
        if signs:
            what = f"里有“{'、'.join(signs)}”这样的符号"
            return Parsed(None, Problem(CREDIT_CODE, what, "请只写 18 位代码，其余的删去"))
        wrong = [c for c in dict.fromkeys(code) if c not in _CREDIT_ALPHABET]
        if wrong:
            advice = "；".join(f"“{c}”可能应为 {_CONFUSABLE[c]}" for c in wrong if c in _CONFUSABLE)
            what = f"含有代码里不会出现的“{'、'.join(wrong)}”"
            return Parsed(None, Problem(CREDIT_CODE, what, "请对照登记证书核对" + (f"：{advice}" if advice else "")))
        if len(code) != 18:
            return Parsed(None, Problem(CREDIT_CODE, f"有 {len(code)} 位，不是 18 位", "请对照登记证书核对"))
        return Parsed(code, _credit_check(code))


def _credit_check(code: str) -> Problem | None:
    from stdnum.cn import uscc

    whole = uscc.calc_check_digit(code[:17]) == code[17]
    inner = organisation_check_digit(code[8:16]) == code[16]
    if whole and inner:
        return None
    part = "第 18 位" if inner else "第 17 位" if whole else "第 17、18 位"
    where = "前 8 位或第 18 位可能抄错" if inner else "第 9～17 位可能抄错"
    return Problem(CREDIT_CHECK, f"{part}校验码对不上，{where}", "请对照登记证书逐位核对；证书上确是如此则不必理会")


def organisation_check_digit(body: str) -> str:
    """The check character of the nine-character organisation code inside the credit code (GB 11714)."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(w * int(c, 36) for w, c in zip(weights, body, strict=True))
    return "0123456789X0"[11 - total % 11]


_MOBILE = re.compile(r"(?:\+?86|0086|0)?(1[3-9]\d{9})")
#: Area codes have three digits in Beijing and the other largest cities (010, 02x), four elsewhere.
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?(\d{7,8})(?:[-转](\d{1,6}))?")
#: Numbers of services (12338, 95598), those for all the country (400-), and those of Hong Kong, Macao and Taiwan.
_SERVICE = re.compile(r"(1[12]\d{1,3}|9[56]\d{3,4}|[48]00-?\d{3}-?\d{4}|\+?(?:00)?(?:852|853|886)-?\d{8,9})")
_EXTENSION = re.compile(r"(?:转|分机)(?:号)?[:：]?(?=\d)")
#: A whole number among other words: 13912345678（本人） 0574-62700000.
_AMONG = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0(?:10|2\d|[3-9]\d{2})-?\d{7,8}(?:[-转]\d{1,6})?)(?!\d)")


@dataclass(frozen=True)
class Phone(FieldType):
    """A mobile number (11 digits) or a landline as 0574-62701234, with its extension 0574-62701234-808; of several, the
    first is used."""

    label = "电话"

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return self._parse

    def stands(self, raw: str) -> bool:
        return len(raw) == 11 and raw[0] == "1" and raw[1] in "3456789" and raw.isascii() and raw.isdigit()

    def _parse(self, raw: Any) -> Parsed:
        if is_none_word(raw):
            return Parsed(None)
        text = half_width(clean(raw))
        whole = self._read(text.strip("、，,；;/|\n"))
        if whole:
            return Parsed(whole)
        entries = [n for part in SEPARATORS.split(text) if part.strip() for n in self._read_among(part) or [""]]
        numbers = [n for n in entries if n]
        if not numbers:
            return Parsed(
                None,
                Problem(PHONE, f"“{clean(raw)}”不是完整的电话", "请写 11 位手机号，或 0574-62701234 这样带区号的座机"),
            )
        if len(entries) > 1:
            what = f"一格里有 {len(entries)} 个电话，只用了 {numbers[0]}"
            return Parsed(numbers[0], Problem(PHONE, what, "请只留最常用的一个，其余写到备注里"))
        return Parsed(
            numbers[0],
            Problem(PHONE, f"“{clean(raw)}”里除了电话还有别的内容，只用了 {numbers[0]}", "请只留号码，其余写到备注里"),
        )

    def _read_among(self, part: str) -> list[str]:
        """The number a part is, or the whole numbers that stand in it."""
        number = self._read(part)
        found = [number] if number else [self._read(n) for n in _AMONG.findall(re.sub("[–—－]", "-", part))]
        return [n for n in found if n]

    @staticmethod
    def _read(part: str) -> str | None:
        compact = _EXTENSION.sub("转", re.sub(r"[\s()]", "", re.sub("[–—－]", "-", part)))
        if _SERVICE.fullmatch(compact):
            return compact
        mobile = _MOBILE.fullmatch(compact.replace("-", ""))
        if mobile:
            return mobile[1]
        landline = _LANDLINE.fullmatch(compact)
        return "-".join(filter(None, landline.groups())) if landline else None


@dataclass(frozen=True)
class Email(FieldType):
    """One e-mail address."""

    label = "邮箱"

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        if is_none_word(raw):
            return Parsed(None)
        address = half_width(clean(raw)).replace(" ", "")
        if re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", address):
            return Parsed(address)
        return Parsed(None, Problem(EMAIL, f"“{clean(raw)}”不是邮箱地址", "请核对后改正，一格只写一个邮箱"))
