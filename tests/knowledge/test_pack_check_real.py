"""The pack for mainland China, spoiled in one place at a time: each mistake is found, with file, line, field, reason.

Steps and answers are chosen by what they are, not by their words, so the texts may change under these tests.
"""

# ruff: noqa: E501 - a mutation a line reads best

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

import knowledge
from knowledge.build import build
from knowledge.check import check
from knowledge.checking import contacts
from knowledge.load import Places, load_with_places
from knowledge.pack import PLACEHOLDER, Pack
from knowledge.store import open_pack

REAL = Path(knowledge.__file__).parent / "cn"
PACK, PLACES = load_with_places(REAL)
TODAY = max(item.checked for items in (PACK.contacts, PACK.sources) for item in items.values())

#: where to begin, what is there, what somebody makes of it, field of the problem, part of the reason
Mutation = tuple[str, str, str, str, str]


def first_step(test: Callable[..., object]) -> str:
    return next(step.id for step in PACK.steps.values() if test(step))


STEP = first_step(lambda step: step.contacts and step.evidence)
CALLING = first_step(lambda step: PLACEHOLDER.search(step.body["zh"]) and PLACEHOLDER.search(step.body["en"]))
LIMITED = first_step(lambda step: step.deadline)
FAQ = next(iter(PACK.faq))
FLAG = next(iter(PACK.red_flags))
PLATFORM = next(p.id for p in PACK.platforms.values() if p.contact)
CALLED = PLACEHOLDER.search(PACK.steps[CALLING].body["en"]).group(0)  # type: ignore[union-attr]


def opening(field: str, language: str) -> str:
    """The first words of a text: what a mutation puts its own sentence in front of."""
    kind, id_, name = re.fullmatch(r"(\w+)\[(\w+)\]\.(\w+)", field).groups()  # type: ignore[union-attr]
    return str(getattr(getattr(PACK, kind)[id_], name)[language].split("\n")[0][:6])


def says(field: str, language: str, sentence: str, reason: str) -> Mutation:
    """``sentence`` put before the text of ``field``."""
    words = opening(field, language)
    return f"{field}.{language}", words, sentence + words, f"{field}.{language}", reason


