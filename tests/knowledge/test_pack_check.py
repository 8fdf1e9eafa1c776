"""What a pack may not say: every mutation of the fixture pack must be found, with file, line and field."""

# ruff: noqa: E501 - a mutation a line reads best

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.check import check, shown_texts
from knowledge.load import load
from knowledge.wording import RULES, Rule, offences
from tests.knowledge.pack_files import FIXTURE, TODAY, copy_of, edit

#: file, what is there, what somebody makes of it, field of the problem, severity
MUTATIONS = {
    "unknown contact of a step": ("steps.yml", "[police_110, advice_line]", "[police_110, advice_lin]", "steps[report_police].contacts[1]", "error"),
    "unknown evidence": ("steps.yml", "[payee_name, amount_exact]", "[payee]", "steps[report_police].evidence[0]", "error"),
    "unknown source of a step": ("steps.yml", "[T-1.01]", "[T-9.99]", "steps[report_police].sources[0]", "error"),
    "unknown source of a contact": ("contacts.yml", "[T-1.01]", "[T-7.01]", "contacts[police_110].sources[0]", "error"),
    "unknown source of a flag": ("red_flags.yml", "[T-1.02]", "[T-7.02]", "red_flags[promise].sources[0]", "error"),
    "unknown contact of an answer": ("faq.yml", "[police_110]", "[police_111]", "faq[small_amount].contacts[0]", "error"),
    "unknown contact of a platform": ("platforms.yml", "contact: wallet", "contact: walet", "platforms[wallet].contact", "error"),
    "unknown emergency contact": ("pack.yml", "advice: advice_line", "advice: advise", "emergency.advice", "error"),
    "emergency contact without a phone": ("pack.yml", "crisis: crisis_line", "crisis: wallet", "emergency.crisis", "error"),
    "unknown platform in a condition": ("steps_later.yml", "[test_bank]", "[best_bank]", "steps[get_receipt].when.platforms[0]", "error"),
    "unknown placeholder": ("steps.yml", "拨打 {police_110}", "拨打 {police}", "steps[report_police].body.zh", "error"),
    "placeholder in one language only": ("steps.yml", "Call {police_110}.", "Call them.", "steps[report_police].body.en", "error"),
    "broken placeholder": ("pack.yml", "Call {police_110} first.", "Call {Police 110} first.", "phrases.emergency_intro.en", "error"),
    "undeclared document field": ("documents.yml", "我转账{amount}", "我转账{sum}", "documents[statement].body.zh", "error"),
    "unused document field": ("documents.yml", "      amount: {zh", "      day: {zh: 日期, en: Day}\n      amount: {zh", "documents[statement].fields.day", "warning"),
    "a digit makes two owners of one number": ("contacts.yml", "phone: 110", "phone: 120", "contacts[ambulance_120].phone", "error"),
    "two owners, written differently": ("contacts.yml", '"96110"', "4008201234", "contacts[test_bank].phone", "error"),
    "a digit that no source has": ("contacts.yml", 'phone: "12356"', 'phone: "12365"', "contacts[crisis_line].phone", "error"),
    "number longer than its source's": ("contacts.yml", "phone: 110\n", 'phone: "1102"\n', "contacts[police_110].phone", "error"),
    "number of low confidence": ("contacts.yml", "    confidence: community", "    confidence: unverified", "contacts[test_bank].phone", "error"),
    "contradicted number": ("contacts.yml", "    confidence: reprint", "    confidence: contradictory", "contacts[advice_line].phone", "error"),
    "number that rests on memory": ("contacts.yml", "[T-1.02, T-1.01]", "[T-1.03]", "contacts[advice_line].sources", "error"),
    "two ways to reach": ("contacts.yml", "    phone: 110\n", "    phone: 110\n    url: https://example.gov.cn\n", "contacts[police_110].url", "error"),
    "no way to reach": ("contacts.yml", "    phone: 110\n", "", "contacts[police_110]", "error"),
    "phone with words": ("contacts.yml", "phone: 110", "phone: dial 110", "contacts[police_110].phone", "error"),
    "link to a reprint": ("sources.yml", "    confidence: reprint\n", "    confidence: reprint\n    url: http://example.com\n", "sources[T-1.02].url", "error"),
    "dangerous address": ("sources.yml", "Reprint of a list", "Reprint of evil[.]com", "sources[T-1.02].title", "error"),
    "deadline from memory": ("steps_later.yml", "[T-1.01]", "[T-1.03]", "steps[get_receipt].deadline", "error"),
    "rule from memory": ("faq.yml", "[T-1.01]", "[T-1.03]", "faq[small_amount].sources", "warning"),
    "hotline typed": ("steps.yml", "Say when you paid", "Or call 96110. Say when you paid", "steps[report_police].body.en", "error"),
    "short hotline typed": ("pack.yml", "不要再转账。", "不要再转账，打110。", "first_aid[1].zh", "error"),
    "number of nobody typed": ("faq.yml", "值得。", "值得。电话95588。", "faq[small_amount].answer.zh", "error"),
    "400 number typed": ("pack.yml", "Keep the chat.", "Keep the chat. 400-123 4567.", "first_aid[2].en", "error"),
    "full-width number typed": ("pack.yml", "保留聊天记录。", "保留聊天记录，９６１１０。", "first_aid[2].zh", "error"),
    "address typed": ("faq.yml", "Yes. Call", "Yes. See www.example.com or call", "faq[small_amount].answer.en", "error"),
    "name holds a number not shown": ("contacts.yml", "zh: 测试钱包", "zh: 测试钱包95188", "contacts[wallet].name.zh", "error"),
    "channel missing": ("channels.yml", "  - {id: cash, ", "  # - {id: cash, ", "channels", "error"),
    "channel without a step": ("steps.yml", "cash, crypto, loan]", "cash, crypto]", "steps", "error"),
    "no police now": ("steps.yml", "contacts: [police_110, advice_line]", "contacts: [advice_line]", "steps", "error"),
    "required phrase missing": ("pack.yml", "  masked: {", "  maskd: {", "phrases.masked", "error"),
    "evidence of the plan missing": ("pack.yml", "  time_exact: {", "  time: {", "evidence", "error"),
    "first aid of two": ("pack.yml", '  - {zh: "保留聊天记录。", en: "Keep the chat."}\n', "", "first_aid", "error"),
    "step that can never be shown": ("steps_later.yml", "    title:", "    unless: {reported: [no, called_110]}\n    title:", "steps[get_receipt].unless.reported", "error"),
    "pattern that does not compile": ("red_flags.yml", '"100% back"', '"(100% back"', "red_flags[promise].patterns.en[1]", "error"),
    "pattern that matches all": ("red_flags.yml", '"100% back"', '"(100%)?"', "red_flags[promise].patterns.en[1]", "error"),
    "alias of two platforms": ("platforms.yml", "zh: [测试钱包]", "zh: [测行]", "platforms[wallet].aliases.zh[0]", "error"),
    "untranslated text": ("steps.yml", "zh: 拨打报警电话,", "zh: Call the police now,", "steps[report_police].title.zh", "error"),
    "Chinese for English": ("steps.yml", "en: Call the police}", "en: 拨打报警电话}", "steps[report_police].title.en", "error"),
    "paragraphs differ": ("faq.yml", "Yes. Call", "Yes.\\nCall", "faq[small_amount].answer.en", "error"),
    "list items differ": ("pack.yml", '{zh: 紧急情况, en: Emergency}', '{zh: "1. 报警\\n2. 联系银行", en: "1. Call\\nThe bank"}', "phrases.emergency_title.en", "error"),
    "promise": ("steps.yml", "平台可能会限制账户。", "平台一定会把钱退回。", "steps[call_platform].why.zh", "error"),
    "percentage": ("faq.yml", "Yes. Call", "Yes, in 80% of cases. Call", "faq[small_amount].answer.en", "error"),
    "blame": ("steps.yml", "您用的是哪个平台？", "您怎么这么轻信？", "steps[call_platform].staff.zh", "error"),
    "false deadline": ("steps.yml", "Report even if 30 minutes have passed.", "After 30 minutes it is too late.", "steps[report_police].body.en", "error"),
    "minimum amount": ("faq.yml", "多少都可以报。", "满3000元才立案。", "faq[small_amount].answer.zh", "error"),
    "review overdue": ("contacts.yml", "review_by: 2027-01-01", "review_by: 2026-05-20", "contacts[police_110].review_by", "warning"),
    "review long overdue": ("sources.yml", "review_by: 2027-01-01", "review_by: 2026-02-01", "sources[T-1.01].review_by", "error"),
    "checked tomorrow": ("contacts.yml", "checked: 2026-01-01", "checked: 2026-06-02", "contacts[police_110].checked", "error"),
    "review before the check": ("contacts.yml", "review_by: 2027-01-01", "review_by: 2025-12-31", "contacts[police_110].review_by", "error"),
    "no day of the calendar": ("contacts.yml", "checked: 2026-01-01", "checked: 2026-02-30", "contacts[police_110].checked", "error"),
    "English dropped": ("pack.yml", ", en: Do not pay again.}", "}", "first_aid[1].en", "error"),
    "key written twice": ("faq.yml", "    contacts:", "    answer: {zh: 一, en: one}\n    contacts:", "faq[small_amount].answer", "error"),
}  # fmt: skip


