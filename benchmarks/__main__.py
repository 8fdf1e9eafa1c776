"""``python -m benchmarks`` (``make bench``): measures Steady beside Rasa's default pipeline and policies."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

from requests import RequestException

from benchmarks import models, places, scale, speed, stock, understanding
from benchmarks.measuring import markdown
from rasa_project import packs, processes, serve, train

HEAD = ("", "Steady", "Rasa's default")


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
    speed_only: bool


def progress(line: str) -> None:
    """On stderr, so that stdout is the report alone."""
    print(line, file=sys.stderr, flush=True)


def machine() -> str:
    """The machine in general words."""
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {python}"


def notes(options: Options, trainings: Sequence[models.Training]) -> list[str]:
    """What the columns are, and what limits the comparison."""
    epochs, warning = 100, ""
    if options.quick:
        epochs, warning = stock.QUICK_EPOCHS, " (`--quick`: its training time and its answers mean nothing)"
    lines = [
        "*Rasa's default* is the pipeline and the policies that `rasa init` gives "
        f"(Rasa {version('rasa')}, its shipped file), trained on our domain, sentences and rules, with our "
        "actions and responses and Rasa's own SQLite store, over the REST channel. DIETClassifier, TEDPolicy "
        f"and UnexpecTEDIntentPolicy train {epochs} epochs{warning}. TEDPolicy needs stories: "
        f"{stock.STORIES} are made from our rules. Without our components it reads no channel, amount or "
        "time from a text, and its turns with a form do less.",
        f"Medians over {options.rounds} rounds; in each, the servers of both are started and talked to in "
        f"turn, {speed.CONVERSATIONS} conversations with each. RSS counts shared pages in full, PSS partly.",
    ]
    for name, training in zip(HEAD[1:], trainings, strict=True):
        kept = ", and recorded; `--fresh` trains again" if training.recorded else ""
        data = " from the data as they were then" if training.other_data else ""
        load = f" (load of the machine: {training.load:.1f})" if training.load else ""
        lines.append(f"Training of {name}: measured {training.at}{load}{data}{kept}.")
    return lines


def servers_compared(model: Path, options: Options) -> tuple[Path, list[str]]:
    """(the default's model, the paragraphs on speed and size). ``model`` is the one that serves now."""
    places.home().mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    ours = models.ours(options.fresh, progress, options.reuse)
    project, default, theirs = models.default(options.quick, options.fresh, options.reuse, progress)
    models.forget_old()
    results = speed.measure(model, default, project, options.rounds, progress)
    scaled = scale.measure(model, default, project, options.seconds, options.many, progress)
    day = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    return default, [
        "# Measurements",
        f"Made by `make bench` on {day}: {machine()}; load before it began {load:.1f}, "
        f"at its end {os.getloadavg()[0]:.1f} (what else ran on the machine slows both; read the ratios).",
        "## Speed and size",
        markdown(HEAD, speed.table(results, (ours, theirs))),
        "\n".join(f"- {line}" for line in notes(options, (ours, theirs))),
        "## Many people, long conversations",
        f"Each number of people for {options.seconds:.0f} s, first with Steady, then with the default; who "
        "sends the messages works on the same cores. A long conversation is one of text turns.",
        markdown((*HEAD, "ratio"), scale.table(scaled)),
        *workers_compared(model, options),
    ]


def workers_compared(model: Path, options: Options) -> list[str]:
    """The paragraph on one worker against two."""
    found = scale.workers(model, options.seconds, progress)
    if found is None:
        return ["One worker against two: left out, PostgreSQL and Redis are not installed."]
    one, two = found[1].rate, found[2].rate
    return [
        f"One worker against two, on PostgreSQL and Redis, {scale.PEOPLE[-1]} people: {one:.0f} and "
        f"{two:.0f} turns a second (× {two / one:.2f}). The {os.cpu_count()} cores also carry the database "
        "and who sends the messages."
    ]


def as_before() -> list[str]:
    """The paragraphs on understanding as the last report has them."""
    _, heading, rest = places.REPORT.read_text(encoding="utf-8").partition("## Understanding")
    return [(heading + rest).strip()] if heading else []


def understood(model: Path, default: Path) -> list[str]:
    """The paragraphs on understanding; one that says so where there are no labelled texts."""
    labelled = understanding.texts()
    if labelled is None:
        return [
            "## Understanding",
            "Left out: there are no labelled texts in `../shared/eval`, beside the repository.",
        ]
    progress("Reading the labelled texts with both models ...")
    readings = understanding.read_all(model, labelled)
    intents = understanding.intents_of(default, labelled)
    return [
        "## Understanding",
        "Real messages, labelled by hand, which lie beside the repository. Nothing was trained on them, but "
        "our rules were tuned against them, so new texts will score lower.",
        markdown(HEAD, understanding.table(labelled, readings, intents)),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report. The exit status is 1 if something failed, 2 without a model to measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the report to docs/bench.md too")
    parser.add_argument("--fresh", action="store_true", help="train both again, although nothing changed")
    parser.add_argument("--quick", action="store_true", help="train the default with a few epochs only")
    reuse = "compare with the newest default model there is, although the data have changed since"
    parser.add_argument("--reuse", action="store_true", help=reuse)
    parser.add_argument("--rounds", type=int, default=speed.ROUNDS, help="how often everything is measured")
    parser.add_argument("--seconds", type=float, default=scale.SECONDS, help="for each number of people")
    parser.add_argument("--many", type=int, default=scale.MANY, help="short conversations for the growth")
    only = "leave the part on understanding as the last report has it"
    parser.add_argument("--speed-only", action="store_true", help=only)
    options = Options(**vars(parser.parse_args(arguments)))
    warnings.simplefilter("ignore")  # those of the libraries that the models load
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", RASA_TELEMETRY_ENABLED="false")
    model = train.current_model()
    if model is None:
        progress("No model fits the files as they are: run `make train`.")
        return 2
    try:
        with processes.stop_requests():
            packs.ensure_pack(progress)
            default, compared = servers_compared(model, options)
        text = "\n\n".join([*compared, *(as_before() if options.speed_only else understood(model, default))])
    except processes.Stopped as asked:
        progress("Stopped.")
        return 128 + asked.number
    except KeyboardInterrupt:
        return 130
    except (serve.CannotServe, train.TrainingFailed, packs.PackInvalid, RequestException) as error:
        progress(str(error))
        return 1
    print(text)
    if options.write:
        places.REPORT.write_text(text + "\n", encoding="utf-8")
        progress(f"Written to {places.REPORT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
