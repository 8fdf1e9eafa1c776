"""What all tests may share: the trained model, one real server, conversations with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chat import Chat
from tests.servers import Running, serving


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="every path and random turn, not a sample")


@pytest.fixture(scope="session")
def whole(pytestconfig: pytest.Config) -> bool:
    """Whether paths and random turns are run in full."""
    return bool(pytestconfig.getoption("--whole"))


@pytest.fixture(scope="session")
def model_path() -> Path:
    """The model of the present files; trains it when there is none (about a minute)."""
    from rasa_project.train import ensure_model

    return ensure_model()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The server, for all tests that do not harm them."""
    home: Path = tmp_path_factory.mktemp("steady") / "home"
    with serving(home) as running:
        yield running


@pytest.fixture
def talk(server: Running) -> Callable[..., Chat]:
    """Opens a conversation: ``talk("en")``."""

    def begin(language: str | None = "zh", **audience: str) -> Chat:
        return Chat(server.url, language, audience=audience).open()

    return begin
