"""Percentiles, medians over rounds and tables."""

from __future__ import annotations

import pytest

from benchmarks import measuring


@pytest.mark.parametrize(
    ("values", "share", "wanted"),
    [
        ([7], 0.5, 7),
        ([3, 1, 2], 0.5, 2),
        ([4, 3, 2, 1], 0.5, 2),
        (range(1, 101), 0.95, 95),
        (range(1, 21), 0.95, 19),
        ([1, 9], 0.0, 1),
        ([1, 9], 1.0, 9),
    ],
)
def test_a_percentile_is_one_of_the_values(values: list[float], share: float, wanted: float) -> None:
    assert measuring.percentile(values, share) == wanted


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError):
        measuring.percentile([], 0.5)


def test_one_bad_round_does_not_decide() -> None:
    assert measuring.over_rounds([[1, 1], [50, 60], [2, 2]], 0.95) == 2
    assert measuring.over_rounds([[], [4]], 0.5) == 4
    assert measuring.over_rounds([[], []], 0.5) is None


def test_seconds_are_written_as_milliseconds() -> None:
    assert measuring.milliseconds([[0.010, 0.020, 0.030]]) == "20 / 30"
    assert "0" not in measuring.milliseconds([[]])


def test_a_share_of_nothing_is_no_division() -> None:
    assert "70" in measuring.share(7, 10)
    assert "%" not in measuring.share(0, 0)


def test_the_lines_of_a_table_are_equally_wide() -> None:
    lines = measuring.markdown(("what", "a", "b"), [["支付宝", "1", "22"], ["x", "333", "4"]]).splitlines()
    assert len(lines) == 4
    assert len({measuring.width(line) for line in lines}) == 1
    assert [cell.strip() for cell in lines[2].strip("|").split("|")] == ["支付宝", "1", "22"]
