"""Looking for what must not be there: in files byte by byte, however the text in them is written."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

_ESCAPE = re.compile(r"\\+u([0-9a-fA-F]{4})")
#: Shorter numbers only count where they stand alone: times and sizes contain every one of them.
SHORT = 9
_ALONE = re.compile(rf"(?<![0-9.\-a-f])\d{{4,{SHORT - 1}}}(?![0-9.a-f])")


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every file below ``folder``, and of a backup of each database in it."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        name = str(path.relative_to(folder))
        if name.startswith(("models", "pack")):
            continue  # made before anybody said anything
        yield name, path.read_bytes()
        if path.suffix == ".db":
            yield f"backup of {name}", _backup(path)


def _backup(database: Path) -> bytes:
    copy = database.with_suffix(".backup")
    with sqlite3.connect(database) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    try:
        return copy.read_bytes()
    finally:
        copy.unlink()


def readable(data: bytes) -> str:
    """The text in ``data``, with the escapes of JSON undone."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), data.decode("utf-8", "replace"))


def leaks(secrets: Iterable[str], text: str) -> set[str]:
    """Those of the secrets that stand in the text."""
    alone = set(_ALONE.findall(text))
    return {s for s in secrets if (s in alone if s.isdecimal() and len(s) < SHORT else s in text)}
