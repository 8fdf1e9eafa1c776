"""Visiting the owners' pages, against a real server that misbehaves: verdicts, patience, politeness."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.load import load, load_with_places
from knowledge.pack import Contact
from knowledge.source_check import command
from knowledge.source_check.fetch import Fetcher, Limits, decode
from knowledge.source_check.reading import others_near, shows, text_of
from knowledge.source_check.report import ALL_SHOWN, LOOK, NOTHING_REACHED, lines, status
from knowledge.source_check.verdict import Result, judge
from tests.knowledge.misbehaving import ELSEWHERE, Server, serving
from tests.knowledge.pack_files import FIXTURE, copy_of, edit

#: Short enough for a test, long enough for a busy machine.
QUICK = Limits(connect=2, read=1, total=2, delay=0, backoff=0.01, retries=2, size=300_000)
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def bank(**more: object) -> Contact:
    contact = replace(load(FIXTURE).contacts["test_bank"], phone="95588", pages=())
    return replace(contact, **more)  # type: ignore[arg-type]


def result_of(*urls: str, limits: Limits = QUICK, **more: object) -> Result:
    pack = load(FIXTURE)
    contact = bank(pages=urls, **more)
    pack = replace(pack, contacts={**pack.contacts, contact.id: contact})
    return judge(pack, [contact.id], Fetcher(limits).fetch)[0]


@pytest.mark.parametrize(
    ("path", "verdict", "seen"),
    [
        ("good", "shown", "shows 95588"),
        ("grouped", "shown", "shows"),
        ("full-width", "shown", "shows"),
        ("split", "shown", "shows"),
        ("link", "shown", "shows"),
        ("gbk", "shown", "shows"),
        ("gbk-meta", "shown", "shows"),
        ("gbk-misnamed", "shown", "shows"),
        ("untyped", "shown", "shows"),
        ("near", "shown", "shows"),
        ("flaky", "shown", "shows"),
        ("changed", "changed", "95589"),
        ("renumbered", "changed", "400-123-4567"),
        ("without", "gone", "no longer shows 95588"),
        ("longer", "gone", "no longer shows 95588"),
        ("script-only", "gone", "may need a browser"),
        ("huge", "gone", "very long"),
        ("gone", "gone", "404"),
        ("away", "moved", ELSEWHERE),
        ("file", "moved", "file:"),
        ("loop", "silent", "redirects more than"),
        ("refused", "silent", "403"),
        ("down", "silent", "503"),
        ("pdf", "silent", "application/pdf"),
        ("reset", "silent", "breaks the connection"),
        ("silent", "silent", "too slowly"),
        ("slow-header", "silent", "longer than 2 seconds"),
        ("slow-body", "silent", "longer than 2 seconds"),
    ],
)
def test_a_page_is_judged_by_what_it_does(server: Server, path: str, verdict: str, seen: str) -> None:
    started = time.monotonic()
    result = result_of(server.url(path))
    assert (result.verdict, result.visits[0].verdict) == (verdict, verdict), result.visits
    assert seen in result.visits[0].seen
    assert time.monotonic() - started < 10


def test_a_redirect_to_another_host_is_not_followed(server: Server) -> None:
    before = server.hits["good"]
    result_of(server.url("away"))
    assert server.hits["good"] == before


@pytest.mark.parametrize(
    ("path", "visits"), [("down", 3), ("reset", 3), ("gone", 1), ("refused", 1), ("silent", 1)]
)
def test_only_server_errors_and_broken_connections_are_tried_again(
    server: Server, path: str, visits: int
) -> None:
    before = server.hits[path]
    result_of(server.url(path))
    assert server.hits[path] - before == visits


def test_nobody_listening_is_silence() -> None:
    assert result_of("http://127.0.0.1:9/").verdict == "silent"


def test_visits_to_one_host_keep_their_distance_and_say_who_comes(server: Server) -> None:
    server.times.clear()
    server.agents.clear()
    result_of(server.url("good"), server.url("grouped"), limits=replace(QUICK, delay=0.4))
    first, second = server.times
    assert second - first >= 0.4
    (agent,) = server.agents
    assert "steady" in agent and "number" in agent


def test_a_page_of_two_contacts_is_visited_once(server: Server) -> None:
    pack = load(FIXTURE)
    page = server.url("good")
    both = {id_: replace(pack.contacts[id_], pages=(page,)) for id_ in ("police_110", "test_bank")}
    before = server.hits["good"]
    judge(replace(pack, contacts={**pack.contacts, **both}), both, Fetcher(QUICK).fetch)
    assert server.hits["good"] - before == 1


def test_an_address_must_answer_and_stay_on_its_host(server: Server) -> None:
    assert result_of(phone=None, url=server.url("good")).verdict == "shown"
    assert result_of(phone=None, url=server.url("away")).verdict == "moved"
    assert result_of(phone=None, url=server.url("gone")).verdict == "gone"


def test_one_page_that_shows_it_outweighs_a_silent_one_but_not_a_changed_one(server: Server) -> None:
    assert result_of(server.url("good"), server.url("down")).verdict == "shown"
    assert result_of(server.url("good"), server.url("changed")).verdict == "changed"


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (("good",), ALL_SHOWN),
        (("good", "changed"), LOOK),
        (("good", "gone"), LOOK),
        (("good", "away"), LOOK),
        (("good", "down"), LOOK),
        (("down", "reset"), NOTHING_REACHED),
        ((), NOTHING_REACHED),
    ],
)
def test_the_exit_status_says_whether_a_person_must_look(
    server: Server, paths: tuple[str, ...], expected: int
) -> None:
    assert status([result_of(*(server.url(path) for path in paths))]) == expected


def test_the_report_says_what_to_do_and_which_dates_to_write(server: Server) -> None:
    pack, places = load_with_places(FIXTURE)
    shown, changed = bank(pages=(server.url("good"),)), bank(id="wallet", pages=(server.url("changed"),))
    known = replace(
        pack, contacts={**pack.contacts, "test_bank": shown, "wallet": replace(changed, where=None)}
    )
    text = "\n".join(lines(judge(known, known.contacts, Fetcher(QUICK).fetch), places, TODAY))
    place = places["contacts[test_bank].checked"]
    assert (
        f"# {place.file}:{place.line} test_bank\n    checked: 2026-06-01\n    review_by: 2027-06-01" in text
    )
    assert "95589" in text and "find out which is right" in text
    assert "police_110" in text and "look the number up on the owner's own site" in text
    assert "wallet\n    checked" not in text
    assert text.index("changed (1)") < text.index("shown (1)") < text.index("no page (4)")


def pack_with_page(tmp_path: Path, page: str) -> Path:
    directory = copy_of(tmp_path)
    edit(directory, "contacts.yml", "phone: 400-820-1234", f'phone: "95588"\n    pages: ["{page}"]')
    return directory


def test_the_command_reports_and_edits_nothing(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = pack_with_page(tmp_path, server.url("good"))
    before = {path.name: path.read_bytes() for path in directory.iterdir()}
    out = tmp_path / "result.json"
    options = [str(directory), "--delay", "0", "--timeout", "2", "--today", "2026-06-01", "--json", str(out)]
    assert command.main(options) == ALL_SHOWN
    assert {path.name: path.read_bytes() for path in directory.iterdir()} == before
    assert "checked: 2026-06-01" in capsys.readouterr().out
    told = json.loads(out.read_text("utf-8"))
    assert told["status"] == 0 and told["date"] == "2026-06-01"
    (row,) = [c for c in told["contacts"] if c["pages"]]
    assert (row["id"], row["way"], row["verdict"]) == ("test_bank", "95588", "shown")


def test_the_command_visits_only_what_is_asked(server: Server, tmp_path: Path) -> None:
    directory = pack_with_page(tmp_path, server.url("good"))
    before = server.hits["good"]
    assert command.main([str(directory), "--only", "police_110"]) == NOTHING_REACHED
    assert server.hits["good"] == before


@pytest.mark.parametrize(
    "options", [["--only", "nobody"], ["--timeout", "-1"], ["--delay", "many"], ["/nowhere"]]
)
def test_wrong_options_end_with_two(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    directory = [] if options[0].startswith("/") else [str(FIXTURE)]
    try:
        ended = command.main([*directory, *options])
    except SystemExit as stopped:
        ended = stopped.code  # type: ignore[assignment]
    assert ended == NOTHING_REACHED
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "phone", "there"),
    [
        ("电话 95588。", "95588", True),
        ("电话195588", "95588", False),
        ("95588-1", "95588", True),
        ("400 820 1234", "400-820-1234", True),
        ("400－820－1234", "400-820-1234", True),
        ("(400) 820·1234", "400-820-1234", True),
        ("010-12308", "+86-10-12308", True),
        ("+86 10 12308", "+86-10-12308", True),
        ("12308", "+86-10-12308", False),
        ("1 10", "110", False),
        ("请拨110报警", "110", True),
        ("1100", "110", False),
    ],
)
def test_a_number_is_found_as_people_write_it(words: str, phone: str, there: bool) -> None:
    assert shows(text_of(f"<p>{words}</p>"), phone) is there


def test_other_numbers_are_told_from_years_and_amounts() -> None:
    text = text_of(
        "<p>测试银行 2026年，客服 95599，存款 50000元，共 1200人</p><p>" + "远" * 100 + "96110</p>"
    )
    assert others_near(text, "95588", ["测试银行"]) == ["95599"]


def test_a_cut_page_may_end_within_a_letter() -> None:
    assert decode("银行".encode()[:-1], "text/html") == "银"
    assert decode("银行".encode("gbk")[:-1], "text/html; charset=gb2312") == "银"
    assert decode(b"95588", "text/html; charset=no-such-charset") == "95588"
