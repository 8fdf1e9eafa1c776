"""Every parser of ours, what inputs to give it, and what must hold of its result whatever the input is."""

from __future__ import annotations

import json
import math
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from knowledge import reading
from knowledge.case import CHOICES, LANGUAGES, Case
from knowledge.load import PackError, load
from knowledge.mask import HIDDEN, KINDS, mask_next
from knowledge.offers import check_offer
from knowledge.papers import plan_document
from rasa_project import places
from rasa_project.channels import incoming, messages, origins, settings, staff_requests, tokens
from rasa_project.channels.errors import ApiError
from rasa_project.channels.limits import address_key
from rasa_project.staff import calls, codes, hotline, signin, summary
from rasa_project.staff import settings as staff_settings
from rasa_project.staff.accounts import Account
from rasa_project.staff.database import Database
from tests.knowledge.pack_files import FIXTURE

PACK = load(places.ROOT / "knowledge" / "cn")
LONGEST = incoming.LONGEST_TEXT
SECRET = b"a fuzz target's own 5e0c9d71"
NOW = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)

#: What our patterns look for, in pieces: put together they come nearest to what they are slow or wrong at.
PIECES = """
1 0 9 13 62 6222 110 400 2026 11 3.5 , . ; : - — / | + ~ ( ) [ ] { } " ' $ ¥ € % & # @ * _ = ? ! 。 ， ： “ 、 ●
٠ ① ½ ² 一 二 两 三 十 百 千 万 亿 零 〇 幺 半 几 多 壹 佰 元 块 毛 刀 分钟 小时 天 周 月 年 前 后 昨天 刚刚 上周三 点
转 转账 转了 给 骗子 被骗 我 他 的 了 没 不 不是 是 号 卡 卡号 密码 验证码 身份证 支付宝 微信 银行 建行 京东 usdt 追回
保证 手续费 律师 黑客 内部 渠道 100% 第二个 最后一个 帮我 屏幕共享 报警 回执 活不下去 a b x e I my is the card code pin
password phone paid sent lost yesterday ago hours minutes last week days one two hundred thousand million k yuan dollars
rmb bitcoin wallet police bank recover guarantee fee lawyer to and or not no of for at option second /answer /restart
null true 1e5 -1 0x5f 🙂 é ß ı ﷺ
""".split()
words = st.sampled_from([*PIECES, "", " ", "\n", "\t", "\u200b", "\u3000", "\u202e"])
anything = st.text(max_size=60)
sentences = st.lists(words | anything, max_size=25).map(lambda parts: " ".join(parts)[:LONGEST])
glued = st.lists(words, max_size=40).map(lambda parts: "".join(parts)[:LONGEST])
#: As long as a message may be, of a few pieces again and again: what makes a pattern slow.
repeated = st.lists(words.filter(bool), min_size=1, max_size=4).map(
    lambda p: ("".join(p) * LONGEST)[:LONGEST]
)
texts = st.one_of(anything, sentences, glued, repeated)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | anything
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(anything, inner, max_size=4),
    max_leaves=8,
)


@dataclass(frozen=True)
class Target:
    """``run`` takes one of ``inputs`` and asserts what must hold; any other exception is a finding."""

    name: str
    inputs: st.SearchStrategy[Any]
    run: Callable[[Any], None]


def allows_api_errors(run: Callable[[Any], None]) -> Callable[[Any], None]:
    """A refusal is an answer: a status below 500 and a sentence."""

    def attempt(value: Any) -> None:
        try:
            run(value)
        except ApiError as error:
            assert 400 <= error.status < 500 and error.code and error.message.endswith(".")

    return attempt


def amounts(text: str) -> None:
    found = reading.parse_amount(text)
    assert found is None or (math.isfinite(found.value) and found.value >= 0 and found.currency)


def elapsed(text: str) -> None:
    assert reading.parse_elapsed(text) in (None, *CHOICES["elapsed"])


def options(text: str) -> None:
    number = reading.option_number(text)
    assert number is None or 0 < number < 1000
    reading.is_last_option(text)
    reading.command(text)
    assert len(reading.normalise(text)) == len(text)


_nlp: list[Any] = []


def channels(text: str) -> None:
    if not _nlp:
        _nlp.append(reading.build_nlp(PACK))
    found = reading.read(text, PACK, reading.mentions(_nlp[0](text)))
    assert set(found.channels) <= set(CHOICES["channels"])
    assert set(found.platforms) <= set(PACK.platforms)


