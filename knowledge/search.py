"""Full-text search over the built pack, in Chinese and English.

SQLite's tokenizers take a run of Chinese for one word. So Chinese is indexed character by character, and a
Chinese query is asked as phrases of two characters: most Chinese words have two, and rare ones rank first.

How it is ranked: FTS5 finds texts, titles and other wordings counting more than bodies; answers and ways to
reach somebody go before steps and drafts; and whoever is named, or whose number is typed, comes first, the
more the name is all that was asked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from knowledge.search_names import Named, named
from knowledge.search_tokens import is_chinese, phrase, runs, tokens

#: A title that matches says more than a body that does; aliases and other wordings are nearly titles.
TITLE_WEIGHT, WORDS_WEIGHT, TEXT_WEIGHT = 5.0, 3.0, 1.0
#: What a searcher wants first when the words match equally well.
KIND_WEIGHT = {
    "faq": 1.5,
    "red_flag": 1.3,
    "contact": 1.2,
    "step": 1.0,
    "platform": 0.8,
    "channel": 0.7,
    "document": 0.6,
}
#: For a query that is nothing but a name. FTS5 scores of this index stay below it.
NAME_SCORE = 100.0
#: A number this long is typed to learn whose it is; a shorter one may be a sum of money.
NUMBER = 5
#: A platform's contact is before the platform, the platform before other texts.
PLATFORM_SHARE = 0.9
#: In another language than the query's.
OTHER_LANGUAGE = 0.5
#: Longer queries are pasted messages: their beginning is enough.
MOST_CHARACTERS, MOST_TERMS = 2000, 48
#: A whole run of Chinese up to this length is also tried as one phrase.
LONGEST_PHRASE = 8
#: Texts that are ranked again after FTS5 has found them.
CANDIDATES = 200
#: English words that are in every text. They would only let unrelated texts match.
COMMON = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "had", "has",
    "have", "how", "i", "if", "in", "is", "it", "me", "my", "of", "on", "or", "s", "should", "so", "t",
    "that", "the", "their", "them", "they", "this", "to", "was", "we", "were", "what", "when", "where",
    "which", "who", "why", "will", "with", "you", "your",
})  # fmt: skip
#: Words that ask how to reach somebody: with them a name is still all that is asked.
REACHING = frozenset(
    {"call", "contact", "customer", "hotline", "number", "phone", "service", "support", "tel"}
)
REACHING_CHINESE = ("客服", "电话", "热线", "号码", "多少", "官方", "人工", "联系")


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
    return " ".join(tokens(text))


def match_expression(query: str) -> str:
    """The FTS5 expression that finds ``query``; empty when nothing in it can be searched for."""
    chinese: list[str] = []
    latin: list[str] = []
    for run in runs(query[:MOST_CHARACTERS]):
        if not is_chinese(run):
            latin.append(run)
            continue
        if 2 < len(run) <= LONGEST_PHRASE:
            chinese.append(" ".join(run))
        chinese.extend(" ".join(run[i : i + 2]) for i in range(max(len(run) - 1, 1)))
    telling = [word for word in latin if word not in COMMON] or latin
    beside = [f"{a} {b}" for a, b in pairwise(latin) if a in telling and b in telling]
    # From three letters on, the beginning of a word is enough (refu -> refund).
    terms = [phrase(p) for p in chinese + beside] + [phrase(w) + "*" * (len(w) > 2) for w in telling]
    return " OR ".join(list(dict.fromkeys(terms))[:MOST_TERMS])


def search(
    database: Path | str | sqlite3.Connection,
    query: str,
    language: str | None = None,
    kinds: Collection[str] | None = None,
    limit: int = 10,
) -> list[Hit]:
    """Texts of the built pack that match ``query``, best first. Any input is safe; none found: an empty list.

    ``language`` and ``kinds`` narrow the answer; None means all, those in the query's language first.
    """
    if not isinstance(database, sqlite3.Connection):
        from knowledge.store import connect

        with closing(connect(Path(database))) as connection:
            return search(connection, query, language, kinds, limit)
    expression = match_expression(query)
    if not expression or limit < 1:
        return []
    found = _texts(database, expression)
    hits = {(hit.kind, hit.id, hit.language): hit for hit in found}
    for hit in _names(database, query):
        # Of what is named, a text found in one language is as good in the other: "jd e卡" is no English.
        same = [text.score for text in found if (text.kind, text.id) == (hit.kind, hit.id)]
        hits[hit.kind, hit.id, hit.language] = replace(hit, score=max(hit.score, *same, 0.0))
    preferred = _language(query)
    chosen = [
        hit if preferred in (None, hit.language) else replace(hit, score=hit.score * OTHER_LANGUAGE)
        for hit in hits.values()
        if language in (None, hit.language) and (kinds is None or hit.kind in kinds)
    ]
    return sorted(chosen, key=lambda hit: -hit.score)[:limit]


def _texts(db: sqlite3.Connection, expression: str) -> list[Hit]:
    rows = db.execute(
        "select kind, id, language, title, text,"
        f" -bm25(search, 0, 0, 0, {TITLE_WEIGHT}, {WORDS_WEIGHT}, {TEXT_WEIGHT}) as score"
        f" from search where search match ? order by score desc, rowid limit {CANDIDATES}",
        (expression,),
    ).fetchall()
    hits = [Hit(*row) for row in rows]
    return [replace(hit, score=hit.score * KIND_WEIGHT[hit.kind]) for hit in hits]


def _names(db: sqlite3.Connection, query: str) -> list[Hit]:
    """Who is named in ``query``, in every language: the contact first, then the platform it belongs to.

    An id typed as it is in the pack is a name as well, of whatever has it.
    """
    words = tokens(query[:MOST_CHARACTERS])[:MOST_TERMS]
    having = db.execute(
        "select distinct kind, id from search_texts where id = ?", (query.strip(),)
    ).fetchall()
    scores = {(kind, id_): NAME_SCORE * PLATFORM_SHARE**2 for kind, id_ in having}
    for name in named(db, words):
        worth = NAME_SCORE * _share(name, words) ** 2
        targets = [(name.kind, name.id, worth)]
        if name.kind == "platform":
            row = db.execute("select contact from platforms where id = ?", (name.id,)).fetchone()
            targets = [(name.kind, name.id, worth * PLATFORM_SHARE)]
            targets += [("contact", row[0], worth)] if row[0] else []
        for kind, id_, score in targets:
            scores[kind, id_] = max(score, scores.get((kind, id_), 0.0))
    return [
        Hit(*row)
        for (kind, id_), score in scores.items()
        for row in db.execute(
            "select kind, id, language, title, text, ? as score from search_texts"
            " where kind = ? and id = ? order by position",
            (score, kind, id_),
        )
    ]


def _share(name: Named, words: Sequence[str]) -> float:
    """How much of what was asked is the name: 1 for it alone or with 电话 (phone), and for a number."""
    number = "".join(words[name.start : name.end])
    if number.isdigit() and len(number) >= NUMBER:
        return 1.0
    rest = _telling([*words[: name.start], " ", *words[name.end :]])
    return (name.end - name.start) / (name.end - name.start + rest)


def _telling(words: Iterable[str]) -> int:
    """How many of ``words`` say something beside a name."""
    joined = " ".join(words)
    for chinese in REACHING_CHINESE:
        joined = joined.replace(" ".join(chinese), " ")
    return sum(word not in COMMON and word not in REACHING for word in joined.split())


def _language(query: str) -> str | None:
    """The language a query is in; None when numbers are all there is."""
    found = tokens(query)
    if any(is_chinese(token) for token in found):
        return "zh"
    return "en" if any(not token.isdigit() for token in found) else None