def test_the_fixture_has_no_problem() -> None:
    assert check(FIXTURE, TODAY) == []


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_spoiled_pack_is_found_out(tmp_path: Path, name: str) -> None:
    file, old, new, field, severity = MUTATIONS[name]
    directory = copy_of(tmp_path)
    edit(directory, file, old, new)
    problems = check(directory, TODAY)
    found = [p for p in problems if p.field == field and p.severity == severity]
    assert found, problems
    assert found[0].line > 0
    assert found[0].message
    assert found[0].file in (file, "steps.yml")
    rows = (directory / found[0].file).read_text("utf-8").splitlines()
    assert found[0].line <= len(rows)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("contacts.yml", "phone: 400-820-1234", "phone: 96110\n    shared_with: [advice_line]"),  # truly shared
        ("platforms.yml", "en: Test Wallet", "en: Wallet.com"),  # a name, not an address
        ("contacts.yml", "zh: 反诈咨询", "zh: 96110 反诈咨询"),  # named after its own number
        ("pack.yml", "保留聊天记录。", "保留2024年1月3日起24小时内的聊天记录，见刑法第266条、第110条。"),
        ("pack.yml", "Keep the chat.", "Keep the chat of 2024-01-03: 120 minutes, 31,200 yuan, 12000 yuan, article 110."),
        ("pack.yml", "保留聊天记录。", "保留转账120元、50000元的记录，版本1.110。"),
        ("pack.yml", "Keep the chat.", "Look for an address that ends in gov.cn."),
    ],
)  # fmt: skip
def test_what_is_right_stays_unmarked(tmp_path: Path, file: str, old: str, new: str) -> None:
    directory = copy_of(tmp_path)
    edit(directory, file, old, new)
    # One language alone was changed: that its figures differ now is said, and is no error.
    found = [p for p in check(directory, TODAY) if "language only; make them the same" not in p.message]
    assert found == []


