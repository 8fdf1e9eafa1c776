"""Start-up, memory and turn times of both pairs of servers, in the same minutes, turn about."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import requests

from benchmarks import places, servers, turns
from knowledge.case import LANGUAGES

ROUNDS = 3
CONVERSATIONS = 20  # of each pair in each round, after WARM_UP more that do not count
WARM_UP = 4

Progress = Callable[[str], None]


@dataclass
class Measured:
    """What the rounds gave for one pair of servers."""

    starts: list[float] = field(default_factory=list)
    memory: list[dict[str, tuple[float, float]]] = field(default_factory=list)
    rounds: list[turns.Timed] = field(default_factory=list)


def measure(
    ours: Path, default: Path, project: Path, rounds: int, progress: Progress
) -> tuple[Measured, Measured]:
    """(ours, the default's). ``ours`` and ``default`` are models, ``project`` the default's folder."""
    both = Measured(), Measured()
    for number in range(1, rounds + 1):
        progress(f"Round {number} of {rounds}: starting both pairs of servers, one after the other ...")
        with tempfile.TemporaryDirectory(dir=places.home()) as scratch, ExitStack() as opened:
            home = Path(scratch)
            starts = [
                lambda home=home: servers.ours(ours, home / "ours"),
                lambda home=home: servers.default(default, project, home / "default"),
            ]
            pairs: dict[int, servers.Running] = {}
            for which in (0, 1) if number % 2 else (1, 0):  # neither is always the first
                pairs[which] = opened.enter_context(starts[which]())
            running = [pairs[0], pairs[1]]
            progress(f"Round {number} of {rounds}: {CONVERSATIONS} conversations with each, turn about ...")
            _talk(running, both)
            for result, pair in zip(both, running, strict=True):
                result.starts.append(pair.started)
                result.memory.append(pair.memory())
    return both


def _talk(running: Sequence[servers.Running], results: Sequence[Measured]) -> None:
    with requests.Session() as http:
        begins = (turns.ours(running[0].url, http), turns.default(running[1].url, http))
        timed = (turns.Timed(), turns.Timed())
        for number in range(WARM_UP + CONVERSATIONS):
            language = LANGUAGES[number % len(LANGUAGES)]
            for begin, into in zip(begins, timed, strict=True):
                turns.talk(begin, language, into if number >= WARM_UP else turns.Timed())
        for result, into in zip(results, timed, strict=True):
            result.rounds.append(into)