def offers(text: str) -> None:
    for flag in check_offer(text, PACK):
        assert 0 <= flag.start <= flag.end <= len(text)


def masking(given: tuple[str, Any, bool]) -> None:
    text, awaits, amount_asked = given
    once = mask_next(text, awaits, amount_asked)
    assert (once.text == text) is (not once.kinds)
    assert set(once.kinds) <= set(KINDS) and (HIDDEN in once.text or not once.kinds)
    # What is kept beside the text is a kind and a small number.
    assert once.awaits is None or (once.awaits[0] in (*KINDS, "digits") and 0 < once.awaits[1] <= 3)
    assert messages.awaited([{"event": "user", "metadata": messages.masking(once)}]) == once.awaits


@allows_api_errors
def bodies(body: bytes) -> None:
    message = incoming.read_message(incoming.read_object(body))
    assert (message.text is None) is not (message.payload is None)


@allows_api_errors
def typed(text: str) -> None:
    said = incoming.as_typed(incoming.clean_text(text))
    assert not said.startswith("/") and json.loads(json.dumps(said).encode()) == said


@allows_api_errors
def requests(body: dict[str, Any]) -> None:
    for read in (
        incoming.read_message,
        incoming.read_done,
        incoming.read_continue,
        lambda b: incoming.read_region(b, ["cn"]),
        lambda b: incoming.read_language(b, None, LANGUAGES),
        lambda b: incoming.read_audience(b, True, LANGUAGES),
    ):
        try:
            read(body)
        except ApiError as error:
            assert error.status in (400, 413)


OFFERED = ("/skip", '/answer{"channels":"cash"}', '/switch_language{"language":"en"}')


def payloads(text: str) -> None:
    assert incoming.offered(text, OFFERED) in (None, *OFFERED)


@allows_api_errors
def session_tokens(given: tuple[str, int, str]) -> None:
    text, place, put = given
    good = tokens.issue(SECRET, b"0123456789abcdef", 2_000_000_000)
    altered = good[:place] + put + good[place + len(put) :]
    for token in (text, altered):
        try:
            tokens.verify(SECRET, token, 1_900_000_000)
        except ApiError as error:
            assert error.status == 401
        else:
            assert token == good, "an altered token was accepted"
    tokens.bearer(text)


def other_sites(text: str) -> None:
    try:
        named = origins.read_origins(text)
    except ValueError:
        return
    assert all(origins.ORIGIN.fullmatch(origin) and "*" not in origin for origin in named)


def headers(text: str) -> None:
    assert incoming.preferred_language(text, LANGUAGES) in (None, *LANGUAGES)


def web_settings(given: tuple[str, str]) -> None:
    name, value = given
    try:
        settings.read_settings({}, {f"STEADY_WEB_{name.upper()}": value})
    except ValueError as error:
        assert name in str(error)


def secrets(text: str) -> None:
    weak = tokens.weakness_of(text)
    assert weak or len(text) >= tokens.SHORTEST_SECRET


_packs: list[Path] = []


def packs(given: tuple[int, float, str, float]) -> None:
    """A file of the fixture pack with something put into it or taken out."""
    if not _packs:
        _packs.append(Path(shutil.copytree(FIXTURE, Path(tempfile.mkdtemp()) / "pack")))
    files = sorted(FIXTURE.glob("*.yml"))
    file = files[given[0] % len(files)]
    text = file.read_text("utf-8")
    start = int(given[1] * len(text))
    spoilt = text[:start] + given[2] + text[start + int(given[3] * 40) :]
    copy = _packs[0] / file.name
    try:
        copy.write_text(spoilt, "utf-8", errors="replace")
        load(_packs[0])
    except PackError as error:
        assert error.problems and all(str(problem) for problem in error.problems)
    finally:
        copy.write_text(text, "utf-8")


def papers(slots: dict[str, Any]) -> None:
    try:
        case = Case.from_slots(slots)
    except TypeError:
        return  # lists in lists: slots hold none
    document = plan_document(case.with_(language="en", region=PACK.id), PACK, (), NOW)
    json.dumps(document)


