"""What the console keeps, by the keyboard alone: list, files, calls entered later, counts, the trail."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from rasa_project.staff import accounts, audit, calls
from rasa_project.staff.database import Database
from tests.browser.conftest import DESKTOP
from tests.browser.desk import TURN, Desk, account, supervisor
from tests.servers import Running

Visit = Callable[..., Page]
PAID = "yesterday I paid a scammer 30000 yuan through Alipay"
PRIVATE = "Wang Xiaoming told us"


@pytest.fixture(scope="module")
def chief(server: Running) -> str:
    return supervisor(server, "zhao")


@pytest.fixture(scope="module")
def clerk(server: Running) -> str:
    return account(server, "qian", "staff")


@pytest.fixture
def database(server: Running) -> Database:
    return Database(f"sqlite:///{server.home / 'data' / 'staff.db'}")


def sit_down(visit: Visit, name: str, language: str = "en") -> Desk:
    return Desk(visit(language, DESKTOP, "/staff/")).sign_in(name, language)


def reach(page: Page, control: Locator) -> None:
    """Tab until ``control`` has the focus."""
    expect(control).to_be_visible()
    for _ in range(80):
        if control.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab reaches {control}")


def choose(page: Page, field: str, value: str) -> None:
    """Take the option of a select with the arrow keys."""
    reach(page, page.locator(field))
    choices = page.locator(f"{field} option").evaluate_all("all => all.map(each => each.value)")
    way = choices.index(value) - choices.index(page.locator(field).input_value())
    for _ in range(abs(way)):
        page.keyboard.press("ArrowDown" if way > 0 else "ArrowUp")
    expect(page.locator(field)).to_have_value(value)


def fetched(page: Page, control: Locator) -> tuple[str, bytes]:
    """The name and content of the file behind a link, got with Enter."""
    reach(page, control)
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    return found.value.suggested_filename, Path(found.value.path()).read_bytes()


def type_day(page: Page, day: datetime) -> None:
    """Type a day into the date field that has the cursor: Chromium's own order, month first."""
    for _ in range(2):
        page.keyboard.press("ArrowLeft")  # it may stand on the year
    page.keyboard.type(f"{day:%m%d%Y}")


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def noted(desk: Desk, text: str) -> None:
    desk.page.keyboard.press("Alt+n")
    with desk.page.expect_response("**/notes"):
        desk.page.keyboard.type(text)
    desk.page.keyboard.press("Escape")


def rows(page: Page, count: int) -> None:
    expect(page.locator(".list .open-call")).to_have_count(count)


def test_a_call_is_found_reopened_taken_away_as_files_and_deleted(visit: Visit, chief: str) -> None:
    desk = sit_down(visit, chief).begin("en")
    page, mark = desk.page, uuid.uuid4().hex[:12]
    desk.tell(PAID)
    noted(desk, f"{PRIVATE} {mark}")
    number = page.locator(".call-bar h1").inner_text().split()[-1]
    desk.close()

    name, content = fetched(page, page.locator(".closed a[href*='format=json']"))
    whole = json.loads(content)
    assert name.endswith(".json") and whole["call"]["number"] == int(number)
    assert whole["notes"] == f"{PRIVATE} {mark}" and whole["steps"] and whole["call"]["disposition"]
    name, content = fetched(page, page.locator(".closed a[href*='format=csv']"))
    assert name.endswith(".csv") and ["Notes", f"{PRIVATE} {mark}"] in table(content)
    assert any("30,000" in cell for row in table(content) for cell in row)

    page.keyboard.press("Alt+l")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type(mark)
    rows(page, 1)
    for field, other, right in (
        ("#filter-state", "open", "closed"),
        ("#filter-channel", "cash", "third_party_payment"),
        ("#filter-platform", "wechat_pay", "alipay"),
        ("#filter-disposition", "not_fraud", whole["call"]["disposition"]),
    ):
        for value in (other, right):
            choose(page, field, value)
            rows(page, int(value == right))
    day = page.locator(".list input[type=date]")
    reach(page, day.first)
    type_day(page, datetime.now() + timedelta(days=2))
    rows(page, 0)
    reach(page, day.first)
    type_day(page, datetime.now() - timedelta(days=2))
    rows(page, 1)

    reach(page, page.locator(".list .open-call"))
    page.keyboard.press("Enter")
    expect(page.locator(".closed h2")).to_be_visible()
    reach(page, page.locator(".closed button", has_text="Reopen"))
    page.keyboard.press("Enter")
    expect(page.locator(".ask")).to_be_visible()
    expect(page.locator("#entry-text")).to_be_focused()
    desk.tell("I have called 110")
    assert desk.fact("reported")

    page.keyboard.press("Alt+l")
    page.locator("#find").fill(mark)
    choose(page, "#filter-state", "open")
    rows(page, 1)
    remove = page.locator(".list .link-button")
    reach(page, remove)
    page.keyboard.press("Enter")
    expect(page.locator("dialog .plain-button")).to_be_focused()
    reach(page, page.locator("dialog[open] .strong-button"))
    page.keyboard.press("Enter")
    rows(page, 0)
    expect(page.locator(".list .quiet").first).to_be_visible()


