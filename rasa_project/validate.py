"""``steady validate``: Rasa's own check of the domain, the rules and the training data against each other.

Rasa knows only its own files. It warns of every response that only an action sends and of every intent that
only a button carries, and ends with success although it warned. Here each warning is a fault, unless the
response or the intent is in use in our code.
"""

from __future__ import annotations

import re
import subprocess
import sys

from rasa_project import places

COMMAND = (
    *("-m", "rasa", "data", "validate", "--fail-on-warnings"),
    *("--config", "rasa_project/config.yml"),
    *("--domain", "rasa_project/domain"),
    *("--data", "rasa_project/data"),
)
#: The two ways in which Rasa prints a finding: as a Python warning and as a line of its log.
_FINDING = re.compile(r"(?:rasa/shared/utils/io\.py:\d+: \w*Warning: | WARNING +rasa[\w.]* +- )(.+)")
_UNUSED = re.compile(r"The utterance '(\w+)' is not used in any story or rule")
_UNTRAINED = re.compile(r"The intent '(\w+)' is listed in the domain file, but is not found in the NLU")


def findings(output: str) -> list[str]:
    """Rasa's warnings about our files, in the order it gave them, each once."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    return list(dict.fromkeys(_FINDING.findall(plain)))


def is_fault(finding: str, code: str, domain: str) -> bool:
    """Whether a warning is one of ours, given the text of the code and of the domain files."""
    if unused := _UNUSED.match(finding):
        return not _response_in_use(unused.group(1), code)
    if untrained := _UNTRAINED.match(finding):
        intent = re.escape(untrained.group(1))
        return not re.search(rf"""["']{intent}["']|/{intent}\b""", code + domain)
    return True


def _response_in_use(name: str, code: str) -> bool:
    """Named in the code, or beginning as a name that the code puts together, or a question of the form."""
    built = re.findall(r"f[\"'](utter_\w+_)\{", code)
    return f'"{name}"' in code or name.startswith(("utter_ask_", *built))


def _texts(*patterns: str) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for pattern in patterns for path in sorted(places.ROOT.glob(pattern))
    )


def main() -> int:
    """Run it and print the faults; 1 if there are any."""
    done = subprocess.run(
        [sys.executable, *COMMAND],
        cwd=places.ROOT,
        env=places.child_env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        return done.returncode
    code = _texts("actions/**/*.py", "rasa_project/**/*.py", "knowledge/**/*.py")
    domain = _texts("rasa_project/domain/*.yml")
    faults = [each for each in findings(done.stdout) if is_fault(each, code, domain)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print("Rasa finds no fault in the domain, the rules and the training data.")
    return 1 if faults else 0
