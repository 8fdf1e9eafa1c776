"""What a message changes in the case: buttons, free text, corrections, and texts that must change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from knowledge.case import Case, Money
from knowledge.intake import EARLIER, MONEY_MOVED, SILENT, Heard, prune, take_in, turn_down, writes_in
from knowledge.load import load
from knowledge.pack import Channel, Contact, Dialogue, Pack, Platform
from knowledge.triage import next_question
from rasa_project.places import ROOT


def platform(name: str, *channels: str) -> Platform:
    return Platform(name, {"zh": name, "en": name}, "wallet", channels, {"zh": (), "en": ()})


@pytest.fixture(scope="module")
def pack() -> Pack:
    text = {"zh": "x", "en": "x"}
    police = Contact(
        "police_110", "police", text, (), date(2026, 1, 1), date(2027, 1, 1), "official", phone="110"
    )
    platforms = [platform("alipay", "third_party_payment"), platform("icbc", "bank_card")]
    return Pack(
        id="xx",
        version="1",
        name=text,
        languages=("zh", "en"),
        currency="CNY",
        emergency={"police": "police_110"},
        phrases={},
        first_aid=(),
        evidence={},
        contacts={"police_110": police},
        channels={"bank_card": Channel("bank_card", text, {"zh": (), "en": ()})},
        platforms={p.id: p for p in platforms},
        steps={},
        red_flags={},
        faq={},
        documents={},
        sources={},
    )


def press(**said: Any) -> Heard:
    return Heard("answer", {k: [v] for k, v in said.items()}, "/answer", pressed=True)


def typed(intent: str, asked: str | None = None, text: str = "", **said: Any) -> Heard:
    return Heard(intent, {k: v if isinstance(v, list) else [v] for k, v in said.items()}, text, asked)


STORY = typed(
    "lost_money",
    text="昨天用支付宝给骗子转了3万",
    situation="lost_money",
    channels=["third_party_payment"],
    platforms=["alipay"],
    elapsed="days",
    amount={"value": 30000, "currency": "CNY"},
    in_scope=True,
)


def test_a_free_first_message_fills_everything_it_says(pack: Pack) -> None:
    case = take_in(Case(), STORY, pack)
    assert case.situation == "lost_money"
    assert case.channels == ("third_party_payment",)
    assert case.platforms == ("alipay",)
    assert case.elapsed == "days"
    assert case.amount == Money(30000, "CNY")


def test_taking_in_twice_changes_nothing_more(pack: Pack) -> None:
    once = take_in(Case(), STORY, pack)
    assert take_in(once, STORY, pack) == once


@pytest.mark.parametrize(
    ("case", "heard", "expected"),
    [
        (Case(), press(situation="lost_money"), {"situation": "lost_money"}),
        (Case(), press(situation="nonsense"), {"situation": None}),
        (Case(situation="lost_money"), press(channels="none"), {"channels": ()}),
        (
            Case(situation="lost_money", channels=("bank_card",)),
            press(channels="cash"),
            {"channels": ("bank_card", "cash")},
        ),
        (
            Case(situation="lost_money", channels=("cash",)),
            press(channels_complete="yes"),
            {"channels_complete": True},
        ),
        (Case(), press(platforms="not_in_pack"), {"platforms": None}),
        (Case(), press(exposure="none"), {"exposure": ()}),
        (Case(skipped=("reported",)), press(reported="no"), {"reported": "no", "skipped": ()}),
    ],
)
def test_buttons(pack: Pack, case: Case, heard: Heard, expected: dict[str, Any]) -> None:
    after = take_in(case, heard, pack)
    assert {name: getattr(after, name) for name in expected} == expected


@pytest.mark.parametrize("intent", sorted(SILENT))
def test_texts_that_say_nothing_about_the_case_change_nothing(pack: Pack, intent: str) -> None:
    heard = typed(intent, situation="lost_money", channels=["cash"], amount={"value": 1, "currency": "CNY"})
    assert take_in(Case(), heard, pack) == Case()


def test_an_offers_own_figures_are_not_the_persons(pack: Pack) -> None:
    heard = typed(
        "recovery_offer",
        situation="recovery_offer",
        channels=["bank_card"],
        amount={"value": 500, "currency": "CNY"},
    )
    after = take_in(Case(situation="lost_money"), heard, pack)
    assert (after.channels, after.amount, after.recovery, after.situation) == (
        None,
        None,
        "offered",
        "lost_money",
    )


def test_a_paid_offer_is_a_loss_of_its_own(pack: Pack) -> None:
    heard = typed("recovery_offer", situation="recovery_offer", recovery="paid", channels=["bank_card"])
    after = take_in(Case(), heard, pack)
    assert (after.situation, after.recovery, after.channels) == ("recovery_offer", "paid", ("bank_card",))


def test_an_offer_does_not_undo_that_one_was_paid(pack: Pack) -> None:
    heard = typed("recovery_offer", situation="recovery_offer")
    assert take_in(Case(situation="lost_money", recovery="paid"), heard, pack).recovery == "paid"


@pytest.mark.parametrize(
    ("asked", "intent", "value"),
    [
        ("channels_complete", "deny", True),
        ("channels_complete", "affirm", False),
        ("reported", "deny", "no"),
        ("reported", "affirm", "called_110"),
        ("recovery", "deny", "none"),
        ("recovery", "affirm", "offered"),
        ("exposure", "deny", ()),
        ("exposure", "affirm", None),
    ],
)
def test_yes_and_no_answer_the_open_question(pack: Pack, asked: str, intent: str, value: Any) -> None:
    case = Case(situation="lost_money", channels=("cash",))
    assert getattr(take_in(case, typed(intent, asked), pack), asked) == value


@pytest.mark.parametrize(
    ("text", "value"), [("3000", 3000), ("大概 1,200 吧", 1200), ("$50", 50), ("about 70", 70)]
)
def test_a_bare_number_answers_how_much(pack: Pack, text: str, value: float) -> None:
    after = take_in(Case(), typed("inform", "amount", text), pack)
    assert after.amount == Money(value, "CNY")


def test_a_bare_number_is_no_amount_elsewhere(pack: Pack) -> None:
    assert take_in(Case(), typed("inform", "platforms", "3000"), pack).amount is None


def test_a_correction_replaces_the_list(pack: Pack) -> None:
    case = Case(situation="lost_money", channels=("bank_card",), platforms=("icbc",))
    heard = typed("change_answer", channels=["third_party_payment"], platforms=["alipay"])
    after = take_in(case, heard, pack)
    assert (after.channels, after.platforms) == (("third_party_payment",), ("alipay",))


def test_platforms_of_a_channel_that_was_taken_back_are_dropped(pack: Pack) -> None:
    case = Case(channels=("third_party_payment",), platforms=("icbc", "alipay"))
    assert prune(case, pack).platforms == ("alipay",)


def test_a_payment_only_asked_for_is_no_payment(pack: Pack) -> None:
    heard = typed("not_paid_yet", situation="not_paid_yet", channels=["third_party_payment"])
    after = take_in(Case(), heard, pack)
    assert (after.situation, after.channels) == ("not_paid_yet", None)


def test_pressed_now_replaces_any_situation(pack: Pack) -> None:
    heard = typed("being_pressured_now", situation="being_pressured_now")
    assert take_in(Case(situation="lost_money"), heard, pack).situation == "being_pressured_now"


def test_in_scope_without_more_still_leads_on(pack: Pack) -> None:
    assert take_in(Case(), typed("ask_faq", in_scope=True), pack).situation == "other"
    assert take_in(Case(), typed("ask_faq"), pack).situation is None


def test_the_second_unclear_answer_leaves_the_question_open() -> None:
    assert turn_down(Case(), "amount").skipped == ("amount",)
    assert turn_down(Case(), None) == Case()


@pytest.mark.parametrize(
    ("text", "detected", "expected"),
    [
        ("I sent him money by card", "en", "en"),
        ("我昨天被骗了钱", "zh", "zh"),
        ("zfb", "en", None),
        ("支付宝", "zh", None),
        ("wechat pay", "en", None),
        ("😀", None, None),
    ],
)
def test_the_language_changes_only_for_a_plain_sentence(
    pack: Pack, text: str, detected: str | None, expected: str | None
) -> None:
    assert writes_in(Heard("inform", {"language": [detected]} if detected else {}, text), pack) == expected


def test_a_pasted_offer_does_not_change_the_language(pack: Pack) -> None:
    heard = Heard("recovery_offer", {"language": ["en"]}, "we recover your lost funds today")
    assert writes_in(heard, pack) is None


def test_not_paid_yet_is_asked_about_when_read_and_believed_when_pressed(pack: Pack) -> None:
    read = take_in(Case(), typed("not_paid_yet", situation="not_paid_yet"), pack)
    assert next_question(read) == "channels"
    pressed = take_in(Case(), press(situation="not_paid_yet"), pack)
    assert pressed.channels == () and next_question(pressed) != "channels"


def test_who_has_paid_after_all_gets_the_steps_of_a_loss(pack: Pack) -> None:
    case = Case(situation="not_paid_yet")
    after = take_in(case, Heard("answer", {"channels": ["cash"]}, asked="channels", pressed=True), pack)
    assert (after.situation, after.channels) == ("lost_money", ("cash",))
    after = take_in(case, Heard("answer", {"channels": ["none"]}, asked="channels", pressed=True), pack)
    assert (after.situation, after.channels) == ("not_paid_yet", ())


@pytest.mark.parametrize(
    ("intent", "text", "situation"),
    [
        ("nlu_fallback", "去年有人让我投了一个说不清楚的东西", "other"),
        ("nlu_fallback", "they took me for a ride with that thing", "other"),
        ("nlu_fallback", "asdf qwer", None),
        ("nlu_fallback", "😀", None),
        ("inform", "建行", None),
        ("out_of_scope", "你能给我讲一个长一点的笑话吗谢谢", None),
        ("ask_faq", "报警以后多久会有消息呢请问", None),
    ],
)
def test_an_unclear_story_leads_on_and_noise_does_not(
    pack: Pack, intent: str, text: str, situation: str | None
) -> None:
    assert take_in(Case(), typed(intent, "situation", text), pack).situation == situation


def test_what_was_said_beside_an_unclear_story_is_kept(pack: Pack) -> None:
    heard = typed("inform", "situation", "报案一个多月了一点消息都没有", reported="called_110", in_scope=True)
    after = take_in(Case(), heard, pack)
    assert (after.situation, after.reported) == ("other", "called_110")


@pytest.mark.parametrize("intent", ["lost_money", "inform"])
def test_having_paid_the_one_who_promised_it_back_is_a_new_loss(pack: Pack, intent: str) -> None:
    case = Case(situation="recovery_offer", recovery="offered")
    after = take_in(case, typed(intent, channels=["third_party_payment"]), pack)
    assert (after.recovery, after.channels) == ("paid", ("third_party_payment",))


FRENCH = Dialogue(
    "fr", "français", "en", ("en français",), ("je", "le", "la", "de", "et", "pas"), (), (), {}, {}, {}
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Je n'ai pas la force de parler", "fr"),
        ("I sent the money to them", "en"),
        ("Testpay Monabanq Banque", None),
        ("le portail", None),
        ("我昨天被骗了钱", None),
    ],
)
def test_languages_in_the_same_letters_are_told_apart_by_their_small_words(
    pack: Pack, text: str, expected: str | None
) -> None:
    own = replace(pack, languages=("en", "fr"), dialogue={"fr": FRENCH})
    assert writes_in(Heard("inform", {"language": ["zh" if "我" in text else "en"]}, text), own) == expected


def test_what_came_of_a_loss_is_taken_in_even_if_it_is_no_fraud_by_itself(pack: Pack) -> None:
    heard = typed(
        "near_neighbour", text="they froze my card", channels=["bank_card"], circumstances=["account_frozen"]
    )
    after = take_in(Case(situation="lost_money"), heard, pack)
    assert (after.circumstances, after.channels) == (("account_frozen",), None)
    assert take_in(Case(), heard, pack) == Case()


@pytest.mark.parametrize("text", ["之前被骗的", "上个月的事", "the money I lost earlier", "last month"])
def test_an_earlier_loss_is_told_from_what_was_paid_to_get_it_back(pack: Pack, text: str) -> None:
    assert EARLIER.search(text)
    case = Case(situation="recovery_offer", recovery="offered")
    after = take_in(case, typed("lost_money", text=text, channels=["bank_card"]), pack)
    assert (after.situation, after.recovery, after.channels) == ("lost_money", "offered", ("bank_card",))


@pytest.mark.parametrize("text", ["我已经给他付了", "I paid him", "he was beforehand with me"])
def test_other_words_tell_of_no_earlier_loss(text: str) -> None:
    assert not EARLIER.search(text)


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("转错账了", True),
        ("付款付错了", True),
        ("I sent it to a stranger", True),
        ("two payments", True),
        ("账户登不上了", False),
        ("my account is locked", False),
        ("a presentation", False),
    ],
)
def test_no_fraud_as_told_leads_on_only_where_money_moved(pack: Pack, text: str, moved: bool) -> None:
    assert bool(MONEY_MOVED.search(text)) is moved
    after = take_in(Case(), typed("near_neighbour", "situation", text), pack)
    assert after.situation == ("other" if moved else None)
    assert take_in(Case(), typed("near_neighbour", text=text), pack) == Case(), "only where it is asked"


PAID = Case(situation="lost_money", channels=("bank_card", "third_party_payment"))


@pytest.mark.parametrize("intent", ["inform", "near_neighbour", "out_of_scope", "nlu_fallback"])
@pytest.mark.parametrize("text", ["alipay", " AliPay。", "ALIPAY"])
def test_a_name_alone_answers_the_question_for_one(pack: Pack, intent: str, text: str) -> None:
    assert take_in(PAID, typed(intent, "platforms", text), pack).platforms == ("alipay",)
    assert take_in(PAID, typed(intent, "elapsed", text), pack).platforms is None


@pytest.mark.parametrize("text", ["alipays", "the alipay people", "", "。"])
def test_what_is_more_than_a_name_is_no_name(pack: Pack, text: str) -> None:
    assert take_in(PAID, typed("out_of_scope", "platforms", text), pack).platforms is None


@pytest.fixture(scope="module")
def met_there(pack: Pack) -> Pack:
    """A place to meet with a wallet of its name, and one without."""
    place = replace(platform("chat", "third_party_payment"), venue=True)
    forum = replace(platform("forum", "third_party_payment"), venue=True)
    more = (place, forum, platform("chat pay", "third_party_payment"), platform("chat shop", "bank_card"))
    return replace(pack, platforms={**pack.platforms, **{p.id: p for p in more}})


@pytest.mark.parametrize(
    ("said", "held"), [("chat", "chat pay"), ("forum", "forum"), ("chat pay", "chat pay")]
)
def test_asked_how_it_was_paid_a_name_is_the_wallets(met_there: Pack, said: str, held: str) -> None:
    assert take_in(PAID, typed("inform", "platforms", said), met_there).platforms == (held,)
    button = Heard("answer", {"platforms": said}, asked="platforms", pressed=True)
    assert take_in(PAID, button, met_there).platforms == (held,)
    told = typed("inform", "elapsed", "met there", platforms=[said])
    assert take_in(PAID, told, met_there).platforms == (said,), "unasked it is a place to meet"


@pytest.mark.parametrize("text", ["5000", "about 5,000"])
def test_how_much_was_paid_to_get_it_back_is_a_sum_of_its_own(pack: Pack, text: str) -> None:
    case = PAID.with_(recovery="paid", second_channels=("bank_card",), amount=Money(300, "CNY"))
    after = take_in(case, typed("inform", "second_amount", text), pack)
    assert (after.second_amount, after.amount) == (Money(5000, "CNY"), Money(300, "CNY"))
    assert take_in(after, press(recovery="offered"), pack).second_amount is None
    left_open = case.with_(situation=None, skipped=("situation",))
    after = take_in(left_open, typed("inform", "second_amount", text), pack)
    assert after.second_amount == Money(5000, "CNY"), "whether or not they said what happened"


@pytest.mark.parametrize("intent", ["inform", "affirm", "out_of_scope"])
@pytest.mark.parametrize("told", ["loan", "third_party_payment", "bank_card", "cash"])
def test_a_name_asked_for_is_the_same_answer_in_every_language(intent: str, told: str) -> None:
    real = load(ROOT / "knowledge" / "cn")
    case = Case(situation="lost_money", channels=(told,), channels_complete=True)
    for place in real.platforms.values():
        after = [
            take_in(case, typed(intent, "platforms", place.name[language]), real)
            for language in real.languages
            if sum(place.name[language] == other.name[language] for other in real.platforms.values()) == 1
        ]
        assert len(set(after)) <= 1, place.id
        assert all(a.platforms for a in after), place.id


def test_a_name_that_fits_a_way_already_told_adds_no_other_way() -> None:
    real = load(ROOT / "knowledge" / "cn")
    case = Case(situation="lost_money", channels=("loan",), channels_complete=True)
    read = typed("inform", "platforms", "Huabei", channels=["third_party_payment"], platforms=["huabei"])
    assert take_in(case, read, real).channels == ("loan",)
    assert take_in(case.with_(channels=("cash",)), read, real).channels == ("cash", "third_party_payment")


def test_how_the_money_moved_says_what_was_left_open_by_button_as_in_words(pack: Pack) -> None:
    case = Case(skipped=("situation",))
    pressed = replace(press(channels="bank_card"), asked="channels")
    written = typed("inform", "channels", "银行卡", channels=["bank_card"])
    assert take_in(case, pressed, pack) == take_in(case, written, pack)
    assert take_in(case, pressed, pack).situation == "lost_money"
