"""Where the benchmarks find the real texts, and where they keep what they make."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa_project import places

Row = dict[str, Any]

#: Real messages with hand-made labels. They lie beside the repository, never in it.
EVAL = places.ROOT.parent / "shared" / "eval"
#: The report that ``make bench`` writes.
REPORT = places.ROOT / "docs" / "bench.md"
PICTURES = places.ROOT / "docs" / "pictures"


def home() -> Path:
    """Everything the benchmarks generate."""
    return places.home() / "bench"


def rows(name: str, folder: Path = EVAL) -> list[Row] | None:
    """The labelled texts of one file (each has id, text and lang), or ``None`` where there are none."""
    path = folder / f"{name}.jsonl"
    if not path.is_file():
        return None
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
