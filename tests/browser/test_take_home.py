"""A person takes home what is held of the conversation: one file, from the menu."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from knowledge.case import LANGUAGES
from tests.browser.seen import FIRST, menu, tell

Visit = Callable[..., Page]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_has_what_was_said(visit: Visit, tmp_path: Path, language: str) -> None:
    page = visit(language)
    tell(page, language)
    with page.expect_download() as download:
        menu(page, -2)
    assert download.value.suggested_filename == "steady-conversation.json"
    file = tmp_path / "held.json"
    download.value.save_as(file)
    held = json.loads(file.read_text(encoding="utf-8"))
    assert FIRST[language] in [message.get("text") for message in held["messages"]]
    assert held["case"]["amount"]["value"] == 30000
    expect(page.locator("textarea")).to_be_enabled()
