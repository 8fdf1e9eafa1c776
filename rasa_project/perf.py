"""Shortcuts inside Rasa 3.6.21, where most of the time of a turn goes. Only for that very version.

Rasa checks the JSON schema of what an action returns, and the schema itself, at every call: more than half of
a turn with an action. It walks all subclasses of Event for every stored event it reads. And it lets Dask plan
its few steps anew for every message and prediction, after writing all their inputs into a line of the log. Of
every message it copies what was understood, for a line of the log that is not written, and makes an empty
domain to see whether its own is empty.
"""

from __future__ import annotations

import functools
import logging
from graphlib import TopologicalSorter
from typing import Any

import rasa
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

VERSION = "3.6.21"

logger = logging.getLogger(__name__)


def apply() -> bool:
    """Put the shortcuts in place, once. False, with a word in the log, for another version of Rasa."""
    if rasa.__version__ != VERSION:
        logger.warning("Rasa is %s, not %s: it runs without our shortcuts.", rasa.__version__, VERSION)
        return False
    if not getattr(RemoteAction._validate_action_result, "cached", False):
        RemoteAction._validate_action_result = _schema_check()
        Event.resolve_by_type = staticmethod(_event_class_lookup())
        DaskGraphRunner.run = _run_in_order
        MessageProcessor.parse_message = _parse(MessageProcessor.parse_message)
    return True


def _parse(theirs: Any) -> Any:
    """Rasa's own parsing without what it does for its log; whatever the domain lacks, it tells itself."""

    async def parse_message(
        self: MessageProcessor,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        if self.http_interpreter:
            return dict(await theirs(self, message, tracker, only_output_properties))
        if tracker is None:
            tracker = DialogueStateTracker.from_events(message.sender_id, [])
        parsed = self._parse_message_with_graph(message, tracker, only_output_properties)
        self._update_full_retrieval_intent(parsed)
        intent, domain = parsed["intent"]["name"], self.domain
        known = domain.entity_properties.entities
        if (intent and intent not in domain.intent_properties) or any(
            found["entity"] not in known for found in parsed["entities"] or ()
        ):
            self._check_for_unseen_features(parsed)
        return parsed

    return parse_message


def _schema_check() -> Any:
    """Rasa's own check with a validator that is made once; same result, same error."""
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
        if getattr(self.action_endpoint, "trusted", False):
            return True
        try:
            validator.validate(result)
        except ValidationError as error:
            error.message += (
                ". Failed to validate Action server response from API, make sure your response from the "
                "Action endpoint is valid. The format is described in Rasa's documentation of custom actions."
            )
            raise
        return True

    validate_action_result.cached = True  # type: ignore[attr-defined]
    return validate_action_result


def _event_class_lookup() -> Any:
    return functools.lru_cache(maxsize=256)(Event.resolve_by_type)


def _run_in_order(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """Rasa's own run without Dask: each step after those it needs, in an order that is found once."""
    wanted = tuple(targets or self._graph_schema.target_names)
    orders = self.__dict__.setdefault("_orders", {})
    if wanted not in orders:
        orders[wanted] = _order(self, wanted)
    done: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name, needs in orders[wanted]:
            done[name] = self._instantiated_nodes[name](*(done.get(each, each) for each in needs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(done[name] for name in wanted)


def _order(runner: DaskGraphRunner, wanted: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """(step, the steps and inputs it needs) for all that ``wanted`` needs, each after what it needs."""
    steps = runner._graph_schema.minimal_graph_schema(list(wanted)).nodes
    needs = {name: tuple(step.needs.values()) for name, step in steps.items()}
    sorter = TopologicalSorter({name: [each for each in its if each in needs] for name, its in needs.items()})
    return [(name, needs[name]) for name in sorter.static_order()]
