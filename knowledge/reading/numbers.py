"""Numbers as people write them: 3万2, 三万二, 7O万, 31,200, 2.5w, two grand."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_DIGITS |= {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {
    "十": 10,
    "拾": 10,
    "百": 100,
    "佰": 100,
    "千": 1000,
    "仟": 1000,
    "k": 1000,
    "万": 10_000,
    "w": 10_000,
    "만": 10_000,
    "亿": 100_000_000,
}

# A letter o among digits is a zero typed on the wrong key.
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d[\do]*(?:\.\d+)?)"
_HAN_DIGIT = "零〇一二两俩三四五六七八九壹贰叁肆伍陆柒捌玖"
_HAN_UNIT = "十拾百佰千仟万亿만"
NUMBER = re.compile(
    r"(?<![\d.])(?:(?<![a-z][a-z])(?<![\d-][a-z])|(?<=rmb)|(?<=usd)|(?<=cny)|(?<=hkd)|(?<=eur)|"
    rf"(?<=gbp))(?:(?:{_ARABIC}|[{_HAN_DIGIT}十拾])"
    rf"(?:{_ARABIC}|[{_HAN_DIGIT}{_HAN_UNIT}]|[几多余来](?=[{_HAN_UNIT}])|(?<=[十百千万])几|"
    r"\s?[wk](?![a-z]))*"
    rf"(?:\s?(?:grand|thousand|million|hundred)\b)?)"
)
_TOKEN = re.compile(rf"{_ARABIC}|[{_HAN_DIGIT}]+|[{_HAN_UNIT}wk]|[几多余来]|grand|thousand|million|hundred")
#: A digit after a unit that belongs to the next word: 三万 一个月, 五千 两次.
_NEXT_WORD = re.compile("[一两三四五六七八九](?=[个天年月次人下直起共时定些位笔份])")
#: 4680一分不剩: a Chinese digit right after Arabic ones begins the next word.
_DIGITS_FIRST = re.compile(rf"[\d.,o]+(?=[{_HAN_DIGIT}])")
_WORD_UNITS = {"grand": 1000, "thousand": 1000, "million": 1_000_000, "hundred": 100}

_ENGLISH = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_NAMES = "|".join(sorted(_ENGLISH, key=len, reverse=True))
ENGLISH_NUMBER = re.compile(
    rf"\b(?:half a (?:million|thousand|grand)|(?:{_NAMES}) and a half (?:hundred|thousand|grand|million)\b|"
    rf"(?:{_NAMES}) (?:to|or) (?:{_NAMES}) (?:hundred|thousand|grand|million)\b|(?:a couple(?: of)? |(?:{_NAMES})[\s-]+)(?:(?:{_NAMES}|and|hundred|thousand|"
    r"grand|million)"
    rf"[\s-]+)*?(?:hundred|thousand|grand|million|{_NAMES})\b(?:[\s-]+(?:and[\s-]+)?(?:{_NAMES}|hundred|"
    r"thousand))*"
    rf"|(?:{_NAMES})(?=\s+(?:dollars?|bucks|yuan|euros?|pounds?|quid|rmb)\b))"
)


#: 万把块, 上千元: the unit alone, as the number it names.
_UNIT_ALONE = re.compile(
    r"(?<![几数\d一二两三四五六七八九十百千万])(?:[百千万](?=把)|(?<=上)[百千万]+)(?=把?(?:来|多|余)?个?\s?(?:块|元|人民币|欧|美))|"
    r"(?<=[近上过超骗了])百万(?![富英])"
)
#: From the lower of two numbers to the higher: 3-5万, 三到五万, 4、5万.
_RANGE = re.compile(r"\s?(?:到|至|-|~|–|—|to)\s?|\s?、\s?|\sand\s")
_MONEY_NEXT = re.compile(r"\s?(?:多|余|来)?(?:元|块|人民币|yuan|rmb|dollars?|bucks|euros?|usd)")


@dataclass(frozen=True)
class Number:
    """A number in a text. ``scaled``: it carries a unit (万, k, grand) that only large amounts carry."""

    value: float
    start: int
    end: int
    scaled: bool


def evaluate(written: str) -> float | None:
    """The value of one written number (Arabic, Chinese or both mixed); None when it cannot be one."""
    whole = section = 0.0
    current: float | None = None
    last_unit = 0
    after_zero = False
    for token in _TOKEN.findall(written):
        if token in _WORD_UNITS:
            return (whole + section + (current or 0.0)) * _WORD_UNITS[token]
        if token in _UNITS:
            unit = _UNITS[token]
            if unit >= 10_000:
                whole = (
                    (whole + section + (current or 0.0)) * unit
                    if unit > 10_000
                    else (whole + (section + (current if current is not None else 0.0) or 1.0) * unit)
                )
                section = 0.0
            else:
                section += (1.0 if current is None else current) * unit
            current, last_unit, after_zero = None, unit, False
        elif token in "几多余来":
            current = None if token == "几" and current is None else current
        elif token[0].isdigit() and token[0].isascii():
            current = float(token.replace(",", "").replace("o", "0"))
        else:
            after_zero = token[0] in "零〇" and len(token) > 1
            digits = [_DIGITS[c] for c in token]
            if len(digits) == 2 and (digits == [3, 5] or (digits[1] == digits[0] + 1 and digits[0])):
                current = float(digits[0])  # 八九千: the lower of the two
            else:
                current = float("".join(map(str, digits)))
    if current is not None:
        # 三万二, 3千5: the last digit belongs to the next lower unit; not in 三万零二.
        if last_unit >= 100 and 0 < current < 10 and current == int(current) and not after_zero:
            current *= last_unit / 10
        section += current
    return whole + section


def evaluate_english(written: str) -> float | None:
    """The value of a number in English words, "fifteen hundred", "a couple of thousand"; None if empty."""
    words = re.findall("[a-z]+", written)
    if words[:2] == ["half", "a"]:
        return _WORD_UNITS[words[2]] / 2
    if words[1:4] == ["and", "a", "half"]:
        return (_ENGLISH[words[0]] + 0.5) * _WORD_UNITS[words[4]]
    if len(words) == 4 and words[1] in ("to", "or"):
        words = [words[0], words[3]]  # three to five thousand: the lower of the two
    total = current = 0.0
    for word in words:
        if word == "couple":
            current = 2.0
        elif word in _WORD_UNITS:
            unit = _WORD_UNITS[word]
            current = (current or 1.0) * unit
            if unit >= 1000:
                total, current = total + current, 0.0
        elif word in _ENGLISH and not (word in ("a", "an") and current):
            current += _ENGLISH[word]
    return total + current or None


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number in normalised ``text``, in order. Numbers like 几十万 that name no first digit are left out."""
    found = []
    for match in NUMBER.finditer(text):
        start, end, written = match.start(), match.end(), match.group(0)
        if text[max(0, start - 1) : start] in ("几", "数") and written[0] in _HAN_UNIT:
            continue
        if (digits := _DIGITS_FIRST.match(written)) is not None:
            written = digits[0]
            end = start + len(written)
        if len(written) > 1 and written[-2] in _HAN_UNIT and _NEXT_WORD.match(text, end - 1):
            end -= 1
            written = written[:-1]
        value = evaluate(written)
        if value is not None:
            # A comma between thousands is only written in sums.
            scaled = bool(re.search(r"[百千万亿kw만]|grand|thousand|million|hundred|\d,\d", written))
            found.append(Number(value, start, end, scaled))
    for match in ENGLISH_NUMBER.finditer(text):
        value = evaluate_english(match.group(0))
        if value and not any(n.start < match.end() and match.start() < n.end for n in found):
            scaled = bool(re.search("hundred|thousand|grand|million", match.group(0)))
            found.append(Number(value, match.start(), match.end(), scaled))
    for match in _UNIT_ALONE.finditer(text):
        value = evaluate(match.group(0))
        if value is not None:
            end = match.end() + text.startswith("把", match.end())
            found.append(Number(value, match.start(), end, True))
    return _lower_of_ranges(text, sorted(found, key=lambda n: n.start))


