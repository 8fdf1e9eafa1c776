"""What a run visited, read from the trackers that Rasa stored: rules, responses, buttons pressed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, product
from pathlib import Path
from typing import Any

import yaml

from .answers import ROOT

RULES = ROOT / "rasa_project" / "data" / "rules"
#: Actions that no rule writes down.
UNWRITTEN = frozenset({"action_listen", "action_extract_slots", "action_session_start"})

#: The events that show what was visited; most of the others are slots.
SHOWN = "WHERE type_name IN ('user', 'active_loop', 'action', 'bot')"

Event = dict[str, Any]


@dataclass(frozen=True)
class Happened:
    """One turn: the form that was active when the message came, its intent, the actions that followed."""

    form: str | None
    intent: str | None
    actions: tuple[str, ...]


@dataclass
class Visited:
    turns: set[Happened] = field(default_factory=set)
    responses: set[str] = field(default_factory=set)
    #: What was pressed, and every button that was on a screen.
    pressed: set[str] = field(default_factory=set)
    offered: set[str] = field(default_factory=set)


def read(*homes: Path) -> Visited:
    """Everything the conversations of these homes visited."""
    found = Visited()
    for home in homes:
        with sqlite3.connect(f"file:{home / 'data' / 'tracker.db'}?mode=ro", uri=True) as database:
            rows = database.execute(f"SELECT sender_id, data FROM events {SHOWN} ORDER BY sender_id, id")
            for _, events in groupby(rows, key=lambda row: row[0]):
                _read_one([json.loads(data) for _, data in events], found)
    return found


def _read_one(events: list[Event], found: Visited) -> None:
    form: str | None = None
    turn: tuple[str | None, str | None, list[str]] | None = None
    for event in events:
        kind = event["event"]
        if kind == "user":
            if turn:
                found.turns.add(Happened(turn[0], turn[1], tuple(turn[2])))
            turn = (form, (event.get("parse_data") or {}).get("intent", {}).get("name"), [])
            if str(event.get("text") or "").startswith("/"):
                found.pressed.add(event["text"])
        elif kind == "active_loop":
            form = event.get("name")
        elif kind == "action" and turn and event["name"] not in UNWRITTEN:
            turn[2].append(event["name"])
        elif kind == "bot":
            if name := (event.get("metadata") or {}).get("utter_action"):
                found.responses.add(name)
            for button in (event.get("data") or {}).get("buttons") or ():
                found.offered.add(button["payload"])
    if turn:
        found.turns.add(Happened(turn[0], turn[1], tuple(turn[2])))


@dataclass(frozen=True)
class Rule:
    """A rule for one intent, under the condition of a ``form`` or none; without ``intent`` it follows one.

    ``elsewhere`` are the forms in which another rule answers the same intent.
    """

    name: str
    form: str | None
    intent: str | None
    actions: tuple[str, ...]
    elsewhere: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.name} ({self.intent})" if self.intent else self.name

    def visited(self, turns: set[Happened]) -> bool:
        if self.intent is None:
            return any(self._within(turn.actions) for turn in turns)
        return any(
            turn.intent == self.intent
            and (turn.form == self.form if self.form else turn.form not in self.elsewhere)
            and turn.actions[: len(self.actions)] == self.actions
            for turn in turns
        )

    def _within(self, actions: tuple[str, ...]) -> bool:
        size = len(self.actions)
        return any(actions[at : at + size] == self.actions for at in range(len(actions)))


def rules() -> list[Rule]:
    """Every rule of the project, one for each intent where it is written for several."""
    written = list(_rules())
    return [
        replace(rule, elsewhere=frozenset(r.form for r in written if r.form and r.intent == rule.intent))
        for rule in written
    ]


def _rules() -> Iterator[Rule]:
    for file in sorted(RULES.glob("*.yml")):
        for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]:
            forms = [c["active_loop"] for c in rule.get("condition") or () if "active_loop" in c]
            actions = [
                s["action"] for s in rule["steps"] if s.get("action", "action_listen") not in UNWRITTEN
            ]
            heard = [_intents(step) for step in rule["steps"] if "intent" in step or "or" in step]
            for said in product(*heard):
                yield Rule(
                    rule["rule"], forms[0] if forms else None, said[0] if said else None, tuple(actions)
                )


def _intents(step: dict[str, Any]) -> list[str]:
    return [one["intent"] for one in step["or"]] if "or" in step else [step["intent"]]
