"""A server with a hotline: one staff member, a colleague, a supervisor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.servers import Running
from tests.staff.console import PASSWORD, Console, staff_command

ACCOUNTS = {"anna": "staff", "bert": "staff", "chief": "supervisor"}


@pytest.fixture(scope="session")
def hotline(server: Running) -> Running:
    """The server that all tests share, with the accounts above."""
    for name, role in ACCOUNTS.items():
        made = staff_command(server.home, "add", name, "--role", role, stdin=f"{PASSWORD}\n")
        assert made.returncode == 0, made.stderr
    return server


@pytest.fixture
def sign_in(hotline: Running) -> Callable[[str], Console]:
    """Signs an account in: ``sign_in("anna")``."""

    def begin(name: str) -> Console:
        console = Console(hotline.url)
        assert console.sign_in(name).status_code == 200
        return console

    return begin


@pytest.fixture
def anna(sign_in: Callable[[str], Console]) -> Console:
    return sign_in("anna")


@pytest.fixture
def bert(sign_in: Callable[[str], Console]) -> Console:
    return sign_in("bert")


@pytest.fixture
def chief(sign_in: Callable[[str], Console]) -> Console:
    return sign_in("chief")