def test_the_line_is_the_line_of_the_field(tmp_path: Path) -> None:
    directory = copy_of(tmp_path)
    edit(directory, "contacts.yml", "[T-1.02, T-1.01]", "[T-1.02, T-4.04]")
    (problem,) = check(directory, TODAY)
    assert "T-4.04" in (directory / problem.file).read_text("utf-8").splitlines()[problem.line - 1]


def test_dates_are_judged_as_of_the_day_given() -> None:
    assert {p.severity for p in check(FIXTURE, date(2027, 1, 2))} == {"warning"}
    assert "error" not in {p.severity for p in check(FIXTURE, date(2027, 4, 1))}
    assert {p.severity for p in check(FIXTURE, date(2027, 4, 2))} == {"error"}


def test_every_text_with_a_language_is_looked_at() -> None:
    """A text that shown_texts forgets would be checked by nobody."""
    pack = load(FIXTURE)
    texts = [text for _, text, _ in shown_texts(pack)]

    def inside(value: object) -> list[dict]:
        if isinstance(value, dict) and set(value) == {"zh", "en"}:
            return [value] if isinstance(value["zh"], str) else []
        if isinstance(value, dict):
            return [t for v in value.values() for t in inside(v)]
        if isinstance(value, tuple):
            return [t for v in value for t in inside(v)]
        if hasattr(value, "__dataclass_fields__"):
            return [t for name in value.__dataclass_fields__ for t in inside(getattr(value, name))]
        return []

    # Claims are the fact base's own record: they hold numbers, and are not read out to a person.
    claims = [source.claim for source in pack.sources.values()]
    assert [t for t in inside(pack) if t not in texts and t not in claims] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}-{rule.language}")
def test_wording_rule_proves_itself(rule: Rule) -> None:
    assert rule.bad and rule.good
    for sentence in rule.bad:
        assert rule in [found for found, _ in offences(sentence, rule.language)], sentence
    for sentence in rule.good:
        assert [found.id for found, _ in offences(sentence, rule.language)] == [], sentence


def test_wording_rules_cover_both_languages() -> None:
    strict = {(rule.id, rule.language) for rule in RULES if rule.severity == "error"}
    assert {(id_, "zh") for id_, _ in strict} | {(id_, "en") for id_, _ in strict} == strict


def test_command_tells_file_line_and_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directory = copy_of(tmp_path)
    edit(directory, "faq.yml", "[T-1.01]", "[T-9.01]")
    assert main(["check", str(directory), "--today", str(TODAY)]) == 1
    out = capsys.readouterr().out
    assert "faq.yml:9: faq[small_amount].sources[0]: " in out


def test_command_counts_and_passes_with_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(FIXTURE), "--today", "2027-01-02"]) == 0
    out = capsys.readouterr().out
    assert "warning" in out and "2025-12-01" in out  # the oldest check of the fixture
