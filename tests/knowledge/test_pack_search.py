"""Searching the built pack: two-character Chinese words, both languages, and any input at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.build import build
from knowledge.search import match_expression, search, segment
from knowledge.store import StoreError, connect
from tests.knowledge.pack_files import FIXTURE, copy_of, edit


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(FIXTURE, tmp_path_factory.mktemp("search") / "t.sqlite")


@pytest.mark.parametrize(
    ("query", "language", "first"),
    [
        ("回执", "zh", ("step", "get_receipt")),  # a two-character word inside longer ones
        ("测行", "zh", ("platform", "test_bank")),  # an alias
        ("网银", "zh", ("channel", "bank_card")),
        ("怎么索取受案回执啊", "zh", ("step", "get_receipt")),
        ("金额小要不要报警", "zh", ("faq", "small_amount")),
        ("receipts", "en", ("step", "get_receipt")),  # stemmed
        ("rece", "en", ("step", "get_receipt")),  # begun
        ("ＲＥＣＥＩＰＴ", "en", ("step", "get_receipt")),
        ("96110", "zh", ("contact", "advice_line")),  # numbers are filled in before indexing
        ("small loss", "en", ("faq", "small_amount")),
    ],
)
def test_finds(built: Path, query: str, language: str, first: tuple[str, str]) -> None:
    hits = search(built, query, language)
    assert hits and (hits[0].kind, hits[0].id) == first
    assert all(hit.language == language for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_hit_shows_the_text_as_written(built: Path) -> None:
    (hit,) = search(built, "受案回执", "zh", kinds=["step"])
    assert hit.title == "索取受案回执" and "向派出所索取" in hit.text
    (hit,) = search(built, "police", "en", kinds=["step"], limit=1)
    assert "110" in hit.text and "{" not in hit.text


def test_a_title_counts_more_than_a_body(tmp_path: Path) -> None:
    directory = copy_of(tmp_path)
    edit(directory, "steps.yml", "只有警察可以要求止付。", "联系，联系，再联系。")
    hits = search(build(directory, tmp_path / "t.sqlite"), "联系", "zh", kinds=["step"])
    assert [hit.id for hit in hits] == ["call_platform", "report_police"]


def test_kinds_languages_and_limit_narrow(built: Path) -> None:
    assert {hit.kind for hit in search(built, "报警", "zh", kinds=["faq"])} == {"faq"}
    assert search(built, "报警", "en") == []
    assert {hit.language for hit in search(built, "110")} == {"zh", "en"}
    assert len(search(built, "110", limit=1)) == 1
    assert search(built, "110", limit=0) == []
    assert search(built, "110", kinds=[]) == []


@pytest.mark.parametrize(
    "query",
    [
        "", "   ", '"', "'", '"" OR "', "* OR *", "NEAR(a b)", "a AND NOT b", "title:x", "{x}", "-", "^", "(",
        "\0", "a\0b", "';drop table steps;--", "%_", "，。！", "ﬀ", "é", "\ud800", "🙂", "🙂报警", "١٢٣",
        "报" * 5000, "word " * 5000,
    ],
    ids=ascii,
)  # fmt: skip
def test_any_input_is_safe(built: Path, query: str) -> None:
    assert isinstance(search(built, query[:12000], "zh"), list)


def test_an_open_connection_is_used_and_stays_open(built: Path) -> None:
    connection = connect(built)
    assert search(connection, "报警", "zh") == search(built, "报警", "zh")
    connection.execute("select 1")
    connection.close()


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="steady build"):
        search(tmp_path / "none.sqlite", "报警", "zh")


def test_chinese_is_cut_into_characters_and_nothing_else_is() -> None:
    assert segment("我用Alipay转了３万") == "我 用 alipay 转 了 3 万"
    assert match_expression("the money") == '"money"*'
    assert match_expression("the") == '"the"*'  # nothing better to go by
    assert match_expression("退款") == '"退 款"'
