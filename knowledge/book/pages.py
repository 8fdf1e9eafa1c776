"""The pages of the book: a cover with the contents, and one page a topic, each with a box to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from knowledge import labels
from knowledge.book import entries
from knowledge.book.entries import BOX, Places, anchor
from knowledge.book.html import Html, element, html, join, rows
from knowledge.book.topics import EVERYONE, Topic, also_for, contact_page, faq_place, step_topics, topic_of
from knowledge.book.words import HOW, WORDS, both, in_languages, value
from knowledge.pack import STAGES, Pack, Step, Text

STYLE = Path(__file__).parent / "book.css"
#: kinds whose texts are short enough for a table
LINES = ("first_aid", "phrase", "evidence")
#: name of a file of the book -> its content
Files = Mapping[str, str]


@dataclass(frozen=True)
class Section:
    """A part of a page: the kind and ids of what is printed in it, and steps it only sends to."""

    title: str | None
    kind: str
    ids: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """One topic. ``id`` is also the name of its file."""

    id: str
    title: str
    sections: tuple[Section, ...] = field(default_factory=tuple)


def book(pack: Pack) -> Files:
    """Every file of the book. The same pack gives the same bytes: nothing is of the day or the machine."""
    pages = list(plan_pages(pack))
    places = {
        (section.kind, id_): f"{page.id}.html#{anchor(section.kind, id_)}"
        for page in pages
        for section in page.sections
        for id_ in section.ids
    }
    files = {f"{page.id}.html": _page(page, number, pack, places) for number, page in enumerate(pages, 1)}
    return {"index.html": _cover(pages, pack), **files, "book.css": STYLE.read_text("utf-8")}


def plan_pages(pack: Pack) -> Iterator[Page]:
    """Every page with what stands on it, in order. Each item of the pack is in exactly one section."""
    contacts = {page: _contacts_of(page, pack) for page in ("emergency", "banks", "platforms", "authorities")}
    yield Page(
        "emergency",
        both("emergency", pack),
        (
            Section(None, "contact", contacts["emergency"]),
            Section(both("first_aid", pack), "first_aid", tuple(_first_aid(pack))),
            Section(both("phrases", pack), "phrase", tuple(pack.phrases)),
            Section(both("evidence", pack), "evidence", tuple(pack.evidence)),
        ),
    )
    for page in ("banks", "platforms", "authorities"):
        yield Page(page, both(page, pack), (Section(None, "contact", contacts[page]),))
    yield Page("names", both("names", pack), tuple(_platform_sections(pack)))
    for topic in step_topics(pack):
        steps = [step for step in pack.steps.values() if topic_of(step) == topic.id]
        also = [step.id for step in pack.steps.values() if also_for(step, topic)]
        if steps or also:
            sections = tuple(_stages(steps))
            sent = (Section(both("also_here", pack), "step", (), tuple(also)),) if also else ()
            yield Page(f"steps-{topic.id}", _topic_title(topic, pack), _titled(sections, pack) + sent)
    yield Page("answers", both("answers", pack), tuple(_answers(pack)))
    yield Page("red-flags", both("red_flags", pack), (Section(None, "red_flag", tuple(pack.red_flags)),))
    yield Page("documents", both("documents", pack), (Section(None, "document", tuple(pack.documents)),))
    yield Page("sources", both("sources", pack), (Section(None, "source", tuple(pack.sources)),))


# --- what stands where --------------------------------------------------------------------------------


def _contacts_of(page: str, pack: Pack) -> tuple[str, ...]:
    return tuple(item.id for item in pack.contacts.values() if contact_page(item, pack) == page)


def _first_aid(pack: Pack) -> Iterator[str]:
    yield from (str(number) for number in range(1, len(pack.first_aid) + 1))


def _platform_sections(pack: Pack) -> Iterator[Section]:
    """Platforms by the usual way money moves through them."""
    for channel in pack.channels.values():
        ids = tuple(p.id for p in pack.platforms.values() if p.channels[:1] == (channel.id,))
        if ids:
            yield Section(in_languages(channel.name, pack), "platform", ids)
    rest = tuple(p.id for p in pack.platforms.values() if not set(p.channels[:1]) & set(pack.channels))
    if rest:
        yield Section(both("everyone_else", pack), "platform", rest)


def _stages(steps: Iterable[Step]) -> Iterator[Section]:
    chosen = list(steps)
    for stage in STAGES:
        ids = tuple(step.id for step in chosen if step.stage == stage)
        if ids:
            yield Section(stage, "step", ids)


def _titled(sections: tuple[Section, ...], pack: Pack) -> tuple[Section, ...]:
    return tuple(Section(both(s.title or "steps", pack), s.kind, s.ids) for s in sections)


def _answers(pack: Pack) -> Iterator[Section]:
    """Answers beside the steps that rest on the same sources, in the order of those steps."""
    groups: dict[tuple[str, str], list[str]] = {}
    for faq in pack.faq.values():
        groups.setdefault(faq_place(faq, pack), []).append(faq.id)
    topics = {topic.id: topic for topic in step_topics(pack)}
    for topic_id, topic in topics.items():
        for stage in ("", *STAGES):
            ids = groups.pop((topic_id, stage), None)
            if ids:
                title = _topic_title(topic, pack) + (f": {both(stage, pack)}" if stage else "")
                yield Section(title, "faq", tuple(ids))
    for rest in groups.values():
        yield Section(both("everyone_else", pack), "faq", tuple(rest))


def _topic_title(topic: Topic, pack: Pack) -> str:
    if topic.id == EVERYONE:
        return both("everyone", pack)
    assert topic.field is not None
    if topic.id == "circumstances":
        return both("circumstances", pack)
    name = value(topic.field, topic.value, pack) if topic.value else labels.FIELDS[topic.field]
    return in_languages(name, pack)


# --- pages as HTML ------------------------------------------------------------------------------------


def _page(page: Page, number: int, pack: Pack, places: Places) -> str:
    contents = [
        element("li", element("a", section.title, href=f"#part-{i}"), f" ({len(section.ids)})")
        for i, section in enumerate(page.sections, 1)
        if section.title and section.ids
    ]
    body = [
        element("h1", f"{number}. {page.title}"),
        element("nav", element("ul", join(contents)), class_="parts") if len(contents) > 1 else Html(""),
        *(_section(section, i, pack, places) for i, section in enumerate(page.sections, 1)),
        _sign(pack),
    ]
    return _document(f"{number}. {page.title}", body, pack, home=True)


def _section(section: Section, number: int, pack: Pack, places: Places) -> Html:
    heading = [element("h2", section.title)] if section.title else []
    if section.kind == "platform":
        inside = [_names(section.ids, pack, places)]
    elif section.kind in LINES:
        inside = [_lines(section, pack)]
    else:
        inside = [_entry(section.kind, id_, pack, places) for id_ in section.ids]
    if section.also:
        lines = [entries.mention(pack.steps[id_], pack, places) for id_ in section.also]
        inside.append(element("ul", rows(lines), class_="also"))
    return element("section", Html("\n"), rows([*heading, *inside]), Html("\n"), id=f"part-{number}")


def _entry(kind: str, id_: str, pack: Pack, places: Places) -> Html:
    if kind == "contact":
        return entries.contact(pack.contacts[id_], pack, places)
    if kind == "step":
        return entries.step(pack.steps[id_], pack, places)
    if kind == "faq":
        return entries.faq(pack.faq[id_], pack, places)
    if kind == "red_flag":
        return entries.red_flag(pack.red_flags[id_], pack, places)
    if kind == "document":
        return entries.document(pack.documents[id_], pack)
    if kind == "source":
        return entries.source(pack.sources[id_], pack, _used_by(id_, pack), places)
    raise ValueError(f"no such kind: {kind}")


def _lines(section: Section, pack: Pack) -> Html:
    """A table of short texts that belong to the pack itself."""
    texts: Mapping[str, Text] = {
        "first_aid": dict(zip(_first_aid(pack), pack.first_aid, strict=True)),
        "phrase": pack.phrases,
        "evidence": pack.evidence,
    }[section.kind]
    lines = [entries.line(section.kind, id_, texts[id_], pack) for id_ in section.ids]
    boxes = element("th", f"{both('correct', pack)} / {both('to_correct', pack)}")
    head = element("thead", element("tr", *(element("th", language) for language in pack.languages), boxes))
    return element("table", head, element("tbody", rows(lines)), class_="lines")


def _used_by(source: str, pack: Pack) -> list[tuple[str, str]]:
    """kind and id of everything that cites ``source``"""
    return [
        (kind, id_)
        for kind, items in _citing(pack).items()
        for id_, cited in items.items()
        if source in cited
    ]


def _citing(pack: Pack) -> dict[str, dict[str, tuple[str, ...]]]:
    """kind -> id -> the sources it names, of everything that names sources"""
    return {
        "contact": {item.id: item.sources for item in pack.contacts.values()},
        "step": {item.id: item.sources for item in pack.steps.values()},
        "faq": {item.id: item.sources for item in pack.faq.values()},
        "red_flag": {item.id: item.sources for item in pack.red_flags.values()},
    }


def _names(ids: Iterable[str], pack: Pack, places: Places) -> Html:
    """A table of platforms: names, what they are called, whom to reach."""
    lines = []
    for id_ in ids:
        platform = pack.platforms[id_]
        called = [", ".join(platform.aliases[language]) for language in pack.languages]
        reach = html("–")
        if platform.contact:
            contact = pack.contacts[platform.contact]
            shown = contact.phone or in_languages(contact.name, pack)
            reach = element("a", shown, href=places["contact", contact.id])
        lines.append(
            element(
                "tr",
                element("td", in_languages(platform.name, pack)),
                element("td", join([element("div", one) for one in called if one]), class_="small"),
                element("td", reach),
                element("td", BOX, " ", BOX, class_="box"),
                id=anchor("platform", id_),
            )
        )
    head = [
        element("th", both("name", pack)),
        element("th", both("aliases", pack)),
        element("th", both("contacts", pack)),
        element("th", f"{both('correct', pack)} / {both('to_correct', pack)}"),
    ]
    return element(
        "table", element("thead", element("tr", join(head))), element("tbody", rows(lines)), class_="names"
    )


def _cover(pages: list[Page], pack: Pack) -> str:
    days = [contact.checked for contact in pack.contacts.values()]
    days += [source.checked for source in pack.sources.values()]
    facts = [
        (both("region", pack), in_languages(pack.name, pack)),
        (both("version", pack), pack.version),
        (both("oldest", pack), str(min(days)) if days else "–"),
        *(
            (title, str(len(items)))
            for title, items in (
                (both("contacts", pack), pack.contacts),
                (both("steps", pack), pack.steps),
                (both("answers", pack), pack.faq),
                (both("red_flags", pack), pack.red_flags),
                (both("documents", pack), pack.documents),
                (both("sources", pack), pack.sources),
            )
        ),
    ]
    how = [
        element("p", WORDS[word][language], lang=language)
        for language in pack.languages
        for word in HOW
        if language in WORDS[word]
    ]
    lines = [
        element(
            "tr",
            element("td", str(number)),
            element("td", element("a", page.title, href=f"{page.id}.html")),
            element("td", str(sum(len(section.ids) for section in page.sections))),
            element("td", str(_first_due(page, pack) or "–")),
            element("td", class_="sign"),
        )
        for number, page in enumerate(pages, 1)
    ]
    head = ("", both("part", pack), both("entries", pack), both("next_review", pack), both("signed", pack))
    body = [
        element("h1", both("book", pack, " · ")),
        element(
            "dl", join([element("div", element("dt", name), element("dd", value)) for name, value in facts])
        ),
        element("div", rows(how), class_="how"),
        element("h2", both("contents", pack)),
        element(
            "table",
            element("thead", element("tr", join([element("th", title) for title in head]))),
            element("tbody", rows(lines)),
            class_="contents",
        ),
    ]
    return _document(both("book", pack, " · "), body, pack, home=False)


def _first_due(page: Page, pack: Pack) -> date | None:
    """The earliest day by which something this page rests on must be checked again."""
    citing = _citing(pack)
    days = []
    for section in page.sections:
        for id_ in section.ids:
            if section.kind == "contact":
                days.append(pack.contacts[id_].review_by)
            if section.kind == "source":
                days.append(pack.sources[id_].review_by)
            days += [pack.sources[source].review_by for source in citing.get(section.kind, {}).get(id_, ())]
    return min(days, default=None)


def _sign(pack: Pack) -> Html:
    words = ("name", "organisation", "date", "signature")
    lines = [element("tr", element("th", both(word, pack)), element("td")) for word in words]
    verdict = [
        element("span", BOX, " ", both("all_correct", pack), class_="box"),
        element("span", BOX, " ", both("some_to_correct", pack), class_="box"),
    ]
    return element(
        "footer",
        element("h2", both("sign_title", pack)),
        element("p", join(verdict), class_="verdict"),
        element("table", join(lines)),
        element("p", both("remarks", pack), class_="remarks"),
        class_="signing",
    )


def _document(title: str, body: Iterable[Html], pack: Pack, *, home: bool) -> str:
    """A whole file. The title is repeated at the foot of every printed page."""
    foot = f"{both('book', pack, ' · ')} · {pack.version} · {title}" if home else f"{title} · {pack.version}"
    quoted = foot.replace("\\", "").replace('"', "”").replace("<", "")
    contents = element("p", element("a", both("contents", pack), href="index.html"), class_="home")
    parts = [
        Html("<!doctype html>"),
        Html(f'<html lang="{html(pack.languages[0])}">'),
        Html("<head>"),
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html('<meta name="referrer" content="no-referrer">'),
        element("title", title),
        Html('<link rel="stylesheet" href="book.css">'),
        element("style", Html(f'@page {{ @bottom-left {{ content: "{quoted}"; }} }}')),
        Html("</head>"),
        Html("<body>"),
        contents if home else Html(""),
        *body,
        Html("</body>"),
        Html("</html>"),
    ]
    return rows([part for part in parts if part]) + "\n"
