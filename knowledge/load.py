"""Reads the YAML files of a pack into a Pack, naming file, line and field of what is wrong.

Shapes are described by the JSON Schemas in ``knowledge/schema``; what the files mean is checked in check.py.
libyaml is read through PyYAML (a tenth of the time of a round-trip loader) and only as far as nodes: every
scalar stays the text that was typed, so ``no``, ``0110`` and ``2016-10`` never turn into something else.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml  # type: ignore[import-untyped,unused-ignore]

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
    TimeLimit,
    WrongNumber,
)

SCHEMAS = Path(__file__).parent / "schema"

#: kind of file -> what each of its items becomes. pack.yml holds the pack itself.
ITEMS: Mapping[str, type] = {
    "contacts": Contact,
    "channels": Channel,
    "platforms": Platform,
    "steps": Step,
    "red_flags": RedFlag,
    "faq": Faq,
    "documents": Document,
    "sources": Source,
    "dialogue": Dialogue,
}
KINDS = ("pack", *ITEMS)
#: Kinds that may be in several files, such as steps_today.yml or dialogue_fr.yml.
SPLIT = ("steps", "dialogue")
#: Kinds that a pack may do without.
OPTIONAL = ("dialogue",)

LANGUAGE_NAMES = {"zh": "Chinese", "en": "English"}
#: Taken for those of a pack whose own list cannot be read, so that the rest of it is still looked at.
ASSUMED_LANGUAGES = tuple(LANGUAGE_NAMES)
DATES = ("checked", "review_by")
NUMBERS = ("rank", "hours", "days", "working_days")
BOOLEANS = {"true": True, "false": False}
TYPES = {
    "object": "a group of named fields",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
}

#: how a schema says that the names of fields are language codes
BY_LANGUAGE = "common.json#/$defs/language"

#: what a value without a `!tag` has
PLAIN_TAGS = (None, *(f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str")))

#: libyaml falls over its own stack, without an error, on brackets nested by the thousand
TOO_DEEP = re.compile(r"(?:[\[{]\s*){50}")

#: keys and list positions from the top of one file down to a value
Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, what to do. ``line`` counts from 1; ``severity``: error or warning."""

    file: str
    line: int
    field: str
    message: str
    severity: str = "error"

    def __str__(self) -> str:
        mark = "" if self.severity == "error" else f"{self.severity}: "
        return f"{self.file}:{self.line}: {self.field}: {mark}{self.message}"


