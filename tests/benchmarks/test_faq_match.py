"""The leave-one-out match of the FAQ wordings, and how well the pack's own questions can be told apart."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.faq_match import PACK, Match, Wording, accuracy, leave_one_out, matched, report
from knowledge.load import load

#: Below this, people would too often get the answer to another question. It may be raised, never lowered.
LOWEST_ACCURACY = 0.85

ASKED = [
    Wording("small", "en", "Is a small sum worth it?", is_question=True),
    Wording("small", "en", "is a small sum worth it"),
    Wording("small", "en", "only a little money"),
    Wording("late", "en", "am i too late"),
]
VECTORS = np.array([[1.0, 0.0], [1.0, 0.0], [0.8, 0.6], [0.0, 1.0]])


def test_a_wording_is_matched_with_the_others_alone() -> None:
    first, second, third = leave_one_out(ASKED, VECTORS)
    # Not with itself, nor with its question in other signs.
    assert (first.nearest.text, first.right) == ("only a little money", True)
    assert second.right
    assert (third.nearest.text, third.right) == ("only a little money", False)
    assert third.score == pytest.approx(0.6)


def test_a_question_is_no_wording_to_count() -> None:
    assert [match.wording.is_question for match in leave_one_out(ASKED, VECTORS)] == [False] * 3


def test_accuracy_is_of_one_language() -> None:
    zh, en = Wording("a", "zh", "一"), Wording("a", "en", "one")
    other = Wording("b", "en", "two")
    matches = [Match(zh, en, 0.9), Match(en, zh, 0.9), Match(other, en, 0.7)]
    assert accuracy(matches, "zh") == 1.0
    assert accuracy(matches, "en") == 0.5


def test_the_report_names_what_is_confused() -> None:
    text = report(leave_one_out(ASKED, VECTORS), ["en"], threshold=0.7)
    assert "2 of 3 (67 %)" in text
    assert "late: am i too late  ->  small: only a little money" in text


def test_the_questions_of_the_pack_can_be_told_apart() -> None:
    pack = load(PACK)
    matches = matched(pack)
    assert len(matches) > 700
    for language in pack.languages:
        assert accuracy(matches, language) >= LOWEST_ACCURACY, language
