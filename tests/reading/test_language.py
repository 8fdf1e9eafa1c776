"""Which language, from script and common words; names of another script do not decide."""

import pytest

from knowledge.reading import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("被骗了", "zh"),
        ("I paid", "en"),
        ("用wechat付的", "zh"),
        ("3000", None),
        ("!?", None),
        ("", None),
        ("轉帳", "zh"),
        ("这の人骗我", "zh"),
        ("銀行に振り込んでしまいました", "ja"),
        ("사기를 당했어요", "ko"),
        ("меня обманули", "ru"),
        ("تعرضت للاحتيال", "ar"),
        ("โดนโกง", "th"),
        ("me estafaron y no sé qué hacer con mi banco", "es"),
        ("j'ai payé avec ma carte", "fr"),
        ("ich habe das Geld überwiesen", "de"),
        ("ho fatto un bonifico e non rispondono", "it"),
        ("i paid a con artist in a cafe", "en"),
        ("El Paso police called me about the loan", "en"),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert detect_language(text) == language
