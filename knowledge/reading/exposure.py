"""What besides money is in the swindler's hands: the screen, the phone, a code, an identity, a password."""

from __future__ import annotations

import re

from knowledge.case import EXPOSURES
from knowledge.reading.normalise import normalise

_IN = r"[^,。.;!?;\n]"
_GIVEN = (
    r"(?:给|告诉|发|报|说|念|提供|透露|交|读|填|转发|泄露|输入?)(?:出去|过去|给|了|过|他|她|对方|骗子|"
    r"客服|人家|那个人|对面)"
)
_EN_GAVE = (
    r"(?:(?:gave|given|give|told|tell|sent|send|shared|share|read|forwarded|provided|disclosed|typed|"
    r"entered|handed|submitted|uploaded|showed)(?! (?:me|us)\b))"
)


def _given(zh: str, en: str) -> str:
    """Pattern for a secret ``zh``/``en`` having been handed over, in either word order."""
    return (
        rf"(?:{zh}){_IN}{{0,10}}{_GIVEN}|{_GIVEN}{_IN}{{0,8}}(?:{zh})|(?:把|"
        rf"将){_IN}{{0,8}}(?:{zh}){_IN}{{0,8}}(?:给|告诉|发|报|说)|(?:发|报|说|念|填|交|"
        rf"输)了{_IN}{{0,4}}(?:{zh})"
        rf"|(?:{zh})(?:也|都)?(?:给|告诉|发|报|说|填|泄露|交)(?:了|出去|他|她|对方)|(?:泄露|"
        rf"泄漏)了?{_IN}{{0,6}}(?:{zh})"
        rf"|\b{_EN_GAVE}\b[^.;!?\n]{{0,40}}\b(?:{en})\b|\b(?:has|have|got|knows?|stole) (?:my |all my |"
        rf"the )(?:{en})\b"
    )


