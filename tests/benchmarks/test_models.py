"""Which training of the default project counts: one of the same content, or the newest if so wished."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks import models, places, stock


def quiet(line: str) -> None:
    """No progress is shown."""


def trained(folder: Path, seconds: float, age: int) -> None:
    folder.mkdir(parents=True)
    (folder / "model.tar.gz").write_bytes(b"model")
    record = folder / "training.json"
    record.write_text(json.dumps(asdict(models.Training(seconds, seconds, "then", 5))))
    os.utime(record, (1_000_000 - age, 1_000_000 - age))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STEADY_HOME", str(tmp_path))
    places.home().mkdir(parents=True)
    return places.home()


def no_training(command: Sequence[str], out: Path, what: str, progress: models.Progress) -> None:
    raise AssertionError("trained, although a record was there")


def test_a_record_of_the_same_content_spares_the_training(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "_train", no_training)
    folder = home / f"default-{stock.inputs_hash(False)}"
    trained(folder, 7, age=0)
    found, model, training = models.default(False, False, False, quiet)
    assert (found, model) == (folder, folder / "model.tar.gz")
    assert (training.seconds, training.recorded, training.other_data) == (7, True, False)


def test_other_content_is_trained_unless_the_newest_is_to_be_reused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "_train", no_training)
    trained(home / "default-aa", 1, age=20)
    trained(home / "default-bb", 2, age=10)
    trained(home / "default-quick-cc", 3, age=0)
    with pytest.raises(AssertionError):
        models.default(False, False, False, quiet)
    found, _, training = models.default(False, False, True, quiet)
    assert found.name == "default-bb"
    assert training.other_data


def test_the_newest_two_are_kept(home: Path) -> None:
    for age in range(4):
        trained(home / f"default-a{age}", 1, age)
    models.forget_old()
    assert sorted(path.name for path in home.iterdir()) == ["default-a0", "default-a1"]
