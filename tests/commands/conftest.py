"""What the tests of the commands share: a home of their own for what is generated."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasa_project import places


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty STEADY_HOME."""
    monkeypatch.setenv("STEADY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def built_home(own_home: Path) -> Path:
    """A STEADY_HOME with the repository's own pack and models, but its own conversations and logs."""
    own_home.mkdir()
    for name in ("pack", "models"):
        (own_home / name).symlink_to(places.ROOT / ".steady" / name)
    return own_home