_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "screen_share",
        re.compile(
            r"(?:共享|分享)(?:了|我的|手机|电脑|过)*(?:屏幕|桌面)|(?:屏幕|桌面)(?:都|也)?(?:给他|给对方|"
            r"被)?(?:共享|分享)|投屏|开(?:了|着|启)?(?:屏幕)?共享|(?:腾讯会议|会议软件|会议app|zoom|钉钉|"
            r"飞书|视频会议)[^。;!?\n]{0,12}共享|(?:看到|看见|看着|能看|看得到)(?:了|过)?我(?:的)?(?:手机)?屏幕|"
            r"\bscreen[- ]?shar\w*|\bshar(?:e|ed|ing) (?:my|the|his|her|your|our) (?:phone )?screen|"
            r"\bcould see my screen|\b(?:see|watch|watched|watching|saw|view) my (?:phone )?screen"
        ),
    ),
    (
        "remote_control",
        re.compile(
            r"远程(?:控制|操作|操控|协助|软件|桌面|连接|了)|被?远程|向日葵(?!花|籽)|todesk|to desk|"
            r"teamviewer|team viewer|anydesk|any desk|rustdesk|quicksupport|ultraviewer|airdroid|"
            r"(?:手机|电脑)(?:被|让)(?:他|她|人|对方|骗子|别人)?(?:给)?(?:控制|操控|黑|监控)|(?:控制|操控|"
            r"操作)(?:了|着|住)?我(?:的)?(?:手机|电脑)|手机(?:不受控制|自己(?:动|操作)|黑屏)|"
            r"\bremote(?:ly)? (?:access|control\w*|desktop|software|app|connect\w*|into)|\b(?:took|taken|"
            r"take|has|have|had|got|taking) (?:over |control of |control over |access to )+(?:my|"
            r"the) (?:phone|computer|laptop|pc|device)|\bcontroll?(?:ed|ing|s) my (?:phone|computer|laptop|"
            r"pc)|\bmy phone (?:is|was) (?:being )?controlled"
        ),
    ),
    (
        "code_given",
        re.compile(
            _given(
                "验证码|校验码|动态码|动态密码|短信码|授权码|认证码|付款码数字|代码(?!号)",
                r"(?:verification |security |sms |text |login |bank |six[- ]digit |6[- ]digit |one[- ]time |the |"
                r"auth(?:entication)? )*(?:codes?|otps?|passcodes?|one[- ]time passwords?|tan)",
            )
            + r"|(?:链接|网站|网页|页面)[^。;!?\n]{0,20}(?:输|填)(?:入|写|了|完)?[^,。;!?\n]{0,12}验证码"
        ),
    ),
    (
        "id_given",
        re.compile(
            _given(
                "身份证|身份信息|个人信息|证件|护照|户口本|手持照|人脸",
                r"(?:national |government |personal )?(?:id(?: card| number| photo)?|ids|passport|identity card|"
                r"social security(?: number)?|ssn|driver'?s licen[cs]e|personal (?:details|information|info|"
                r"data)|photo of my id|selfie)",
            )
            + r"|(?:拍|上传|扫描)(?:了)?(?:我的|自己的)?身份证|身份证(?:照片|正反面|复印件)?(?:也|"
            r"都)?(?:上传|拍|发|被(?:他|她|对方|人))|(?:拿|用|盗用|冒用|利用)(?:了)?我(?:的)?(?:身份证|"
            r"身份|名义.{0,4}贷)|人脸识别|刷(?:了)?(?:我的)?脸|"
            r"\bface (?:scan|recognition|verification)"
        ),
    ),
    (
        "password_given",
        re.compile(
            _given(
                "(?<!动态)密码|口令|u盾",
                r"(?:bank |card |login |account |wechat |alipay |email |payment )*(?:passwords?|pins?|"
                r"pin (?:code|number)|login details|log-?in|cvv|credentials|card details)",
            )
            + r"|(?:链接|网站|网页|钓鱼|页面|假)[^。;!?\n]{0,14}(?:输入?|填|登录?)[^。;!?\n]{0,10}密码|"
            r"(?:改|修改|更改|盗)(?:了)?我(?:的)?[^,。]{0,6}密码|密码(?:被改|泄露|泄漏|被盗)|"
            r"\bentered my (?:bank |card )?(?:details|password|pin)"
        ),
    ),
)
# Refused, or only asked for.
_DENIED = re.compile(
    r"(?:没有?|未|不|别|拒绝(?:了)?|不肯|不敢|不能|不会|不要|不想|从没|\bdidn'?t|\bdid not|\bhaven'?t|"
    r"\bnever|\bnot|\brefused(?: to)?|\bwon'?t|\bwouldn'?t|\bwithout|\bno)\s?(?:给|把|敢|有|同意|答应|要|"
    r"去|让|告诉|发|报|开|用|下载|装|说|提供|过|向|\w+ )*$"
)
_DENIED_AFTER = re.compile(
    r"^[^,。.;!?\n]{0,8}(?:没有?(?:给|告诉|发|说|同意|开|报)|没同意|没答应|我没|拒绝了?)|"
    r"^[,。.;]?\s?(?:但|不过|可)?(?:是)?我?(?:没有?(?:给|告诉|同意|发|答应|开|说|提供)|没同意|拒绝了|"
    r"不肯|但我没)|^[^.;!?\n]{0,6}(?:,|but| and) i (?:refused|didn'?t|did not|said no|never|haven'?t|"
    r"hung up)"
)
_ASKED = re.compile(
    r"(?:要(?:我|求)?|让我|叫我|问我|想要|需要|索要|骗我|非要|逼我|催我|\basking|\basks?|\basked|"
    r"\bwants?|\bdemand\w*|\btold me to|\btells me to)(?:[^,。.;!?\n]{0,14})$"
)
#: The "password" of a card bought in a shop is a code.
_CARD_CODE = re.compile(r"点卡|礼品卡|充值卡|购物卡|e卡|\bgift ?cards?\b")
_OPEN_QUESTION = re.compile(
    r"(?:能|可以|该|应该|要|会)(?:不能|不可以|不该|不要|不会)?(?:给|开|发|告诉)?[^,。]{0,6}吗|要不要|"
    r"该不该|能不能|should i|is it safe|can i"
)


def find_exposure(text: str) -> tuple[str, ...]:
    """Values of ``knowledge.case.EXPOSURES`` that the text states as having happened, in that order."""
    folded = normalise(text)
    found: set[str] = set()
    for value, pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            before = re.split("[,。.;!?\n]", folded[max(0, match.start() - 24) : match.start()])[-1]
            after = folded[match.end() : match.end() + 24]
            words = match.group(0)
            if (
                _DENIED.search(before)
                or _DENIED_AFTER.match(after)
                or re.search("没(?:有)?(?:给|告诉|发|说|报)|未(?:给|告诉)|不(?:给|告诉)", words)
            ):
                continue
            if (
                _ASKED.search(before)
                and (_OPEN_QUESTION.search(folded) or value in ("code_given", "id_given", "password_given"))
                and not re.search("了|[输填]完", words + after[:8])
            ):
                continue
            if value == "password_given" and _CARD_CODE.search(
                folded[max(0, match.start() - 24) : match.end()]
            ):
                continue
            # Typing the password is how one pays; on a page they sent it is how one loses it.
            if (
                value == "password_given"
                and "输" in words
                and not re.search("给他|给她|给对方|告诉|链接|网站|网页|页面|钓鱼", folded)
            ):
                continue
            found.add(value)
            break
    return tuple(value for value in EXPOSURES if value in found)
