"""Taking in what one message says: how the case changes. Pure functions; the dialogue calls ``take_in``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .case import CHOICES, LIST_FIELDS, MONEY_FIELDS, SECOND_CHOICES, Case, Money
from .corrections import Correction, bare_sum, correction, sum_instead_of
from .pack import Pack
from .reading.own_language import common_words, plainly
from .triage import QUESTIONS, SECOND_LOSS, leave_open

#: Intents whose texts never say anything about the person's own case, whatever words they contain.
SILENT = frozenset({"out_of_scope", "near_neighbour", "crisis", "check_offer", "abuse"})
#: Intents that tell what happened; their situation may replace an earlier, weaker one.
STORIES = frozenset({"lost_money", "unauthorised", "being_pressured_now", "not_paid_yet", "for_family"})
#: A situation that a later message may replace, because it says less.
WEAK_SITUATIONS = (None, "other", "not_paid_yet", "recovery_offer")

#: What a bare yes or no means as the answer to a question: question -> (yes, no).
YES_NO: Mapping[str, tuple[Any, Any]] = {
    "channels_complete": (None, True),
    "platforms": (None, ()),
    "exposure": (None, ()),
    "reported": ("called_110", "no"),
    "recovery": ("offered", "none"),
    "second_platforms": (None, ()),
}
#: What a message about the second loss says of it: field of the first loss -> field of the second.
OF_SECOND = {
    "channels": "second_channels",
    "platforms": "second_platforms",
    "elapsed": "second_elapsed",
    "amount": "second_amount",
}
#: Questions that a platform's name answers -> the ways of paying that it has to fit.
PLATFORM_QUESTIONS = {"platforms": "channels", "second_platforms": "second_channels"}
#: What tells an earlier loss from what was paid to whoever promised to undo it.
EARLIER = re.compile(
    r"之前|以前|原来|原先|当初|最早|最初|上次|上个?月|第一次"
    r"|\b(?:before|earlier|originally|first|previously|last (?:week|month|year))\b"
)
#: What tells of money paid to one who is called by the promise: "I paid the recovery guy".
PAID_TO_RECOVER = re.compile(
    r"(?<!if )\bi(?:'ve| have)?(?: also| already| just| then| even)* (?:paid|sent|transferred|wired|gave) "
    r"(?:(?:money|[\d,.]+\w*)(?: yuan| rmb| dollars)? to )?(?:(?:the|that|this|a|an|those|some) )?(?:\w+ )?"
    r"(?:recovery|hackers?)\b",
    re.IGNORECASE,
)
#: What tells of a payment, whatever became of it.
MONEY_MOVED = re.compile(
    r"转|汇|付|买|充值|扣款|\b(?:payments?|transfer\w*|transactions?|paid|bought|sent|wired)\b", re.IGNORECASE
)
BARE_NUMBER = re.compile(r"^\D{0,6}(\d[\d,]*(?:\.\d+)?)\D{0,6}$")

LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
CJK = re.compile(r"[\u3400-\u9fff]")
#: A name such as "zfb" or 支付宝 says nothing about the language someone wants to speak.
ENOUGH_WORDS = 3
ENOUGH_CHARACTERS = 4
#: These texts are somebody else's, or say the language themselves.
NOT_THEIR_VOICE = frozenset({"recovery_offer", "switch_language"})
#: From here on a text counts as a sentence.
SENTENCE_CHARACTERS = 8
SENTENCE_WORDS = 5


@dataclass(frozen=True)
class Heard:
    """One message as understood: ``said`` maps entity names to a value or a list of values.

    ``asked`` is the question that was open, ``pressed`` whether a button was pressed rather than typed.
    """

    intent: str
    said: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    asked: str | None = None
    pressed: bool = False


def _values(heard: Heard, name: str) -> tuple[Any, ...]:
    value = heard.said.get(name)
    if value is None:
        return ()
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else (value,)


def _one(heard: Heard, name: str) -> Any:
    values = _values(heard, name)
    return values[-1] if values else None


def _money(value: Any) -> Money | None:
    try:
        return Money(float(value["value"]), str(value["currency"]))
    except (KeyError, TypeError, ValueError):
        return None


def take_in(case: Case, heard: Heard, pack: Pack) -> Case:
    """The case after ``heard``. Taking in the same message twice changes nothing more (forms do so)."""
    if heard.pressed:
        after = _press(case, heard, pack)
    else:
        # One name, asked for, is an answer, whatever else it may stand for.
        named = _named(heard.text, pack) if heard.asked in PLATFORM_QUESTIONS else ()
        if heard.intent in SILENT:
            after = _apply(case, {**_told_beside(case, heard), **_with_named(case, heard.asked, named, pack)})
        else:
            after = _listen(case, heard, pack, named)
    return _paid_with(case, prune(after, pack), heard.asked, pack)


def _told_beside(case: Case, heard: Heard) -> dict[str, Any]:
    """What a text that is not about the case says of it all the same."""
    if heard.intent != "near_neighbour":
        return {}
    if case.situation is not None:
        # "They froze my card" may be no fraud by itself; for who has lost money it is what came of it.
        known = tuple(c for c in _values(heard, "circumstances") if c in CHOICES["circumstances"])
        return {"circumstances": _joined(case.circumstances, known)} if known else {}
    # No fraud as told, but money has moved: how it moved is the next thing to know.
    moved = heard.asked == "situation" and MONEY_MOVED.search(heard.text)
    return {"situation": "other"} if moved else {}


def _paid_with(before: Case, case: Case, asked: str | None, pack: Pack) -> Case:
    """Asked how it was paid, a name that is also a wallet's is the wallet's: WeChat is WeChat Pay."""
    if asked not in PLATFORM_QUESTIONS:
        return case
    told = getattr(case, asked)
    old = getattr(before, asked) or ()
    paid = tuple(p if p in old else _wallet_of(p, pack) for p in told or ())
    return case.with_(**{asked: tuple(dict.fromkeys(paid))}) if told else case


def _wallet_of(platform_id: str, pack: Pack) -> str:
    """The wallet whose name begins with this platform's, where people meet and pay; else the platform."""
    place = pack.platforms.get(platform_id)
    if place is None or not place.venue:
        return platform_id
    for other in pack.platforms.values():
        begins = all(other.name[language].startswith(name) for language, name in place.name.items())
        if begins and not other.venue and set(other.channels) & set(place.channels):
            return other.id
    return platform_id


