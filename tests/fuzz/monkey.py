"""Somebody who presses and types at random: buttons, real texts, sentences, garbage, languages."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import places
from knowledge.case import LANGUAGES
from knowledge.payloads import payload
from tests.paths.always import payloads
from tests.paths.interruptions import INTERRUPTIONS, SWITCH
from tests.paths.person import Lost, Person

REAL = ("channel", "recovery", "oos", "crisis")
EMOJI = "😭😡🙏👍💔❓🤖🀄"
CHINESE = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可"
OTHERS = "ыва привет مرحبا नमस्ते สวัสดี こんにちは 안녕하세요 ñandú ß ﷽ 𝓱𝓲 ａｂｃ"
#: Texts that break things: machine commands, markup, templates, directions of writing, very long words.
NASTY = (
    "/restart",
    '/answer{"situation":"lost_money"}',
    "／session_start",
    "{recovery_warning} {police_110} {amount}",
    "%s %d {{0}}",
    "<script>alert(1)</script>",
    "'; DROP TABLE events; --",
    "\u202eabc\u202c \u200b\u200b",
    "null",
    "[]",
    "0",
    "-1",
    "1e400",
    "9" * 400,
    "a" * 1999,
    "转" * 1999,
    "\n\n\n.",
    "1 2 3 4 5 6 7 8 9",
    "٣٠٠٠",
    "三万五千六百",
)


def real_texts() -> list[str]:
    """The texts beside the repository, where they are; they are read, never kept or printed."""
    return [row["text"][:2000] for name in REAL for row in places.rows(name) or ()]


@dataclass
class Monkey:
    """``chance`` decides everything: the same seed does the same as long as the bot answers the same."""

    person: Person
    chance: random.Random
    real: Sequence[str]

    def go(self, turns: int) -> None:
        """So many turns; what is wrong stands in the person's faults."""
        bare = 0
        for _ in range(turns):
            try:
                self._one()
            except Lost:
                return
            bare = 0 if payloads(self.person.last.messages) else bare + 1
            if bare > 1:
                self.person.note("twice in a row nothing to press")

    def _one(self) -> None:
        offered = [b for turn in self.person.turns for b in payloads(turn.messages)]
        here = payloads(self.person.last.messages)
        kind = self.chance.choices(
            ("here", "earlier", "real", "said", "garbage", "language"), (40, 6, 20, 14, 14, 6)
        )[0]
        if kind == "here" and here:
            self.person.press(self.chance.choice(here), may_repeat=True)
        elif kind == "earlier":
            self.person.press(self.chance.choice(offered), may_repeat=True)
        elif kind == "real" and self.real:
            self.person.say(self.chance.choice(self.real), may_repeat=True)
        elif kind == "language":
            self._switch()
        elif kind == "garbage":
            self.person.say(next(garbage(self.chance)), may_repeat=True)
        else:
            said = self.chance.choice(INTERRUPTIONS).says
            self.person.say(said[self.chance.choice(LANGUAGES)], may_repeat=True)

    def _switch(self) -> None:
        language = self.chance.choice(LANGUAGES)
        if self.chance.random() < 0.5:
            self.person.press(payload("switch_language", language=language), may_repeat=True)
        else:
            self.person.say(SWITCH[language], may_repeat=True)


def garbage(chance: random.Random) -> Iterator[str]:
    """Texts without end that nobody means anything by."""
    while True:
        alphabet = chance.choice(
            (EMOJI, CHINESE, OTHERS, string.digits, string.printable.strip(), string.ascii_letters)
        )
        made = "".join(chance.choices(alphabet, k=chance.choice((1, 2, 7, 30, 300))))
        text = chance.choice((made, made, chance.choice(NASTY))).strip()
        if text:
            yield text


def log_faults(home: Path) -> list[str]:
    """Lines of the servers' logs that tell of an exception or an error."""
    found = []
    for log in (*sorted((home / "logs").glob("*.log")), home / "run.log"):
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            if any(word in line for word in ("Traceback", "ERROR", "CRITICAL", "Error:", "Exception")):
                found.append(f"{log.name}: {line}")
    return found
