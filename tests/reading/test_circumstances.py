"""Circumstances: what else a text says, and what only sounds like it."""

# ruff: noqa: E501 - a circumstance a line reads best

from __future__ import annotations

import pytest

from knowledge.case import CIRCUMSTANCES
from knowledge.reading.circumstances import find_circumstances
from knowledge.reading.normalise import normalise

#: circumstance -> texts that state it
STATED = {
    "minor": ["我今年15岁,充了骗子的卡", "我未成年能报警吗", "My son is 12 and paid them", "I'm only 16"],
    "abroad": ["我现在在国外", "我在日本留学被骗了", "I live in Canada and was cheated", "I am overseas now"],
    "foreign_speaker": ["我不会说中文", "I don't speak Chinese", "I'm a foreigner in Shanghai"],
    "small_amount": ["钱不多要报警吗", "才200块值得报警吗", "it is a small amount", "only 50 yuan, is it worth reporting"],
    "hardship": ["生活费都没了", "我没钱吃饭了", "I have no money left for food"],
    "card_lent": ["我把银行卡借给别人用了", "帮他跑分了", "I lent him my bank card", "they used my account to move money"],
    "account_frozen": ["我的银行卡被冻结了", "卡被公安冻结", "my account was frozen", "the bank blocked my card"],
    "police_declined": ["派出所不给立案", "派出所说不给我立案怎么办", "警察说不立案怎么办", "the police refused to take my report"],
    "platform_refused": ["支付宝说不受理", "投诉被驳回了", "the platform rejected it", "my complaint was turned down"],
    "police_contact": ["有个自称警察的人打来电话", "派出所给我打电话是真的吗", "someone claiming to be police rang"],
    "return_offered": ["收到退赃通知", "有人通知我可以退钱", "I was told my money will be returned"],
    "still_contacted": ["骗子还在给我打电话", "they keep calling me"],
}  # fmt: skip


def test_every_circumstance_can_be_told() -> None:
    assert set(STATED) == set(CIRCUMSTANCES)


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in STATED.items() for t in texts])
def test_it_is_heard(name: str, text: str) -> None:
    assert name in find_circumstances(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "我昨天用支付宝给骗子转了3万",
        "我30岁,被骗了5万",
        "警察已经立案了",
        "我打了110",
        "I called the police yesterday",
        "I sent 2000 yuan by WeChat",
        "银行把我的转账拦下来了",
        "对方把我拉黑了",
    ],
)
def test_nothing_is_heard_where_nothing_is_said(text: str) -> None:
    assert find_circumstances(normalise(text)) == ()
