"""How much of real, labelled texts is understood: by the model that serves, and by Rasa's default pipeline.

The default pipeline finds no channels, amounts or times; it is compared by the intents it gives.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import places, scoring
from benchmarks.measuring import Table, share
from rasa_project.understand import line_of, load_model, plain_text

FILES = ("channel", "recovery", "oos", "crisis")
#: What of the channel file counts separately: name, language, person.
GROUPS = (
    ("zh, told by the person", "zh", "first"),
    ("zh, told of someone", "zh", "third"),
    ("en", "en", "first"),
)

Texts = Mapping[str, Sequence[places.Row]]


def texts() -> Texts | None:
    """The labelled texts by file, or ``None`` unless all files are there."""
    found = {name: places.rows(name) for name in FILES}
    there = {name: rows for name, rows in found.items() if rows is not None}
    return there if len(there) == len(FILES) else None


def read_all(model: Path, labelled: Texts) -> dict[str, dict[str, Any]]:
    """id -> what ``steady understand`` prints for it."""
    understand = load_model(model)
    rows = [row for name in FILES for row in labelled[name]]
    return {row["id"]: line_of(row["id"], understand(row["text"])) for row in rows}


def intents_of(model: Path, labelled: Texts) -> dict[str, str]:
    """id -> the intent that any Rasa model gives."""
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)  # Rasa's default prints every text it is given
    agent = Agent.load(str(model))
    loop = asyncio.new_event_loop()
    found = {}
    for name in FILES:
        for row in labelled[name]:
            parsed = loop.run_until_complete(agent.parse_message(plain_text(row["text"])))
            found[row["id"]] = parsed["intent"]["name"] or "nlu_fallback"
    return found


def table(labelled: Texts, ours: Mapping[str, Any], default: Mapping[str, str] | None) -> Table:
    """Rows of the report: what is counted, ours, the default's (a dash where it cannot say)."""
    told, offers, others, crises = (labelled[name] for name in FILES)
    intents = {row_id: reading["intent"] for row_id, reading in ours.items()}

    def only_ours(name: str, count: scoring.Count) -> list[str]:
        return [name, share(*count), "–"]

    def by_intent(name: str, rows: Sequence[places.Row], *what: Any) -> list[str]:
        theirs = share(*scoring.intent_is(rows, default, *what)) if default else "–"
        return [name, share(*scoring.intent_is(rows, intents, *what)), theirs]

    by_group = [
        only_ours(
            f"channels: as labelled or accepted ({name})",
            scoring.channels([r for r in told if (r["lang"], r["person"]) == (lang, person)], ours),
        )
        for name, lang, person in GROUPS
    ]
    offer, crisis = frozenset({"recovery_offer"}), frozenset({"crisis"})
    return [
        *by_group,
        only_ours("channels: claimed where the text names none", scoring.claims_from_nothing(told, ours)),
        only_ours("amounts in yuan: right to the yuan", scoring.amounts(told, ours)),
        only_ours("recovery offer: false alarms", scoring.fired(offers, ours, "recovery_offer", False)),
        only_ours("crisis: found", scoring.fired(crises, ours, "crisis", True)),
        only_ours("crisis: false alarms", scoring.fired(crises, ours, "crisis", False)),
        only_ours("out of scope: started something", scoring.started(others, ours)),
        by_intent("by intent alone, recovery offer: false alarms", offers, offer, "recovery_offer", False),
        by_intent("by intent alone, crisis: found", crises, crisis, "crisis", True),
        by_intent("by intent alone, crisis: false alarms", crises, crisis, "crisis", False),
        by_intent("by intent alone, out of scope: starts something", others, scoring.STARTS),
    ]
