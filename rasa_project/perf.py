"""Two caches inside Rasa 3.6.21, where most of the time of a turn goes. Only for that very version.

Rasa checks the JSON schema of what an action returns, and the schema itself, at every call: more than half of
a turn with an action. And it walks all subclasses of Event for every stored event it reads.
"""

from __future__ import annotations

import functools
import logging
from typing import Any

import rasa
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event

VERSION = "3.6.21"

logger = logging.getLogger(__name__)


def apply() -> bool:
    """Put the caches in place, once. False, with a word in the log, when this is another version of Rasa."""
    if rasa.__version__ != VERSION:
        logger.warning("Rasa is %s, not %s: it runs without our caches.", rasa.__version__, VERSION)
        return False
    if not getattr(RemoteAction._validate_action_result, "cached", False):
        RemoteAction._validate_action_result = _schema_check()
        Event.resolve_by_type = staticmethod(_event_class_lookup())
    return True


def _schema_check() -> Any:
    """Rasa's own check with a validator that is made once; same result, same error."""
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
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
