"""Names of platforms and ways of payment in a text: the spaCy pipeline that finds them, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.pack import Pack

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Mention:
    """A name found in a text. ``kind`` is "platform" or "channel", ``id`` the pack's id, offsets in characters."""

    kind: str
    id: str
    start: int
    end: int


def build_nlp(pack: Pack) -> Language:
    """A spaCy pipeline for Chinese and English whose entities are the names the pack knows."""
    import spacy

    nlp = spacy.blank("zh")
    return nlp


def mentions(doc: Doc) -> tuple[Mention, ...]:
    """The platforms and channels named in ``doc``, in order of appearance."""
    return tuple(Mention(ent.label_, ent.id_ or ent.ent_id_, ent.start_char, ent.end_char) for ent in doc.ents)
