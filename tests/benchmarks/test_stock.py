"""The default project that is compared with: Rasa's own configuration, and stories for TEDPolicy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from benchmarks import stock
from rasa_project import places


def test_the_configuration_is_the_one_rasa_ships() -> None:
    settings = yaml.safe_load(stock.config(quick=False))
    parts = [part["name"] for part in (*settings["pipeline"], *settings["policies"])]
    assert {"DIETClassifier", "TEDPolicy", "RulePolicy"} <= set(parts)
    assert not [name for name in parts if "rasa_project" in name]


def test_quick_changes_the_epochs_alone() -> None:
    slow, quick = (yaml.safe_load(stock.config(each)) for each in (False, True))
    for room in ("pipeline", "policies"):
        for one, other in zip(slow[room], quick[room], strict=True):
            assert {**one, "epochs": 0} == {**other, "epochs": 0}
            assert other.get("epochs", 0) <= stock.QUICK_EPOCHS
    assert stock.inputs_hash(True) != stock.inputs_hash(False)


def test_stories_are_made_of_the_rules_as_they_are() -> None:
    made = stock.stories(stock.rules())
    assert len(made) == stock.STORIES
    written = [step for rule in stock.rules() for step in rule["steps"]]
    for story in made:
        intents = [step["intent"] for step in story["steps"] if "intent" in step]
        assert intents[0] == "open_session" and intents[-1] == "goodbye" and len(intents) == 4
        for step in story["steps"]:
            assert step in written
    assert len({story["steps"][4]["intent"] for story in made}) == stock.STORIES


def test_the_project_trains_on_our_data_and_the_stories(tmp_path: Path) -> None:
    stock.write_project(tmp_path, quick=True)
    stories = (tmp_path / "stories.yml").read_text(encoding="utf-8")
    assert "&" not in stories and "*" not in stories  # Rasa reads no anchors
    command = stock.train_command(tmp_path, tmp_path / "out", "x")
    assert "rasa_project/config.yml" not in command
    for part in (
        "rasa_project/data",
        "rasa_project/domain",
        tmp_path / "config.yml",
        tmp_path / "stories.yml",
    ):
        assert str(part) in command


def test_rasas_own_rule_policy_takes_the_stories_and_the_rules(tmp_path: Path) -> None:
    stock.write_project(tmp_path, quick=True)
    config = {
        "recipe": "default.v1",
        "assistant_id": "x",
        "language": "zh",
        "policies": [{"name": "RulePolicy"}],
    }
    (tmp_path / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    data = tmp_path / "data"
    shutil.copytree(places.ROOT / "rasa_project/data", data)
    shutil.copy(tmp_path / "stories.yml", data)
    command = [sys.executable, "-m", "rasa", "train", "core", "--config", str(tmp_path / "config.yml")]
    command += ["--domain", "rasa_project/domain", "--stories", str(data), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=places.ROOT, env=places.child_env(), capture_output=True, text=True)
    assert "Contradicting" not in done.stderr + done.stdout, done.stderr[-2000:]
    assert done.returncode == 0, done.stderr[-2000:]
