"""The commands that are named exist, answer at once, and the set-up says what is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from rasa_project import places
from rasa_project.cli import COMMANDS

HEAVY = ("rasa", "rasa_sdk", "tensorflow", "spacy", "sklearn")


def run(*command: str, **more: object) -> subprocess.CompletedProcess[str]:
    options = {"cwd": places.ROOT, "capture_output": True, "text": True, "timeout": 60, **more}
    return subprocess.run(command, **options)  # type: ignore[call-overload]


def test_help_lists_every_command() -> None:
    said = run(sys.executable, "-m", "rasa_project.cli", "--help")
    assert said.returncode == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", said.stdout, re.MULTILINE), name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_tells_about_itself(name: str) -> None:
    said = run(sys.executable, "-m", "rasa_project.cli", name, "--help")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("usage:")


def test_an_unknown_command_is_refused() -> None:
    assert run(sys.executable, "-m", "rasa_project.cli", "fly").returncode == 2


@pytest.mark.parametrize("command", [["check"], ["build"], ["train", "--dry-run"], ["--help"]])
def test_light_commands_load_nothing_heavy(command: list[str], own_home: Path) -> None:
    program = f"""
import sys
from rasa_project.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
loaded = [name for name in {HEAVY!r} if name in sys.modules]
sys.exit(repr(loaded) if loaded else 0)
"""
    said = run(sys.executable, "-c", program, *command)
    assert said.returncode == 0, said.stderr


def make_targets() -> set[str]:
    text = (places.ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert phony
    return set(phony.group(1).split())


def test_make_help_lists_every_target_and_no_other() -> None:
    said = run("make", "help").stdout
    assert set(re.findall(r"^  make ([a-z-]+)", said, re.MULTILINE)) == make_targets()
    assert run("make").stdout == said, "help is what make does without a target"


def test_make_calls_only_commands_that_exist() -> None:
    text = (places.ROOT / "Makefile").read_text()
    assert set(re.findall(r"\$\(STEADY\) (\w+)", text)) <= set(COMMANDS)
    for script in re.findall(r"scripts/[\w.-]+", text):
        assert os.access(places.ROOT / script, os.X_OK), script


def test_ci_runs_make_test_and_nothing_else() -> None:
    lines = (places.ROOT / ".ci" / "run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec make test"]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of the repository's set-up without .venv and .tools."""
    for name in ("scripts", "pyproject.toml", "uv.lock", ".python-version"):
        source = places.ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return tmp_path


def put_first_on_path(folder: Path, name: str, script: str) -> dict[str, str]:
    folder.mkdir()
    (folder / name).write_text("#!/bin/sh\n" + script)
    (folder / name).chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


@pytest.mark.parametrize("machine", ["Darwin arm64", "Linux aarch64"])
def test_an_unsupported_machine_is_sent_to_docker(bare: Path, machine: str) -> None:
    system, kind = machine.split()
    env = put_first_on_path(bare / "bin", "uname", f'[ "$1" = -s ] && echo {system} || echo {kind}\n')
    said = run("scripts/bootstrap.sh", cwd=bare, env=env)
    assert said.returncode == 1
    assert "docker compose up" in said.stderr
    assert not (bare / ".tools").exists()


def test_a_python_that_does_not_fit_is_named(bare: Path) -> None:
    uv = shutil.which("uv", path=f"{places.ROOT / '.tools/uv/bin'}:{os.environ['PATH']}")
    assert uv
    said = run("scripts/bootstrap.sh", cwd=bare, env={**os.environ, "UV": uv, "UV_PYTHON": "/bin/false"})
    assert said.returncode == 1
    assert "/bin/false" in said.stderr and "3.11" in said.stderr


def test_the_containers_are_hardened_and_only_rasa_is_published() -> None:
    services = YAML(typ="safe").load((places.ROOT / "docker-compose.yml").read_text())["services"]
    assert set(services) == {"rasa", "actions"}
    for name, service in services.items():
        assert service["read_only"] and service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
    assert "ports" not in services["actions"] and services["actions"]["networks"] == ["inside"]
    assert services["rasa"]["ports"] == ["${BIND:-127.0.0.1}:${PORT:-5005}:5005"]
    dockerfile = (places.ROOT / "Dockerfile").read_text()
    for image in re.split(r"^FROM user AS ", dockerfile, flags=re.MULTILINE)[1:]:
        assert "USER steady" in image and "HEALTHCHECK" in image, image.split()[0]


def test_every_package_has_a_licence_that_is_known_to_fit() -> None:
    said = run(sys.executable, "scripts/licences.py", "--check")
    assert said.returncode == 0, said.stderr
