"""What the report of speed and load says of its samples: the ratio, what was to be reached, whether it is."""

from __future__ import annotations

from benchmarks import report, scale, speed, turns
from benchmarks.load import Load
from benchmarks.turns import KINDS

THERE = len(report.HEAD) - 1


def pair(seconds: float, memory: float) -> speed.Measured:
    timed = turns.Timed({kind: [seconds] * 4 for kind in KINDS})
    return speed.Measured([10.0], [{"Rasa server": (memory, memory)}], [timed])


def people(seconds: float, rate: int) -> scale.Scaled:
    loads = {people: Load(people, elapsed=10, seconds=[seconds] * rate * 10) for people in scale.PEOPLE}
    return scale.Scaled(loads, [[seconds] * scale.LONG], 3.0, 500.0)


def there(rows: report.Table, word: str) -> set[str]:
    return {row[THERE] for row in rows if word in row[0]}


def test_a_turn_is_judged_by_its_kind() -> None:
    rows = report.single([pair(0.4, 500), pair(1.0, 1000)])
    assert there(rows, KINDS["text"]) == {"yes"}, "two fifths are less than half"
    assert there(rows, KINDS["action"]) == there(rows, KINDS["button"]) == {"short"}, "and more than a third"
    assert there(rows, "memory") == {"yes"} and there(rows, "start-up") == {report.DASH}
    assert all(len(row) == len(report.HEAD) for row in rows)


def test_the_most_people_decide() -> None:
    rows = report.many([people(0.01, 40), people(0.1, 11)], 2000)
    assert there(rows, "50 people at once: turns a second") == {"short"}
    assert there(rows, "10 people at once: turns a second") == {report.DASH}
    assert there(rows, "about turn") == {"yes"}
    assert there(report.many([people(0.01, 40), people(0.1, 10)], 1), "50 people at once: turns") >= {"yes"}


def test_a_default_that_answers_nothing_gives_no_ratio() -> None:
    rows = report.many([people(0.01, 40), people(0.1, 0)], 2000)
    assert there(rows, "50 people at once: turns a second") == {"not measured"}


def test_two_workers_are_judged_by_the_medians() -> None:
    one = scale.Shared([50.0, 10.0, 60.0], [0.01] * 3)
    rows = report.workers({1: one, 2: scale.Shared([90.0, 70.0, 79.0], [0.02] * 3)})
    assert rows[0][3:] == ["× 1.58", "at least 1.6", "short"]