def test_a_call_is_entered_afterwards_with_the_time_it_began(visit: Visit, chief: str) -> None:
    desk = sit_down(visit, chief)
    page = desk.page
    began = datetime.now().replace(hour=8, minute=5) - timedelta(days=3)
    page.keyboard.press("Alt+a")
    reach(page, page.locator("#afterwards"))
    page.keyboard.press("Space")
    reach(page, page.locator("#began"))
    type_day(page, began)
    page.keyboard.press("ArrowRight")
    page.keyboard.type(f"{began:%I%M%p}")
    wanted = page.locator("dialog .answer[lang^=en]")
    reach(page, wanted)
    with page.expect_request("**/staff/api/calls") as found:
        page.keyboard.press("Enter")
    body = found.value.post_data_json
    assert body["afterwards"] is True
    sent = datetime.fromisoformat(body["began_at"].replace("Z", "+00:00")).astimezone()
    assert sent.strftime("%Y-%m-%d %H:%M") == began.strftime("%Y-%m-%d %H:%M")
    expect(page.locator(".ask[data-slot=situation]")).to_be_visible(timeout=TURN)
    desk.answer("situation", "lost_money")
    desk.close()
    assert re.search(rf"{began:%Y-%m-%d}|{began:%d/%m/%Y}", page.locator(".summary").inner_text())


def test_the_time_of_the_transfer_runs_as_told_and_is_set_by_a_key(visit: Visit, chief: str) -> None:
    desk = sit_down(visit, chief).begin("en")
    page, clock = desk.page, desk.page.locator(".since .clock")
    expect(clock).to_have_text("–")
    desk.tell("I paid a scammer 3000 yuan with Alipay 20 minutes ago")
    expect(clock).to_have_text(re.compile(r"^2[01]:\d\d$"))
    expect(page.locator(".since")).to_contain_text("as told")
    page.keyboard.press("Alt+m")
    expect(page.locator("#time-moved")).to_be_focused()
    with page.expect_response("**/since"):
        type_day(page, datetime.now() - timedelta(days=2))
        page.keyboard.press("Enter")
    expect(page.locator("#entry-text")).to_be_focused()
    expect(clock).to_have_text(re.compile(r"^2 d 0:"))
    expect(page.locator(".since")).not_to_contain_text("as told")
    page.reload()
    expect(clock).to_have_text(re.compile(r"^2 d 0:"))


