"""Compiles a pack into one read-only SQLite file: tables a person can open and read, and a full-text index.

The file is written beside its place and then moved there, so a reader sees the old or the new one, never
half of one. The same files give the same rows.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import Table

from knowledge.check import check_meaning
from knowledge.load import PackError, load_with_places, pack_files
from knowledge.pack import Pack, Text
from knowledge.search import segment
from knowledge.store import (
    DIALOGUE_LISTS,
    DIALOGUE_NAMED,
    KINDS,
    META,
    PHRASES,
    Kind,
    StoreError,
    code_hash,
    read_meta,
)

SQL_TYPES: dict[type, type] = {str: str, int: int, bool: int, date: str}


def build(directory: Path, target: Path) -> Path:
    """Compiles the pack in ``directory`` into ``target``. Raises :class:`knowledge.load.PackError`.

    Overdue reviews do not stop a build: see knowledge/check.py.
    """
    pack, places = load_with_places(directory)
    errors = [p for p in check_meaning(pack, places) if p.severity == "error"]
    if errors:
        raise PackError(errors)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    try:
        _write(pack, content_hash(directory), Path(name))
        os.chmod(name, 0o444)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return target


def content_hash(directory: Path) -> str:
    """Of the names and bytes of the pack's files (SHA-256, hexadecimal)."""
    digest = hashlib.sha256()
    for path in pack_files(directory):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh(directory: Path, target: Path) -> bool:
    """Whether ``target`` was built from these files by this code."""
    try:
        meta = read_meta(target)
    except StoreError:
        return False
    return meta.get("code") == code_hash() and meta.get("content") == content_hash(directory)


def _write(pack: Pack, content: str, path: Path) -> None:
    db = Database(path)
    try:
        # A build that is interrupted is thrown away, so nothing needs to be safe on disk before the end.
        db.execute("pragma synchronous = off")
        db.execute("pragma journal_mode = memory")
        with db.conn:
            _write_meta(db, pack, content)
            for table in PHRASES:
                _write_phrases(db, table, getattr(pack, table), pack)
            _write_phrases(db, "first_aid", {str(i): t for i, t in enumerate(pack.first_aid, 1)}, pack)
            for kind in KINDS:
                _write_kind(db, kind, pack)
            _write_emergency(db, pack)
            _write_conditions(db, pack)
            _write_fields(db, pack)
            _write_dialogue(db, pack)
            _write_search(db, pack)
        db.execute("pragma optimize")
    finally:
        db.conn.close()


def _write_meta(db: Database, pack: Pack, content: str) -> None:
    rows = {name: getattr(pack, name) for name in META}
    rows.update({f"name_{language}": pack.name[language] for language in pack.languages})
    rows.update(languages=",".join(pack.languages), content=content, code=code_hash())
    table = _create(db, "meta", {"key": str, "value": str}, pk="key", required=("value",))
    table.insert_all({"key": k, "value": v} for k, v in rows.items())


def _write_phrases(db: Database, name: str, phrases: Any, pack: Pack) -> None:
    table = _create(db, name, {"id": str, "position": int, **_text_types("text", pack)}, pk="id")
    table.insert_all(
        {"id": id_, "position": i, **_text_columns("text", text, pack)}
        for i, (id_, text) in enumerate(phrases.items(), 1)
    )


def _write_kind(db: Database, kind: Kind, pack: Pack) -> None:
    items = getattr(pack, kind.table)
    columns: dict[str, type] = {"id": str, "position": int}
    columns.update({name: SQL_TYPES[type_] for name, type_ in kind.plain.items()})
    for name in kind.texts:
        columns.update(_text_types(name, pack))
    refers = tuple((column, table, "id") for column, table in (kind.refers or {}).items())
    table = _create(db, kind.table, columns, pk="id", foreign_keys=refers)
    table.insert_all(_row(i, item, kind, pack) for i, item in enumerate(items.values(), 1))
    for links in kind.links:
        rows = (
            {kind.owner: id_, links.column: value}
            for id_, item in items.items()
            for value in getattr(item, links.field)
        )
        to = ((links.column, links.to, "id"),) if links.to else ()
        _write_rows(db, links.table, kind, {links.column: str}, rows, to)
    for words in kind.words:
        rows = (
            {kind.owner: id_, "language": language, words.column: value}
            for id_, item in items.items()
            for language in pack.languages
            for value in getattr(item, words.field)[language]
        )
        _write_rows(db, words.table, kind, {"language": str, words.column: str}, rows)


def _row(position: int, item: Any, kind: Kind, pack: Pack) -> dict[str, Any]:
    row: dict[str, Any] = {"id": item.id, "position": position}
    for name in kind.plain:
        value = getattr(item, name)
        row[name] = value.isoformat() if isinstance(value, date) else value
    for name in kind.texts:
        row.update(_text_columns(name, getattr(item, name), pack))
    return row


def _write_rows(
    db: Database,
    name: str,
    kind: Kind,
    columns: dict[str, type],
    rows: Iterable[dict[str, Any]],
    foreign_keys: tuple[tuple[str, str, str], ...] = (),
) -> None:
    """A table that belongs to ``kind``: its rows name the item they belong to."""
    types = {"position": int, kind.owner: str, **columns}
    keys = ((kind.owner, kind.table, "id"), *foreign_keys)
    table = _create(db, name, types, pk="position", foreign_keys=keys)
    table.insert_all({"position": i, **row} for i, row in enumerate(rows, 1))
    table.create_index([kind.owner])


