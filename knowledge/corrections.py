"""Corrections in words: "not Alipay, it was WeChat", "其实是银行卡", "the sum was wrong, it was 5000"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.pack import Pack
from knowledge.reading import normalise
from knowledge.reading.numbers import find_numbers

#: What is taken back, and what is said instead.
_TAKEN_BACK = (
    re.compile(r"不是(?:用|通过|走)?(?P<wrong>[^,。.;!?\n]{1,24}?)[,\s]*(?:而)?(?:是|用的)"),
    re.compile(r"是[^,。.;!?\n]{1,24}[,\s]*(?:并)?不是(?P<wrong>[^,。.;!?\n]{1,24})"),
    re.compile(
        r"\b(?:not|wasn'?t|instead of|rather than) (?P<wrong>[^,.;!?\n]{1,40}?)(?:[,.;]|\bbut\b|\bit\b|$)"
    ),
)
_CUE = re.compile(
    r"其实|实际上|[说搞弄记写选点填]错|说反|不对|更正|纠正|改成|改为|改一下|应该是|"
    r"\b(?:actually|i meant|correction|correct that|i was wrong|was wrong|that'?s wrong|mistake|"
    r"instead|rather|i misspoke|change (?:it|that) to|should be)\b"
)
#: A sum named beside a correction: without a currency it is the region's own.
_SUM = re.compile(
    r"(?:金额|数额|数目|钱数|多少钱|\bamount\b|\bsum\b|\btotal\b|\bnumber\b)\D{0,30}?(\d[\d,]*(?:\.\d+)?)(?!\d|\s?[万千百wk])"
)
#: Stands for a number that was read: the patterns below need not know how sums are written.
_NUMBER = "\0"
#: A sum that is taken back beside the one that is right.
_SUMS = tuple(
    re.compile(pattern.replace("#", _NUMBER).replace("_", rf"[^{_NUMBER}]"))
    for pattern in (
        r"不是_{0,4}(?P<wrong>#)_{0,6}?是_{0,4}(?P<right>#)",
        r"是_{0,4}(?P<right>#)_{0,6}不是_{0,4}(?P<wrong>#)",
        r"(?P<right>#)_{0,12}\b(?:not|instead of|rather than) _{0,4}(?P<wrong>#)",
        r"\b(?:not|wasn't) _{0,4}(?P<wrong>#)_{0,20}(?P<right>#)",
    )
)


@dataclass(frozen=True)
class Correction:
    """What a text takes back: ``platforms`` and ``channels`` it names as wrong; both may be empty."""

    platforms: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()


def correction(text: str, pack: Pack) -> Correction | None:
    """What ``text`` takes back, or ``None`` when it corrects nothing."""
    folded = normalise(text).replace("，", ",").replace("’", "'")
    for pattern in _TAKEN_BACK:
        if match := pattern.search(folded):
            platforms, channels = named_in(match.group("wrong"), pack)
            if platforms or channels:
                usual = {pack.platforms[p].channels[0] for p in platforms if pack.platforms[p].channels}
                return Correction(platforms, channels | usual)
    return Correction() if _CUE.search(folded) else None


def named_in(text: str, pack: Pack) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the platforms and of the channels that ``text`` (normalised) names."""
    platforms = frozenset(
        platform.id
        for platform in pack.platforms.values()
        if any(
            _has(text, word)
            for language, name in platform.name.items()
            for word in (name, *platform.aliases.get(language, ()))
        )
    )
    channels = frozenset(
        channel.id
        for channel in pack.channels.values()
        if any(_has(text, word) for words in channel.cues.values() for word in words)
    )
    return platforms, channels


def _has(text: str, word: str) -> bool:
    word = normalise(word)
    if not word:
        return False
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
    return word in text


def bare_sum(text: str) -> float | None:
    """The figure of "the amount was wrong, it was 5000": a number that is called a sum, with no currency."""
    match = _SUM.search(normalise(text))
    return float(match.group(1).replace(",", "")) if match else None


def sum_instead_of(wrong: float, text: str) -> float | None:
    """The sum of "3500, not 2000", where ``wrong`` is the one that is taken back."""
    folded = normalise(text).replace("，", ",").replace("’", "'")
    # 一 and "one" are words more often than sums.
    numbers = [n for n in find_numbers(folded) if n.scaled or any(map(str.isdigit, folded[n.start : n.end]))]
    marked, values, at = "", {}, 0
    for number in numbers:
        marked += folded[at : number.start]
        values[len(marked)] = number.value
        marked += _NUMBER
        at = number.end
    marked += folded[at:]
    for pattern in _SUMS:
        for match in pattern.finditer(marked):
            if values.get(match.start("wrong")) == wrong:
                return values.get(match.start("right"))
    return None
