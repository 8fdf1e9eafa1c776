"""Full-text search over the built pack, in Chinese and English.

SQLite's tokenizers take a run of Chinese for one word. So Chinese is indexed character by character, and a
Chinese query is asked as phrases of two characters: most Chinese words have two, and rare ones rank first.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

CHINESE = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TOKEN = re.compile(rf"[{CHINESE}]|[^\W_{CHINESE}]+")
RUN = re.compile(rf"[{CHINESE}]+|[^\W_{CHINESE}]+")

#: A title that matches says more than a body that does.
TITLE_WEIGHT = 5.0
#: Longer queries are pasted messages: their beginning is enough.
MOST_TERMS = 48
#: A whole run of Chinese up to this length is also tried as one phrase.
LONGEST_PHRASE = 8
#: English words that are in every text. They would only let unrelated texts match.
COMMON = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "had", "has",
    "have", "how", "i", "if", "in", "is", "it", "me", "my", "of", "on", "or", "s", "should", "so", "t",
    "that", "the", "their", "them", "they", "this", "to", "was", "we", "were", "what", "when", "where",
    "which", "who", "why", "will", "with", "you", "your",
})  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """One text found. ``kind``: contact, platform, channel, step, faq, red_flag, document.

    A higher ``score`` is better; scores compare within one search only.
    """

    kind: str
    id: str
    language: str
    title: str
    text: str
    score: float


def segment(text: str) -> str:
    """``text`` as FTS5 indexes it: half width, lower case, every Chinese character a word of its own."""
    return " ".join(TOKEN.findall(_fold(text)))


def match_expression(query: str) -> str:
    """The FTS5 expression that finds ``query``; empty when nothing in it can be searched for."""
    chinese: list[str] = []
    latin: list[str] = []
    for run in RUN.findall(_fold(query)[:2000]):
        if not re.match(rf"[{CHINESE}]", run):
            latin.append(run)
            continue
        if 2 < len(run) <= LONGEST_PHRASE:
            chinese.append(" ".join(run))
        chinese.extend(" ".join(run[i : i + 2]) for i in range(max(len(run) - 1, 1)))
    telling = [word for word in latin if word not in COMMON] or latin
    # From three letters on, the beginning of a word is enough (refu -> refund).
    terms = [f'"{p}"' for p in chinese] + [f'"{w}"*' if len(w) > 2 else f'"{w}"' for w in telling]
    return " OR ".join(list(dict.fromkeys(terms))[:MOST_TERMS])


def search(
    database: Path | str | sqlite3.Connection,
    query: str,
    language: str | None = None,
    kinds: Collection[str] | None = None,
    limit: int = 10,
) -> list[Hit]:
    """Texts of the built pack that match ``query``, best first. Any input is safe; none found: an empty list.

    ``language`` and ``kinds`` narrow the answer; None means all.
    """
    if not isinstance(database, sqlite3.Connection):
        from knowledge.store import connect

        with closing(connect(Path(database))) as connection:
            return search(connection, query, language, kinds, limit)
    expression = match_expression(query)
    if not expression or limit < 1 or (kinds is not None and not kinds):
        return []
    conditions, values = ["search match ?"], [expression]
    if language is not None:
        conditions.append("language = ?")
        values.append(language)
    if kinds is not None:
        conditions.append(f"kind in ({', '.join('?' * len(kinds))})")
        values.extend(sorted(kinds))
    rows = database.execute(
        f"select kind, id, language, title, text, -bm25(search, 0, 0, 0, {TITLE_WEIGHT}, 1.0) as score"
        f" from search where {' and '.join(conditions)} order by score desc, rowid limit ?",
        (*values, limit),
    )
    return [Hit(*row) for row in rows.fetchall()]


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
