"""What a line of the log says of an exception: its kind and where, never what it says itself."""

from __future__ import annotations

import sys

from rasa_project.channels import logs

WORDS = "what somebody wrote"


def test_an_exceptions_words_are_not_kept() -> None:
    try:
        try:
            raise ValueError(WORDS)
        except ValueError as error:
            raise KeyError(WORDS) from error
    except KeyError:
        kind, error, trace = sys.exc_info()
        assert kind is not None and error is not None
        told = logs.where((kind, error, trace))
    assert WORDS not in told
    assert told.index("KeyError") < told.index("caused by ValueError")
    assert "test_logs.py" in told
