"""What a text says in the languages that a pack brings itself: which it is in, which it asks for, a crisis."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from knowledge.pack import Pack
from knowledge.reading.normalise import normalise

#: So many of a language's common words make a text plainly one of that language.
ENOUGH_COMMON_WORDS = 2
COMMON_ENGLISH = frozenset(
    ["the", "and", "i", "to", "my", "was", "it", "of", "that", "in", "he", "they", "is", "for", "with", "have", "had", "not", "you", "this", "but", "from", "she", "his", "who", "what", "how", "do", "did", "can", "will", "are", "them", "him", "her", "been"]
)

_WORD = re.compile(r"[^\W\d_]+")
_EDGES = " .,!?;:…\"'“”‘’«»()"


def wanted_language(text: str, pack: Pack, command: str | None) -> str | None:
    """The language of the pack that a whole message asks for, in the pack's words or by ``command``."""
    bare = _straight(text).strip(_EDGES)
    for dialogue in pack.dialogue.values():
        if bare in {_straight(words) for words in (dialogue.name, *dialogue.asked_for)}:
            return dialogue.id
    asked = (command or "").removeprefix("switch_")
    return asked if asked in pack.languages else None


def says_crisis(text: str, pack: Pack) -> bool:
    """Whether somebody who writes so in one of the pack's own languages may not be safe."""
    said = f" {' '.join(_WORD.findall(_straight(text)))} "
    return any(
        f" {' '.join(_WORD.findall(_straight(words)))} " in said
        for dialogue in pack.dialogue.values()
        for words in dialogue.crisis
    )


def common_words(pack: Pack) -> Mapping[str, frozenset[str]]:
    """language -> its common words, for the languages of the pack that only words tell apart."""
    own = {d.id: frozenset(map(_straight, d.common_words)) for d in pack.dialogue.values()}
    return {**({"en": COMMON_ENGLISH} if "en" in pack.languages else {}), **own}


def plainly(text: str, words: Mapping[str, Collection[str]]) -> str | None:
    """The language of which ``text`` has most common words, if it has enough and the others have fewer."""
    said = set(_WORD.findall(_straight(text)))
    counts = {language: len(said & set(own)) for language, own in words.items()}
    best = max(counts, key=lambda language: counts[language], default=None)
    if best is None or counts[best] < ENOUGH_COMMON_WORDS:
        return None
    return best if all(n < counts[best] for language, n in counts.items() if language != best) else None


def _straight(text: str) -> str:
    return normalise(text).replace("’", "'")
