"""The decisions of the case reader, from evidence to intent, without Rasa."""

from __future__ import annotations

import pytest

from knowledge.case import Money
from knowledge.reading import Reading
from rasa_project.components.case_reader import Decision, Evidence, decide, entities_of
from rasa_project.components.intent_classifier import FaqMatch

LOST = (("lost_money", 0.9), ("not_paid_yet", 0.05))
CHAT = (("out_of_scope", 0.9), ("greet", 0.05))


def decided(text: str, rules: Reading, ranking: tuple[tuple[str, float], ...], **more: object) -> Decision:
    heads = more.pop("heads", {"in_scope": 1.0})
    return decide(Evidence(text, rules, ranking, heads, **more))  # type: ignore[arg-type]


def test_crisis_outranks_an_offer_and_a_story() -> None:
    found = decided("some words", Reading(crisis=True, recovery_offer=True, fraud_words=True), LOST)
    assert found.intent == "crisis" and found.reading["crisis"] is True


def test_the_crisis_head_alone_is_enough_when_sure() -> None:
    found = decided("some words", Reading(), (("crisis", 0.97), ("abuse", 0.01)), heads={"crisis": 0.99})
    assert found.intent == "crisis"


def test_an_offer_outranks_the_story_and_keeps_what_was_said() -> None:
    rules = Reading(recovery_offer=True, fraud_words=True, channels=("cash",), amount=Money(5.0, "CNY"))
    found = decided("some words", rules, LOST)
    assert found.intent == "recovery_offer"
    assert found.reading["situation"] == "recovery_offer" and found.reading["channels"] == ["cash"]


def test_asking_for_a_check_stays_one() -> None:
    found = decided(
        "some words", Reading(recovery_offer=True), (("check_offer", 0.8), ("recovery_offer", 0.2))
    )
    assert found.intent == "check_offer" and found.reading["recovery_offer"] is True


def test_out_of_scope_starts_nothing() -> None:
    rules = Reading(channels=("cash",), platforms=("alipay",), amount=Money(5.0, "CNY"), elapsed="days")
    found = decided("some words", rules, CHAT, heads={"in_scope": 0.02})
    reading = found.reading
    assert found.intent == "out_of_scope"
    assert not reading["in_scope"] and not reading["recovery_offer"] and not reading["crisis"]
    assert reading["channels"] == reading["platforms"] == [] and reading["situation"] is None
    assert reading["amount"] is None and reading["elapsed"] is None


def test_a_side_question_keeps_the_story_in_it() -> None:
    rules = Reading(situation="lost_money", fraud_words=True, amount=Money(30000.0, "CNY"))
    ranking = (("ask_faq", 0.8), ("lost_money", 0.15))
    found = decided("some words", rules, ranking, faq=FaqMatch("can_i_get_it_back", 0.9))
    assert (found.intent, found.faq) == ("ask_faq", "can_i_get_it_back")
    assert found.reading["situation"] == "lost_money" and found.reading["amount"]["value"] == 30000.0


def test_a_far_away_faq_is_not_named() -> None:
    found = decided("some words", Reading(), (("ask_faq", 0.9),), faq=FaqMatch("can_i_get_it_back", 0.1))
    assert found.faq is None


def test_rules_decide_the_situation_before_the_classifier() -> None:
    found = decided("some words", Reading(situation="unauthorised", fraud_words=True), LOST)
    assert found.reading["situation"] == "unauthorised"


def test_unsure_is_a_fallback_with_nothing_promised() -> None:
    ranking = (("why", 0.2), ("help", 0.19), ("repeat", 0.18))
    found = decided("some words", Reading(), ranking, heads={"in_scope": 0.1})
    assert found.intent == "nlu_fallback" and found.reading["in_scope"] is False


@pytest.mark.parametrize(
    "rules", [Reading(channels=("cash",)), Reading(elapsed="days"), Reading(reported="no")]
)
def test_an_answer_the_rules_can_read_is_no_fallback(rules: Reading) -> None:
    ranking = (("repeat", 0.2), ("skip", 0.19))
    assert decided("some words", rules, ranking, heads={"in_scope": 0.1}).intent == "inform"


def test_names_alone_are_an_answer_whatever_the_classifier_makes_of_them() -> None:
    rules = Reading(channels=("loan",), platforms=("meituan_loan",), bare=True)
    found = decided("美团借钱", rules, (("out_of_scope", 0.9),), heads={"in_scope": 0.1})
    assert found.intent == "inform" and found.reading["platforms"] == ["meituan_loan"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我已经打了110，接下来怎么办", "inform"),
        ("I called the police, what now?", "inform"),
        ("报警以后银行会不会把钱退给我", "ask_faq"),
        ("派出所说不给我立案怎么办", "ask_faq"),
        ("The police refused to open a case, what now?", "ask_faq"),
    ],
)
def test_what_was_reported_is_heard_beside_what_now(text: str, intent: str) -> None:
    ranking = (("ask_faq", 0.9), ("lost_money", 0.05))
    found = decided(text, Reading(reported="called_110"), ranking, faq=FaqMatch("abroad", 0.9))
    assert found.intent == intent


