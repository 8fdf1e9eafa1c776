"""Everything one text says about a case, read by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge import offers
from knowledge.case import Money
from knowledge.pack import Pack
from knowledge.reading import scope, situation
from knowledge.reading.amounts import parse_amount
from knowledge.reading.channels import find_channels, only_names
from knowledge.reading.circumstances import find_circumstances
from knowledge.reading.commands import command
from knowledge.reading.crisis import crisis_clues
from knowledge.reading.elapsed import parse_elapsed
from knowledge.reading.exposure import find_exposure
from knowledge.reading.foreign import find_foreign_channels, find_foreign_situation
from knowledge.reading.language import detect_language
from knowledge.reading.mentions import Mention
from knowledge.reading.normalise import normalise
from knowledge.reading.own_language import says_crisis, says_fraud, wanted_language


@dataclass(frozen=True)
class Reading:
    """What one text states. None or empty: the text does not say.

    ``told`` is the situation that would fit if the text were no recovery offer.
    """

    language: str | None = None
    wants_language: str | None = None
    situation: str | None = None
    told: str | None = None
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
    #: Whether the text is nothing but names of ways to pay: an answer to a question.
    bare: bool = False
    clues: frozenset[str] = frozenset()


def read(text: str, pack: Pack, mentions: Sequence[Mention]) -> Reading:
    """Read ``text``; ``mentions`` are those of :func:`knowledge.reading.mentions.mentions` for the same text."""
    folded = normalise(text)
    language = detect_language(text)
    channels, platforms = find_channels(folded, pack, mentions)
    foreign = language is not None and language not in pack.languages
    if foreign:
        channels = find_foreign_channels(folded)
    amount = parse_amount(text, pack.currency)
    flags = offers.check_offer(text, pack)
    clues = find_clues(text, flags)
    offer = offers.is_offer(clues)
    told = situation.find_situation(folded, False, amount is not None, scope.near_neighbour(folded))
    if foreign:
        told = find_foreign_situation(folded)
    return Reading(
        language=language,
        wants_language=wanted_language(text, pack, command(text)),
        situation="recovery_offer" if offer else told,
        told=told,
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
        crisis="crisis_found" in clues or says_crisis(text, pack),
        fraud_words=offer or scope.fraud_words(folded) or says_fraud(text, pack),
        bare=bool(channels or platforms) and only_names(folded, mentions),
        clues=clues,
    )


def find_clues(text: str, flags: Sequence[offers.Flag]) -> frozenset[str]:
    """Names of all that the rules find for or against a crisis or a recovery offer in ``text``.

    ``flags``: those of :func:`knowledge.offers.check_offer`.
    """
    return crisis_clues(normalise(text)) | offers.offer_clues(text, flags)
