"""RulePolicy in which a rule for a message inside a form goes before the form.

Rasa lets an active form run first and tries rules only when the form's call of the action server rejected the
message. A crisis or a pressed person must be answered by the rule at once, also with the action server down.
"""

from __future__ import annotations

import json
from functools import lru_cache

from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT], is_trainable=True
)
class InterruptibleRulePolicy(RulePolicy):
    """A form is passed over for messages that have a rule of their own inside it, until it has run again."""

    @property
    def interruptions(self) -> frozenset[tuple[str, str]]:
        """(form, intent) of every rule that begins with a message inside a form."""
        return _interruptions(tuple(self.lookup.get(RULES, ())))

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
def _interruptions(rule_keys: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    found = set()
    for key in rule_keys:
        state = json.loads(key)[-1]
        intent = state.get("user", {}).get("intent")
        form = state.get("active_loop", {}).get("name")
        listening = state.get("prev_action", {}).get("action_name") == ACTION_LISTEN_NAME
        if intent and form and listening:
            found.add((form, intent))
    return frozenset(found)