def _press(case: Case, heard: Heard, pack: Pack) -> Case:
    """A button says one thing, and says it for certain."""
    if heard.intent != "answer":
        return case
    changes: dict[str, Any] = {}
    for name, allowed in (*CHOICES.items(), *SECOND_CHOICES.items()):
        values = _values(heard, name)
        if name in LIST_FIELDS:
            if "none" in values:
                changes[name] = ()
            elif kept := tuple(v for v in values if v in allowed):
                changes[name] = _joined(getattr(case, name), kept)
        elif values and values[-1] in allowed:
            changes[name] = values[-1]
    for name in ("platforms", "second_platforms"):
        platforms = _values(heard, name)
        if "none" in platforms:
            changes[name] = getattr(case, name) or ()
        elif known := tuple(p for p in platforms if p in pack.platforms):
            changes[name] = _joined(getattr(case, name), known)
    if _one(heard, "channels_complete") is not None:
        changes["channels_complete"] = True
    for name in MONEY_FIELDS:
        if (money := _money(_one(heard, name))) is not None:
            changes[name] = money
    if changes.get("situation") == "not_paid_yet":
        # Pressed, it is certain; read out of a text, it is asked whether any money has moved.
        changes["channels"] = ()
    return _apply(_paid_after_all(case, heard, changes), changes)