@pytest.mark.parametrize(("language", "situation"), [("vi", "lost_money"), ("es", None)])
def test_a_language_the_encoder_does_not_know_is_read_by_its_words(
    language: str, situation: str | None
) -> None:
    rules = Reading(language=language, situation="lost_money")
    found = decided("some words", rules, CHAT, heads={"in_scope": 0.1})
    assert found.reading["situation"] == situation


def test_entities_carry_lists_value_by_value() -> None:
    found = decided("some words", Reading(channels=("cash", "loan"), fraud_words=True), LOST)
    values = [e["value"] for e in entities_of(found, 10) if e["entity"] == "channels"]
    assert values == ["cash", "loan"]


def test_a_question_no_faq_answers_is_no_side_question() -> None:
    ranking = (("ask_faq", 0.8), ("lost_money", 0.18), ("why", 0.02))
    found = decided("some words", Reading(fraud_words=True), ranking, faq=FaqMatch("can_i_get_it_back", 0.2))
    assert found.intent == "lost_money" and found.reading["situation"] == "lost_money"


def test_the_intent_follows_the_situation_the_rules_read() -> None:
    ranking = (("being_pressured_now", 0.8), ("lost_money", 0.1))
    found = decided("some words", Reading(situation="lost_money", fraud_words=True), ranking)
    assert found.intent == "lost_money"


def test_a_wish_for_ones_money_is_not_an_offer_by_itself() -> None:
    ranking = (("recovery_offer", 0.7), ("lost_money", 0.25), ("why", 0.05))
    found = decided("some words", Reading(fraud_words=True), ranking, heads={"recovery_offer": 0.5})
    assert found.intent == "lost_money" and found.reading["recovery_offer"] is False


def test_a_story_told_without_the_word_is_one_when_the_classifier_is_certain() -> None:
    heads = {"in_scope": 0.97}
    assert decided("some words", Reading(), LOST, heads=heads).reading["in_scope"] is True
    assert decided("some words", Reading(), LOST, heads={"in_scope": 0.6}).reading["in_scope"] is False


def test_a_story_with_a_payment_in_it_needs_less_and_a_question_more() -> None:
    paid, heads = Reading(channels=("cash",)), {"in_scope": 0.6}
    assert decided("some words", paid, LOST, heads=heads).reading["in_scope"] is True
    assert decided("some words?", paid, LOST, heads=heads).reading["in_scope"] is False


def test_a_hidden_number_alone_is_no_question() -> None:
    rules = Reading(language="zh")
    assert decided("我的卡号是●●●●", rules, (("ask_faq", 0.9), ("inform", 0.05))).intent == "nlu_fallback"
    story = "我把钱转到了●●●●这个账号上面，是被骗的"
    told = decided(story, Reading(language="zh", fraud_words=True), (("lost_money", 0.9), ("inform", 0.05)))
    assert told.intent == "lost_money"


@pytest.mark.parametrize(
    ("name", "clues", "head", "fires"),
    [
        ("crisis", {"crisis_danger"}, 0.45, True),
        ("crisis", {"crisis_danger", "crisis_figure"}, 0.45, False),
        ("crisis", set(), 0.45, False),
        ("recovery_offer", set(), 0.7, True),
        ("recovery_offer", {"offer_warned_of"}, 0.7, False),
    ],
)
def test_clues_say_how_sure_a_head_must_be(name: str, clues: set[str], head: float, fires: bool) -> None:
    found = decided("some words", Reading(clues=frozenset(clues)), CHAT, heads={name: head, "in_scope": 0.0})
    assert found.reading[name] is fires


@pytest.mark.parametrize("name", ["crisis", "recovery_offer"])
def test_a_head_that_is_certain_of_the_opposite_silences_the_rule(name: str) -> None:
    rules = Reading(**{name: True}, fraud_words=True)
    assert decided("some words", rules, LOST, heads={name: 0.05}).reading[name] is False
    assert decided("some words", rules, LOST, heads={name: 0.5}).reading[name] is True


def test_a_story_that_is_no_offer_after_all_keeps_its_own_situation() -> None:
    rules = Reading(situation="recovery_offer", told="unauthorised", recovery_offer=True)
    found = decided("some words", rules, LOST, heads={"recovery_offer": 0.01, "in_scope": 1.0})
    assert found.reading["situation"] == "unauthorised"


def test_a_fallback_names_the_two_likeliest_things_to_do() -> None:
    ranking = (("why", 0.3), ("lost_money", 0.27), ("unauthorised", 0.2), ("not_paid_yet", 0.18))
    found = decided("some words", Reading(), ranking, heads={"in_scope": 0.1})
    assert (found.intent, found.guess) == ("nlu_fallback", ("lost_money", "unauthorised"))
    values = [e["value"] for e in entities_of(found, 10) if e["entity"] == "guess"]
    assert values == ["lost_money", "unauthorised"]


def test_a_clear_message_is_not_guessed_at() -> None:
    assert decided("some words", Reading(fraud_words=True), LOST).guess == ()


def test_without_words_there_is_nothing_to_guess() -> None:
    assert decided("?!", Reading(), LOST).guess == ()
