"""Rasa intent classifier: a linear model over sentence vectors and n-grams, its heads, and the FAQ match."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.offers import check_offer
from knowledge.pack import Pack
from knowledge.reading import Reading, find_clues
from rasa_project.components import pack_source
from rasa_project.components.linear_fit import Settings, fit, training_heads
from rasa_project.components.linear_model import LinearModel
from rasa_project.components.payload import MAX_CHARACTERS, is_payload
from rasa_project.components.sentence_encoder import DIMENSIONS, encode
from rasa_project.components.spacy_tokens import READING

#: Message properties (not put out): head name -> probability; the nearest FAQ as a :class:`FaqMatch`.
HEADS = "heads"
FAQ_MATCH = "faq_match"
FAQ_INTENT = "ask_faq"
_RANKING_LENGTH = 10
#: Below this probability of a side question its answer is not looked for: the wordings are 4 MB of vectors.
_ASKED = 0.001


@dataclass(frozen=True)
class FaqMatch:
    """The FAQ whose wording is nearest; ``score`` is the cosine of the two sentence vectors."""

    id: str
    score: float


@dataclass(frozen=True)
class FaqIndex:
    """Every wording of every FAQ: its FAQ's id and, in ``vectors`` [wordings, 512], its unit vector."""

    ids: tuple[str, ...]
    vectors: np.ndarray

    def nearest(self, vector: np.ndarray) -> FaqMatch | None:
        """The best match of a sentence vector of any length; None when there are no wordings."""
        if not self.ids:
            return None
        scores = self.vectors @ (vector / max(float(np.linalg.norm(vector)), 1e-9))
        best = int(scores.argmax())
        return FaqMatch(self.ids[best], float(scores[best]))

    def save(self, folder: Path) -> None:
        (folder / "faq.json").write_text(json.dumps(self.ids), encoding="utf-8")
        np.savez_compressed(folder / "faq.npz", vectors=self.vectors.astype(np.float16))

    @classmethod
    def load(cls, folder: Path) -> FaqIndex:
        ids = json.loads((folder / "faq.json").read_text(encoding="utf-8"))
        with np.load(folder / "faq.npz", allow_pickle=False) as arrays:
            return cls(tuple(ids), arrays["vectors"].astype(np.float32))


def faq_wordings(pack: Pack) -> list[tuple[str, str]]:
    """(FAQ id, sentence) for the question and every wording, in every language."""
    return [
        (faq.id, sentence)
        for faq in pack.faq.values()
        for language in pack.languages
        for sentence in dict.fromkeys((faq.question[language], *faq.wordings.get(language, ())))
    ]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SteadyIntentClassifier(IntentClassifier, GraphComponent):
    """Sets intent and ranking, and leaves the heads and the FAQ match for the case reader."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["scipy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**pack_source.DEFAULTS, **asdict(Settings())}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: LinearModel | None = None,
        faq: FaqIndex | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model
        self._faq = faq

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SteadyIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SteadyIntentClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder), FaqIndex.load(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return pack_source.content_hash(config)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the sentences of the training data, and the pack's FAQ wordings as ``ask_faq``."""
        examples = [
            e
            for e in training_data.intent_examples
            if e.get(TEXT) and e.get(INTENT) and not is_payload(e.get(TEXT))
        ]
        vectors = np.stack([_vector(e) for e in examples]) if examples else np.zeros((0, DIMENSIONS))
        scale = float(np.linalg.norm(vectors, axis=1).mean()) if len(vectors) else 1.0
        pack = pack_source.read_files(self._config)
        wordings = faq_wordings(pack)
        of_wordings = encode([w for _, w in wordings])
        texts = [e.get(TEXT) for e in examples] + [w for _, w in wordings]
        self._model = fit(
            texts,
            np.concatenate([vectors, of_wordings * scale]),
            [e.get(INTENT) for e in examples] + [FAQ_INTENT] * len(wordings),
            tuple(training_heads().values()),
            Settings(**{name: self._config[name] for name in Settings.__dataclass_fields__}),
            [find_clues(text, check_offer(text, pack)) for text in texts],
        )
        self._faq = FaqIndex(tuple(i for i, _ in wordings), of_wordings)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
            self._faq.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if not text or is_payload(text) or self._model is None:
                continue
            vector = _vector(message)
            reading = message.get(READING) or Reading()
            probabilities, heads = self._model.predict(text[:MAX_CHARACTERS], vector, reading.clues)
            ranking = _ranking(self._model.labels, probabilities)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(HEADS, heads)
            message.set(FAQ_MATCH, self._faq.nearest(vector) if self._faq and _asked(ranking) else None)
        return messages


def _ranking(labels: Sequence[str], probabilities: np.ndarray) -> list[dict[str, Any]]:
    order = np.argsort(-probabilities)[:_RANKING_LENGTH]
    return [{INTENT_NAME_KEY: labels[i], PREDICTED_CONFIDENCE_KEY: float(probabilities[i])} for i in order]


def _asked(ranking: Sequence[dict[str, Any]]) -> bool:
    """Whether the text may be a side question."""
    return any(
        each[INTENT_NAME_KEY] == FAQ_INTENT and each[PREDICTED_CONFIDENCE_KEY] >= _ASKED for each in ranking
    )


def _vector(message: Message) -> np.ndarray:
    """The scaled sentence vector, shape [512]; zeros if no featurizer saw the text."""
    _, sentence = message.get_dense_features(TEXT)
    return np.zeros(DIMENSIONS, dtype=np.float32) if sentence is None else np.asarray(sentence.features)[0]
