"""Checks what a pack means. The rules are in knowledge/checking, one topic a file; shapes are load.py's.

Errors keep a pack from being built, warnings do not. Dates are judged by :func:`check` alone: a build must
give the same result on any day, and an emergency guide must not refuse to start over an overdue review.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from knowledge import dialogue, readability
from knowledge.checking import (
    confidence,
    contacts,
    dates,
    languages,
    lookalikes,
    references,
    typed,
    understanding,
    wording,
)
from knowledge.checking.counting import counts
from knowledge.checking.dates import OVERDUE_DAYS
from knowledge.checking.finding import Finding, Rule
from knowledge.checking.shown import shown_texts
from knowledge.load import PackError, Places, Problem, load_with_places, place_of
from knowledge.pack import Pack

__all__ = ["OVERDUE_DAYS", "check", "check_meaning", "counts", "shown_texts"]

RULES: tuple[Rule, ...] = (
    references.findings,
    dialogue.findings,
    contacts.findings,
    lookalikes.findings,
    confidence.findings,
    languages.findings,
    typed.findings,
    understanding.findings,
    wording.findings,
    readability.findings,
)


def check(directory: Path, today: date) -> list[Problem]:
    """Every problem of the pack in ``directory`` as of ``today``, by file and line. Empty: nothing to do."""
    try:
        pack, places = load_with_places(directory)
    except PackError as error:
        return error.problems
    return sorted([*check_meaning(pack, places), *_problems(dates.findings(pack, today), places)], key=_order)


def check_meaning(pack: Pack, places: Places) -> list[Problem]:
    """The problems that do not depend on the day."""
    return _problems((finding for rule in RULES for finding in rule(pack)), places)


def _problems(findings: Iterable[Finding], places: Places) -> list[Problem]:
    problems = []
    for field, message, severity in findings:
        place = place_of(field, places)
        problems.append(Problem(place.file, place.line, field, message, severity))
    return sorted(problems, key=_order)


def _order(problem: Problem) -> tuple[str, int, str, str]:
    return problem.file, problem.line, problem.field, problem.message
