"""How long ago the last payment was; times of other things do not count."""

from datetime import date

import pytest

from knowledge.reading import parse_elapsed

TODAY = date(2026, 11, 15)
TIMES = [
    ("刚刚转了3000", "under_30min"),
    ("半小时前被骗", "under_30min"),
    ("十分钟前", "under_30min"),
    ("今天上午转的", "under_24h"),
    ("几个小时前", "under_24h"),
    ("两个小时前", "under_24h"),
    ("昨晚被骗了", "under_24h"),
    ("昨天在支付宝转了3万给骗子", "days"),
    ("前天", "days"),
    ("三天前", "days"),
    ("上周被骗", "days"),
    ("上周三", "days"),
    ("一周前", "days"),
    ("两周前", "over_week"),
    ("上个月被骗", "over_week"),
    ("去年", "over_week"),
    ("2019年被骗", "over_week"),
    ("3 months ago", "over_week"),
    ("他说三天后到账", None),
    ("对方说24小时内到账", None),
    ("去年认识的，昨天转了3万", "days"),
    ("上周转了3万，今天才发现被骗", "days"),
    ("刚刚发现被骗了", None),
    ("我刚被骗了5000", "under_30min"),
    ("已经两个多月了", "over_week"),
    ("一个多星期了", "over_week"),
    ("半个小时", "under_30min"),
    ("两个小时", "under_24h"),
    ("3天", "days"),
    ("I just sent 2000", "under_30min"),
    ("half an hour ago", "under_30min"),
    ("2 days ago", "days"),
    ("yesterday", "days"),
    ("last night I lost", "under_24h"),
    ("this morning", "under_24h"),
    ("a week ago", "days"),
    ("over a week ago", "over_week"),
    ("two weeks ago", "over_week"),
    ("last year", "over_week"),
    ("20 minutes ago", "under_30min"),
    ("an hour ago", "under_24h"),
    ("three hours ago", "under_24h"),
    ("on Monday I sent", "days"),
    ("I met him last year and sent 5000 yesterday", "days"),
    ("he said it arrives within 24 hours", None),
    ("40分钟前", "under_24h"),
    ("一刻钟前", "under_30min"),
    ("被骗了怎么办", None),
    ("昨天报警了，钱是上个月转的", "over_week"),
    ("11月9号转的", "days"),
    ("8月份被骗", "over_week"),
    ("十几天前", "over_week"),
    ("转完一个月了", "over_week"),
    ("5天前转的账", "days"),
    ("I got scammed", None),
    ("a few days ago", "days"),
    ("couple of hours ago", "under_24h"),
    ("it happened 3 weeks ago", "over_week"),
    ("just now", "under_30min"),
    ("a month ago", "over_week"),
    ("前几天", "days"),
    ("快一年了", "over_week"),
    ("他让我三天之内还钱", None),
    ("每天给我500", None),
    ("昨天晚上10点", "under_24h"),
    ("大概2个小时以前吧", "under_24h"),
    ("一个半小时前", "under_24h"),
    ("不到半小时前", "under_30min"),
    ("半年前", "over_week"),
    ("a couple of minutes ago", "under_30min"),
    ("it's been 3 days since I paid", "days"),
    ("投资了8万，到现在已经半年了", "over_week"),
    ("I have been scammed in 2019", "over_week"),
    ("this week", "days"),
    ("just got scammed", "under_30min"),
    ("earlier today", "under_24h"),
    ("下午三点转的", "under_24h"),
    ("上星期五", "days"),
    ("我今年18岁被骗了", None),
    ("刚才转账了，怎么办", "under_30min"),
]


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_elapsed(text: str, expected: str | None) -> None:
    assert parse_elapsed(text, TODAY) == expected


def test_a_date_is_counted_from_the_day_given() -> None:
    assert parse_elapsed("6月3号转的", date(2026, 6, 5)) == "days"
    assert parse_elapsed("6月3号转的", date(2026, 8, 5)) == "over_week"
    assert parse_elapsed("2027年1月转的", TODAY) is None
