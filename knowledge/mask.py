"""Hiding card, identity, code, password and phone numbers that a person typed, before anything stores them.

Amounts, dates, service numbers (110, 95588, 400...) and what is named an order, case or transaction stay: the
person needs to see what they said. A number split over messages is hidden by remembering that, not what, was begun.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from knowledge.reading import command
from knowledge.reading.normalise import normalise
from knowledge.secret_numbers import SEP, Span, find_numbers, iban_checksum

#: What stands in the place of a secret.
HIDDEN = "●●●●"
KINDS = ("card", "id", "code", "password", "phone")

_IS = (
    r"(?:\s*(?:是|为|:|=|→|就是|\bis\b|\bwas\b|\bare\b|'s|给他了|告诉他了|发给他了|发给他|,|，|-|\(|“|\"|"
    r"'|「)\s*)"
)
_UNIT = r"\s?(?:元|块|万|千|百|次|条|个|位|分钟|小时|天|年|月|日|号|%|yuan|rmb|dollars|usd|minutes|hours|times|days|digits)"
#: Digits that are read one by one, with what people put between them.
_DIGITS = rf"\d(?:{SEP}\d)"
_CODE_WORDS = (
    r"(?:验证码|校验码|动态码|动态密码|动态口令|短信码|授权码|认证码|确认码|兑换码|卡密|安全码|后三码|背面三位|"
    r"\b(?:verification |security |sms |login |one[- ]time |auth(?:entication)? |confirmation |otp )?"
    r"(?:codes?|otp|passcode|tan)\b|\bcvv2?\b|\bcvc2?\b)"
)
_PASSWORD_WORDS = (
    r"(?:(?:登录|支付|取款|查询|银行卡|网银|交易|解锁)?密码|口令|pin码|\b(?:pass ?words?|pwd|passwd|pin|passphrase|pin (?:code|number))\b)"
)
_ID_WORDS = (
    r"(?:身份证(?:号码|号)?|证件(?:号码|号)?|护照(?:号码|号)?|通行证(?:号码|号)?|\bpassport(?: no\.?| number)?\b|"
    r"\bssn\b|\bsocial security(?: number)?\b|\b(?:id|identity)(?: card)? (?:no\.?|number)\b|\bid card\b)"
)
_CARD_NUMBER_WORDS = (
    r"(?:(?<!qq)(?<!信)(?<!戏)(?:卡号|账号|账户|银行卡|信用卡|储蓄卡)|\b(?:card|account|acct) ?(?:no\.?|number)?\b)"
)
_OWN_PHONE_WORDS = (
    r"(?:我的?(?:手机|电话|联系方式|号码)(?:号码|号)?|手机号码?|\bmy (?:phone|mobile|cell|whatsapp)?(?: number)?|"
    r"\b(?:reach|call|text) me (?:at|on)|\bmobile number)"
)

_CODE = re.compile(
    rf"{_CODE_WORDS}(?:[^,。;!?\n0-9]{{0,10}}?{_IS}{{1,3}}|\s{{0,2}}(?:[^,。;!?\n0-9a-z]{{0,6}}))"
    rf"(?P<secret>{_DIGITS}{{3,7}}(?![0-9a-z])|(?=[a-z0-9\-]*\d)[a-z0-9](?:[a-z0-9\-]|(?<=\d) (?=\d{{2,}})){{2,23}})"
    rf"(?![a-z0-9]|{_UNIT})"
)
_CODE_AFTER = re.compile(
    rf"(?<![0-9a-z.])(?P<secret>\d{{4,8}}|{_DIGITS}{{3,7}})(?:是|就是|,|，)?\s?(?:这个|这|我的|the|is my|is the|is|was the|"
    rf"was my|as the)?\s?(?:短信|手机|收到的)?{_CODE_WORDS}"
)
#: What makes the number after it an amount, though a code is spoken of next: "转了3000，验证码给他了".
_PAID = re.compile(
    r"(?:(?:转|付|充|汇|打|存|花|亏|损失|被骗|骗|投|刷|扣|交|借|贷|还|买)(?:账|款|值|入|出|进|走|钱|掉|去|过去|给(?:他|她|对方|骗子))?了?(?:我|共|约|大概|差不多)?"
    r"|\b(?:paid|pay|lost|transferred|spent|deposited|invested|wired|borrowed)(?: (?:him|her|them|about|over|around|nearly))?)\s*$"
)
#: Between a number and the words for a code, what says that the one is the other.
_IS_BETWEEN = re.compile(r"是|\b(?:is|was|as)\b")

_PASSWORD = re.compile(
    rf"{_PASSWORD_WORDS}(?:[^,。;!?\n0-9a-z:=]{{0,6}}|\s(?:for|of|to) (?:my |"
    rf"the )?[a-z]+(?: [a-z]+)?\s?|,? (?:it|which|that))?(?:{_IS}{{1,3}})(?P<secret>(?!(?:the|my|a|not|no|very|in|on|wrong|same|"
    r"stolen|changed|his|her|their|what|so|too|it|to|gone|leaked|asked|needed|correct|safe|是|"
    rf"为)\b){_DIGITS}{{3,11}}(?![0-9a-z])|(?!(?:the|my|a|not|no|very|in|on|wrong|same|"
    r"stolen|changed|his|her|their|what|so|too|it|to|gone|leaked|asked|needed|correct|safe|是|"
    rf"为)\b)[a-z0-9!@#$%^&*_+\-=.]{{4,40}}|[一二两三四五六七八九\d]个[a-z0-9零一二三四五六七八九])(?!{_UNIT})"
    r"|(?:密码)(?:我)?(?:给|告诉|发|报|说|写|填|输|改|"
    rf"设)[^,。;!?\n0-9a-z]{{0,8}}?(?P<secret2>(?=[a-z!@#$%^&*_\-]*\d)[a-z0-9!@#$%^&*_\-]{{4,40}})(?!{_UNIT})"
    rf"|(?:密码|\bpin\b|\bpassword\b)\s{{0,2}}(?P<secret3>{_DIGITS}{{3,7}}(?![0-9])|(?=[a-z!@#$%^&*_\-]*\d)(?!\d{{9}})"
    rf"[a-z0-9!@#$%^&*_\-]{{4,40}})(?!\d|{_UNIT})"
)
_PASSWORD_AFTER = re.compile(
    rf"(?<![0-9a-z.])(?P<secret>(?=[a-z!@#$%^&*_\-]*\d)[a-z0-9!@#$%^&*_\-]{{4,40}}|{_DIGITS}{{3,7}})\s?(?:(?:就)?是|is|was)\s?"
    rf"(?:我的|我|my|the)\s?(?:new |old )?{_PASSWORD_WORDS}"
)
_MNEMONIC = re.compile(
    r"(?:助记词|seed phrase|recovery phrase|mnemonic|私钥|private key)[^a-z0-9\n]{0,10}(?:is|was|"
    r"are)?[: ]{0,3}(?P<secret>(?:[a-z]{3,8}[ ,]{1,3}){7,47}[a-z]{3,8}|(?:0x)?[0-9a-f]{40,128})"
)
_ID_NAMED = re.compile(
    rf"{_ID_WORDS}(?:证号|\s?(?:no\.?|number))?(?:是|为|:|\s|\bis\b|\bwas\b|#|,){{0,6}}"
    rf"(?P<secret>{_DIGITS}{{5,17}}x?(?![0-9a-z])|(?=[a-z0-9\-]*\d)[a-z0-9][a-z0-9\-]{{6,19}}(?:\([0-9a]\))?)(?![a-z0-9]|{_UNIT})"
)
_HONG_KONG_ID = re.compile(r"(?<![a-z0-9])[a-z]{1,2}\d{6} ?\([0-9a]\)")
_SSN = re.compile(r"(?<![0-9\-])\d{3}-\d{2}-\d{4}(?![0-9\-])")
#: The number that is named a card's, however short: the rest may follow in the next message.
_CARD_NAMED = re.compile(
    rf"{_CARD_NUMBER_WORDS}(?:[^,。;!?\n0-9]{{0,4}}?{_IS}{{1,3}}|\s{{0,2}})(?P<secret>{_DIGITS}{{5,22}})(?![0-9a-z]|{_UNIT})"
)
_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])")
_OWN_PHONE = re.compile(
    rf"{_OWN_PHONE_WORDS}(?:\s*(?:是|为|:|,|\bis\b|尾号)\s*){{0,2}}\s?(?P<secret>[+(]?{_DIGITS}{{4,14}})(?![0-9a-z]|{_UNIT})"
)
_FOREIGN_PHONE = re.compile(r"(?<![0-9a-z])\+(?!86)\d{1,3}(?:[ \-.()]{0,2}\d){7,12}(?![0-9])")
_WORD_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_SPELT = re.compile(rf"\b{_WORD_DIGIT}(?:[ ,\-]{{1,2}}{_WORD_DIGIT}){{3,22}}\b")
#: So many digits in words are no amount.
_SPELT_LONG = 11

#: What a text ends with when the secret comes in the next message: kind -> (named for sure, only mentioned).
_BEGUN = tuple(
    (kind, re.compile(rf"{words}[^,。;!?\n0-9a-z]{{0,4}}\s?(?:是|为|:|=|就是|\bis\b|\bwas\b|\bare\b|'s):?\s*$"), re.compile(rf"{words}\W*$"))
    for kind, words in (
        ("code", _CODE_WORDS),
        ("password", _PASSWORD_WORDS),
        ("id", _ID_WORDS),
        ("phone", _OWN_PHONE_WORDS),
        ("card", _CARD_NUMBER_WORDS),
    )
)
#: A text that only mentions the secret's name and is no longer than this announces it.
_ANNOUNCEMENT = 14
_BARE = re.compile(
    rf"\W{{0,3}}(?P<goes_on>(?:后面|剩下|接着|然后|后半|后几位|还有|就是|是|the rest|rest|then|and|it is|it's|its)(?: is| are)?\W{{0,3}}|的|是){{0,3}}"
    rf"(?P<secret>\d(?:[ \-.·・•_/|~\n,，]{{0,4}}\d){{1,22}}(?:{SEP}x)?)\W{{0,3}}"
)
_BARE_WORD = re.compile(r"\W{0,2}(?P<secret>[a-z0-9!@#$%^&*_+\-=.]{4,40})\W{0,2}")
_SERVICE = re.compile(r"(?:400|800)\d{7}|95\d{3,8}|96\d{3,6}|1\d\d|12\d{3}|0\d{9,11}|(?:19|20)\d\d[01]\d[0-3]\d(?:\d{4}|\d{6})?")
#: A message of so many digits and nothing else is part of a longer number: no one writes an amount like that.
_PART = range(8, 16)
#: ... unless it is round, or with signs that stand in amounts, fractions, addresses of computers.
_AMOUNT_LIKE = re.compile(r"[,./~|]|0000$")
#: How many messages without a number may come between two parts.
_PATIENCE = 2


@dataclass(frozen=True)
class Masked:
    """``text`` with its secrets hidden, the ``kinds`` hidden (of :data:`KINDS`, in that order, each once).

    ``awaits``: (kind, messages to wait for it) when the rest of a secret may come next. It says nothing of the secret.
    """

    text: str
    kinds: tuple[str, ...] = ()
    awaits: tuple[str, int] | None = None


_NUMERALS = {
    numeral: str(digit)
    for digit, numerals in enumerate(("零〇", "一幺壹", "二贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"))
    for numeral in numerals
}
_NUMERAL_RUN = re.compile(
    rf"(?<![十百千万亿点第])[0-9{''.join(_NUMERALS)}](?:[ \-]{{0,2}}[0-9{''.join(_NUMERALS)}]){{3,}}(?![十百千万亿点])"
)


class _Separators(dict[int, str]):
    """A ``str.translate`` table: invisible characters and spaces become " ", dashes "-"."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        plain = "-" if category == "Pd" or char == "\N{MINUS SIGN}" else char
        if char != "\n" and category in ("Zs", "Cf", "Mn", "Me", "Cc"):
            plain = " "
        self[code] = plain
        return plain


