"""Secrets typed at the hotline's console are found nowhere, and a deleted conversation leaves it nothing."""

from __future__ import annotations

from pathlib import Path

from knowledge.case import LANGUAGES
from knowledge.mask import HIDDEN, mask_notes
from tests.chat import Chat
from tests.privacy import consoles
from tests.privacy.scan import contents, leaks, readable
from tests.privacy.test_retention import a_name, delete, marks, own_secret, told
from tests.privacy.variants import variants
from tests.servers import Running
from tests.staff.console import Console, staff_command
from tests.staff.test_handover import joined

#: Variants for each language; with --whole more.
SAMPLE, WHOLE = 6, 60


def found_in(home: Path, wanted: list[str]) -> dict[str, set[str]]:
    texts = {name: readable(data) for name, data in contents(home)}
    return {name: found for name, text in texts.items() if (found := leaks(wanted, text))}


def test_secrets_typed_at_the_console_are_found_nowhere(
    server: Running, chief: Console, tmp_path: Path, whole: bool
) -> None:
    every = variants()
    count = WHOLE if whole else SAMPLE
    secrets: list[str] = []
    for at, language in enumerate(LANGUAGES):
        planted = every[at :: len(every) // (2 * count)][:count]
        read = readable(consoles.plant(chief, planted, language).encode())
        mine = [secret for each in planted for secret in each.secrets]
        assert HIDDEN in read, "nothing was kept at all"
        assert leaks(mine, read) == set()
        secrets += mine
    assert found_in(server.home, secrets) == {}
    copy = tmp_path / "copy"
    assert staff_command(server.home, "backup", str(copy)).returncode == 0
    kept = readable(copy.read_bytes())
    assert HIDDEN in kept and leaks(secrets, kept) == set()


def test_the_rest_of_a_number_is_hidden_further_down_in_the_notes() -> None:
    assert (
        mask_notes("我的卡号是6222020\n等一下\n后面是0112233445")
        == f"我的卡号是{HIDDEN}\n等一下\n后面是{HIDDEN}"
    )
    assert mask_notes("密码是\n转了3000元\n\n打96110") == "密码是\n转了3000元\n\n打96110"


def test_a_deleted_conversation_leaves_the_hotline_nothing(server: Running, chief: Console) -> None:
    mark = a_name()
    chat = told(server.url, mark)
    call = joined(chief, chat)
    chief.do("PUT", f"{call.path}/notes", {"notes": f"called himself {mark}", "version": 0})
    chief.do("POST", f"{call.path}/link", {}, 201)
    wanted = [mark, call.call["id"], *marks(own_secret(server.home), chat)]
    there = set().union(*found_in(server.home, wanted).values())
    assert there == set(wanted), "what is looked for was there before"
    delete(chat)
    assert found_in(server.home, wanted) == {}
    assert chief.ask("GET", call.path).status_code == 404


def test_what_staff_keep_of_a_conversation_is_in_the_persons_file(server: Running, chief: Console) -> None:
    mark = a_name()
    chat = Chat(server.url, "en").open()
    call = joined(chief, chat)
    chief.do("PUT", f"{call.path}/notes", {"notes": f"is called {mark}", "version": 0})
    chief.do("POST", f"{call.path}/take", {})
    chief.do("POST", f"{call.path}/say", {"id": "s1", "text": f"Hello {mark}"})
    held = chat.export()
    assert [each["notes"] for each in held["hotline"]] == [f"is called {mark}"]
    assert held["hotline"][0]["number"] == call.call["number"]
    assert any(event.get("text") == f"Hello {mark}" for event in held["stored"])
    assert Chat(server.url, "en").open().export()["hotline"] == []
