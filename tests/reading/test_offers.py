"""Recovery offers as advertised, praised, reported or billed; and what only sounds like one."""

import json
from collections import Counter
from pathlib import Path

import pytest

from knowledge.offers import check_offer, is_offer, offer_clues
from knowledge.pack import Pack

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "offers.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:24])
def test_offer(pack: Pack, row: dict[str, object]) -> None:
    text = str(row["text"])
    assert is_offer(offer_clues(text, check_offer(text, pack))) is row["offer"]


def test_the_rows_are_balanced() -> None:
    count = Counter((row["language"], row["offer"]) for row in ROWS)
    assert count["zh", True] >= 30 and count["en", True] >= 30
    assert count["zh", False] + count["en", False] >= 30


def test_flags_point_into_the_original_text(pack: Pack) -> None:
    text = "他說是駭客，可以１００％追回，先付定金。"
    flags = check_offer(text, pack)
    assert flags
    assert [f.start for f in flags] == sorted(f.start for f in flags)
    for flag in flags:
        assert 0 <= flag.start < flag.end <= len(text)
        assert flag.id in pack.red_flags
        assert set(flag.explanation) == {"zh", "en"}
        assert flag.sources


def test_one_flag_does_not_overlap_itself(pack: Pack) -> None:
    flags = check_offer("no recovery no fee, no recovery no fee, guaranteed", pack)
    for one in flags:
        assert not [
            f for f in flags if f is not one and f.id == one.id and f.start < one.end and one.start < f.end
        ]
