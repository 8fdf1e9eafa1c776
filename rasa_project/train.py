"""The trained model: which one fits the files as they are now, and training it when there is none."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from knowledge import regions
from rasa_project import packs, places, processes

INPUTS = (
    "rasa_project/config.yml",
    "rasa_project/domain",
    "rasa_project/data",
    "rasa_project/components",
    "knowledge/reading",
    "uv.lock",
)
KEPT_MODELS = 3

Progress = Callable[[str], None]


class TrainingFailed(Exception):
    """``rasa train`` did not make a model; the message says what to do and ends with the log's last lines."""


def inputs() -> tuple[str, ...]:
    """All a model is made from: what every region shares, and the region's own pack."""
    pack = regions.directory()
    own = pack.relative_to(places.ROOT) if pack.is_relative_to(places.ROOT) else pack
    return (*INPUTS, own.as_posix())


def input_files(root: Path = places.ROOT) -> Iterator[Path]:
    """Every file the model is made from, in a fixed order; hidden files and caches are not among them.

    A pack that lies outside the repository is taken from where it is.
    """
    for name in inputs():
        path = root / name
        if path.is_file():
            yield path
            continue
        for each in sorted(path.rglob("*")):
            parts = each.relative_to(path).parts
            if each.is_file() and not any(_is_noise(part) for part in parts):
                yield each


def _is_noise(name: str) -> bool:
    return name.startswith(".") or name == "__pycache__" or name.endswith((".pyc", "~"))


def inputs_hash(root: Path = places.ROOT) -> str:
    """16 hex digits over the names and contents of the input files and Rasa's version. Times do not count."""
    digest = hashlib.sha256(f"rasa {version('rasa')}\n".encode())
    for path in input_files(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        name = path.relative_to(root) if path.is_relative_to(root) else Path(path.parent.name, path.name)
        digest.update(f"{name.as_posix()} {content}\n".encode())
    return digest.hexdigest()[:16]


def model_path(root: Path = places.ROOT) -> Path:
    """Where the model of the present files is, or will be."""
    return places.models() / f"{inputs_hash(root)}.tar.gz"


def current_model() -> Path | None:
    """The model trained from the files as they are now, or ``None``.

    Always pass this path on as it is: Rasa, given a path that does not exist, silently loads the newest model
    beside it.
    """
    path = model_path()
    return path if path.is_file() and path.stat().st_size > 0 else None


def ensure_model(progress: Progress = print) -> Path:
    """The model of the present files, trained now if there is none yet.

    Builds the pack first if it is stale. Two callers at once train once: the second waits for the first.
    Raises :class:`TrainingFailed` and :class:`rasa_project.packs.PackInvalid`.
    """
    packs.ensure_pack(progress)
    model = current_model()
    if model:
        return model
    missing = [name for name in inputs() if not (places.ROOT / name).exists()]
    if missing:
        names = ", ".join(missing)
        raise TrainingFailed(f"Cannot train: {names} not found. Is this a complete copy of Steady?")
    places.models().mkdir(parents=True, exist_ok=True)
    with _only_one(places.models() / ".lock", progress):
        model = current_model()  # another process may have trained while we waited
        return model or _train(model_path(), progress)


def _train(model: Path, progress: Progress) -> Path:
    progress("Training the model (needed once for each change; about a minute) ...")
    places.logs().mkdir(parents=True, exist_ok=True)
    log = places.logs() / "train.log"
    name = model.name.removesuffix(".tar.gz")
    partial = model.parent / ".partial"  # an interrupted training must leave nothing that looks trained
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "tmp").mkdir(parents=True)
    try:
        with log.open("wb") as out:
            env = places.child_env(TMPDIR=str(partial / "tmp"))
            child = processes.start(train_command(partial, name), env, out, places.ROOT)
            try:
                status = processes.wait_showing(child, progress, "  training")
            finally:
                processes.stop([child])
        made = partial / model.name
        if status != 0 or not made.is_file():
            end = processes.tail(log, 30)
            raise TrainingFailed(f"Training failed (exit status {status}). The end of {log}:\n{end}")
        os.replace(made, model)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    forget_old_models(model)
    progress(f"Model {name} is ready.")
    return model


def train_command(out: Path, name: str) -> list[str]:
    """The ``rasa train`` call. The pipeline reads the pack by itself; Rasa's cache is off."""
    return [
        *(sys.executable, "-m", "rasa", "train"),
        *("--config", "rasa_project/config.yml"),
        *("--domain", "rasa_project/domain"),
        *("--data", "rasa_project/data"),
        *("--out", str(out)),
        *("--fixed-model-name", name),
    ]


def forget_old_models(keep: Path, count: int = KEPT_MODELS) -> None:
    """Delete all models but the newest ``count``; ``keep`` stays in any case."""
    newest_first = sorted(keep.parent.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[count:]:
        if path != keep:
            path.unlink(missing_ok=True)


@contextmanager
def _only_one(lock: Path, progress: Progress) -> Iterator[None]:
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("Another training is running; waiting for it ...")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield  # closing the file frees the lock, and so does the end of the process
