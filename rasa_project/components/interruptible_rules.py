"""RulePolicy in which a rule for a message goes before the open form.

Rasa lets an active form run first and tries rules only when the form's call of the action server rejected the
message. A crisis or a pressed person must be answered by the rule at once, also with the action server down.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT], is_trainable=True
)
class InterruptibleRulePolicy(RulePolicy):
    """A form is passed over for messages that have a rule of their own, until it has run again.

    Such rules name the form as their condition. In the forms of the setting ``interrupted_by_every_rule``
    rules without a condition count too, unless they call the form themselves; elsewhere any text may be an
    answer.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**RulePolicy.get_default_config(), "interrupted_by_every_rule": []}

    @property
    def interruptions(self) -> frozenset[tuple[str, str]]:
        """(form, intent) of every message that goes past a form."""
        forms = tuple(self.config.get("interrupted_by_every_rule") or ())
        return _interruptions(tuple(self.lookup.get(RULES, {}).items()), forms)

    def _find_action_from_loop_happy_path(
        self, tracker: DialogueStateTracker
    ) -> tuple[str | None, str | None]:
        if self._interrupted(tracker):
            return None, None
        return super()._find_action_from_loop_happy_path(tracker)

    def _interrupted(self, tracker: DialogueStateTracker) -> bool:
        form = tracker.active_loop_name
        if form is None or tracker.latest_message is None:
            return False
        if (form, tracker.latest_message.intent.get("name")) not in self.interruptions:
            return False
        for event in reversed(tracker.events):
            if isinstance(event, UserUttered):
                return True
            if isinstance(event, ActionExecuted) and event.action_name == form:
                # It has asked its question again; now Rasa listens.
                return False
        return False


@lru_cache(maxsize=4)
def _interruptions(rules: tuple[tuple[str, str], ...], forms: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """``rules``: (key, next action) as RulePolicy keeps them; a key is the JSON of the states before."""
    found = set()
    for key, action in rules:
        state = json.loads(key)[-1]
        intent = state.get("user", {}).get("intent")
        form = state.get("active_loop", {}).get("name")
        listening = state.get("prev_action", {}).get("action_name") == ACTION_LISTEN_NAME
        if not (intent and listening):
            continue
        if form:
            found.add((form, intent))
        elif action not in forms:
            found |= {(each, intent) for each in forms}
    return frozenset(found)
