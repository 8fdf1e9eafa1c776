"""One message, everything it says."""

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import pytest

from knowledge.case import CHOICES, Money
from knowledge.reading import Reading

Read = Callable[[str], Reading]


def test_a_full_first_message(reading: Read) -> None:
    read = reading("我昨天在支付宝转了3万给骗子，验证码也给他了，已经报警")
    assert replace(read, clues=frozenset()) == Reading(
        language="zh",
        situation="lost_money",
        told="lost_money",
        channels=("third_party_payment",),
        platforms=("alipay",),
        amount=Money(30000, "CNY"),
        elapsed="days",
        exposure=("code_given",),
        reported="called_110",
        for_whom="self",
        fraud_words=True,
    )


def test_a_full_first_message_in_english(reading: Read) -> None:
    read = reading(
        "An hour ago I sent 2000 yuan by WeChat and then bought Apple cards for a scammer, not reported yet"
    )
    assert (read.language, read.situation, read.elapsed, read.reported) == (
        "en",
        "lost_money",
        "under_24h",
        "no",
    )
    assert read.channels == ("third_party_payment", "point_card")
    assert read.platforms == ("wechat_pay", "apple_card")
    assert read.amount == Money(2000, "CNY")


@pytest.mark.parametrize(
    "text", ["", "。", "😀", "你好", "hello", "12345678901234567890", "/restart", "\n\n"]
)
def test_nothing_said_is_nothing_read(reading: Read, text: str) -> None:
    read = reading(text)
    assert not (
        read.situation or read.channels or read.platforms or read.amount or read.elapsed or read.exposure
    )
    assert not (read.recovery_offer or read.crisis or read.fraud_words)


@pytest.mark.parametrize(
    "text",
    [
        "我妈被骗了",
        "盗刷",
        "现在逼我转账",
        "有个黑客说保证追回，先交定金",
        "还没付，是不是骗子",
        "共享屏幕",
        "报警了",
    ],
)
def test_values_are_those_of_the_case(reading: Read, text: str) -> None:
    read = reading(text)
    values = {name: getattr(read, name) for name in CHOICES}
    assert any(values.values())
    for name, value in values.items():
        assert value is None or set(value if isinstance(value, tuple) else [value]) <= set(CHOICES[name])


@pytest.mark.parametrize(
    "unit",
    [
        "我转了",
        "微信",
        "3000元",
        "他说他能帮我",
        "i sent ",
        "0",
        " ",
        "不是",
        "先转了2000又",
        "追回",
        "一二三",
        "1,",
        "500, ",
        "卡密发",
        "recover my money ",
    ],
)
def test_long_messages_do_not_stall(reading: Read, unit: str) -> None:
    text = (unit * 2000)[:2000]
    started = perf_counter()
    reading(text)
    assert perf_counter() - started < 3
