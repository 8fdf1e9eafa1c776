"""The questions and branches as a drawing (SVG) and as a page of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from knowledge import labels
from knowledge.book.words import WORDS, in_one, value
from knowledge.branches import Branch, branches
from knowledge.cards import WARNINGS, warning_card
from knowledge.case import CHOICES, LIST_FIELDS
from knowledge.pack import STAGES, Pack, Text
from knowledge.triage import QUESTIONS

SAID: Mapping[str, Text] = {
    "title": {"zh": "稳住问什么、按什么顺序问", "en": "What Steady asks, and in which order"},
    "start": {"zh": "对话开始", "en": "The conversation begins"},
    "greeting": {
        "zh": "第一句就说：钱刚转出去，先打 {police}，再回来。",
        "en": "The first message says: if money has just left, call {police} first, then come back.",
    },
    "free": {
        "zh": "可以用自己的话说；已经说过的，不再问。除了第一个问题，每个问题都可以跳过。",
        "en": "Own words are welcome; what was said already is not asked. "
        "Every question but the first can be skipped.",
    },
    "channels_complete": {"zh": "还有别的方式吗", "en": "Any other way?"},
    "first": {"zh": "马上给出最急的步骤", "en": "The most urgent steps, at once"},
    "moved": {"zh": "没有转钱就不问", "en": "left out if no money moved"},
    "paid": {"zh": "没有付钱给他们就不问", "en": "left out if nothing was paid to them"},
    "plan": {"zh": "个人方案", "en": "The personal plan"},
    "plan_note": {
        "zh": "随时可以点“直接看方案”。每个方案都提醒：谁说能追回钱，谁就是骗子。以后改了回答，方案跟着变。",
        "en": "Can be asked for at any time. Every plan warns of whoever offers to get the money back. "
        "A changed answer changes the plan.",
    },
    "interrupt": {"zh": "随时可以打断", "en": "May come at any point"},
    "interrupt_note": {
        "zh": "在任何一个问题上，先回应这些，再回到原来的问题。",
        "en": "At any question these are answered first; then the open question is asked again.",
    },
    "crisis": {"zh": "有人可能不安全", "en": "Someone may not be safe"},
    "pressure": {"zh": "对方正在逼迫", "en": "Somebody is pressing them now"},
    "recovery_offer": {"zh": "有人说能把钱追回来", "en": "An offer to get the money back"},
    "side": {"zh": "别的问题", "en": "A side question"},
    "side_note": {"zh": "从 {count} 个问答里回答", "en": "Answered from {count} prepared answers"},
    "moves": {"zh": "改答案、后退、重来、换语言、找人", "en": "Change, back, start over, language, a human"},
    "answers": {"zh": "每个问题可以怎么答", "en": "The answers to each question"},
    "typed": {"zh": "自己写", "en": "in own words"},
    "pack_names": {"zh": "资料里的 {count} 个银行和平台", "en": "{count} banks and platforms of the pack"},
    "yes": {"zh": "没有了，或再加一种", "en": "no more, or one more way"},
    "several": {"zh": "可多选", "en": "several possible"},
    "legend": {"zh": "图例", "en": "Legend"},
    "always": {"zh": "总会问", "en": "always asked"},
    "sometimes": {"zh": "有条件才问", "en": "asked only if it applies"},
}


# --- as a picture -------------------------------------------------------------------------------------

WIDTH = 1760
MARGIN = 40
RAIL = 340
#: Between the branches, and between the flow and the rail: room for two brackets with their words.
GAP = 58
BOX, STEP, URGENT, BRACKET = 58, 30, 36, 26
#: From the rail to the flow: some, to say "anywhere".
ARROWS = 6

CSS = """
text{font-family:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;
fill:#1b1f24}
.big{font-size:26px;font-weight:700}.head{font-size:16px;font-weight:700}.main{font-size:15px;font-weight:600}
.sub{font-size:12.5px;fill:#3d4650}.note{font-size:12.5px;fill:#59636e}.white{fill:#fff}
.box{fill:#fff;stroke:#1b1f24;stroke-width:1.5}.maybe{stroke-dasharray:6 4;fill:#fafbfc}
.start{fill:#1f3a5f;stroke:none}.sit{fill:#dfe8f3;stroke:#1f3a5f;stroke-width:1.5}
.urgent{fill:#fde8d8;stroke:#b4500f;stroke-width:1.2}.plan{fill:#e2f2e5;stroke:#1a6b30;stroke-width:1.8}
.rail{fill:#fbf3d9;stroke:#8a6d00;stroke-width:1.5}.card{fill:#fff;stroke:#c9b458}
.panel{fill:#f4f6f8;stroke:#c9d1d9}
.line{fill:none;stroke:#1b1f24;stroke-width:1.6}.by{stroke-dasharray:3 4;stroke:#59636e}
.rails{stroke:#8a6d00;stroke-width:2.5;stroke-dasharray:3 5}
""".replace("\n", "")


def svg(pack: Pack) -> str:
    """The drawing as a file of its own: no font, script or picture of anyone else's."""
    found = branches(pack)
    parts: list[str] = []
    flow = WIDTH - 2 * MARGIN - RAIL - GAP
    parts += _words(MARGIN, 50, [("big", line) for line in _both("title", pack)], 32)
    y = 50.0 + 32 * len(pack.languages)

    greeting = [("head white", " · ".join(_both("start", pack)))]
    greeting += [("sub white", line) for word in ("greeting",) for line in _both(word, pack)]
    tall = 24.0 + 20 * len(greeting)
    parts += [_rect(MARGIN, y, flow, tall, "start"), *_words(MARGIN + 18, y + 26, greeting, 20)]
    top = y
    y += tall
    parts.append(_arrow([(MARGIN + flow / 2, y), (MARGIN + flow / 2, y + 24)]))
    y += 24
    asked = [("main", " · ".join(_names(labels.FIELDS["situation"], pack)))]
    asked += [("note", line) for line in _both("free", pack)]
    tall = 18.0 + 20 * len(asked)
    parts += [_rect(MARGIN, y, flow, tall, "box"), *_words(MARGIN + 18, y + 24, asked, 20)]
    y += tall

    # The first branch has its brackets on its left as well.
    left = MARGIN + GAP / 2
    width = (flow - GAP * (len(found) - 0.5)) / len(found)
    heads = max(len(branch.situations) for branch in found)
    ends: list[tuple[float, float]] = []
    for i, branch in enumerate(found):
        x = left + i * (width + GAP)
        drawn, end = _column(branch, x, y, width, heads, pack)
        parts += drawn
        ends.append((x + width / 2, end))
    bottom = max(end for _, end in ends) + 34
    parts += [_arrow([(x, end), (x, bottom)]) for x, end in ends]

    tall = 44.0 + 19 * (1 + 2 * len(pack.languages))
    parts.append(_rect(MARGIN, bottom, flow, tall, "plan"))
    stages = [
        ("main", " → ".join(in_one(WORDS[stage], language, pack) for stage in STAGES))
        for language in pack.languages
    ]
    said = [
        ("head", " · ".join(_both("plan", pack))),
        *stages,
        *(("note", line) for line in _both("plan_note", pack)),
    ]
    parts += _words(MARGIN + 18, bottom + 28, said, 21)
    y = bottom + tall

    parts += _rail(WIDTH - MARGIN - RAIL, top, y - top, pack)
    legend, y = _legend(MARGIN, y + 24, pack)
    panel, y = _answers(MARGIN, y + 14, WIDTH - 2 * MARGIN, pack)
    parts += [*legend, *panel]
    height = y + MARGIN / 2
    named = escape(" · ".join(_both("title", pack)))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_n(height)}" width="{WIDTH}"'
            f' height="{_n(height)}" role="img" aria-label="{named}">',
            f"<title>{named}</title>",
            f"<style>{CSS}</style>",
            '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7"'
            ' orient="auto"><path d="M0 0 10 5 0 10z" fill="#1b1f24"/></marker></defs>',
            f'<rect width="{WIDTH}" height="{_n(height)}" fill="#fff"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def _column(
    branch: Branch, x: float, y: float, width: float, heads: int, pack: Pack
) -> tuple[list[str], float]:
    """One branch from its situations down to its last question, and where it ends."""
    middle = x + width / 2
    parts = [_arrow([(middle, y), (middle, y + 28)])]
    y += 28
    tall = 14.0 + 40 * heads
    parts.append(_rect(x, y, width, tall, "sit"))
    space = 40 * (heads - len(branch.situations)) / 2
    for i, situation in enumerate(branch.situations):
        names = _names(value("situation", situation, pack), pack)
        lines = [("main" if j == 0 else "sub", name) for j, name in enumerate(names)]
        parts += _words(middle, y + 24 + space + 40 * i, lines, 17, centred=True)
    y += tall
    if branch.urgent:
        parts += _urgent(x, y, width, pack)
        y += URGENT + 6
    skipped: dict[str, list[float]] = {}
    for question in branch.questions:
        parts.append(_arrow([(middle, y), (middle, y + STEP - 8)]))
        y += STEP - 8
        for word in question.unless:
            skipped.setdefault(word, []).extend((y, y + BOX))
        parts.append(_rect(x, y, width, BOX, "box maybe" if question.unless else "box"))
        names = _question(question.id, pack)
        lines = [("main" if j == 0 else "sub", name) for j, name in enumerate(names)]
        parts += _words(middle, y + 25, lines, 19, centred=True)
        y += BOX
        if question.urgent:
            parts += _urgent(x, y, width, pack)
            y += URGENT + 6
    parts += _bypasses(skipped, x, pack)
    return parts, y


def _urgent(x: float, y: float, width: float, pack: Pack) -> list[str]:
    """The mark that the first steps are given here."""
    return [
        _rect(x + 10, y + 5, width - 20, URGENT, "urgent", 4),
        *_words(x + width / 2, y + 20, [("sub", line) for line in _both("first", pack)], 15, centred=True),
    ]


def _bypasses(skipped: Mapping[str, list[float]], x: float, pack: Pack) -> list[str]:
    """A bracket beside the questions that one answer leaves out, with that answer."""
    parts = []
    for i, (unless, heights) in enumerate(skipped.items()):
        left = x - 9 - BRACKET * (len(skipped) - 1 - i)
        start, end = min(heights), max(heights)
        parts.append(
            f'<path class="line by" d="M{_n(left + 6)} {_n(start)}H{_n(left)}V{_n(end)}H{_n(left + 6)}"/>'
        )
        middle = (start + end) / 2
        turned = f"translate({_n(left - 5)} {_n(middle)}) rotate(-90)"
        text = escape(" · ".join(_both(unless, pack)))
        parts.append(f'<text class="note" text-anchor="middle" transform="{turned}">{text}</text>')
    return parts


def _rail(x: float, y: float, height: float, pack: Pack) -> list[str]:
    """What can come at any point, beside everything."""
    parts = [_rect(x, y, RAIL, height, "rail")]
    lines = [("head", line) for line in _both("interrupt", pack)]
    lines += [("note", part) for line in _both("interrupt_note", pack) for part in _wrap(line, RAIL - 36)]
    parts += _words(x + 18, y + 28, lines, 20)
    at = y + 30 + 20 * len(lines)
    for kind in reversed(WARNINGS):
        said = [[("main", name)] for name in _both(kind, pack)]
        texts = [str(warning_card(kind, pack, language).get("text", "")) for language in pack.languages]
        body: list[tuple[str, str]] = [line for lines in said for line in lines]
        for text in texts:
            body += [("sub", part) for part in _wrap(text, RAIL - 52)]
        at = _card(parts, x, at, body)
    count = str(len(pack.faq))
    side = [("main", name) for name in _both("side", pack)]
    side += [("sub", line.replace("{count}", count)) for line in _both("side_note", pack)]
    at = _card(parts, x, at, side)
    _card(
        parts, x, at, [("main", part) for line in _both("moves", pack) for part in _wrap(line, RAIL - 52, 16)]
    )
    for part in range(1, ARROWS + 1):
        level = _n(y + height * part / (ARROWS + 1))
        parts.append(f'<path class="line rails" marker-end="url(#tip)" d="M{_n(x)} {level}h-{GAP / 2:.0f}"/>')
    return parts


def _card(parts: list[str], x: float, y: float, lines: list[tuple[str, str]]) -> float:
    tall = 16.0 + 18.5 * len(lines)
    parts.append(_rect(x + 14, y, RAIL - 28, tall, "card", 5))
    parts.extend(_words(x + 26, y + 22, lines, 18.5))
    return y + tall + 12


def _legend(x: float, y: float, pack: Pack) -> tuple[list[str], float]:
    parts = []
    for class_, word in (("box", "always"), ("box maybe", "sometimes"), ("urgent", "first")):
        parts.append(_rect(x, y, 34, 20, class_, 3))
        text = " · ".join(_both(word, pack))
        parts += _words(x + 44, y + 15, [("sub", text)], 0)
        x += 44 + _length(text, 12.5) + 46
    return parts, y + 24


def _answers(x: float, y: float, width: float, pack: Pack) -> tuple[list[str], float]:
    """Every question with the answers it takes, in three columns filled from the shortest."""
    parts = _words(x, y + 22, [("head", " · ".join(_both("answers", pack)))], 0)
    y += 38
    columns = [y] * 3
    each = (width - 2 * GAP) / 3
    for question in QUESTIONS:
        lines = [("main", " · ".join(_question(question, pack)))]
        if question in LIST_FIELDS:
            lines.append(("note", " · ".join(_both("several", pack))))
        for line in _answers_to(question, pack):
            lines += [("sub", part) for part in _wrap("– " + line, each - 36)]
        i = columns.index(min(columns))
        left, top = x + i * (each + GAP), columns[i]
        tall = 18.0 + 19 * len(lines)
        parts.append(_rect(left, top, each, tall, "panel", 5))
        parts += _words(left + 16, top + 25, lines, 19)
        columns[i] = top + tall + 12
    return parts, max(columns)


def _answers_to(question: str, pack: Pack) -> Iterator[str]:
    if question == "channels_complete":
        yield " · ".join(_both("yes", pack))
    elif question == "platforms":
        yield " · ".join(_both("pack_names", pack)).replace("{count}", str(len(pack.platforms)))
    elif question not in CHOICES:
        yield " · ".join(_both("typed", pack))
    for choice in CHOICES.get(question, ()):
        yield " · ".join(_names(value(question, choice, pack), pack))


# --- as text ------------------------------------------------------------------------------------------


def page(pack: Pack) -> str:
    """The drawing, and the same as tables, in Markdown: for whoever hears a page instead of seeing it."""
    title = " · ".join(_both("title", pack))
    lines = [
        f"# {title}",
        "",
        "Generated by `make docs` from `knowledge/triage.py`, `knowledge/plan.py` and the pack; do not edit.",
        "",
        f"![{title}](questions.svg)",
        "",
        *(f"{line}\n" for word in ("greeting", "free") for line in _both(word, pack)),
    ]
    for branch in branches(pack):
        names = [" · ".join(_names(value("situation", s, pack), pack)) for s in branch.situations]
        lines += [f"## {' / '.join(names)}", ""]
        if branch.urgent:
            lines += [f"**{' · '.join(_both('first', pack))}**", ""]
        for i, question in enumerate(branch.questions, 1):
            said = f"{i}. {' · '.join(_question(question.id, pack))}"
            reasons = [" · ".join(_both(word, pack)) for word in question.unless]
            said += f" ({'; '.join(reasons)})" if reasons else ""
            if question.urgent:
                said += f" → **{' · '.join(_both('first', pack))}**"
            lines.append(said)
        lines += [f"{len(branch.questions) + 1}. **{' · '.join(_both('plan', pack))}**", ""]
    lines += [
        f"## {' · '.join(_both('interrupt', pack))}",
        "",
        *(f"{line}\n" for line in _both("interrupt_note", pack)),
    ]
    for word in (*reversed(WARNINGS), "side", "moves"):
        lines.append(f"- {' · '.join(_both(word, pack))}")
    return "\n".join(lines) + "\n"


# --- words and shapes ---------------------------------------------------------------------------------


def _both(word: str, pack: Pack) -> list[str]:
    return _names(SAID[word], pack)


def _names(text: Text, pack: Pack) -> list[str]:
    return list(dict.fromkeys(in_one(text, language, pack) for language in pack.languages))


def _question(question: str, pack: Pack) -> list[str]:
    return _both(question, pack) if question in SAID else _names(labels.FIELDS[question], pack)


def _length(text: str, size: float) -> float:
    """About how wide a text is: a Chinese character is as wide as high, a Latin letter a little over half."""
    return sum(size if ord(c) > 0x2E80 else size * 0.52 for c in text)


def _wrap(text: str, width: float, size: float = 12.5) -> list[str]:
    """Lines no wider than ``width``: broken between words, or between any two Chinese characters."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and _length((line + piece).rstrip(), size) > width and piece not in "，。、；：！？”）":
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line] if line else lines


def _pieces(text: str) -> Iterable[str]:
    word = ""
    for character in text:
        if ord(character) > 0x2E80:
            yield from filter(None, (word, character))
            word = ""
        else:
            word += character
            if character == " ":
                yield word
                word = ""
    if word:
        yield word


def _words(
    x: float, y: float, lines: Iterable[tuple[str, str]], step: float, *, centred: bool = False
) -> list[str]:
    anchor = ' text-anchor="middle"' if centred else ""
    return [
        f'<text class="{class_}" x="{_n(x)}" y="{_n(y + i * step)}"{anchor}>{escape(text)}</text>'
        for i, (class_, text) in enumerate(lines)
    ]


def _rect(x: float, y: float, width: float, height: float, class_: str, radius: float = 8) -> str:
    place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
    return f'<rect class="{class_}" {place} rx="{_n(radius)}"/>'


def _arrow(points: list[tuple[float, float]]) -> str:
    path = "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
    return f'<path class="line" marker-end="url(#tip)" d="M{path}"/>'


def _n(number: float) -> str:
    """A number as short as it can be written."""
    return f"{number:.1f}".rstrip("0").rstrip(".")
