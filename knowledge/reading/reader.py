"""Everything one text says about a case, read by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge import offers
from knowledge.case import Money
from knowledge.pack import Pack
from knowledge.reading import scope, situation
from knowledge.reading.amounts import parse_amount
from knowledge.reading.channels import find_channels
from knowledge.reading.circumstances import find_circumstances
from knowledge.reading.commands import command
from knowledge.reading.crisis import find_crisis
from knowledge.reading.elapsed import parse_elapsed
from knowledge.reading.exposure import find_exposure
from knowledge.reading.language import detect_language
from knowledge.reading.mentions import Mention
from knowledge.reading.normalise import normalise
from knowledge.reading.own_language import says_crisis, wanted_language


@dataclass(frozen=True)
class Reading:
    """What one text states. None or empty: the text does not say."""

    language: str | None = None
    wants_language: str | None = None
    situation: str | None = None
    channels: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    amount: Money | None = None
    elapsed: str | None = None
    exposure: tuple[str, ...] = ()
    reported: str | None = None
    recovery: str | None = None
    for_whom: str | None = None
    circumstances: tuple[str, ...] = ()
    recovery_offer: bool = False
    crisis: bool = False
    fraud_words: bool = False


def read(text: str, pack: Pack, mentions: Sequence[Mention]) -> Reading:
    """Read ``text``; ``mentions`` are those of :func:`knowledge.reading.mentions.mentions` for the same text."""
    folded = normalise(text)
    channels, platforms = find_channels(folded, pack, mentions)
    amount = parse_amount(text, pack.currency)
    offer = offers.is_offer(text, offers.check_offer(text, pack))
    return Reading(
        language=detect_language(text),
        wants_language=wanted_language(text, pack, command(text)),
        situation=situation.find_situation(folded, offer, amount is not None, scope.near_neighbour(folded)),
        channels=channels,
        platforms=platforms,
        amount=amount,
        elapsed=parse_elapsed(text),
        exposure=find_exposure(text),
        reported=situation.find_reported(folded),
        recovery=situation.find_recovery(folded, offer),
        for_whom=situation.find_for_whom(folded),
        circumstances=find_circumstances(folded),
        recovery_offer=offer,
        crisis=find_crisis(folded) or says_crisis(text, pack),
        fraud_words=offer or scope.fraud_words(folded),
    )
