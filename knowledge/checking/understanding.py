"""What a pack gives to understanding: patterns that compile, words that lead to one thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from knowledge.checking.finding import Finding
from knowledge.pack import Pack, Texts


def findings(pack: Pack) -> Iterator[Finding]:
    """Every rule of this file."""
    yield from _patterns(pack)
    yield from _ambiguous(pack)


def _patterns(pack: Pack) -> Iterator[Finding]:
    for flag in pack.red_flags.values():
        for language, patterns in flag.patterns.items():
            for i, pattern in enumerate(patterns):
                field = f"red_flags[{flag.id}].patterns.{language}[{i}]"
                try:
                    if re.compile(pattern, re.IGNORECASE).search(""):
                        yield (
                            field,
                            "matches an empty text, so it matches everything; make it narrower",
                            "error",
                        )
                except re.error as error:
                    yield field, f"is no regular expression: {error}", "error"


def _ambiguous(pack: Pack) -> Iterator[Finding]:
    """A word must lead to one platform, and a question to one answer."""
    aliases = {id_: platform.aliases for id_, platform in pack.platforms.items()}
    yield from _twice("platforms", "aliases", aliases)
    yield from _twice("faq", "wordings", {id_: faq.wordings for id_, faq in pack.faq.items()})
    yield from _twice("channels", "cues", {id_: channel.cues for id_, channel in pack.channels.items()})


def _twice(kind: str, name: str, by_id: Mapping[str, Texts]) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for id_, texts in by_id.items():
        for language, words in texts.items():
            for i, word in enumerate(words):
                owner = owners.setdefault(unicodedata.normalize("NFKC", word).casefold(), id_)
                if owner != id_:
                    field = f"{kind}[{id_}].{name}.{language}[{i}]"
                    yield field, f"`{word}` also stands for `{owner}`; keep it in one", "error"
