"""Counting what was understood of labelled texts. Pure: rows and readings in, counts out.

A row is as in the labelled files, a reading as ``steady understand`` prints it; both are found by ``id``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
#: (right or fired, out of how many)
Count = tuple[int, int]

#: Intents that start or continue a case, or one of the two branches that interrupt it.
STARTS = frozenset(
    {
        "lost_money",
        "unauthorised",
        "being_pressured_now",
        "not_paid_yet",
        "for_family",
        "recovery_offer",
        "crisis",
    }
)


def channels_accepted(row: Row, found: Sequence[str]) -> bool:
    """The labelled set, or one of its alternatives: an alternative alone, or beside what is labelled.

    ``unknown`` is the empty set.
    """
    gold, said = _known(row["channels"]), set(found)
    others = row.get("alt_channels") or []
    if said == gold or ("unknown" in others and not said):
        return True
    alternatives = _known(others)
    alone = len(said) == 1 and said <= alternatives
    return alone or (gold < said <= gold | alternatives)


def _known(channels: Sequence[str]) -> set[str]:
    return set(channels) - {"unknown"}


def channels(rows: Sequence[Row], readings: Mapping[str, Row]) -> Count:
    """Rows whose channels are the labelled ones or accepted."""
    good = [channels_accepted(row, readings[row["id"]]["channels"]) for row in rows]
    return sum(good), len(good)


def claims_from_nothing(rows: Sequence[Row], readings: Mapping[str, Row]) -> Count:
    """Rows that name no channel and were given one that is not accepted either."""
    silent = [row for row in rows if not _known(row["channels"])]
    wrong = [not channels_accepted(row, readings[row["id"]]["channels"]) for row in silent]
    return sum(wrong), len(silent)


def amounts(rows: Sequence[Row], readings: Mapping[str, Row]) -> Count:
    """Rows with a labelled amount in yuan that was read to the yuan (or as an accepted alternative)."""
    labelled = [row for row in rows if row.get("amount_yuan") is not None]
    right = [_amount_right(row, readings[row["id"]]["amount"]) for row in labelled]
    return sum(right), len(labelled)


def _amount_right(row: Row, amount: Mapping[str, Any] | None) -> bool:
    if amount is None or amount["currency"] != "CNY":
        return False
    alternatives = row.get("amount_alt") or []
    accepted = alternatives if isinstance(alternatives, list) else [alternatives]
    return amount["value"] in (row["amount_yuan"], *accepted)


def fired(rows: Sequence[Row], readings: Mapping[str, Row], name: str, gold: bool) -> Count:
    """Rows labelled ``gold`` for ``name`` (recovery_offer, crisis) whose reading says it."""
    asked = [row for row in rows if bool(row[name]) is gold]
    return sum(bool(readings[row["id"]][name]) for row in asked), len(asked)


def started(rows: Sequence[Row], readings: Mapping[str, Row]) -> Count:
    """Rows out of scope that would start anything: a case, the crisis branch or the recovery branch."""
    return sum(starts(readings[row["id"]]) for row in rows), len(rows)


def starts(reading: Row) -> bool:
    """Whether this reading starts a case, or one of the branches that interrupt it."""
    case = reading["situation"] not in (None, "other") or bool(reading["channels"])
    return bool((reading["in_scope"] and case) or reading["crisis"] or reading["recovery_offer"])


def intent_is(
    rows: Sequence[Row],
    intents: Mapping[str, str],
    wanted: frozenset[str],
    label: str = "",
    gold: bool = True,
) -> Count:
    """Rows (those labelled ``gold`` for ``label``, if given) whose intent is one of ``wanted``."""
    asked = [row for row in rows if not label or bool(row[label]) is gold]
    return sum(intents[row["id"]] in wanted for row in asked), len(asked)
