"""The words of the dialogue in a region's own languages: put beside the domain's, and checked against them.

Flow stays in the domain: a translation has texts and titles by the names of what they translate, so it can
neither leave a button out nor lead one elsewhere.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped,unused-ignore]

from knowledge.load import PackError, Places, Problem, load_with_places, place_of
from knowledge.pack import Dialogue, Pack
from rasa_project import places as files

#: name -> its variations, as a domain holds them
Responses = Mapping[str, list[dict[str, Any]]]

#: Without these in a person's language they would not know what to do, or would miss a danger.
ESSENTIAL = (
    "utter_greet",
    "utter_ask_situation",
    "utter_ask_channels",
    "utter_first_steps",
    "utter_plan_intro",
    "utter_recovery_warning",
    "utter_crisis",
    "utter_pressure",
    "utter_human",
    "utter_stop",
    "utter_goodbye",
    "utter_no_answer",
    "utter_language_switched",
)
#: ``{name}``, but not the doubled braces of a payload.
VARIABLE = re.compile(r"(?<!\{)\{([A-Za-z_][A-Za-z0-9_]*)\}(?!\})")


@cache
def domain_responses() -> Responses:
    """The responses of rasa_project/domain. Read once: the files change only with the code."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((files.ROOT / "rasa_project" / "domain").glob("*.yml")):
        found |= yaml.safe_load(path.read_text(encoding="utf-8")).get("responses") or {}
    return found


def translated(responses: Responses, pack: Pack) -> dict[str, list[dict[str, Any]]]:
    """The responses, each with a variation for every language that the pack brings itself.

    What is not translated is there in the language to fall back to, and says so (``lang``).
    """
    return {
        name: [*variations, *(v for d in pack.dialogue.values() for v in _of_language(d, name, variations))]
        for name, variations in responses.items()
    }


def _of_language(dialogue: Dialogue, name: str, variations: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for variation in variations:
        if language_of(variation) != dialogue.fallback:
            continue
        own = copy.deepcopy(variation)
        for condition in own["condition"]:
            if condition["name"] == "language":
                condition["value"] = dialogue.id
        if name not in dialogue.responses:
            yield {**own, "lang": dialogue.fallback}
            continue
        own["text"] = dialogue.responses[name]
        for button in own.get("buttons") or ():
            button["title"] = title(dialogue, name, button["payload"]) or button["title"]
        yield own


def language_of(variation: Mapping[str, Any]) -> str | None:
    """The language a variation is for; None when it is for any."""
    for condition in variation.get("condition") or ():
        if condition["name"] == "language":
            return str(condition["value"])
    return None


def title(dialogue: Dialogue, response: str, payload: str) -> str | None:
    """What a button is called in this response, or everywhere; None when nobody translated it."""
    sent = payload.replace("{{", "{").replace("}}", "}")
    return dialogue.buttons.get(f"{response} {sent}") or dialogue.buttons.get(sent)


# --- checks ---------------------------------------------------------------------------------------------


def errors(directory: Path) -> list[str]:
    """What keeps the pack in ``directory`` from running the dialogue, a line each."""
    try:
        pack, places = load_with_places(directory)
    except PackError as error:
        return [str(problem) for problem in error.problems]
    return [str(problem) for problem in problems(pack, places) if problem.severity == "error"]


def problems(pack: Pack, places: Places) -> list[Problem]:
    """What is wrong with the pack's own responses, by file and line."""
    found = []
    for dialogue in pack.dialogue.values():
        for field, message, severity in _findings(dialogue, domain_responses()):
            where = f"dialogue[{dialogue.id}].{field}"
            place = place_of(where, places)
            found.append(Problem(place.file, place.line, where, message, severity))
    return sorted(found, key=lambda p: (p.file, p.line, p.field, p.message))


def _findings(dialogue: Dialogue, responses: Responses) -> Iterator[tuple[str, str, str]]:
    for name in [*dialogue.responses, *(key.split()[0] for key in dialogue.buttons if " " in key)]:
        if name not in responses:
            close = get_close_matches(name, responses, 1)
            advice = f"did you mean `{close[0]}`?" if close else "see rasa_project/domain"
            yield f"responses.{name}", f"there is no such response; {advice}", "error"
    offered = {
        key for name in responses for b in _buttons(name, responses) for key in (b, f"{name} {b}")
    }  # fmt: skip
    for key in dialogue.buttons:
        if key not in offered:
            yield f"buttons.{key}", "no response has this button; see rasa_project/domain", "error"
    missing = [name for name in responses if name not in dialogue.responses]
    for name in missing:
        if name in ESSENTIAL:
            said = f"is missing; write it in `{dialogue.id}`: nobody may miss it for want of a language"
            yield f"responses.{name}", said, "error"
    if rest := [name for name in missing if name not in ESSENTIAL]:
        yield "responses", f"said in `{dialogue.fallback}`, not being here: {', '.join(rest)}", "warning"
    for name in dialogue.responses:
        for variation in responses.get(name, ()):
            if language_of(variation) == dialogue.fallback:
                yield from _differences(dialogue, name, variation)


def _differences(
    dialogue: Dialogue, name: str, variation: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    pairs = [(f"responses.{name}", variation["text"], dialogue.responses[name])]
    for button in variation.get("buttons") or ():
        own = title(dialogue, name, button["payload"])
        sent = button["payload"].replace("{{", "{").replace("}}", "}")
        if own is None:
            yield f"buttons.{sent}", f"is missing; `{name}` has this button (“{button['title']}”)", "error"
        else:
            pairs.append((f"buttons.{sent}", button["title"], own))
    for field, theirs, ours in pairs:
        wanted, got = (set(VARIABLE.findall(text)) for text in (theirs, ours))
        for variable in sorted(wanted - got):
            yield field, f"lacks {{{variable}}}, which the `{dialogue.fallback}` text of {name} has", "error"
        for variable in sorted(got - wanted):
            yield field, f"has {{{variable}}}, and the `{dialogue.fallback}` text of {name} has not", "error"


def _buttons(name: str, responses: Responses) -> Iterator[str]:
    for variation in responses[name]:
        for button in variation.get("buttons") or ():
            yield button["payload"].replace("{{", "{").replace("}}", "}")
