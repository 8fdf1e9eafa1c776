"""What besides money is in the swindler's hands: the screen, the phone, a code, an identity, a password."""

from __future__ import annotations


def find_exposure(text: str) -> tuple[str, ...]:
    """Values of ``knowledge.case.EXPOSURES`` that the text states."""
    return ()
