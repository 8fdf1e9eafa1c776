"""Deleting what is too old from a command, beside the servers: the conversations are in Rasa's own store."""

from __future__ import annotations

from typing import Any

import yaml  # type: ignore[import-untyped,unused-ignore]
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain

from rasa_project import places
from rasa_project.channels import stores, tokens
from rasa_project.staff import retention
from rasa_project.staff.database import Database
from rasa_project.staff.settings import read_settings

FILES = places.ROOT / "rasa_project"


async def purge(database: Database) -> dict[str, int]:
    """What :func:`retention.purge` deletes, with the conversations in the store of endpoints.yml."""
    endpoints = AvailableEndpoints.read_endpoints(str(FILES / "endpoints.yml"))
    store = TrackerStore.create(endpoints.tracker_store, Domain.empty())

    async def end(session: bytes) -> None:
        await stores.delete(store, tokens.conversation_id(session))

    return await retention.purge(database, read_settings(_credentials()), end)


def _credentials() -> dict[str, Any]:
    written = yaml.safe_load((FILES / "credentials.yml").read_text(encoding="utf-8"))
    return dict(written["rasa_project.channels.staff.StaffInput"])
