"""Views of the built pack for people who open it with Datasette: joined, contacts filled in.

Each view is one ``select`` over the tables that build.py writes; where it shows a text, it has a column for
each language of the pack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from knowledge.pack import Pack

#: The kinds of items that cite sources: what it is called, its table, the table of its links.
CITING = (
    ("contact", "contacts", "contact_sources"),
    ("step", "steps", "step_sources"),
    ("faq", "faq", "faq_sources"),
    ("red_flag", "red_flags", "red_flag_sources"),
)


def views(pack: Pack) -> Iterator[tuple[str, str]]:
    """(name, select) of each view."""
    for name, select in SELECTS.items():
        yield name, select(pack.languages)


def _contacts(languages: Sequence[str]) -> str:
    return f"""
select c.id, c.kind, {_each("c.name_{}", languages)}, {_way("c", languages)} as way,
  c.confidence, c.checked, c.review_by,
  ({_joined("s.source", "contact_sources s", "s.contact = c.id")}) as sources,
  ({_joined("p.id", "platforms p", "p.contact = c.id")}) as platforms
from contacts c order by c.position"""


def _platforms(languages: Sequence[str]) -> str:
    return f"""
select p.id, p.kind, {_each("p.name_{}", languages)},
  ({_joined("l.channel", "platform_channels l", "l.platform = p.id")}) as channels,
  p.contact, {_way("c", languages)} as way,
  ({_joined("a.alias", "platform_aliases a", "a.platform = p.id")}) as aliases
from platforms p left join contacts c on c.id = p.contact order by p.position"""


def _steps(languages: Sequence[str]) -> str:
    return f"""
select s.id, s.stage, {_filled("title", "step", "s", languages)}, {_filled("text", "step", "s", languages)},
  ({
        _joined("n.test || ' ' || n.field || ' = ' || n.value", "step_conditions n", "n.step = s.id", "; ")
    }) as shown,
  ({
        _joined(
            f"c.name_{languages[0]} || ': ' || {_way('c', languages)}",
            "step_contacts l join contacts c on c.id = l.contact",
            "l.step = s.id",
            "; ",
            "l",
        )
    }) as contacts,
  ({_joined("l.source", "step_sources l", "l.step = s.id")}) as sources
from steps s order by s.position"""


def _faq(languages: Sequence[str]) -> str:
    return f"""
select f.id, {_each("f.question_{}", languages)}, {_filled("text", "faq", "f", languages, "answer")},
  ({_joined("w.wording", "faq_wordings w", "w.faq = f.id", " | ")}) as wordings,
  ({_joined("l.contact", "faq_contacts l", "l.faq = f.id")}) as contacts,
  ({_joined("l.source", "faq_sources l", "l.faq = f.id")}) as sources
from faq f order by f.position"""


def _red_flags(languages: Sequence[str]) -> str:
    return f"""
select r.id, r.strength, {_each("r.name_{}", languages)},
  {_filled("text", "red_flag", "r", languages, "explanation")},
  ({_joined("l.source", "red_flag_sources l", "l.red_flag = r.id")}) as sources
from red_flags r order by r.position"""


def _sources_usage(languages: Sequence[str]) -> str:
    used = " union all ".join(
        f"select source, '{kind} ' || {kind} as used from {links}" for kind, _, links in CITING
    )
    return f"""
select s.id, s.title, {_each("s.claim_{}", languages)}, s.confidence, s.checked, s.review_by, s.url,
  count(u.used) as uses, group_concat(u.used, ', ') as used_by
from sources s left join ({used}) u on u.source = s.id group by s.id order by s.position"""


def _due(languages: Sequence[str]) -> str:
    return f"""
select review_by, what, id, name, confidence, checked from (
  select review_by, 'contact' as what, id, name_{languages[0]} as name, confidence, checked, position
  from contacts
  union all
  select review_by, 'source', id, title, confidence, checked, position from sources
) order by review_by, what, position"""


#: name of the view -> its select for these languages
SELECTS: Mapping[str, Callable[[Sequence[str]], str]] = {
    "view_contacts": _contacts,
    "view_platforms": _platforms,
    "view_steps": _steps,
    "view_faq": _faq,
    "view_red_flags": _red_flags,
    "view_sources_usage": _sources_usage,
    "view_due": _due,
}


def _each(column: str, languages: Sequence[str]) -> str:
    return ", ".join(column.format(language) for language in languages)


def _way(contact: str, languages: Sequence[str]) -> str:
    """The number, the address, or where to find it."""
    ways = [f"{contact}.phone", f"{contact}.url", *(f"{contact}.where_{language}" for language in languages)]
    return f"coalesce({', '.join(ways)})"


def _filled(column: str, kind: str, owner: str, languages: Sequence[str], name: str | None = None) -> str:
    """A text with its contacts filled in, as the search shows it: the tables keep ``{contact_id}``."""
    return ", ".join(
        f"(select t.{column} from search_texts t where t.kind = '{kind}' and t.id = {owner}.id"
        f" and t.language = '{language}') as {name or column}_{language}"
        for language in languages
    )


def _joined(value: str, table: str, where: str, separator: str = ", ", order: str | None = None) -> str:
    """``value`` of every row of ``table``, in the order of the pack's files."""
    alias = order or table.split()[1]
    ordered = f"select {value} as value from {table} where {where} order by {alias}.position"
    return f"select group_concat(value, '{separator}') from ({ordered})"
