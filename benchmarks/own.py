"""Our own labelled texts: half to look at and mend by (dev), half of which only the scores are seen (test).

A row counts for what is labelled in it and for nothing else. Lists are alternatives, so is `channels_also`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks import places, scoring
from rasa_project import places as project

FOLDER = project.ROOT / "benchmarks" / "texts"
TOPICS = ("told", "offers", "crisis", "elsewhere", "languages")

#: (what is counted, language, group) -> (right, out of)
Scores = dict[tuple[str, str], scoring.Count]


def rows(split: str) -> list[places.Row]:
    """The rows of "dev" or "test", each with the topic it is filed under."""
    found = []
    for topic in TOPICS:
        lines = (FOLDER / f"{topic}.jsonl").read_text(encoding="utf-8").splitlines()
        found += [row | {"topic": topic} for line in lines if (row := json.loads(line))["split"] == split]
    return found


def marks(row: places.Row, reading: scoring.Row) -> list[tuple[str, str, bool]]:
    """(what is counted, language, whether it is right) for everything that is labelled in one row."""
    topic, language = row["topic"], "other" if row["topic"] == "languages" else row["lang"]
    found: list[tuple[str, bool]] = []
    if "channels" in row:
        accepted = [set(row["channels"]), *(set(other) for other in row.get("channels_also", ()))]
        right = set(reading["channels"]) in accepted
        told = {"first": ", told by the person", "third": ", told of someone"}.get(row.get("person", ""), "")
        found.append((f"channels{told if language == 'zh' else ''}", right))
        if not row["channels"]:
            found.append(("channels: nothing claimed where none is named", right))
    for name in ("amount", "elapsed", "situation"):
        if name in row:
            said = reading[name] if name != "situation" else reading[name] or "other"
            found.append((name, said in row[name]))
    if "exposure" in row:
        found.append(("exposure", sorted(reading["exposure"]) == sorted(row["exposure"])))
    for name in ("recovery_offer", "crisis"):
        if name in row:
            what = "found" if row[name] else "no false alarm"
            found.append((f"{name}: {what}", bool(reading[name]) is row[name]))
    if topic == "elsewhere":
        found.append(("out of scope: nothing started", not scoring.starts(reading)))
    if topic == "languages":
        found.append(("language named", reading["language"] == row["lang"]))
    return [(name, language, right) for name, right in found]


def scores(labelled: Sequence[places.Row], readings: Mapping[str, Any]) -> Scores:
    """What was read of ``labelled``; ``readings`` by the row's id."""
    counted: dict[tuple[str, str], list[bool]] = {}
    for row in labelled:
        for name, language, right in marks(row, readings[row["id"]]):
            counted.setdefault((name, language), []).append(right)
    return {key: (sum(rights), len(rights)) for key, rights in sorted(counted.items())}
