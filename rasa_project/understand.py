"""``steady understand``: what the served model reads in each text of a file, one JSON line in, one out."""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from rasa_project.components.payload import MAX_CHARACTERS

#: The line's fields after ``id``, in order. Contract: other tools read them.
FIELDS = (
    "language",
    "intent",
    "confidence",
    "situation",
    "channels",
    "platforms",
    "amount",
    "elapsed",
    "recovery_offer",
    "crisis",
    "in_scope",
)

Understand = Callable[[str], Mapping[str, Any]]


class LineError(ValueError):
    """An input line that is not ``{"id": ..., "text": "..."}``."""


def load_model(path: Path) -> Understand:
    """A function from text to the model's ``reading``. Loading takes some seconds.

    Raises FileNotFoundError: Rasa itself, given a path that does not exist, loads some other model silently.
    """
    if not path.is_file():
        raise FileNotFoundError(f"no model at {path}")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    logging.disable(logging.WARNING)
    with warnings.catch_warnings(record=True):  # those of Rasa and its libraries: none is about us
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.ERROR)  # Rasa's default prints every text it is given
        logging.getLogger().setLevel(logging.ERROR)
        agent = Agent.load(str(path))
    assert agent.processor is not None
    loop = asyncio.new_event_loop()

    def understand(text: str) -> Mapping[str, Any]:
        parsed = loop.run_until_complete(agent.parse_message(plain_text(text)))
        return {**nothing_read(), **parsed.get("reading", {})}

    return understand


def plain_text(text: str) -> str:
    """The text as a conversation would hand it on: bounded, valid, and never a button's payload."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8").lstrip("/ \t\r\n")


def nothing_read() -> dict[str, Any]:
    """The fields of a text without any words in it."""
    empty: dict[str, Any] = dict.fromkeys(FIELDS)
    return empty | {
        "intent": "nlu_fallback",
        "confidence": 0.0,
        "situation": "other",
        "channels": [],
        "platforms": [],
        "recovery_offer": False,
        "crisis": False,
        "in_scope": False,
    }


def line_of(row_id: Any, reading: Mapping[str, Any]) -> dict[str, Any]:
    """One output line. A text of which no situation is known has the situation ``other``."""
    line = {"id": row_id} | {name: reading[name] for name in FIELDS}
    return line | {"situation": line["situation"] or "other"}


def parse_line(raw: bytes) -> tuple[Any, str]:
    """(id, text) of an input line. Raises LineError."""
    try:
        row = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise LineError(f"not JSON in UTF-8: {error}") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise LineError('needs an object with "text", a string')
    return row.get("id"), row["text"]


def run(lines: Iterable[bytes], understand: Understand, out: TextIO, errors: TextIO) -> int:
    """Answer every line in turn; say which could not be read. Returns 0, or 1 if there was such a line."""
    status = 0
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            row_id, text = parse_line(raw)
        except LineError as error:
            print(f"line {number}: {error}", file=errors)
            status = 1
            continue
        out.write(_json(line_of(row_id, understand(text))) + "\n")
        out.flush()
    return status


def _json(line: Mapping[str, Any]) -> str:
    written = json.dumps(line, ensure_ascii=False)
    # Half a surrogate pair in an id has no UTF-8; as an escape it goes out as it came in.
    return written if written.isprintable() else json.dumps(line)


def main(arguments: Sequence[str] = (), stdin: BinaryIO | None = None, stdout: TextIO | None = None) -> int:
    """Read ``{"id", "text"}`` lines from ``stdin``; see :data:`FIELDS` for what is written.

    Returns 0; 1 when a line could not be read; 2 when ``--model`` does not exist. Trains first if no model
    fits the present files.
    """
    parser = argparse.ArgumentParser(prog="steady understand", description=__doc__)
    parser.add_argument("--model", type=Path, help="a trained model; default: the one that serves now")
    chosen: Path | None = parser.parse_args(list(arguments)).model
    if chosen is None:
        from rasa_project.train import ensure_model

        chosen = ensure_model(lambda line: print(line, file=sys.stderr, flush=True))
    if stdout is None:
        stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")  # whatever the terminal's own is
    try:
        understand = load_model(chosen)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    return run(stdin or sys.stdin.buffer, understand, stdout, sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
