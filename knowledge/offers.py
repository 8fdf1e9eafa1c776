"""Recovery offers: the red flags in a text, and whether the text is such an offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.pack import Pack, Text


@dataclass(frozen=True)
class Flag:
    """A red flag found in a text; ``start`` and ``end`` are characters of the original text."""

    id: str
    start: int
    end: int
    explanation: Text
    sources: tuple[str, ...]


def check_offer(text: str, pack: Pack) -> tuple[Flag, ...]:
    """Every red flag of ``pack`` in ``text``, in order of appearance, without overlaps of the same flag."""
    return ()


def is_offer(text: str, flags: Sequence[Flag]) -> bool:
    """Whether ``text`` offers to get lost money back, rather than asking about it or warning of it."""
    return False
