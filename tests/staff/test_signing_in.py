"""Attacks on signing in: other people's cookies, missing tokens, guessing, a header that anybody can send."""

from __future__ import annotations

import http.client
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from rasa_project.staff import accounts, passwords, signin
from rasa_project.staff.database import Database
from rasa_project.staff.settings import StaffSettings, read_settings
from rasa_project.staff.signin import Locked, utc_now
from tests.servers import Running
from tests.staff.console import PASSWORD, TIMEOUT, Console, staff_command

HERE = "192.0.2.1"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    opened = Database(f"sqlite:///{tmp_path / 'staff.db'}")
    opened.migrate()
    opened.do(accounts.add, "dora", "staff", PASSWORD, "zh")
    return opened


def test_the_cookie_is_for_the_server_alone(anna: Console) -> None:
    cookie = anna.sign_in("anna").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/staff" in cookie


@pytest.mark.parametrize("token", ["", "x", None])
def test_nothing_is_changed_without_the_token_of_the_session(
    anna: Console, bert: Console, token: str | None
) -> None:
    headers = {"X-CSRF-Token": bert.csrf if token is None else token}
    for method, path in (("POST", "calls"), ("PUT", "me"), ("POST", "logout"), ("POST", "check")):
        refused = anna.ask(method, path, {"language": "zh"}, headers=headers)
        assert (refused.status_code, refused.json()["error"]) == (403, "bad_csrf"), path


def test_another_sites_form_is_no_request(anna: Console) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        refused = anna.http.post(
            f"{anna.url}/staff/api/calls",
            data='{"language":"zh"}',
            headers={"Content-Type": kind, "X-CSRF-Token": anna.csrf},
            timeout=TIMEOUT,
        )
        assert refused.status_code == 415


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43, "' or 1=1 --"])
def test_a_made_up_cookie_opens_nothing(hotline: Running, cookie: str) -> None:
    for path in (
        "me",
        "calls",
        "script",
        "search",
        "counts",
        "counts.csv",
        "audit",
        "calls/x",
        "calls/x/summary",
    ):
        refused = requests.get(
            f"{hotline.url}/staff/api/{path}", cookies={"steady_staff": cookie}, timeout=TIMEOUT
        )
        assert (refused.status_code, refused.json()["error"]) == (401, "not_logged_in"), path


def test_an_unknown_name_and_a_wrong_password_are_told_apart_by_nothing(hotline: Running) -> None:
    answers = [Console(hotline.url).sign_in(name, "wrong password") for name in ("bert", "nobody-here")]
    assert answers[0].content == answers[1].content
    hidden = {"date", "x-request-id"}
    heads = [{k.lower(): v for k, v in a.headers.items() if k.lower() not in hidden} for a in answers]
    assert heads[0] == heads[1] and "set-cookie" not in heads[0]


def test_nobody_makes_themselves_a_supervisor(hotline: Running, anna: Console) -> None:
    body = {"name": "anna", "password": PASSWORD, "role": "supervisor"}
    forged = requests.post(f"{hotline.url}/staff/api/login", json=body, timeout=TIMEOUT)
    assert forged.json()["account"]["role"] == "staff"
    anna.do("PUT", "me", {"language": "en", "role": "supervisor", "name": "chief"})
    assert (anna.get("me")["account"]["role"], anna.get("me")["account"]["name"]) == ("staff", "anna")
    headers = {"X-Role": "supervisor", "X-HTTP-Method-Override": "DELETE", "X-Remote-User": "chief"}
    assert anna.ask("GET", "audit", headers=headers).status_code == 403


def test_a_token_of_an_earlier_session_of_ones_own_is_no_token(hotline: Running, anna: Console) -> None:
    before = anna.csrf
    anna.sign_in("anna")
    refused = anna.ask("POST", "check", {"text": "x"}, headers={"X-CSRF-Token": before})
    assert (refused.status_code, refused.json()["error"]) == (403, "bad_csrf")