def _listen(case: Case, heard: Heard, pack: Pack, named: tuple[str, ...]) -> Case:
    """A typed message may say several things, and may say them about an earlier question.

    ``named``: the platform whose name is all that was said, where one was asked for.
    """
    changes: dict[str, Any] = {}
    is_offer = heard.intent == "recovery_offer"
    corrected = correction(heard.text, pack)
    if corrected is None and heard.intent == "change_answer":
        corrected = Correction()

    situation = _one(heard, "situation")
    if situation in CHOICES["situation"]:
        if case.situation is None or situation == "being_pressured_now" or heard.asked == "situation":
            changes["situation"] = situation
        elif situation == "recovery_offer":
            if case.recovery in (None, "none"):
                changes["recovery"] = "offered"
        elif heard.intent in STORIES and case.situation in WEAK_SITUATIONS:
            changes["situation"] = situation
    recovery = _one(heard, "recovery")
    if is_offer and PAID_TO_RECOVER.search(heard.text.replace("’", "'")):
        recovery = "paid"
    if recovery in CHOICES["recovery"]:
        changes["recovery"] = recovery
    elif is_offer and case.recovery in (None, "none"):
        changes["recovery"] = "offered"
    elif case.situation == "recovery_offer" and (heard.intent == "lost_money" or _values(heard, "channels")):
        if EARLIER.search(heard.text.lower()):
            # The loss that the offer is about.
            changes["situation"] = "lost_money"
        else:
            # "I have paid him already", said of the one who promised the money back.
            changes["recovery"] = "paid"
            changes.pop("situation", None)

    second = _is_of_second(case, heard, changes.get("recovery"))
    # What an offer text names (sums, apps, people) is the swindler's, unless something was paid to them.
    if not is_offer or recovery == "paid":
        for name in ("elapsed", "reported", "for_whom"):
            value = _one(heard, name)
            # "my money" is how everybody speaks; it does not undo "for my mother".
            if value in CHOICES[name] and value != "self":
                changes[OF_SECOND.get(name, name) if second else name] = value
        money_field = OF_SECOND["amount"] if second else "amount"
        # The figures of a name are no sum.
        if not named and (money := _sum(heard, getattr(case, money_field), corrected, pack)) is not None:
            changes[money_field] = money
        aside = _speaks_of_own_account(case, heard)
        for name in LIST_FIELDS:
            if (aside or named) and name in ("channels", "platforms"):
                continue
            known = CHOICES.get(name) or tuple(pack.platforms)
            if values := tuple(v for v in _values(heard, name) if v in known):
                field_name = OF_SECOND.get(name, name) if second else name
                changes[field_name] = _list_after(getattr(case, field_name), name, values, corrected)

    asked = heard.asked or ""
    changes |= _with_named(case, asked, named, pack)
    if asked in YES_NO and asked not in changes and heard.intent in ("affirm", "deny"):
        yes, no = YES_NO[asked]
        answer = yes if heard.intent == "affirm" else no
        if answer is not None:
            changes[asked] = answer
    if case.situation is None and "situation" not in changes:
        if changes.get("channels"):
            changes["situation"] = "lost_money"
        elif _tells(heard):
            # Asked once more what happened they would have to say it all again; how the money moved is new.
            changes["situation"] = "other"
    return _apply(_paid_after_all(case, heard, changes), changes)


def _sum(heard: Heard, old: Money | None, corrected: Correction | None, pack: Pack) -> Money | None:
    """The sum that a typed message names; without a currency where one was asked for or is put right."""
    if old is not None and (right := sum_instead_of(old.value, heard.text)) is not None:
        return Money(right, old.currency)
    if (money := _money(_one(heard, "amount"))) is not None:
        return money
    if corrected is not None and (figure := bare_sum(heard.text)) is not None:
        return Money(figure, old.currency if old else pack.currency)
    match = BARE_NUMBER.match(heard.text.strip()) if heard.asked in MONEY_FIELDS else None
    return Money(float(match.group(1).replace(",", "")), pack.currency) if match else None


def _named(text: str, pack: Pack) -> tuple[str, ...]:
    """The platform of which ``text`` is a name, whole: where one is asked for, a name is the answer."""
    said = _plain(text)
    for platform in pack.platforms.values():
        aliases = (alias for of_language in platform.aliases.values() for alias in of_language)
        if said and said in map(_plain, (*platform.name.values(), *aliases)):
            return (_wallet_of(platform.id, pack),)
    return ()


def _with_named(case: Case, asked: str | None, named: tuple[str, ...], pack: Pack) -> dict[str, Any]:
    """The platform that was named, and a way of paying with it where it fits none that was told."""
    if not asked or not named:
        return {}
    changes = {asked: _joined(getattr(case, asked), named)}
    ways = PLATFORM_QUESTIONS[asked]
    told, usual = getattr(case, ways) or (), pack.platforms[named[0]].channels
    if not set(told) & set(usual):
        changes[ways] = (*told, usual[0])
    return changes


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _list_after(
    old: tuple[str, ...] | None, name: str, said: tuple[str, ...], corrected: Correction | None
) -> tuple[str, ...]:
    """A list after a message that names ``said``: joined, or put right if the message corrects something."""
    if corrected is None or name == "circumstances":
        return _joined(old, said)
    wrong: frozenset[str] = getattr(corrected, name, frozenset())
    right = tuple(value for value in said if value not in wrong)
    if name == "channels" and wrong and not right:
        return said  # another platform of the same way of paying
    return _joined(tuple(value for value in old or () if value not in wrong), right) if wrong else right


def _speaks_of_own_account(case: Case, heard: Heard) -> bool:
    """Whether a bank is named for what came later ("they froze my card"), not for how it was paid."""
    later = {"account_frozen", "platform_refused", "card_lent"} & set(_values(heard, "circumstances"))
    return bool(later) and case.situation is not None and heard.asked not in OF_SECOND


