"""Random turns from a seed: no error, no silence, always a way on, nothing in the logs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.case import LANGUAGES
from knowledge.load import load
from rasa_project import places
from tests.fuzz.monkey import Monkey, garbage, log_faults, real_texts
from tests.paths.always import Always
from tests.paths.person import Person
from tests.servers import Running, serving

SEED = 20261123
#: conversations and turns in each: 5,000 turns, and what a minute allows
WHOLE, SAMPLE = (200, 25), (12, 20)
AT_A_TIME = 4


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Servers of their own: their logs must be clean at the end."""
    with serving(tmp_path_factory.mktemp("fuzz") / "home") as servers:
        yield servers


@pytest.mark.timeout(3600)
def test_random_turns(running: Running, whole: bool) -> None:
    pack = load(places.ROOT / "knowledge" / "cn")
    always, real = Always(pack), real_texts()
    conversations, turns = WHOLE if whole else SAMPLE

    def talk(number: int) -> Person:
        person = Person(running.url, LANGUAGES[number % len(LANGUAGES)], pack, always).open()
        Monkey(person, random.Random(f"{SEED}-{number}"), real).go(turns)
        return person

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        people = list(pool.map(talk, range(conversations)))
    said = sum(len(person.turns) - 1 for person in people)
    print(f"\n{said} random turns in {conversations} conversations, seed {SEED}")
    # Numbers of conversations and first lines only: what people wrote stays out of logs.
    faults = [
        f"conversation {number}: {fault.splitlines()[0]}"
        for number, person in enumerate(people)
        for fault in person.faults
    ]
    assert faults == []
    assert log_faults(running.home) == []
    assert said == conversations * turns


def test_the_same_seed_makes_the_same_garbage() -> None:
    one, other = garbage(random.Random(1)), garbage(random.Random(1))
    assert [next(one) for _ in range(50)] == [next(other) for _ in range(50)]


def test_an_error_in_a_log_is_found(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "rasa.log").write_text("fine\nTraceback (most recent call last):\n")
    (tmp_path / "run.log").write_text("fine\n")
    assert len(log_faults(tmp_path)) == 1
