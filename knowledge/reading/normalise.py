"""Folding of one text for matching: same length as the original, so that spans map back."""

from __future__ import annotations

import unicodedata

#: Space-like characters that NFKC leaves alone.
_SPACES = {0x200B: " ", 0xFEFF: " ", 0x3000: " ", 0x00A0: " ", 0x0009: " "}


def _fold(char: str) -> str:
    """One character folded to exactly one character: full-width to ASCII, lower case, else itself."""
    for form in (unicodedata.normalize("NFKC", char).lower(), char.lower()):
        if len(form) == 1:
            return form
    return char


class _Table(dict[int, str]):
    """A ``str.translate`` table that fills itself: folding is per character, so it can be remembered."""

    def __missing__(self, code: int) -> str:
        folded = _SPACES.get(code) or _fold(chr(code))
        self[code] = folded
        return folded


_TABLE = _Table()


def normalise(text: str) -> str:
    """``text`` lower-cased and with full-width forms folded; ``len(normalise(t)) == len(t)`` always."""
    return text.translate(_TABLE)
