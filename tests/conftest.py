"""What all tests may share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def model_path() -> Path:
    """The model of the present files; trains it when there is none (about a minute)."""
    from rasa_project.train import ensure_model

    return ensure_model()
