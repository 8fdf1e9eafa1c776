"""What clients send: only well-formed messages pass, and typed text can never be an intent."""

import json

import pytest
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

from rasa_project.channels import incoming
from rasa_project.channels.errors import ApiError


def refused(call, *arguments):
    with pytest.raises(ApiError) as caught:
        call(*arguments)
    return caught.value.status, caught.value.code


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"1",
        b'"text"',
        b"null",
        b"NaN",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b"\xff\xfe{}",
        b"[" * 8000,
        b'{"a":' * 3000,
        b'{"a": 1, "a": 1}',
        b'{"a": {"b": 1, "b": 2}}',
        b'{"a": 1' + b"0" * 9000 + b"}",
    ],
)
def test_only_a_json_object_is_read(body):
    assert refused(incoming.read_object, body)[0] == 400


def test_an_empty_body_is_an_empty_object():
    assert incoming.read_object(b"") == {} == incoming.read_object(b" \n")


@pytest.mark.parametrize("message_id", [None, "", 1, True, [], "a b", "ü", "a" * 65, "a\n", "../x", "a\x00"])
def test_message_ids_are_short_and_plain(message_id):
    assert refused(incoming.read_message, {"id": message_id, "text": "x"}) == (400, "bad_id")


@pytest.mark.parametrize(
    "rest",
    [
        {},
        {"text": "a", "payload": "/b"},
        {"text": None},
        {"text": 1},
        {"text": ["a"]},
        {"text": {"a": "b"}},
        {"payload": None},
        {"payload": 7},
        {"payload": ""},
        {"payload": "/" + "a" * 3000},
    ],
)
def test_a_message_has_exactly_one_text_or_payload(rest):
    assert refused(incoming.read_message, {"id": "a", **rest})[0] == 400


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\x00", "\x1b\x07", "\ud800", "\u3000"])
def test_an_empty_text_is_refused(text):
    assert refused(incoming.clean_text, text) == (400, "empty_text")


def test_texts_have_a_longest():
    longest = "钱" * incoming.LONGEST_TEXT
    assert incoming.clean_text(f"  {longest}\n") == longest
    assert refused(incoming.clean_text, longest + "钱") == (413, "text_too_long")


def test_texts_can_be_stored_and_sent():
    text = incoming.clean_text("a\x00b\ud83dc\x7f 𝒳 \U0001f600")
    assert json.loads(json.dumps(text).encode("utf-8")) == text == "abc 𝒳 \U0001f600"


INTENTS = [
    "/restart",
    "/session_start",
    "/back",
    '/answer{"situation":"lost_money"}',
    '/open_session{"audience":"staff"}',
    "/nlu_fallback",
    "//restart",
    "/ restart",
]
HIDING = [
    "",
    " ",
    "\t",
    "\n",
    "\u200b",
    "\ufeff",
    "\u2060",
    "\u202e",
    "\u3000",
    "\xa0",
    "\x1c",
    "\x00",
    "\u2028",
]


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("before", HIDING)
def test_typed_slashes_are_words_to_rasa(intent, before):
    for slash in ("/", "／"):
        typed = before + intent.replace("/", slash, 1)
        text = incoming.as_typed(incoming.clean_text(typed))
        read = YAMLStoryReader.unpack_regex_message(Message({"text": text}))
        assert read.get("intent") is None
        assert not text.startswith("/")


@pytest.mark.parametrize("text", ["他转走了 3000/2000", "and/or", "http://a.example/", "50% / 2", "，/x"])
def test_other_slashes_stay(text):
    assert incoming.as_typed(text) == text


