"""The pipeline in Rasa: trained, stored, loaded, and what it puts out for one message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rasa_project.components import pack_source
from rasa_project.components.case_reader import EXTRACTOR
from rasa_project.components.linear_fit import Head, Settings, fit
from rasa_project.components.linear_model import LinearModel
from rasa_project.components.text_features import grams, learn
from tests.understanding.small import PACK, SENTENCES, parser_of

Parse = Callable[[str], dict[str, Any]]


def test_loading_again_gives_the_same_output(small_model: Path, parse: Parse) -> None:
    again = parser_of(small_model)
    for text in ("我把钱转给骗子了", "they took my money", "怎么做红烧肉", "?"):
        assert again(text) == parse(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("骗子把我的钱拿走了", "lost_money"), ("what a nice weather", "out_of_scope"), ("hello there", "greet")],
)
def test_it_has_learned(parse: Parse, text: str, intent: str) -> None:
    assert parse(text)["intent_ranking"][0]["name"] == intent or parse(text)["intent"]["name"] == intent


def test_the_ranking_is_ordered_and_names_every_intent_once(parse: Parse) -> None:
    for text in ("tell me a poem", "somebody took my money", "?"):
        chosen, *others = parse(text)["intent_ranking"]
        assert chosen == parse(text)["intent"]
        confidences = [entry["confidence"] for entry in others]
        assert confidences == sorted(confidences, reverse=True)
        assert all(0 <= c <= 1 for c in [chosen["confidence"], *confidences])
        names = [chosen["name"], *(entry["name"] for entry in others)]
        assert len(set(names)) == len(names)
        assert set(SENTENCES) <= {*names}


def test_a_payload_is_left_to_rasa(parse: Parse) -> None:
    parsed = parse('/answer{"channels": "cash"}')
    assert parsed["intent"]["name"] == "answer"
    assert [(e["entity"], e["value"]) for e in parsed["entities"]] == [("channels", "cash")]
    assert "reading" not in parsed


@pytest.mark.parametrize(
    "text", ["我被骗了不想活了", "刚被骗了三万 我想自杀", "I was scammed and I want to kill myself"]
)
def test_crisis_comes_before_everything(parse: Parse, text: str) -> None:
    parsed = parse(text)
    assert parsed["intent"]["name"] == "crisis"
    assert parsed["reading"]["crisis"] is True


@pytest.mark.parametrize("text", ["。", "？？？", "…", "😀", "-"])
def test_nothing_to_read_is_a_fallback_that_says_nothing(parse: Parse, text: str) -> None:
    parsed = parse(text)
    assert parsed["intent"]["name"] == "nlu_fallback"
    assert parsed["reading"]["in_scope"] is False
    assert {e["entity"] for e in parsed["entities"]} <= {"language", "in_scope", "recovery_offer"}


def test_every_value_read_is_an_entity(parse: Parse) -> None:
    text = "昨天用银行卡转给骗子3万元"
    parsed = parse(text)
    reading, entities = parsed["reading"], parsed["entities"]
    assert reading["channels"] == ["bank_card"]
    for name, held in reading.items():
        if name in ("intent", "confidence", "crisis"):
            continue
        values = held if isinstance(held, list) else [] if held is None else [held]
        assert [e["value"] for e in entities if e["entity"] == name] == values
    for entity in entities:
        assert entity["extractor"] == EXTRACTOR
        assert 0 <= entity["start"] <= entity["end"] <= len(text)


def test_a_very_long_text_is_cut_not_refused(parse: Parse) -> None:
    assert parse("我被骗了" * 5000)["reading"]["in_scope"] is True


def test_the_model_carries_the_whole_pack() -> None:
    pack = pack_source.read_files({"pack": PACK})
    assert pack_source.restore(pack_source.dump(pack)) == pack


def test_a_changed_pack_changes_the_fingerprint(tmp_path: Path) -> None:
    for path in PACK.glob("*.yml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = pack_source.content_hash({"pack": tmp_path})
    assert before == pack_source.content_hash({"pack": PACK})
    changed = tmp_path / "faq.yml"
    changed.write_text(changed.read_text("utf-8") + "\n# x\n", "utf-8")
    assert pack_source.content_hash({"pack": tmp_path}) != before


def test_the_linear_model_survives_storing(tmp_path: Path) -> None:
    texts = ["red apple", "green apple", "fast car", "slow car", "red car", "big apple"] * 3
    intents = ["fruit", "fruit", "vehicle", "vehicle", "vehicle", "fruit"] * 3
    vectors = np.random.default_rng(1).normal(0, 0.01, size=(len(texts), 512)).astype(np.float32)
    model = fit(texts, vectors, intents, (Head("is_fruit", frozenset({"fruit"})),), Settings())
    model.save(tmp_path)
    loaded = LinearModel.load(tmp_path)
    for text, vector in zip(texts[:6], vectors[:6], strict=True):
        (p, heads), (q, others) = model.predict(text, vector), loaded.predict(text, vector)
        assert np.allclose(p, q, atol=1e-3) and p.sum() == pytest.approx(1, abs=1e-5)
        assert heads["is_fruit"] == pytest.approx(others["is_fruit"], abs=1e-3)
        assert (heads["is_fruit"] > 0.5) == ("apple" in text)


def test_one_intent_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="two intents"):
        fit(["a", "b"], np.zeros((2, 512), dtype=np.float32), ["x", "x"])


def test_digits_and_width_do_not_change_the_ngrams() -> None:
    assert grams("ＳＣＡＭ 500元") == grams("scam 873元")
    assert "被骗" in grams("我被骗了") and " scam " in grams("a SCAM!")


def test_unknown_ngrams_give_an_empty_row() -> None:
    columns, values = learn(["abc", "abc"]).row("完全不同")
    assert len(columns) == len(values) == 0
