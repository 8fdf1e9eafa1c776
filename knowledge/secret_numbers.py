"""Numbers that are a card's, a person's or a phone's by their own form: check digits, dates, groups.

Texts here are prepared (see :func:`knowledge.mask.prepare`): ASCII digits, "-" and " " between them, lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

Span = tuple[int, int, str]
Group = tuple[int, int]

#: What may stand between the digits of one number.
SEP = r"[ \-.·・•_/|~\n]{0,3}"
_RUN = re.compile(rf"\d+(?:{SEP}\d+)*(?:{SEP}x(?![0-9a-z]))?")
_GROUP = re.compile(r"\d+x?|x")
#: A number glued to a letter is part of a hash or a code, unless the word before it says what it is.
_GLUED = re.compile(r"[a-z]$")
_GLUED_TO = re.compile(r"(?:card|number|no|is|account|visa|id|phone|mobile|tel|to|at)$")

CARD_WORDS = (
    r"卡号|银行卡|信用卡|储蓄卡|账号|账户|卡|\bcard\b|\baccount\b|\bacct\b|\bvisa\b|\bmastercard\b|\bunionpay\b|\biban\b"
)
_CARD_NEAR = re.compile(CARD_WORDS)
_PHONE_NEAR = re.compile(r"手机|电话|号码|联系|\bphone\b|\bmobile\b|\bcell\b|\bcall\b|\btel\b|\bnumber\b|whatsapp")
_OTHER = (
    r"(?:订单|单号|流水|交易|运单|快递|物流|编号|案件|回执|警情|受案|备案|参考|凭证|合同|保单|商户|序列|设备|"
    r"\border\b|tracking|transaction|\btrade\b|\btxn?\b|reference|\bref\b|\bcase\b|receipt|invoice|parcel|ticket|"
    r"\bserial\b|\bimei\b|txid|hash)"
)
_OTHER_BEFORE = re.compile(rf"{_OTHER}[^,。;!?\n]{{0,12}}$")
_OTHER_AFTER = re.compile(rf"\s?(?:是|为|\bis\b)?\s?(?:我的|这个|\bmy\b|\bthe\b|\ban\b)?\s?{_OTHER}")

#: The first two digits of an identity number: the provinces (GB/T 2260).
_PROVINCES = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83]
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"(?:00)?(?:86)?(1[3-9]\d{9})")
_MOBILE_GROUPS = frozenset([(11,), (3, 4, 4), (3, 8), (7, 4), (4, 7), (3, 3, 5), (1,) * 11, (2,) * 5 + (1,), (3, 2, 2, 2, 2)])
_DATE = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d")
_LONGEST, _MOST_GROUPS = 23, 24


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of a payment card (ISO/IEC 7812)."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def id_checksum(number: str) -> bool:
    """Whether the 18th character is the check character of a mainland identity number (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return "10x98765432"[total % 11] == number[17]


def iban_checksum(number: str) -> bool:
    """Whether the check digits of an international account number are right (ISO 13616)."""
    plain = number.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def is_birthday(day: str) -> bool:
    """Whether YYYYMMDD or YYMMDD (of the 1900s) is a day that was."""
    full = day if len(day) == 8 else "19" + day
    try:
        return date(1880, 1, 1) <= date(int(full[:4]), int(full[4:6]), int(full[6:])) <= date.today()
    except ValueError:
        return False


def is_id(number: str) -> bool:
    """Whether the digits say province and birthday where a mainland identity number says them."""
    if len(number) not in (15, 18) or "x" in number[:17] or int(number[:2]) not in _PROVINCES:
        return False
    if len(number) == 15:
        return number.isdecimal() and is_birthday(number[6:12])
    return is_birthday(number[6:14])


def find_numbers(text: str) -> Iterator[Span]:
    """(start, end, kind) of each card, identity and phone number in prepared ``text``, from left to right."""
    for run in _RUN.finditer(text):
        if _glued(text, run.start(), run.end()):
            continue
        groups = [(run.start() + g.start(), run.start() + g.end()) for g in _GROUP.finditer(run.group())]
        first = 0
        while first < len(groups):
            found = _longest(text, groups, first)
            if found is None:
                first += 1
                continue
            last, kind = found
            yield groups[first][0], groups[last][1], kind
            first = last + 1


def _glued(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 8) : start], text[end : end + 1]
    if after.isascii() and after.isalpha():
        return True
    return bool(_GLUED.search(before) and not _GLUED_TO.search(before))


