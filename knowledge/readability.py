"""How easy each text is to read, in both languages: to find the worst texts, not to prove a good one.

English: the Flesch-Kincaid grade, 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid, Fishburne,
Rogers and Chissom, "Derivation of new readability formulas for Navy enlisted personnel", 1975). Written out
here: the package textstat would bring nltk with it. It was made for passages; a title has no grade.

Chinese: the mean and the longest sentence in characters, and the most clauses (parts between commas) in one.
Sentence length and structure are among the features that Chinese readability research grades texts by (Sung
et al., "CRIE: an automated analyzer for Chinese texts", Behavior Research Methods 48, 2016); its word lists
are not at hand here, so hard words are left to the reader's eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from knowledge.checking.finding import Finding
from knowledge.checking.shown import shown_texts
from knowledge.pack import PLACEHOLDER, Pack

#: Above these `steady check` names a text. Plain language is grade 8; the names of offices cost one more.
GRADE_BOUND = 9.0
#: Characters of one Chinese sentence, and clauses in it.
SENTENCE_BOUND = 45
CLAUSES_BOUND = 6
#: Shorter English texts, in words, have no meaningful grade.
ENOUGH_WORDS = 20

ENDS = {"zh": re.compile(r"[。！？；\n]"), "en": re.compile(r"[.!?;:](?=\s|$|[”’\")])|\n")}
CLAUSE_ENDS = re.compile(r"[，：](?=[^，：]{3})|——")
HAN_OR_WORD = re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9]+")
WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d[\d,.]*")
#: A last e is not heard (scene, called), but it is in single, boxes, wanted.
MUTE = re.compile(r"(?<![^aeiouy]l)(?<=[^aeiouy])e$|(?<![sxzcgh])(?<=[^aeiouy])es$|(?<=[^aeiouytd])ed$")


@dataclass(frozen=True)
class Chinese:
    """``mean`` and ``longest`` sentence in characters (a word or number in Latin letters counts as one)."""

    mean: float
    longest: int
    clauses: int


@dataclass(frozen=True)
class Reading:
    """One text. ``grade``: Flesch-Kincaid, None for a text that is too short for one."""

    field: str
    zh: Chinese
    grade: float | None

    @property
    def strain(self) -> float:
        """The share of its bound that the worse language uses; above 1 it is over."""
        grade = (self.grade or 0) / GRADE_BOUND
        return max(grade, self.zh.longest / SENTENCE_BOUND, self.zh.clauses / CLAUSES_BOUND)


def readings(pack: Pack) -> list[Reading]:
    """Every text but names, worst first."""
    found = [
        Reading(field, chinese(text.get("zh", "")), grade(text.get("en", "")))
        for field, text, use in shown_texts(pack)
        if use not in ("name", "document", "dialogue")
    ]
    return sorted(found, key=lambda reading: (-reading.strain, reading.field))


def chinese(words: str) -> Chinese:
    """The measures of a Chinese text; zeros for an empty one."""
    sentences = [s for s in ENDS["zh"].split(PLACEHOLDER.sub("电话", words)) if HAN_OR_WORD.search(s)]
    lengths = [len(HAN_OR_WORD.findall(sentence)) for sentence in sentences]
    if not lengths:
        return Chinese(0.0, 0, 0)
    clauses = max(1 + sum(1 for _ in CLAUSE_ENDS.finditer(sentence)) for sentence in sentences)
    return Chinese(sum(lengths) / len(lengths), max(lengths), clauses)


def grade(words: str) -> float | None:
    """The Flesch-Kincaid grade of an English text of :data:`ENOUGH_WORDS` words or more, else None."""
    plain = PLACEHOLDER.sub("number", words)
    found = WORD.findall(plain)
    if len(found) < ENOUGH_WORDS:
        return None
    sentences = sum(1 for s in ENDS["en"].split(plain) if WORD.search(s))
    return 0.39 * len(found) / sentences + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels that are heard; a number counts as one."""
    lower = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", lower))
    return max(1, groups - bool(MUTE.search(lower)))


def table(pack: Pack) -> Iterator[str]:
    """Each text with its measures, worst first, for people."""
    yield f"{'zh mean':>8}{'longest':>8}{'clauses':>8}{'en grade':>9}  text"
    for one in readings(pack):
        level = "-" if one.grade is None else f"{one.grade:.1f}"
        yield f"{one.zh.mean:8.0f}{one.zh.longest:8}{one.zh.clauses:8}{level:>9}  {one.field}"


def medians(pack: Pack) -> str:
    """The middle of all texts, in one line."""
    found = readings(pack)
    grades = [one.grade for one in found if one.grade is not None]
    longest = [one.zh.longest for one in found]
    middle_grade = f"{median(grades):.1f}" if grades else "none"
    over = sum(one.strain > 1 for one in found)
    return f"Chinese {_middle(longest)} characters, English grade {middle_grade}; {over} texts hard to read"


def _middle(values: Iterable[float]) -> str:
    known = list(values)
    return f"{median(known):.0f}" if known else "0"


def findings(pack: Pack) -> Iterator[Finding]:
    """A warning for each text over a bound, in the order of :func:`readings`."""
    for one in readings(pack):
        if one.zh.longest > SENTENCE_BOUND:
            said = f"has a sentence of {one.zh.longest} characters (bound {SENTENCE_BOUND}); make two of it"
            yield f"{one.field}.zh", said, "warning"
        elif one.zh.clauses > CLAUSES_BOUND:
            said = f"has a sentence of {one.zh.clauses} parts (bound {CLAUSES_BOUND}); make two of it"
            yield f"{one.field}.zh", said, "warning"
        if one.grade is not None and one.grade > GRADE_BOUND:
            said = (
                f"reads like grade {one.grade:.1f} (bound {GRADE_BOUND:g}); use shorter sentences and words"
            )
            yield f"{one.field}.en", said, "warning"
