"""What the swindler got hold of; what was refused or only asked for does not count."""

import pytest

from knowledge.reading import find_exposure

EXPOSURES = [
    ("他让我共享屏幕我就开了", ("screen_share",)),
    ("验证码给他了", ("code_given",)),
    ("我把验证码告诉了客服", ("code_given",)),
    ("没给验证码", ()),
    ("他要验证码我没给", ()),
    ("下载了向日葵", ("remote_control",)),
    ("anydesk", ("remote_control",)),
    ("I gave him the code", ("code_given",)),
    ("I didn't give them my password", ()),
    ("gave them my id card and password", ("id_given", "password_given")),
    ("身份证照片发给他了", ("id_given",)),
    ("密码也告诉他了", ("password_given",)),
    ("手机被控制了", ("remote_control",)),
    ("I shared my screen on zoom", ("screen_share",)),
    ("he asked for my otp but I refused", ()),
    ("要不要把身份证给他", ()),
    ("他问我要验证码", ()),
    ("屏幕共享了，还把验证码念给他听", ("screen_share", "code_given")),
    ("没有共享屏幕", ()),
    ("they had remote access to my laptop", ("remote_control",)),
    ("他用我的身份证开了户", ("id_given",)),
    ("都没有", ()),
    ("被骗了3000", ()),
    ("她偷偷改了我银行的密码", ("password_given",)),
    ("I told them the verification code from the sms", ("code_given",)),
    ("输入了银行卡密码", ()),
    ("在他发的链接里输了银行卡号和密码", ("password_given",)),
]


@pytest.mark.parametrize(("text", "expected"), EXPOSURES)
def test_exposure(text: str, expected: tuple[str, ...]) -> None:
    assert find_exposure(text) == expected
