"""The settings of one hotline: its name, number, hours, dispositions and lines, from one YAML file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.load import PackError, Problem, load_file, place_of
from knowledge.pack import Pack, Text

#: The file that is used where ``STEADY_HOTLINE`` names no other. It has no number.
DEFAULT = Path(__file__).parent / "hotline.yml"
#: The languages of that file. A region with another starts with it all the same, and reads the last of these.
WRITTEN_IN = ("zh", "en")


@dataclass(frozen=True)
class Hotline:
    """What the file says. ``dispositions`` and ``lines``: id -> text."""

    name: Text
    dispositions: Mapping[str, Text]
    lines: Mapping[str, Text]
    phone: str | None = None
    hours: Text | None = None

    def to_dict(self) -> dict[str, Any]:
        """As the console reads it: lists of ``{"id", <language>: text}``."""
        return {
            "name": self.name,
            "phone": self.phone,
            "hours": self.hours,
            "dispositions": [{"id": i, **text} for i, text in self.dispositions.items()],
            "lines": [{"id": i, **text} for i, text in self.lines.items()],
        }

    def reach(self) -> dict[str, Any]:
        """Where a person finds it: ``phone`` and ``hours``, as far as they are set."""
        known = {"phone": self.phone, "hours": self.hours if self.phone else None}
        return {name: value for name, value in known.items() if value}

    def contact(self, language: str) -> dict[str, Any] | None:
        """The hotline as a contact of a card; None while its number is not set."""
        if not self.phone:
            return None
        contact = {"id": "hotline", "kind": "advice", "name": self.name[language], "phone": self.phone}
        return {**contact, "hours": self.hours[language]} if self.hours else contact


def path() -> Path:
    """The file: ``STEADY_HOTLINE``, else the one that comes with us."""
    return Path(os.environ.get("STEADY_HOTLINE") or DEFAULT)


def load(file: Path, pack: Pack) -> Hotline:
    """The hotline of ``file``, in the pack's languages. Raises :class:`knowledge.load.PackError`.

    A hotline's own file has every text in every language of the pack.
    """
    own = file != DEFAULT
    value, places = load_file(file, "hotline", pack.languages if own else WRITTEN_IN)

    def text(written: Text) -> Text:
        if own:
            return written
        return {each: written.get(each, written[WRITTEN_IN[-1]]) for each in pack.languages}

    problems = []
    for kind in ("dispositions", "lines"):
        ids = [item["id"] for item in value.get(kind, ())]
        for double in {i for i in ids if ids.count(i) > 1}:
            field = f"{kind}[{double}]"
            message = "the id is used twice; give one of the two another id"
            problems.append(Problem(file.name, place_of(field, places).line, field, message))
    phone = value.get("phone")
    wrong = {_digits(number.number) for number in pack.never_show}
    if phone and _digits(phone) in wrong:
        message = f"{phone} is in the pack's never_show: it is known to be wrong or misused"
        problems.append(Problem(file.name, place_of("phone", places).line, "phone", message))
    if problems:
        raise PackError(problems)
    return Hotline(
        name=text(value["name"]),
        dispositions={item["id"]: text(item["name"]) for item in value["dispositions"]},
        lines={item["id"]: text(item["text"]) for item in value.get("lines", ())},
        phone=phone,
        hours=value.get("hours"),
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
