"""``python -m knowledge build|check``: compile the pack of a region, or say what is wrong with it."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from knowledge import regions
from knowledge.check import check, counts
from knowledge.load import PackError, Places, Problem, load, load_with_places
from knowledge.pack import Pack

FurtherCheck = Callable[[Pack, Places], list[Problem]]


def main(argv: Sequence[str] | None = None, also: FurtherCheck | None = None) -> int:
    """Runs one command; the exit status: 0 done, 1 the pack has errors.

    ``also`` is a check of what lies outside knowledge, given the pack and where its fields were written.
    """
    try:
        options = _parser().parse_args(argv)
        directory = options.directory or regions.directory(options.region)
    except regions.NoSuchRegion as error:
        print(error)
        return 1
    if options.command == "build":
        return _build(directory, options.target, options.region, options.force)
    return _check(directory, options.today, also)


def _build(directory: Path, target: Path | None, region: str, force: bool) -> int:
    from knowledge.build import build, is_fresh  # sqlite-utils is slow to import; `check` does without
    from knowledge.store import open_pack, pack_path

    target = target or pack_path(region)
    try:
        if not force and is_fresh(directory, target):
            print(f"{target} is fresh")
            return 0
        build(directory, target)
    except PackError as error:
        _report(error.problems)
        return 1
    _count(open_pack(target))
    print(f"built {target}")
    return 0


def _check(directory: Path, today: date, also: FurtherCheck | None) -> int:
    problems = check(directory, today)
    with contextlib.suppress(PackError):  # reported below
        pack, places = load_with_places(directory)
        problems += also(pack, places) if also else []
    _report(problems)
    with contextlib.suppress(PackError):
        _count(load(directory))
    return 1 if any(p.severity == "error" for p in problems) else 0


def _report(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem)
    if problems:
        errors = sum(1 for p in problems if p.severity == "error")
        print(f"{errors} errors, {len(problems) - errors} warnings")


def _count(pack: Pack) -> None:
    for label, value in counts(pack).items():
        print(f"{label + ':':<14}{value}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="steady", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("directory", nargs="?", type=Path, help="the pack's files")
    shared.add_argument("--region", default=regions.region(), help="default: STEADY_REGION or cn")
    build = commands.add_parser("build", parents=[shared], help="compile the pack into one SQLite file")
    build.add_argument("--target", type=Path, help="default: pack/REGION.sqlite in STEADY_HOME (.steady)")
    build.add_argument("--force", action="store_true", help="build even when the file is fresh")
    checks = commands.add_parser("check", parents=[shared], help="say what is wrong: file, line, field")
    today = date.today()
    checks.add_argument("--today", type=date.fromisoformat, default=today, help="judge dates as of this day")
    return parser


if __name__ == "__main__":
    sys.exit(main())
