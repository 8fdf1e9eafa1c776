"""People at once, long conversations, many conversations, two workers: both projects in the same run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import load, places, servers
from benchmarks.measuring import Table, percentile
from tests.faults.shared_stores import missing, shared_stores

PEOPLE = (1, 10, 50)
SECONDS = 20.0  # for each number of people
LONG = 100  # turns of the long conversation
ENDS = 10  # so many turns at its beginning and its end are compared
MANY = 2000  # short conversations, for what memory grows by
WARM = 5.0

Progress = Callable[[str], None]


@dataclass
class Scaled:
    """What one pair of servers gave."""

    loads: dict[int, load.Load] = field(default_factory=dict)
    long: list[float] = field(default_factory=list)
    grown: float | None = None
    memory: float = 0.0


def measure(
    ours: Path, default: Path, project: Path, seconds: float, many: int, progress: Progress
) -> tuple[Scaled, Scaled]:
    """(ours, the default's); one pair runs and is measured after the other, so that neither has less room."""
    results = Scaled(), Scaled()
    starts = (
        (servers.ours, (ours,), load.ours, many),
        (servers.default, (default, project), load.default, 0),
    )
    for result, (start, given, begins, short) in zip(results, starts, strict=True):
        with (
            tempfile.TemporaryDirectory(dir=places.home()) as scratch,
            start(*given, Path(scratch)) as running,  # type: ignore[operator]
        ):
            _measure_one(result, running, begins(running.url), seconds, short, progress)
    return results


def _measure_one(
    result: Scaled,
    running: servers.Running,
    begin: load.Begin,
    seconds: float,
    many: int,
    progress: Progress,
) -> None:
    load.together(begin, 2, WARM)
    for people in PEOPLE:
        progress(f"{people} people at once for {seconds:.0f} s ...")
        result.loads[people] = load.together(begin, people, seconds)
    progress(f"A conversation of {LONG} turns ...")
    result.long = load.long(begin, LONG)
    result.memory = _memory(running)
    if many:
        progress(f"{many} short conversations ...")
        load.conversations(begin, many)
        result.grown = _memory(running) - result.memory


def _memory(running: servers.Running) -> float:
    return sum(pss for _, pss in running.memory().values())


def workers(model: Path, seconds: float, progress: Progress) -> dict[int, load.Load] | None:
    """Workers -> 50 people's load, on PostgreSQL and Redis; ``None`` where those are not installed."""
    if missing():
        return None
    found = {}
    for number in (1, 2):
        progress(f"{PEOPLE[-1]} people and {number} worker(s) on PostgreSQL and Redis ...")
        with _sharing(model, number) as running:
            begin = load.ours(running.url)
            load.together(begin, PEOPLE[-1], WARM)
            found[number] = load.together(begin, PEOPLE[-1], seconds)
    return found


@contextmanager
def _sharing(model: Path, number: int) -> Iterator[servers.Running]:
    with ExitStack() as opened:
        scratch = opened.enter_context(tempfile.TemporaryDirectory(dir=places.home()))
        postgres, redis = opened.enter_context(shared_stores())
        env = {**postgres.env, **redis.env, "SANIC_WORKERS": str(number)}
        yield opened.enter_context(servers.ours(model, Path(scratch), env))


def table(results: Sequence[Scaled]) -> Table:
    """Rows of the report: what is measured, ours, the default's, their ratio."""
    rows = []
    for people in PEOPLE:
        loads = [each.loads[people] for each in results]
        each = "person" if people == 1 else "people"
        rows.append(
            [f"{people} {each} at once: turns a second", *(f"{one.rate:.1f}" for one in loads), _times(loads)]
        )
        rows.append([f"{people} {each} at once: ms (p50 / p95)", *(_both(one.seconds) for one in loads), ""])
        rows.append([f"{people} {each} at once: turns without an answer", *(str(o.bad) for o in loads), ""])
    ends = [ends_of(each.long) for each in results]
    rows.append(
        [
            f"one conversation: a text turn at its beginning, and about turn {LONG}, ms",
            *(f"{first * 1000:.0f} / {last * 1000:.0f} (× {last / first:.2f})" for first, last in ends),
            "",
        ]
    )
    rows.append(["memory of all processes after that, MB (PSS)", *(f"{r.memory:.0f}" for r in results), ""])
    grown = [f"{each.grown:+.0f}" if each.grown is not None else "–" for each in results]
    rows.append([f"memory after {MANY} more conversations, MB", *grown, ""])
    return rows


def ends_of(seconds: Sequence[float]) -> tuple[float, float]:
    """(median of the first turns, median of the last); the very first one is left out."""
    return median(seconds[1 : ENDS + 1]), median(seconds[-ENDS:])


def _both(seconds: Sequence[float]) -> str:
    if not seconds:
        return "–"
    return " / ".join(f"{percentile(seconds, share) * 1000:.0f}" for share in (0.5, 0.95))


def _times(loads: Sequence[load.Load]) -> str:
    ours, theirs = loads
    return f"× {ours.rate / theirs.rate:.1f}" if theirs.rate else "–"
