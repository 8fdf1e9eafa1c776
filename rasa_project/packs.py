"""The compiled pack: building it when the facts, their schema or the code that compiles them have changed."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

from knowledge import regions
from rasa_project import places


class PackInvalid(Exception):
    """The pack's files do not pass the check; the message is the check's list of mistakes."""


def region() -> str:
    """The region this server speaks for, from ``STEADY_REGION``. Raises :class:`PackInvalid`."""
    return _directory().name


def database() -> Path:
    """Where the compiled pack is, or will be. Raises :class:`PackInvalid`."""
    return places.home() / "pack" / f"{region()}.sqlite"


def _directory() -> Path:
    try:
        return regions.directory()
    except regions.NoSuchRegion as error:
        raise PackInvalid(str(error)) from error


def inputs_hash() -> str:
    """Over all the compiled pack is made from: the region's files, the schemas, the code, the dialogue."""
    digest = hashlib.sha256()
    code = places.ROOT / "knowledge"
    paths = [path for path in code.rglob("*") if path.suffix in (".json", ".py")]
    paths += [places.ROOT / "rasa_project" / "dialogue.py", *places.ROOT.glob("rasa_project/domain/*.yml")]
    for path in [*sorted(paths), *sorted(_directory().glob("*.yml"))]:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.parent.name}/{path.name} {content}\n".encode())
    return digest.hexdigest()


def ensure_pack(progress: Callable[[str], None] = print) -> Path:
    """The compiled pack of the present files, built now if it is stale. Raises :class:`PackInvalid`."""
    path, now = database(), inputs_hash()
    stamp = path.with_suffix(".inputs")
    if path.is_file() and stamp.is_file() and stamp.read_text() == now:
        return path
    progress("Building the pack ...")
    from knowledge.__main__ import main  # imports the YAML and schema libraries; not needed when fresh
    from knowledge.store import read_meta
    from rasa_project import dialogue

    said = io.StringIO()
    os.environ["STEADY_HOME"] = str(places.home())
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(["build"])
    if status or not path.is_file():
        raise PackInvalid(f"The pack could not be built:\n{said.getvalue().rstrip()}")
    built = read_meta(path)["id"]
    if built != region():
        raise PackInvalid(f"{_directory()}/pack.yml: the id is {built}; a region's id is its folder's name.")
    if errors := dialogue.errors(_directory()):
        path.unlink()
        raise PackInvalid("The pack cannot run the dialogue:\n" + "\n".join(errors))
    stamp.write_text(now)
    return path
