"""What a pack must bring for a language that the dialogue is not written in, and the language of a message.

Whether its responses are those of the dialogue is checked where those are: rasa_project/dialogue.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from knowledge.labels import LABELS, LANGUAGES
from knowledge.pack import Dialogue, Pack
from knowledge.reading.normalise import normalise

#: Languages whose texts are proven by the rules of wording.py and read by the rules of knowledge/reading.
KNOWN = tuple(LANGUAGES)
#: So many of a language's common words make a text plainly one of that language.
ENOUGH_COMMON_WORDS = 2
COMMON_ENGLISH = frozenset(
    "the and i to a my was it of me that in he they is for with have had not you this but from she his"
    " who what how do did can will are them him her been".split()
)

_WORD = re.compile(r"[^\W\d_]+")
_PLACEHOLDER = re.compile(r"\{[a-z0-9_]+\}")
_EDGES = " .,!?;:…\"'“”‘’«»()，。！？；：、"


def findings(pack: Pack) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the pack's languages: field, what to do, severity (see check.py)."""
    if not set(pack.languages) & set(KNOWN):
        yield "languages", f"needs one of {', '.join(KNOWN)}: what is not translated is said in it", "error"
    for i, language in enumerate(pack.languages):
        if language in KNOWN:
            continue
        if language not in pack.dialogue:
            said = f"the dialogue is not written in `{language}`; write dialogue_{language}.yml"
            yield f"languages[{i}]", said, "error"
            continue
        said = f"no rule proves the wording of `{language}`; let two people read it for promises and blame"
        yield f"languages[{i}]", said, "warning"
    for dialogue in pack.dialogue.values():
        yield from _findings(dialogue, pack)


def _findings(dialogue: Dialogue, pack: Pack) -> Iterator[tuple[str, str, str]]:
    at = f"dialogue[{dialogue.id}]"
    if dialogue.id in KNOWN:
        yield f"{at}.id", "the dialogue is written in this language; change it in rasa_project/domain", "error"
    elif dialogue.id not in pack.languages:
        yield f"{at}.id", "is none of the pack's `languages`; add it there", "error"
    if dialogue.fallback not in pack.languages:
        yield f"{at}.fallback", f"`{dialogue.fallback}` is none of the pack's `languages`", "error"
    for key in LABELS:
        if key not in dialogue.labels:
            yield f"{at}.labels.{key}", f"is missing; say “{LABELS[key]['en']}” in `{dialogue.id}`", "error"
    for key, text in dialogue.labels.items():
        if key not in LABELS:
            close = get_close_matches(key, LABELS, 1)
            advice = f"did you mean `{close[0]}`?" if close else "see knowledge/labels.py"
            yield f"{at}.labels.{key}", f"there is no such label; {advice}", "error"
        elif set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(LABELS[key]["en"])):
            yield f"{at}.labels.{key}", f"must have the placeholders of “{LABELS[key]['en']}”", "error"


def wanted_language(text: str, pack: Pack, command: str | None) -> str | None:
    """The language of the pack that a whole message asks for: by ``command`` (switch_zh ...) or in its words."""
    bare = _bare(text)
    for dialogue in pack.dialogue.values():
        if bare in {_bare(words) for words in (dialogue.name, *dialogue.asked_for)}:
            return dialogue.id
    asked = (command or "").removeprefix("switch_")
    return asked if asked in pack.languages else None


def says_crisis(text: str, pack: Pack) -> bool:
    """Whether somebody who writes so in one of the pack's own languages may not be safe."""
    folded = _straight(text)
    return any(_straight(words) in folded for d in pack.dialogue.values() for words in d.crisis)


def common_words(pack: Pack) -> Mapping[str, frozenset[str]]:
    """language -> its common words, for the languages of the pack that words alone tell apart."""
    found = {d.id: frozenset(_straight(" ".join(d.common_words)).split()) for d in pack.dialogue.values()}
    return {**({"en": COMMON_ENGLISH} if "en" in pack.languages else {}), **found}


def plainly(text: str, words: Mapping[str, Iterable[str]]) -> str | None:
    """The language of which ``text`` has most common words, if it has enough and the others have fewer."""
    said = _WORD.findall(_straight(text))
    counts = sorted(((sum(w in set(own) for w in said), code) for code, own in words.items()), reverse=True)
    best, others = counts[0], counts[1:]
    clear = best[0] >= ENOUGH_COMMON_WORDS and all(count < best[0] for count, _ in others)
    return best[1] if clear else None


def _straight(text: str) -> str:
    return normalise(text).replace("’", "'")


def _bare(text: str) -> str:
    return _straight(text).strip(_EDGES)
