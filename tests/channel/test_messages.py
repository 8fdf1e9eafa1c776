"""Collecting, recording and restoring messages."""

import asyncio

from rasa.core.actions.action import create_bot_utterance
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered

from rasa_project.channels import messages
from rasa_project.channels.collect import Collector
from rasa_project.channels.emergency import emergency_messages, masked_notice

QUESTION = {
    "text": "How?\n\nTell us.",
    "buttons": [{"title": "Cash", "payload": '/answer{"channels":"cash"}', "type": "postback"}],
    "custom": {"type": "question", "slot": "channels"},
    "lang": "en",
    "utter_action": "utter_ask_channels",
}


def said(text, message_id, **metadata):
    return UserUttered(text, message_id=message_id, metadata=metadata).as_dict()


def answered(**response):
    return create_bot_utterance(dict(response)).as_dict()


def language(value):
    return SlotSet("language", value).as_dict()


def test_one_response_is_one_message_and_the_order_is_kept():
    collector = Collector("web")

    async def turn():
        await collector.send_response("x", dict(QUESTION))
        await collector.send_response("x", {"text": "second"})
        await collector.send_response("x", {"custom": {"type": "steps", "steps": []}})
        await collector.send_response("x", {"text": "", "buttons": [], "custom": {}})

    asyncio.run(turn())
    assert len(collector.messages) == 3
    first = collector.messages[0]
    assert first == {
        "text": QUESTION["text"],
        "buttons": [{"title": "Cash", "payload": '/answer{"channels":"cash"}'}],
        "custom": QUESTION["custom"],
        "lang": "en",
    }
    assert [sorted(m) for m in collector.messages[1:]] == [["text"], ["custom"]]
    assert collector.name() == "web"


def test_a_stored_message_is_the_message_that_was_sent():
    event = create_bot_utterance(dict(QUESTION))
    collector = Collector("web")
    asyncio.run(collector.send_response("x", event.message()))
    stored = BotUttered(event.text, event.data, event.metadata).as_dict()
    assert collector.messages == [messages.from_bot_event(stored)]


def test_the_language_is_the_last_one_set():
    assert messages.language_of([]) is None
    assert messages.language_of([language("zh"), answered(text="a"), language("en")]) == "en"
    assert messages.language_of([SlotSet("region", "cn").as_dict()]) is None


def test_buttons_of_the_whole_conversation_are_offered():
    events = [answered(**QUESTION), said("x", "1"), answered(text="no buttons")]
    assert list(messages.offered_buttons(events)) == ['/answer{"channels":"cash"}']
    assert messages.offered_buttons([said('/answer{"channels":"cash"}', "1")]) == {}


def test_a_message_id_is_answered_from_the_record():
    events = [
        said("/open_session{}", "open"),
        answered(text="hello"),
        said("one", "1"),
        answered(text="first"),
        answered(text="second"),
        said("two", "2"),
    ]
    user, replies = messages.answer_to("1", events)
    assert user["text"] == "one"
    assert [r["text"] for r in replies] == ["first", "second"]
    assert messages.answer_to("2", events)[1] == []
    assert messages.answer_to("3", events) is None
    assert messages.count_turns(events) == 3


def test_every_message_says_its_language():
    complete = messages.complete([{"text": "a"}, {"text": "b", "lang": "zh"}], "en")
    assert [m["lang"] for m in complete] == ["en", "zh"]


def test_a_buttons_words_typed_are_the_button_on_the_screen():
    titles = messages.open_titles([said("x", "1"), answered(**QUESTION), answered(text="and so?")])
    assert titles == {"cash": '/answer{"channels":"cash"}'}
    assert messages.folded(" CASH。 ") in titles and messages.folded("cash only") not in titles
    gone = [said("x", "1"), answered(**QUESTION), said("y", "2"), answered(text="no buttons")]
    assert messages.open_titles(gone) == {}, "a button of an earlier screen is not meant"


def test_figures_are_no_buttons_while_a_sum_is_asked_for():
    for slot, there in (("amount", 0), ("second_amount", 0), ("channels", 1)):
        asked = {**QUESTION, "custom": {"type": "question", "slot": slot}}
        assert len(messages.open_buttons([said("x", "1"), answered(**asked)])) == there


def test_history_shows_what_the_page_showed(pack):
    events = [
        said('/open_session{"language":"en"}', "open"),
        answered(**QUESTION),
        said('/answer{"channels":"cash"}', "1"),
        answered(text="next"),
        said('/switch_language{"language":"en"}', "2"),
        answered(text="again"),
        said("my card is ****", "3", masked=["card"]),
        answered(text="noted"),
        said("／restart", "4"),
    ]
    shown = messages.history(
        events, "en", lambda lang: masked_notice(pack, lang), lambda lang: emergency_messages(pack, lang)
    )
    person = [m["text"] for m in shown if m["from"] == "person"]
    assert person == ["Cash", "my card is ****", "／restart"]
    assert not any(m.get("text", "").startswith("/") for m in shown)
    after_masked = shown[shown.index(next(m for m in shown if m["text"] == "my card is ****")) + 1]
    assert after_masked["text"] == masked_notice(pack, "en")["text"]
    # A turn without an answer was answered with the emergency messages.
    assert [m.get("custom", {}).get("type") for m in shown[-2:]] == ["contacts", "warning"]
    assert all(m["lang"] == "en" for m in shown if m["from"] == "bot")


def test_what_can_stand_alone_is_seen_by_the_card_not_the_words():
    assert messages.enough([{"text": "a"}, {"custom": {"type": "question", "slot": "x"}}])
    assert messages.enough([{"custom": {"type": "warning", "kind": "crisis"}}])
    assert not messages.enough([{"text": "Really?"}, {"custom": {"type": "steps"}}, {}])
    assert not messages.enough([])


def test_emergency_messages_need_only_the_pack(pack):
    for lang in pack.languages:
        first, last = emergency_messages(pack, lang, '/answer{"channels":"cash"}')
        ids = [c["id"] for c in first["custom"]["contacts"]]
        assert ids == list(pack.emergency.values())
        assert all(pack.fill(text, lang) in first["text"] for text in pack.first_aid)
        assert last["custom"]["kind"] == "recovery_offer"
        assert last["text"] == pack.fill(pack.phrases["recovery_warning"], lang)
        assert last["buttons"][0]["payload"] == '/answer{"channels":"cash"}'
        assert "{" not in first["text"] + last["text"]
        assert "buttons" not in emergency_messages(pack, lang)[1]


def test_the_history_shows_the_ticks_of_now():
    step = {"id": "report", "done": False}
    events = [
        {"event": "user", "text": "hi", "message_id": "1"},
        {"event": "bot", "text": "do", "data": {"custom": {"type": "steps", "steps": [step]}}},
        {"event": "slot", "name": "done", "value": ["report"]},
    ]
    shown = messages.history(events, "en", lambda lang: {}, lambda lang: [])
    assert shown[-1]["custom"]["steps"][0]["done"] is True
    events.append({"event": "slot", "name": "done", "value": []})
    shown = messages.history(events, "en", lambda lang: {}, lambda lang: [])
    assert shown[-1]["custom"]["steps"][0]["done"] is False