def _write_emergency(db: Database, pack: Pack) -> None:
    columns = {"position": int, "role": str, "contact": str}
    table = _create(db, "emergency", columns, pk="role", foreign_keys=(("contact", "contacts", "id"),))
    roles = enumerate(pack.emergency.items(), 1)
    table.insert_all({"position": i, "role": role, "contact": contact} for i, (role, contact) in roles)


def _write_conditions(db: Database, pack: Pack) -> None:
    kind = next(k for k in KINDS if k.table == "steps")
    rows = (
        {"step": step.id, "test": test, "field": field, "value": value}
        for step in pack.steps.values()
        for test in ("when", "unless")
        for field, values in getattr(step, test).items()
        for value in values
    )
    _write_rows(db, "step_conditions", kind, {"test": str, "field": str, "value": str}, rows)


def _write_fields(db: Database, pack: Pack) -> None:
    kind = next(k for k in KINDS if k.table == "documents")
    rows = (
        {"document": document.id, "field": field, **_text_columns("label", label, pack)}
        for document in pack.documents.values()
        for field, label in document.fields.items()
    )
    _write_rows(db, "document_fields", kind, {"field": str, **_text_types("label", pack)}, rows)


def _write_dialogue(db: Database, pack: Pack) -> None:
    columns = {"id": str, "position": int, "name": str, "fallback": str}
    table = _create(db, "dialogue", columns, pk="id")
    table.insert_all(
        {"id": d.id, "position": i, "name": d.name, "fallback": d.fallback}
        for i, d in enumerate(pack.dialogue.values(), 1)
    )
    rows = (
        {"position": position, "language": language, "part": part, "id": id_, "text": text}
        for position, (language, part, id_, text) in enumerate(_dialogue_texts(pack), 1)
    )
    columns = {"position": int, "language": str, "part": str, "id": str, "text": str}
    key = (("language", "dialogue", "id"),)
    _create(db, "dialogue_texts", columns, pk="position", foreign_keys=key).insert_all(rows)


def _dialogue_texts(pack: Pack) -> Iterator[tuple[str, str, str, str]]:
    """language, part, id and text of all the words of the dialogue; the words of a list are numbered."""
    for dialogue in pack.dialogue.values():
        for part in DIALOGUE_LISTS:
            for i, text in enumerate(getattr(dialogue, part), 1):
                yield dialogue.id, part, str(i), text
        for part in DIALOGUE_NAMED:
            for id_, text in getattr(dialogue, part).items():
                yield dialogue.id, part, id_, text


# --- search -------------------------------------------------------------------------------------------


def _write_search(db: Database, pack: Pack) -> None:
    """The index holds segmented words; reading it shows ``search_texts``, as a person writes them."""
    names = ("kind", "id", "language", "title", "text")
    texts = _create(db, "search_texts", {"position": int, **dict.fromkeys(names, str)}, pk="position")
    entries: list[dict[str, Any]] = [
        {"position": i, **dict(zip(names, e, strict=True))} for i, e in enumerate(_entries(pack), 1)
    ]
    texts.insert_all(entries)
    db.execute(
        "create virtual table search using fts5(kind unindexed, id unindexed, language unindexed, title,"
        " text, content='search_texts', content_rowid='position',"
        " tokenize='porter unicode61 remove_diacritics 2')"
    )
    db.conn.executemany(
        "insert into search (rowid, kind, id, language, title, text) values (?, ?, ?, ?, ?, ?)",
        [
            (e["position"], e["kind"], e["id"], e["language"], segment(e["title"]), segment(e["text"]))
            for e in entries
        ],
    )


def _entries(pack: Pack) -> Iterator[tuple[str, str, str, str, str]]:
    """kind, id, language, title and text of everything that can be found, placeholders filled."""
    for language in pack.languages:

        def say(*texts: Text | None, language: str = language) -> str:
            return "\n".join(pack.fill(text, language) for text in texts if text)

        for step in pack.steps.values():
            yield "step", step.id, language, say(step.title), say(step.body, step.why, step.deadline)
        for faq in pack.faq.values():
            wordings = "\n".join(faq.wordings[language])
            yield "faq", faq.id, language, say(faq.question), f"{say(faq.answer)}\n{wordings}"
        for contact in pack.contacts.values():
            ways = [pack.reach(contact.id, language), say(contact.hours, contact.note)]
            owned = [p for p in pack.platforms.values() if p.contact == contact.id]
            ways += [" ".join(platform.aliases[language]) for platform in owned]
            yield "contact", contact.id, language, say(contact.name), "\n".join(way for way in ways if way)
        for platform in pack.platforms.values():
            yield "platform", platform.id, language, say(platform.name), " ".join(platform.aliases[language])
        for channel in pack.channels.values():
            yield "channel", channel.id, language, say(channel.name), " ".join(channel.cues[language])
        for flag in pack.red_flags.values():
            yield "red_flag", flag.id, language, say(flag.name), say(flag.explanation)
        for document in pack.documents.values():
            yield "document", document.id, language, say(document.title), say(document.body)


# --- columns ------------------------------------------------------------------------------------------


def _create(
    db: Database,
    name: str,
    columns: dict[str, Any],
    pk: str,
    foreign_keys: tuple[tuple[str, str, str], ...] = (),
    required: tuple[str, ...] = (),
) -> Table:
    table = db.table(name)
    assert isinstance(table, Table)
    return table.create(columns, pk=pk, foreign_keys=foreign_keys, not_null=required)


def _text_types(name: str, pack: Pack) -> dict[str, type]:
    return {f"{name}_{language}": str for language in pack.languages}


def _text_columns(name: str, text: Text | None, pack: Pack) -> dict[str, str | None]:
    return {f"{name}_{language}": text[language] if text else None for language in pack.languages}
