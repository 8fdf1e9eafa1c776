"""What a pack must bring for a language that the dialogue is not written in.

Whether its responses are those of the dialogue is checked where those are: rasa_project/dialogue.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from knowledge.labels import LABELS, LANGUAGES
from knowledge.pack import PLACEHOLDER, Dialogue, Pack

#: The languages that the dialogue, the rules of wording.py and those of knowledge/reading are written for.
KNOWN = tuple(LANGUAGES)


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
        yield f"{at}.id", "the dialogue is written in this; change it in rasa_project/domain", "error"
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
        elif set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(LABELS[key]["en"])):
            yield f"{at}.labels.{key}", f"must have the placeholders of “{LABELS[key]['en']}”", "error"
