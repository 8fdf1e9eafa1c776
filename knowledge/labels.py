"""The names of the case's fields and values: what cards and buttons call them, in the dialogue's languages.

Channels and platforms are named by the pack, and so is everything here in any other language (dialogue.yml).
"""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.pack import Pack, Text

#: The languages that the dialogue itself is written in, and what each calls itself.
LANGUAGES: Mapping[str, str] = {"zh": "中文", "en": "English"}

#: field of the case -> its name. The order is the one in which answers are listed.
FIELDS: Mapping[str, Text] = {
    "situation": {"zh": "发生了什么", "en": "What happened"},
    "for_whom": {"zh": "为谁询问", "en": "Who it is about"},
    "channels": {"zh": "钱怎么转出去的", "en": "How the money moved"},
    "platforms": {"zh": "银行或平台", "en": "Bank or platform"},
    "elapsed": {"zh": "什么时候", "en": "When"},
    "amount": {"zh": "金额", "en": "Amount"},
    "exposure": {"zh": "手机和个人信息", "en": "Phone and personal details"},
    "reported": {"zh": "报警", "en": "Report to the police"},
    "recovery": {"zh": "有人说能追回", "en": "Offers to get it back"},
    "circumstances": {"zh": "其他情况", "en": "What else is true"},
    "second_channels": {"zh": "后来那笔钱怎么付的", "en": "How the later money was paid"},
    "second_platforms": {"zh": "后来那笔钱的银行或平台", "en": "Bank or platform of the later money"},
    "second_elapsed": {"zh": "后来那笔钱什么时候付的", "en": "When the later money was paid"},
    "second_amount": {"zh": "后来那笔钱的金额", "en": "Amount of the later money"},
}

#: field -> value -> its name.
VALUES: Mapping[str, Mapping[str, Text]] = {
    "situation": {
        "lost_money": {"zh": "钱已经转出去了", "en": "The money is gone"},
        "unauthorised": {"zh": "钱不是我自己转的", "en": "Money was taken without me"},
        "being_pressured_now": {"zh": "对方正在逼我", "en": "They are pressing me right now"},
        "not_paid_yet": {"zh": "还没有付钱", "en": "Nothing is paid yet"},
        "recovery_offer": {"zh": "有人说能把钱追回来", "en": "Someone says they can get it back"},
        "other": {"zh": "其他情况", "en": "Something else"},
    },
    "for_whom": {
        "self": {"zh": "我自己", "en": "Myself"},
        "family": {"zh": "家人或朋友", "en": "A relative or friend"},
        "caller": {"zh": "来电人", "en": "A caller"},
    },
    "elapsed": {
        "under_30min": {"zh": "30 分钟以内", "en": "Within 30 minutes"},
        "under_24h": {"zh": "24 小时以内", "en": "Within 24 hours"},
        "days": {"zh": "几天前", "en": "Some days ago"},
        "over_week": {"zh": "一周以前", "en": "More than a week ago"},
    },
    "exposure": {
        "screen_share": {"zh": "共享过屏幕", "en": "Shared the screen"},
        "remote_control": {"zh": "手机被远程控制", "en": "Phone controlled from afar"},
        "code_given": {"zh": "给过验证码", "en": "Gave a verification code"},
        "id_given": {"zh": "给过身份证信息", "en": "Gave ID details"},
        "password_given": {"zh": "给过密码", "en": "Gave a password"},
    },
    "reported": {
        "no": {"zh": "还没有报警", "en": "Not yet"},
        "called_110": {"zh": "打过 {police}", "en": "Called {police}"},
        "receipt": {"zh": "已拿到报警回执", "en": "Have the case receipt"},
    },
    "recovery": {
        "none": {"zh": "没有", "en": "None"},
        "offered": {"zh": "有人联系过我", "en": "Someone offered"},
        "paid": {"zh": "已经给他们付了钱", "en": "Already paid them"},
    },
    "circumstances": {
        "minor": {"zh": "未满18岁", "en": "Under 18"},
        "abroad": {"zh": "现在不在{region}", "en": "Not in {region} now"},
        "foreign_speaker": {"zh": "当地语言不方便", "en": "Little of the local language"},
        "small_amount": {"zh": "觉得金额不大", "en": "Thinks the sum is small"},
        "hardship": {"zh": "生活有困难", "en": "Nothing left to live on"},
        "card_lent": {"zh": "借出过自己的卡或账户", "en": "Lent a card or an account"},
        "account_frozen": {"zh": "自己的卡或账户被冻结", "en": "Own card or account frozen"},
        "police_declined": {"zh": "警方没有立案", "en": "The police opened no case"},
        "platform_refused": {"zh": "银行或平台没有受理投诉", "en": "The bank or platform refused"},
        "police_contact": {"zh": "有自称警察的人联系我", "en": "Someone calling as police"},
        "return_offered": {"zh": "有人通知要退钱", "en": "Told of a refund"},
        "still_contacted": {"zh": "对方还在联系我", "en": "They still contact me"},
    },
}

