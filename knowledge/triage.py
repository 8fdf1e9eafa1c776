"""What to ask next: the only place that decides it. Pure functions over the case."""

from __future__ import annotations

from .case import Case

#: After the situation is known, what is asked, in this order. The phone being in a stranger's hands goes
#: first where someone is pressing now; the way the money moved goes first where money has gone.
LOSS = (
    "channels",
    "channels_complete",
    "platforms",
    "elapsed",
    "amount",
    "exposure",
    "reported",
    "recovery",
)
#: The second loss, asked about once something was paid to someone who promised the first one back.
SECOND_LOSS = ("second_channels", "second_platforms", "second_elapsed", "second_amount")
PATHS: dict[str, tuple[str, ...]] = {
    "lost_money": (*LOSS, *SECOND_LOSS),
    "unauthorised": (*LOSS, *SECOND_LOSS),
    "other": (*LOSS, *SECOND_LOSS),
    "being_pressured_now": (
        "exposure",
        "channels",
        "channels_complete",
        "platforms",
        "elapsed",
        "amount",
        "reported",
        "recovery",
        *SECOND_LOSS,
    ),
    "not_paid_yet": ("channels", "exposure", "reported", "recovery", *SECOND_LOSS),
    # Here the payment to the one who made the offer is the loss itself.
    "recovery_offer": ("recovery", *LOSS[:-1]),
}
#: Every question there is; each can be skipped.
QUESTIONS = ("situation", *LOSS, *SECOND_LOSS)

#: Only asked when money has moved.
NEEDS_PAYMENT = ("channels_complete", "platforms", "elapsed", "amount")


def applies(case: Case, question: str) -> bool:
    """Whether ``question`` makes sense for this case at all."""
    if question in NEEDS_PAYMENT and not case.channels:
        return False
    if case.situation == "recovery_offer" and question in ("channels", *NEEDS_PAYMENT):
        # An offer that was not paid has moved no money: only what was shown or told to them matters.
        return case.recovery == "paid"
    if question in SECOND_LOSS:
        return case.recovery == "paid" and (question == "second_channels" or bool(case.second_channels))
    return True


def answered(case: Case, question: str) -> bool:
    """Whether ``question`` has an answer or was left open on purpose."""
    if question in case.skipped:
        return True
    if question == "channels_complete":
        return case.channels_complete
    return getattr(case, question) is not None


def path(case: Case) -> tuple[str, ...]:
    """The questions of this case in order, answered or not."""
    following = PATHS[case.situation or "other"]
    return ("situation", *(q for q in following if applies(case, q)))


def next_question(case: Case) -> str | None:
    """The one question to ask now, or ``None`` when the plan can be shown."""
    for question in path(case):
        if not answered(case, question):
            return question
    return None


def leave_open(case: Case, question: str) -> Case:
    """The case with ``question`` skipped. Nothing else changes."""
    if question in case.skipped:
        return case
    return case.with_(skipped=(*case.skipped, question))


def finish(case: Case) -> Case:
    """The case with every question that is still open skipped: the plan follows at once."""
    while (question := next_question(case)) is not None:
        case = leave_open(case, question)
    return case


def reopen(case: Case, question: str) -> Case:
    """The case with the answer to ``question`` taken back, and the answers that rested on it."""
    skipped = tuple(q for q in case.skipped if q != question)
    if question == "channels_complete":
        return case.with_(channels_complete=False, skipped=skipped)
    if question == "channels":
        rests = ("channels_complete", "platforms")
        return case.with_(
            channels=None,
            channels_complete=False,
            platforms=None,
            skipped=tuple(q for q in skipped if q not in rests),
        )
    if question == "second_channels":
        return case.with_(
            second_channels=None,
            second_platforms=None,
            skipped=tuple(q for q in skipped if q != "second_platforms"),
        )
    return case.with_(**{question: None}, skipped=skipped)
