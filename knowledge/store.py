"""The built pack: how its SQLite tables are laid out, and reading the whole pack back from them.

build.py writes these tables. Every row has its ``position``, so the order of the files is kept.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge import regions
from knowledge.pack import (
    Channel,
    Contact,
    Dialogue,
    Document,
    Faq,
    Pack,
    Platform,
    RedFlag,
    Source,
    Step,
    Text,
)

#: What decides the layout and the rows: a file built by other code is stale.
CODE = ("pack.py", "load.py", "store.py", "build.py", "search.py")
REMEDY = "run `steady build`"


class StoreError(RuntimeError):
    """The built pack is missing or cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Links:
    """A table of ids: one row for each id in the field ``field`` of an item."""

    table: str
    field: str
    column: str
    #: the table the ids are in, if there is one
    to: str | None = None


@dataclass(frozen=True)
class Words:
    """A table of texts: one row for each text of the field ``field`` of an item, with its language."""

    table: str
    field: str
    column: str


@dataclass(frozen=True)
class Kind:
    """The table of one kind of item. Tables of its lists name it in the column ``owner``."""

    table: str
    item: type
    owner: str
    plain: Mapping[str, type]
    texts: tuple[str, ...]
    links: tuple[Links, ...] = ()
    words: tuple[Words, ...] = ()
    refers: Mapping[str, str] | None = None


KINDS = (
    Kind(
        "sources",
        Source,
        "source",
        {"title": str, "published": str, "checked": date, "review_by": date, "confidence": str, "url": str},
        ("claim",),
    ),
    Kind(
        "contacts",
        Contact,
        "contact",
        {"kind": str, "phone": str, "url": str, "checked": date, "review_by": date, "confidence": str},
        ("name", "where", "hours", "note"),
        (
            Links("contact_sources", "sources", "source", "sources"),
            Links("contact_shared_with", "shared_with", "other", "contacts"),
        ),
    ),
    Kind("channels", Channel, "channel", {}, ("name",), (), (Words("channel_cues", "cues", "cue"),)),
    Kind(
        "platforms",
        Platform,
        "platform",
        {"kind": str, "contact": str, "venue": bool, "button": bool},
        ("name",),
        (Links("platform_channels", "channels", "channel", "channels"),),
        (Words("platform_aliases", "aliases", "alias"),),
        {"contact": "contacts"},
    ),
    Kind(
        "steps",
        Step,
        "step",
        {"stage": str, "rank": int, "contacts_of": str},
        ("title", "body", "why", "staff", "deadline"),
        (
            Links("step_contacts", "contacts", "contact", "contacts"),
            Links("step_evidence", "evidence", "evidence", "evidence"),
            Links("step_sources", "sources", "source", "sources"),
        ),
    ),
    Kind(
        "red_flags",
        RedFlag,
        "red_flag",
        {"strength": str},
        ("name", "explanation"),
        (Links("red_flag_sources", "sources", "source", "sources"),),
        (Words("red_flag_patterns", "patterns", "pattern"),),
    ),
    Kind(
        "faq",
        Faq,
        "faq",
        {},
        ("question", "answer"),
        (
            Links("faq_sources", "sources", "source", "sources"),
            Links("faq_contacts", "contacts", "contact", "contacts"),
        ),
        (Words("faq_wordings", "wordings", "wording"),),
    ),
    Kind("documents", Document, "document", {}, ("title", "body")),
)
#: Tables of id -> text that belong to the pack itself.
PHRASES = ("phrases", "evidence")
#: The parts of a dialogue: lists of words, and texts by their names.
DIALOGUE_LISTS = ("asked_for", "common_words", "crisis")
DIALOGUE_NAMED = ("labels", "responses", "buttons")
#: The fields of the pack itself that the table ``meta`` keeps.
META = ("id", "version", "currency")


def pack_path(region: str | None = None) -> Path:
    """Where the built pack is: in ``STEADY_HOME`` (else ``.steady``), for ``STEADY_REGION`` (else cn)."""
    region = region or regions.region()
    return Path(os.environ.get("STEADY_HOME") or ".steady") / "pack" / f"{region}.sqlite"


def code_hash() -> str:
    """Changes when the code that writes or reads the file does."""
    digest = hashlib.sha256()
    for name in CODE:
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()


def connect(path: Path) -> sqlite3.Connection:
    """The built pack, read-only. Raises :class:`StoreError` when it is missing, broken or of other code."""
    meta = read_meta(path)
    if meta.get("code") != code_hash():
        raise StoreError(f"{path} was built by another version of the code; {REMEDY}")
    return _open(path)


def read_meta(path: Path) -> dict[str, str]:
    """What the file says of itself. Raises :class:`StoreError` when it is missing or no built pack."""
    if not path.is_file():
        raise StoreError(f"{path} does not exist; {REMEDY}")
    try:
        with closing(_open(path)) as connection:
            return dict(connection.execute("select key, value from meta").fetchall())
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} is not a built pack ({error}); {REMEDY}") from error