_SEPARATORS = _Separators()


def prepare(text: str) -> str:
    """``text`` as the patterns read it, of the same length: folded, with figures read out one by one as digits."""
    folded = normalise(text).translate(_SEPARATORS)
    return _NUMERAL_RUN.sub(lambda run: "".join(_NUMERALS.get(c, c) for c in run.group()), folded)


def _matches(pattern: re.Pattern[str], text: str, kind: str, keep: Callable[[str], bool] | None = None) -> Iterable[Span]:
    """The spans of the pattern's secrets (its groups so named, else all of it)."""
    names = sorted(name for name in pattern.groupindex if name.startswith("secret"))
    for match in pattern.finditer(text):
        name = next((name for name in names if match.group(name)), None)
        start, end = match.span(name) if name else match.span()
        if keep is None or keep(text[start:end]):
            yield start, end, kind


def _codes_after(text: str) -> Iterable[Span]:
    """Numbers before the words for a code, but for what was paid."""
    for found in _CODE_AFTER.finditer(text):
        start, end = found.span("secret")
        if _IS_BETWEEN.search(text, end, found.end()) or not _PAID.search(text[max(0, start - 20) : start]):
            yield start, end, "code"


def _spelt(text: str) -> Iterable[Span]:
    """Digits in English words, where many stand in a row or a secret was named before them."""
    for match in _SPELT.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        named = next((kind for kind, sure, loose in _BEGUN if sure.search(before) or loose.search(before)), None)
        if named or len(re.findall(_WORD_DIGIT, match.group())) >= _SPELT_LONG:
            yield match.start(), match.end(), named or "card"


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_service(text: str) -> bool:
    """A number everybody may call, or a date."""
    return bool(_SERVICE.fullmatch(_digits(text)))


