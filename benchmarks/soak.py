"""``python -m benchmarks.soak`` (``make soak``): half the load it can bear, for half an hour.

The exit status is 1 if a turn had no answer, or memory grew by more than 5 % after the first minutes.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import load, places, servers
from benchmarks.measuring import percentile
from rasa_project import packs, processes, serve, train

PEOPLE = 50
MINUTES = 30.0
SETTLED = 5.0  # minutes after which memory should not grow any more
GROWTH = 0.05
EVERY = 5.0  # seconds between two looks at the memory


def watch(running: servers.Running, into: list[tuple[float, float]], end: threading.Event) -> None:
    """Append (seconds since the begin, proportional megabytes of all processes) until ``end``."""
    begun = time.monotonic()
    while not end.wait(EVERY):
        into.append((time.monotonic() - begun, sum(pss for _, pss in running.memory().values())))


def growth(samples: Sequence[tuple[float, float]], settled: float) -> float:
    """How much more the last fifth of the time took than the minute after ``settled`` seconds, as a share."""
    after = [megabytes for seconds, megabytes in samples if seconds >= settled]
    if len(after) < 10:
        return 0.0
    tenth = max(1, len(after) // 5)
    first, last = after[:tenth], after[-tenth:]
    return (sum(last) / len(last)) / (sum(first) / len(first)) - 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one paragraph."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--rate", type=float, help="turns a second; else half of what is measured first")
    options = parser.parse_args(arguments)
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", RASA_TELEMETRY_ENABLED="false")
    model = train.current_model()
    if model is None:
        print("No model fits the files as they are: run `make train`.", file=sys.stderr)
        return 2
    packs.ensure_pack()
    places.home().mkdir(parents=True, exist_ok=True)
    samples: list[tuple[float, float]] = []
    try:
        with (
            processes.stop_requests(),
            tempfile.TemporaryDirectory(dir=places.home()) as scratch,
            servers.ours(model, Path(scratch)) as running,
        ):
            begin = load.ours(running.url)
            load.together(begin, PEOPLE, 10)  # warm
            rate = options.rate or load.together(begin, PEOPLE, 20).rate / 2
            ended = threading.Event()
            watching = threading.Thread(target=watch, args=(running, samples, ended))
            watching.start()
            try:
                done = load.together(begin, PEOPLE, options.minutes * 60, pause=PEOPLE / rate)
            finally:
                ended.set()
                watching.join()
    except (processes.Stopped, KeyboardInterrupt):
        return 130
    except serve.CannotServe as error:
        print(error, file=sys.stderr)
        return 1
    settled = min(SETTLED, options.minutes / 3)
    grown = growth(samples, settled * 60)
    p50, p95 = (percentile(done.seconds, share) * 1000 for share in (0.5, 0.95))
    print(
        f"{options.minutes:.0f} minutes, {PEOPLE} people, {done.rate:.0f} turns a second "
        f"({len(done.seconds)} turns): {done.bad} without an answer; p50 {p50:.0f} ms, p95 {p95:.0f} ms; "
        f"memory {samples[0][1]:.0f} MB at the beginning, {samples[-1][1]:.0f} MB at the end, "
        f"{grown:+.1%} after the first {settled:.0f} minutes."
    )
    return int(done.bad > 0 or grown > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
