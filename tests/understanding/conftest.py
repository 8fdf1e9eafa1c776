"""A small model, really trained: a few sentences, the tests' own pack, the real components."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.understanding.small import parser_of, write


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive trained from :data:`SENTENCES`."""
    from rasa.model_training import train_nlu

    folder = tmp_path_factory.mktemp("small")
    paths = write(folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("RASA_TELEMETRY_ENABLED", "false")
    patch.setenv("RASA_MAX_CACHE_SIZE", "0")
    try:
        made = train_nlu(
            str(paths["config"]), str(paths["nlu"]), str(folder / "models"), domain=str(paths["domain"])
        )
    finally:
        patch.undo()
    assert made
    return Path(made)


@pytest.fixture(scope="session")
def parse(small_model: Path) -> Callable[[str], dict[str, Any]]:
    return parser_of(small_model)