def _longest(text: str, groups: list[Group], first: int) -> tuple[int, str] | None:
    """The longest window of groups from ``first`` that is a secret number: (its last group, its kind)."""
    best = None
    number = ""
    for last in range(first, min(len(groups), first + _MOST_GROUPS)):
        number += text[groups[last][0] : groups[last][1]]
        if len(number) > _LONGEST:
            break
        if len(number) >= 11 and not _breaks_off(groups, first, last):
            kind = _kind(text, number, groups[first : last + 1])
            best = (last, kind) if kind else best
    return best


def _breaks_off(groups: list[Group], first: int, last: int) -> bool:
    """Whether the window ends, or begins, amid digits that stand alone one by one: a number has them all."""

    def single(place: int) -> bool:
        return 0 <= place < len(groups) and groups[place][1] - groups[place][0] == 1

    amid = (single(last) and single(last + 1)) or (single(first - 1) and single(first))
    return amid and last - first > 3


def _kind(text: str, number: str, groups: list[Group]) -> str | None:
    start, end = groups[0][0], groups[-1][1]
    before, after = text[max(0, start - 24) : start], text[end : end + 12]
    other = bool(_OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after))
    sizes = tuple(stop - begin for begin, stop in groups)
    if is_id(number) and _one_number(sizes) and ((len(number) == 18 and id_checksum(number)) or not other):
        return "id"
    if not number.isdecimal():
        return None
    if mobile := _MOBILE.fullmatch(number):
        prefix = len(number) - len(mobile[1])
        own = sizes if sizes[0] > prefix or not prefix else sizes[1:]
        near = _PHONE_NEAR.search(before)
        if own in _MOBILE_GROUPS or sizes in _MOBILE_GROUPS or sum(own) != 11 or near:
            return None if other and not near else "phone"
    near_card = bool(_CARD_NEAR.search(before + " " + after))
    return "card" if not other and _is_card(text, number, groups, sizes, near_card) else None


def _one_number(sizes: tuple[int, ...]) -> bool:
    """Whether groups of these sizes are how people write one long number: alike, or a few long ones."""
    return len(sizes) == 1 or len(set(sizes[:-1])) == 1 or (len(sizes) <= 4 and max(sizes) >= 6)


def _is_card(text: str, digits: str, groups: list[Group], sizes: tuple[int, ...], near: bool) -> bool:
    """13 to 19 digits with the check digit, or 15 and more where a card or account is spoken of."""
    parts = [text[start:stop] for start, stop in groups]
    if len(digits) < 13 or all(_DATE.fullmatch(part) for part in parts) or _dates(text, groups):
        return False
    if not near and len(parts) > 1 and (
        sum(part.endswith("00") for part in parts) > 1 or not _one_number(sizes) or digits[0] not in "3456"
    ):
        return False  # some amounts in a row
    if len(digits) <= 19 and luhn(digits):
        return near or len(digits) >= 15
    if near:
        return len(digits) >= 15
    alike = len(parts) == 1 or sizes[:-1] == (4,) * (len(sizes) - 1)
    return alike and len(digits) in (16, 17, 19) and not _DATE.match(digits)


def _dates(text: str, groups: list[Group]) -> bool:
    """Whether the groups begin with a day as it is written: 2023-12-05, 2023/12/5."""
    start, end = groups[0][0], groups[-1][1]
    return bool(re.match(r"(?:19|20)\d\d[-/.][01]?\d[-/.][0-3]?\d(?!\d)", text[start:end]))
