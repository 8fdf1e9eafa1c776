"""The case: the answers of one conversation, as one small frozen value.

Every field is ``None`` until it is answered. A list field that was answered with "none of these" is the
empty tuple. Questions the person chose to leave open are named in ``skipped``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

SITUATIONS = (
    "lost_money",
    "unauthorised",
    "being_pressured_now",
    "not_paid_yet",
    "recovery_offer",
    "other",
)
CHANNELS = (
    "bank_card",
    "third_party_payment",
    "point_card",
    "online_shopping",
    "cash",
    "crypto",
    "loan",
)
ELAPSED = ("under_30min", "under_24h", "days", "over_week")
EXPOSURES = ("screen_share", "remote_control", "code_given", "id_given", "password_given")
REPORTED = ("no", "called_110", "receipt")
RECOVERY = ("none", "offered", "paid")
#: What else is true of a case and changes what to do; told or pressed, never asked for.
CIRCUMSTANCES = (
    "minor",  # whose money it was is under age
    "abroad",  # is not in the region now
    "foreign_speaker",  # does not speak the region's language well
    "small_amount",  # thinks the sum is too small to report
    "hardship",  # has nothing left to live on
    "card_lent",  # lent, rented or sold an own card or account
    "account_frozen",  # an own account was frozen or restricted
    "police_declined",  # the police did not open a case
    "platform_refused",  # the bank, platform or shop turned the complaint down
    "police_contact",  # somebody who says to be of the police has called or written
    "return_offered",  # was told that money will be returned
    "still_contacted",  # the swindlers still call or write
)
FOR_WHOM = ("self", "family", "caller")
#: The languages that the dialogue is written in; a pack may speak others (dialogue.yml).
LANGUAGES = ("zh", "en")
AUDIENCES = ("victim", "staff")

#: field -> allowed values, for every field that is a choice (platforms come from the pack).
CHOICES: Mapping[str, tuple[str, ...]] = {
    "situation": SITUATIONS,
    "channels": CHANNELS,
    "elapsed": ELAPSED,
    "exposure": EXPOSURES,
    "reported": REPORTED,
    "recovery": RECOVERY,
    "for_whom": FOR_WHOM,
    "circumstances": CIRCUMSTANCES,
}
#: The same for the second loss, which no step is chosen by: it is a case of its own there (losses.py).
SECOND_CHOICES: Mapping[str, tuple[str, ...]] = {"second_channels": CHANNELS, "second_elapsed": ELAPSED}
#: Fields that hold :class:`Money`.
MONEY_FIELDS = ("amount", "second_amount")
LIST_FIELDS = ("channels", "platforms", "exposure", "circumstances", "second_channels", "second_platforms")


@dataclass(frozen=True)
class Money:
    """An amount as the person stated it. ``currency`` is an ISO 4217 code (CNY, USD ...) or a coin (USDT)."""

    value: float
    currency: str


@dataclass(frozen=True)
class Case:
    """The answers of one conversation (contract: the field names and values are read by other tools)."""

    situation: str | None = None
    channels: tuple[str, ...] | None = None
    channels_complete: bool = False
    platforms: tuple[str, ...] | None = None
    elapsed: str | None = None
    amount: Money | None = None
    exposure: tuple[str, ...] | None = None
    reported: str | None = None
    recovery: str | None = None
    for_whom: str | None = None
    circumstances: tuple[str, ...] | None = None
    # The second loss: what was paid to someone who promised the first one back (losses.py).
    second_channels: tuple[str, ...] | None = None
    second_platforms: tuple[str, ...] | None = None
    second_elapsed: str | None = None
    second_amount: Money | None = None
    language: str = "zh"
    region: str = "cn"
    audience: str = "victim"
    skipped: tuple[str, ...] = ()

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Case:
        """A case from dialogue slots. Values that no field allows are dropped: a slot may be old."""
        values: dict[str, Any] = {}
        choices = {**CHOICES, **SECOND_CHOICES}
        for name in cls.__dataclass_fields__:
            value = slots.get(name)
            if value is None or value == "":
                continue
            if name in (*LIST_FIELDS, "skipped"):
                items = tuple(dict.fromkeys(value if isinstance(value, (list, tuple)) else [value]))
                allowed = choices.get(name)
                values[name] = tuple(i for i in items if allowed is None or i in allowed)
            elif name in MONEY_FIELDS:
                try:
                    values[name] = Money(float(value["value"]), str(value["currency"]))
                except (KeyError, TypeError, ValueError):
                    continue
            elif name == "channels_complete":
                values[name] = bool(value)
            elif name not in choices or value in choices[name]:
                values[name] = value
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; the inverse of :meth:`from_slots`."""
        plain = asdict(self)
        return {k: list(v) if isinstance(v, tuple) else v for k, v in plain.items()}

    def with_(self, **changes: Any) -> Case:
        return replace(self, **changes)
