"""What the visits say about each contact: shown, changed, gone, moved, silent, or no page to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from knowledge.checking.contacts import names_of
from knowledge.checking.finding import bare_host, hosts
from knowledge.pack import Contact, Pack
from knowledge.source_check.fetch import Page
from knowledge.source_check.reading import others_near, shows, text_of

#: Worst first. The first four need a person; silence may pass by itself.
VERDICTS = ("changed", "gone", "moved", "silent", "shown", "no page")
#: With less text than this (in characters) a page is probably put together by a script.
HARDLY_ANY = 80


@dataclass(frozen=True)
class Visit:
    """One page of one contact: the verdict and, in words, what was seen."""

    url: str
    verdict: str
    seen: str


@dataclass(frozen=True)
class Result:
    """One contact. ``verdict`` is its worst visit, but a page that shows it outweighs a silent one."""

    contact: Contact
    visits: tuple[Visit, ...]

    @property
    def verdict(self) -> str:
        found = {visit.verdict for visit in self.visits} or {"no page"}
        if "shown" in found:
            found.discard("silent")
        return min(found, key=VERDICTS.index)


def judge(pack: Pack, ids: Iterable[str], fetch: Callable[[str], Page]) -> list[Result]:
    """Each contact of ``ids`` that has a phone or a url. A page that several name is fetched once."""
    fetched: dict[str, Page] = {}
    results = []
    for contact in (pack.contacts[id_] for id_ in ids):
        if contact.where is not None:
            continue
        # The address of a contact is itself a page to look at: it must still answer, and from its own host.
        pages = dict.fromkeys([*([contact.url] if contact.url else []), *contact.pages])
        for url in pages:
            if url not in fetched:
                fetched[url] = fetch(url)
        results.append(Result(contact, tuple(_visit(pack, contact, fetched[url]) for url in pages)))
    return results


def _visit(pack: Pack, contact: Contact, page: Page) -> Visit:
    if page.moved_to:
        return Visit(page.url, "moved", f"sends the visitor on to {page.moved_to}, which was not followed")
    if page.problem:
        verdict = "gone" if page.status in (404, 410) else "silent"
        return Visit(page.url, verdict, page.problem)
    if contact.url == page.url:
        return Visit(page.url, "shown", f"answers at {urlsplit(page.url).hostname}")
    text = text_of(page.text)
    wanted = contact.phone or bare_host(contact.url or "")
    there = shows(text, contact.phone) if contact.phone else wanted in hosts(text)
    if there:
        return Visit(page.url, "shown", f"shows {wanted}")
    others = others_near(text, contact.phone, names_of(contact, pack)) if contact.phone else []
    if others:
        return Visit(page.url, "changed", f"does not show {wanted}, but {', '.join(others)}")
    why = ""
    if page.cut:
        why = " in its first part (the page is very long)"
    elif len(text) < HARDLY_ANY:
        why = " (it has hardly any text; it may need a browser)"
    return Visit(page.url, "gone", f"no longer shows {wanted}{why}")
