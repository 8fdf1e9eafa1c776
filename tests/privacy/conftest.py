"""A supervisor on the server that all tests share."""

from __future__ import annotations

import pytest

from tests.servers import Running
from tests.staff.console import PASSWORD, Console, staff_command

NAME = "keeper"


@pytest.fixture(scope="session")
def chief(server: Running) -> Console:
    return signed_in(server)


def signed_in(running: Running, **settings: str) -> Console:
    """A new supervisor at this server; ``settings`` are those it was started with."""
    made = staff_command(running.home, "add", NAME, "--role", "supervisor", stdin=f"{PASSWORD}\n", **settings)
    assert made.returncode == 0, made.stderr
    console = Console(running.url)
    assert console.sign_in(NAME).status_code == 200
    return console