@pytest.mark.parametrize(
    ("payload", "found"),
    [
        ('/answer{"channels":"cash"}', True),
        ('/answer{"channels": "cash"}', True),
        ('/answer{ "channels" :"cash" }', True),
        ('/answer{"channels":"crypto"}', False),
        ('/answer{"channels":"cash","amount":1}', False),
        ('/answer{"channels":"cash"} ', True),
        ("/skip", True),
        ("/skip{}", False),
        ("/Skip", False),
        ("skip", False),
        ("/restart", False),
        ('/answer{"channels":"cash"', False),
        ('/answer@0.9{"channels":"cash"}', False),
    ],
)
def test_only_offered_payloads_are_found(payload, found):
    offers = ('/answer{"channels":"cash"}', "/skip")
    result = incoming.offered(payload, offers)
    assert (result is not None) is found
    # What goes on to Rasa is our own spelling.
    assert result is None or result in offers


@pytest.mark.parametrize("payload", incoming.always_allowed(("zh", "en")))
def test_what_is_always_allowed_is_an_intent(payload):
    assert payload.startswith("/")
    _, brace, rest = payload.partition("{")
    assert not brace or isinstance(json.loads(brace + rest), dict)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, None),
        ("", None),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.2, zh-TW;q=0.9", "zh"),
        ("fr, de;q=0.9, en;q=0.1", "en"),
        ("fr", None),
        ("*", None),
        ("en;q=0", None),
        ("en;q=high, zh;q=0.1", "zh"),
        ("EN-us", "en"),
        (",;,;q=;", None),
    ],
)
def test_accept_language(header, language):
    assert incoming.preferred_language(header, ("zh", "en")) == language


def test_the_language_asked_for_comes_first_and_chinese_last():
    ours = ("zh", "en")
    assert incoming.read_language({"language": "en"}, "zh", ours) == "en"
    assert incoming.read_language({}, "en", ours) == "en"
    assert incoming.read_language({}, None, ours) == "zh"
    for language in ("fr", "", 1, ["zh"], {}, True):
        found = refused(incoming.read_language, {"language": language}, None, ours)
        assert found == (400, "unknown_language")


def test_a_pack_s_own_language_is_asked_for_like_any_other():
    ours = ("fr", "en", "pt-br")
    assert incoming.read_language({"language": "fr"}, "en", ours) == "fr"
    assert incoming.read_language({}, "zh-CN", ours) == "fr"
    assert incoming.preferred_language("pt-BR, en;q=0.5", ours) == "pt-br"
    assert '/switch_language{"language":"fr"}' in incoming.always_allowed(ours)
    assert '/switch_language{"language":"zh"}' not in incoming.always_allowed(ours)


def test_only_our_regions():
    assert incoming.read_region({}, ["cn"]) == "cn"
    assert incoming.read_region({"region": "cn"}, ["cn"]) == "cn"
    for region in ("us", "../cn", 1, []):
        assert refused(incoming.read_region, {"region": region}, ["cn"]) == (400, "unknown_region")


@pytest.mark.parametrize("body", [{}, {"done": 1}, {"done": "true"}, {"done": None}])
def test_a_tick_is_true_or_false(body):
    assert refused(incoming.read_done, body)[0] == 400


def test_staff_only_where_they_are_served():
    languages = ("zh", "en")
    assert incoming.read_audience({}, False, languages) == {}
    assert incoming.read_audience({"audience": "victim"}, False, languages) == {"audience": "victim"}
    as_staff = {"audience": "staff", "staff_language": "en"}
    assert incoming.read_audience(as_staff, True, languages) == as_staff
    assert refused(incoming.read_audience, as_staff, False, languages) == (400, "unknown_audience")
    for body in ({"audience": "boss"}, {"audience": ["staff"]}):
        assert refused(incoming.read_audience, body, True, languages) == (400, "unknown_audience")
    other = {"audience": "staff", "staff_language": "ja"}
    assert refused(incoming.read_audience, other, True, languages) == (400, "unknown_language")


@pytest.mark.parametrize("value", ["true", 1, None, []])
def test_continuing_is_true_or_false(value):
    assert incoming.read_continue({}) is False and incoming.read_continue({"continue": True}) is True
    assert refused(incoming.read_continue, {"continue": value})[0] == 400
