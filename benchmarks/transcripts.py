"""``python -m benchmarks.transcripts``: conversations of made-up people with the real servers, to read.

A script in docs/transcripts/scripts says who somebody is and what they do, turn by turn: a line that begins
with "/" is a button, anything else is typed. The page beside it is what came of it. A comment under each
turn, not seen when read, holds its structure: a page is fresh while that is the same, whatever the words.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
import yaml

from benchmarks import places, servers
from benchmarks.web import Conversation, open_question
from rasa_project import packs, train

FOLDER = places.REPORT.parent / "transcripts"
SCRIPTS = FOLDER / "scripts"
SAYS = {"zh": "来访者", "en": "Person"}
PRESSES = {"zh": "点按", "en": "presses"}
STRUCTURE = re.compile(r"^<!-- (.*) -->$", re.M)

Message = Mapping[str, Any]


class CannotPress(Exception):
    """A script presses a button that is not on the screen: the script or the dialogue must change."""


@dataclass(frozen=True)
class Script:
    """Who somebody is (``title``, ``who``), their language, and what they do."""

    name: str
    title: str
    who: str
    language: str
    does: tuple[str, ...]


def scripts(folder: Path = SCRIPTS) -> list[Script]:
    """Every script, in the order of their names."""
    found = []
    for file in sorted(folder.glob("*.yml")):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        does = tuple(str(line) for line in data.pop("does"))
        found.append(Script(name=file.stem, does=does, **data))
    return found


def page(script: Script, url: str) -> str:
    """The conversation as Markdown. CannotPress when the script does not fit the dialogue."""
    conversation = Conversation(url, script.language)
    history = conversation.http.get(f"{url}/chat/history", headers=conversation.headers, timeout=60)
    said: list[Message] = history.json()["messages"]
    lines = [f"# {script.title}", "", script.who, "", *_bot(said)]
    screen, name = _buttons(said), SAYS[script.language]
    for line in script.does:
        if line.startswith("/"):
            if line not in screen:
                raise CannotPress(
                    f"{script.name}: {line} is not on the screen; there are {', '.join(screen)}"
                )
            lines += ["", f"**{name}** {PRESSES[script.language]} [{screen[line]}]", ""]
            reply = conversation.send(payload=line)
        else:
            lines += ["", f"**{name}**: {line}", ""]
            reply = conversation.send(text=line)
        reply.raise_for_status()
        said = reply.json()["messages"]
        screen |= _buttons(said)
        lines += _bot(said)
    conversation.forget()
    return "\n".join(lines).rstrip() + "\n"


def structure(text: str) -> list[str]:
    """What must be the same for a page to be fresh: what the person did, and the bones of each answer."""
    kept = re.compile(rf"^(?:<!-- .* -->|\*\*(?:{'|'.join(SAYS.values())})\*\*: .*)$", re.M)
    return kept.findall(text)


def _buttons(messages: Sequence[Message]) -> dict[str, str]:
    return {b["payload"]: b["title"] for m in messages for b in m.get("buttons") or ()}


def _bot(messages: Sequence[Message]) -> Iterator[str]:
    for message in messages:
        for line in str(message.get("text") or "").splitlines():
            yield f"> {line}"
            yield ">"
        yield from _card(message.get("custom") or {})
        if buttons := message.get("buttons"):
            yield "> " + " ".join(f"[{b['title']}]" for b in buttons)
            yield ">"
    yield ""
    yield f"<!-- {_bones(messages)} -->"


def _card(card: Mapping[str, Any]) -> Iterator[str]:
    kind = card.get("type")
    if kind == "steps":
        for number, step in enumerate(card["steps"], 1):
            ways = [_way(c) for c in step["contacts"]]
            yield f"> {number}. **{step['title']}** {step['body']}" + (
                f" ({'; '.join(ways)})" if ways else ""
            )
        yield ">"
    elif kind == "case":
        for answer in card["answers"]:
            yield f"> - {answer['label']}: {answer['value']}"
        yield ">"
    elif kind == "offer_check":
        for flag in card["flags"]:
            yield f"> - “{card['text'][flag['start'] : flag['end']]}”: {flag['explanation']}"
        yield ">"
    elif kind == "contacts":
        for contact in card["contacts"]:
            yield f"> - {_way(contact)}"
        yield ">"


def _way(contact: Mapping[str, Any]) -> str:
    return f"{contact['name']}: {contact.get('phone') or contact.get('url') or contact.get('where')}"


def _bones(messages: Sequence[Message]) -> str:
    parts = []
    for message in messages:
        card = message.get("custom") or {}
        if card.get("type") == "steps":
            parts.append("steps " + " ".join(step["id"] for step in card["steps"]))
        elif card.get("type") == "warning":
            parts.append(f"warning {card['kind']}")
        elif card.get("type") not in (None, "question"):
            parts.append(str(card["type"]))
    asked = open_question(list(messages))
    return "; ".join([*parts, f"asks {asked}" if asked else "asks nothing"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Write every page. The exit status is 1 when a script does not fit the dialogue."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transcripts", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pages go (docs/transcripts)")
    folder = parser.parse_args(arguments).folder
    model = train.ensure_model()
    packs.ensure_pack()
    with tempfile.TemporaryDirectory() as home, servers.ours(model, Path(home) / "home") as running:
        for script in scripts():
            try:
                text = page(script, running.url)
            except (CannotPress, requests.RequestException) as error:
                print(error, file=sys.stderr)
                return 1
            (folder / f"{script.name}.md").write_text(text, encoding="utf-8")
    print(f"{len(scripts())} conversations written to {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