def _spans(text: str) -> list[Span]:
    """(start, end, kind) of every secret, the surest kinds first."""
    found: list[Span] = []
    for candidates in (
        find_numbers(text),
        _matches(_IBAN, text, "card", iban_checksum),
        _matches(_HONG_KONG_ID, text, "id"),
        _matches(_SSN, text, "id"),
        _matches(_FOREIGN_PHONE, text, "phone"),
        _matches(_MNEMONIC, text, "password"),
        _matches(_PASSWORD, text, "password"),
        _matches(_CODE, text, "code"),
        _codes_after(text),
        _matches(_PASSWORD_AFTER, text, "password"),
        _matches(_ID_NAMED, text, "id"),
        _matches(_CARD_NAMED, text, "card", lambda s: not _is_service(s)),
        _matches(_OWN_PHONE, text, "phone", lambda s: len(_digits(s)) >= 7 and not _is_hotline(s)),
        _spelt(text),
    ):
        for start, end, kind in candidates:
            if end > start and not any(s < end and start < e for s, e, _ in found):
                found.append((start, end, kind))
    return sorted(found)


def _is_hotline(text: str) -> bool:
    return bool(re.fullmatch(r"(?:400|800)\d{7}|95\d{3,8}|96\d{3,6}", _digits(text)))


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """``(text with secrets hidden, kinds hidden)`` of a text that stands alone."""
    hidden = mask_next(text)
    return hidden.text, hidden.kinds


