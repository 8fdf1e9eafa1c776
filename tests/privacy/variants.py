"""300 ways to type a secret and 200 numbers that are none, made from a seed. All numbers are made up."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.secret_numbers import id_checksum, luhn

SEED = 20261123
VARIANTS = 300


@dataclass(frozen=True)
class Planted:
    """What a person types, message by message, and what may be found nowhere afterwards."""

    kind: str
    messages: tuple[str, ...]
    secrets: tuple[str, ...]


def digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choice("123456789") for _ in range(count))


def card(dice: random.Random) -> str:
    length = dice.choice((16, 16, 17, 18, 19, 19))
    body = dice.choice(("62", "621700", "622848", "4", "51", "5425", "3568")) + digits(dice, 20)
    return next(body[: length - 1] + last for last in "0123456789" if luhn(body[: length - 1] + last))


def identity(dice: random.Random) -> str:
    region = dice.choice(("110101", "310115", "440305", "510104", "330106"))
    day = f"{dice.randint(1950, 2007)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    body = f"{region}{day}{dice.randint(101, 989)}"
    return next(body + last for last in "0123456789x" if id_checksum(body + last))


def old_identity(dice: random.Random) -> str:
    new = identity(dice)
    return f"{new[:6]}{dice.randint(50, 99)}{new[10:17]}"


def mobile(dice: random.Random) -> str:
    return dice.choice(("138", "159", "186", "199", "177")) + digits(dice, 8)


def code(dice: random.Random) -> str:
    return digits(dice, dice.choice((4, 6, 6, 8)))


def password(dice: random.Random) -> str:
    word = dice.choice(("tiger", "Woaini", "qwerty", "Sunny!", "li_ming"))
    return word + digits(dice, dice.choice((3, 4, 6)))


def pin(dice: random.Random) -> str:
    return digits(dice, 6)


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "card": card,
    "id": identity,
    "old id": old_identity,
    "phone": mobile,
    "code": code,
    "password": password,
    "pin": pin,
}


def _grouped(number: str, size: int, between: str) -> str:
    return between.join(number[i : i + size] for i in range(0, len(number), size))


def _translated(number: str, to: str) -> str:
    return number.translate(str.maketrans("0123456789", to))


#: Ways to write digits.
WRITINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "fours": lambda n: _grouped(n, 4, " "),
    "dashes": lambda n: _grouped(n, 4, "-"),
    "single": lambda n: " ".join(n),
    "full width": lambda n: _translated(n, "０１２３４５６７８９"),
    "full width, spaced": lambda n: _grouped(_translated(n, "０１２３４５６７８９"), 4, "\u3000"),
    "dots": lambda n: _grouped(n, 4, "."),
    "long dashes": lambda n: _grouped(n, 4, "\u2014"),
    "no-break": lambda n: _grouped(n, 4, "\u00a0"),
    "zero width": lambda n: _grouped(n, 4, "\u200b"),
    "joined": lambda n: _grouped(n, 3, "\u2060"),
    "numerals": lambda n: _translated(n, "零一二三四五六七八九"),
    "numerals, spoken": lambda n: _translated(n, "〇幺二三四五六七八九"),
    "bank numerals": lambda n: _translated(n, "零壹贰叁肆伍陆柒捌玖"),
    "arabic": lambda n: _translated(n, "٠١٢٣٤٥٦٧٨٩"),
    "circled": lambda n: _translated(n, "⓪①②③④⑤⑥⑦⑧⑨"),
    "lines": lambda n: _grouped(n, 4, "\n"),
}
#: Groups of phones and codes are their own.
SHORT_WRITINGS: dict[str, Callable[[str], str]] = {
    **{
        name: WRITINGS[name]
        for name in ("plain", "single", "full width", "numerals", "bank numerals", "arabic")
    },
    "halves": lambda n: n[:3] + " " + n[3:],
}
PHONE_WRITINGS: dict[str, Callable[[str], str]] = {
    **{
        name: WRITINGS[name]
        for name in ("plain", "single", "full width", "numerals, spoken", "numerals", "circled")
    },
    "3-4-4": lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}",
    "3 4 4": lambda n: f"{n[:3]} {n[3:7]} {n[7:]}",
    "country": lambda n: f"+86 {n}",
    "country, dashed": lambda n: f"+86-{n[:3]}-{n[3:7]}-{n[7:]}",
    "0086": lambda n: f"0086{n}",
}
FRAMES: dict[str, tuple[str, ...]] = {
    "card": (
        "{}",
        "我的卡号是{}",
        "卡号：{}，昨天转了3000元",
        "银行卡 {} 被盗刷了",
        "他让我转到 {} 这个账户",
        "my card number is {}",
        "I paid 3000 yuan to {} yesterday",
        "Card: {}, bank ICBC",
    ),
    "id": (
        "{}",
        "身份证号{}",
        "我的身份证是{}，怎么办",
        "my ID is {}",
        "I gave him my ID card number {} today",
    ),
    "old id": ("{}", "身份证{}", "my ID card number is {}"),
    "phone": ("{}", "我手机{}", "请打{}找我", "call me on {}", "my phone is {}, he has it", "骗子电话{}"),
    "code": (
        "验证码是{}",
        "验证码：{}",
        "我把短信验证码{}告诉他了",
        "{}是我的验证码",
        "the code is {}",
        "my verification code was {} and I told him",
        "OTP {}",
        "动态密码 {}",
    ),
    "password": (
        "密码是{}",
        "我的支付密码：{}",
        "密码告诉他了，是{}",
        "my password is {}",
        "password: {}",
        "I told him my password, it was: {}",
        "{} is my password",
    ),
    "pin": ("支付密码是{}", "取款密码 {}", "my PIN is {}", "the pin for my card is {}", "密码就是{}"),
}
#: A message that announces, and what the next one then is.
SPLIT_FRAMES = {
    "code": ("验证码是", "验证码：", "the code is", "my verification code is:"),
    "password": ("密码是", "我的支付密码是：", "my password is", "password:"),
    "pin": ("我的取款密码是", "密码：", "my PIN is"),
    "card": ("我的卡号是", "银行卡号：", "my card number is"),
    "id": ("身份证号是", "my ID card number is"),
    "phone": ("我的手机号是", "my phone number is"),
}


def _written(kind: str) -> dict[str, Callable[[str], str]]:
    if kind == "password":
        return {"plain": str}
    if kind in ("code", "pin"):
        return SHORT_WRITINGS
    return PHONE_WRITINGS if kind == "phone" else WRITINGS


def _all(dice: random.Random) -> Iterator[Planted]:
    for kind, frames in FRAMES.items():
        for name, write in _written(kind).items():
            for frame in frames:
                if name == "lines" and frame != "{}":
                    continue
                secret = MAKERS[kind](dice)
                yield Planted(kind, (frame.format(write(secret)),), (secret, write(secret)))
    for kind, frames in SPLIT_FRAMES.items():
        for frame in frames:
            for name in ("plain", "single", "full width", "numerals"):
                write = WRITINGS[name]
                secret = MAKERS[kind](dice)
                typed = secret if kind == "password" else write(secret)
                yield Planted(kind, (frame, typed), (secret, typed))
    for _ in range(40):
        kind = dice.choice(("card", "id"))
        secret = MAKERS[kind](dice)
        write = WRITINGS[dice.choice(("plain", "fours", "full width"))]
        half = len(secret) // 2
        begin = dice.choice(
            ("{}", "我的卡号是{}" if kind == "card" else "身份证号{}", "my card number is {}")
        )
        rest = dice.choice(("{}", "后面是{}", "the rest is {}"))
        parts = write(secret[:half]), write(secret[half:])
        messages = (begin.format(parts[0]), *dice.choice(((), ("等一下",))), rest.format(parts[1]))
        if begin == "{}":  # nothing says that more is to come but the number itself
            messages = (messages[0], parts[1])
        yield Planted(f"split {kind}", messages, (secret, *parts))


def variants(count: int = VARIANTS) -> list[Planted]:
    """So many of all variants, each kind and each way of writing among them."""
    dice = random.Random(SEED)
    every = list(_all(dice))
    split = [planted for planted in every if len(planted.messages) > 1]
    whole = [planted for planted in every if len(planted.messages) == 1]
    picked = dice.sample(split, min(len(split), count // 3))
    return picked + dice.sample(whole, count - len(picked))


def every_variant() -> list[Planted]:
    return list(_all(random.Random(SEED)))


def harmless() -> list[str]:
    """Texts whose numbers people need: amounts, dates, times, services, orders, cases, counts."""
    dice = random.Random(SEED)
    texts = [
        *(f"被骗了{n}元" for n in (300, 4500, 30000, 123456, 888888, 1234567)),
        *(f"{n}" for n in (500, 3000, 20000, 150000, 999999)),
        *(f"转了{n}块" for n in (88, 666, 5200, 13800, 61700)),
        *(f"I lost {n} yuan" for n in ("900", "4,500", "31 200", "120000", "2,345,678")),
        *(f"${n}" for n in ("100", "2,500.50", "40000", "1 000 000")),
        *(f"{n}万" for n in ("3", "12.5", "100", "2000")),
        "三千五百元", "一万二千三百四十五块", "两万三四千", "十二万", "六千六百六十六", "五百二十块",
        "我转了3000 2000 5000 4000", "分四次转了 1500, 2500, 3500, 4500", "1000+2000+3000", "3000/2000",
        "先转了1234，又转了5678", "两笔 20000 和 35000 元", "three transfers of 1200 1300 1400 yuan",
        "密码错误3次", "验证码5分钟内有效", "验证码给他了", "我把密码告诉他了", "the code was sent to my phone",
        "he asked for the code", "my password was stolen", "我没说密码", "he wanted my PIN", "a code of conduct",
        "转了3000，验证码给他了", "被骗5000 验证码也说了", "I paid 3000, the code was given", "打款8000，验证码告诉他了",
        "lost 45000, the code too", "我告诉他验证码了，然后转了5000", "I gave him the code and lost 5000 yuan", "password changed 3 times",
        "六位数密码", "6位验证码", "the 6 digit code", "输了3次密码", "证件都给他了", "身份证拍照发了2张",
        "卡里有12345元", "卡被刷了3次，共8800", "card charged 3 times, 450 dollars", "尾号1234的卡", "card ending 4821",
        "QQ 123456789", "微信群500人", "200人的群", "3个人", "第2个平台", "18岁", "我妈72岁", "iPhone 15", "12306",
        "Windows 11", "5G", "24小时", "48 hours", "3-5个工作日", "7天无理由", "within 30 minutes", "T+1",
        "比例1:7", "利息3.6%", "80%", "版本3.14.159", "127.0.0.1", "192.168.10.254", "1/2", "2x3", "A4纸", "K1234次",
    ]  # fmt: skip
    services = "110 96110 12381 12315 12321 12345 95588 95533 95599 95566 95555 95188 95017 95533 96669 12110 120".split()
    texts += [f"打{n}" for n in services[:8]] + [f"I called {n}" for n in services[8:]]
    for number in (
        "400-888-8888",
        "4008006666",
        "400 820 8820",
        "800-830-8855",
        "010-66194114",
        "021-12345678",
        "0755-83111111",
    ):
        texts += [number, f"客服电话{number}", f"the hotline is {number}"]
    for _ in range(10):
        year, month, day = dice.randint(2019, 2026), dice.randint(1, 12), dice.randint(1, 28)
        texts += [
            f"{year}年{month}月{day}日",
            f"{year}-{month:02}-{day:02} {dice.randint(0, 23):02}:{dice.randint(0, 59):02}",
            f"{year}{month:02}{day:02}",
            f"on {month}/{day}/{year}",
        ]
    for _ in range(6):
        number = digits(dice, dice.choice((12, 16, 18, 19, 20)))
        texts += [
            f"订单号{number}",
            f"order number {number}",
            f"交易单号 2026{number}",
            f"运单号SF{number[:13]}",
            f"案件编号A{number}",
            f"{number}是订单号",
        ]
    texts += [
        "2026-11-20 2026-11-21",
        "2026/11/20到2026/11/23",
        "11月20日15:30转了3000，15:45转了5000",
        "二零二六年",
        "一一年",
    ]
    return texts