#: Each reads one thing out of a body that the console sent.
READERS: Sequence[Callable[[Any], Any]] = (
    lambda b: staff_requests.read_text(b, "notes", staff_requests.LONGEST_NOTES, empty=True),
    lambda b: staff_requests.read_choice(b, "language", LANGUAGES),
    lambda b: staff_requests.read_flag(b, "afterwards"),
    lambda b: staff_requests.read_version(b),
    lambda b: staff_requests.read_moment(b, "since", NOW),
    lambda b: staff_requests.read_said(b),
)


def console_bodies(body: dict[str, Any]) -> None:
    for read in READERS:
        try:
            value = read(body)
        except ApiError as error:
            assert error.status in (400, 413)
        else:
            json.dumps(value, default=str).encode()
            assert "\x00" not in str(getattr(value, "text", value))


_hotlines: list[Database] = []


def _hotline_database() -> Database:
    if not _hotlines:
        _hotlines.append(Database(f"sqlite:///{tempfile.mkdtemp()}/staff.db"))
        _hotlines[0].migrate()
    return _hotlines[0]


@allows_api_errors
def filters(args: dict[str, str]) -> None:
    """What the list is asked for, as far as the database: nothing in it is taken for a statement."""
    wanted = staff_requests.read_filter(args)
    somebody = Account(1, "anna", "supervisor", "zh")
    assert _hotline_database().do(calls.listing, somebody, wanted)["total"] == 0
    assert _hotline_database().do(calls.counts, somebody, wanted)["total"] == 0


def read_codes(text: str) -> None:
    for kind in (codes.PERSON, codes.PLAN):
        assert _hotline_database().do(codes.open_, kind, text, SECRET, NOW) is None


def cookies(text: str) -> None:
    assert signin.same(text, text) and not signin.same(text, text + "x")
    assert _hotline_database().do(signin.session_of, text, staff_settings.StaffSettings(), NOW) is None
    signin.is_trusted(text, ("10.0.0.0/8", "::1/128"))


def cells(text: str) -> None:
    """What a spreadsheet would compute begins with an apostrophe."""
    assert not summary.safe(text).lstrip(" \u3000\u00a0").startswith(summary.FORMULA)


_hotline_files: list[Path] = []


def hotlines(given: tuple[float, str, float]) -> None:
    """Our own hotline file with something put into it or taken out."""
    if not _hotline_files:
        _hotline_files.append(Path(tempfile.mkdtemp()) / "hotline.yml")
    text = hotline.DEFAULT.read_text("utf-8")
    start = int(given[0] * len(text))
    spoilt = text[:start] + given[1] + text[start + int(given[2] * 40) :]
    _hotline_files[0].write_text(spoilt, "utf-8", errors="replace")
    try:
        json.dumps(hotline.load(_hotline_files[0], PACK).to_dict())
    except PackError as error:
        assert error.problems and all(str(problem) for problem in error.problems)


def console_settings(given: tuple[str, str]) -> None:
    name, value = given
    try:
        staff_settings.read_settings({}, {f"STEADY_STAFF_{name.upper()}": value})
    except ValueError as error:
        assert "setting" in str(error)


def addresses(text: str) -> None:
    assert len(address_key(text)) <= 45


def stored_rows(rows: list[dict[str, Any]]) -> None:
    """Events as a tracker store may hold them, written by whatever version: a history is made of them."""
    digest = messages.Digest.of(rows)
    assert digest.turns >= 0
    shown = messages.history(rows, "zh", lambda lang: {"text": lang}, lambda lang: [{"text": lang}])
    json.dumps(shown, default=str)


_choice = st.sampled_from(sorted({value for values_ in CHOICES.values() for value in values_}))
_money = st.fixed_dictionaries(
    {"value": st.floats(0, 1e9) | scalars, "currency": st.sampled_from(("CNY", "USD")) | anything}
)
slots = st.fixed_dictionaries(
    {},
    optional={
        **{
            name: st.none() | st.sampled_from(options_) | st.lists(_choice, max_size=3) | anything
            for name, options_ in CHOICES.items()
        },
        "platforms": st.lists(st.sampled_from(sorted(PACK.platforms)) | anything, max_size=3),
        "amount": _money,
    },
)
awaited = st.none() | st.tuples(st.sampled_from((*KINDS, "digits")), st.integers(1, 3))
json_bodies = st.one_of(
    st.binary(max_size=200),
    values.map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries(
        {"id": st.just("a") | values}, optional={"text": texts | values, "payload": texts | values}
    ).map(lambda value: json.dumps(value).encode()),
)
as_payload = texts | st.builds(
    lambda a, v: a + json.dumps(v), st.sampled_from(("/answer", "/skip", "/")), values
)

