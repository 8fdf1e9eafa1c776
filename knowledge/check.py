"""Checks what a pack means: references, numbers, dates and wording. Shapes are checked in load.py.

Errors keep a pack from being built, warnings do not. Dates are judged by :func:`check` alone: a build must
give the same result on any day, and an emergency guide must not refuse to start over an overdue review.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from knowledge import dialogue
from knowledge.case import CHANNELS, CHOICES, LIST_FIELDS
from knowledge.load import LANGUAGE_NAMES, PackError, Places, Problem, load_with_places, place_of
from knowledge.pack import PLACEHOLDER, SHOWABLE, Contact, Pack, Step, Text, Texts
from knowledge.plan import STOP_PAYMENT_NEEDS
from knowledge.wording import offences

#: A review that is overdue by more days than this is an error.
OVERDUE_DAYS = 90
#: Sources that may be linked: the publisher itself is the host. Swindlers often take over reprint hosts.
LINKABLE = ("official", "law", "community")

#: field, what is wrong and what to do, severity
Finding = tuple[str, str, str]

CHINESE = re.compile(r"[\u3400-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
LETTER = re.compile(r"[^\W\d_]")
#: Languages that are written with Chinese characters.
HAN_WRITTEN = ("zh", "ja", "yue")


def check(directory: Path, today: date) -> list[Problem]:
    """Every problem of the pack in ``directory`` as of ``today``, by file and line. Empty: nothing to do."""
    try:
        pack, places = load_with_places(directory)
    except PackError as error:
        return error.problems
    return _problems([*_meaning(pack), *_dates(pack, today)], places)


def check_meaning(pack: Pack, places: Places) -> list[Problem]:
    """The problems that do not depend on the day."""
    return _problems(_meaning(pack), places)


def shown_texts(pack: Pack) -> Iterator[tuple[str, Text, str]]:
    """Every text a person may read: its field, the text, its use (name, text, flag, question, document)."""
    yield "name", pack.name, "name"
    for name, phrase in pack.phrases.items():
        yield f"phrases.{name}", phrase, "text"
    for i, text in enumerate(pack.first_aid):
        yield f"first_aid[{i}]", text, "text"
    for name, text in pack.evidence.items():
        yield f"evidence.{name}", text, "text"
    for contact in pack.contacts.values():
        yield f"contacts[{contact.id}].name", contact.name, "name"
        yield from _parts("contacts", contact, ("where", "hours", "note"), "text")
    for channel in pack.channels.values():
        yield f"channels[{channel.id}].name", channel.name, "name"
    for platform in pack.platforms.values():
        yield f"platforms[{platform.id}].name", platform.name, "name"
    for step in pack.steps.values():
        yield from _parts("steps", step, ("title", "body", "why", "staff", "deadline"), "text")
    for flag in pack.red_flags.values():
        yield from _parts("red_flags", flag, ("name", "explanation"), "flag")
    for faq in pack.faq.values():
        yield f"faq[{faq.id}].question", faq.question, "question"
        yield f"faq[{faq.id}].answer", faq.answer, "text"
    for document in pack.documents.values():
        yield from _parts("documents", document, ("title", "body"), "document")
        for name, label in document.fields.items():
            yield f"documents[{document.id}].fields.{name}", label, "document"
    for own in pack.dialogue.values():
        for part in ("labels", "responses", "buttons"):
            for name, words in getattr(own, part).items():
                yield f"dialogue[{own.id}].{part}.{name}", {own.id: words}, "dialogue"


def _parts(kind: str, item: object, names: Iterable[str], use: str) -> Iterator[tuple[str, Text, str]]:
    for name in names:
        text = getattr(item, name)
        if text is not None:
            yield f"{kind}[{item.id}].{name}", text, use  # type: ignore[attr-defined]


def _problems(findings: Iterable[Finding], places: Places) -> list[Problem]:
    problems = []
    for field, message, severity in findings:
        place = place_of(field, places)
        problems.append(Problem(place.file, place.line, field, message, severity))
    return sorted(problems, key=lambda p: (p.file, p.line, p.field, p.message))


def _meaning(pack: Pack) -> Iterator[Finding]:
    rules: tuple[Callable[[Pack], Iterator[Finding]], ...] = (
        _required,
        _references,
        _reachable,
        _reach,
        _shared_numbers,
        _numbers_in_sources,
        _low_confidence,
        _placeholders,
        _languages,
        dialogue.findings,
        _typed_numbers,
        _patterns,
        _ambiguous,
        _wording,
    )
    for rule in rules:
        yield from rule(pack)


# --- what must exist, and what must resolve -----------------------------------------------------------


def _required(pack: Pack) -> Iterator[Finding]:
    for channel in CHANNELS:
        if channel not in pack.channels:
            yield "channels", f"`{channel}` is missing; a pack has all of {', '.join(CHANNELS)}", "error"
        if not any(channel in step.when.get("channels", ()) for step in pack.steps.values()):
            yield "steps", f"no step is for the channel `{channel}`; write at least one", "error"
    for name in STOP_PAYMENT_NEEDS:
        if name not in pack.evidence:
            yield "evidence", f"`{name}` is missing; the plan asks for it before a stop-payment", "error"
    police = pack.emergency["police"]
    if not any(step.stage == "now" and police in step.contacts for step in pack.steps.values()):
        yield "steps", f"no step of stage `now` has the contact `{police}`; the police come first", "error"


def _references(pack: Pack) -> Iterator[Finding]:
    for role, contact_id in pack.emergency.items():
        yield from _known(f"emergency.{role}", (contact_id,), pack.contacts, "contacts.yml")
    for contact in pack.contacts.values():
        at = f"contacts[{contact.id}]"
        yield from _known(f"{at}.sources", contact.sources, pack.sources, "sources.yml")
        yield from _known(f"{at}.shared_with", contact.shared_with, pack.contacts, "contacts.yml")
    for platform in pack.platforms.values():
        if platform.contact is not None:
            field = f"platforms[{platform.id}].contact"
            yield from _known(field, (platform.contact,), pack.contacts, "contacts.yml")
    for step in pack.steps.values():
        at = f"steps[{step.id}]"
        yield from _known(f"{at}.contacts", step.contacts, pack.contacts, "contacts.yml")
        yield from _known(f"{at}.evidence", step.evidence, pack.evidence, "pack.yml evidence")
        yield from _known(f"{at}.sources", step.sources, pack.sources, "sources.yml")
        for name in ("when", "unless"):
            platforms = getattr(step, name).get("platforms", ())
            yield from _known(f"{at}.{name}.platforms", platforms, pack.platforms, "platforms.yml")
    for flag in pack.red_flags.values():
        yield from _known(f"red_flags[{flag.id}].sources", flag.sources, pack.sources, "sources.yml")
    for faq in pack.faq.values():
        yield from _known(f"faq[{faq.id}].sources", faq.sources, pack.sources, "sources.yml")
        yield from _known(f"faq[{faq.id}].contacts", faq.contacts, pack.contacts, "contacts.yml")


def _known(field: str, ids: Iterable[str], among: Mapping[str, object], file: str) -> Iterator[Finding]:
    for i, id_ in enumerate(ids):
        if id_ not in among:
            # Several ids are a list in the file; one is a plain field.
            where = f"{field}[{i}]" if not field.endswith(".contact") and "emergency." not in field else field
            yield where, f"`{id_}` is not in {file}; correct it or add it there", "error"


def _reachable(pack: Pack) -> Iterator[Finding]:
    for step in pack.steps.values():
        for name, wanted in step.when.items():
            if set(wanted) <= set(step.unless.get(name, ())):
                field = f"steps[{step.id}].unless.{name}"
                yield field, "excludes everything `when` asks for: this step is never shown", "error"
            if name in CHOICES and set(wanted) == set(CHOICES[name]) and not _is_list(name):
                field = f"steps[{step.id}].when.{name}"
                yield (
                    field,
                    "lists every value, yet hides the step until it is answered; leave it out",
                    "warning",
                )


def _is_list(name: str) -> bool:
    return name in LIST_FIELDS


# --- contacts and sources -----------------------------------------------------------------------------


def _reach(pack: Pack) -> Iterator[Finding]:
    for role, contact_id in pack.emergency.items():
        contact = pack.contacts.get(contact_id)
        if contact is not None and not contact.phone:
            yield f"emergency.{role}", f"`{contact_id}` has no phone; an emergency contact needs one", "error"
    for contact in pack.contacts.values():
        way = "phone" if contact.phone else "url"
        if contact.where is not None:
            continue
        if contact.confidence not in SHOWABLE:
            field = f"contacts[{contact.id}].{way}"
            yield field, f"its confidence is {contact.confidence}: say `where` to find it instead", "error"
        known = [pack.sources[s] for s in contact.sources if s in pack.sources]
        if known and not any(source.confidence in SHOWABLE for source in known):
            field = f"contacts[{contact.id}].sources"
            yield field, f"no source is good enough to show a {way}: say `where` to find it instead", "error"


def _shared_numbers(pack: Pack) -> Iterator[Finding]:
    owners: dict[str, Contact] = {}
    for contact in pack.contacts.values():
        if not contact.phone:
            continue
        first = owners.setdefault(_digits(contact.phone), contact)
        if first is contact or contact.id in first.shared_with or first.id in contact.shared_with:
            continue
        field = f"contacts[{contact.id}].phone"
        remedy = f"correct one, or write `shared_with: [{first.id}]` if it is truly shared"
        yield field, f"`{first.id}` has the same number; {remedy}", "error"


def _numbers_in_sources(pack: Pack) -> Iterator[Finding]:
    """A number stands in what its source says, digit for digit: one wrong digit reaches somebody else."""
    for contact in pack.contacts.values():
        claims = [t for s in contact.sources if s in pack.sources for t in pack.sources[s].claim.values()]
        if not contact.phone or not claims:
            continue
        if not any(_stands_in(_digits(contact.phone), claim) for claim in claims):
            field = f"contacts[{contact.id}].phone"
            message = f"no source ({', '.join(contact.sources)}) says {contact.phone}; correct one of the two"
            yield field, message, "error"


def _stands_in(digits: str, claim: str) -> bool:
    """Whether ``digits`` is a whole number of ``claim``, however it is grouped there."""
    joined = re.sub(r"(?<=\d)[ ()-]+(?=\d)", "", claim)
    return re.search(rf"(?<!\d){digits}(?!\d)", joined) is not None


def _low_confidence(pack: Pack) -> Iterator[Finding]:
    """A rule or a deadline may not rest on a source that nobody could verify."""
    for source in pack.sources.values():
        at = f"sources[{source.id}]"
        if source.url and source.confidence not in LINKABLE:
            yield f"{at}.url", f"a {source.confidence} source is never linked; remove the url", "error"
        for name, text in (("title", source.title), ("url", source.url or ""), *source.claim.items()):
            if "[.]" in text:
                where = f"{at}.{name}" if name in ("title", "url") else f"{at}.claim.{name}"
                yield where, "holds the address of a dangerous site; leave it out of the pack", "error"
    for step in pack.steps.values():
        yield from _rests_on(pack, f"steps[{step.id}]", step.sources, step.deadline is not None)
    for faq in pack.faq.values():
        yield from _rests_on(pack, f"faq[{faq.id}]", faq.sources, False)


def _rests_on(pack: Pack, at: str, sources: Iterable[str], sets_deadline: bool) -> Iterator[Finding]:
    known = [pack.sources[s] for s in sources if s in pack.sources]
    if not known or any(source.confidence in SHOWABLE for source in known):
        return
    if sets_deadline:
        yield f"{at}.deadline", "rests only on sources of low confidence; a deadline needs a rule", "error"
    else:
        yield f"{at}.sources", "all are of low confidence; make sure the text states no rule", "warning"


def _dates(pack: Pack, today: date) -> Iterator[Finding]:
    for kind, items in (("contacts", pack.contacts), ("sources", pack.sources)):
        for item in items.values():
            at = f"{kind}[{item.id}]"
            if item.checked > today:
                yield f"{at}.checked", f"{item.checked} is in the future; write the day of the check", "error"
            if item.review_by <= item.checked:
                yield f"{at}.review_by", f"{item.review_by} is not after `checked`; give a later day", "error"
            late = (today - item.review_by).days
            if late > 0:
                message = f"the review was due {late} days ago; check it again and set both dates"
                yield f"{at}.review_by", message, "error" if late > OVERDUE_DAYS else "warning"


# --- texts --------------------------------------------------------------------------------------------


def _placeholders(pack: Pack) -> Iterator[Finding]:
    for field, text, use in shown_texts(pack):
        if use == "dialogue":  # filled with more than contacts: see rasa_project/dialogue.py
            continue
        document = re.match(r"documents\[(.+?)\]\.body$", field)
        declared = pack.documents[document.group(1)].fields if document else {}
        used = {language: set(PLACEHOLDER.findall(text[language])) for language in text}
        for language, names in used.items():
            for name in sorted(names):
                if name not in pack.contacts and name not in declared:
                    what = "no declared field and no contact" if document else "no contact of contacts.yml"
                    yield f"{field}.{language}", f"{{{name}}} is {what}", "error"
            if re.search(r"[{}]", PLACEHOLDER.sub("", text[language])):
                yield f"{field}.{language}", "has a brace that is no placeholder; write {contact_id}", "error"
        everything = set().union(*used.values())
        for language, names in used.items():
            for name in sorted(everything - names):
                yield (
                    f"{field}.{language}",
                    f"{{{name}}} is in another language only; add it here too",
                    "error",
                )
        if document:
            at = field.removesuffix(".body")
            for name in declared:
                if name not in everything:
                    yield f"{at}.fields.{name}", "is not used in the body; use it or remove it", "warning"
                if name in pack.contacts:
                    yield f"{at}.fields.{name}", "has the name of a contact; give it another name", "error"


def _languages(pack: Pack) -> Iterator[Finding]:
    """Untranslated texts, and texts whose paragraphs do not match."""
    for field, text, use in shown_texts(pack):
        zh = text.get("zh", "")
        if use != "name" and not CHINESE.search(zh) and len(LATIN_WORD.findall(PLACEHOLDER.sub("", zh))) > 2:
            yield f"{field}.zh", "is not in Chinese; translate it", "error"
        first = next(iter(text))
        for language, words in text.items():
            name = LANGUAGE_NAMES.get(language, language)
            chinese = CHINESE.findall(words)
            if language not in HAN_WRITTEN and len(chinese) > len(LETTER.findall(words)) - len(chinese):
                yield f"{field}.{language}", f"is not in {name}; translate it", "error"
            if len(words.split("\n")) != len(text[first].split("\n")):
                said = f"has not as many paragraphs as the {LANGUAGE_NAMES.get(first, first)} text"
                yield f"{field}.{language}", f"{said}; make them the same", "warning"


CALL = r"(?:拨打|拨|致电|打电话给?|电话|打|热线|call|dial|phone|ring|hotline|tel)\s*[:：]?\s*"
#: An amount, a time or a law article is no phone number.
UNIT = (
    r"(?!\s*(?:[元块万亿%天日个秒条年次]|小时|分钟|yuan|rmb|cny|days?|hours?|minutes?|seconds?|characters))"
)
BEFORE = re.compile(r"(?:第|article|articles|art\.|¥|\$|rmb|cny|no\.)\s*$", re.IGNORECASE)
ANY_NUMBER = re.compile(
    rf"{CALL}(?P<called>\d{{3,}})(?!\d){UNIT}"
    rf"|(?<!\d)(?<!\d[,.])(?P<service>[48]00[ -]?\d{{3,4}}[ -]?\d{{3,4}})(?!\d)"
    rf"|(?<!\d)(?<!\d[,.])(?P<long>\d{{5,}})(?!\d){UNIT}",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"https?://\S+|\bwww\.\S+|\b[a-z0-9-]+\.(?:com|cn|net|org|top|app)\b(?:\.cn)?", re.IGNORECASE
)
#: An ending that tells an authority's own site is advice, not an address.
OWN_ENDING = re.compile(r"(?<![\w-])\.?gov\.cn\b", re.IGNORECASE)


def _typed_numbers(pack: Pack) -> Iterator[Finding]:
    """Numbers and addresses come only from contacts.yml, so that one correction corrects all."""
    phones = sorted({_digits(c.phone) for c in pack.contacts.values() if c.phone}, key=lambda d: (-len(d), d))
    alternatives = "|".join("[ -]?".join(phone) for phone in phones) or "(?!)"
    contacts = re.compile(rf"(?<!\d)(?<!\d[,.])(?:{alternatives})(?!\d)(?![,.]\d){UNIT}", re.IGNORECASE)
    # A company may be called Booking.com.
    names = {
        a.lower()
        for _, text, use in shown_texts(pack)
        if use == "name"
        for w in text.values()
        for a in _addresses(w)
    }
    for field, text, use in shown_texts(pack):
        owner = re.match(r"contacts\[(.+?)\]", field)
        own = _digits(pack.contacts[owner.group(1)].phone or "") if owner else ""
        for language, words in text.items():
            plain = PLACEHOLDER.sub(" ", words)
            typed_here = [*_typed(plain, contacts)]
            if use != "name":
                typed_here += [address for address in _addresses(plain) if address.lower() not in names]
            for typed in typed_here:
                # A service may be named after its own number ("12345 hotline").
                if not own or _digits(typed) != own:
                    yield f"{field}.{language}", f"`{typed}` is typed; write {{contact_id}} instead", "error"


def _typed(words: str, contacts: re.Pattern[str]) -> Iterator[str]:
    text = unicodedata.normalize("NFKC", words)
    seen: list[tuple[int, int]] = []
    for pattern in (contacts, ANY_NUMBER):
        for match in pattern.finditer(text):
            name = match.lastgroup or 0
            start, end = match.span(name)
            if any(start < e and s < end for s, e in seen) or BEFORE.search(text[:start]):
                continue
            seen.append((start, end))
            yield match.group(name)


def _addresses(words: str) -> list[str]:
    return [match.group(0) for match in ADDRESS.finditer(OWN_ENDING.sub(" ", words))]


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def _patterns(pack: Pack) -> Iterator[Finding]:
    for flag in pack.red_flags.values():
        for language, patterns in flag.patterns.items():
            for i, pattern in enumerate(patterns):
                field = f"red_flags[{flag.id}].patterns.{language}[{i}]"
                try:
                    if re.compile(pattern, re.IGNORECASE).search(""):
                        yield (
                            field,
                            "matches an empty text, so it matches everything; make it narrower",
                            "error",
                        )
                except re.error as error:
                    yield field, f"is no regular expression: {error}", "error"


def _ambiguous(pack: Pack) -> Iterator[Finding]:
    """A word must lead to one platform, and a question to one answer."""
    aliases = {id_: platform.aliases for id_, platform in pack.platforms.items()}
    yield from _twice("platforms", "aliases", aliases)
    yield from _twice("faq", "wordings", {id_: faq.wordings for id_, faq in pack.faq.items()})
    yield from _twice("channels", "cues", {id_: channel.cues for id_, channel in pack.channels.items()})


def _twice(kind: str, name: str, by_id: Mapping[str, Texts]) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for id_, texts in by_id.items():
        for language, words in texts.items():
            for i, word in enumerate(words):
                owner = owners.setdefault(unicodedata.normalize("NFKC", word).casefold(), id_)
                if owner != id_:
                    field = f"{kind}[{id_}].{name}.{language}[{i}]"
                    yield field, f"`{word}` also stands for `{owner}`; keep it in one", "error"


#: Which wording rules do not hold where: a flag and a question may repeat what swindlers say.
EXEMPT: Mapping[str, tuple[str, ...]] = {
    "name": ("promise", "percentage", "blame", "false deadline", "minimum amount", "victim", "address"),
    "flag": ("promise", "percentage", "false deadline", "minimum amount"),
    "question": ("promise", "percentage", "blame", "false deadline", "minimum amount"),
    "document": ("victim", "address"),
}


def _wording(pack: Pack) -> Iterator[Finding]:
    for field, text, use in shown_texts(pack):
        for language, words in text.items():
            for rule, found in offences(words, language):
                if rule.id not in EXEMPT.get(use, ()):
                    yield f"{field}.{language}", f"`{found}` {rule.message}", rule.severity


# --- counts -------------------------------------------------------------------------------------------


def counts(pack: Pack) -> dict[str, str]:
    """What there is, for people: label -> value."""
    texts = [text for _, text, _ in shown_texts(pack)]
    dates = [item.checked for items in (pack.contacts, pack.sources) for item in items.values()]
    by_stage: dict[str, list[Step]] = {}
    for step in pack.steps.values():
        by_stage.setdefault(step.stage, []).append(step)
    stages = ", ".join(f"{stage} {len(steps)}" for stage, steps in by_stage.items())
    numbers = sum(1 for contact in pack.contacts.values() if contact.phone)
    return {
        "contacts": f"{len(pack.contacts)} ({numbers} with a number)",
        "platforms": str(len(pack.platforms)),
        "steps": f"{len(pack.steps)} ({stages})",
        "red flags": str(len(pack.red_flags)),
        "FAQ": str(len(pack.faq)),
        "documents": str(len(pack.documents)),
        "sources": str(len(pack.sources)),
        "texts": ", ".join(
            f"{LANGUAGE_NAMES.get(language, language)} {sum(1 for t in texts if language in t)}"
            for language in pack.languages
        ),
        "oldest check": min(dates).isoformat() if dates else "none",
    }
