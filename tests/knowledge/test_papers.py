"""The papers: which drafts fit a case, what is filled in, and that every field has its place."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from knowledge.case import CHANNELS, CIRCUMSTANCES, LANGUAGES, Case, Money
from knowledge.load import load
from knowledge.pack import Pack
from knowledge.papers import ADDRESSEES, NEEDED, paper, papers, papers_for, plan_document

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


def test_each_platform_has_a_complaint_of_its_own_whose_payment_is_its_own(cn: Pack) -> None:
    case = Case(situation="lost_money", channels=("third_party_payment",), platforms=("alipay", "wechat_pay"))
    statement, *complaints = papers(case, cn, NOW)
    assert [p["id"] for p in complaints] == ["platform_complaint-alipay", "platform_complaint-wechat_pay"]
    assert len({p["title"] for p in complaints}) == 2
    keys = [{f["id"]: f["key"] for f in p["fields"]} for p in complaints]
    shared = {name for name in keys[0] if keys[0][name] == keys[1][name]}
    persons = {"your_name", "your_phone", "what_happened", "police_unit", "receipt_no", "date"}
    assert shared == persons
    assert not shared & {"amount", "payee_name", "payee_account", "transaction_no", "paid_at", "your_account"}
    # What a stop-payment compares is asked for once, in the statement.
    needed = [f for p in complaints for f in p["fields"] if "needs" in f]
    assert not needed and {f["needs"] for f in statement["fields"] if "needs" in f} == set(NEEDED.values())
    # The whole sum is not what was paid on each.
    whole = papers(case.with_(amount=Money(30000, "CNY")), cn, NOW)[1:]
    assert all("value" not in f for p in whole for f in p["fields"] if f["id"] == "amount")


@pytest.mark.parametrize("platform", ["icbc", "alipay", "taobao"])
def test_a_complaint_is_addressed_to_the_platform_of_the_case(cn: Pack, platform: str) -> None:
    channel = cn.platforms[platform].channels[0]
    only = papers(Case(channels=(channel,), platforms=(platform,), language="en"), cn, NOW)[-1]
    name = cn.platforms[platform].name["en"]
    assert only["title"].endswith(name)
    assert [f["value"] for f in only["fields"] if f["id"] in ADDRESSEES] in ([], [name])
    assert all(f["key"] == f["id"] for f in only["fields"]), "with one complaint all papers share their words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_checklist_has_everything_the_steps_name_once(cn: Pack, language: str) -> None:
    for channel in CHANNELS:
        case = Case(situation="lost_money", channels=(channel,), language=language)
        document = plan_document(case, cn, (), NOW)
        named = {text for step in document["steps"] for text in step["evidence"]}
        listed = [item["text"] for item in document["evidence"]]
        assert set(listed) == named and len(listed) == len(named)
