"""``python -m benchmarks`` (``make bench``): measures Steady beside Rasa's default pipeline and policies.

Each section is written as soon as it is measured. One that fails says so and the next one follows.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

from aiohttp import ClientError
from playwright.sync_api import Error as PlaywrightError
from requests import RequestException

from benchmarks import first_visit, models, places, report, scale, speed, stock
from benchmarks.measuring import markdown
from rasa_project import packs, processes, serve, train

#: What may go wrong with one section without the others being worth less.
FAILURES = (
    *(serve.CannotServe, train.TrainingFailed, RequestException, ClientError, PlaywrightError),
    *(asyncio.TimeoutError, OSError, RuntimeError, ValueError, LookupError),
)


@dataclass(frozen=True)
class Options:
    """What the command line asks for; see :func:`main`."""

    write: bool
    fresh: bool
    quick: bool
    reuse: bool
    rounds: int
    seconds: float
    many: int


@dataclass(frozen=True)
class Models:
    """Both models, the default's project, and what their trainings took."""

    ours: Path
    default: Path
    project: Path
    trainings: tuple[models.Training, models.Training]


#: A heading, and what measures and words it.
Section = tuple[str, Callable[[Models, Options], Sequence[str]]]


def progress(line: str) -> None:
    """On stderr, so that stdout is the report alone."""
    print(f"{datetime.now(timezone.utc):%H:%M:%S} {line}", file=sys.stderr, flush=True)


def machine() -> str:
    """The machine in general words."""
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {python}"


def started(options: Options) -> str:
    """The line that says when, on what, and how quietly it was measured."""
    day = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    short = options.rounds, options.seconds, options.many
    shortened = short != (speed.ROUNDS, scale.SECONDS, scale.MANY)
    warning = " **Shortened: a try-out, not a measurement.**" if shortened or options.quick else ""
    return (
        f"Made by `make bench` on {day}: {machine()}; load before it began {os.getloadavg()[0]:.1f} (what "
        f"else runs on the machine slows both; the ratios suffer least).{warning}"
    )


def notes(options: Options, trainings: Sequence[models.Training]) -> list[str]:
    """What the columns are, and what limits the comparison."""
    epochs, warning = 100, ""
    if options.quick:
        epochs, warning = stock.QUICK_EPOCHS, " (`--quick`: its training time and its answers mean nothing)"
    lines = [
        "*Rasa's default* is the pipeline and the policies that `rasa init` gives "
        f"(Rasa {version('rasa')}, its shipped file) with Rasa's own tokenizer for Chinese (Jieba), trained "
        "on our domain, sentences and rules, with our actions and responses and Rasa's own SQLite store, "
        "over the REST channel. DIETClassifier, TEDPolicy "
        f"and UnexpecTEDIntentPolicy train {epochs} epochs{warning}. TEDPolicy needs stories: "
        f"{stock.STORIES} are made from our rules. Without our components it reads no channel, amount or "
        "time from a text, and its turns with a form do less.",
    ]
    for name, training in zip(report.HEAD[1:3], trainings, strict=True):
        kept = ", and recorded; `--fresh` trains again" if training.recorded else ""
        data = " from the data and with the tokenizer as they were then" if training.other_data else ""
        load = f" (load of the machine: {training.load:.1f})" if training.load else ""
        lines.append(f"Training of {name}: measured {training.at}{load}{data}{kept}.")
    return lines


def one_person(given: Models, options: Options) -> list[str]:
    """Start-up, memory, and the turns of one person."""
    results = speed.measure(given.ours, given.default, given.project, options.rounds, progress)
    return [
        markdown(report.HEAD, [*report.trainings(given.trainings), *report.single(results)]),
        f"Medians over {options.rounds} rounds; in each, the servers of both are started and talked to in "
        f"turn, {speed.CONVERSATIONS} conversations with each. RSS counts shared pages in full, PSS partly.",
    ]


def many_people(given: Models, options: Options) -> list[str]:
    """People at once, and long conversations."""
    scaled = scale.measure(given.ours, given.default, given.project, options.seconds, options.many, progress)
    return [
        markdown(report.HEAD, report.many(scaled, options.many)),
        f"Each number of people for {options.seconds:.0f} s, first with Steady, then with the default. The "
        "clock starts when all are in the middle of a conversation, and only turns that were answered before "
        "it stops count. Who sends the messages works on the same cores. A long conversation is one of text "
        f"turns; {scale.LONG_ONES} were had, the medians are of turns 2 to {scale.ENDS + 1} and of the last "
        f"{scale.ENDS}. The default is not given the {options.many} conversations: it would take longer "
        "than all the rest.",
    ]


