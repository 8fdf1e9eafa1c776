"""The sentences that the project itself gives for an intent: what people say, for scenes and for rules."""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from knowledge.case import LANGUAGES

from .always import CJK
from .answers import ROOT

NLU = ROOT / "rasa_project" / "data" / "nlu"


@lru_cache(maxsize=64)
def sentences(intent: str) -> dict[str, list[str]]:
    """language -> the sentences of an intent, the shortest first."""
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for file in sorted(NLU.glob("*.yml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            if entry.get("intent") == intent:
                for line in re.findall(r"^- (.+)$", entry["examples"], re.M):
                    found["zh" if CJK.search(line) else "en"].append(line)
    return {language: sorted(lines, key=len) for language, lines in found.items() if lines}
