"""Sign-on by a proxy: the header of the hotline's own proxy only, and only for accounts that exist."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from sanic import Sanic
from sanic.compat import Header
from sanic.request import Request
from sanic.response import HTTPResponse

from knowledge.store import open_pack
from rasa_project import packs
from rasa_project.channels.errors import ApiError
from rasa_project.channels.settings import Settings
from rasa_project.channels.staff import COOKIE, StaffApi
from rasa_project.staff import accounts, audit, hotline
from rasa_project.staff.audit import Wanted
from rasa_project.staff.database import Database
from rasa_project.staff.settings import StaffSettings
from tests.staff.console import PASSWORD

OURS, FOREIGN = "10.0.0.7", "192.0.2.7"


class Asked(Request):
    """A request from an address that we choose: a test cannot connect from another one."""

    ip = OURS
    remote_addr = ""
    scheme = "https"


@pytest.fixture
def api(tmp_path: Path) -> StaffApi:
    database = Database(f"sqlite:///{tmp_path / 'staff.db'}")
    database.migrate()
    for name in ("anna", "bert"):
        database.do(accounts.add, name, "staff", PASSWORD, "zh")
    database.do(accounts.disable, "bert")
    pack = open_pack(packs.ensure_pack())
    settings = StaffSettings(sso_header="X-Remote-User", sso_proxies=("10.0.0.0/24",))
    described = hotline.load(hotline.DEFAULT, pack)
    return StaffApi(settings, Settings(), pack, packs.database(), described, database, b"0123456789abcdef")


def ask(api: StaffApi, address: str, user: str | None, cookie: str = "", name: str = "me") -> HTTPResponse:
    headers = Header({"cookie": f"{COOKIE}={cookie}"} if cookie else {})
    if user is not None:
        headers["X-Remote-User"] = user
    app = Sanic.get_app("sign_on", force_create=True)
    request = Asked(b"/staff/api/me", headers, "1.1", "GET", None, app)
    request.ip = address
    answer: HTTPResponse = asyncio.run(api.route(name, "/api/me")(request))
    return answer


def refusal(*asked: Any) -> tuple[int, str]:
    with pytest.raises(ApiError) as caught:
        ask(*asked)
    return caught.value.status, caught.value.code


def test_our_proxy_signs_in_whom_it_names(api: StaffApi) -> None:
    answer = ask(api, OURS, "Anna")
    assert json.loads(answer.body)["account"]["name"] == "anna"
    cookie = answer.cookies[COOKIE]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Strict"
    assert json.loads(ask(api, OURS, "anna", cookie.value).body)["account"]["name"] == "anna"
    assert ask(api, OURS, "anna", cookie.value, "list_calls").status == 200


def test_a_header_from_anywhere_else_is_refused_even_with_a_good_cookie(api: StaffApi) -> None:
    cookie = ask(api, OURS, "anna").cookies[COOKIE].value
    assert refusal(api, FOREIGN, "anna") == (401, "untrusted_proxy")
    assert refusal(api, FOREIGN, "anna", cookie) == (401, "untrusted_proxy")


def test_whoever_has_no_account_or_a_disabled_one_stays_out(api: StaffApi) -> None:
    assert refusal(api, OURS, "nobody") == (403, "no_account")
    assert refusal(api, OURS, "bert") == (403, "no_account")
    assert refusal(api, OURS, None) == (401, "not_logged_in")
    noted = api._database.do(audit.everything, Wanted(action="refused"))
    assert [line["account"] for line in noted] == ["bert", audit.UNKNOWN]


def test_the_session_of_one_is_not_used_for_another(api: StaffApi) -> None:
    cookie = ask(api, OURS, "anna").cookies[COOKIE].value
    assert refusal(api, OURS, "chief", cookie, "list_calls") == (401, "not_logged_in")
