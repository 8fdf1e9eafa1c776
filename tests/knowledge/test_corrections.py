"""What a text takes back: found where it is said, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.case import Case, Money
from knowledge.corrections import Correction, bare_sum, correction, sum_instead_of
from knowledge.intake import PAID_TO_RECOVER, Heard, replaced, take_in
from knowledge.load import load
from knowledge.pack import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(Path(__file__).resolve().parents[2] / "knowledge" / "cn")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("不是支付宝，是微信", "alipay"),
        ("是微信不是支付宝", "alipay"),
        ("not Alipay, it was WeChat", "alipay"),
        ("it was WeChat Pay, not Alipay", "alipay"),
        ("不是银行卡，是支付宝转的", "bank_card"),
        ("I did not pay by bank card but by WeChat", "bank_card"),
    ],
)
def test_what_is_taken_back_is_named(pack: Pack, text: str, wrong: str) -> None:
    found = correction(text, pack)
    assert found is not None and wrong in found.platforms | found.channels


@pytest.mark.parametrize(
    "text", ["其实是银行卡", "金额说错了，是5万", "actually it was a bank card", "I meant cash"]
)
def test_a_correction_may_name_only_the_new_value(pack: Pack, text: str) -> None:
    assert correction(text, pack) == Correction()


@pytest.mark.parametrize(
    "text",
    [
        "我用支付宝转了3万",
        "我不是很懂，是银行转的",
        "这不是诈骗吗，是支付宝转的",
        "I paid by card",
        "it was not my fault",
    ],
)
def test_other_texts_take_nothing_back(pack: Pack, text: str) -> None:
    assert correction(text, pack) is None


def test_a_sum_beside_a_correction_needs_no_currency() -> None:
    assert bare_sum("the amount was wrong, it was 50,000") == 50000
    assert bare_sum("金额不对，应该是 800") == 800
    assert bare_sum("金额说错了，是5万") is None, "read with its unit, or not at all"
    assert bare_sum("it was on the 5th floor") is None


PAID = Case(situation="lost_money", channels=("third_party_payment",), platforms=("alipay",))


def typed(text: str, **said: object) -> Heard:
    return Heard("inform", {k: v if isinstance(v, list) else [v] for k, v in said.items()}, text)


def test_not_this_platform_but_that_keeps_the_way_of_paying(pack: Pack) -> None:
    heard = typed("不是支付宝，是微信", channels=["third_party_payment"], platforms=["alipay", "wechat_pay"])
    after = take_in(PAID, heard, pack)
    assert (after.channels, after.platforms) == (("third_party_payment",), ("wechat_pay",))
    assert replaced(PAID, after) == ("platforms",)


def test_another_way_of_paying_drops_what_rested_on_the_first(pack: Pack) -> None:
    after = take_in(PAID, typed("其实是银行卡转的", channels=["bank_card"]), pack)
    assert (after.channels, after.platforms) == (("bank_card",), None)
    assert replaced(PAID, after) == ("channels",)


def test_one_of_two_ways_taken_back_leaves_the_other(pack: Pack) -> None:
    case = PAID.with_(channels=("cash", "third_party_payment"))
    heard = typed("不是支付宝，是银行卡", channels=["bank_card", "third_party_payment"], platforms=["alipay"])
    assert take_in(case, heard, pack).channels == ("cash", "bank_card")


def test_a_sum_put_right(pack: Pack) -> None:
    case = PAID.with_(amount=Money(300, "USD"))
    after = take_in(case, typed("the amount was wrong, it was 500"), pack)
    assert after.amount == Money(500, "USD")


def test_a_list_that_grows_and_a_first_answer_are_no_replacement(pack: Pack) -> None:
    after = take_in(PAID, typed("还有现金", channels=["cash"], elapsed="days"), pack)
    assert after.channels == ("third_party_payment", "cash") and after.elapsed == "days"
    assert replaced(PAID, after) == ()


@pytest.mark.parametrize("circumstance", ["account_frozen", "platform_refused", "card_lent"])
def test_a_bank_named_for_what_came_later_is_no_way_the_money_moved(pack: Pack, circumstance: str) -> None:
    heard = typed("they froze my card", channels=["bank_card"], circumstances=[circumstance])
    after = take_in(PAID, heard, pack)
    assert (after.channels, after.circumstances) == (PAID.channels, (circumstance,))
    assert take_in(Case(), heard, pack).channels == ("bank_card",), "in a first story it is"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("其实不是2000是3500，这个能追回来吗", 3500.0),
        ("说错了，不是2千，是3万", 30000.0),
        ("是3500，不是2000", 3500.0),
        ("actually it was 3500 not 2000, can I get it back?", 3500.0),
        ("not 2,000 but 3,500", 3500.0),
        ("it wasn’t 2000, it was 3.5k", 3500.0),
        ("说错了，不是两千，是三万五", 35000.0),
        ("不是2千块，是12,000块", 12000.0),
        ("not 2k, it was two grand five hundred, sorry: 2500", 2500.0),
        ("不是一个2000的红包，是一个3500的转账", 3500.0),
        ("不是2000\0是\0", None),
        ("其实不是1000是3500", None),
        ("2000 yesterday and then 3500", None),
    ],
)
def test_a_sum_beside_the_one_it_puts_right(text: str, right: float | None) -> None:
    assert sum_instead_of(2000, text) == right


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("I paid the recovery guy another 5000", True),
        ("I've already paid 5000 yuan to a recovery company", True),
        ("I paid the scammer 3000 and now a hacker offers help", False),
        ("what if I paid the recovery guy", False),
        ("should I pay the hacker", False),
    ],
)
def test_money_paid_to_one_who_is_called_by_the_promise(text: str, paid: bool) -> None:
    assert bool(PAID_TO_RECOVER.search(text)) is paid
