"""Whole-message commands and option numbers, and messages that only look like them."""

import pytest

from knowledge.reading import command, option_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("①", 1),
        ("２", 2),
        ("第二个", 2),
        ("the second one", 2),
        ("2.", 2),
        ("选3", 3),
        ("option 2", 2),
        ("three", 3),
        ("三", 3),
        ("10", 10),
        ("one", 1),
        ("第一个吧", 1),
        ("number two", 2),
        ("2nd", 2),
        ("十", 10),
        ("3000", None),
        ("hello", None),
        ("the one", None),
        ("支付宝", None),
        ("最后一个", None),
        ("100", None),
        ("0", None),
        ("", None),
    ],
)
def test_option_number(text: str, number: int | None) -> None:
    assert option_number(text) == number


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("跳过", "skip"),
        ("Skip!", "skip"),
        ("请跳过", "skip"),
        ("english please", "switch_en"),
        ("说中文", "switch_zh"),
        ("返回", "back"),
        ("go back", "back"),
        ("不是", "deny"),
        ("是的", "affirm"),
        ("No.", "deny"),
        ("why do you ask?", "why"),
        ("重新开始", "start_over"),
        ("转人工", "human"),
        ("help", "help"),
        ("停", "stop"),
        ("ＯＫ", "affirm"),
        ("can we start over please", "start_over"),
        ("看计划", "show_plan"),
        ("為什麼問這個", "why"),
        ("I don’t speak Chinese", "switch_en"),
        ("再说一遍", "repeat"),
        ("repeat that", "repeat"),
        ("I want to go back to work", None),
        ("我被骗了", None),
        ("what’s this", None),
        ("", None),
        ("他让我停", None),
        ("no money left", None),
        ("是骗子", None),
        ("help me, he took 3000", None),
    ],
)
def test_command(text: str, name: str | None) -> None:
    assert command(text) == name