MUTATIONS: dict[str, Mutation] = {
    "a digit of a bank's number": ("contacts[icbc].phone", "95588", "95586", "contacts[icbc].phone", "no source"),
    "a digit of the police number": ("contacts[police_110].phone", "110", "119", "contacts[police_110].phone", "no source"),
    "another bank's number": ("contacts[icbc].phone", "95588", "95568", "contacts[cmbc].phone", "same number"),
    "State Grid's number for a bank": ("contacts[ceb].phone", "95595", "95598", "contacts[ceb].phone", "国家电网"),
    "State Grid's number with a country code": ("contacts[ceb].phone", "95595", "+86 95598", "contacts[ceb].phone", "国家电网"),
    "another owner's number of the same list": ("contacts[taobao].phone", "9510211", "95118", "contacts[taobao].phone", "of `jd`"),
    "a letter for a digit": ("contacts[icbc].phone", "95588", "9558B", "contacts[icbc].phone", "Digits, spaces"),
    "a small L for a one": ("contacts[police_110].phone", "110", "1l0", "contacts[police_110].phone", "Digits, spaces"),
    "a number of nobody's own page": ("contacts[pingan].where", "where:", 'phone: "95511"\n    where:', "contacts[pingan].where", "exactly one of"),
    "a letter of an address": ("contacts[jcard].url", "www.jcard.cn", "www.jcarb.cn", "contacts[jcard].url", "looks like jcard.cn"),
    "two letters of an address swapped": ("contacts[jcard].url", "jcard", "jcrad", "contacts[jcard].url", "looks like jcard.cn"),
    "another host": ("contacts[jcard].url", "www.jcard.cn", "help.example.cn", "contacts[jcard].url", "names help.example.cn"),
    "another host behind an @": ("contacts[jcard].url", "www.jcard.cn", "www.jcard.cn@example.cn", "contacts[jcard].url", "before `@`"),
    "a Cyrillic letter in an address": ("contacts[jcard].url", "www.jcard.cn", "www.jсard.cn", "contacts[jcard].url", "pass for others"),
    "a number with letters as a host": ("sources[CN-1.05].url", "gaj.cq.gov.cn", "96ll0.cc", "sources[CN-1.05].url", "letters for digits"),
    "a page of somebody else": ("contacts[police_110].pages", "gaj.cq.gov.cn", "example.com", "contacts[police_110].pages[0]", "no source"),
    "a source that is not there": ("contacts[police_110].sources", "CN-1.01", "CN-1.99", "contacts[police_110].sources[1]", "not in sources.yml"),
    "a source nobody could verify": ("contacts[alipay].confidence", "reprint", "unverified", "contacts[alipay].phone", "its confidence"),
    "the number of a claim": ("sources[CN-2.19].claim", "95527", "95572", "contacts[czbank].phone", "no source"),
    "the confidence of a claim": ("sources[CN-2.19].confidence", "community", "unverified", "contacts[czbank].sources", "good enough"),
    "a link to a reprint": ("sources[CN-1.01].confidence", "confidence: reprint", "confidence: reprint\n    url: http://example.cn", "sources[CN-1.01].url", "never linked"),
    "a dangerous address": ("sources[CN-1.01].title", "公安部", "evil[.]cc", "sources[CN-1.01].title", "dangerous"),
    "a wrong number without a source": ("never_show[0]", "CN-3.13", "CN-3.99", "never_show[0].sources[1]", "not in sources.yml"),
    "a review long past": ("contacts[icbc].review_by", f"{PACK.contacts['icbc'].review_by}", f"{TODAY - timedelta(91)}", "contacts[icbc].review_by", "the review was due 91 days ago"),
    "a check in the future": ("sources[CN-1.01].checked", f"{PACK.sources['CN-1.01'].checked}", f"{TODAY + timedelta(1)}", "sources[CN-1.01].checked", "in the future"),
    "a day that does not exist": ("contacts[icbc].checked", f"{PACK.contacts['icbc'].checked}", "2026-02-30", "contacts[icbc].checked", "no date"),
    "an English text gone": ("contacts[icbc].name.en", "en:", "# en:", "contacts[icbc].name.en", "English text is missing"),
    "a Chinese phrase in English": ("phrases.no_secrets.zh", PACK.phrases["no_secrets"]["zh"], PACK.phrases["no_secrets"]["en"].replace(":", ","), "phrases.no_secrets.zh", "not in Chinese"),
    "a figure of one language": ("contacts[mental_12356].hours.en", "18 hours", "8 hours", "contacts[mental_12356].hours.en", "no showable claim"),
    "an hour that no source has": ("contacts[mental_12356].hours.zh", "18小时", "20小时", "contacts[mental_12356].hours.zh", "no showable claim"),
    "an unknown contact of a step": (f"steps[{STEP}].contacts", PACK.steps[STEP].contacts[0], "nobody", f"steps[{STEP}].contacts[0]", "not in contacts.yml"),
    "an unknown evidence of a step": (f"steps[{STEP}].evidence", PACK.steps[STEP].evidence[0], "nothing", f"steps[{STEP}].evidence[0]", "not in pack.yml"),
    "an unknown source of a step": (f"steps[{STEP}].sources", PACK.steps[STEP].sources[0], "CN-9.99", f"steps[{STEP}].sources[0]", "not in sources.yml"),
    "an unknown source of a flag": (f"red_flags[{FLAG}].sources", PACK.red_flags[FLAG].sources[0], "CN-9.99", f"red_flags[{FLAG}].sources[0]", "not in sources.yml"),
    "an unknown contact of a platform": (f"platforms[{PLATFORM}].contact", f"contact: {PACK.platforms[PLATFORM].contact}", "contact: nobody", f"platforms[{PLATFORM}].contact", "not in contacts.yml"),
    "a placeholder in one language": (f"steps[{CALLING}].body.en", CALLED, "them", f"steps[{CALLING}].body.en", "other language only"),
    "a placeholder of nobody": (f"steps[{CALLING}].body.en", CALLED, "{nobody}", f"steps[{CALLING}].body.en", "no contact"),
    "a number typed for a placeholder": (f"steps[{CALLING}].body.en", CALLED, "call 95588", f"steps[{CALLING}].body.en", "is typed"),
    "a number never to be shown": says(f"faq[{FAQ}].answer", "zh", "请打95598。", "国家电网"),
    "a number in letters": says(f"faq[{FAQ}].answer", "zh", "请打96ll0。", "reads as 96110"),
    "a number in words": says(f"faq[{FAQ}].answer", "zh", "请打九六一一零。", "reads as 96110"),
    "a number in full width": says(f"faq[{FAQ}].answer", "zh", "请打９５５８８。", "is typed"),
    "an address in a text": says(f"faq[{FAQ}].answer", "en", "See www.example.com. ", "is typed"),
    "a promise": says(f"faq[{FAQ}].answer", "zh", "您的钱一定能追回。", "promises"),
    "an English promise": says(f"faq[{FAQ}].answer", "en", "You will get your money back. ", "promises"),
    "a percentage": says(f"steps[{STEP}].why", "zh", "九成的钱能止住。", "percentage"),
    "blame": says(f"steps[{STEP}].staff", "en", "You should have known. ", "blames"),
    "a false deadline": says(f"steps[{STEP}].body", "zh", "过了30分钟就来不及了。", "deadline"),
    "a minimum amount": says(f"steps[{STEP}].why", "en", "It must be over 3,000 yuan for the police to accept it. ", "minimum amount"),
    "a limit that no source sets": says(f"steps[{STEP}].body", "en", "They answer within 97 days. ", "no showable claim"),
    "an article that no source has": says(f"faq[{FAQ}].answer", "zh", "见第997条。", "no showable claim"),
    "a deadline from memory": (f"steps[{LIMITED}].sources", "[" + ", ".join(PACK.steps[LIMITED].sources) + "]", "[CN-1.14]", f"steps[{LIMITED}].deadline", "low confidence"),
    "an id used twice": ("contacts[abc].id", "id: abc", "id: icbc", "contacts[icbc].id", "used twice"),
    "a misspelt field": ("contacts[icbc].phone", "phone:", "phon:", "contacts[icbc].phon", "did you mean `phone`"),
}  # fmt: skip