some_of = st.sampled_from(("notes", "language", "afterwards", "version", "since", "id", "text"))
console_bodies_made = st.dictionaries(
    some_of | anything, values | texts | st.datetimes().map(str), max_size=6
)
filters_made = st.fixed_dictionaries(
    {},
    optional={
        **{name: texts for name in ("q", "channel", "platform", "disposition")},
        **{name: st.dates().map(str) | anything for name in ("from", "to")},
        "page": st.integers().map(str) | anything,
        "state": st.sampled_from(("open", "closed", "", "x")),
        "mine": st.sampled_from(("0", "1")),
    },
)
row = st.fixed_dictionaries(
    {"event": st.sampled_from(("user", "bot", "slot", "agent", "action", "reset_slots")) | anything},
    optional={
        "name": st.sampled_from(("language", "done", "elapsed")) | anything,
        "value": st.none() | st.lists(anything, max_size=3) | anything,  # what these slots can hold
        "text": st.none() | texts,
        "timestamp": st.floats(0, 4e9),
        "message_id": st.none() | anything,
        "metadata": st.none() | st.dictionaries(anything, values, max_size=3),
        "data": st.none()
        | st.fixed_dictionaries(
            {},
            optional={
                "holder": st.sampled_from(("bot", "staff")),
                "id": anything,
                "custom": st.none() | st.dictionaries(anything, values, max_size=3),
                "buttons": st.none()
                | st.lists(st.fixed_dictionaries({"title": anything, "payload": as_payload}), max_size=3),
            },
        ),
    },
)

TARGETS: Sequence[Target] = (
    Target("amounts", texts, amounts),
    Target("elapsed", texts, elapsed),
    Target("channels", texts, channels),
    Target("options", texts, options),
    Target("offers", texts, offers),
    Target("masking", st.tuples(texts, awaited, st.booleans()), masking),
    Target("bodies", json_bodies, bodies),
    Target("typed", texts, typed),
    Target(
        "requests",
        st.dictionaries(
            st.sampled_from(
                (
                    "id",
                    "text",
                    "payload",
                    "done",
                    "continue",
                    "region",
                    "language",
                    "audience",
                    "staff_language",
                )
            )
            | anything,
            values,
            max_size=5,
        ),
        requests,
    ),
    Target("payloads", as_payload, payloads),
    Target("tokens", st.tuples(texts, st.integers(0, 75), st.text("Aa0-_.=é", max_size=3)), session_tokens),
    Target("origins", texts | st.from_regex(r"https?://[a-z.*:0-9/,]{0,40}"), other_sites),
    Target("languages", texts | st.from_regex(r"([a-zA-Z*-]{0,8};q=[0-9.einfa-]{0,6},){0,20}"), headers),
    Target(
        "settings",
        st.tuples(
            st.sampled_from(sorted(settings.Settings.__dataclass_fields__)),
            texts.filter(bool) | st.sampled_from(("nan", "inf", "-0", "1e400")),
        ),
        web_settings,
    ),
    Target("secrets", texts, secrets),
    Target("packs", st.tuples(st.integers(0, 50), st.floats(0, 1), words | anything, st.floats(0, 1)), packs),
    Target("papers", slots, papers),
    Target("console bodies", console_bodies_made, console_bodies),
    Target("filters", filters_made, filters),
    Target("codes", texts | st.text(codes.ALPHABET + "- abc01", max_size=12), read_codes),
    Target("cookies", texts | st.text(st.characters(codec=None), max_size=50), cookies),
    Target("cells", texts | st.tuples(words, texts).map("".join), cells),
    Target("hotlines", st.tuples(st.floats(0, 1), words | anything, st.floats(0, 1)), hotlines),
    Target(
        "console settings",
        st.tuples(
            st.sampled_from(sorted(staff_settings.StaffSettings.__dataclass_fields__)), texts.filter(bool)
        ),
        console_settings,
    ),
    Target(
        "addresses", anything | st.ip_addresses().map(str) | st.from_regex(r"[0-9a-f:.%]{1,40}"), addresses
    ),
    Target("stored rows", st.lists(row, max_size=12), stored_rows),
)
