"""What every component of the pipeline agrees on about a message's text."""

from __future__ import annotations

#: Longer texts are cut before any work: understanding takes time in proportion to length.
MAX_CHARACTERS = 2000


def is_payload(text: str) -> bool:
    """A button's payload: its intent is written in it, so the pipeline has nothing to find out."""
    return text.startswith("/")