def test_counts_are_a_table_a_picture_and_a_file_without_a_person(visit: Visit, chief: str) -> None:
    desk = sit_down(visit, chief).begin("en")
    page = desk.page
    desk.tell(PAID)
    noted(desk, PRIVATE)
    desk.close()
    page.keyboard.press("Alt+s")
    expect(page.locator(".counts h1")).to_be_focused()
    expect(page.locator(".count-by_disposition td.figure").first).to_be_visible()
    for part in ("by_day", "by_channel", "by_platform", "by_disposition"):
        counted = [int(text) for text in page.locator(f".count-{part} td.figure").all_inner_texts()]
        assert counted and all(counted), part
        bars = page.locator(f".count-{part} .chart rect")
        assert bars.count() == len(counted), f"{part}: as many bars as lines"
        side = "height" if part == "by_day" else "width"
        long = bars.evaluate_all("(all, side) => all.map(each => Number(each.getAttribute(side)))", side)
        assert [n / max(counted) for n in counted] == pytest.approx([n / max(long) for n in long], abs=0.02)
    total = int(re.findall(r"\d+", page.locator(".counts .status-line").inner_text())[0])
    name, content = fetched(page, page.locator(".counts a[download]"))
    exported = table(content)
    assert name.endswith(".csv") and exported[-1][-1] == str(total)
    assert sum(int(row[2]) for row in exported[1:-1] if row[0] == exported[-2][0]) == total, "each day"
    for private in (PRIVATE, chief, "Wang"):
        assert private not in content.decode("utf-8-sig")
    reach(page, page.locator(".counts input[type=date]").first)
    type_day(page, datetime.now() + timedelta(days=2))
    expect(page.locator(".counts .quiet").first).to_be_visible()
    expect(page.locator(".counts .chart")).to_have_count(0)


def test_a_supervisor_reads_narrows_turns_over_and_exports_the_trail(
    visit: Visit, chief: str, clerk: str, database: Database
) -> None:
    for number in range(audit.PAGE + 3):
        database.do(audit.note, clerk, "exported", 900_000 + number)
    database.do(audit.note, clerk, "deleted", 900_001)
    desk = sit_down(visit, chief)
    page, lines = desk.page, desk.page.locator(".trail tbody tr")
    page.keyboard.press("Alt+u")
    expect(page.locator(".trail h1")).to_be_focused()
    expect(lines).to_have_count(audit.PAGE)
    choose(page, "#trail-account", clerk)
    choose(page, "#trail-action", "exported")
    expect(page.locator(".trail .list-foot")).to_contain_text(str(audit.PAGE + 3))
    reach(page, page.locator(".trail .later"))
    page.keyboard.press("Enter")
    expect(lines).to_have_count(3)
    expect(lines.last).to_contain_text("#900000")
    name, content = fetched(page, page.locator(".trail a[download]"))
    assert name.endswith(".csv") and len(table(content)) == 1 + audit.PAGE + 3
    assert {row[1] for row in table(content)[1:]} == {clerk}
    page.keyboard.press("Alt+l")
    page.keyboard.press("Alt+u")
    choose(page, "#trail-action", "deleted")
    reach(page, page.locator("#trail-call"))
    page.keyboard.type("900001")
    expect(lines).to_have_count(1)
    expect(lines).to_have_attribute("data-action", "deleted")
    page.keyboard.press("Backspace")
    expect(lines.locator(".quiet")).to_be_visible()
    with page.expect_response("**/api/me"):
        reach(page, page.locator(".top button[lang^=zh]"))
        page.keyboard.press("Enter")
    expect(page.locator(".trail h1")).to_have_text("操作记录")


def test_staff_have_no_way_to_the_trail(visit: Visit, clerk: str) -> None:
    desk = sit_down(visit, clerk)
    page = desk.page
    page.keyboard.press("F1")
    expect(page.locator("dialog .key-list")).to_be_visible()
    assert "Alt+U" not in page.locator("dialog").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("a[href='#trail']").count()
    page.keyboard.press("Alt+u")
    page.evaluate("() => { location.hash = 'trail'; }")
    expect(page.locator(".list h1")).to_be_visible()
    assert not page.locator(".trail").is_visible()


def test_the_list_turns_over(visit: Visit, clerk: str, database: Database) -> None:
    found = database.do(accounts.find, clerk)
    assert found
    for number in range(calls.PAGE + 2):
        database.do(calls.open_call, found[0], number.to_bytes(16, "big"), "en", "cn")
    desk = sit_down(visit, clerk)
    page = desk.page
    rows(page, calls.PAGE)
    reach(page, page.locator(".list .later"))
    page.keyboard.press("Enter")
    rows(page, 2)
    reach(page, page.locator(".list .earlier"))
    page.keyboard.press("Enter")
    rows(page, calls.PAGE)
