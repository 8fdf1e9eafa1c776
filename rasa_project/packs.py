"""The compiled pack: building it when the facts, their schema or the code that compiles them have changed."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

from rasa_project import places


class PackInvalid(Exception):
    """The pack's files do not pass the check; the message is the check's list of mistakes."""


def region() -> str:
    """The region this server speaks for, from ``STEADY_REGION``."""
    return os.environ.get("STEADY_REGION") or "cn"


def database() -> Path:
    """Where the compiled pack is, or will be."""
    return places.home() / "pack" / f"{region()}.sqlite"


def inputs_hash() -> str:
    """Over all the compiled pack is made from: the regions' files, the schemas, the code of knowledge."""
    digest = hashlib.sha256()
    folder = places.ROOT / "knowledge"
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".yml", ".json", ".py") or not path.is_file():
            continue
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def ensure_pack(progress: Callable[[str], None] = print) -> Path:
    """The compiled pack of the present files, built now if it is stale. Raises :class:`PackInvalid`."""
    path, now = database(), inputs_hash()
    stamp = path.with_suffix(".inputs")
    if path.is_file() and stamp.is_file() and stamp.read_text() == now:
        return path
    progress("Building the pack ...")
    from knowledge.__main__ import main  # imports the YAML and schema libraries; not needed when fresh

    said = io.StringIO()
    os.environ["STEADY_HOME"] = str(places.home())
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(["build"])
    if status or not path.is_file():
        raise PackInvalid(f"The pack could not be built:\n{said.getvalue().rstrip()}")
    stamp.write_text(now)
    return path
