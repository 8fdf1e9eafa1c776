"""``steady check-sources``: visit the owners' pages, say what changed. Exit status: see ``--help``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import knowledge
from knowledge.load import PackError, load_with_places
from knowledge.source_check.fetch import Fetcher, Limits, Page
from knowledge.source_check.report import NOTHING_REACHED, as_json, lines, status
from knowledge.source_check.verdict import judge

EPILOG = """exit status: 0 every page visited shows what the pack says; 1 a person must look (changed, gone,
moved, or some pages silent); 2 nothing could be reached, or a wrong option. No file of the pack is edited."""


def main(argv: Sequence[str] | None = None) -> int:
    """Visits, reports on stdout, tells progress on stderr; the exit status."""
    options = _parser().parse_args(argv)
    directory = options.directory or Path(knowledge.__file__).parent / options.region
    try:
        pack, places = load_with_places(directory)
    except PackError as error:
        print(error, file=sys.stderr)
        return NOTHING_REACHED
    unknown = [id_ for id_ in options.only if id_ not in pack.contacts]
    if unknown:
        print(f"not in contacts.yml: {', '.join(unknown)}", file=sys.stderr)
        return NOTHING_REACHED
    fetcher = Fetcher(
        Limits(read=options.timeout, connect=min(options.timeout, Limits.connect), delay=options.delay)
    )

    def fetch(url: str) -> Page:
        print(url, file=sys.stderr, flush=True)
        return fetcher.fetch(url)

    results = judge(pack, options.only or pack.contacts, fetch)
    for line in lines(results, places, options.today):
        print(line)
    if options.json:
        text = json.dumps(as_json(results, options.today), ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", "utf-8")
    return status(results)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="steady check-sources", description=__doc__, epilog=EPILOG)
    parser.add_argument("directory", nargs="?", type=Path, help="the pack's files")
    region = os.environ.get("STEADY_REGION") or "cn"
    parser.add_argument("--region", default=region, help="default: STEADY_REGION or cn")
    parser.add_argument(
        "--only", metavar="ID", action="append", default=[], help="this contact; may be repeated"
    )
    parser.add_argument(
        "--timeout", type=_seconds, default=Limits.read, help="seconds a page may be silent (20)"
    )
    parser.add_argument(
        "--delay", type=_seconds, default=Limits.delay, help="seconds between visits to a host (3)"
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the result for a program as well")
    parser.add_argument(
        "--today", type=date.fromisoformat, default=date.today(), help="the day to write down"
    )
    return parser


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 600:
        raise argparse.ArgumentTypeError("must be between 0 and 600 seconds")
    return value


if __name__ == "__main__":
    sys.exit(main())
