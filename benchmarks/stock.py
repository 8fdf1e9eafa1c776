"""Rasa's default project on our data: its pipeline and policies, our domain, sentences, rules and actions.

TEDPolicy learns from stories alone and we have only rules, so some stories are made from the rules.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from rasa_project import places, train

#: What both models are trained from.
DATA = ("rasa_project/domain", "rasa_project/data")
QUICK_EPOCHS = 5
#: Stories made; more of them say nothing new and TEDPolicy takes hours.
STORIES = 5
FORM = "triage_form"
#: Rasa's own store and action server; the responses name contacts, which only our generator knows.
ENDPOINTS = """\
action_endpoint:
  url: ${STEADY_ACTIONS}
tracker_store:
  type: SQL
  dialect: sqlite
  db: ${STEADY_HOME}/data/tracker.db
nlg:
  type: rasa_project.components.nlg.PackNLG
"""
#: The end of the form as `data/rules/triage.yml` has it.
FORM_ENDS = (
    {"action": FORM},
    {"active_loop": None},
    {"slot_was_set": [{"requested_slot": None}]},
    {"action": "action_show_plan"},
)

Step = dict[str, Any]
Rule = dict[str, Any]


def shipped_config() -> Path:
    """The configuration that Rasa uses when a project names none: what `rasa init` gives."""
    spec = importlib.util.find_spec("rasa")  # found, not imported: that takes seconds
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "engine" / "recipes" / "config_files" / "default_config.yml"


def config(quick: bool) -> str:
    """The text of the default configuration; with :data:`QUICK_EPOCHS` instead of 100 if ``quick``.

    Its words are Jieba's, Rasa's own tokenizer for Chinese: those between spaces would be whole sentences.
    """
    settings = yaml.safe_load(shipped_config().read_text(encoding="utf-8"))
    settings |= {"assistant_id": "default", "language": "zh"}
    for part in (*settings["pipeline"], *settings["policies"]):
        if part["name"] == "WhitespaceTokenizer":
            part["name"] = "JiebaTokenizer"
        if quick and "epochs" in part:
            part["epochs"] = QUICK_EPOCHS
    return yaml.safe_dump(settings, sort_keys=False)


def rules() -> list[Rule]:
    """Every rule of our dialogue, as it is written."""
    found: list[Rule] = []
    for path in sorted((places.ROOT / "rasa_project/data/rules").glob("*.yml")):
        found += yaml.safe_load(path.read_text(encoding="utf-8")).get("rules", [])
    return found


def stories(from_rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """A handful: the form is opened, interrupted (each time by another message), answered; plan, goodbye."""
    known = list(from_rules)
    opening = next(rule["steps"] for rule in known if _first_intent(rule) == "open_session")
    parting = next(
        rule["steps"] for rule in known if _first_intent(rule) == "goodbye" and not rule.get("condition")
    )
    made = []
    for rule in known:
        if rule.get("condition") or not _comes_back(rule["steps"]):
            continue
        steps = [*opening, *rule["steps"], {"intent": "answer"}, *FORM_ENDS, *parting]
        made.append({"story": f"with {rule['rule']}", "steps": steps})
    return made[:: max(1, len(made) // STORIES)][:STORIES]


def _first_intent(rule: Rule) -> str | None:
    return rule["steps"][0].get("intent")


def _comes_back(steps: Sequence[Step]) -> bool:
    """Whether it begins with a message and goes on where the conversation was at its end."""
    return "intent" in steps[0] and steps[-1] == {"action": "action_resume"}


def write_project(folder: Path, quick: bool) -> None:
    """The default project's ``config.yml``, ``credentials.yml``, ``endpoints.yml`` and ``stories.yml``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.yml").write_text(config(quick), encoding="utf-8")
    write_settings(folder)
    made = {"version": "3.1", "stories": stories(rules())}
    written = yaml.dump(made, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    (folder / "stories.yml").write_text(written, encoding="utf-8")


def write_settings(folder: Path) -> None:
    """What the default project's server runs with: the REST channel, and Rasa's own store."""
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    (folder / "endpoints.yml").write_text(ENDPOINTS, encoding="utf-8")


class _Plain(yaml.SafeDumper):
    """Rasa reads no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def train_command(folder: Path, out: Path, name: str) -> list[str]:
    """The ``rasa train`` call for the project in ``folder``."""
    ours = train.train_command(out, name)
    changed = [str(folder / "config.yml") if part == "rasa_project/config.yml" else part for part in ours]
    at = changed.index("rasa_project/data") + 1
    return [*changed[:at], str(folder / "stories.yml"), *changed[at:]]


def inputs_hash(quick: bool) -> str:
    """16 hex digits over all that the default model is made from."""
    digest = hashlib.sha256(f"rasa {version('rasa')}\n{config(quick)}\n{stories(rules())}\n".encode())
    for path in train.input_files():
        name = path.relative_to(places.ROOT).as_posix()
        if name.startswith(DATA):
            digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
