"""Training happens exactly when what a model is made from has changed, once, and leaves nothing half done."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rasa_project import packs, places, train


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of all that a model is made from."""
    for name in train.inputs():
        source, target = places.ROOT / name, tmp_path / "copy" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    return tmp_path / "copy"


def first_file(path: Path) -> Path:
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*.*") if each.is_file())
    return next(each for each in files if "__pycache__" not in each.parts)


def test_a_copy_has_the_same_hash(copy: Path) -> None:
    assert train.inputs_hash(copy) == train.inputs_hash()


@pytest.mark.parametrize("name", train.inputs())
def test_a_changed_input_asks_for_training_and_changed_back_does_not(copy: Path, name: str) -> None:
    before = train.inputs_hash(copy)
    path = first_file(copy / name)
    content = path.read_bytes()
    path.write_bytes(content + b"\n# more\n")
    assert train.inputs_hash(copy) != before
    path.write_bytes(content)
    assert train.inputs_hash(copy) == before


def test_times_do_not_count(copy: Path) -> None:
    before = train.inputs_hash(copy)
    for each in train.input_files(copy):
        os.utime(each, (1, 1))
    assert train.inputs_hash(copy) == before


def test_a_renamed_or_added_file_counts_but_caches_do_not(copy: Path) -> None:
    before = train.inputs_hash(copy)
    data = copy / "rasa_project" / "data"
    (data / "__pycache__").mkdir()
    (data / "__pycache__" / "x.pyc").write_bytes(b"x")
    (data / ".x.yml.swp").write_bytes(b"x")
    assert train.inputs_hash(copy) == before
    (data / "new.yml").write_text("nlu: []\n")
    added = train.inputs_hash(copy)
    (data / "new.yml").rename(data / "newer.yml")
    assert len({before, added, train.inputs_hash(copy)}) == 3


def test_the_model_is_the_one_of_these_inputs_and_never_another(own_home: Path) -> None:
    places.models().mkdir(parents=True)
    (places.models() / "another.tar.gz").write_bytes(b"model")
    assert train.current_model() is None
    train.model_path().write_bytes(b"")
    assert train.current_model() is None, "an empty file is not a model"
    train.model_path().write_bytes(b"model")
    assert train.current_model() == train.model_path()


def test_a_fresh_model_is_not_trained_again(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "ensure_pack", lambda progress: own_home)
    monkeypatch.setattr(train, "_train", lambda *_: pytest.fail("trained although a model fits"))
    places.models().mkdir(parents=True)
    train.model_path().write_bytes(b"model")
    assert train.ensure_model(lambda _: None) == train.model_path()


def test_old_models_go_and_the_newest_stay(tmp_path: Path) -> None:
    for age in range(6):
        path = tmp_path / f"{age}.tar.gz"
        path.write_bytes(b"x")
        os.utime(path, (1000 - age, 1000 - age))
    train.forget_old_models(tmp_path / "5.tar.gz")
    assert {path.name for path in tmp_path.iterdir()} == {f"{age}.tar.gz" for age in (0, 1, 2, 5)}


def fake_training(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let another program stand where ``rasa train`` is called; argv: folder and name of the model."""
    monkeypatch.setattr(packs, "ensure_pack", lambda progress: Path())
    monkeypatch.setattr(
        train, "train_command", lambda out, name: [sys.executable, "-c", program, str(out), name]
    )


def test_a_failed_training_shows_the_end_of_its_log_and_leaves_no_model(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_training(monkeypatch, "print('the reason is this'); raise SystemExit(3)")
    with pytest.raises(train.TrainingFailed, match="the reason is this"):
        train.ensure_model(lambda _: None)
    assert train.current_model() is None
    assert [path.name for path in places.models().iterdir()] == [".lock"]
    assert "the reason is this" in (places.logs() / "train.log").read_text()


def test_a_training_that_says_nothing_but_makes_no_model_fails(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_training(monkeypatch, "pass")
    with pytest.raises(train.TrainingFailed):
        train.ensure_model(lambda _: None)


def test_two_at_once_train_once(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_training(
        monkeypatch,
        "import sys, time, pathlib as p; time.sleep(1); o, n = sys.argv[1:]; "
        "(p.Path(o) / (n + '.tar.gz')).write_text(str(time.time_ns()))",
    )
    told: list[str] = []
    made: list[Path] = []
    threads = [
        threading.Thread(target=lambda: made.append(train.ensure_model(told.append))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [train.model_path()] * 2
    assert sum("is ready" in line for line in told) == 1


def test_an_interrupted_training_leaves_neither_model_nor_process(own_home: Path, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    program = f"""
import pathlib, sys
from rasa_project import cli, packs, train
packs.ensure_pack = lambda progress: None
note = "pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid()))"
child = "import os, pathlib, time; " + note + "; time.sleep(60)"
train.train_command = lambda out, name: [sys.executable, "-c", child]
sys.exit(cli.main(["train"]))
"""
    running = subprocess.Popen([sys.executable, "-c", program], cwd=places.ROOT)
    until(lambda: pid_file.is_file() and pid_file.read_text() != "")
    running.send_signal(signal.SIGINT)
    assert running.wait(20) == 128 + signal.SIGINT
    until(lambda: not Path("/proc", pid_file.read_text()).exists())
    assert [path.name for path in (own_home / "models").iterdir()] == [".lock"]


def until(true: object, seconds: float = 15.0) -> None:
    """Wait until the function answers true."""
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
