"""``python -m benchmarks.faq_match``: are the ways to ask one FAQ nearer to each other than to another one's?

Each wording is taken out in turn and matched with all that are left, as the served model matches a question.
A wording that lands on another FAQ shows two questions that people would get the wrong answer to.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.measuring import markdown, share
from knowledge.load import load
from knowledge.pack import Pack
from rasa_project import places
from rasa_project.components.case_reader import Thresholds
from rasa_project.components.sentence_encoder import encode

PACK = places.ROOT / "knowledge" / "cn"


@dataclass(frozen=True)
class Wording:
    """One way to ask. ``is_question``: the title of the FAQ; it is matched against, but not counted."""

    faq: str
    language: str
    text: str
    is_question: bool = False


@dataclass(frozen=True)
class Match:
    """The nearest other wording of ``wording``, and the cosine of the two."""

    wording: Wording
    nearest: Wording
    score: float

    @property
    def right(self) -> bool:
        return self.wording.faq == self.nearest.faq


def wordings(pack: Pack) -> list[Wording]:
    """Every question and every wording, in every language, in file order."""
    found = []
    for faq in pack.faq.values():
        for language in pack.languages:
            found.append(Wording(faq.id, language, faq.question[language], is_question=True))
            found += [Wording(faq.id, language, text) for text in faq.wordings[language]]
    return found


def leave_one_out(asked: Sequence[Wording], vectors: np.ndarray) -> list[Match]:
    """Each wording that is no question, matched with all the others. ``vectors``: [wordings, n], unit length.

    Not with those of the same letters: a wording that only repeats its question would prove nothing.
    """
    keys = [_letters(wording.text) for wording in asked]
    scores = vectors @ vectors.T
    matches = []
    for i, wording in enumerate(asked):
        if wording.is_question:
            continue
        row = np.where([key == keys[i] for key in keys], -1.0, scores[i])
        best = int(row.argmax())
        matches.append(Match(wording, asked[best], float(row[best])))
    return matches


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def matched(pack: Pack) -> list[Match]:
    """The matches of all wordings of a pack. Encodes every one of them: some seconds."""
    asked = wordings(pack)
    return leave_one_out(asked, encode([wording.text for wording in asked]))


def accuracy(matches: Iterable[Match], language: str) -> float:
    """The share (0 to 1) of a language's wordings that are nearest to one of their own FAQ."""
    right = [match.right for match in matches if match.wording.language == language]
    return sum(right) / len(right)


def report(matches: Sequence[Match], languages: Iterable[str], threshold: float) -> str:
    """A table a language: right, and what the served threshold makes of them; then each wrong match."""
    rows = []
    for language in languages:
        own = [match for match in matches if match.wording.language == language]
        near = [match for match in own if match.score >= threshold]
        wrong = [match for match in near if not match.right]
        rows.append(
            [
                language,
                share(sum(m.right for m in own), len(own)),
                share(len(near) - len(wrong), len(own)),
                share(len(wrong), len(own)),
            ]
        )
    head = ("", "nearest is its own", f"answered rightly (cosine from {threshold})", "answered wrongly")
    lines = [markdown(head, rows), ""]
    for match in sorted((m for m in matches if not m.right), key=lambda m: -m.score):
        there = f"{match.nearest.faq}: {match.nearest.text}"
        lines.append(f"{match.score:.2f}  {match.wording.faq}: {match.wording.text}  ->  {there}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faq_match", description=__doc__)
    parser.add_argument("pack", nargs="?", type=Path, default=PACK, help="the folder of a pack")
    pack = load(parser.parse_args().pack)
    print(report(matched(pack), pack.languages, Thresholds().faq))


if __name__ == "__main__":
    main()
