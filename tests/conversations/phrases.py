"""What people say, in each language, and how far a conversation has come when they say it."""

from __future__ import annotations

from collections.abc import Callable

from tests.chat import Chat

Talk = Callable[..., Chat]
Said = dict[str, str]

STORY: Said = {
    "zh": "我昨天用支付宝给骗子转了3万",
    "en": "yesterday I paid the scammer 30000 yuan through Alipay",
}
SIDE_QUESTION: Said = {"zh": "这个钱还能追回来吗", "en": "can I get my money back?"}
OFFER: Said = {
    "zh": "有个黑客说百分之百能帮我把钱追回来,要先交手续费",
    "en": "a hacker says he guarantees to recover my money if I pay a fee first",
}
CRISIS: Said = {"zh": "我不想活了", "en": "I want to kill myself"}
PRESSED: Said = {
    "zh": "他现在还在电话里逼我转账,不让我挂电话",
    "en": "he is on the phone right now pressing me to transfer more",
}
UNRELATED: Said = {"zh": "今天天气怎么样", "en": "what is the weather like today"}
WHY: Said = {"zh": "为什么要问这个", "en": "why do you ask?"}
AGAIN: Said = {"zh": "再说一遍", "en": "say that again"}
BACK: Said = {"zh": "返回", "en": "go back"}
SKIP: Said = {"zh": "跳过", "en": "skip"}
STOP: Said = {"zh": "停止", "en": "stop"}
START_OVER: Said = {"zh": "重新开始", "en": "start over"}
HUMAN: Said = {"zh": "人工", "en": "talk to a human"}
GREETING: Said = {"zh": "你好", "en": "hello"}
THANKS: Said = {"zh": "谢谢", "en": "thank you"}
YES: Said = {"zh": "是的", "en": "yes"}
NO: Said = {"zh": "不用了", "en": "no thanks"}
CURSE: Said = {"zh": "你他妈就是个废物", "en": "you are fucking useless"}
UNCLEAR: Said = {"zh": "呜啦嘟嘟哩哩", "en": "asdf qwrt zxcv"}


def at_elapsed(talk: Talk, language: str) -> Chat:
    """A loss by bank card, with the question ``elapsed`` open."""
    chat = talk(language)
    chat.answer("situation", "lost_money")
    chat.answer("channels", "bank_card")
    chat.answer("channels_complete", "yes")
    chat.press("skip")
    assert chat.question == "elapsed"
    return chat


def at_plan(talk: Talk, language: str) -> Chat:
    """A loss through Alipay, with the plan shown."""
    chat = talk(language)
    chat.say(STORY[language])
    chat.press("finish")
    assert chat.steps and chat.question is None
    return chat


def at_offer(talk: Talk, language: str) -> Chat:
    """A conversation that waits for a message to check."""
    chat = at_plan(talk, language)
    chat.press("check_offer")
    assert chat.question == "offer_text"
    return chat


def step_ids(chat: Chat) -> set[str]:
    """The steps shown in the last turn."""
    return {step["id"] for step in chat.steps}


def done(chat: Chat) -> set[str]:
    """The steps of the plan that are ticked."""
    return {step["id"] for step in chat.plan()["steps"] if step["done"]}
