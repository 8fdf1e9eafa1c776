"""Both models, and what their training took: kept by content hash, for the default one takes long."""

from __future__ import annotations

import json
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

from benchmarks import places, stock
from rasa_project import places as project
from rasa_project import processes, train

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Training:
    """One training: seconds on the clock, seconds of processor time, UTC minute in which it ended, bytes.

    ``load``: the machine's over the last 15 minutes then, to judge the seconds by; 0 if unknown.

    ``recorded``: made by an earlier run. ``other_data``: from the data as they were then.
    """

    seconds: float
    cpu_seconds: float
    at: str
    size: int
    load: float = 0.0
    recorded: bool = False
    other_data: bool = False


def ours(fresh: bool, progress: Progress, reuse: bool = False) -> Training:
    """A training of our model, thrown away again: the one that serves is made by ``steady train``.

    ``reuse``: rather than train, take the newest record there is, although the data have changed since.
    """
    folder = places.home() / "ours"
    record = folder / f"{train.inputs_hash()}.json"
    earlier = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    if reuse and not record.is_file() and earlier:
        return _recall(earlier[-1], other_data=True)

    def command(out: Path) -> list[str]:
        return train.train_command(out, "ours")

    return _recorded(record, None, command, fresh, "our model", progress)


def default(quick: bool, fresh: bool, reuse: bool, progress: Progress) -> tuple[Path, Path, Training]:
    """(folder of the project, model, training) of Rasa's default project; see :mod:`benchmarks.stock`.

    ``reuse``: rather than train, take the newest one there is, although the data have changed since.
    """
    folder = places.home() / f"default-{'quick-' if quick else ''}{stock.inputs_hash(quick)}"
    model = folder / "model.tar.gz"
    if reuse and not model.is_file() and (kept := _kept()):
        stock.write_settings(kept[0])
        return kept[0], kept[0] / "model.tar.gz", _recall(kept[0] / "training.json", other_data=True)
    stock.write_project(folder, quick)

    def command(out: Path) -> list[str]:
        return stock.train_command(folder, out, "model")

    training = _recorded(
        folder / "training.json", model, command, fresh, "Rasa's default pipeline and policies", progress
    )
    return folder, model, training


def _recorded(
    record: Path,
    model: Path | None,
    command: Callable[[Path], Sequence[str]],
    fresh: bool,
    what: str,
    progress: Progress,
) -> Training:
    """The record of an earlier training of the same content, or train now. ``model``: where to keep it."""
    if not fresh and record.is_file() and (model is None or model.is_file()):
        return _recall(record)
    record.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=record.parent) as scratch:
        out = Path(scratch)
        training, made = _train(command(out), out, what, progress)
        if model is not None:
            os.replace(made, model)
    record.write_text(json.dumps(asdict(training)))
    return training


def _train(command: Sequence[str], out: Path, what: str, progress: Progress) -> tuple[Training, Path]:
    progress(f"Training {what} ...")
    log = places.home() / "train.log"
    begun, cpu_before = time.monotonic(), _children_cpu()
    with log.open("wb") as output:
        child = processes.start(command, project.child_env(TMPDIR=str(out)), output, project.ROOT)
        try:
            status = processes.wait_showing(child, progress, "  training", every=30)
        finally:
            processes.stop([child])
    seconds, cpu = time.monotonic() - begun, _children_cpu() - cpu_before
    made = next(out.glob("*.tar.gz"), None)
    if status or made is None:
        raise train.TrainingFailed(f"Training {what} failed. The end of {log}:\n{processes.tail(log, 30)}")
    at = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    load = round(os.getloadavg()[2], 1)
    return Training(round(seconds, 1), round(cpu, 1), at, made.stat().st_size, load), made


def _children_cpu() -> float:
    """Processor seconds of all ended children of this process, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _recall(record: Path, other_data: bool = False) -> Training:
    return Training(**{**json.loads(record.read_text()), "recorded": True, "other_data": other_data})


def _kept() -> list[Path]:
    """The folders of the trained default projects, newest first; quick ones are not among them."""
    records = places.home().glob("default-[0-9a-f]*/training.json")
    found = sorted(records, key=lambda path: path.stat().st_mtime, reverse=True)
    return [path.parent for path in found if (path.parent / "model.tar.gz").is_file()]


def forget_old() -> None:
    """Delete what earlier runs kept for other content; the newest two default projects stay."""
    for folder in _kept()[2:]:
        shutil.rmtree(folder, ignore_errors=True)