def _open(path: Path) -> sqlite3.Connection:
    # Immutable: the file is only ever replaced as a whole, so no locks are needed, nor a disk to write to.
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def open_pack(path: Path) -> Pack:
    """The whole pack, equal to the one that was loaded from the files. Raises :class:`StoreError`."""
    with closing(connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        try:
            return _pack(connection)
        except (sqlite3.DatabaseError, KeyError, IndexError, ValueError) as error:
            raise StoreError(f"{path} cannot be read ({error}); {REMEDY}") from error


def _pack(db: sqlite3.Connection) -> Pack:
    meta = dict(db.execute("select key, value from meta").fetchall())
    languages = tuple(meta["languages"].split(","))
    conditions = _conditions(db)
    items: dict[str, dict[str, Any]] = {}
    for kind in KINDS:
        values = _items(db, kind, languages)
        if kind.item is Step:
            for step, tests in conditions.items():
                values[step].update(tests)
        if kind.item is Document:
            for document in values.values():
                document["fields"] = {}
            for row in db.execute("select * from document_fields order by document, position"):
                values[row["document"]]["fields"][row["field"]] = _text(row, "label", languages)
        items[kind.table] = {id_: kind.item(**value) for id_, value in values.items()}
    phrases = {table: _phrases(db, table, languages) for table in PHRASES}
    fields: dict[str, Any] = {name: meta[name] for name in META}
    fields.update(phrases)
    fields.update(items)
    return Pack(
        name={language: meta[f"name_{language}"] for language in languages},
        languages=languages,
        emergency=dict(db.execute("select role, contact from emergency order by position").fetchall()),
        first_aid=tuple(_phrases(db, "first_aid", languages).values()),
        dialogue=_dialogue(db),
        **fields,
    )


def _dialogue(db: sqlite3.Connection) -> dict[str, Dialogue]:
    found: dict[str, Dialogue] = {}
    for row in db.execute("select * from dialogue order by position").fetchall():
        parts: dict[str, dict[str, str]] = {part: {} for part in (*DIALOGUE_LISTS, *DIALOGUE_NAMED)}
        texts = "select part, id, text from dialogue_texts where language = ? order by position"
        for part, id_, text in db.execute(texts, (row["id"],)):
            parts[part][id_] = text
        values: dict[str, Any] = {name: row[name] for name in ("id", "name", "fallback")}
        values |= {part: tuple(parts[part].values()) for part in DIALOGUE_LISTS}
        values |= {part: parts[part] for part in DIALOGUE_NAMED}
        found[row["id"]] = Dialogue(**values)
    return found


def _items(db: sqlite3.Connection, kind: Kind, languages: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """The keyword arguments of every item of ``kind``, by id."""
    values: dict[str, dict[str, Any]] = {}
    for row in db.execute(f"select * from {kind.table} order by position"):
        value: dict[str, Any] = {"id": row["id"]}
        value.update({name: _typed(row[name], type_) for name, type_ in kind.plain.items()})
        value.update({name: _text(row, name, languages) for name in kind.texts})
        value.update({links.field: () for links in kind.links})
        value.update({words.field: {language: () for language in languages} for words in kind.words})
        values[row["id"]] = value
    for links in kind.links:
        for row in db.execute(f"select * from {links.table} order by position"):
            values[row[kind.owner]][links.field] += (row[links.column],)
    for words in kind.words:
        for row in db.execute(f"select * from {words.table} order by position"):
            values[row[kind.owner]][words.field][row["language"]] += (row[words.column],)
    return values


def _conditions(db: sqlite3.Connection) -> dict[str, dict[str, dict[str, tuple[str, ...]]]]:
    """step -> when/unless -> field -> values"""
    found: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
    for row in db.execute("select * from step_conditions order by position"):
        tests = found.setdefault(row["step"], {"when": {}, "unless": {}})
        values = tests[row["test"]].get(row["field"], ())
        tests[row["test"]][row["field"]] = (*values, row["value"])
    return found


def _phrases(db: sqlite3.Connection, table: str, languages: tuple[str, ...]) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for row in db.execute(f"select * from {table} order by position"):
        text = _text(row, "text", languages)
        assert text is not None
        found[row["id"]] = text
    return found


def _text(row: sqlite3.Row, name: str, languages: tuple[str, ...]) -> Text | None:
    if row[f"{name}_{languages[0]}"] is None:
        return None
    return {language: row[f"{name}_{language}"] for language in languages}


def _typed(value: Any, type_: type) -> Any:
    if value is None:
        return None
    if type_ is date:
        return date.fromisoformat(value)
    return bool(value) if type_ is bool else value
