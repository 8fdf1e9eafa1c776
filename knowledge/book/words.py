"""The words of the book itself: headings, labels, what to do with it. The pack's own texts are not here."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge import labels
from knowledge.pack import Pack, Text

WORDS: Mapping[str, Text] = {
    "book": {"zh": "稳住 · 事实核对册", "en": "Steady · fact-check book"},
    "how_1": {
        "zh": "这本册子列出稳住会说的每一句话、每一个号码，以及它们的来源。"
        "由程序从资料文件生成，没有人手抄写。",
        "en": "This book lists every sentence and every number Steady gives, and where each comes from. "
        "It is generated from the data files; nothing is copied by hand.",
    },
    "how_2": {
        "zh": "请只核对您熟悉的部分。逐条看：对，就勾“正确”；不对、不清楚或已经变了，"
        "就勾“要改”，写下应该怎么说、依据是什么。",
        "en": "Please check only the parts you know. For each entry tick “Correct”; or, if it is wrong, "
        "unclear or out of date, tick “To correct” and write what it should say and what that rests on.",
    },
    "how_3": {
        "zh": "每一部分的最后有签字栏。没有签字的部分，就是还没有人核对过。",
        "en": "Each part ends with a box to sign. A part without a signature has not been checked by anyone.",
    },
    "how_4": {
        "zh": "请勿使用册子里的任何“来源”链接打电话或付款；来源只用于核对。",
        "en": "Do not call or pay anyone through a link given as a source. Sources are for checking only.",
    },
    "contents": {"zh": "目录", "en": "Contents"},
    "part": {"zh": "部分", "en": "Part"},
    "entries": {"zh": "条数", "en": "Entries"},
    "next_review": {"zh": "最早复核日", "en": "First review due"},
    "signed": {"zh": "核对人签字", "en": "Checked by"},
    "region": {"zh": "地区", "en": "Region"},
    "version": {"zh": "资料版本", "en": "Version of the data"},
    "oldest": {"zh": "最早核对日", "en": "Oldest check"},
    "correct": {"zh": "正确", "en": "Correct"},
    "to_correct": {"zh": "要改", "en": "To correct"},
    "all_correct": {"zh": "全部正确", "en": "All correct"},
    "some_to_correct": {"zh": "有要改的，已写在上面", "en": "To correct, as written above"},
    "name": {"zh": "姓名", "en": "Name"},
    "organisation": {"zh": "单位", "en": "Organisation"},
    "date": {"zh": "日期", "en": "Date"},
    "signature": {"zh": "签名", "en": "Signature"},
    "remarks": {"zh": "意见", "en": "Remarks"},
    "sign_title": {"zh": "这一部分由谁核对", "en": "Who checked this part"},
    "sources": {"zh": "来源", "en": "Sources"},
    "contacts": {"zh": "联系方式", "en": "Contacts"},
    "checked": {"zh": "核对", "en": "checked"},
    "review_by": {"zh": "复核期限", "en": "review by"},
    "published": {"zh": "发布", "en": "published"},
    "confidence": {"zh": "可信程度", "en": "Confidence"},
    "used_by": {"zh": "用在", "en": "Used by"},
    "unused": {"zh": "没有用到", "en": "not used"},
    "shown_when": {"zh": "出现条件", "en": "Shown when"},
    "not_when": {"zh": "但不包括", "en": "but not when"},
    "always": {"zh": "每个方案都有", "en": "in every plan"},
    "why": {"zh": "为什么", "en": "Why"},
    "staff": {"zh": "接线员念", "en": "Hotline staff read aloud"},
    "deadline": {"zh": "期限", "en": "Time limit"},
    "keep": {"zh": "要保存", "en": "To keep"},
    "hours": {"zh": "时间", "en": "Hours"},
    "note": {"zh": "说明", "en": "Note"},
    "own_platforms": {"zh": "以及当事人自己的银行或平台", "en": "and the person’s own bank or platform"},
    "serves": {"zh": "适用于", "en": "For"},
    "also_here": {"zh": "也适用，全文在别处", "en": "Also for this case, printed elsewhere"},
    "wordings": {"zh": "别的问法", "en": "Also asked as"},
    "strength": {"zh": "强度", "en": "Strength"},
    "strong": {"zh": "强", "en": "strong"},
    "weak": {"zh": "弱", "en": "weak"},
    "phrases": {"zh": "到处都会说的话", "en": "Said everywhere"},
    "first_aid": {"zh": "最要紧的三件事", "en": "The three things to do first"},
    "evidence": {"zh": "要保存的证据", "en": "Evidence to keep"},
    "emergency": {"zh": "紧急联系方式", "en": "Emergency contacts"},
    "banks": {"zh": "银行", "en": "Banks"},
    "platforms": {"zh": "支付、购物、点卡、快递平台", "en": "Payment, shopping, card and courier platforms"},
    "authorities": {"zh": "监管、法律、领事和求助", "en": "Regulators, law, consulates and support"},
    "names": {"zh": "名称和叫法", "en": "Names and what people call them"},
    "aliases": {"zh": "叫法", "en": "Called"},
    "everyone": {"zh": "所有人", "en": "Everyone"},
    "everyone_else": {"zh": "其他问题", "en": "Other questions"},
    "circumstances": {"zh": "特殊情况", "en": "Circumstances"},
    "answers": {"zh": "问答", "en": "Questions and answers"},
    "red_flags": {"zh": "危险信号", "en": "Red flags"},
    "documents": {"zh": "文书", "en": "Documents"},
    "fields": {"zh": "要填的", "en": "To fill in"},
    "steps": {"zh": "步骤", "en": "Steps"},
    "now": {"zh": "现在", "en": "Now"},
    "today": {"zh": "今天", "en": "Today"},
    "this_week": {"zh": "本周", "en": "This week"},
    "while_waiting": {"zh": "等待期间", "en": "While waiting"},
    "official": {"zh": "官方", "en": "official"},
    "law": {"zh": "法律", "en": "law"},
    "reprint": {"zh": "转载", "en": "reprint"},
    "community": {"zh": "公开名录", "en": "public directory"},
    "unverified": {"zh": "未核实", "en": "unverified"},
    "contradictory": {"zh": "说法不一", "en": "sources disagree"},
}

#: What the cover says of how to use the book.
HOW = ("how_1", "how_2", "how_3", "how_4")


def both(word: str, pack: Pack, separator: str = " ") -> str:
    """A word of the book in the languages of the pack; in English where it has none of them."""
    text = WORDS[word]
    return separator.join(text[language] for language in pack.languages if language in text) or text["en"]


def in_one(text: Text, language: str, pack: Pack) -> str:
    """A text of labels.py or the pack in one language, else in English; region and police filled in."""
    said = text.get(language, text.get("en", ""))
    police = pack.emergency.get("police")
    if police:
        said = said.replace("{police}", pack.reach(police, language))
    return said.replace("{region}", pack.name[language])


def in_languages(text: Text, pack: Pack, separator: str = " · ") -> str:
    """The same in every language of the pack, what reads alike only once."""
    return separator.join(dict.fromkeys(in_one(text, language, pack) for language in pack.languages))


def value(field: str, value: str, pack: Pack) -> Text:
    """A value of the case as the dialogue names it."""
    if field in ("channels", "platforms"):
        name: Text = getattr(pack, field)[value].name
        return name
    return labels.VALUES[field][value]
