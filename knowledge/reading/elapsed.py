"""How long ago the last payment was, as the person says it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from knowledge.case import ELAPSED
from knowledge.reading.normalise import normalise
from knowledge.reading.numbers import evaluate, evaluate_english

_N = r"(?P<n>\d[\do]*(?:\.\d+)?|[零一二两三四五六七八九十百]+|十?几|好几|半|数)"
_EN = (
    r"(?P<n>\d+(?:\.\d+)?|(?:a |an )?(?:few|couple(?: of)?)|several|half an?|half|an?|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|"
    r"eleven|twelve|fifteen|twenty|thirty|forty|forty[- ]five|fifty|sixty|ninety)"
)
_MINUTES = {
    "秒": 1 / 60,
    "分": 1,
    "刻": 15,
    "时": 60,
    "天": 1440,
    "日": 1440,
    "周": 10080,
    "星": 10080,
    "礼": 10080,
    "月": 43200,
    "年": 525600,
}
_EN_MINUTES = {
    "sec": 1 / 60,
    "min": 1,
    "h": 60,
    "day": 1440,
    "night": 1440,
    "week": 10080,
    "wk": 10080,
    "month": 43200,
    "mth": 43200,
    "year": 525600,
    "yr": 525600,
}
_ZH_UNIT = r"(?P<unit>秒钟?|分钟?|刻钟|小时|钟头|天|日|周|星期|礼拜|月|年)"
_EN_UNIT = (
    r"(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|h\b|days?|nights?|weeks?|wks?|months?|mths?|"
    r"years?|yrs?)"
)

# A length of time that lies behind: 三天前, 已经两周了, 过了半小时.
_BEHIND = re.compile(
    rf"{_N}(?P<more>多)?\s?个?(?P<half>半)?(?P<more2>多)?\s?{_ZH_UNIT}(?P<more3>多|出头)?(?:之?前(?!还|"
    r"要)|以前|了(?!解)|的?时间了|过去了)"
    r"|(?:已经|都|快|过了|过去|才过|刚过|差不多|距今|将近|近|有)(?:有|快|"
    rf"过了)?{_N.replace('P<n>', 'P<n2>')}(?P<more4>多)?\s?个?(?P<half2>半)?\s?{_ZH_UNIT.replace('P<unit>', 'P<unit2>')}(?!后|"
    r"之后|内|以内)"
)
_EN_BEHIND = re.compile(
    r"\b(?P<over>over |more than |about |around |almost |nearly |roughly |only |less than |under |like |"
    rf"maybe )?{_EN}(?P<half>[ -]and a half)?[\s-]?{_EN_UNIT}(?P<half3> and a half)? (?:ago|back|earlier|"
    r"have passed|has passed|now\b|since)"
    r"|\b(?:for|it'?s been|it has been|been) (?P<over2>over |more than |about |around |almost |"
    rf"nearly )?{_EN.replace('P<n>', 'P<n2>')} {_EN_UNIT.replace('P<unit>', 'P<unit2>')} (?:since|now|"
    r"already|and)"
)
# Ready-made words, most recent first. The first group of the table that fits a place in the text counts there.
_WORDS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (
        1,
        re.compile(
            r"刚刚(?!好|发现|知道|才知|意识|反应|明白|报|到账)|刚才|刚(?:被|转|付|给|把|打|汇|交|支付|充|买|"
            r"扫|让|遭|上当|点|输|发(?![现觉])|借|贷)|方才|几分钟前|片刻前|马上前|就在刚|"
            r"\bjust now\b|\bmoments? ago\b|\bjust (?:sent|paid|transferred|lost|got|been|gave|wired|bought|"
            r"fell|made|did|had|happened|clicked|handed|been|"
            r"withdrew|deposited|invested|realis?zed (?:i )?(?:sent|paid))\b|\bhas just (?:sent|paid|been)|"
            r"\bseconds ago\b|\bright now i(?:'ve| have) (?:sent|paid)"
        ),
    ),
    (
        120,
        re.compile(
            r"今天|今早|今晨|今晚|今夜|今日|今儿|昨晚|昨夜|昨天晚上|昨天夜里|昨天半夜|昨日晚|"
            r"(?<![昨前几每整半白改当那])(?:早上|上午|中午|下午|凌晨|傍晚)|半天前|几(?:个)?(?:小时|钟头)前|"
            r"\btoday\b|\bthis (?:morning|afternoon|evening)\b|\btonight\b|\blast night\b|"
            r"\byesterday (?:evening|night)\b|\bearlier\b(?! this (?:week|month|year))|"
            r"\b(?:a few|several|some|couple of|a couple of) hours ago\b|\bhours ago\b"
        ),
    ),
    (
        2880,
        re.compile(
            r"昨天|昨日|昨儿|前天|大前天|前日|前两天|前几天|前些天|这两天|这几天|近两天|近几天|近日|几天前|"
            r"前几日|前不久|上(?:个)?(?:周|星期|礼拜)|本周|这周|这个?(?:星期|礼拜)|周末|"
            r"(?<!每)(?:周|星期|礼拜)[一二三四五六日天]|\byesterday\b|\bthe day before\b|\bthe other day\b|"
            r"\blast week(?:end)?\b|\bthis week\b|\bearlier this week\b|"
            r"\b(?:on|last|this|since) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:a few|several|some|"
            r"couple of|a couple of) days ago\b|\bdays ago\b|\ba week ago\b|\bover the weekend\b"
        ),
    ),
    (
        50000,
        re.compile(
            r"上上(?:个)?(?:周|星期|礼拜|月)|上个?月|前个月|大上个?月|半个?月前|几个?月前|半年前?|去年|前年|"
            r"大前年|往年|年初|年前|几年前|多年前|很久以?前|好久(?:以)?前|早些年|早前|前段时间|前阵子|前一阵|"
            r"几周前|数月前|数年前|"
            r"\blast (?:month|year|summer|winter|spring|autumn|fall|christmas)\b|\b(?:weeks|months|"
            r"years) ago\b|\b(?:a few|several|couple of|a couple of) (?:weeks|months|years) ago\b|"
            r"\ba long time ago\b|\bages ago\b|\ba while ago\b|\bearlier this year\b|\bthe year before\b|"
            r"\ba fortnight ago\b|\btwo weeks ago\b"
        ),
    ),
)
# A time of something else than the payment: finding out, reporting, waiting, being promised, meeting.
_OTHER_EVENT_AFTER = re.compile(
    r"^[^,。.;!?\n]{0,6}?(?:才|刚|就)?(?:发现|发觉|知道|意识|反应|明白|察觉|醒悟|报警|报了警|报案|立案|"
    r"去(?:了)?派出所|打了?110|认识|加(?:的|了)|加我|聊|接到|收到|看到|告诉|联系不上|不回|"
    r"想起|咨询|问|说(?:要|能|可以|会)|还(?:在|给我|能|说)|又(?:打电话|联系|来找|加我|问我|让|要))|"
    r"^[^,.;!?\n]{0,22}\b(?:realis?zed|found out|noticed|discovered|reported|met\b|called the police|"
    r"told me|contacted|messaged|added me|he (?:said|says|asked)|they (?:said|say|want|asked))"
)
_OTHER_EVENT_BEFORE = re.compile(
    r"(?:认识|聊|谈恋爱|交往|网恋|相识|(?:才|刚)发现|意识到|反应过来|报警|报案|立案|结婚|开通|注册|办的|"
    r"\bmet\b[^,.;]{0,18}|\bfound out\b|\brealis?zed\b[^,.;]{0,18}|\breported\b[^,.;]{0,18}|"
    r"\bnoticed\b)[^,。.;!?\n]{0,4}$"
)
_AHEAD_AFTER = re.compile(
    r"^(?:之?后|以后|内|之内|以内|到账|必|就能|回本|返|赚|一次|来回|\s*(?:later|from now|to arrive|"
    r"guarantee))"
)
_PROMISE_BEFORE = re.compile(
    r"(?:说|称|承诺|保证|答应|要求|等|需要|再过|每|within|in the next|every|per|wait)\s?$"
)

_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d|(?<!\d)[012]\d)\s?[年./-]\s?(?:底|初|末|中|(?P<month>\d{1,2})(?:月份?|"
    r"[./-])?(?:(?P<day>\d{1,2})[日号]?)?)?)"
    r"|(?<![\d个])(?P<month2>\d{1,2}|十[一二]|[一二三四五六七八九十])月(?:份|"
    r"(?P<day2>\d{1,2})[日号]?)?(?!前|后|内|以)"
    r"|(?<!\d)(?P<day3>\d{1,2})号(?![线楼码房])"
    r"|\b(?:in|since|back in|during|of) (?P<year2>20\d\d)\b"
    r"|\b(?:in|on|last|since|on the \d+(?:st|nd|rd|th) of) (?P<name>january|february|march|april|may|"
    r"june|july|august|september|october|november|december)\b(?: (?P<day4>\d{1,2}))?"
)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_BARE = re.compile(
    r"^[\s,。.]*(?:大概|大约|差不多|约|有|快|就|about|around|roughly|"
    rf"maybe)?\s?(?:{_N}(?P<more>多)?\s?个?(?P<half>半)?(?P<more2>多)?\s?{_ZH_UNIT}(?P<more3>多)?)(?:左右|"
    r"吧|多|了|的样子)*[\s,。.!]*$"
)
_EN_BARE = re.compile(
    rf"^\s*(?:about|around|roughly|maybe|only|like)?\s*{_EN}[\s-]?{_EN_UNIT}(?: or so)?[\s.!]*$"
)


def _bucket(minutes: float) -> str:
    """Elapsed value for an age in minutes. Exactly a week still is days."""
    if minutes <= 30:
        return "under_30min"
    if minutes < 1440:
        return "under_24h"
    return "days" if minutes <= 7 * 1440 else "over_week"


def _quantity(word: str) -> float:
    """The number of units a Chinese or English quantity stands for."""
    word = word.strip()
    if word in ("半", "half", "half a", "half an"):
        return 0.5
    if word.endswith("几") or word in ("数", "several") or "few" in word:
        return 12.0 if word == "十几" else 3.0
    if "couple" in word:
        return 2.0
    value = evaluate_english(word) if word[0].isascii() and word[0].isalpha() else evaluate(word)
    return value if value is not None else 1.0


def _length(match: re.Match[str]) -> float:
    """Minutes of a matched length of time, Chinese or English."""
    groups = match.groupdict()
    number, unit = groups.get("n") or groups.get("n2") or "1", groups.get("unit") or groups.get("unit2") or ""
    if unit[0].isascii():
        scale = next(v for k, v in _EN_MINUTES.items() if unit.startswith(k))
    else:
        scale = 60 if unit in ("小时", "钟头") else _MINUTES[unit[0]]
    amount = _quantity(number)
    if groups.get("half") or groups.get("half2") or groups.get("half3"):
        amount += 0.5
    if (
        any(groups.get(k) for k in ("more", "more2", "more3", "more4"))
        or (groups.get("over") or "").strip() in ("over", "more than")
        or (groups.get("over2") or "").strip() in ("over", "more than")
    ):
        amount += 0.2 if amount >= 1 else 0.1
    if (groups.get("over") or "").strip() in ("less than", "under"):
        amount *= 0.99
    return amount * scale


def _from_date(match: re.Match[str], today: date) -> float | None:
    """Minutes since a written date, the latest it can have been; None when it is not in the past."""
    g = match.groupdict()
    year = g.get("year") or g.get("year2")
    month_name, month_text = g.get("name"), g.get("month") or g.get("month2")
    day_text = g.get("day") or g.get("day2") or g.get("day3") or g.get("day4")
    month = (
        _MONTHS.index(month_name) + 1
        if month_name
        else int(evaluate(month_text) or 0)
        if month_text
        else None
    )
    day = int(day_text) if day_text else None
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    if year:
        full = int(year) if len(year) == 4 else 2000 + int(year)
        if full > today.year:
            return None
        latest = (
            date(full, month or 12, min(day or 31, 28 if day is None or day > 28 else day))
            if (month or full < today.year)
            else None
        )
        if latest is None:
            return None
    elif month is not None:
        full = today.year if (month, day or 1) <= (today.month, today.day) else today.year - 1
        if day is None and month == today.month and full == today.year:
            return None
        latest = date(full, month, min(day or 28, 28))
    elif day is not None:
        latest = today.replace(day=1) + timedelta(days=day - 1)
        if latest > today:
            latest = (today.replace(day=1) - timedelta(days=1)).replace(day=1) + timedelta(days=day - 1)
    else:
        return None
    days = (today - latest).days
    return None if days < 0 else max(days * 1440.0, 600.0)


def _elsewhere(text: str, start: int, end: int) -> bool:
    """Whether the time at ``start:end`` is that of something else than the payment."""
    return bool(
        _OTHER_EVENT_AFTER.search(text[end : end + 40])
        or _OTHER_EVENT_BEFORE.search(text[max(0, start - 24) : start])
    )


#: Long runs of digits or spaces tell no time, and patterns that try each of their beginnings are slow on them.
_NO_TIME = re.compile(r"\d{9,}|\s{3,}")


def parse_elapsed(text: str, today: date | None = None) -> str | None:
    """One of ``knowledge.case.ELAPSED``, counted from the last payment; None when the text does not say.

    ``today``: the day written dates are counted from (the present day when left out).
    """
    folded = _NO_TIME.sub("  ", normalise(text))
    bare = _BARE.match(folded) or _EN_BARE.match(folded)
    if bare:
        return _bucket(_length(bare))
    found: list[tuple[float, int, int]] = []
    for pattern in (_BEHIND, _EN_BEHIND):
        for match in pattern.finditer(folded):
            if not _AHEAD_AFTER.match(folded[match.end() :]) and not _PROMISE_BEFORE.search(
                folded[: match.start()]
            ):
                found.append((_length(match), match.start(), match.end()))
    for minutes, pattern in _WORDS:
        for match in pattern.finditer(folded):
            if not any(s <= match.start() < e for _, s, e in found):
                found.append((minutes, match.start(), match.end()))
    if re.search(r"[月号年/-]|\b(?:in|on|since|last|back)\b", folded):
        for match in _DATE.finditer(folded):
            age = _from_date(match, today or date.today()) if match.group(0) else None
            if age is not None and not any(s < match.end() and match.start() < e for _, s, e in found):
                found.append((age, match.start(), match.end()))
    payments = [minutes for minutes, start, end in found if not _elsewhere(folded, start, end)]
    if not payments:
        return None
    value = _bucket(min(payments))
    assert value in ELAPSED
    return value
