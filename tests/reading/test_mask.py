"""Secrets are hidden; amounts, service numbers and order numbers stay. All numbers here are made up."""

import pytest

from knowledge.mask import HIDDEN, KINDS, mask

TEXTS = [
    ("我的卡号是6222020200112233445", ("card",)),
    ("card 4111 1111 1111 1111", ("card",)),
    ("4111-1111-1111-1111", ("card",)),
    ("身份证110101199003078515", ("id",)),
    ("11010119900307851X", ("id",)),
    ("验证码是123456", ("code",)),
    ("my code is 482913", ("code",)),
    ("密码:abc12345", ("password",)),
    ("my password is hunter2", ("password",)),
    ("手机13800138000", ("phone",)),
    ("+86 138 0013 8000", ("phone",)),
    ("６２２２０２０２００１１２２３３４４５ 卡号", ("card",)),
    ("被骗了30000元", ()),
    ("打110或者95588", ()),
    ("拨打400-888-8888", ()),
    ("订单号2023120512345678901", ()),
    ("2023年12月5日转了31200", ()),
    ("验证码给他了", ()),
    ("我把密码告诉他了", ()),
    ("the code was sent to my phone", ()),
    ("my password was stolen", ()),
    ("转了123456元", ()),
    ("pin 1234", ("password",)),
    ("支付密码是888888", ("password",)),
    ("482913 is my verification code", ("code",)),
    ("验证码 583920 我发给他了", ("code",)),
    ("我告诉他验证码了，然后转了5000", ()),
    ("QQ 123456789", ()),
    ("交易单号1000050001202312051234567890", ()),
    ("otp 991823", ("code",)),
    ("passport number E12345678", ("id",)),
    ("call me at +44 7700 900123", ("phone",)),
    ("0x52908400098527886E0F7030069857D2E4169EE7", ()),
    ("金额2,345,678元", ()),
    ("cvv 123", ("code",)),
    ("卡密是 AB12-CD34-EF56", ("code",)),
    ("a code of conduct", ()),
    ("he asked for the code", ()),
    ("PIN is 9876", ("password",)),
    ("银行卡 6228 4800 1234 5678 910 给他转了3000", ("card",)),
    ("in 2023 I lost 45000 yuan", ()),
    ("I lost 4000 dollars 2 days ago", ()),
    ("密码错误3次", ()),
    ("验证码5分钟内有效", ()),
    ("他的账号是 6217001234567890123", ("card",)),
    ("案件编号A4403051200002023110001", ()),
]


@pytest.mark.parametrize(("text", "kinds"), TEXTS)
def test_kinds(text: str, kinds: tuple[str, ...]) -> None:
    masked, found = mask(text)
    assert found == kinds
    assert (masked == text) == (not kinds)


def test_only_the_secret_goes() -> None:
    masked, kinds = mask(
        "卡号 6222 0202 0011 2233 445，密码是abc123，验证码:998877，手机138 0013 8000，转了3000元"
    )
    assert masked == f"卡号 {HIDDEN}，密码是{HIDDEN}，验证码:{HIDDEN}，手机{HIDDEN}，转了3000元"
    assert kinds == tuple(k for k in KINDS if k != "id")


def test_masking_twice_changes_nothing() -> None:
    once, _ = mask("my password is hunter2 and my card is 4111 1111 1111 1111")
    assert mask(once) == (once, ())


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("IBAN DE89 3704 0044 0532 0130 00", ("card",)),
        ("GB82WEST12345698765432", ("card",)),
        ("he called himself mr0932a78d58364e8883985ef569127d99", ()),
        ("身份证130503670401001", ("id",)),
        ("110101199003078510", ("id",)),
        ("订单号110101199003078519", ()),
        ("990101199003078519是多少", ()),
        ("卡号6222 0202", ("card",)),
        ("尾号0202的卡", ()),
        ("6222 0202 0011 2233 445 转了3000", ("card",)),
        ("code one two three four five six", ("code",)),
        ("the code is 1 2 3 4 5 6", ("code",)),
        ("验证码：一二三四五六", ("code",)),
        ("密码是六个8", ("password",)),
        ("转账三千五百元", ()),
        ("abc123 is my password", ("password",)),
        ("HKID A123456(7)", ("id",)),
        ("my SSN 078-05-1120", ("id",)),
        ("13800138000 13900139000", ("phone",)),
        ("打010-66194114或400-820-8820", ()),
    ],
)
def test_numbers_are_told_by_their_form_and_what_names_them(text: str, kinds: tuple[str, ...]) -> None:
    assert mask(text)[1] == kinds
