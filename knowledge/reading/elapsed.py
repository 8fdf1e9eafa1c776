"""How long ago the last payment was, as the person says it."""

from __future__ import annotations


def parse_elapsed(text: str) -> str | None:
    """One of ``knowledge.case.ELAPSED``, or None when the text does not say."""
    return None
