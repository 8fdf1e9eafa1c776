"""Where the components take the region's pack from: the files at training, their own copy when served."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from knowledge import pack as kinds
from knowledge import regions
from knowledge.load import load
from knowledge.pack import Pack

#: The pack's mappings of records, and the record each holds.
_RECORDS: Mapping[str, type] = {
    "contacts": kinds.Contact,
    "channels": kinds.Channel,
    "platforms": kinds.Platform,
    "steps": kinds.Step,
    "red_flags": kinds.RedFlag,
    "faq": kinds.Faq,
    "documents": kinds.Document,
    "sources": kinds.Source,
    "dialogue": kinds.Dialogue,
}


#: Fields of a record that hold records themselves.
_INNER: Mapping[tuple[type, str], type] = {(kinds.Step, "limits"): kinds.TimeLimit}

#: Component settings that say which pack: a folder to take in place of the region's own.
DEFAULTS: Mapping[str, Any] = {"pack": None}


def folder(config: Mapping[str, Any]) -> Path:
    chosen = {**DEFAULTS, **config}
    return Path(chosen["pack"] or regions.directory())


def read_files(config: Mapping[str, Any]) -> Pack:
    """The pack as its files say now."""
    return load(folder(config))


def content_hash(config: Mapping[str, Any]) -> str:
    """Changes when any file of the pack does, so that nothing trained on an older pack is reused."""
    digest = hashlib.sha256()
    for path in sorted(folder(config).glob("*.yml")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def dump(pack: Pack) -> str:
    """The whole pack as JSON: a model carries its own copy, so it reads a text as it did when trained."""
    return json.dumps(_plain(pack), ensure_ascii=False)


def restore(text: str) -> Pack:
    """The inverse of :func:`dump`."""
    values = json.loads(text)
    for name, kind in _RECORDS.items():
        values[name] = {key: _record(kind, value) for key, value in values[name].items()}
    return Pack(**{key: _frozen(value) for key, value in values.items()})


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _record(kind: type, values: dict[str, Any]) -> Any:
    dates = {f.name for f in fields(kind) if f.type in ("date", date)}
    inner = {name: record for (owner, name), record in _INNER.items() if owner is kind}
    values |= {name: tuple(_record(record, one) for one in values[name]) for name, record in inner.items()}
    return kind(
        **{
            k: date.fromisoformat(v) if k in dates and v is not None else _frozen(v)
            for k, v in values.items()
        }
    )


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return value
