"""Which region is spoken for, and where its files lie: ``STEADY_REGION`` and ``STEADY_PACKS``."""

from __future__ import annotations

import os
import re
from pathlib import Path

DEFAULT = "cn"
NAME = re.compile(r"[a-z0-9_]+")
#: The file that makes a folder a pack.
PACK_FILE = "pack.yml"


class NoSuchRegion(ValueError):
    """The settings name a region or a folder that is not there; the message says which there are."""


def region() -> str:
    """The region of ``STEADY_REGION``, cn when it is not set. Raises :class:`NoSuchRegion` for a bad name."""
    name = os.environ.get("STEADY_REGION") or DEFAULT
    if not NAME.fullmatch(name):
        # It becomes part of file names, so no path may hide in it.
        raise NoSuchRegion(f"STEADY_REGION={name} is no region's name: small letters, digits, underscores.")
    return name


def folder() -> Path:
    """The folder that holds a folder for each region. Raises :class:`NoSuchRegion` when it is not there."""
    chosen = os.environ.get("STEADY_PACKS")
    if not chosen:
        return Path(__file__).resolve().parent
    if not Path(chosen).is_dir():
        raise NoSuchRegion(f"STEADY_PACKS={chosen} is no folder; name the one that holds the regions.")
    return Path(chosen).resolve()


def known() -> tuple[str, ...]:
    """The regions that have a pack, in order of their names."""
    return tuple(sorted(path.parent.name for path in folder().glob(f"*/{PACK_FILE}")))


def directory(name: str | None = None) -> Path:
    """The files of a region, of the present one by default. Raises :class:`NoSuchRegion`."""
    name = name or region()
    path = folder() / name
    if not (path / PACK_FILE).is_file():
        there = ", ".join(known()) or "none"
        raise NoSuchRegion(f"There is no region {name} in {folder()} (there: {there}). See docs/packs.md.")
    return path
