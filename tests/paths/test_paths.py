"""Every path through the questions, forward, back, interrupted and in the other language, over HTTP.

``make test`` walks a seeded sample that visits everything once, ``make test-all`` the whole (``--whole``).
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from knowledge.load import load
from rasa_project import places
from tests.paths.run import Run
from tests.servers import serving

#: What a run must have visited all there is of.
KINDS = ("question", "button", "step", "response", "rule")
#: For the whole, one for each core: a server uses one. The sample is over sooner than a second one starts.
SERVERS = 2
#: Faults shown when there are many: the first of each kind says enough.
SHOWN = 25


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, model_path: Path, whole: bool) -> Iterator[Run]:
    """The whole run, on servers of its own: their trackers say what was visited."""
    homes = [tmp_path_factory.mktemp("paths") / "home" for _ in range(SERVERS if whole else 1)]
    with ExitStack() as stack:
        with ThreadPoolExecutor() as pool:
            servers = list(pool.map(lambda home: stack.enter_context(serving(home)), homes))
        done = Run(servers, load(places.ROOT / "knowledge" / "cn"), whole).go()
        counts = done.walks.counts
        turns = sum(len(person.turns) for person in done.people)
        print(
            f"\n{counts.ways:,} ways through the questions, {counts.kinds:,} that differ in kind, "
            f"{counts.orders} orders of questions; {len(done.chosen)} walked in each language, "
            f"{len(done.people)} conversations, {turns:,} turns"
        )
        yield done


@pytest.mark.timeout(3600)
def test_what_is_always_true_is_true_on_every_path(run: Run) -> None:
    first = {fault.splitlines()[0]: fault for fault in reversed(run.faults)}
    assert not first, f"{len(run.faults)} faults:\n" + "\n".join(list(first.values())[:SHOWN])


@pytest.mark.parametrize("kind", KINDS)
def test_everything_there_is_is_visited(run: Run, kind: str) -> None:
    assert run.there_is()[kind] - run.visited()[kind] == set(), f"no path visits these {kind}s"
