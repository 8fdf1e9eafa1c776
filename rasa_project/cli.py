"""The console script ``steady``: building, checking, training and running Steady."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

# Nothing of Rasa, TensorFlow or spaCy is imported up here: `steady check` must answer at once.


def build(rest: Sequence[str]) -> int:
    """Compile the region's pack into the read-only SQLite file the servers use."""
    from knowledge.__main__ import main

    return _status(main(["build", *rest]))


def check(rest: Sequence[str]) -> int:
    """Check the pack: every mistake with its file, line and field."""
    from knowledge.__main__ import main
    from rasa_project.dialogue import problems

    return _status(main(["check", *rest], problems))


def docs(rest: Sequence[str]) -> int:
    """Draw the questions and write the fact-check book, both into docs/, from the pack as it is now."""
    from knowledge.__main__ import main

    return _status(main(["docs", *rest]))


def check_sources(rest: Sequence[str]) -> int:
    """Visit the owners' own pages: which still show their number, which changed, which are silent."""
    from knowledge.source_check.command import main

    return _status(main(rest))


def train(rest: Sequence[str]) -> int:
    """Train the model if none fits the files as they are now, and print its path."""
    parser = argparse.ArgumentParser(prog="steady train", description=train.__doc__)
    parser.add_argument("--dry-run", action="store_true", help="train nothing; status 1 if a training is due")
    options = parser.parse_args(rest)
    from rasa_project import processes
    from rasa_project import train as training

    if options.dry_run:
        model = training.current_model()
        print(model or "no model fits the files as they are now: run `make train`")
        return 0 if model else 1
    with processes.stop_requests():
        print(training.ensure_model(tell))
    return 0


def run(rest: Sequence[str]) -> int:
    """Start the bot: build and train what is stale, start both servers, print the address, stop on Ctrl-C."""
    from rasa_project.serve import main

    return main(rest)


def validate(rest: Sequence[str]) -> int:
    """Let Rasa check the domain, the rules and the training data against each other."""
    parser = argparse.ArgumentParser(prog="steady validate", description=validate.__doc__)
    parser.parse_args(rest)
    from rasa_project.validate import main

    return main()


def understand(rest: Sequence[str]) -> int:
    """Read {"id", "text"} lines on stdin and print what the bot understands from each."""
    from rasa_project.understand import main

    return _status(main(list(rest)))


def staff(rest: Sequence[str]) -> int:
    """The hotline's console: accounts, settings, deletion of old calls, backup (steady staff --help)."""
    from rasa_project.staff.command import main

    return main(rest)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    each.__name__.replace("_", "-"): each
    for each in (run, build, check, check_sources, docs, train, validate, understand, staff)
}


def tell(message: str) -> None:
    """One line of progress, on stderr so that stdout stays a result."""
    print(message, file=sys.stderr, flush=True)


def _status(value: object) -> int:
    """A main function's return value as an exit status: ``None`` is success."""
    return value if isinstance(value, int) else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. ``steady COMMAND --help`` tells about one of them."""
    parser = argparse.ArgumentParser(
        prog="steady",
        description="Steady: guided self-help for people who have just been defrauded online.",
        epilog="\n".join(["commands:", *(f"  {name:<15}{each.__doc__}" for name, each in COMMANDS.items())]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of: " + ", ".join(COMMANDS))
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="the command's own options")
    options = parser.parse_args(arguments)
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    from rasa_project.packs import PackInvalid
    from rasa_project.processes import Stopped
    from rasa_project.train import TrainingFailed

    try:
        return COMMANDS[options.command](options.rest)
    except (TrainingFailed, PackInvalid) as error:
        tell(str(error))
        return 1
    except Stopped as asked:
        tell("Stopped.")
        return 128 + asked.number
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output went away (`steady understand ... | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