def spoil(directory: Path, mutation: Mutation, places: Places) -> None:
    """Replaces the first ``old`` from the line on where the field was written."""
    field, old, new, _, _ = mutation
    place = places[field]
    path = directory / place.file
    lines = path.read_text("utf-8").splitlines(keepends=True)
    before, rest = "".join(lines[: place.line - 1]), "".join(lines[place.line - 1 :])
    assert old in rest, f"{old!r} is not in {place.file} after line {place.line}"
    path.write_text(before + rest.replace(old, new, 1), "utf-8")


def test_the_pack_itself_has_no_error() -> None:
    assert [str(p) for p in check(REAL, TODAY) if p.severity == "error"] == []


def test_pages_and_numbers_never_shown_survive_the_build(tmp_path: Path) -> None:
    opened = open_pack(build(REAL, tmp_path / "cn.sqlite"))
    assert PACK.never_show and any(contact.pages for contact in PACK.contacts.values())
    assert opened.never_show == PACK.never_show
    assert opened.contacts == PACK.contacts


def test_there_are_thirty_kinds_of_mutation() -> None:
    assert len(MUTATIONS) >= 30


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_of_the_pack_is_found(tmp_path: Path, name: str) -> None:
    directory = Path(shutil.copytree(REAL, tmp_path / "cn"))
    spoil(directory, MUTATIONS[name], PLACES)
    *_, field, reason = MUTATIONS[name]
    problems = [p for p in check(directory, TODAY) if p.severity == "error"]
    found = [p for p in problems if p.field == field and reason in p.message]
    assert found, [str(p) for p in problems]
    assert 0 < found[0].line <= len((directory / found[0].file).read_text("utf-8").splitlines())


def slips(phone: str) -> Iterator[str]:
    """``phone`` with one digit changed, left out or typed twice, or two neighbours swapped; never ``phone`` itself."""
    places = [i for i, c in enumerate(phone) if c.isdigit()]
    for i in places:
        yield from (phone[:i] + digit + phone[i + 1 :] for digit in "0123456789" if digit != phone[i])
        yield phone[:i] + phone[i + 1 :]
        yield phone[: i + 1] + phone[i:]
    for i, j in pairwise(places):
        if phone[i] != phone[j]:
            swapped = list(phone)
            swapped[i], swapped[j] = phone[j], phone[i]
            yield "".join(swapped)


def with_phone(pack: Pack, id_: str, phone: str) -> Pack:
    return replace(pack, contacts={**pack.contacts, id_: replace(pack.contacts[id_], phone=phone)})


def test_no_slip_of_a_digit_passes_in_any_number_of_the_pack() -> None:
    tried = 0
    passed = []
    for contact in PACK.contacts.values():
        for slip in slips(contact.phone or ""):
            tried += 1
            if not any(severity == "error" for *_, severity in contacts.findings(with_phone(PACK, contact.id, slip))):
                passed.append((contact.id, contact.phone, slip))
    assert tried > 3500
    assert passed == []


#: One owner has both.
SAID_TOGETHER = ({"consular_12308", "consular_12308_b"},)


def test_no_two_contacts_of_a_kind_can_exchange_their_numbers() -> None:
    """Both numbers stay in the pack and both stand in a source: only the owner's name tells."""
    numbered = [contact for contact in PACK.contacts.values() if contact.phone]
    passed = []
    for one in numbered:
        for other in numbered:
            if one.id < other.id and one.kind == other.kind and {one.id, other.id} not in SAID_TOGETHER:
                pack = with_phone(with_phone(PACK, one.id, other.phone or ""), other.id, one.phone or "")
                if not list(contacts.findings(pack)):
                    passed.append((one.id, other.id))
    assert passed == []


def test_a_review_warns_first_and_fails_after_ninety_days() -> None:
    due = min(item.review_by for items in (PACK.contacts, PACK.sources) for item in items.values())

    def severities(day: date) -> set[str]:
        return {p.severity for p in check(REAL, day) if p.field.endswith("review_by")}

    assert severities(due) == set()
    assert severities(due + timedelta(90)) == {"warning"}
    assert "error" in severities(due + timedelta(91))