#: Every label by its key: a field (``elapsed``), a value (``elapsed.days``), and the rest.
LABELS: Mapping[str, Text] = {
    **FIELDS,
    **{f"{field}.{value}": name for field, names in VALUES.items() for value, name in names.items()},
    "none_of_these": {"zh": "都没有", "en": "None of these"},
    "skipped": {"zh": "先不回答", "en": "Left open"},
    "try_again": {"zh": "再试一次", "en": "Try again"},
    "open_conversation": {"zh": "打开中文对话", "en": "Open the conversation in English"},
    # Goes before the title of a step that is about the second loss.
    "second_loss": {"zh": "付给“追回”的人的钱：", "en": "Money paid to get it back: "},
    # What to say when one rings somebody: how it begins, by situation, and what to ask for (calling.py).
    "say.lost_money": {"zh": "钱被骗走了。", "en": "Money was lost to a fraud."},
    "say.unauthorised": {
        "zh": "账户里的钱被转走了，不是本人操作的。",
        "en": "Money was taken from the account. The owner did not do it.",
    },
    "say.being_pressured_now": {
        "zh": "有人正在逼着转钱。",
        "en": "Someone is pressing for a transfer right now.",
    },
    "say.not_paid_yet": {
        "zh": "有人想骗钱，钱还没有付。",
        "en": "Someone is trying to take money by fraud. Nothing is paid yet.",
    },
    "say.family": {"zh": "我是替家人或朋友打的。", "en": "I am calling for a relative or friend."},
    "say.stop_payment": {
        "zh": "我要报案，请帮忙紧急止付。",
        "en": "I want to report it. Please order an emergency stop-payment.",
    },
    "say.report": {
        "zh": "我要报案，请告诉我现在该怎么办。",
        "en": "I want to report it. Please tell me what to do now.",
    },
    "say.payment": {
        "zh": "请查一下这笔付款，告诉我你们能做什么，并给我一个投诉单号。",
        "en": "Please look into this payment, tell me what you can do, and give me a complaint number.",
    },
    "say.accounts": {
        "zh": "请先锁住账户，不让钱再转出去。",
        "en": "Please lock the account, so that no more money can leave it.",
    },
    "say.read_out": {"zh": "照着凭证念：{what}。", "en": "Read out from the receipt: {what}."},
}
#: What stands between the items of a list, where it is not a comma and a space.
COMMAS = {"zh": "、", "ja": "、"}


def label(key: str, pack: Pack, language: str) -> str:
    """The label ``key`` in a language of the pack, ``{police}`` and ``{region}`` filled."""
    text = LABELS[key]
    if language in text:
        said = text[language]
    else:
        own = pack.dialogue[language]
        said = own.labels.get(key) or text[own.fallback]
    police = pack.reach(pack.emergency["police"], language)
    return said.replace("{police}", police).replace("{region}", pack.name[language])


def language_name(language: str, pack: Pack) -> str:
    """What a language of the pack calls itself."""
    return LANGUAGES.get(language) or pack.dialogue[language].name
