"""The API is as it is described: every route is in the description, made-up requests find no difference."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import requests

from rasa_project import places
from tests.chat import TIMEOUT, Chat
from tests.servers import Running

SCHEMATHESIS = "schemathesis==4.32.5"
#: For each call.
EXAMPLES = 150
#: Without these the conversation would be gone, or the answer is no JSON.
EXCLUDED = ("deleteSession",)
#: What is not below /chat.
OUTSIDE = ("/health", "/ready")
ROUTE = re.compile(r'add_route\(\s*\w[\w.]*,\s*"([^"]+)",\s*(\[[^\]]*\]|read)')


def served() -> set[tuple[str, str]]:
    """(method, path) of each route that the web channel adds."""
    code = (places.ROOT / "rasa_project" / "channels" / "web.py").read_text(encoding="utf-8")
    found = set()
    for path, methods in ROUTE.findall(code):
        path = path if path in OUTSIDE else f"/chat{path}"
        for method in ("get",) if methods == "read" else re.findall(r'"(\w+)"', methods.lower()):
            found.add((method, re.sub(r"<\w+:\w+>", "{}", path)))
    return found


def test_every_route_is_described(server: Running) -> None:
    described = requests.get(f"{server.url}/chat/openapi.json", timeout=TIMEOUT).json()
    assert described == json.loads((places.ROOT / "rasa_project/channels/openapi.json").read_text("utf-8"))
    paths = {(m, re.sub(r"\{\w+\}", "{}", p)) for p, calls in described["paths"].items() for m in calls}
    assert served() == paths
    assert len(paths) > 15


def uvx() -> Path | None:
    own = places.ROOT / ".tools" / "uv" / "bin" / "uvx"
    found = own if own.exists() else shutil.which("uvx")
    return Path(found) if found else None


@pytest.mark.timeout(1800)
def test_made_up_requests_find_no_difference(server: Running, whole: bool, tmp_path: Path) -> None:
    if not whole:
        pytest.skip("minutes long: make fuzz")
    tool = uvx()
    assert tool is not None, "uv is not there: make setup"
    chat = Chat(server.url, "en").open()
    result = subprocess.run(
        [
            *(str(tool), "--from", SCHEMATHESIS, "schemathesis", "run", f"{server.url}/chat/openapi.json"),
            *(
                "-H",
                f"Authorization: Bearer {chat.token}",
                "--max-examples",
                str(EXAMPLES),
                "--seed",
                "20261123",
            ),
            *(
                "--checks",
                "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
            ),
            *(part for name in EXCLUDED for part in ("--exclude-operation-id", name)),
        ],
        cwd=tmp_path,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    print(result.stdout[-2500:])
    assert result.returncode == 0, result.stdout[-8000:] + result.stderr[-2000:]
