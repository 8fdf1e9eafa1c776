"""Every name of the pack is found wherever it stands, and nothing is found inside other words."""

from collections.abc import Callable

import pytest

from knowledge.pack import Pack
from knowledge.reading import Mention, Reading, build_nlp
from knowledge.reading.mentions import pack_names

Named = Callable[[str], tuple[Mention, ...]]

CARRIERS = {
    "zh": ("我用{}给他付了钱", "被骗了，{}", "骗子让我{}，怎么办"),
    "en": ("I paid with {} yesterday", "they asked for {}.", "{} is what I used"),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_name_is_found(pack: Pack, named: Named, language: str) -> None:
    known = pack_names(pack)
    channels = {cue for one in pack.channels.values() for cue in one.cues[language]}
    platforms = {alias for one in pack.platforms.values() for alias in one.aliases[language]}
    missed = [
        text
        for name in (channels | platforms) & known.keys()
        for carrier in CARRIERS[language]
        if not _covers(named(text := carrier.format(name)), text.index(name), name, known[name])
    ]
    # A dictionary word now and then swallows the first character of a two-character name (我省 + 呗).
    assert len(missed) <= 4, missed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_button_says_can_be_typed(
    pack: Pack, reading: Callable[[str], Reading], language: str
) -> None:
    """The name on the screen, alone, is the platform, and nothing but an answer."""
    read = {one.id: reading(one.name[language]) for one in pack.platforms.values()}
    # Where people meet, the name alone is the paying side: wechat -> wechat_pay.
    missed = [
        one.name[language]
        for one in pack.platforms.values()
        if one.id not in read[one.id].platforms and not (one.venue and read[one.id].platforms)
    ]
    assert not missed
    assert [i for i, found in read.items() if not found.bare] == []


@pytest.mark.parametrize("text", ["line of credit", "at the gate", "我在等快递", "soul mate"])
def test_a_title_that_is_a_common_word_is_one_only_alone(named: Named, text: str) -> None:
    assert not [m for m in named(text) if m.id in {"line_app", "gate", "express", "soul"}]


def _covers(found: tuple[Mention, ...], start: int, name: str, target: tuple[str, str]) -> bool:
    return any(m.start < start + len(name) and start < m.end and (m.kind, m.id) == target for m in found)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("支付宝", ["alipay"]),
        ("ＺＦＢ", ["alipay"]),
        ("支付寶", ["alipay"]),
        ("用ICBC的卡", ["icbc"]),
        ("USDT3000", ["usdt"]),
        ("two Apple gift cards", ["apple_card"]),
        ("其中行为恶劣", []),
        ("社交行为", []),
        ("创建行业标准", []),
        ("alipayments", []),
    ],
)
def test_names(named: Named, text: str, ids: list[str]) -> None:
    assert [m.id for m in named(text) if m.kind == "platform"] == ids


def test_offsets_are_those_of_the_text(named: Named) -> None:
    text = "Ｉ paid  ２ by　WeChat Pay，然後支付寶"
    assert [text[m.start : m.end] for m in named(text)] == ["WeChat Pay", "支付寶"]


@pytest.mark.parametrize("text", ["", " ", "a  b\n\tc ", "被骗了 3000 元\n怎么办  ", "😀支付宝😀"])
def test_tokens_give_back_the_text(pack: Pack, text: str) -> None:
    assert build_nlp(pack)(text).text == text
