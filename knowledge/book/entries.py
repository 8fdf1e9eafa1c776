"""One entry of the book: a contact, step, answer, flag, document or source, with a line to tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from knowledge import labels
from knowledge.book.html import Html, element, html, join, rows
from knowledge.book.words import WORDS, both, in_languages, in_one, value
from knowledge.pack import PLACEHOLDER, Contact, Document, Faq, Pack, RedFlag, Source, Step, Text

BOX = "☐"
#: kind and id of an item -> the address of its entry, seen from any page of the book
Places = Mapping[tuple[str, str], str]


def contact(item: Contact, pack: Pack, places: Places) -> Html:
    owned = [platform for platform in pack.platforms.values() if platform.contact == item.id]
    parts = [_pair("way", {language: pack.reach(item.id, language) for language in pack.languages}, pack)]
    parts += [_said(label, getattr(item, label), pack) for label in ("hours", "note")]
    if owned:
        names = "; ".join(in_languages(platform.name, pack, " / ") for platform in owned)
        parts.append(element("p", _label("serves", pack), names, class_="serves"))
    parts += [_dates(item, pack), _sources(item.sources, pack, places)]
    return _entry("contact", item.id, item.name, parts, pack)


def step(item: Step, pack: Pack, places: Places) -> Html:
    parts = [_conditions(item, pack), _pair("body", item.body, pack)]
    parts += [_said(label, getattr(item, label), pack) for label in ("why", "deadline", "staff")]
    parts += [_said("deadline", limit.text, pack) for limit in item.limits]
    if item.contacts or item.contacts_of:
        named = [_contact_link(id_, pack, places) for id_ in item.contacts]
        if item.contacts_of:
            named.append(html(both("own_platforms", pack)))
        parts.append(element("p", _label("contacts", pack), join(named, "; "), class_="contacts"))
    if item.evidence:
        kept = {
            language: "; ".join(pack.evidence[id_][language] for id_ in item.evidence)
            for language in pack.languages
        }
        parts.append(_said("keep", kept, pack))
    parts.append(_sources(item.sources, pack, places))
    return _entry("step", item.id, item.title, parts, pack)


def faq(item: Faq, pack: Pack, places: Places) -> Html:
    wordings = {language: " · ".join(item.wordings[language]) for language in pack.languages}
    parts = [_pair("body", item.answer, pack), _said("wordings", wordings, pack)]
    if item.contacts:
        named = join([_contact_link(id_, pack, places) for id_ in item.contacts], "; ")
        parts.append(element("p", _label("contacts", pack), named, class_="contacts"))
    parts.append(_sources(item.sources, pack, places))
    return _entry("faq", item.id, item.question, parts, pack)


def red_flag(item: RedFlag, pack: Pack, places: Places) -> Html:
    strength = both(item.strength, pack) if item.strength in WORDS else item.strength
    parts = [
        element("p", _label("strength", pack), strength, class_="when"),
        _pair("body", item.explanation, pack),
        _sources(item.sources, pack, places),
    ]
    return _entry("red_flag", item.id, item.name, parts, pack)


def document(item: Document, pack: Pack) -> Html:
    fields = "; ".join(in_languages(label, pack, " / ") for label in item.fields.values())
    parts = [
        _pair("draft", item.body, pack, item.fields),
        element("p", _label("fields", pack), fields, class_="keep"),
    ]
    return _entry("document", item.id, item.title, parts, pack)


def line(kind: str, id_: str, text: Text, pack: Pack) -> Html:
    """A row of a table: a text that belongs to the pack itself, and two boxes."""
    cells = [element("td", _filled(text, language, pack), lang=language) for language in pack.languages]
    return element("tr", *cells, element("td", BOX, " ", BOX, class_="box"), id=anchor(kind, id_))


def source(item: Source, pack: Pack, used_by: Sequence[tuple[str, str]], places: Places) -> Html:
    """``used_by``: kind and id of what rests on it."""
    facts = [
        _label("confidence", pack),
        _badge(item.confidence, pack),
        f" · {both('published', pack)} {item.published}",
        f" · {_days(item, pack)}",
    ]
    title = [element("b", item.title)]
    if item.url:
        title.append(join([Html("<br>"), element("a", item.url, href=item.url, rel="noreferrer noopener")]))
    links = join([element("a", id_, href=places[kind, id_]) for kind, id_ in used_by], ", ")
    used = links if used_by else html(both("unused", pack))
    parts = [
        element("p", *title, class_="title"),
        _pair("body", item.claim, pack),
        element("p", *facts, class_="dates"),
        element("p", _label("used_by", pack), used, class_="contacts"),
    ]
    return _entry("source", item.id, None, parts, pack)


def mention(item: Step, pack: Pack, places: Places) -> Html:
    """A line that sends to a step printed elsewhere."""
    title = join([_filled(item.title, language, pack) for language in pack.languages], " · ")
    return element("li", element("a", title, href=places["step", item.id]))


def anchor(kind: str, id_: str) -> str:
    """The id of an entry inside its page."""
    return f"{kind}-{id_}"


# --- parts of an entry --------------------------------------------------------------------------------


def _entry(kind: str, id_: str, title: Text | None, parts: Iterable[Html], pack: Pack) -> Html:
    heading = [_pair("title", title, pack)] if title else []
    tick = element(
        "p",
        element("span", BOX, " ", both("correct", pack), class_="box"),
        element("span", BOX, " ", both("to_correct", pack), class_="box"),
        element("span", class_="line"),
        element("code", id_),
        class_="tick",
    )
    shown = [part for part in parts if part]
    return element("article", Html("\n"), rows([*heading, *shown, tick]), Html("\n"), id=anchor(kind, id_))


def _pair(class_: str, text: Text, pack: Pack, fields: Mapping[str, Text] | None = None) -> Html:
    """A text in every language, side by side."""
    cells = [
        element("div", _filled(text, language, pack, fields), lang=language) for language in pack.languages
    ]
    return element("div", join(cells), class_=f"pair {class_}")


def _said(label: str, text: Text | None, pack: Pack) -> Html:
    """A text with its label before it, in every language; nothing where there is no text."""
    if text is None:
        return Html("")
    cells = [
        element(
            "div",
            element("span", in_one(WORDS[label], language, pack), class_="label"),
            _filled(text, language, pack),
            lang=language,
        )
        for language in pack.languages
    ]
    return element("div", join(cells), class_=f"pair {label}")


def _filled(text: Text, language: str, pack: Pack, fields: Mapping[str, Text] | None = None) -> Html:
    """The text as a person reads it: contacts filled in and marked, blanks of a draft named."""
    said, at = [], 0
    for found in PLACEHOLDER.finditer(text[language]):
        name = found.group(1)
        said.append(text[language][at : found.start()])
        if name in pack.contacts:
            said.append(element("b", pack.reach(name, language), title=name))
        elif fields and name in fields:
            said.append(element("i", fields[name][language], class_="blank"))
        else:
            said.append(found.group(0))
        at = found.end()
    return join([*said, text[language][at:]])


def _conditions(item: Step, pack: Pack) -> Html:
    shown = {}
    for language in pack.languages:
        without = _condition(item.unless, language, pack)
        said = _condition(item.when, language, pack) or in_one(WORDS["always"], language, pack)
        shown[language] = (
            f"{said} — {in_one(WORDS['not_when'], language, pack)} {without}" if without else said
        )
    return _said("shown_when", shown, pack)


def _condition(conditions: Mapping[str, Sequence[str]], language: str, pack: Pack) -> str:
    said = []
    for field, values in conditions.items():
        names = " / ".join(in_one(value(field, one, pack), language, pack) for one in values)
        said.append(f"{in_one(labels.FIELDS[field], language, pack)}: {names}")
    return "; ".join(said)


def _sources(ids: Sequence[str], pack: Pack, places: Places) -> Html:
    lines = [
        element(
            "li",
            element("a", id_, href=places["source", id_]),
            " ",
            pack.sources[id_].title,
            " · ",
            _badge(pack.sources[id_].confidence, pack),
            f" · {pack.sources[id_].checked} → {pack.sources[id_].review_by}",
        )
        for id_ in ids
    ]
    if not lines:
        return Html("")
    return element("div", _label("sources", pack), element("ul", join(lines)), class_="sources")


def _dates(item: Contact, pack: Pack) -> Html:
    facts = [_label("confidence", pack), _badge(item.confidence, pack), f" · {_days(item, pack)}"]
    return element("p", *facts, class_="dates")


def _days(item: Contact | Source, pack: Pack) -> str:
    return f"{both('checked', pack)} {item.checked} · {both('review_by', pack)} {item.review_by}"


def _badge(confidence: str, pack: Pack) -> Html:
    return element("span", both(confidence, pack), class_=f"badge {confidence}")


def _contact_link(id_: str, pack: Pack, places: Places) -> Html:
    ways = " / ".join(dict.fromkeys(pack.reach(id_, language) for language in pack.languages))
    name = element("a", in_languages(pack.contacts[id_].name, pack, " / "), href=places["contact", id_])
    return join([name, " ", element("b", ways)])


def _label(word: str, pack: Pack) -> Html:
    return element("span", both(word, pack), class_="label")
