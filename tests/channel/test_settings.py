"""Settings: the environment wins, and a wrong one is named."""

import pytest
from ruamel.yaml import YAML

from rasa_project import places
from rasa_project.channels.settings import Settings, read_settings


def test_nothing_given_is_the_defaults():
    assert read_settings(None, {}) == Settings() == read_settings({}, {})


def test_the_environment_comes_over_the_file():
    settings = read_settings({"session_hours": 5, "max_turns": 7}, {"STEADY_WEB_MAX_TURNS": "9"})
    assert settings.session_hours == 5.0 and settings.max_turns == 9
    assert read_settings({}, {"STEADY_SESSION_HOURS": "2"}).session_hours == 2
    assert read_settings({}, {"STEADY_WEB_MAX_TURNS": ""}) == Settings()


@pytest.mark.parametrize(
    "given",
    [
        {"max_turn": 1},
        {"max_turns": "many"},
        {"max_turns": 0},
        {"turn_timeout": -1},
        {"session_hours": None},
        {"session_hours": "nan"},
        {"session_hours": "inf"},
        {"proxies_count": -1},
    ],
)
def test_a_wrong_setting_is_named(given):
    with pytest.raises(ValueError, match=next(iter(given))):
        read_settings(given, {})


def test_the_file_that_is_served_is_good_and_opens_only_our_channels():
    credentials = YAML(typ="safe").load(places.ROOT / "rasa_project" / "credentials.yml")
    assert list(credentials) == [
        "rasa_project.channels.web.WebInput",
        "rasa_project.channels.staff.StaffInput",
    ]
    settings = read_settings(next(iter(credentials.values())), {})
    # The page waits 25 seconds for an answer; ours must come before that, and actions before ours.
    assert settings.action_timeout < settings.turn_timeout < 25