class PackError(Exception):
    """The pack cannot be used. ``problems`` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))


@dataclass(frozen=True)
class Place:
    """Where a field was written."""

    file: str
    line: int


#: dotted field (``steps[report_110].title.en``) -> where it was written
Places = Mapping[str, Place]


def place_of(field: str, places: Places) -> Place:
    """Where ``field`` was written, else the nearest thing around it (a field that is missing has no line)."""
    name = field
    while name and name not in places:
        name = name[: max(name.rfind("."), name.rfind("["), 0)]
    return places.get(name, Place("pack.yml", 1))


def load(directory: Path) -> Pack:
    """The pack in ``directory``. Raises :class:`PackError` with every problem of shape."""
    return load_with_places(directory)[0]


def load_with_places(directory: Path) -> tuple[Pack, Places]:
    """The pack, and where each of its fields was written. Raises :class:`PackError`."""
    problems: list[Problem] = []
    merged: dict[str, Any] = {}
    places: dict[str, Place] = {}
    languages = ASSUMED_LANGUAGES
    for kind, files in _pack_files(directory, problems):
        for path in files:
            raw = _read(path, kind, problems)
            if raw is None:
                continue
            if kind == "pack":  # the first kind: it says in which languages all texts must be
                languages = _languages(raw.value) or languages
            found = list(_shape_problems(raw, kind, languages))
            problems.extend(found)
            _remember(raw.value, (), kind, raw, places)
            if not found:
                _merge(raw, kind, merged, problems)
    if problems:
        raise PackError(sorted(problems, key=lambda p: (p.file, p.line, p.field)))
    return _pack(merged), places


def load_file(path: Path, kind: str, languages: tuple[str, ...]) -> tuple[Any, Places]:
    """A file beside a pack (a hotline's settings), read and checked by schema/<kind>.json as a pack's are.

    Its plain value, and where each field was written. Raises :class:`PackError`.
    """
    problems: list[Problem] = []
    if not path.is_file():
        raise PackError([Problem(path.name, 1, kind, "there is no such file")])
    raw = _read(path, kind, problems)
    places: dict[str, Place] = {}
    if raw is not None:
        problems.extend(_shape_problems(raw, kind, languages))
        _remember(raw.value, (), kind, raw, places)
    if raw is None or problems:
        raise PackError(sorted(problems, key=lambda p: (p.line, p.field)))
    return raw.value, places


def pack_files(directory: Path) -> list[Path]:
    """The files that make up the pack, in the order they are read."""
    return [path for _, files in _pack_files(directory, []) for path in files]


def _pack_files(directory: Path, problems: list[Problem]) -> list[tuple[str, list[Path]]]:
    """Each kind with its files. Reports files that are missing, and files that belong to no kind."""
    if not directory.is_dir():
        raise PackError([Problem(str(directory), 1, "pack", "there is no such directory")])
    by_kind: dict[str, list[Path]] = {kind: [] for kind in KINDS}
    for path in sorted(directory.iterdir(), key=lambda p: (p.stem, p.name)):
        if path.suffix not in (".yml", ".yaml") or path.name.startswith("."):
            continue
        kind = next((k for k in SPLIT if path.stem.startswith(f"{k}_")), path.stem)
        if kind not in by_kind:
            wanted = ", ".join([*(f"{k}.yml" for k in KINDS), *(f"{k}_*.yml" for k in SPLIT)])
            said = f"not a file of a pack; a pack has {wanted}"
            problems.append(Problem(path.name, 1, path.stem, said))
        elif path.suffix != ".yml":
            problems.append(Problem(path.name, 1, kind, f"rename it to {path.stem}.yml"))
        else:
            by_kind[kind].append(path)
    for kind, files in by_kind.items():
        if not files and kind not in OPTIONAL:
            problems.append(Problem(f"{kind}.yml", 1, kind, "the file is missing; write it"))
    return list(by_kind.items())


# --- one file -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Raw:
    """One file as plain values, with the line of every key and list item."""

    name: str
    value: Any
    lines: Mapping[Keys, int]

    def line(self, path: Keys) -> int:
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def field(self, path: Keys, kind: str) -> str:
        """``steps[report_110].title.en``: list items are named by their id, else by their position from 0."""
        value, parts = self.value, ""
        for key in path:
            if isinstance(key, int):
                value = value[key] if isinstance(value, list) and key < len(value) else None
                parts += f"[{_item_name(value, key)}]"
            else:
                value = value.get(key) if isinstance(value, dict) else None
                parts += f".{key}" if parts else key
        return parts or kind


def _item_name(value: Any, position: int) -> str:
    name = value.get("id") if isinstance(value, dict) else None
    return name if isinstance(name, str) else str(position)


def _read(path: Path, kind: str, problems: list[Problem]) -> _Raw | None:
    """The file as plain values, or None when it is not readable YAML (reported)."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        field = _field_above(data.decode("utf-8", "replace"), line, kind)
        message = f"byte {error.start} is not UTF-8; save the file as UTF-8"
        problems.append(Problem(path.name, line, field, message))
        return None
    deep = TOO_DEEP.search(text)
    if deep:
        line = text[: deep.start()].count("\n") + 1
        problems.append(
            Problem(path.name, line, _field_above(text, line, kind), "too many brackets; remove them")
        )
        return None
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(error, text, path.name, kind))
        return None
    reader = _Reader()
    value = reader.value(node, ()) if node is not None else None
    raw = _Raw(path.name, value, reader.lines)
    problems.extend(
        Problem(path.name, line, raw.field(keys, kind), said) for keys, line, said in reader.problems
    )
    if not isinstance(value, dict):
        first = f"the file must begin with `{kind}:`" if kind in ITEMS else "the file must hold named fields"
        problems.append(Problem(path.name, 1, kind, first))
        return None
    return raw


