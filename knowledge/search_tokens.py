"""How a text is cut for searching: half width, lower case, every Chinese character a word of its own."""

from __future__ import annotations

import re
import unicodedata

CHINESE = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{CHINESE}]|[^\W_{CHINESE}]+")
_RUN = re.compile(rf"[{CHINESE}]+|[^\W_{CHINESE}]+")
_CHINESE = re.compile(rf"[{CHINESE}]")


def fold(text: str) -> str:
    """Half width and lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> list[str]:
    """Chinese characters one by one, and words of letters and digits."""
    return _TOKEN.findall(fold(text))


def runs(text: str) -> list[str]:
    """Unbroken Chinese, and words of letters and digits."""
    return _RUN.findall(fold(text))


def is_chinese(text: str) -> bool:
    """Whether ``text`` begins with a Chinese character."""
    return bool(_CHINESE.match(text))


def phrase(text: str) -> str:
    """``text`` (tokens with spaces between) as an FTS5 phrase. Tokens hold no quotation marks."""
    return f'"{text}"'
