"""One pair of real servers for all conversations of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chat import Chat
from tests.servers import Running, serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home: Path = tmp_path_factory.mktemp("steady") / "home"
    with serving(home) as running:
        yield running


@pytest.fixture
def talk(server: Running) -> Callable[..., Chat]:
    """Opens a conversation: ``talk("en")``."""

    def begin(language: str | None = "zh") -> Chat:
        return Chat(server.url, language).open()

    return begin
