"""Which language a text is written in: by its script, or among Latin-script languages by their commonest words."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_LATIN_WORD = re.compile(r"[a-zà-öø-ÿāăąćčđęěğıłńňőœřśşšťũůűźżžạ-ỹơư]+", re.IGNORECASE)
#: Scripts of one language, or of one far commoner here than the others.
_SCRIPTS = tuple(
    (language, re.compile(pattern))
    for language, pattern in (
        ("ko", r"[\uac00-\ud7a3\u3131-\u318e]"),
        ("uk", r"[іїєґІЇЄҐ]"),
        ("ru", r"[\u0400-\u04ff]"),
        ("fa", r"[پچژگ]"),
        ("ar", r"[\u0600-\u06ff]"),
        ("th", r"[\u0e00-\u0e7f]"),
        ("hi", r"[\u0900-\u097f]"),
        ("he", r"[\u0590-\u05ff]"),
        ("el", r"[\u0370-\u03ff]"),
    )
)
#: The commonest short words; a word of two languages counts for both.
_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the a an i my me you he she it is was to of and in on for with have has been do what can how they his her from that this "
        "not by at will be are we your if or so but who when am got paid sent lost money bank card help get someone no yes please "
        "about out up down into over under after before come back go good new tomorrow film",
        "es": "el la los las un una de que y en mi me se por con para no es fue le lo del al he ha qué como cómo hice hay tiempo "
        "dinero tarjeta alguien usó ahora hoy yo su sin hombre llama",
        "fr": "le la les un une de des que et en à mon ma me j'ai ai est par avec pour pas du au ce qui on été m'a fait il je vous "
        "quelle aidez moi argent carte n'existe victime",
        "de": "der die das ein eine ich mir mich und ist habe hat auf von mit für nicht zu den dem im wurde war es wie was sie bin "
        "geld konto karte jemand meine meiner meinem soll tun spät an",
        "pt": "o a os as um uma de que e em no na meu minha me por com para não é foi do da eu ele caí fiz fui dinheiro cartão "
        "alguém comprei mandei faço pelo",
        "it": "il lo la i gli le un una di che e in mi ho per con non è stato del al mio mia cosa sono come fare ha dato fatto hanno "
        "soldi carta qualcuno devo truffato",
        "nl": "de het een ik mij mijn en is heb heeft op van met voor niet te dat was aan er wat hoe geld kaart iemand ben via gekocht",
        "pl": "ja mi mnie się w na z do i to jest nie że co jak za po przez moje moja konto pieniądze ktoś robić zostałem",
        "tr": "ben bir ve bu ne için ile de da mi benim bana var yok çok nasıl para kart hesap birisi dolandırıldım yapmalıyım gönderdim",
        "id": "saya aku yang dan di ke dari ini itu dengan untuk tidak uang kartu apa bagaimana oleh lewat telah bisa tertipu",
        "vi": "tôi bị và là của cho không tiền một có được làm gì ngân hàng thẻ với lừa qua",
        "sv": "jag en ett och är har på av med för inte det som min mitt hur vad pengar kort någon blev",
    }.items()
}
#: Letters that English does not have and few languages share.
_LETTERS = (
    ("es", re.compile("[ñ¿¡]")),
    ("de", re.compile("[ßäöü]")),
    ("pt", re.compile("[ãõ]")),
    ("tr", re.compile("[ğış]")),
    ("pl", re.compile("[łąęśżź]")),
    ("vi", re.compile("[đơưạ-ỹ]")),
    ("sv", re.compile("[å]")),
    ("fr", re.compile("[èêëœ]|\\b[jmlnd]['’]")),
)


def detect_language(text: str) -> str | None:
    """A two-letter code such as "zh", "en", "ja" or "es"; None when there are no letters to go by.

    Chinese wins over the Latin names in it, kana over the Chinese characters around them. A Latin-script text is
    English unless the words of another language are plainly more.
    """
    if len(_KANA.findall(text)) >= 2:
        return "ja"
    for language, script in _SCRIPTS:
        if len(script.findall(text)) >= 2:
            return language
    if _HAN.search(text):
        return "zh"
    words = [word.lower() for word in _LATIN_WORD.findall(text)]
    return _latin(text.lower(), words) if words else None


def _latin(lowered: str, words: list[str]) -> str:
    counts = {language: float(sum(word in common for word in words)) for language, common in _WORDS.items()}
    for language, letters in _LETTERS:
        counts[language] += min(2, len(letters.findall(lowered)))
    best = max(counts, key=lambda language: counts[language])
    enough = counts[best] >= 3 or counts[best] >= max(2.0, 0.4 * len(words))
    return best if enough and counts[best] > counts["en"] else "en"
