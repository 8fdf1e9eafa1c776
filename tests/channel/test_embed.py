"""What other sites load, and which of them may talk to us."""

import json
import re

import pytest

from rasa_project.channels.embed import HELP_MARK, embed_script, embed_sheet, emergency_help
from rasa_project.channels.origins import read_origins
from rasa_project.channels.settings import read_settings


def test_sizes_do_not_depend_on_the_page_around():
    sheet = embed_sheet(":host { --a: 1.5rem; margin: -.5rem } @media (min-width: 40rem) { p { top: 2rem } }")
    assert "calc(1.5 * var(--rem))" in sheet and "calc(2 * var(--rem))" in sheet
    assert "@container (min-width: 640px)" in sheet
    assert not re.search(r"\drem", sheet)


def test_conditions_on_the_reader_stay():
    condition = "@media (prefers-color-scheme: dark)"
    assert condition in embed_sheet(f"{condition} {{ p {{ }} }}")


def test_names_that_end_in_rem_are_left_alone():
    assert embed_sheet("p { margin: var(--x-2rem); }") == "p { margin: var(--x-2rem); }"


def test_the_script_carries_the_help_and_no_markup(pack):
    script = embed_script(f"const HELP = {HELP_MARK};", pack)
    assert "<" not in script
    data = json.loads(script.removeprefix("const HELP = ").removesuffix(";"))
    assert data == emergency_help(pack)
    assert list(data) == list(pack.languages)
    for help_ in data.values():
        assert len(help_["steps"]) == len(pack.first_aid)
        assert [c["id"] for c in help_["contacts"]] == list(dict.fromkeys(pack.emergency.values()))


@pytest.mark.parametrize(
    ("setting", "origins"),
    [
        ("", ()),
        ("https://a.example", ("https://a.example",)),
        ("https://A.example/, http://127.0.0.1:8000", ("https://a.example", "http://127.0.0.1:8000")),
        ("https://a.example https://a.example", ("https://a.example",)),
    ],
)
def test_origins_are_read(setting, origins):
    assert read_origins(setting) == origins
    assert read_settings({}, {"STEADY_WEB_ALLOWED_ORIGINS": setting}).allowed_origins == origins


@pytest.mark.parametrize("bad", ["*", "a.example", "https://a.example/path", "null", "https://*.example", "ftp://a.b"])
def test_what_is_no_origin_is_refused_by_name(bad):
    with pytest.raises(ValueError, match=re.escape(repr(bad.rstrip("/")))):
        read_origins(bad)
