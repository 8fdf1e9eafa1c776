"""Folding keeps every character in its place."""

import pytest

from knowledge.reading import normalise
from knowledge.reading.amounts import parse_amount
from knowledge.reading.normalise import simplify


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("支付寶轉賬", "支付宝转账"),
        ("銀行卡被騙", "银行卡被骗"),
        ("我被骟了", "我被骗了"),
        ("遇到炸骗", "遇到诈骗"),
        ("WeChat　Pay", "wechat pay"),
        ("￥３００", "¥300"),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert normalise(text) == folded


@pytest.mark.parametrize(
    "text", ["", "İstanbul ﬁ ㎏ ½", "①②③ 😀 e\u0301", "轉帳\u200b３萬元\ufeff", "ß ŉ ǰ", "㍿"]
)
def test_keeps_length(text: str) -> None:
    assert len(normalise(text)) == len(text)


def test_simplify_leaves_classes_of_a_pattern_alone() -> None:
    assert simplify(r"騙\S+\D") == r"骗\S+\D"


@pytest.mark.parametrize("digits", ["٣٠٠٠", "३०००", "３０００", "𝟛𝟘𝟘𝟘"])
def test_digits_of_every_script_are_digits(digits: str) -> None:
    assert normalise(digits) == "3000"
    assert parse_amount(f"{digits}元", "CNY") == parse_amount("3000元", "CNY")
