"""Side questions, offers, crisis, language, other talk: the open question always comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.case import LANGUAGES
from tests.chat import Chat

Talk = Callable[..., Chat]

SIDE_QUESTIONS = {"zh": "这个钱还能追回来吗", "en": "can I get my money back?"}
OFFERS = {
    "zh": "有个黑客说百分之百能帮我把钱追回来,要先交手续费",
    "en": "a hacker says he guarantees to recover my money if I pay a fee first",
}
CRISIS = {"zh": "我不想活了", "en": "I want to kill myself"}
PRESSED = {
    "zh": "他现在还在电话里逼我转账,不让我挂电话",
    "en": "he is on the phone right now pressing me to transfer more",
}
UNRELATED = {"zh": "今天天气怎么样", "en": "what is the weather like today"}
WHY = {"zh": "为什么要问这个", "en": "why do you ask?"}


def at_reported(talk: Talk, language: str) -> Chat:
    """A conversation with the question ``elapsed`` open."""
    chat = talk(language)
    chat.answer("situation", "lost_money")
    chat.answer("channels", "bank_card")
    chat.answer("channels_complete", "yes")
    chat.press("skip")
    assert chat.question == "elapsed"
    return chat


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", [SIDE_QUESTIONS, UNRELATED, WHY], ids=["faq", "unrelated", "why"])
def test_the_open_question_comes_back(talk: Talk, language: str, text: dict[str, str]) -> None:
    chat = at_reported(talk, language)
    before = chat.case
    messages = chat.say(text[language])
    assert len(messages) >= 2
    assert chat.question == "elapsed"
    assert chat.case == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offer_interrupts_is_marked_and_warned_of(talk: Talk, language: str) -> None:
    chat = at_reported(talk, language)
    chat.say(OFFERS[language])
    assert chat.warned
    (card,) = chat.cards("offer_check")
    assert card["flags"]
    for flag in card["flags"]:
        assert 0 <= flag["start"] < flag["end"] <= len(card["text"])
        assert flag["explanation"]
    assert chat.question == "elapsed"
    assert chat.case["recovery"] == "offered"
    assert chat.case["situation"] == "lost_money"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offer_as_the_first_message(talk: Talk, language: str) -> None:
    chat = talk(language)
    chat.say(OFFERS[language])
    assert chat.warned
    assert chat.case["situation"] == "recovery_offer"


@pytest.mark.parametrize("language", LANGUAGES)
def test_checking_a_message_after_the_plan(talk: Talk, language: str) -> None:
    chat = at_reported(talk, language)
    chat.press("finish")
    chat.press("check_offer")
    assert chat.question == "offer_text"
    chat.say(OFFERS[language])
    assert chat.cards("offer_check") and chat.warned
    assert "/show_plan" in chat.payloads
    chat.press("check_offer")
    chat.press("go_on")
    assert "/show_plan" in chat.payloads


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", ["first", "middle", "after", "offer"])
def test_crisis_comes_before_everything_and_there_is_a_way_back(
    talk: Talk, language: str, where: str
) -> None:
    chat = talk(language) if where == "first" else at_reported(talk, language)
    if where in ("after", "offer"):
        chat.press("finish")
    if where == "offer":
        chat.press("check_offer")
    chat.say(CRISIS[language])
    kinds = [card["kind"] for card in chat.cards("warning")]
    assert kinds[0] == "crisis"
    assert chat.question is None, "no question on top of a crisis"
    for number in ("110", "120", "12356"):
        assert number in chat.text
    chat.press("go_on")
    assert chat.last


@pytest.mark.parametrize("language", LANGUAGES)
def test_pressed_right_now(talk: Talk, language: str) -> None:
    chat = at_reported(talk, language)
    chat.say(PRESSED[language])
    assert "pressure" in [card["kind"] for card in chat.cards("warning")]
    assert chat.question
    assert chat.case["situation"] == "being_pressured_now"


@pytest.mark.parametrize(("language", "other"), [("zh", "en"), ("en", "zh")])
def test_the_language_changes_by_button_and_every_answer_is_kept(
    talk: Talk, language: str, other: str
) -> None:
    chat = at_reported(talk, language)
    before = chat.case
    chat._turn(payload=f'/switch_language{{"language":"{other}"}}')
    assert {m["lang"] for m in chat.last} == {other}
    assert chat.question == "elapsed"
    assert chat.case == {**before, "language": other}


@pytest.mark.parametrize(
    ("language", "words", "other"),
    [("zh", "English please", "en"), ("en", "请说中文", "zh"), ("en", "中文", "zh")],
)
def test_the_language_changes_by_word(talk: Talk, language: str, words: str, other: str) -> None:
    chat = at_reported(talk, language)
    chat.say(words)
    assert chat.last[-1]["lang"] == other
    assert chat.question == "elapsed"
    chat.press("finish")
    assert {m["lang"] for m in chat.last} == {other}


def test_the_language_follows_the_first_message(talk: Talk) -> None:
    chat = talk("zh")
    chat.say("I was scammed and sent 2000 dollars by bank transfer")
    assert chat.last[-1]["lang"] == "en"
    assert chat.case["language"] == "en"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", [{"zh": "跳过", "en": "skip"}])
def test_skip_by_word(talk: Talk, language: str, text: dict[str, str]) -> None:
    chat = at_reported(talk, language)
    chat.say(text[language])
    assert chat.question == "amount"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_unrelated_starts_a_plan(talk: Talk, language: str) -> None:
    chat = talk(language)
    chat.say(UNRELATED[language])
    assert chat.question == "situation"
    assert not chat.steps
