"""Amounts in every form people write, and numbers that are none."""

import pytest

from knowledge.case import Money
from knowledge.reading import parse_amount
from knowledge.reading.normalise import normalise
from knowledge.reading.numbers import find_numbers

# (text, value in yuan, or (currency, value), or None)
AMOUNTS = [
    ("我转了三万二给他", 32000),
    ("被骗了十几万", 100000),
    ("被骗两千多", 2000),
    ("转给他2.5w", 25000),
    ("lost 1k", 1000),
    ("I lost two grand to a scammer", 2000),
    ("he took 2,000 yuan", 2000),
    ("先转了2000又转了3000", 5000),
    ("先转了2000，又转了3000，一共5000", 5000),
    ("I sent $500 and then another $300", ("USD", 800)),
    ("lost 800 dollars", ("USD", 800)),
    ("我今年35岁，2023年5月8号被骗了5000元", 5000),
    ("打110报警了，被骗8000", 8000),
    ("我打了96110，他们不管", None),
    ("骗子电话是13800138000", None),
    ("成功率98%", None),
    ("刷了18单，本金4600元", 4600),
    ("转了500U到他的钱包", ("USDT", 500)),
    ("transferred 1200 euros", ("EUR", 1200)),
    ("paid £350", ("GBP", 350)),
    ("lost 30万円", ("JPY", 300000)),
    ("HK$4,500 was taken", ("HKD", 4500)),
    ("3000", 3000),
    ("大概3000吧", 3000),
    ("about 5000", 5000),
    ("1", None),
    ("2", None),
    ("110", None),
    ("验证码是482913", None),
    ("他让我交2800的保证金，我还没交", None),
    ("骗子要我转5万", None),
    ("本金3万，他说能赚10万，现在联系不上了", 30000),
    ("被骗了3000块，追回来500", 3000),
    ("he promised I would earn 500 a day, I paid 2000 deposit", 2000),
    ("我妈被骗了8万5", 85000),
    ("I was scammed out of 15 hundred dollars", ("USD", 1500)),
    ("fifteen thousand yuan gone", 15000),
    ("sent him 300", 300),
    ("it was 2 days ago, I lost 400", 400),
    ("银行卡被盗刷3499.50元", 3499.5),
    ("刷了6笔，合计12,888.00元", 12888),
    ("交了押金299，后来又要我交599，我没交", 299),
    ("花呗借了5000，微粒贷借了2万，都转过去了", 25000),
    ("充了3次，分别是500、1000、2000", 3500),
    ("5k", 5000),
    ("5千块", 5000),
    ("五千", 5000),
    ("十万块钱没了", 100000),
    ("卡里的两万七没了", 27000),
    ("my savings of 40k are gone", 40000),
    ("被骗走人民币壹万伍仟元整", 15000),
    ("rmb3000", 3000),
    ("转了5000刀", ("USD", 5000)),
    ("我被骗了1万8千6", 18600),
    ("共计损失约6.8万元", 68000),
    ("I have lost around 20 thousand rmb", 20000),
    ("投了100", 100),
    ("被扣了99", 99),
    ("被骗600多", 600),
    ("被骗一百二", 120),
    ("花三十块买了个假的", 30),
    ("20块钱", 20),
    ("上午转了1万，下午转了2万", 30000),
    ("前天转了8000昨天又转了12000", 20000),
    ("骗我说交99就能返200", 99),
    ("他说投资500返800我就投了500", 500),
    ("我只转了50块", 50),
    ("卖家收了我1280不发货", 1280),
    ("付了定金200，尾款还没付", 200),
    ("刚给对方转了4888", 4888),
    ("they charged my card 79.99", 79.99),
    ("$79.99 charge on my card", ("USD", 79.99)),
    ("被骗20w+", 200000),
]


@pytest.mark.parametrize(("text", "expected"), AMOUNTS)
def test_amount(text: str, expected: object) -> None:
    amount = parse_amount(text)
    if expected is None:
        assert amount is None
    elif isinstance(expected, tuple):
        assert amount == Money(expected[1], expected[0])
    else:
        assert amount == Money(expected, "CNY")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三万二", 32000),
        ("一万零五百", 10500),
        ("八九千", 8000),
        ("十几万", 100000),
        ("四十几万", 400000),
        ("7O万", 700000),
        ("31,200", 31200),
        ("2，345，678", 2345678),
        ("2.5w", 25000),
        ("1k", 1000),
        ("two grand", 2000),
        ("half a million", 500000),
        ("一亿两千万", 120_000_000),
        ("二百五", 250),
        ("fifteen hundred", 1500),
        ("a couple of thousand", 2000),
        ("壹万伍仟", 15000),
        ("三百四十五万六千七百八十九", 3456789),
        ("三万一个月", 30000),
    ],
)
def test_number(text: str, value: float) -> None:
    assert [n.value for n in find_numbers(normalise(text))] == [value]


@pytest.mark.parametrize("text", ["几十万", "数十万", "好几万"])
def test_no_first_digit_is_no_number(text: str) -> None:
    assert find_numbers(text) == ()


def test_the_packs_currency_is_used_when_none_is_named() -> None:
    assert parse_amount("I lost 500", "EUR") == Money(500, "EUR")
    assert parse_amount("我被骗了500元", "SGD") == Money(500, "SGD")
