"""The README and the docs name only what exists: commands, settings, files, endpoints, payloads, links."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from rasa_project import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
CODE = "\n".join(
    file.read_text(encoding="utf-8")
    for folder in ("knowledge", "actions", "rasa_project", "scripts")
    for file in (ROOT / folder).rglob("*")
    if file.suffix in (".py", ".yml", ".sh")
)


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def quoted(page: Path) -> list[str]:
    """What stands in back-ticks, and the lines of code blocks."""
    body = text(page)
    blocks = re.findall(r"```[a-z]*\n(.*?)```", body, re.S) + re.findall(r"^    (.+)$", body, re.M)
    lines = [line for block in blocks for line in block.splitlines()]
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", body, flags=re.S)) + lines


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_named_exists(page: Path) -> None:
    tracked = set(
        subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    )
    for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text(page)):
        if not re.match(r"[a-z]+:", link):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"
    for name in quoted(page):
        word = name.split()[0]
        if re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?", word) and not word.startswith(("http", "application")):
            found = (ROOT / word).exists() or (ROOT / "knowledge" / word).exists()
            assert found or word in tracked or word.startswith((".tools/", ".steady/", "rasa/")), (
                f"{page.name} names {word}"
            )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    helped = subprocess.run(
        [str(ROOT / ".venv/bin/python"), "-m", "rasa_project.cli", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in quoted(page):
        for target in re.findall(r"\bmake ([a-z-]+)", name):
            assert target in targets, f"{page.name}: make {target}"
        for command in re.findall(r"(?:^|run |bin/)steady ([a-z-]+)", name):
            assert re.search(rf"\b{command}\b", helped), f"{page.name}: steady {command}"
    assert cli.main is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_setting_named_is_read_somewhere(page: Path) -> None:
    for name in quoted(page):
        for setting in re.findall(r"\b(STEADY_[A-Z_]+|ACTIONS_PORT|ACTIONS_HOST)\b", name):
            known = setting in CODE or re.fullmatch(r"STEADY_(WEB|STAFF)_[A-Z_]*", setting)
            assert known, f"{page.name}: nothing reads {setting}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_endpoint_named_is_served(page: Path) -> None:
    for path in re.findall(r"/(?:chat|staff)/[a-z/]*|\$URL(/[a-z/]+)", text(page)):
        last = path.rstrip("/").rsplit("/", 1)[-1]
        assert not last or last in CODE, f"{page.name}: nothing serves {path}"


def test_every_payload_in_the_readme_is_an_intent() -> None:
    core = yaml.safe_load((ROOT / "rasa_project/domain/core.yml").read_text(encoding="utf-8"))
    intents = {name for item in core["intents"] for name in item}
    for payload in re.findall(r'"payload":"/([a-z_]+)', text(ROOT / "README.md")):
        assert payload in intents


def test_nothing_tells_of_a_machine() -> None:
    listed = subprocess.run(
        [
            "git",
            "grep",
            "-nIE",
            r"(^|[^A-Za-z0-9_.])/(work|root|home)/",
            "--",
            ".",
            ":!uv.lock",
            ":!tests/docs",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout
    assert not listed, f"paths of one machine:\n{listed}"