@pytest.mark.parametrize(
    "path",
    [
        "calls/{id}%2f..%2f{id}", "calls/..%2faudit", "calls/{id}%00", "calls/{id}'--", "calls/*", "calls/1",
        "calls/{upper}", "calls/{id}/../{id}", "calls//{id}", "audit/../audit", "./audit", "AUDIT",
    ],
)  # fmt: skip
def test_no_spelling_of_a_path_opens_anothers_call(anna: Console, bert: Console, path: str) -> None:
    call = anna.call("zh").call["id"]
    spelt = path.format(id=call, upper=call.upper())
    # http.client sends the path as it is written; requests would tidy it.
    connection = http.client.HTTPConnection(bert.url.removeprefix("http://"), timeout=TIMEOUT)
    cookie = f"steady_staff={bert.http.cookies['steady_staff']}"
    connection.request("GET", f"/staff/api/{spelt}", headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    assert answer.status in (301, 302, 308, 400, 403, 404, 405), body
    assert '"sheet"' not in body and '"entries"' not in body


def test_a_cookie_planted_before_is_not_the_session_after(hotline: Running) -> None:
    console = Console(hotline.url)
    console.http.cookies.set("steady_staff", "planted", domain="127.0.0.1", path="/staff")
    console.sign_in("anna")
    assert "planted" not in [c.value for c in console.http.cookies]
    planted = {"steady_staff": "planted"}
    assert requests.get(f"{hotline.url}/staff/api/me", cookies=planted, timeout=TIMEOUT).status_code == 401
    first = console.http.cookies["steady_staff"]
    console.http.cookies.clear()
    console.sign_in("anna")
    assert console.http.cookies["steady_staff"] != first


def test_signing_out_ends_the_session_on_the_server(anna: Console) -> None:
    cookies = dict(anna.http.cookies)
    assert anna.ask("POST", "logout").status_code == 204
    assert requests.get(f"{anna.url}/staff/api/me", cookies=cookies, timeout=TIMEOUT).status_code == 401


def test_a_name_is_locked_after_guessing_whether_it_exists_or_not(hotline: Running) -> None:
    name = f"nobody-{uuid.uuid4().hex[:8]}"
    answers = [Console(hotline.url).sign_in(name, "wrong password") for _ in range(6)]
    assert [a.status_code for a in answers] == [401] * 5 + [429]
    assert answers[-1].json()["error"] == "locked_out" and int(answers[-1].headers["Retry-After"]) > 0


def test_the_lock_holds_against_the_right_password_and_ends(database: Database) -> None:
    now, settings = utc_now(), StaffSettings(failures=3)
    for _ in range(3):
        assert signin.sign_in(database, "dora", "wrong", HERE, settings, now) is None
    assert isinstance(signin.sign_in(database, "Dora", PASSWORD, HERE, settings, now), Locked)
    assert isinstance(signin.sign_in(database, "dora", PASSWORD, "192.0.2.2", settings, now), tuple)
    later = now + timedelta(minutes=settings.lock_minutes, seconds=1)
    assert isinstance(signin.sign_in(database, "dora", PASSWORD, HERE, settings, later), tuple)


def test_an_address_that_tries_many_names_is_locked(database: Database) -> None:
    now, settings = utc_now(), StaffSettings(failures=2)
    for number in range(2 * signin.ADDRESS_SHARE):
        assert signin.sign_in(database, f"name{number}", "wrong", HERE, settings, now) is None
    assert isinstance(signin.sign_in(database, "dora", PASSWORD, HERE, settings, now), Locked)


def test_many_addresses_that_try_one_name_are_locked_out_of_it(database: Database) -> None:
    now, settings = utc_now(), StaffSettings(failures=1)
    for number in range(signin.ACCOUNT_SHARE):
        assert signin.sign_in(database, "dora", "wrong", f"198.51.100.{number}", settings, now) is None
    assert isinstance(signin.sign_in(database, "dora", PASSWORD, HERE, settings, now), Locked)


def test_an_unknown_name_takes_as_long_as_a_wrong_password(database: Database) -> None:
    """Both check one argon2 hash; else an unknown name would be answered in a hundredth of the time."""
    settings = StaffSettings(failures=1000)

    def seconds(name: str) -> float:
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            signin.sign_in(database, name, "wrong", HERE, settings, utc_now())
            times.append(time.perf_counter() - begun)
        return min(times)

    seconds("nobody")  # makes the hash that stands for nobody's
    assert seconds("nobody") > seconds("dora") / 3


def test_a_session_ends_when_idle_when_old_and_with_the_account(database: Database) -> None:
    settings, now = StaffSettings(session_hours=2, idle_minutes=30), utc_now()
    account, cookie = signin.sign_in(database, "dora", PASSWORD, HERE, settings, now)

    def good(minutes: float) -> bool:
        at = now + timedelta(minutes=minutes)
        return database.do(signin.session_of, cookie, settings, at) is not None

    assert good(29) and good(58) and good(87) and good(116)
    assert not good(121), "old, however busy"
    idle = database.do(signin.begin, account, settings, now)
    assert database.do(signin.session_of, idle, settings, now + timedelta(minutes=31)) is None
    other = database.do(signin.begin, account, settings, now)
    database.do(accounts.disable, "dora")
    assert database.do(signin.session_of, other, settings, now) is None
    assert signin.sign_in(database, "dora", PASSWORD, HERE, settings, now) is None


def test_no_secret_is_stored_as_it_is(database: Database) -> None:
    _, cookie = signin.sign_in(database, "dora", PASSWORD, HERE, StaffSettings(), utc_now())
    with database.engine.connect() as connection:
        dump = "\n".join(connection.connection.connection.iterdump())
    assert "$argon2id$" in dump and PASSWORD not in dump and cookie not in dump and HERE not in dump


@pytest.mark.parametrize("password", ["short", "a" * 20, "x" * 201, "my-name-is-dora"])
def test_a_password_that_is_easily_guessed_is_refused(password: str) -> None:
    with pytest.raises(passwords.WeakPassword):
        passwords.hashed(password, "dora")


@pytest.mark.parametrize(
    ("peer", "trusted"),
    [("10.0.0.9", True), ("::ffff:10.0.0.9", True), ("10.0.1.9", False), ("", False), ("fe80::1", False)],
)
def test_only_our_own_proxies_are_believed(peer: str, trusted: bool) -> None:
    assert signin.is_trusted(peer, ("10.0.0.0/24",)) is trusted


@pytest.mark.parametrize(
    "given",
    [
        {"sso_header": "X-Remote-User"},
        {"sso_header": "X Y", "sso_proxies": "10.0.0.1"},
        {"sso_proxies": "proxy.example.org"},
        {"failures": 0},
        {"idle_minutes": "soon"},
        {"no_such": 1},
    ],
)
def test_a_bad_setting_is_refused_by_name(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(given))):
        read_settings(given, {})


