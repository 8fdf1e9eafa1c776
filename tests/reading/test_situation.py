"""What happened, to whom, whether it is reported, and who offers to get the money back."""

from collections.abc import Callable

import pytest

from knowledge.reading import Reading

SITUATIONS = [
    ("我被骗了3万", "lost_money"),
    ("昨天在支付宝转了3万给骗子", "lost_money"),
    ("网上买东西付了钱就被拉黑了", "lost_money"),
    ("我的银行卡被盗刷了2000", "unauthorised"),
    ("支付宝里的钱莫名其妙被扣了500", "unauthorised"),
    ("钱不是我本人操作转的", "unauthorised"),
    ("卡里的钱突然没了", "unauthorised"),
    ("对方一直催我转账，还不让我挂电话", "being_pressured_now"),
    ("他们威胁我不转钱就把视频发给通讯录", "being_pressured_now"),
    ("我现在还在跟他通电话", "being_pressured_now"),
    ("他说让我马上转到安全账户否则就抓我", "being_pressured_now"),
    ("还没转钱，这是不是骗子", "not_paid_yet"),
    ("他让我先交保证金，可信吗", "not_paid_yet"),
    ("对方要我付定金，靠谱吗", "not_paid_yet"),
    ("转错账了怎么办", None),
    ("天气不错", None),
    ("你好", None),
    ("支付宝", None),
    ("昨天", None),
    ("I got scammed", "lost_money"),
    ("I sent 2000 to a scammer", "lost_money"),
    ("someone used my card without my permission", "unauthorised"),
    ("there is a charge I don't recognise", "unauthorised"),
    ("they are threatening me to send money now", "being_pressured_now"),
    ("he is still on the phone and won't let me hang up", "being_pressured_now"),
    ("is this a scam? I haven't paid", "not_paid_yet"),
    ("should I pay the fee?", "not_paid_yet"),
    ("hello", None),
    ("I lost 500 dollars to a fake shop", "lost_money"),
    ("我妈被骗了", "lost_money"),
    ("投资平台跑路了", "lost_money"),
    ("刷单被骗9000", "lost_money"),
    ("我差点被骗", "not_paid_yet"),
    ("他骗我转了5000就失联了", "lost_money"),
    ("共享屏幕后钱被转走了", "unauthorised"),
    ("骗子让我共享屏幕，我转了3万", "lost_money"),
    ("中奖了要先交税，是真的吗", "not_paid_yet"),
    ("裸聊被威胁", "being_pressured_now"),
    ("裸聊被骗了5000，现在还在威胁我", "being_pressured_now"),
    ("my wallet was stolen and they're withdrawing cash", "unauthorised"),
    ("They keep calling me demanding more money", "being_pressured_now"),
    ("我不敢告诉爸妈", None),
    ("不敢跟家里人说", None),
    ("他不让我告诉家人", "being_pressured_now"),
    ("Someone says I won a prize but I have to pay tax first", "not_paid_yet"),
]
FOR_WHOM = [
    ("我妈被骗了", "family"),
    ("我被骗了", "self"),
    ("我爸昨天给骗子转了2万", "family"),
    ("帮我妈问一下", "family"),
    ("my mother sent money to a scammer", "family"),
    ("I was scammed", "self"),
    ("骗了我1700", "self"),
    ("我老公把钱转给骗子了", "family"),
    ("我朋友被骗了怎么办", "family"),
    ("asking for my dad", "family"),
    ("被骗了", None),
    ("来电人说被骗", "caller"),
    ("我被朋友骗了", "self"),
    ("我姐也投了8万", None),
    ("我被骗，朋友帮我报的警", "self"),
]
REPORTED = [
    ("还没报警", "no"),
    ("我已经报警了", "called_110"),
    ("报警了不立案", "called_110"),
    ("拿到受案回执了", "receipt"),
    ("警察已经立案了", "receipt"),
    ("可以报警吗", None),
    ("怎么报警", None),
    ("做兼职被坑，报警有用吗", None),
    ("要不要报警", "no"),
    ("打了110", "called_110"),
    ("去了派出所", "called_110"),
    ("I called the police", "called_110"),
    ("haven't reported yet", "no"),
    ("I have a case number", "receipt"),
    ("filed a police report", "called_110"),
    ("报案好几周了没下文", "called_110"),
    ("能立案吗", None),
    ("可以报案吗", None),
    ("想报警", None),
    ("报警", None),
    ("没有", None),
    ("不敢报警", "no"),
    ("派出所不给立案", "called_110"),
    ("有报警回执", "receipt"),
    ("Can the police help?", None),
    ("报过警了", "called_110"),
]


@pytest.mark.parametrize(("text", "expected"), SITUATIONS)
def test_situation(reading: Callable[[str], Reading], text: str, expected: str | None) -> None:
    assert reading(text).situation == expected


@pytest.mark.parametrize(("text", "expected"), FOR_WHOM)
def test_for_whom(reading: Callable[[str], Reading], text: str, expected: str | None) -> None:
    assert reading(text).for_whom == expected


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_reported(reading: Callable[[str], Reading], text: str, expected: str | None) -> None:
    assert reading(text).reported == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有个黑客说能帮我把钱追回来，要先交手续费", "offered"),
        ("我给了那个追款的黑客两千，他又要我再交", "paid"),
        ("I paid a recovery agent 800 to get my money back", "paid"),
        ("我给说能追回的人付了手续费", "paid"),
        ("I sent 300 to a man who promised to get it back", "paid"),
        ("没有人联系我说能追回", "none"),
        ("钱还能追回吗", None),
        ("被骗了三千", None),
    ],
)
def test_recovery(reading: Callable[[str], Reading], text: str, expected: str | None) -> None:
    assert reading(text).recovery == expected
