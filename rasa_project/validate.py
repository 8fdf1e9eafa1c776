"""``steady validate``: Rasa's own check of the domain, the rules and the training data against each other."""

from __future__ import annotations

import subprocess
import sys

from rasa_project import places

COMMAND = (
    *("-m", "rasa", "data", "validate", "--fail-on-warnings"),
    *("--config", "rasa_project/config.yml"),
    *("--domain", "rasa_project/domain"),
    *("--data", "rasa_project/data"),
)


def main() -> int:
    """Run it; its exit status. What it says is shown only if it finds something."""
    command, env = [sys.executable, *COMMAND], places.child_env()
    done = subprocess.run(command, cwd=places.ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
    else:
        print("Rasa finds no fault in the domain, the rules and the training data.")
    return done.returncode
