"""Chinese or English from the letters."""

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
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert detect_language(text) == language