def _is_of_second(case: Case, heard: Heard, recovery: Any) -> bool:
    """Whether a typed message tells how the second loss was paid, and not the first."""
    if heard.asked in SECOND_LOSS:
        return True
    if case.situation in (None, "recovery_offer"):
        return False
    return recovery == "paid" and case.channels is not None


def _paid_after_all(case: Case, heard: Heard, changes: Mapping[str, Any]) -> Case:
    """Who left open what happened, or said "not paid yet", and then how the money moved has paid."""
    unsure = case.situation == "not_paid_yet" or "situation" in case.skipped
    if unsure and heard.asked == "channels" and changes.get("channels"):
        return _apply(case, {"situation": "lost_money"})
    return case


def _tells(heard: Heard) -> bool:
    """Whether a message tells of something that happened, without saying what kind of thing it was."""
    if heard.intent in STORIES | {"inform", "ask_faq", "nlu_fallback"} and _one(heard, "in_scope"):
        return True
    return heard.intent in ("inform", "nlu_fallback") and is_sentence(heard.text)


def is_sentence(text: str) -> bool:
    """Whether a text is long enough to be more than a word, a name or keys hit by chance."""
    return len(CJK.findall(text)) >= SENTENCE_CHARACTERS or len(LATIN_WORD.findall(text)) >= SENTENCE_WORDS


def _joined(old: tuple[str, ...] | None, new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(old or ()), *new)))


def _apply(case: Case, changes: Mapping[str, Any]) -> Case:
    if not changes:
        return case
    skipped = tuple(q for q in case.skipped if q not in changes)
    return case.with_(**changes, skipped=skipped)


def prune(case: Case, pack: Pack) -> Case:
    """The case without answers that no longer apply: platforms of a channel that was taken back, for one."""
    if case.channels is not None:
        case = case.with_(platforms=_of_channels(case.platforms, case.channels, pack))
    if case.channels == () and (case.platforms or case.elapsed or case.amount or case.channels_complete):
        case = case.with_(platforms=None, elapsed=None, amount=None, channels_complete=False)
    if case.second_channels:
        case = case.with_(second_platforms=_of_channels(case.second_platforms, case.second_channels, pack))
    if case.recovery != "paid":
        case = case.with_(**dict.fromkeys(SECOND_LOSS))
    if case.situation == "not_paid_yet" and case.channels:
        # A way of paying that was only asked for is no way that money moved; so it is asked.
        case = case.with_(channels=None, channels_complete=False, platforms=None, elapsed=None, amount=None)
    return case


def _of_channels(
    platforms: tuple[str, ...] | None, channels: tuple[str, ...], pack: Pack
) -> tuple[str, ...] | None:
    """The platforms that one can pay with in one of these ways; None, to be asked, where none is left."""
    known = (pack.platforms[p] for p in platforms or () if p in pack.platforms)
    kept = tuple(platform.id for platform in known if set(platform.channels) & set(channels))
    return kept or (None if platforms else platforms)


def replaced(before: Case, after: Case) -> tuple[str, ...]:
    """The questions whose answer was another one before; a list that only grew was not replaced."""
    found = []
    for name in QUESTIONS:
        if name == "channels_complete":
            continue
        old, new = getattr(before, name), getattr(after, name)
        if old in (None, ()) or new is None or old == new:
            continue
        if isinstance(old, tuple) and set(old) <= set(new):
            continue
        found.append(name)
    return tuple(found)


def turn_down(case: Case, asked: str | None) -> Case:
    """The case after the second unclear answer to ``asked``: the question is left open."""
    return leave_open(case, asked) if asked else case


def writes_in(heard: Heard, pack: Pack) -> str | None:
    """The language of the pack that a typed message is plainly written in, or ``None``."""
    if heard.pressed or heard.intent in NOT_THEIR_VOICE or _one(heard, "wants_language"):
        return None
    characters = len(CJK.findall(heard.text))
    words = len(LATIN_WORD.findall(heard.text))
    if characters >= ENOUGH_CHARACTERS and characters > words and _one(heard, "language") == "zh":
        return "zh" if "zh" in pack.languages else None
    if characters:
        return None
    if pack.dialogue:
        # Letters do not tell these languages apart, their small words do.
        return plainly(heard.text, common_words(pack))
    plain = _one(heard, "language") == "en" and words >= ENOUGH_WORDS
    return "en" if plain and "en" in pack.languages else None