def _syntax_problem(error: yaml.YAMLError, text: str, name: str, kind: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        line, said = mark.line + 1, str(getattr(error, "problem", None) or error)
    else:
        line = text[: getattr(error, "position", 0)].count("\n") + 1
        said = str(getattr(error, "reason", error))
    rows = text.splitlines() or [""]
    line = max(1, min(line, len(rows)))
    advice = "look at this line and the one above: indentation, quotes and colons"
    if rows[line - 1].lstrip(" ").startswith("\t"):
        advice = "indent with spaces, not with a tab"
    elif "mapping values" in said:
        advice = "put the text in quotes: it contains a colon followed by a space"
    elif "another document" in said:
        advice = "remove the second `---`"
    return Problem(name, line, _field_above(text, line, kind), f"not readable as YAML ({said}); {advice}")


def _field_above(text: str, line: int, kind: str) -> str:
    """The item a broken line probably belongs to, for a file that cannot be parsed."""
    for row in reversed(text.splitlines()[:line]):
        found = re.match(r"\s*(?:-\s*)?\{?\s*id:\s*['\"]?([\w.-]+)", row)
        if found and kind in ITEMS:
            return f"{kind}[{found.group(1)}]"
        top = re.match(r"([a-z_]+):", row)
        if top:
            return top.group(1)
    return kind


class _Reader:
    """Turns YAML nodes into plain values; collects lines, and problems that nodes alone can show."""

    def __init__(self) -> None:
        self.lines: dict[Keys, int] = {}
        self.problems: list[tuple[Keys, int, str]] = []
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, path: Keys) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self.seen:
            self.report(node, path, "is a YAML alias (*name); write the value out")
            return None
        self.seen.add(id(node))
        if node.tag not in PLAIN_TAGS:
            self.report(node, path, f"has a YAML tag ({node.tag}); remove it")
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
        return _scalar(node, path)

    def mapping(self, node: yaml.MappingNode, path: Keys) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, child in node.value:
            key = key_node.value
            if not isinstance(key, str):
                self.report(key_node, path, "a field name must be a plain word")
                continue
            here = (*path, key)
            if key in values:
                first = self.lines[here]
                self.report(key_node, here, f"written twice, first on line {first}; keep one")
                continue
            self.lines[here] = key_node.start_mark.line + 1
            values[key] = self.value(child, here)
        return values

    def report(self, node: yaml.Node, path: Keys, message: str) -> None:
        self.problems.append((path, node.start_mark.line + 1, message))


def _scalar(node: yaml.ScalarNode, path: Keys) -> Any:
    """Text as typed; numbers and true/false only where the format has them; nothing written is None."""
    text: str = node.value
    plain = node.style in (None, "")
    if plain and text in ("", "~", "null"):
        return None
    if plain and path and path[-1] in NUMBERS and re.fullmatch(r"-?\d+", text):
        return int(text)
    if plain and path and path[-1] in ("venue", "button"):
        return BOOLEANS.get(text, text)
    return text.strip()


# --- shape --------------------------------------------------------------------------------------------


def _languages(pack: Any) -> tuple[str, ...]:
    """The languages that a pack.yml names; none when it does not name them properly."""
    named = pack.get("languages")
    if not isinstance(named, list) or not all(isinstance(code, str) for code in named):
        return ()
    return tuple(dict.fromkeys(named))


@cache
def schema(kind: str, languages: tuple[str, ...] = ASSUMED_LANGUAGES) -> dict[str, Any]:
    """The schema of one kind of file for a pack in these languages.

    Every reference to common.json is put in place (validates faster), and what is keyed by language has
    exactly these.
    """
    common = json.loads((SCHEMAS / "common.json").read_text("utf-8"))["$defs"]

    def inline(part: Any) -> Any:
        if isinstance(part, list):
            return [inline(p) for p in part]
        if not isinstance(part, dict):
            return part
        if part.get("propertyNames") == {"$ref": BY_LANGUAGE}:
            each = inline(part["additionalProperties"])
            return {
                "type": "object",
                "properties": dict.fromkeys(languages, each),
                "required": list(languages),
                "additionalProperties": False,
                BY_LANGUAGE: True,
            }
        rest = {k: inline(v) for k, v in part.items() if k != "$ref"}
        if "$ref" in part:
            return {**inline(common[part["$ref"].rsplit("/", 1)[-1]]), **rest}
        return rest

    whole: dict[str, Any] = inline(json.loads((SCHEMAS / f"{kind}.json").read_text("utf-8")))
    return whole


def _shape_problems(raw: _Raw, kind: str, languages: tuple[str, ...]) -> Iterator[Problem]:
    for error in jsonschema.Draft202012Validator(schema(kind, languages)).iter_errors(raw.value):
        path: Keys = tuple(error.absolute_path)
        for tail, message in _say(error):
            yield Problem(raw.name, raw.line((*path, *tail)), raw.field((*path, *tail), kind), message)
    if kind in ITEMS and isinstance(raw.value.get(kind), list):
        for i, item in enumerate(raw.value[kind]):
            for name in DATES:
                path = (kind, i, name)
                if isinstance(item, dict) and isinstance(item.get(name), str) and not _date(item[name]):
                    message = f"{item[name]!r} is no date of the calendar; write it as 2026-11-23"
                    yield Problem(raw.name, raw.line(path), raw.field(path, kind), message)