def test_the_header_of_a_proxy_is_nothing_while_sign_on_is_off(hotline: Running) -> None:
    for header in ("X-Remote-User", "Remote-User", "X-Forwarded-User"):
        refused = requests.get(f"{hotline.url}/staff/api/me", headers={header: "anna"}, timeout=TIMEOUT)
        assert refused.status_code == 401


def test_accounts_are_made_listed_disabled_and_reset_by_command(tmp_path: Path, hotline: Running) -> None:
    home = hotline.home
    name = f"eva-{uuid.uuid4().hex[:6]}"
    assert staff_command(home, "add", name, stdin="short\n").returncode == 1
    assert staff_command(home, "add", name, stdin=f"{PASSWORD}\n").returncode == 0
    again = staff_command(home, "add", name.upper(), stdin=f"{PASSWORD}\n")
    assert again.returncode == 1 and "already" in again.stderr
    console = Console(hotline.url)
    assert console.sign_in(name).status_code == 200
    assert staff_command(home, "reset", name, stdin="five geese in a field\n").returncode == 0
    assert console.ask("GET", "me").status_code == 401
    assert console.sign_in(name).status_code == 401
    assert console.sign_in(name, "five geese in a field").status_code == 200
    assert staff_command(home, "disable", name).returncode == 0
    assert console.ask("GET", "me").status_code == 401
    assert "disabled" in next(
        line for line in staff_command(home, "list").stdout.splitlines() if name in line
    )
    assert PASSWORD not in staff_command(home, "list").stdout