def mask_notes(text: str) -> str:
    """``text`` with its secrets hidden, each line read as the next message: a number may go on further down."""
    awaits, lines = None, []
    for line in text.split("\n"):
        masked = mask_next(line, awaits)
        awaits = masked.awaits
        lines.append(masked.text)
    return mask("\n".join(lines))[0]


def mask_next(text: str, awaits: tuple[str, int] | None = None, amount_asked: bool = False) -> Masked:
    """``text`` with its secrets hidden, and with what was begun in the messages before it.

    ``awaits`` is what the last message's :class:`Masked` said; ``amount_asked``: bare figures answer a question.
    """
    prepared = prepare(text)
    spans = _spans(prepared)
    whole = _whole(prepared, awaits, amount_asked) if not spans else None
    spans = spans or ([whole] if whole else [])
    parts, at = [], 0
    for start, end, _ in spans:
        parts += [text[at:start], HIDDEN]
        at = end
    parts.append(text[at:])
    kinds = {kind for _, _, kind in spans}
    return Masked(
        "".join(parts),
        tuple(kind for kind in KINDS if kind in kinds),
        _awaited(prepared, spans, whole is not None, awaits),
    )


def _whole(text: str, awaits: tuple[str, int] | None, amount_asked: bool) -> Span | None:
    """The secret that a message with nothing else is, or goes on with."""
    kind, patience = awaits or (None, 0)
    named = patience > _PATIENCE
    bare = _BARE.fullmatch(text)
    if bare is None:
        word = _BARE_WORD.fullmatch(text) if kind in ("password", "code") else None
        if word is None or kind is None or command(text) is not None:
            return None
        has_digit = any(char.isdigit() for char in word["secret"])
        return (*word.span("secret"), kind) if has_digit or (named and kind == "password") else None
    start, end = bare.span("secret")
    digits = _digits(bare["secret"])
    # "The rest is ...", or so many digits: no answer to a question for an amount.
    named = named or bool(bare["goes_on"]) or (kind in ("card", "id") and len(digits) > 6)
    round_sum = kind in ("code", "password") and len(digits) <= 7 and digits.endswith("00")
    if kind in KINDS and (named or not (amount_asked or round_sum)):
        return start, end, str(kind)
    if _is_service(digits) or amount_asked:
        return None
    if len(digits) in _PART and not _AMOUNT_LIKE.search(bare["secret"]):
        return start, end, "card"
    piece = len(digits) == 4 and not digits.endswith("00")
    return (start, end, "card") if kind == "digits" and piece else None


def _awaited(
    text: str, spans: list[Span], goes_on: bool, awaits: tuple[str, int] | None
) -> tuple[str, int] | None:
    """What the next message may bring the rest of."""
    if spans:
        start, end, kind = spans[-1]
        short = kind in ("card", "id") and len(_digits(text[start:end])) < 15
        if goes_on or (short and not text[end:].strip(" .,。")):
            return kind, _PATIENCE
        return None
    for kind, sure, loose in _BEGUN:
        if sure.search(text):
            return kind, _PATIENCE + 1
        if len(text.strip()) <= _ANNOUNCEMENT and loose.search(text):
            return kind, _PATIENCE
    if re.fullmatch(r"\W{0,2}\d{4}\W{0,2}", text) and not re.search("00\\W*$", text) and not _is_service(text):
        return "digits", 1
    if awaits and awaits[0] in KINDS and awaits[1] > 1 and not re.search(r"\d", text) and len(text) < 30:
        return awaits[0], awaits[1] - 1
    return None