def _say(error: jsonschema.ValidationError) -> Iterator[tuple[Keys, str]]:
    """The rest of the path and what to do, for one violation of a schema."""
    rule: Any = error.validator
    wanted: Any = error.validator_value
    part: Any = error.schema
    got: Any = error.instance
    if rule == "required":
        missing = next((name for name in wanted if error.message.startswith(f"'{name}'")), "?")
        what = f"the {LANGUAGE_NAMES.get(missing, missing)} text" if BY_LANGUAGE in part else ""
        yield (missing,), f"{what} is missing; write it".lstrip()
    elif rule == "additionalProperties":
        known = list(part.get("properties", ()))
        for name in [key for key in got if key not in known]:
            close = difflib.get_close_matches(name, known, 1)
            advice = f"did you mean `{close[0]}`?" if close else f"fields here: {', '.join(known)}"
            if BY_LANGUAGE in part and got[name] is None:
                advice = "put the text before it in quotes: inside { } a comma ends a text"
            yield (name,), f"unknown field; {advice}"
    elif rule == "oneOf":
        ways = [name for option in wanted for name in option.get("required", ())]
        has = [name for name in ways if name in got]
        yield (
            (tuple(has[-1:])),
            f"needs exactly one of {', '.join(ways)}; it has {' and '.join(has) or 'none'}",
        )
    elif got is None:
        yield (), "is empty; fill it in or remove it"
    elif rule == "type":
        yield (), f"must be {TYPES.get(wanted, wanted)}, not {_shown(got)}"
    elif rule == "enum":
        close = difflib.get_close_matches(str(got), [str(w) for w in wanted], 1)
        advice = f"did you mean `{close[0]}`? " if close else ""
        yield (), f"{_shown(got)} is not known here; {advice}One of: {', '.join(map(str, wanted))}"
    elif rule in ("minItems", "minProperties"):
        yield (), f"needs at least {wanted}; it has {len(got)}"
    elif rule == "maxItems":
        yield (), f"may have at most {wanted}; it has {len(got)}"
    elif rule == "uniqueItems":
        double = next(item for i, item in enumerate(got) if item in got[:i])
        yield (got.index(double, got.index(double) + 1),), f"{_shown(double)} is listed twice; keep one"
    elif rule == "pattern":
        what = part.get("description")
        yield (
            (),
            f"{_shown(got)} is not in the right form" + (f": {what}" if what else "") if got else "is empty",
        )
    else:
        yield (), error.message


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


# --- putting together ---------------------------------------------------------------------------------


def _remember(value: Any, path: Keys, field: str, raw: _Raw, places: dict[str, Place]) -> None:
    """Notes where every field of the file was written. The first of two with the same name wins."""
    places.setdefault(field, Place(raw.name, raw.line(path)))
    if isinstance(value, dict):
        for key, child in value.items():
            _remember(child, (*path, key), f"{field}.{key}" if path else key, raw, places)
    elif isinstance(value, list):
        for i, child in enumerate(value):
            _remember(child, (*path, i), f"{field}[{_item_name(child, i)}]", raw, places)


def _merge(raw: _Raw, kind: str, merged: dict[str, Any], problems: list[Problem]) -> None:
    if kind == "pack":
        merged["pack"] = raw.value
        return
    items = merged.setdefault(kind, {})
    for i, item in enumerate(raw.value[kind]):
        if item["id"] in items:
            path: Keys = (kind, i, "id")
            message = f"the id `{item['id']}` is used twice; give one of the two another id"
            problems.append(Problem(raw.name, raw.line(path), raw.field(path, kind), message))
        items.setdefault(item["id"], item)


def _pack(merged: Mapping[str, Any]) -> Pack:
    kinds: dict[str, Any] = {
        kind: {
            id_: cls(**{k: _frozen(k, v) for k, v in item.items()})
            for id_, item in merged.get(kind, {}).items()
        }
        for kind, cls in ITEMS.items()
    }
    own = {k: _frozen(k, v) for k, v in merged["pack"].items()}
    own["never_show"] = tuple(WrongNumber(**number) for number in own.get("never_show", ()))
    return Pack(**own, **kinds)


def _frozen(name: str, value: Any) -> Any:
    """Lists become tuples, the two date fields become dates, time limits become what they are."""
    if name in DATES:
        return _date(value)
    if name == "limits":
        return tuple(TimeLimit(**{k: _frozen(k, v) for k, v in limit.items()}) for limit in value)
    if isinstance(value, list):
        return tuple(_frozen("", v) for v in value)
    if isinstance(value, dict):
        return {k: _frozen("", v) for k, v in value.items()}
    return value
