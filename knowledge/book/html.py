"""HTML by small functions. What is not :class:`Html` is escaped, so nothing of a pack becomes markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Html(str):
    """Finished HTML."""


def html(part: str) -> Html:
    """``part`` as HTML: text is escaped, HTML stays."""
    return part if isinstance(part, Html) else Html(escape(part, quote=True))


def join(parts: Iterable[str], separator: str = "") -> Html:
    """The parts one after the other, text among them escaped."""
    return Html(html(separator).join(html(part) for part in parts))


def element(name: str, *parts: str, **attributes: str | bool | None) -> Html:
    """``<name …>parts</name>``. ``class_`` is the attribute class; True is an attribute alone, None none."""
    said = ""
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        shown = key.rstrip("_").replace("_", "-")
        said += f" {shown}" if value is True else f' {shown}="{escape(str(value), quote=True)}"'
    return Html(f"<{name}{said}>{join(parts)}</{name}>")


def rows(parts: Iterable[str]) -> Html:
    """Each part on a line of its own: a change of one fact is then a change of few lines of a file."""
    return join(parts, Html("\n"))