def _lower_of_ranges(text: str, numbers: list[Number]) -> tuple[Number, ...]:
    """The numbers, with a range (3-5万, between 3000 and 5000 yuan) as one that has the lower value."""
    kept: list[Number] = []
    for number in numbers:
        lower = _lower(text, kept[-1], number) if kept else None
        if lower is None:
            kept.append(number)
        else:
            kept[-1] = Number(lower, kept[-1].start, number.end, number.scaled)
    return tuple(kept)


def _lower(text: str, first: Number, second: Number) -> float | None:
    """The lower end in full if the two numbers are the ends of a range of money, else None."""
    gap = text[first.end : second.start]
    if len(gap) > 5 or not _RANGE.fullmatch(gap):
        return None
    if gap == " and " and not text[: first.start].rstrip().rstrip("$€£¥").endswith("between"):
        return None
    if not (second.scaled or _MONEY_NEXT.match(text, second.end)):
        return None
    unit = 1.0
    if second.scaled and not first.scaled:
        units = re.sub(r"^[^十百千万亿kw만a-z]+", "", text[second.start : second.end])
        unit = evaluate(f"1{units}") or 1.0
    lower = first.value * unit
    if "、" in gap and not (unit > 1 and lower + unit == second.value):
        return None
    return lower if lower < second.value <= 10 * lower else None
