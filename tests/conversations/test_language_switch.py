"""The language: switched by button, by word or by speaking it, at any place; every answer is kept."""

from __future__ import annotations

import pytest

from tests.conversations.phrases import Talk, at_elapsed, at_offer, at_plan

BOTH_WAYS = [("zh", "en"), ("en", "zh")]


@pytest.mark.parametrize(("language", "other"), BOTH_WAYS)
@pytest.mark.parametrize("where", [at_elapsed, at_plan, at_offer])
def test_by_button_everything_is_kept(talk: Talk, language: str, other: str, where: object) -> None:
    chat = where(talk, language)  # type: ignore[operator]
    before, question = chat.case, chat.question
    chat._turn(payload=f'/switch_language{{"language":"{other}"}}')
    assert {m["lang"] for m in chat.last} == {other}
    assert chat.question == question
    assert chat.case == {**before, "language": other}


@pytest.mark.parametrize(
    ("language", "words", "other"),
    [("zh", "English please", "en"), ("en", "请说中文", "zh"), ("en", "中文", "zh")],
)
def test_by_word(talk: Talk, language: str, words: str, other: str) -> None:
    chat = at_elapsed(talk, language)
    chat.say(words)
    assert chat.last[-1]["lang"] == other
    assert chat.question == "elapsed"
    chat.press("finish")
    assert {m["lang"] for m in chat.last} == {other}


@pytest.mark.parametrize(
    ("language", "words", "other"),
    [
        ("zh", "I was scammed and sent 2000 dollars by bank transfer", "en"),
        ("en", "我被骗了，用银行卡转了两万块", "zh"),
    ],
)
def test_it_follows_the_first_message(talk: Talk, language: str, words: str, other: str) -> None:
    chat = talk(language)
    chat.say(words)
    assert chat.last[-1]["lang"] == other
    assert chat.case["language"] == other
