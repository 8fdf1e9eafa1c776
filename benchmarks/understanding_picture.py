"""The picture of the understanding report: scores by language, confusions, reliability, as SVG. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from benchmarks.own import Scores

WIDTH, ROW, LABEL = 960, 22, 330
LANGUAGES = (("zh", "#b5483a"), ("en", "#2f6690"), ("other", "#7a8b3c"))
Confusions = Mapping[tuple[str, str], int]
Reliability = Sequence[tuple[int, float, float]]


def picture(scores: Scores, confusions: Confusions, reliability: Reliability) -> str:
    """The whole drawing. ``confusions``: (labelled, read) situations and how often."""
    parts, height = [], 40
    for draw in (_bars(scores), _matrix(confusions), _diagram(reliability)):
        drawn, tall = draw
        parts.append(f'<g transform="translate(20 {height})">{drawn}</g>')
        height += tall + 40
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="13"><title>What is understood</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" {more}>{escape(words)}</text>'


def _bars(scores: Scores) -> tuple[str, int]:
    """A bar for every score: its length the share right."""
    drawn, y = [_text(0, 0, "Right on our own held-back texts, by language", 'font-weight="bold"')], 14
    names = list(dict.fromkeys(name for name, _ in scores))
    for name in names:
        drawn.append(_text(0, y + 15, name))
        for language, colour in LANGUAGES:
            if (name, language) not in scores:
                continue
            right, total = scores[name, language]
            length = 480 * right / max(total, 1)
            drawn.append(
                f'<rect x="{LABEL}" y="{y + 4}" width="{length:.0f}" height="{ROW - 8}" fill="{colour}"/>'
            )
            drawn.append(_text(LABEL + length + 6, y + 15, f"{language} {right}/{total}"))
            y += ROW
    return "".join(drawn), y


def _matrix(confusions: Confusions) -> tuple[str, int]:
    """Rows: the situation that is labelled; columns: the one that was read."""
    labels = sorted({label for pair in confusions for label in pair})
    drawn = [_text(0, 0, "Situation: labelled (rows) and read (columns)", 'font-weight="bold"')]
    for column, label in enumerate(labels):
        drawn.append(_text(LABEL + column * 100 - 20, 24, label.replace("_", " ")[:15], 'font-size="11"'))
    for line, labelled in enumerate(labels):
        y = 34 + line * 30
        drawn.append(_text(0, y + 19, labelled))
        total = max(1, sum(confusions.get((labelled, read), 0) for read in labels))
        for column, read in enumerate(labels):
            count = confusions.get((labelled, read), 0)
            drawn.append(
                f'<rect x="{LABEL + column * 100 - 20}" y="{y}" width="94" height="26" '
                f'fill="#2f6690" fill-opacity="{count / total:.2f}" stroke="#ccc"/>'
            )
            drawn.append(_text(LABEL + column * 100 + 20, y + 18, str(count) if count else ""))
    return "".join(drawn), 40 + 30 * len(labels)


def _diagram(reliability: Reliability) -> tuple[str, int]:
    """Confidence across, share right upwards; on the diagonal they are the same. Area: how many."""
    size = 260
    drawn = [
        _text(0, 0, "Confidence and how often it is right (sentences held out)", 'font-weight="bold"'),
        f'<rect x="{LABEL}" y="14" width="{size}" height="{size}" fill="none" stroke="#999"/>',
        f'<path d="M{LABEL} {14 + size}L{LABEL + size} 14" stroke="#999" stroke-dasharray="4"/>',
        _text(LABEL + size / 2 - 30, size + 34, "confidence"),
        _text(LABEL - 70, size / 2, "right"),
    ]
    most = max((number for number, _, _ in reliability), default=1) or 1
    for number, confidence, right in reliability:
        if number:
            radius = 3 + 11 * (number / most) ** 0.5
            drawn.append(
                f'<circle cx="{LABEL + confidence * size:.0f}" cy="{14 + (1 - right) * size:.0f}" '
                f'r="{radius:.0f}" fill="#b5483a" fill-opacity="0.7"/>'
            )
    return "".join(drawn), size + 40
