"""Everything one text says about a case, read by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.case import Money
from knowledge.pack import Pack
from knowledge.reading.language import detect_language
from knowledge.reading.mentions import Mention


@dataclass(frozen=True)
class Reading:
    """What one text states. None or empty: the text does not say."""

    language: str | None = None
    situation: str | None = None
    channels: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    amount: Money | None = None
    elapsed: str | None = None
    exposure: tuple[str, ...] = ()
    reported: str | None = None
    recovery: str | None = None
    for_whom: str | None = None
    recovery_offer: bool = False
    crisis: bool = False
    fraud_words: bool = False


def read(text: str, pack: Pack, mentions: Sequence[Mention]) -> Reading:
    """Read ``text``; ``mentions`` are those of :func:`knowledge.reading.mentions.mentions` for the same text."""
    return Reading(language=detect_language(text))
