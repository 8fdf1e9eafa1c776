"""The real, labelled texts that understanding is measured on, where they are at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks import places

FILES = ("channel", "recovery", "oos", "crisis")
#: What of the channel file counts separately: name, language, person.
GROUPS = (
    ("zh, told by the person", "zh", "first"),
    ("zh, told of someone", "zh", "third"),
    ("en", "en", "first"),
)

Texts = Mapping[str, Sequence[places.Row]]


def texts() -> Texts | None:
    """The labelled texts by file, or ``None`` unless all files are there."""
    found = {name: places.rows(name) for name in FILES}
    there = {name: rows for name, rows in found.items() if rows is not None}
    return there if len(there) == len(FILES) else None
