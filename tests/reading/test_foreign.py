"""How the money moved, told in a language the guide does not speak; what is not named is not claimed."""

from collections.abc import Callable

import pytest

from knowledge.reading import Reading

Read = Callable[[str], Reading]


@pytest.mark.parametrize(
    ("text", "language", "channels"),
    [
        ("詐欺で銀行に30万円振り込んでしまった", "ja", ("bank_card",)),
        ("ギフトカードの番号を送ってしまいました", "ja", ("point_card",)),
        ("은행 계좌로 돈을 보냈어요", "ko", ("bank_card",)),
        ("pagué en efectivo a un hombre que no conozco", "es", ("cash",)),
        ("ich habe eine Überweisung gemacht und Gutscheinkarten gekauft", "de", ("bank_card", "point_card")),
        ("я отправил биткоины мошенникам", "ru", ("crypto",)),
        ("j'ai payé par PayPal et je n'ai rien reçu", "fr", ("third_party_payment",)),
        ("me han engañado, ¿qué puedo hacer?", "es", ()),
        ("меня обманули, помогите", "ru", ()),
        ("騙されました、助けてください", "ja", ()),
        ("pagué sin tarjeta de crédito", "es", ()),
    ],
)
def test_channels_of_other_languages(
    reading: Read, text: str, language: str, channels: tuple[str, ...]
) -> None:
    read = reading(text)
    assert (read.language, read.channels) == (language, channels)
