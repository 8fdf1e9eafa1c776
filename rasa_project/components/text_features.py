"""Character n-grams of a text in either script, as sparse tf-idf rows: one half of the classifier's input."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

_PIECES = re.compile(r"[a-z']+|0+|[^\W\da-z_]+|[?!。,]")
_DIGITS = re.compile(r"\d")


def fold(text: str) -> str:
    """Full-width forms, case and the particular digits taken away: what is left is the wording."""
    return _DIGITS.sub("0", unicodedata.normalize("NFKC", text).lower())


def grams(text: str) -> list[str]:
    """Latin words with their character 3- to 5-grams and word pairs; 1- to 4-grams of all other letters."""
    found: list[str] = []
    previous = ""
    for piece in _PIECES.findall(fold(text)):
        if piece[0].isascii() and piece[0].isalpha():
            padded = f" {piece} "
            found.append(padded)
            found += [
                padded[i : i + n] for n in (3, 4, 5) for i in range(len(padded) - n + 1) if n < len(padded)
            ]
            if previous:
                found.append(f"{previous} {piece}")
            previous = piece
        elif piece[0] in "0?!。,":
            found.append(piece[:4])
            previous = ""
        else:
            found += [piece[i : i + n] for n in (1, 2, 3, 4) for i in range(len(piece) - n + 1)]
            previous = ""
    return found


@dataclass(frozen=True)
class Vocabulary:
    """n-gram -> column, and each column's inverse document frequency, shape ``[len(columns)]``."""

    columns: Mapping[str, int]
    idf: np.ndarray

    def row(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """(columns, values) of the text's tf-idf vector, scaled to length 1. Empty if nothing is known."""
        counts = Counter(map(self.columns.get, grams(text)))
        counts.pop(None, None)
        columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        tf = 1.0 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
        values = tf * self.idf[columns]
        length = float(np.sqrt(values @ values))
        return columns, (values / length if length else values).astype(np.float32)


def learn(texts: Iterable[str], minimum: int = 2) -> Vocabulary:
    """The n-grams that occur in at least ``minimum`` of the texts."""
    seen: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        seen.update(set(grams(text)))
    kept = sorted(g for g, n in seen.items() if n >= minimum)
    idf = np.array([math.log((1 + total) / (1 + seen[g])) + 1 for g in kept], dtype=np.float32)
    return Vocabulary({g: i for i, g in enumerate(kept)}, idf)
