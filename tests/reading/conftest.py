"""The real pack and its pipeline, once for all reading tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import knowledge
from knowledge.load import load
from knowledge.pack import Pack
from knowledge.reading import Mention, Reading, build_nlp, mentions, read


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load(Path(knowledge.__file__).parent / "cn")


@pytest.fixture(scope="session")
def named(pack: Pack) -> Callable[[str], tuple[Mention, ...]]:
    """text -> the names in it."""
    nlp = build_nlp(pack)
    return lambda text: mentions(nlp(text))


@pytest.fixture(scope="session")
def reading(pack: Pack, named: Callable[[str], tuple[Mention, ...]]) -> Callable[[str], Reading]:
    """text -> all that is read in it."""
    return lambda text: read(text, pack, named(text))
