"""Words of fraud and words of other trouble."""

import pytest

from knowledge.reading import normalise
from knowledge.reading.scope import fraud_words, near_neighbour


@pytest.mark.parametrize(
    "text",
    [
        "遇到骗子了",
        "I was scammed",
        "詐騙",
        "卡被盗刷",
        "对方跑路",
        "un fraude",
        "詐欺にあいました",
        "меня обманули",
    ],
)
def test_fraud(text: str) -> None:
    assert fraud_words(normalise(text))


@pytest.mark.parametrize(
    "text",
    ["今天天气怎么样", "信用卡怎么还款", "what is the exchange rate", "谢谢你", "how do I open an account"],
)
def test_no_fraud(text: str) -> None:
    assert not fraud_words(normalise(text))


def test_a_slip_of_ones_own_is_a_neighbour_of_fraud() -> None:
    assert near_neighbour("钱转错人了")
    assert near_neighbour("i sent it to the wrong account")
    assert not near_neighbour("转错账后对方是骗子")
