"""A side question beside something else: "paid with Alipay yesterday, can I get it back?" holds one.

The classifier sees one intent in a message. Here the parts that are questions are held against the wordings
of the FAQ by the words (in Chinese the pairs of characters) they share, rare ones weighing more.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .intake import is_sentence
from .pack import Pack
from .reading import normalise

#: Weighted Dice coefficient from which a part asks what a wording asks; tests hold what lies on each side.
CLOSE = 0.6
_PARTS = re.compile(r"[,，。.;；!！\n]|(?<=[?？])|\b(?:and|but|so)\b")
_QUESTION = re.compile(
    r"[?？]|[吗呢么]\s*$|怎么|如何|能不能|可不可以|要不要|是不是|该不该|有没有用|"
    r"\b(?:can|could|should|do|does|is|are|will|would|what|how|why|where|who) "
)
_LATIN = re.compile(r"[a-z0-9']+")
_CJK = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True)
class _Wordings:
    """(FAQ id, terms) of every wording, and how much each term weighs."""

    all: tuple[tuple[str, frozenset[str]], ...]
    weights: Mapping[str, float]


def side_question(text: str, pack: Pack) -> str | None:
    """The id of the FAQ that a part of ``text`` asks, or ``None``. A text of one part is the classifier's."""
    parts = [part for part in _PARTS.split(normalise(text)) if part and part.strip()]
    if len(parts) < 2:
        return None
    scores = [closest(part, pack) for part in parts if _QUESTION.search(part)]
    best = max(scores, default=(0.0, ""))
    return best[1] if best[0] >= CLOSE else None


def is_question(text: str) -> bool:
    """Whether ``text`` is a sentence that asks something."""
    return is_sentence(text) and _QUESTION.search(normalise(text)) is not None


def closest(part: str, pack: Pack) -> tuple[float, str]:
    """How close the nearest wording of the FAQ is (0 to 1), and its FAQ's id."""
    wordings, asked = _wordings(pack), _terms(normalise(part))
    return max(((_dice(asked, terms, wordings.weights), i) for i, terms in wordings.all), default=(0.0, ""))


def _wordings(pack: Pack) -> _Wordings:
    return _compiled(
        tuple(
            (faq.id, words)
            for faq in pack.faq.values()
            for language in faq.question
            for words in (faq.question[language], *faq.wordings.get(language, ()))
        )
    )


@lru_cache(maxsize=8)
def _compiled(texts: tuple[tuple[str, str], ...]) -> _Wordings:
    found = tuple((faq_id, _terms(normalise(words))) for faq_id, words in texts)
    count = Counter(term for _, terms in found for term in terms)
    return _Wordings(found, {term: math.log(1 + len(found) / n) for term, n in count.items()})


def _terms(text: str) -> frozenset[str]:
    pairs = (run[i : i + 2] for run in _CJK.findall(text) for i in range(len(run) - 1))
    return frozenset((*_LATIN.findall(text), *pairs))


def _dice(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    rare = max(weights.values(), default=1.0)

    def weigh(terms: Iterable[str]) -> float:
        return sum(weights.get(term, rare) for term in terms)

    total = weigh(one) + weigh(other)
    return 2 * weigh(one & other) / total if total else 0.0
