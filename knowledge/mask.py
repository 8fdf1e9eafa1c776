"""Hiding card, identity, code, password and phone numbers that a person typed, before anything stores them.

Amounts, dates, service numbers (110, 95588, 400...) and the like stay: the person needs to see what they said.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge.reading.normalise import normalise

#: What stands in the place of a secret.
HIDDEN = "●●●●"
KINDS = ("card", "id", "code", "password", "phone")

_SEP = r"[ \-.·]?"
_CHINESE_ID = re.compile(
    rf"(?<![0-9])[1-9]\d{{5}}{_SEP}(?:18|19|20)\d{{2}}{_SEP}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|"
    rf"3[01]){_SEP}\d{{3}}[\dx](?![0-9a-z])"
)
_LONG = re.compile(rf"(?<![0-9a-z])\d(?:{_SEP}\d){{11,22}}(?![0-9a-z])")
_CARD_CONTEXT = re.compile(
    r"卡号|银行卡|信用卡|储蓄卡|账号|账户|尾号|卡|\bcard\b|\baccount\b|\bvisa\b|\bmastercard\b|\biban\b"
)
_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])")
_NOT_A_CARD = re.compile(
    r"(?:订单|单号|流水|交易|运单|快递|物流|编号|案件|回执|警情|受案|备案|参考|order|tracking|"
    r"transaction|reference|case|receipt|txid|hash)[^,。;!?\n]{0,12}$"
)
_PHONE = re.compile(rf"(?<![0-9a-z])(?:\+?86[ \-]?)?1[3-9]\d{_SEP}\d{{4}}{_SEP}\d{{4}}(?![0-9])")
_FOREIGN_PHONE = re.compile(r"(?<![0-9a-z])\+(?!86)\d{1,3}(?:[ \-.()]{0,2}\d){7,12}(?![0-9])")

_IS = (
    r"(?:\s*(?:是|为|:|=|→|就是|\bis\b|\bwas\b|\bare\b|'s|给他了|告诉他了|发给他了|发给他|,|，|-|\(|“|\"|"
    r"'|「)\s*)"
)
_CODE = re.compile(
    r"(?:验证码|校验码|动态码|动态密码|短信码|授权码|认证码|兑换码|卡密|\b(?:verification |security |"
    r"sms |login |one[- ]time |auth(?:entication)? |otp )?(?:codes?|otp|passcode|tan)\b|\bcvv2?\b|"
    r"\bcvc\b|安全码|后三码)"
    rf"(?:[^,。;!?\n0-9]{{0,10}}?{_IS}{{1,3}}|"
    rf"\s{{0,2}}(?:[^,。;!?\n0-9a-z]{{0,6}}))(?P<secret>(?=[a-z0-9\-]*\d)[a-z0-9](?:[a-z0-9\-]|"
    rf"(?<=\d) (?=\d{{2,}})){{2,23}})(?![a-z0-9]|\s?(?:元|块|万|%|次|条|个|分钟|小时|天|yuan|dollars|"
    r"minutes|hours|times))"
)
_CODE_AFTER = re.compile(
    r"(?<![0-9a-z.])(?P<secret>\d{4,8})(?:是|就是|,|，)?\s?(?:这个|这|我的|the|is my|is the|was the|"
    r"was my|as the|is)?\s?(?:验证码|校验码|动态码|短信码|(?:verification |security |sms |login |"
    r"one[- ]time )?(?:code|otp|passcode)\b)"
)
_PASSWORD = re.compile(
    r"(?:密码|口令|(?:登录|支付|取款|查询|银行卡|网银)密码|pin码|\b(?:pass ?words?|pwd|passwd|pin|"
    rf"passphrase|pin (?:code|number))\b)(?:[^,。;!?\n0-9a-z:=]{{0,6}}|\s(?:for|of|to) (?:my |"
    rf"the )?[a-z]+(?: [a-z]+)?\s?)?(?:{_IS})(?P<secret>(?!(?:the|my|a|not|no|very|in|on|wrong|same|"
    r"stolen|changed|his|her|their|what|so|too|it|to|gone|leaked|是|"
    rf"为)\b)[a-z0-9!@#$%^&*_+\-=.]{{4,40}})"
    r"|(?:密码)(?:我)?(?:给|告诉|发|报|说|写|填|输|改|"
    rf"设)[^,。;!?\n0-9a-z]{{0,8}}?(?P<secret2>(?=[a-z!@#$%^&*_\-]*\d)[a-z0-9!@#$%^&*_\-]{{4,40}})(?!\s?(?:元|"
    r"块|万|次|分钟|yuan|dollars))"
    rf"|(?:密码|\bpin\b|\bpassword\b)\s{{0,2}}(?P<secret3>\d{{4,8}})(?!\d|\s?(?:元|块|万|次|分钟|yuan|"
    r"dollars))"
)
_MNEMONIC = re.compile(
    r"(?:助记词|seed phrase|recovery phrase|mnemonic|私钥|private key)[^a-z0-9\n]{0,10}(?:is|was|"
    r"are)?[: ]{0,3}(?P<secret>(?:[a-z]{3,8}[ ,]+){7,}[a-z]{3,8}|(?:0x)?[0-9a-f]{40,})"
)
_PASSPORT = re.compile(
    r"(?:护照|证件|身份证|passport|ssn|social security)(?:号码?|证号|\s?(?:no\.?|number))?(?:是|为|:|\s|"
    r"is|was|#)*(?P<secret>(?=[a-z0-9\-]*\d)[a-z0-9][a-z0-9\-]{6,19})(?![a-z0-9])"
)


def _luhn(digits: str) -> bool:
    total = 0
    for i, char in enumerate(reversed(digits)):
        value = int(char) * (2 if i % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_card(folded: str, start: int, end: int) -> bool:
    """13-19 digits that pass the check digit, or 16 and more where a card or account is spoken of."""
    digits = re.sub(r"\D", "", folded[start:end])
    if not 12 <= len(digits) <= 23 or _NOT_A_CARD.search(folded[max(0, start - 24) : start]):
        return False
    near = bool(_CARD_CONTEXT.search(folded[max(0, start - 24) : end + 12]))
    if len(digits) <= 19 and len(digits) >= 13 and _luhn(digits):
        return near or len(digits) >= 15
    return (near and len(digits) >= 15) or (
        len(digits) in (16, 19) and not re.match(r"20[12]\d[01]\d[0-3]\d", digits)
    )


def _spans(folded: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of every secret, the surest kinds first."""
    found: list[tuple[int, int, str]] = []

    def add(start: int, end: int, kind: str) -> None:
        if end > start and not any(s < end and start < e for s, e, _ in found):
            found.append((start, end, kind))

    def add_all(pattern: re.Pattern[str], kind: str, keep: Callable[[int, int], bool] | None = None) -> None:
        for match in pattern.finditer(folded):
            names = [
                n for n in ("secret", "secret2", "secret3") if n in pattern.groupindex and match.group(n)
            ]
            start, end = match.span(names[0]) if names else match.span()
            if keep is None or keep(start, end):
                add(start, end, kind)

    add_all(_CHINESE_ID, "id")
    add_all(_LONG, "card", lambda s, e: _is_card(folded, s, e))
    add_all(_IBAN, "card", lambda s, e: sum(c.isdigit() for c in folded[s:e]) >= 10)
    add_all(_PHONE, "phone")
    add_all(_FOREIGN_PHONE, "phone")
    add_all(_MNEMONIC, "password")
    add_all(_PASSWORD, "password")
    add_all(_CODE, "code")
    add_all(_CODE_AFTER, "code")
    add_all(_PASSPORT, "id")
    return sorted(found)


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """``(text with secrets hidden, kinds hidden)``; kinds from :data:`KINDS`, in that order, each once."""
    spans = _spans(normalise(text))
    parts, at = [], 0
    for start, end, _ in spans:
        parts += [text[at:start], HIDDEN]
        at = end
    parts.append(text[at:])
    kinds = {kind for _, _, kind in spans}
    return "".join(parts), tuple(kind for kind in KINDS if kind in kinds)
