"""The fixture pack, and copies of it that a test may spoil."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

FIXTURE = Path(__file__).parent / "fixtures" / "pack"
#: A day on which nothing of the fixture is overdue.
TODAY = date(2026, 6, 1)


def copy_of(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURE, tmp_path / "pack"))


def edit(directory: Path, file: str, old: str, new: str) -> None:
    """Replaces the first ``old`` in ``file``; a test that changes nothing would prove nothing."""
    path = directory / file
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), "utf-8")
