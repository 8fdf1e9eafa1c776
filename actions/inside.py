"""The actions without a server: the executor that the action server has, called in Rasa's own process."""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException


@lru_cache(maxsize=1)
def executor() -> ActionExecutor:
    """Every action of this package, found once."""
    found = ActionExecutor()
    found.register_package("actions")
    return found


async def answer(call: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """(status, body) as the action server's ``/webhook`` would answer; what an action raises is raised.

    As over a connection, no list or dict is shared: an action may write into its slots, Rasa into the body.
    """
    tracker = {**call["tracker"], "slots": copy.deepcopy(call["tracker"]["slots"])}
    try:
        body = await executor().run({**call, "tracker": tracker})
        return 200, json.loads(json.dumps(body or {}))
    except ActionExecutionRejection as rejected:
        return 400, {"error": str(rejected), "action_name": rejected.action_name}
    except ActionNotFoundException as unknown:
        return 404, {"error": str(unknown), "action_name": unknown.action_name}
