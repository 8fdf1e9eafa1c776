"""Where things lie: the repository, the folder for everything generated, and the environment of Rasa."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def home() -> Path:
    """Everything generated lives here: ``.steady`` in the repository, or ``STEADY_HOME``."""
    return Path(os.environ.get("STEADY_HOME") or ROOT / ".steady").resolve()


def models() -> Path:
    """The folder of trained models, one ``<hash of its inputs>.tar.gz`` each."""
    return home() / "models"


def logs() -> Path:
    """The folder of the servers' and the training's logs."""
    return home() / "logs"


def child_env(**more: str) -> dict[str, str]:
    """The environment of every Rasa process: ours, but quiet, without telemetry, with ``STEADY_HOME``."""
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_MAX_CACHE_SIZE": "0",  # Rasa's step cache knows a component's settings, not the files it reads
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # One message is too small a matrix for two threads: they wait longer than they work.
        "OPENBLAS_NUM_THREADS": os.environ.get("OPENBLAS_NUM_THREADS", "1"),
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": os.environ.get("PYTHONWARNINGS", "ignore"),
        "PYTHONUNBUFFERED": "1",
        "STEADY_HOME": str(home()),
    }
    if os.environ.get("STEADY_PACKS"):  # they run in the repository, wherever we were started
        quiet["STEADY_PACKS"] = str(Path(os.environ["STEADY_PACKS"]).resolve())
    return {**os.environ, **quiet, **more}
