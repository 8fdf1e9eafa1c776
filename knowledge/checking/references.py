"""What a pack must have, what must resolve, and what could never be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from knowledge.case import CHANNELS, CHOICES, LIST_FIELDS
from knowledge.checking.finding import Finding
from knowledge.pack import Pack
from knowledge.plan import STOP_PAYMENT_NEEDS


def findings(pack: Pack) -> Iterator[Finding]:
    """Every rule of this file."""
    yield from _required(pack)
    yield from _references(pack)
    yield from _reachable(pack)


def _required(pack: Pack) -> Iterator[Finding]:
    for channel in CHANNELS:
        if channel not in pack.channels:
            yield "channels", f"`{channel}` is missing; a pack has all of {', '.join(CHANNELS)}", "error"
        if not any(channel in step.when.get("channels", ()) for step in pack.steps.values()):
            yield "steps", f"no step is for the channel `{channel}`; write at least one", "error"
    for name in STOP_PAYMENT_NEEDS:
        if name not in pack.evidence:
            yield "evidence", f"`{name}` is missing; the plan asks for it before a stop-payment", "error"
    police = pack.emergency["police"]
    if not any(step.stage == "now" and police in step.contacts for step in pack.steps.values()):
        yield "steps", f"no step of stage `now` has the contact `{police}`; the police come first", "error"


def _references(pack: Pack) -> Iterator[Finding]:
    for role, contact_id in pack.emergency.items():
        yield from _known(f"emergency.{role}", (contact_id,), pack.contacts, "contacts.yml")
    for i, wrong in enumerate(pack.never_show):
        yield from _known(f"never_show[{i}].sources", wrong.sources, pack.sources, "sources.yml")
    for contact in pack.contacts.values():
        at = f"contacts[{contact.id}]"
        yield from _known(f"{at}.sources", contact.sources, pack.sources, "sources.yml")
        yield from _known(f"{at}.shared_with", contact.shared_with, pack.contacts, "contacts.yml")
    for platform in pack.platforms.values():
        if platform.contact is not None:
            field = f"platforms[{platform.id}].contact"
            yield from _known(field, (platform.contact,), pack.contacts, "contacts.yml")
    for step in pack.steps.values():
        at = f"steps[{step.id}]"
        yield from _known(f"{at}.contacts", step.contacts, pack.contacts, "contacts.yml")
        yield from _known(f"{at}.evidence", step.evidence, pack.evidence, "pack.yml evidence")
        yield from _known(f"{at}.sources", step.sources, pack.sources, "sources.yml")
        yield from _known(f"{at}.covered_by", step.covered_by, pack.steps, "steps*.yml")
        for name in ("when", "unless"):
            platforms = getattr(step, name).get("platforms", ())
            yield from _known(f"{at}.{name}.platforms", platforms, pack.platforms, "platforms.yml")
    for flag in pack.red_flags.values():
        yield from _known(f"red_flags[{flag.id}].sources", flag.sources, pack.sources, "sources.yml")
    for faq in pack.faq.values():
        yield from _known(f"faq[{faq.id}].sources", faq.sources, pack.sources, "sources.yml")
        yield from _known(f"faq[{faq.id}].contacts", faq.contacts, pack.contacts, "contacts.yml")


def _known(field: str, ids: Iterable[str], among: Mapping[str, object], file: str) -> Iterator[Finding]:
    for i, id_ in enumerate(ids):
        if id_ not in among:
            # Several ids are a list in the file; one is a plain field.
            where = f"{field}[{i}]" if not field.endswith(".contact") and "emergency." not in field else field
            yield where, f"`{id_}` is not in {file}; correct it or add it there", "error"


def _reachable(pack: Pack) -> Iterator[Finding]:
    for step in pack.steps.values():
        for name, wanted in step.when.items():
            if set(wanted) <= set(step.unless.get(name, ())):
                field = f"steps[{step.id}].unless.{name}"
                yield field, "excludes everything `when` asks for: this step is never shown", "error"
            if name in CHOICES and set(wanted) == set(CHOICES[name]) and name not in LIST_FIELDS:
                field = f"steps[{step.id}].when.{name}"
                yield (
                    field,
                    "lists every value, yet hides the step until it is answered; leave it out",
                    "warning",
                )
