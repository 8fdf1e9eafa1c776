"""Rasa tokenizer on the project's spaCy pipeline; it also leaves on the message what the rules read in it."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge import reading
from knowledge.pack import Pack
from rasa_project.components import pack_source
from rasa_project.components.payload import MAX_CHARACTERS, is_payload

#: Message property (not put out): the :class:`knowledge.reading.Reading` of the text.
READING = "rule_reading"
_PACK_FILE = "pack.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class SpacyTokens(Tokenizer):
    """Tokens, platform and channel names, and the rule reading, from one pass over the text."""

    @staticmethod
    def required_packages() -> list[str]:
        return ["spacy", "rjieba"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            **pack_source.DEFAULTS,
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, pack: Pack | None
    ) -> None:
        super().__init__(config)
        self._model_storage = model_storage
        self._resource = resource
        self._pack = pack
        self._nlp = reading.build_nlp(pack) if pack is not None else None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyTokens:
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpacyTokens:
        with model_storage.read_from(resource) as folder:
            pack = pack_source.restore((folder / _PACK_FILE).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, pack)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return pack_source.content_hash(config)

    def train(self, training_data: TrainingData) -> Resource:
        """Nothing is learned: the pack's present content becomes part of the model."""
        with self._model_storage.write_to(self._resource) as folder:
            pack = pack_source.read_files(self._config)
            (folder / _PACK_FILE).write_text(pack_source.dump(pack), encoding="utf-8")
        return self._resource

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        assert self._nlp is not None, "SpacyTokens is used before it was loaded"
        doc = self._nlp.make_doc(message.get(attribute)[:MAX_CHARACTERS])
        return _tokens(doc)

    def process(self, messages: list[Message]) -> list[Message]:
        assert self._nlp is not None and self._pack is not None, "SpacyTokens is used before it was loaded"
        for message in messages:
            text = message.get(TEXT)
            if not text or is_payload(text):
                continue
            text = text[:MAX_CHARACTERS]
            doc = self._nlp(text)
            message.set(TOKENS_NAMES[TEXT], _tokens(doc))
            message.set(READING, reading.read(text, self._pack, reading.mentions(doc)))
        return messages


def _tokens(doc: Any) -> list[Token]:
    return [Token(word.text, word.idx) for word in doc if not word.is_space] or [Token(doc.text, 0)]
