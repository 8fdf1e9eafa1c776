"""The names and numbers of the pack in a search: written right, or nearly.

A name is kept as its tokens (knowledge/search_tokens.py), so that "jd e卡" and "JD  E卡" are the same, and a
Latin name never matches inside a longer word. A misspelling is only looked for where the index knows
nothing of what was typed: 支负宝 is in no text, while both halves of 支付款 are.
"""

from __future__ import annotations

import difflib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.pack import Pack
from knowledge.search_tokens import is_chinese, phrase, tokens

#: The most tokens of a name that are compared; the longest alias of a pack is well below.
LONGEST = 12
#: Longer queries are stories or pasted messages, not somebody's name.
LONGEST_QUERY = 24
#: A misspelt name shares this much with the right one (difflib: twice the common letters by all letters).
ALIKE = 0.8
#: Shorter words are too easily each other's misspelling (wise, wire).
SHORTEST_LATIN = 5
SHORTEST_CHINESE = 3
#: The groups of a number that are known by themselves: 12308 of +86-10-12308.
SHORTEST_NUMBER = 5


@dataclass(frozen=True)
class Named:
    """A name found in a query. ``start`` and ``end`` count tokens; ``kind`` is contact or platform."""

    kind: str
    id: str
    start: int
    end: int


def entries(pack: Pack) -> Iterator[tuple[str, str, str]]:
    """(name as its tokens, kind, id) of every contact and platform: names, aliases, numbers, ids."""
    found: dict[tuple[str, str, str], None] = {}
    for contact in pack.contacts.values():
        names = [*contact.name.values(), contact.id.replace("_", " ")]
        if contact.phone:
            digits = re.findall(r"\d+", contact.phone)
            names += [contact.phone, "".join(digits), *(d for d in digits if len(d) >= SHORTEST_NUMBER)]
        found.update(((key(name), "contact", contact.id), None) for name in names)
    for platform in pack.platforms.values():
        aliases = [alias for words in platform.aliases.values() for alias in words]
        names = [*platform.name.values(), *aliases]
        found.update(((key(name), "platform", platform.id), None) for name in names)
    yield from (entry for entry in found if entry[0])


def key(name: str) -> str:
    """A name as the table keeps it: its tokens, an English plural taken off, one space between."""
    return " ".join(_singular(token) for token in tokens(name))


def named(db: sqlite3.Connection, query: Sequence[str]) -> list[Named]:
    """The names in ``query`` (its tokens), longest first and without overlap; misspelt ones after those."""
    words = [_singular(token) for token in query]
    taken: set[int] = set()
    found = _exact(db, words, taken)
    return found + _misspelt(db, words, taken)


def _exact(db: sqlite3.Connection, words: list[str], taken: set[int]) -> list[Named]:
    windows = list(_windows(words))
    targets: dict[str, list[tuple[str, str]]] = {}
    for name in {name for _, _, name in windows}:
        rows = db.execute("select kind, id from search_names where name = ? order by position", (name,))
        targets[name] = rows.fetchall()
    found = []
    for start, end, name in windows:
        if targets[name] and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found += [Named(kind, id_, start, end) for kind, id_ in targets[name]]
    return found


def _misspelt(db: sqlite3.Connection, words: list[str], taken: set[int]) -> list[Named]:
    if len(words) > LONGEST_QUERY:
        return []
    odd = _odd(db, words)
    found = []
    for start, end, name in _windows(words):
        inside = range(start, end)
        # Of an odd pair both characters must be inside: its first at `end - 1` says nothing of this window.
        if not taken.isdisjoint(inside) or odd.isdisjoint(
            (i, j) for i in inside for j in (i, i + 1) if j < end
        ):
            continue
        nearest = _nearest(db, words[start:end], name)
        if nearest:
            taken.update(inside)
            found += [Named(kind, id_, start, end) for kind, id_ in nearest]
    return found


def _windows(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of every run of tokens, longest first, then from left to right."""
    for length in range(min(len(words), LONGEST), 0, -1):
        for start in range(len(words) - length + 1):
            yield start, start + length, " ".join(words[start : start + length])


def _odd(db: sqlite3.Connection, words: list[str]) -> set[tuple[int, int]]:
    """(first, last) of what is in no text: a word alone, or two Chinese characters beside each other."""
    found = set()
    for i, word in enumerate(words):
        if not is_chinese(word):
            if not word.isdigit() and not _known(db, word):
                found.add((i, i))
        elif i + 1 < len(words) and is_chinese(words[i + 1]) and not _known(db, f"{word} {words[i + 1]}"):
            found.add((i, i + 1))
    return found


def _known(db: sqlite3.Connection, text: str) -> bool:
    row = db.execute("select 1 from search where search match ? limit 1", (phrase(text),)).fetchone()
    return row is not None


def _nearest(db: sqlite3.Connection, words: list[str], name: str) -> list[tuple[str, str]]:
    """What is called nearly ``name``: one character of a Chinese name replaced, or letters of a Latin one."""
    if all(is_chinese(word) for word in words):
        if len(words) < SHORTEST_CHINESE:
            return []
        rows = db.execute(
            "select name, kind, id from search_names where length(name) = ? order by position", (len(name),)
        ).fetchall()
        return [(k, i) for other, k, i in rows if sum(a != b for a, b in zip(name, other, strict=True)) == 1]
    if len(name) < SHORTEST_LATIN or any(word.isdigit() for word in words):
        return []
    rows = db.execute(
        "select name, kind, id from search_names"
        " where name >= ? and name < ? and length(name) between ? and ? order by position",
        (name[0], chr(ord(name[0]) + 1), len(name) - 2, len(name) + 2),
    ).fetchall()
    names = dict.fromkeys(other for other, _, _ in rows if other.count(" ") == name.count(" "))
    close = difflib.get_close_matches(name, names, 1, ALIKE)
    return [(k, i) for other, k, i in rows if other in close]


def _singular(token: str) -> str:
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token
