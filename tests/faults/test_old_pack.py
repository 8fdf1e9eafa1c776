"""The pack on the disk is missing, of an earlier version or broken when a server starts."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from rasa_project import packs
from tests.faults.lab import Lab, begun, ready, status, until
from tests.faults.test_one_machine import goes_on

pytestmark = pytest.mark.server


def earlier_version(pack: Path) -> None:
    """As an earlier version of the code made it: another schema, and another mark of the code."""
    with closing(sqlite3.connect(pack)) as db:
        db.execute("update meta set value = 'earlier' where key = 'code'")
        db.execute("alter table document_fields rename to paper_fields")
        db.commit()


def cut_short(pack: Path) -> None:
    pack.write_bytes(pack.read_bytes()[:5000])


@pytest.mark.parametrize("harm", [Path.unlink, earlier_version, cut_short])
def test_a_server_does_not_start_with_it_and_says_what_to_do(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    """One worker of several: those that run go on, and the proxy sends nobody to the new one."""
    with ExitStack() as stack:
        lab = Lab(tmp_path / "home", stack)
        harm(lab.home / "pack" / packs.database().name)
        rasa = lab.rasa()
        assert rasa.running is not None
        until(lambda: rasa.running is not None and rasa.running.poll() is not None, 120, "it runs with it")
        assert rasa.running.returncode != 0
        assert "steady build" in rasa.log.read_text(errors="replace")
        assert status(f"{rasa.address}/health") is None


def test_steady_run_builds_it_anew_and_conversations_go_on(tmp_path: Path) -> None:
    with ExitStack() as stack:
        lab = Lab(tmp_path / "home", stack)
        rasa = lab.rasa()
        rasa.until_up()
        chat = begun(rasa)
        earlier_version(lab.home / "pack" / packs.database().name)
        (lab.home / "pack" / packs.database().name).with_suffix(".inputs").write_text("earlier")
        chat.say("110")
        assert ready(rasa)["ready"], "the running server has read it long ago"
        rasa.end()
        rasa.command = [sys.executable, "-m", "rasa_project.cli", "run"]
        rasa.env = {
            **rasa.env,
            "PORT": rasa.address.rpartition(":")[2],
            "ACTIONS_PORT": "",
            "ACTIONS_HOST": "",
        }
        rasa.start()
        rasa.until_up()
        goes_on(rasa, chat)
        assert ready(rasa)["ready"]
