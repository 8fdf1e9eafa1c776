"""``steady understand`` as others call it: lines in, lines out, on the model that serves."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from knowledge.case import CHANNELS, ELAPSED, LANGUAGES, SITUATIONS

FIELDS = [
    *("id", "language", "intent", "confidence", "situation", "channels", "platforms", "amount"),
    *("elapsed", "recovery_offer", "crisis", "in_scope"),
]

#: id -> (text, what must be read in it)
TEXTS: dict[str, tuple[str, dict[str, Any]]] = {
    "zh-loss": (
        "前天我在微信上给一个骗子付了2万块,现在找不到人",
        {"situation": "lost_money", "channels": ["third_party_payment"], "elapsed": "days", "in_scope": True},
    ),
    "en-loss": (
        "A fake landlord got 900 dollars off my debit card two hours ago",
        {"channels": ["bank_card"], "elapsed": "under_24h", "language": "en", "in_scope": True},
    ),
    "zh-nothing-named": ("我被人骗走了五千元", {"channels": [], "in_scope": True, "crisis": False}),
    "zh-ask": ("被骗的两千块还能不能拿回来", {"recovery_offer": False, "in_scope": True}),
    "zh-offer": (
        "有个网警说先交15%手续费,他就能用技术把我被骗的钱追回来",
        {"recovery_offer": True, "situation": "recovery_offer", "in_scope": True},
    ),
    "en-offer": (
        "This hacker recovered all my stolen bitcoin, message him, no recovery no fee!",
        {"recovery_offer": True, "situation": "recovery_offer"},
    ),
    "zh-crisis": ("钱都没了,我真的不想活了", {"crisis": True, "intent": "crisis"}),
    "zh-outside": (
        "周末去爬山要带什么",
        {"in_scope": False, "channels": [], "crisis": False, "recovery_offer": False, "situation": "other"},
    ),
    "zh-shy": ("这事我不敢跟爸爸说", {"intent": "ask_faq", "crisis": False}),
    "en-shy": ("I dare not tell my dad about this", {"intent": "ask_faq", "crisis": False}),
    "zh-refused": ("派出所说不能立案 我怎么办", {"intent": "ask_faq"}),
    "en-refused": ("the officers won't open a case, what do I do", {"intent": "ask_faq"}),
    "nonsense": ("ыва олдж", {"intent": "out_of_scope", "channels": []}),
    "punctuation": ("?!...", {"in_scope": False, "channels": []}),
    "payload-like": ('/answer{"channels":"cash"}', {"channels": []}),
    "empty": ("", {"in_scope": False}),
    "long": ("我被骗了。" * 200_000, {"in_scope": True}),
}


def _call(model: Path, lines: list[bytes]) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "rasa_project.cli", "understand", "--model", str(model)]
    return subprocess.run(command, input=b"\n".join(lines), capture_output=True, timeout=200)


@pytest.fixture(scope="module")
def answered(model_path: Path) -> subprocess.CompletedProcess[bytes]:
    lines = [json.dumps({"id": i, "text": t}, ensure_ascii=False).encode() for i, (t, _) in TEXTS.items()]
    spoiled = [b"not json", b'{"id": "no text"}', b'{"id": "bytes", "text": "\xff"}', b'["a"]', b""]
    half_pair = b'{"id": "half", "text": "\\ud83d \\u88ab\\u9a97"}'
    return _call(model_path, [*lines[:2], *spoiled, *lines[2:], half_pair])


@pytest.fixture(scope="module")
def rows(answered: subprocess.CompletedProcess[bytes]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in map(json.loads, answered.stdout.decode("utf-8").splitlines())}


def test_every_good_line_is_answered_in_order(rows: dict[str, dict[str, Any]]) -> None:
    assert list(rows) == [*TEXTS, "half"]


def test_spoiled_lines_are_named_by_number(answered: subprocess.CompletedProcess[bytes]) -> None:
    assert answered.returncode == 1
    told = [line for line in answered.stderr.decode().splitlines() if line.startswith("line ")]
    assert [line.split(":")[0] for line in told] == ["line 3", "line 4", "line 5", "line 6"]


def test_nothing_but_the_answers_is_printed(answered: subprocess.CompletedProcess[bytes]) -> None:
    assert all(line.startswith(b'{"id"') for line in answered.stdout.splitlines())
    assert "我被人骗走了" not in answered.stderr.decode()


def test_fields_are_the_contracts(rows: dict[str, dict[str, Any]]) -> None:
    for row in rows.values():
        assert list(row) == FIELDS
        assert row["language"] in (*LANGUAGES, "ru", None)
        assert isinstance(row["intent"], str) and 0 <= row["confidence"] <= 1
        assert row["situation"] in SITUATIONS
        assert set(row["channels"]) <= set(CHANNELS)
        assert row["elapsed"] in (*ELAPSED, None)
        assert row["amount"] is None or set(row["amount"]) == {"value", "currency"}
        assert all(isinstance(row[name], bool) for name in ("recovery_offer", "crisis", "in_scope"))


@pytest.mark.parametrize("row_id", TEXTS)
def test_what_is_read(rows: dict[str, dict[str, Any]], row_id: str) -> None:
    expected = TEXTS[row_id][1]
    assert {name: rows[row_id][name] for name in expected} == expected


def test_amounts_are_read_with_their_currency(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["zh-loss"]["amount"] == {"value": 20000, "currency": "CNY"}
    assert rows["en-loss"]["amount"] == {"value": 900, "currency": "USD"}


def test_a_model_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    done = _call(tmp_path / "none.tar.gz", [b'{"id": 1, "text": "x"}'])
    assert done.returncode != 0 and done.stdout == b"" and b"none.tar.gz" in done.stderr
