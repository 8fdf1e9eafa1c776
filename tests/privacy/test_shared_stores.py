"""The same on PostgreSQL and Redis, with a server that logs all it can: nothing planted, nothing left."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.mask import HIDDEN
from tests.faults.shared_stores import DATABASE, Postgres, Redis, shared_stores
from tests.privacy import consoles
from tests.privacy.conftest import signed_in
from tests.privacy.scan import contents, leaks, readable
from tests.privacy.test_planted import plant
from tests.privacy.test_retention import a_name, delete, marks, told
from tests.privacy.variants import variants
from tests.servers import Running, serving
from tests.staff.console import Console, staff_command
from tests.staff.test_handover import joined

SECRET = "a secret of these tests: 5b1f0e77c2"
#: Variants told to the bot and typed at the console; with --whole all of them to the bot.
SAMPLE, AT_THE_CONSOLE = 30, 10


@dataclass
class Site:
    """One server on stores of its own; ``seen`` is all that Redis was ever told."""

    running: Running
    postgres: Postgres
    redis: Redis
    seen: Path
    settings: dict[str, str]
    chief: Console

    def everything(self) -> dict[str, str]:
        """The text of all that is kept anywhere: tables, keys, files, logs."""
        texts = {name: readable(data) for name, data in contents(self.running.home)}
        texts["PostgreSQL"] = self.dump()
        texts["Redis"] = readable(self.seen.read_bytes())
        return texts

    def dump(self) -> str:
        command = ["pg_dump", "-h", "127.0.0.1", "-p", str(self.postgres.port), "-U", "steady", DATABASE]
        return rows(subprocess.run(command, check=True, capture_output=True, timeout=120).stdout)

    def keys(self) -> str:
        command = ["redis-cli", "-p", str(self.redis.port), "-n", "1", "--scan"]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout

    def found(self, wanted: list[str]) -> dict[str, set[str]]:
        return {name: found for name, text in self.everything().items() if (found := leaks(wanted, text))}


def rows(dump: bytes) -> str:
    """The text of a dump without the rows' numbers: among thousands are those of the planted codes."""
    return re.sub(r"^\d+\t", "", readable(dump), flags=re.MULTILINE)


@contextmanager
def monitored(redis: Redis, file: Path) -> Iterator[None]:
    """Write down every command that Redis is given: its locks live for milliseconds."""
    with file.open("wb") as out:
        watching = subprocess.Popen(["redis-cli", "-p", str(redis.port), "monitor"], stdout=out)
        try:
            yield
        finally:
            watching.terminate()
            watching.wait(10)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("stores")
    with shared_stores() as (postgres, redis), monitored(redis, folder / "redis"):
        cases = f"postgresql://steady@127.0.0.1:{postgres.port}/{DATABASE}"
        stores = {**postgres.env, **redis.env, "STEADY_CASES_URL": cases, "STEADY_SECRET": SECRET}
        with serving(folder / "home", LOG_LEVEL="DEBUG", **stores) as running:
            chief = signed_in(running, **stores)
            yield Site(running, postgres, redis, folder / "redis", stores, chief)


def test_planted_secrets_are_in_no_shared_store_and_no_debug_log(
    site: Site, tmp_path: Path, whole: bool
) -> None:
    every = variants()
    told_to_the_bot = every if whole else every[:: len(every) // SAMPLE]
    batches = [told_to_the_bot[i : i + 15] for i in range(0, len(told_to_the_bot), 15)]
    read = [plant(site.running.url, batch, ("zh", "en")[n % 2]) for n, batch in enumerate(batches)]
    at_the_console = every[3 :: len(every) // AT_THE_CONSOLE]
    read.append(consoles.plant(site.chief, at_the_console, "zh"))
    secrets = [secret for each in (*told_to_the_bot, *at_the_console) for secret in each.secrets]
    assert leaks(secrets, readable("\n".join(read).encode())) == set()
    kept = site.everything()
    assert "lock" in kept["Redis"] and HIDDEN in kept["PostgreSQL"], "nothing was kept there at all"
    assert {name: found for name, text in kept.items() if (found := leaks(secrets, text))} == {}
    copy = tmp_path / "copy"
    assert staff_command(site.running.home, "backup", str(copy), **site.settings).returncode == 0
    plain = subprocess.run(["pg_restore", "-f", "-", str(copy)], check=True, capture_output=True).stdout
    assert HIDDEN in rows(plain) and leaks(secrets, rows(plain)) == set()


def test_a_deleted_conversation_is_in_no_table_and_no_key(site: Site) -> None:
    mark = a_name()
    chat = told(site.running.url, mark)
    call = joined(site.chief, chat)
    site.chief.do("PUT", f"{call.path}/notes", {"notes": f"is called {mark}", "version": 0})
    site.chief.do("POST", f"{call.path}/link", {}, 201)
    site.chief.do("POST", f"{call.path}/take", {})
    site.chief.do("POST", f"{call.path}/say", {"id": "s1", "text": f"Hello {mark}"})
    assert [each["notes"] for each in chat.export()["hotline"]] == [f"is called {mark}"]
    wanted = [mark, call.call["id"], *marks(SECRET, chat)]
    assert leaks(wanted, site.dump()) == set(wanted), "what is looked for was there before"
    delete(chat)
    assert leaks(wanted, site.dump() + site.keys()) == set()
    kept = site.found(wanted)
    kept.pop("Redis")  # what it was told once; what it holds is in the keys
    # At this level Rasa's own lines name the conversation, which is a hash of what nobody has any more.
    assert set().union(*kept.values()) <= {wanted[2]} and set(kept) <= {"logs/rasa.log"}
