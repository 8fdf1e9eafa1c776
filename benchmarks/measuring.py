"""Numbers from samples, and tables from numbers. Pure."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from statistics import median

Table = Sequence[Sequence[str]]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of the values do not exceed. ValueError on none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def over_rounds(rounds: Sequence[Sequence[float]], share: float) -> float | None:
    """The median over the rounds of each round's percentile; ``None`` where nothing was measured."""
    measured = [percentile(values, share) for values in rounds if values]
    return median(measured) if measured else None


def milliseconds(rounds: Sequence[Sequence[float]]) -> str:
    """``p50 / p95`` in milliseconds, from seconds."""
    parts = [over_rounds(rounds, share) for share in (0.5, 0.95)]
    return " / ".join("–" if part is None else f"{part * 1000:.0f}" for part in parts)


def share(part: int, whole: int) -> str:
    """``7 of 10 (70 %)``."""
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "none there"


def markdown(head: Sequence[str], rows: Table) -> str:
    """A table that can be read as it is and in Markdown; the first column is text, the others are numbers."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(head))]

    def written(line: Sequence[str]) -> str:
        cells = [line[0] + " " * (widths[0] - width(line[0]))]
        cells += [" " * (size - width(cell)) + cell for cell, size in zip(line[1:], widths[1:], strict=True)]
        return "| " + " | ".join(cells) + " |"

    rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (size + 1) + ":" for size in widths[1:])]) + "|"
    return "\n".join([written(lines[0]), rule, *(written(line) for line in lines[1:])])


def width(text: str) -> int:
    """Columns in a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
