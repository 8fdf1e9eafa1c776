"""Secrets planted through the real API are found in no file, log, export or backup afterwards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from knowledge.case import LANGUAGES
from knowledge.mask import HIDDEN, mask_next, prepare
from tests.chat import Chat
from tests.privacy.scan import contents, leaks, readable
from tests.privacy.variants import VARIANTS, Planted, every_variant, harmless, variants
from tests.servers import Running, serving

#: Variants that one conversation is told.
EACH = 15
#: So many while the server logs all it can: that makes megabytes of a turn.
WITH_DEBUG_LOG = 30


def plant(url: str, planted: Sequence[Planted], language: str) -> str:
    """Say them all in one conversation; what the API gives back of it then and afterwards."""
    chat = Chat(url, language).open()
    answers = [chat.send(text=text).text for each in planted for text in each.messages]
    for path in ("history", "plan", "export"):
        answers.append(requests.get(f"{url}/chat/{path}", headers=chat.headers, timeout=60).text)
    return "\n".join(answers)


def plant_and_look(running: Running, planted: Sequence[Planted]) -> dict[str, set[str]]:
    """Where each secret was found: in what the API said, and in every file of the server's home."""
    batches = [planted[i : i + EACH] for i in range(0, len(planted), EACH)]
    with ThreadPoolExecutor(4) as pool:
        said = pool.map(lambda n: plant(running.url, batches[n], LANGUAGES[n % 2]), range(len(batches)))
    texts = {"the API": readable("\n".join(said).encode())}
    texts |= {name: readable(data) for name, data in contents(running.home)}
    assert {"data/tracker.db", "backup of data/tracker.db", "logs/rasa.log"} <= set(texts)
    for name in ("the API", "backup of data/tracker.db"):
        assert HIDDEN in texts[name], "nothing was stored at all"
    secrets = [secret for each in planted for secret in each.secrets]
    return {name: found for name, text in texts.items() if (found := leaks(secrets, text))}


def test_planted_secrets_are_found_nowhere(server: Running) -> None:
    planted = variants()
    assert len(planted) == VARIANTS
    assert plant_and_look(server, planted) == {}


def test_not_in_the_log_of_a_server_that_logs_all_it_can(
    tmp_path_factory: pytest.TempPathFactory, whole: bool
) -> None:
    if not whole:
        pytest.skip("a server of its own: with --whole")
    with serving(tmp_path_factory.mktemp("planted") / "home", LOG_LEVEL="DEBUG") as running:
        assert plant_and_look(running, variants()[::10][:WITH_DEBUG_LOG]) == {}


def test_what_is_not_masked_would_be_found(server: Running) -> None:
    chat = Chat(server.url).open()
    chat.send(text="我转了７３４９１２元，他叫甲乙丙丁戊")
    text = "".join(readable(data) for name, data in contents(server.home) if name.startswith("backup"))
    assert leaks(["７３４９１２", "甲乙丙丁戊"], text) == {"７３４９１２", "甲乙丙丁戊"}
    assert leaks(["734912", "1234567890"], "at 734912, 1234567890x") == {"734912", "1234567890"}
    assert leaks(["734912"], "1795451234.734912") == set()


def said(planted: Planted) -> str:
    """What is left of the messages when they are masked one after the other."""
    awaits, kept = None, []
    for text in planted.messages:
        masked = mask_next(text, awaits)
        awaits = masked.awaits
        kept.append(masked.text)
    return "\n".join(kept)


def test_every_variant_is_hidden() -> None:
    missed = [p for p in every_variant() if leaks(p.secrets, said(p)) or leaks(p.secrets, prepare(said(p)))]
    assert missed == []


def test_harmless_numbers_stay() -> None:
    texts = harmless()
    assert len(texts) >= 200
    assert [text for text in texts if mask_next(text).kinds] == []


def test_harmless_numbers_stay_through_the_api(server: Running) -> None:
    chat = Chat(server.url, "zh").open()
    for text in harmless()[::20]:
        assert "sent" not in chat.send(text=text).json(), text
    kept = json.dumps(chat.history(), ensure_ascii=False)
    assert all(text in kept for text in harmless()[::20] if len(text) > 3)


@pytest.mark.parametrize(
    ("text", "awaits", "amount_asked", "hidden"),
    [
        ("5000", None, False, False),
        ("12345678", None, True, False),
        ("6222020200", None, True, False),
        ("6222020200", None, False, True),
        ("20261120", None, False, False),
        ("4008006666", None, False, False),
        ("95588", None, False, False),
        ("12000000", None, False, False),
        ("3000", ("code", 2), False, False),
        ("384756", ("code", 2), False, True),
        ("384756", ("code", 2), True, False),
        ("384756", ("code", 3), True, True),
        ("3000元", ("card", 2), False, False),
        ("3000", ("card", 2), True, False),
        ("22334455", ("card", 2), True, True),
        ("后面是2233", ("card", 2), True, True),
        ("skip", ("password", 3), False, False),
        ("monkey", ("password", 3), False, True),
        ("monkey", ("password", 2), False, False),
    ],
)
def test_a_bare_number_is_judged_by_what_came_before(
    text: str, awaits: tuple[str, int] | None, amount_asked: bool, hidden: bool
) -> None:
    assert (HIDDEN in mask_next(text, awaits, amount_asked).text) is hidden


def test_what_is_remembered_says_nothing_of_the_secret() -> None:
    assert mask_next("我的卡号是6222020").awaits == ("card", 2)
    assert mask_next("我的密码是").awaits == ("password", 3)
    assert mask_next("等一下", ("card", 2)).awaits == ("card", 1)
    assert mask_next("等一下", ("card", 1)).awaits is None
    assert mask_next("我的卡号是6222020200112233445").awaits is None
