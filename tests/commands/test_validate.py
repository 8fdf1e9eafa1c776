"""Rasa's warnings are faults, unless our code uses what Rasa thinks unused."""

from __future__ import annotations

import pytest

from rasa_project.validate import findings, is_fault

CODE = 'dispatcher.utter_message(response="utter_known")\nname = f"utter_why_{slot}"\npayload("finish")\n'
DOMAIN = 'payload: /go_on\n  - "/answer{{}}"\n'
UNUSED = "The utterance '{}' is not used in any story or rule."
UNTRAINED = "The intent '{}' is listed in the domain file, but is not found in the NLU training data."


@pytest.mark.parametrize(
    ("finding", "fault"),
    [
        (UNUSED.format("utter_known"), False),
        (UNUSED.format("utter_why_amount"), False),
        (UNUSED.format("utter_ask_amount"), False),
        (UNUSED.format("utter_forgotten"), True),
        (UNUSED.format("utter_know"), True),
        (UNTRAINED.format("finish"), False),
        (UNTRAINED.format("go_on"), False),
        (UNTRAINED.format("answer"), False),
        (UNTRAINED.format("go"), True),
        ("Duplicate intent: 'greet'.", True),
    ],
)
def test_what_is_a_fault(finding: str, fault: bool) -> None:
    assert is_fault(finding, CODE, DOMAIN) is fault


def test_findings_are_read_from_rasas_coloured_output() -> None:
    line = "\x1b[93m/x/rasa/shared/utils/io.py:100: UserWarning: {}\n  category=UserWarning,\n\x1b[0m"
    output = (
        line.format("one") + "2026 INFO rasa.validator - two\n" + line.format("three") + line.format("one")
    )
    assert findings(output) == ["one", "three"]
    assert findings("2026-11-23 11:17:04 WARNING  rasa.validator  - four\n") == ["four"]
    assert findings("/x/pkg/io.py:1: UserWarning: of a library\n2026 WARNING  root  - of another") == []
