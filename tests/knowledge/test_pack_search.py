"""Searching the built pack: two-character Chinese words, both languages, names, slips, any input at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.build import build
from knowledge.load import load
from knowledge.pack import Pack
from knowledge.search import Hit, match_expression, search, segment
from knowledge.store import StoreError, connect
from tests.knowledge.pack_files import FIXTURE, copy_of, edit

HERE = Path(__file__).parent
CHINA = HERE.parents[1] / "knowledge" / "cn"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(FIXTURE, tmp_path_factory.mktemp("search") / "t.sqlite")


@pytest.fixture(scope="module")
def china(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(CHINA, tmp_path_factory.mktemp("search") / "cn.sqlite")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(CHINA)


@pytest.mark.parametrize(
    ("query", "language", "first"),
    [
        ("回执", "zh", ("step", "get_receipt")),  # a two-character word inside longer ones
        ("测行", "zh", ("contact", "test_bank")),  # an alias: whom to call is before what it is
        ("测行客服电话", "zh", ("contact", "test_bank")),
        ("测拭银行", "zh", ("contact", "test_bank")),  # one character is another
        ("get_receipt", "en", ("step", "get_receipt")),  # an id
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


# --- the pack for mainland China ----------------------------------------------------------------------


def recorded(file: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / file).read_text("utf-8").splitlines()]


def missed(database: Path, queries: list[dict[str, Any]]) -> list[str]:
    """What came first instead, where that is nothing that was expected, or in the other language."""
    misses = []
    for query in queries:
        hit = next(iter(search(database, query["query"])), None)
        got = f"{hit.kind}:{hit.id}" if hit else "nothing"
        spoken = hit and (query["query"].isdigit() or hit.language == query["language"])
        if got not in query["first"] or not spoken:
            misses.append(f"{query['query']}: {got}, not {' or '.join(query['first'])}")
    return misses


@pytest.mark.parametrize(
    # The second file was written with the first and never tuned against: it says what to expect of others.
    ("file", "count", "allowed"),
    [("queries.jsonl", 50, 5), ("queries_held_out.jsonl", 15, 3)],
)
def test_recorded_queries_find_what_they_should_first(
    china: Path, pack: Pack, file: str, count: int, allowed: int
) -> None:
    queries = recorded(file)
    assert len({query["query"] for query in queries}) == count
    tables = {"contact": pack.contacts, "platform": pack.platforms, "faq": pack.faq, "step": pack.steps}
    there = {f"{kind}:{id_}" for kind, ids in {**tables, "red_flag": pack.red_flags}.items() for id_ in ids}
    gone = [query["query"] for query in queries if there.isdisjoint(query["first"])]
    assert not gone, "nothing expected of these is in the pack any more; put what has taken its place"
    misses = missed(china, queries)
    print(f"{file}: {count - len(misses)} of {count} at rank 1", *misses, sep="\n")
    assert len(misses) <= allowed, "\n".join(misses)


def test_the_recorded_queries_are_of_both_languages_equally() -> None:
    languages = [query["language"] for query in recorded("queries.jsonl")]
    assert languages.count("zh") == languages.count("en") == 25


def test_whoever_types_a_name_is_shown_whom_to_reach(china: Path, pack: Pack) -> None:
    connection = connect(china)
    wrong = {
        name: (hits[0].kind, hits[0].id) if hits else None
        for platform in pack.platforms.values()
        for language in pack.languages
        for name in (platform.name[language], *platform.aliases[language])
        if (hits := search(connection, name, language, limit=1)) is not None
        and [(h.kind, h.id) for h in hits]
        != [("contact", platform.contact) if platform.contact else ("platform", platform.id)]
    }
    connection.close()
    # A few names belong to two (微信: chat and wallet); the rest may not slip.
    assert len(wrong) <= 10, wrong


def test_whoever_types_a_number_is_shown_whose_it_is(china: Path, pack: Pack) -> None:
    for contact in pack.contacts.values():
        for number in {contact.phone, (contact.phone or "").replace("-", ""), f"{contact.phone} 是谁的"}:
            if contact.phone and len(contact.phone) > 4:
                hit = search(china, str(number))[0]
                assert hit.kind == "contact" and hit.id in (contact.id, *contact.shared_with), number


@pytest.mark.parametrize(
    ("query", "wanted"),
    [("支怱宝", "alipay"), ("alipya", "alipay"), ("pinduoudo", "pinduoduo"), ("peking bank of chlna", "boc")],
)
def test_a_slip_nobody_wrote_down_is_understood(china: Path, query: str, wanted: str) -> None:
    assert wanted in {hit.id for hit in search(china, query, kinds=["contact"], limit=2)}


@pytest.mark.parametrize(
    "query", ["支付款", "被骗了1688元", "相信他了", "gat", "the police told me to wait for weeks"]
)
def test_an_ordinary_word_is_not_taken_for_a_name(china: Path, query: str) -> None:
    assert all(hit.score < 50 for hit in search(china, query))


def test_the_language_of_the_query_goes_first_and_the_other_is_not_lost(china: Path) -> None:
    def languages(query: str) -> list[str]:
        return [hit.language for hit in search(china, query, kinds=["contact"], limit=2)]

    assert languages("支付宝") == ["zh", "en"]
    assert languages("alipay") == ["en", "zh"]


def test_a_pasted_message_is_searched_at_once(china: Path) -> None:
    connection = connect(china)
    hits: list[Hit] = search(connection, "昨天有人加我微信说可以帮我把被骗的钱追回来，要先交保证金。" * 40)
    connection.close()
    assert hits and hits[0].kind in ("faq", "red_flag")
