"""Short answers that steer the conversation: a number on a list, or a command that is the whole message."""

from __future__ import annotations


def option_number(text: str) -> int | None:
    """"1", "①", "第二个", "the second one" -> the 1-based number; None when the text is anything else."""
    return None


def command(text: str) -> str | None:
    """The command the whole message is: skip back start_over why repeat stop human help show_plan affirm deny
    switch_zh switch_en; None when it says more than that."""
    return None
