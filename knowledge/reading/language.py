"""Chinese or English, from the letters alone."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def detect_language(text: str) -> str | None:
    """ "zh", "en", or None when there is nothing to go by."""
    if _HAN.search(text):
        return "zh"
    return "en" if _LATIN_WORD.search(text) else None
