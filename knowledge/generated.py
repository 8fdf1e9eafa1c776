"""What is generated in docs/: the drawing of the questions, and the fact-check book."""

from __future__ import annotations

from pathlib import Path

from knowledge import drawing
from knowledge.book.pages import book
from knowledge.pack import Pack

#: The folder of the book, in which nothing else may lie.
BOOK = "factbook"


def generated(pack: Pack) -> dict[str, str]:
    """Path below docs/ -> content. The same pack gives the same bytes."""
    files = {"questions.svg": drawing.svg(pack), "questions.md": drawing.page(pack)}
    files.update((f"{BOOK}/{name}", content) for name, content in book(pack).items())
    return files


def stale(pack: Pack, docs: Path) -> list[str]:
    """The paths below ``docs`` that are missing, out of date, or left over from an earlier pack."""
    wanted = generated(pack)
    found = {path.relative_to(docs).as_posix() for path in (docs / BOOK).rglob("*") if path.is_file()}
    old = {name for name, content in wanted.items() if _read(docs / name) != content}
    return sorted(old | (found - set(wanted)))


def write(pack: Pack, docs: Path) -> list[str]:
    """Brings ``docs`` up to date; the paths that were written or removed."""
    wanted, changed = generated(pack), stale(pack, docs)
    for name in changed:
        path = docs / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[name].encode())
        else:
            path.unlink()
    return changed


def _read(path: Path) -> str | None:
    return path.read_bytes().decode() if path.is_file() else None
