"""How hard texts are: the published formula, Chinese sentences, the order, the warnings."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.check import check
from knowledge.load import load
from knowledge.readability import GRADE_BOUND, chinese, grade, readings, syllables
from tests.knowledge.pack_files import FIXTURE, TODAY, copy_of, edit

LONG = (
    "Notwithstanding considerable administrative complications, telecommunications authorities occasionally"
    " investigate extraordinarily complicated international financial irregularities after receiving"
    " documentation from representatives."
)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("the", 1), ("call", 1), ("scene", 1), ("called", 1), ("takes", 1), ("48", 1), ("QR", 1)),
        *(("wanted", 2), ("single", 2), ("boxes", 2), ("money", 2), ("recovery", 4), ("immediately", 5)),
    ],
)
def test_syllables_are_those_that_are_heard(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_the_published_formula() -> None:
    text = "Call the police now and say what the man did. Keep the bill and the chat and do not pay him more."
    # 22 words of 23 syllables ("police" has two) in 2 sentences
    assert len(text.split()) == 22
    assert grade(text) == pytest.approx(0.39 * 22 / 2 + 11.8 * 23 / 22 - 15.59, abs=0.001)


def test_a_short_text_has_no_grade() -> None:
    assert grade("Call {police_110} first.") is None


def test_chinese_is_measured_by_sentence_and_clause() -> None:
    found = chinese("先打 {police_110}。照着转账凭证，把对方的户名、账号、金额一字不差地告诉警察。")
    assert found.longest == 25
    assert found.mean == pytest.approx((4 + 25) / 2)
    assert found.clauses == 2
    assert chinese("").longest == 0


def test_the_worst_text_comes_first(tmp_path: Path) -> None:
    directory = copy_of(tmp_path)
    edit(directory, "faq.yml", "Yes. Call", f"{LONG} Call")
    first = readings(load(directory))[0]
    assert first.field == "faq[small_amount].answer"
    assert first.grade is not None and first.grade > GRADE_BOUND and first.strain > 1


def test_a_hard_text_is_a_warning_and_no_error(tmp_path: Path) -> None:
    directory = copy_of(tmp_path)
    edit(directory, "faq.yml", "Yes. Call", f"{LONG} Call")
    edit(directory, "faq.yml", "值得。", "值得" + "，请您先看一看这一句很长很长的话" * 4 + "。")
    found = [(p.field, p.severity) for p in check(directory, TODAY)]
    assert found == [("faq[small_amount].answer.en", "warning"), ("faq[small_amount].answer.zh", "warning")]


def test_the_command_prints_each_text_and_the_middle(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(FIXTURE), "--readability"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == 1 + len(readings(load(FIXTURE)))
    assert main(["check", str(FIXTURE), "--today", str(TODAY)]) == 0
    assert "readability:  Chinese " in capsys.readouterr().out
