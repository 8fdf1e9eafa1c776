"""Names of platforms and ways of payment in a text: the spaCy pipeline that finds them, and what it found.

The pipeline is a blank Chinese one with a tokenizer of its own: jieba cuts the text, names of the pack become one
token each and an entity, whatever jieba makes of their surroundings.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from knowledge.pack import Pack
from knowledge.reading.normalise import normalise

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_RUN = re.compile(r"([\u3400-\u9fff]+)")
_WORD = re.compile(r"[a-z0-9]")
_PIECE = re.compile(r"\s+|[a-z]+(?:'[a-z]+)?|[\d.,]*\d|.", re.DOTALL)
_COMPLEMENTS = tuple("给到了在上过里")
# Which way a name is used is for channels.py to see from the words around it.
_PREPOSITION = re.compile(r"(?:by|via|through|with|paid on|sent by) ")
#: What may stand around a title that is the whole text.
_AROUND_TITLE = " \t\r\n,。.!;、"


@dataclass(frozen=True)
class Mention:
    """A name found in a text. ``kind`` is "platform" or "channel", ``id`` the pack's id, offsets in characters."""

    kind: str
    id: str
    start: int
    end: int


class Names:
    """The names of a pack, normalised, found longest first. ``names``: written form -> (kind, id).

    ``titles`` are found too, but only where one is the whole text: in a story they are words like any other
    (Gate, LINE, 快递).
    """

    def __init__(
        self,
        names: Mapping[str, tuple[str, str]],
        titles: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    ) -> None:
        self.names = {normalise(name): target for name, target in names.items()}
        self._titles = {normalise(title): target for title, target in titles.items()}
        self._by_first: dict[str, list[str]] = {}
        for name in sorted(self.names, key=len, reverse=True):
            self._by_first.setdefault(name[0], []).append(name)

    def find(self, folded: str, cuts: frozenset[int]) -> Iterator[tuple[int, int, tuple[str, str]]]:
        """(start, end, what is named) in normalised text, left to right, without overlap.

        ``cuts``: where words begin and end. A name of two Chinese characters must not split a word
        (中行 in 其中行为), a Latin name must not be part of a longer one.
        """
        title = folded.strip(_AROUND_TITLE)
        if title in self._titles:
            at = folded.index(title)
            yield at, at + len(title), self._titles[title]
            return
        at = 0
        while at < len(folded):
            step = 1
            for name in self._by_first.get(folded[at], ()):
                if folded.startswith(name, at):
                    end = _end(folded, at, name, cuts)
                    if end is not None:
                        yield at, end, self.names[name]
                        step = end - at
                        break
            at += step


def _end(folded: str, start: int, name: str, cuts: frozenset[int]) -> int | None:
    """Where the name at ``start`` ends (with an English plural s), or None when it is part of something else."""
    end = start + len(name)
    if (
        _WORD.match(name[0])
        and start
        and _WORD.match(folded[start - 1])
        and (name[0].isdigit() == folded[start - 1].isdigit())
    ):
        return None
    if _WORD.match(name[-1]):
        if (
            folded[end : end + 1] == "s"
            and len(name) > 3
            and not _WORD.match(folded[end + 1 : end + 2] or " ")
        ):
            end += 1
        following = folded[end : end + 1]
        # usdt3000, but not usdtx; 1688 but not 16880.
        if (
            following
            and _WORD.match(following)
            and (following.isdigit() == name[-1].isdigit() or len(name) < 4)
        ):
            return None
    # 送给, 贷给 are words of the dictionary too: 闪送给他 still names 闪送.
    whole = start in cuts and (end in cuts or folded[end : end + 1] in _COMPLEMENTS)
    if len(name) == 2 and all(_HAN.match(c) for c in name) and not whole:
        return None
    return end


def pack_names(pack: Pack) -> dict[str, tuple[str, str]]:
    """Every alias and cue of ``pack``. A platform's alias wins over a channel's cue of the same words."""
    names: dict[str, tuple[str, str]] = {}
    for channel in pack.channels.values():
        names.update((cue, ("channel", channel.id)) for cues in channel.cues.values() for cue in cues)
    for platform in pack.platforms.values():
        names.update(
            (alias, ("platform", platform.id)) for aliases in platform.aliases.values() for alias in aliases
        )
    return {name: target for name, target in names.items() if not _PREPOSITION.match(name)}


def pack_titles(pack: Pack) -> dict[str, tuple[str, str]]:
    """What the platforms of ``pack`` are called on a screen, where that is none of their aliases."""
    aliases = {normalise(name) for name in pack_names(pack)}
    return {
        title: ("platform", platform.id)
        for platform in pack.platforms.values()
        for title in platform.name.values()
        if normalise(title) not in aliases
    }


def cut(folded: str) -> Iterator[str]:
    """The pieces of normalised text, joined they are it: Chinese words of jieba's dictionary, no guessed ones."""
    import rjieba

    for run in _HAN_RUN.split(folded):
        if not run:
            continue
        if _HAN.match(run):
            yield from rjieba.cut(run, False)
        else:
            yield from _PIECE.findall(run)


class PackTokenizer:
    """spaCy tokenizer: jieba's words, except that a name of the pack is one token and an entity."""

    def __init__(self, vocab: Any, names: Names) -> None:
        self.vocab = vocab
        self.names = names

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc, Span

        folded = normalise(text)
        pieces = list(cut(folded))
        ends, at = [], 0
        for piece in pieces:
            at += len(piece)
            ends.append(at)
        found = list(self.names.find(folded, frozenset([0, *ends])))
        inside = {i for start, end, _ in found for i in range(start + 1, end)}
        borders = sorted({0, *ends, *(i for s, e, _ in found for i in (s, e))} - inside)
        named = {start: target for start, _, target in found}
        words: list[str] = []
        spaces: list[bool] = []
        starts: list[int] = []
        for start, end in itertools.pairwise(borders):
            if text[start:end] == " " and words and not spaces[-1]:
                spaces[-1] = True
                continue
            words.append(text[start:end])
            spaces.append(False)
            starts.append(start)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        entities = []
        for token, start in zip(doc, starts, strict=False):
            if start in named:
                kind, id_ = named[start]
                # Set here: an entity ruler would look for what has just been found, at half the cost of all this.
                entities.append(Span(doc, token.i, token.i + 1, label=kind, span_id=id_))
        if entities:
            doc.set_ents(entities)
        return doc

    # spaCy asks a tokenizer to write itself; this one is made from the pack again.
    def to_disk(self, path: Any, **_: Any) -> None: ...

    def from_disk(self, path: Any, **_: Any) -> PackTokenizer:
        return self

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> PackTokenizer:
        return self


def build_nlp(pack: Pack) -> Language:
    """A spaCy pipeline for Chinese and English whose entities are the names the pack knows.

    Entity label: "platform" or "channel"; entity id: the pack's id. About a second; make it once per process.
    """
    import spacy

    names = Names(pack_names(pack), pack_titles(pack))
    nlp = spacy.blank("zh")
    nlp.tokenizer = PackTokenizer(nlp.vocab, names)
    return nlp


def mentions(doc: Doc) -> tuple[Mention, ...]:
    """The platforms and channels named in ``doc``, in order of appearance."""
    return tuple(Mention(ent.label_, ent.ent_id_, ent.start_char, ent.end_char) for ent in doc.ents)
