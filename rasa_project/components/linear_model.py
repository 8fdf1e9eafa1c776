"""The linear model behind the intent classifier: stored as arrays, run in numpy alone.

One matrix holds every output: a column per intent (softmax, divided by a temperature that makes its
probabilities honest) and a column per head (a yes/no question of its own, with its own sigmoid, into which
what the rules found in the text counts as well).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rasa_project.components.text_features import Vocabulary


@dataclass(frozen=True)
class LinearModel:
    """``dense`` [512, outputs], ``sparse`` [n-grams, outputs], ``bias`` [outputs]: labels, then heads.

    ``head_weights`` [heads, 2 + clues]: the weight of a head's score, a constant, the weight of every clue.
    """

    labels: tuple[str, ...]
    heads: tuple[str, ...]
    vocabulary: Vocabulary
    dense: np.ndarray
    sparse: np.ndarray
    bias: np.ndarray
    temperature: float
    clues: tuple[str, ...]
    head_weights: np.ndarray
    #: Of sentences held out in turn, by tenths of confidence: number, mean confidence, share that is right.
    reliability: tuple[tuple[int, float, float], ...] = ()

    def predict(
        self, text: str, vector: np.ndarray, clues: Collection[str] = ()
    ) -> tuple[np.ndarray, dict[str, float]]:
        """Probability of every label, in their order, and of every head.

        ``vector`` is ``[512]``, scaled; ``clues`` names what the rules found.
        """
        columns, values = self.vocabulary.row(text)
        scores = vector @ self.dense + values @ self.sparse[columns] + self.bias
        of_labels = scores[: len(self.labels)] / self.temperature
        probabilities = np.exp(of_labels - of_labels.max())
        probabilities /= probabilities.sum()
        present = np.array([1.0, *(float(name in clues) for name in self.clues)])
        of_heads = scores[len(self.labels) :] * self.head_weights[:, 0] + self.head_weights[:, 1:] @ present
        yes = 1.0 / (1.0 + np.exp(-of_heads))
        return probabilities, {name: float(p) for name, p in zip(self.heads, yes, strict=True)}

    def save(self, folder: Path) -> None:
        grams = sorted(self.vocabulary.columns, key=lambda g: self.vocabulary.columns[g])
        (folder / "model.json").write_text(
            json.dumps(
                {
                    "labels": self.labels,
                    "heads": self.heads,
                    "temperature": self.temperature,
                    "clues": self.clues,
                    "reliability": self.reliability,
                    "grams": grams,
                },
                ensure_ascii=False,
            ),
            encoding="utf-8",
        )
        np.savez_compressed(
            folder / "model.npz",
            idf=self.vocabulary.idf,
            dense=self.dense,
            sparse=self.sparse.astype(np.float16),
            bias=self.bias,
            head_weights=self.head_weights,
        )

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        names = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        with np.load(folder / "model.npz", allow_pickle=False) as arrays:
            return cls(
                labels=tuple(names["labels"]),
                heads=tuple(names["heads"]),
                vocabulary=Vocabulary({g: i for i, g in enumerate(names["grams"])}, arrays["idf"]),
                dense=arrays["dense"],
                sparse=arrays["sparse"].astype(np.float32),
                bias=arrays["bias"],
                temperature=float(names["temperature"]),
                clues=tuple(names["clues"]),
                head_weights=arrays["head_weights"],
                reliability=tuple((int(n), float(p), float(right)) for n, p, right in names["reliability"]),
            )