def many_workers(given: Models, options: Options) -> list[str]:
    """One worker against two."""
    repeats, seconds = min(scale.REPEATS, options.rounds), min(scale.WORKERS_SECONDS, options.seconds)
    found = scale.workers(given.ours, seconds, repeats, progress)
    if found is None:
        return ["Left out, PostgreSQL and Redis are not installed."]
    return [
        markdown(report.WORKERS_HEAD, report.workers(found)),
        f"On PostgreSQL and Redis, {scale.PEOPLE[-1]} people for {seconds:.0f} s once every worker "
        f"serves, one and two in turn, {repeats} times. The {os.cpu_count()} cores also carry the databases "
        "and who sends the messages; workers with cores of their own are limited by their processor time.",
    ]


def slow_network(given: Models, options: Options) -> list[str]:
    """The first visit."""
    times = first_visit.measure(given.ours)
    if times is None:
        return ["Left out, Chromium is not installed."]
    return [
        markdown(report.HEAD, report.first_visit(times)),
        f"Median of {len(times)} visits with an empty cache, in Chromium on the same machine. Nothing to "
        "compare: Rasa has no page.",
    ]


SECTIONS: Sequence[Section] = (
    ("One person", one_person),
    ("Many people, long conversations", many_people),
    ("One worker against two", many_workers),
    ("A first visit", slow_network),
)


def measured(model: Path, options: Options) -> int:
    """Measure and write section after section. The exit status."""
    begun = time.monotonic()
    parts = ["# Measurements", started(options)]
    places.home().mkdir(parents=True, exist_ok=True)
    packs.ensure_pack(progress)
    ours = models.ours(options.fresh, progress, options.reuse)
    project, default, theirs = models.default(options.quick, options.fresh, options.reuse, progress)
    models.forget_old()
    given = Models(model, default, project, (ours, theirs))
    parts.append("\n".join(f"- {line}" for line in notes(options, given.trainings)))
    status = 0
    for number, (heading, section) in enumerate(SECTIONS, 1):
        progress(f"Section {number} of {len(SECTIONS)}: {heading}.")
        try:
            found = section(given, options)
        except FAILURES as error:
            progress(f"It failed: {type(error).__name__}: {error}")
            found, status = [f"Not measured: it failed ({type(error).__name__})."], 1
        parts += [f"## {heading}", *found]
        missing = [each for each, _ in SECTIONS[number:]]
        to_come = [f"*Not measured yet in this run: {', '.join(missing)}.*"] if missing else []
        _write([*parts, *to_come], options)
    parts.append(
        f"All of it took {(time.monotonic() - begun) / 60:.0f} minutes; load of the machine at the end "
        f"{os.getloadavg()[0]:.1f}. What is understood, and how fast: [understanding.md](understanding.md)."
    )
    _write(parts, options)
    print("\n\n".join(parts))
    return status


def _write(parts: Sequence[str], options: Options) -> None:
    to = places.REPORT if options.write else places.home() / places.REPORT.name
    to.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report. The exit status is 1 if something failed, 2 without a model to measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/bench.md, section after section")
    parser.add_argument("--fresh", action="store_true", help="train both again, although nothing changed")
    parser.add_argument("--quick", action="store_true", help="train the default with a few epochs only")
    reuse = "compare with the newest default model there is, although the data have changed since"
    parser.add_argument("--reuse", action="store_true", help=reuse)
    parser.add_argument("--rounds", type=int, default=speed.ROUNDS, help="how often everything is measured")
    parser.add_argument("--seconds", type=float, default=scale.SECONDS, help="for each number of people")
    parser.add_argument("--many", type=int, default=scale.MANY, help="short conversations for the growth")
    options = Options(**vars(parser.parse_args(arguments)))
    warnings.simplefilter("ignore")  # those of the libraries that the models load
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", RASA_TELEMETRY_ENABLED="false")
    model = train.current_model()
    if model is None:
        progress("No model fits the files as they are: run `make train`.")
        return 2
    try:
        with processes.stop_requests():
            return measured(model, options)
    except processes.Stopped as asked:
        progress("Stopped.")
        return 128 + asked.number
    except KeyboardInterrupt:
        return 130
    except (train.TrainingFailed, packs.PackInvalid) as error:
        progress(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
