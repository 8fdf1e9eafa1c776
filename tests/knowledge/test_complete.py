"""The pack of mainland China is complete: no fact is forgotten, the questions are asked in enough ways."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from knowledge.load import load
from knowledge.pack import PLACEHOLDER, Faq, Pack

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = ROOT / "docs" / "left-out.md"
FACTS = ROOT.parent / "shared" / "facts" / "cn.md"  # the fact base, kept outside the repository on purpose
MEASURING = ROOT.parent / "shared" / "eval"
#: What a person may be shown. A document is a form to fill in: it cites nothing.
CITING = ("contacts", "steps", "red_flags", "faq")

FEWEST_QUESTIONS = 68
FEWEST_WORDINGS = 6
#: Longer answers are not read by somebody in distress.
LONGEST_ANSWER = {"zh": 200, "en": 100}  # characters, words
TOO_ALIKE = 0.5


@cache
def pack() -> Pack:
    return load(ROOT / "knowledge" / "cn")


@cache
def cited() -> frozenset[str]:
    return frozenset(s for kind in CITING for item in getattr(pack(), kind).values() for s in item.sources)


def left_out(page: str) -> dict[str, str]:
    """Source id -> reason, from the rows of the page's table."""
    rows = re.findall(r"^\| *([A-Z]+(?:-\d+)?\.\d+) *\|[^|\n]*\|([^|\n]*)\|$", page, re.M)
    assert len({id_ for id_, _ in rows}) == len(rows), "a fact has two rows"
    return {id_: reason.strip() for id_, reason in rows}


def listed() -> dict[str, str]:
    return left_out(LEFT_OUT.read_text(encoding="utf-8"))


def ids_of(facts: str) -> list[str]:
    """The ids of the fact base's rows."""
    return re.findall(r"^\| *([A-Z]+-\d+\.\d+) *\|", facts, re.M)


def grams(text: str) -> frozenset[str]:
    """The runs of four letters of a text; a shorter one is one run."""
    letters = re.sub(r"[\W_]+", "", text.lower())
    return frozenset(letters[i : i + 4] for i in range(max(1, len(letters) - 3)))


# --- facts --------------------------------------------------------------------------------------------


def test_every_source_is_used_or_left_out_for_a_reason() -> None:
    forgotten = set(pack().sources) - cited() - set(listed())
    assert not forgotten, f"cite them, or give the reason in docs/left-out.md: {sorted(forgotten)}"


def test_what_is_left_out_is_used_nowhere() -> None:
    both = cited() & set(listed())
    assert not both, f"they are cited: take their rows out of docs/left-out.md: {sorted(both)}"


def test_what_is_left_out_exists_and_has_a_reason() -> None:
    assert set(listed()) <= set(pack().sources)
    assert not [id_ for id_, reason in listed().items() if len(reason.split()) < 6]


def test_every_row_of_the_page_is_understood() -> None:
    """A row that is written differently would be passed over in silence."""
    rows = [line for line in LEFT_OUT.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert len(rows) - 2 == len(listed())


def test_every_fact_of_the_fact_base_is_on_record() -> None:
    if not FACTS.is_file():
        pytest.skip("the fact base is not here: nothing to compare with")
    facts = ids_of(FACTS.read_text(encoding="utf-8"))
    assert len(facts) > 100, "the fact base was not read"
    assert not [id_ for id_ in facts if id_ not in pack().sources]


# --- questions ----------------------------------------------------------------------------------------


def test_there_are_enough_questions() -> None:
    assert len(pack().faq) >= FEWEST_QUESTIONS


@pytest.mark.parametrize("faq", pack().faq.values(), ids=lambda faq: faq.id)
def test_a_question_is_asked_in_several_ways(faq: Faq) -> None:
    for language in pack().languages:
        ways = {re.sub(r"[\W_]+", "", words.lower()) for words in faq.wordings[language]}
        assert len(ways) >= FEWEST_WORDINGS, language


@pytest.mark.parametrize("faq", pack().faq.values(), ids=lambda faq: faq.id)
def test_an_answer_is_short(faq: Faq) -> None:
    assert len(faq.answer["zh"]) <= LONGEST_ANSWER["zh"]
    assert len(faq.answer["en"].split()) <= LONGEST_ANSWER["en"]


@pytest.mark.parametrize("faq", pack().faq.values(), ids=lambda faq: faq.id)
def test_who_is_named_in_an_answer_is_on_its_card(faq: Faq) -> None:
    """The card is what can be dialled: a number in the words alone would have to be copied."""
    named = set(PLACEHOLDER.findall(faq.answer["zh"]))
    assert named <= set(faq.contacts)


def test_the_measuring_texts_are_no_wordings() -> None:
    if not MEASURING.is_dir():
        pytest.skip("the measuring texts are not here: nothing to compare with")
    rows = [line for file in MEASURING.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    measured = [grams(json.loads(row)["text"]) for row in rows if row.strip()]
    assert measured
    # Only our own side is shown: some of the measured texts must not appear in logs.
    copied = [
        (faq.id, words)
        for faq in pack().faq.values()
        for language in pack().languages
        for words in faq.wordings[language]
        if any(len(grams(words) & m) > TOO_ALIKE * len(grams(words) | m) for m in measured)
    ]
    assert not copied, copied


# --- the tests themselves -----------------------------------------------------------------------------


def test_rows_are_read_as_written() -> None:
    page = "| fact | says | why |\n|---|---|---|\n| CN-1.40 | a | b c |\n| S.4 | d | e |\ntext\n"
    assert left_out(page) == {"CN-1.40": "b c", "S.4": "e"}
    assert ids_of("| id | zh |\n|---|---|\n| CN-1.01 | x |\n| CN-10.04 | y |\n") == ["CN-1.01", "CN-10.04"]
