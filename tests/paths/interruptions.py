"""Everything that can come in between, at any question: what is said, and what must be true after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge.case import Case
from knowledge.triage import leave_open, reopen

Effect = Callable[[Case, str | None, str | None], Case]


def answered(case: Case, **answers: str) -> Case:
    """The case with these answers; what was left open is not open any more."""
    return case.with_(**answers, skipped=tuple(q for q in case.skipped if q not in answers))


def keeps(case: Case, question: str | None, before: str | None) -> Case:
    return case


def skips(case: Case, question: str | None, before: str | None) -> Case:
    return leave_open(case, question) if question else case


def goes_back(case: Case, question: str | None, before: str | None) -> Case:
    return reopen(case, before) if before else case


def forgets(case: Case, question: str | None, before: str | None) -> Case:
    return Case(language=case.language)


def is_offered(case: Case, question: str | None, before: str | None) -> Case:
    """An offer came: it is the situation where none is known, and else one more thing that is true."""
    if case.situation is None:
        case = answered(case, situation="recovery_offer")
    return case if case.recovery == "paid" else answered(case, recovery="offered")


def is_pressed(case: Case, question: str | None, before: str | None) -> Case:
    return answered(case, situation="being_pressured_now")


@dataclass(frozen=True)
class Interruption:
    """``says``: words by language. ``on`` are payloads that lead back, where the question waits.

    ``effect``: the case after it, from the case, the open question and the one asked before that.
    ``shows`` are kinds of warnings it must bring; ``asks``: another question is open until ``on`` is pressed.
    """

    name: str
    says: Mapping[str, str]
    on: tuple[str, ...] = ()
    effect: Effect = keeps
    shows: tuple[str, ...] = ()
    asks: str | None = None
    #: The same words again are what was asked for.
    repeats: bool = False
    #: As a first message it says that something happened.
    tells: bool = False


OFFER = {
    "zh": "有个黑客说百分之百能帮我把钱追回来,要先交手续费",
    "en": "a hacker says he guarantees to recover my money if I pay a fee first",
}
INTERRUPTIONS = (
    Interruption(
        "crisis", {"zh": "我不想活了", "en": "I want to kill myself"}, ("/go_on",), shows=("crisis",)
    ),
    Interruption("offer", OFFER, effect=is_offered, shows=("recovery_offer",)),
    Interruption(
        "check",
        {"zh": "帮我看看这条消息是不是骗子", "en": "can you check a message I got"},
        ("/go_on",),
        asks="offer_text",
    ),
    Interruption(
        "pressed",
        {
            "zh": "他现在还在电话里逼我转账,不让我挂电话",
            "en": "he is on the phone right now pressing me to transfer more",
        },
        effect=is_pressed,
        shows=("pressure",),
    ),
    Interruption("side question", {"zh": "这个钱还能追回来吗", "en": "can I get my money back?"}, tells=True),
    Interruption("why", {"zh": "为什么要问这个", "en": "why do you ask?"}),
    Interruption("repeat", {"zh": "再说一遍", "en": "say that again"}, repeats=True),
    Interruption("skip", {"zh": "跳过", "en": "skip"}, effect=skips),
    Interruption("back", {"zh": "返回", "en": "go back"}, effect=goes_back),
    Interruption(
        "change, not now", {"zh": "我想修改前面的回答", "en": "I want to change an answer"}, ("/go_on",)
    ),
    Interruption("start over, no", {"zh": "从头开始", "en": "start over"}, ("/go_on",)),
    Interruption(
        "start over, yes", {"zh": "从头开始", "en": "start over"}, ("/confirm_start_over",), forgets
    ),
    Interruption(
        "stop",
        {"zh": "先这样吧,不聊了", "en": "stop, that is enough for now"},
        ("/go_on",),
        shows=("recovery_offer",),
    ),
    Interruption("goodbye", {"zh": "再见", "en": "goodbye"}, ("/go_on",), shows=("recovery_offer",)),
    Interruption(
        "human", {"zh": "我要找真人", "en": "I want to talk to a real person"}, shows=("recovery_offer",)
    ),
    Interruption("help", {"zh": "你能做什么,怎么用", "en": "help, how does this work"}),
    Interruption("who", {"zh": "你是机器人吗", "en": "are you a robot?"}),
    Interruption("greeting", {"zh": "你好", "en": "hello"}),
    Interruption("thanks", {"zh": "谢谢", "en": "thank you"}),
    Interruption("abuse", {"zh": "你这个废物", "en": "you are useless, damn bot"}),
    Interruption("out of scope", {"zh": "今天天气怎么样", "en": "what is the weather like today"}),
    Interruption(
        "near neighbour",
        {
            "zh": "我转错账了,转给了陌生人怎么办",
            "en": "I typed the wrong account number and sent it to a stranger by mistake",
        },
        tells=True,
    ),
    Interruption("garbage", {"zh": "asdfgh qwrt", "en": "asdfgh qwrt"}),
    Interruption("emoji", {"zh": "😭😭", "en": "😭😭"}),
    Interruption("one letter", {"zh": "x", "en": "x"}),
    Interruption("another script", {"zh": "ыва олдж", "en": "ыва олдж"}),
    Interruption("punctuation", {"zh": "。。。", "en": "..."}),
)
#: Words for the other language, by the language they ask for.
SWITCH = {"zh": "请说中文", "en": "English please"}
