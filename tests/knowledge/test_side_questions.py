"""A side question beside an answer is found; exclamations and answers are not taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.load import load
from knowledge.pack import Pack
from knowledge.side_questions import side_question


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(Path(__file__).resolve().parents[2] / "knowledge" / "cn")


@pytest.mark.parametrize(
    ("text", "faq"),
    [
        ("我昨天用支付宝给骗子转了3万，这个钱还能追回来吗", "get_money_back"),
        ("I paid him 3000 yuan with Alipay yesterday, can I get it back?", "get_money_back"),
        ("昨天，聊天记录要不要删", "delete_chat"),
        ("about 5000 yuan. should I delete the chat?", "delete_chat"),
        ("yesterday. is it worth reporting?", "small_amount"),
    ],
)
def test_it_is_found_beside_an_answer(pack: Pack, text: str, faq: str) -> None:
    assert side_question(text, pack) == faq


@pytest.mark.parametrize(
    "text",
    [
        "这个钱还能追回来吗",  # of one part: the classifier's
        "用微信转的，他怎么知道我的名字呢",
        "bank card, how could they do this to me",
        "他说是客服，让我转账，我怎么这么傻",
        "by card, what do I do now?",
        "支付宝，昨天，3万",
        "",
    ],
)
def test_anything_else_is_none(pack: Pack, text: str) -> None:
    assert side_question(text, pack) is None
