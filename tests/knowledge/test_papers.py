"""The papers: which drafts fit a case, what is filled in, and that every field has its place."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from knowledge.case import CHANNELS, CIRCUMSTANCES, LANGUAGES, Case, Money
from knowledge.load import load
from knowledge.pack import Pack
from knowledge.papers import NEEDED, paper, papers_for, plan_document

NOW = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def cn() -> Pack:
    return load(Path(__file__).parents[2] / "knowledge" / "cn")


def test_a_statement_for_the_police_is_always_offered_and_every_draft_to_someone(cn: Pack) -> None:
    cases = [Case(channels=(c,)) for c in CHANNELS] + [Case(circumstances=(c,)) for c in CIRCUMSTANCES]
    offered = [tuple(d.id for d in papers_for(case, cn)) for case in cases]
    assert set.intersection(*map(set, offered)), "one paper is for everybody"
    assert {i for ids in offered for i in ids} == set(cn.documents)


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_has_a_paper_of_its_own(cn: Pack, channel: str) -> None:
    everybody = {d.id for d in papers_for(Case(), cn)}
    assert {d.id for d in papers_for(Case(channels=(channel,)), cn)} - everybody


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_stands_in_the_text_and_no_mark_is_left(cn: Pack, language: str) -> None:
    for document in cn.documents.values():
        shown = paper(document, Case(language=language), cn, NOW)
        parts = [part for line in shown["lines"] for part in line]
        assert {p["field"] for p in parts if "field" in p} == {f["id"] for f in shown["fields"]}
        assert not any("{" in p.get("text", "") for p in parts)


def test_what_was_told_is_filled_in_and_nothing_else(cn: Pack) -> None:
    case = Case(
        amount=Money(30000, "CNY"),
        channels=("third_party_payment",),
        platforms=("alipay",),
        exposure=("code_given",),
    )
    told = {f["id"]: f.get("value") for d in papers_for(case, cn) for f in paper(d, case, cn, NOW)["fields"]}
    assert "30,000" in told["amount"] and told["date"] == "2026-11-23"
    assert told["exposed"]
    assert told["payee_name"] is None and told["payee_account"] is None and told["your_name"] is None


def test_the_statement_asks_for_all_that_a_stop_payment_compares(cn: Pack) -> None:
    statement = paper(papers_for(Case(), cn)[0], Case(), cn, NOW)
    assert {f["needs"] for f in statement["fields"] if "needs" in f} == set(NEEDED.values())


def test_the_document_is_in_the_language_asked_for(cn: Pack) -> None:
    document = plan_document(Case(situation="lost_money", language="en"), cn, ("report_110",), NOW)
    assert document["language"] == "en" and document["steps"] and document["papers"] and document["warning"]
    assert [s["done"] for s in document["steps"] if s["id"] == "report_110"] == [True]
