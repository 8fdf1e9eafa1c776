"""People at once, long conversations, many conversations, two workers: both projects in the same run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from benchmarks import load, places, servers
from rasa_project.serve import CannotServe
from tests.faults.shared_stores import missing, shared_stores

PEOPLE = (1, 10, 50)
SECONDS = 30.0  # for each number of people
LONG = 100  # turns of a long conversation
LONG_ONES = 3  # so many of them, one after the other
ENDS = 10  # so many turns at its beginning and its end are compared
MANY = 2000  # short conversations, for what memory grows by
WARM = 5.0
WORKERS = (1, 2)
REPEATS = 3  # of the comparison of workers
WORKERS_SECONDS = 20.0  # each time
#: What Rasa writes into its log once in each worker that serves.
SERVES = "Rasa server is up and running"
WORKERS_LIMIT = 240.0  # seconds until every worker serves

Progress = Callable[[str], None]


@dataclass
class Scaled:
    """What one pair of servers gave. ``grown``: megabytes, ``None`` where it was not measured."""

    loads: dict[int, load.Load] = field(default_factory=dict)
    long: list[list[float]] = field(default_factory=list)
    grown: float | None = None
    memory: float = 0.0


@dataclass
class Shared:
    """So many workers' rates, and their processor seconds for a turn, of each repeat."""

    rates: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    bad: int = 0


def measure(
    ours: Path, default: Path, project: Path, seconds: float, many: int, progress: Progress
) -> tuple[Scaled, Scaled]:
    """(ours, the default's); one pair runs and is measured after the other, so that neither has less room."""
    results = Scaled(), Scaled()
    starts = (
        ("Steady", servers.ours, (ours,), load.ours, many),
        ("The default", servers.default, (default, project), load.default, 0),
    )
    for result, (name, start, given, begins, short) in zip(results, starts, strict=True):
        with (
            tempfile.TemporaryDirectory(dir=places.home()) as scratch,
            start(*given, Path(scratch)) as running,  # type: ignore[operator]
        ):
            _measure_one(
                result, running, begins(running.url), seconds, short, lambda t, n=name: progress(f"{n}: {t}")
            )
    return results


def _measure_one(
    result: Scaled,
    running: servers.Running,
    begin: load.Begin,
    seconds: float,
    many: int,
    progress: Progress,
) -> None:
    load.together(begin, 2, min(WARM, seconds))
    for people in PEOPLE:
        progress(f"{people} people at once, for {seconds:.0f} s once all have begun ...")
        result.loads[people] = load.together(begin, people, seconds)
    progress(f"{LONG_ONES} conversations of {LONG} turns ...")
    result.long = [load.long(begin, LONG) for _ in range(LONG_ONES)]
    result.memory = _memory(running)
    if many:
        progress(f"{many} short conversations ...")
        load.conversations(begin, many)
        result.grown = _memory(running) - result.memory


def _memory(running: servers.Running) -> float:
    return sum(pss for _, pss in running.memory().values())


def workers(model: Path, seconds: float, repeats: int, progress: Progress) -> dict[int, Shared] | None:
    """Workers -> 50 people's load, on PostgreSQL and Redis; ``None`` where those are not installed.

    One and two in turn, so many times, each time with new servers.
    """
    if missing():
        return None
    found = {number: Shared() for number in WORKERS}
    for repeat in range(1, repeats + 1):
        for number, into in found.items():
            progress(f"{number} worker(s), {PEOPLE[-1]} people, {repeat} of {repeats}: starting ...")
            with _sharing(model, number) as running:
                begin = load.ours(running.url)
                load.together(begin, PEOPLE[-1], min(WARM, seconds))
                before = _processor_time(running)
                once = load.together(begin, PEOPLE[-1], seconds)
                used = _processor_time(running) - before
            into.rates.append(once.rate)
            into.processor.append(used / max(1, len(once.seconds)))
            into.bad += once.bad
    return found


def _processor_time(running: servers.Running) -> float:
    """Processor seconds that all processes of the servers have used so far."""
    leaders = [psutil.Process(pid) for pid in running.pids.values()]
    everyone = [each for leader in leaders for each in (leader, *leader.children(recursive=True))]
    return sum(each.cpu_times().user + each.cpu_times().system for each in everyone)


@contextmanager
def _sharing(model: Path, number: int) -> Iterator[servers.Running]:
    with ExitStack() as opened:
        home = Path(opened.enter_context(tempfile.TemporaryDirectory(dir=places.home())))
        postgres, redis = opened.enter_context(shared_stores())
        env = {**postgres.env, **redis.env, "SANIC_WORKERS": str(number)}
        running = opened.enter_context(servers.ours(model, home, env))
        _until_all_serve(running, number)
        yield running


def _until_all_serve(running: servers.Running, number: int) -> None:
    """Healthy is said by the first that serves; a worker that is still loading would be measured as none."""
    end = time.monotonic() + WORKERS_LIMIT
    while running.log.read_text(errors="replace").count(SERVES) < number:
        if time.monotonic() > end:
            raise CannotServe(f"Not all {number} workers serve after {WORKERS_LIMIT:.0f} s.")
        time.sleep(0.2)


def ends_of(conversations: list[list[float]]) -> tuple[float, float]:
    """(median of the first turns, median of the last) over the conversations.

    The very first turn is left out: it opens what later ones find open.
    """
    first = [took for each in conversations for took in each[1 : ENDS + 1]]
    last = [took for each in conversations for took in each[-ENDS:]]
    return median(first), median(last)
