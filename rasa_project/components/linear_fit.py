"""Fit the linear model: intents and heads from the same sentences, with probabilities to be believed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit, logsumexp

from rasa_project.components.linear_model import LinearModel
from rasa_project.components.text_features import Vocabulary, learn


@dataclass(frozen=True)
class Head:
    """A yes/no question: true for the intents in ``yes``, not asked of those in ``ignore``, else false."""

    name: str
    yes: frozenset[str]
    ignore: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Settings:
    """``c`` is the inverse strength of regularisation; ``sparse_weight`` scales the n-grams."""

    c: float = 1.0
    head_c: float = 1.0
    sparse_weight: float = 4.0
    #: How far a head leans on what the rules found, against a penalty on the square of each weight.
    clue_c: float = 1.0
    folds: int = 3
    minimum: int = 2
    seed: int = 7
    #: How much of "all intents weigh the same" goes into a sentence's weight (0: sentences weigh the same).
    balance: float = 0.5


def fit(
    texts: Sequence[str],
    vectors: np.ndarray,
    intents: Sequence[str],
    heads: Sequence[Head] = (),
    settings: Settings = Settings(),
    clues: Sequence[Collection[str]] = (),
) -> LinearModel:
    """Train on all sentences; temperature and head weights come from scores of sentences held out in turn.

    ``vectors`` are the scaled sentence vectors, shape ``[len(texts), 512]``; ``clues`` names what the rules
    found in each text. Raises ValueError for fewer than two intents.
    """
    labels = tuple(sorted(set(intents)))
    if len(labels) < 2:
        raise ValueError(f"the intent classifier needs at least two intents, got {list(labels)}")
    targets = np.array([labels.index(i) for i in intents])
    weights = _weights(targets, len(labels), settings.balance)
    usable = tuple(h for h in heads if h.yes & set(labels) and set(labels) - h.yes - h.ignore)
    vocabulary = learn(texts, settings.minimum)
    sparse = matrix(texts, vocabulary) * settings.sparse_weight
    data = (vectors.astype(np.float32), sparse)

    held_out = _held_out(data, targets, weights, labels, usable, intents, settings)
    temperature = _temperature(held_out[:, : len(labels)], targets)
    known = tuple(sorted({name for found in clues for name in found}))
    present = np.array(
        [[name in found for name in known] for found in clues] or [[]] * len(texts), dtype=float
    )
    weights_of_heads = []
    for position, head in enumerate(usable):
        answers, asked = _answers(head, intents)
        scores = held_out[:, len(labels) + position]
        weights_of_heads.append(_platt(scores[asked], present[asked], answers[asked], settings.clue_c))

    coefficients, bias = _fit_all(data, targets, weights, labels, usable, intents, settings)
    width = vectors.shape[1]
    return LinearModel(
        labels=labels,
        heads=tuple(h.name for h in usable),
        vocabulary=vocabulary,
        dense=coefficients[:width],
        sparse=coefficients[width:] * settings.sparse_weight,
        bias=bias,
        temperature=temperature,
        reliability=reliability(held_out[:, : len(labels)] / temperature, targets),
        clues=known,
        head_weights=np.array(weights_of_heads, dtype=np.float32).reshape(len(usable), len(known) + 2),
    )


def matrix(texts: Sequence[str], vocabulary: Vocabulary) -> csr_matrix:
    """tf-idf rows, shape ``[len(texts), n-grams]``."""
    rows = [vocabulary.row(text) for text in texts]
    indptr = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in rows])])
    return csr_matrix(
        (
            np.concatenate([values for _, values in rows]),
            np.concatenate([columns for columns, _ in rows]),
            indptr,
        ),
        shape=(len(texts), len(vocabulary.columns)),
        dtype=np.float32,
    )


def _weights(targets: np.ndarray, n_labels: int, balance: float) -> np.ndarray:
    counts = np.bincount(targets, minlength=n_labels)
    weights = (len(targets) / n_labels / counts[targets]) ** balance
    return np.asarray(weights / weights.mean(), dtype=np.float32)


def _answers(head: Head, intents: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    answers = np.array([float(i in head.yes) for i in intents], dtype=np.float32)
    asked = np.array([i not in head.ignore for i in intents])
    return answers, asked


def _held_out(
    data: tuple[np.ndarray, csr_matrix],
    targets: np.ndarray,
    weights: np.ndarray,
    labels: tuple[str, ...],
    heads: Sequence[Head],
    intents: Sequence[str],
    settings: Settings,
) -> np.ndarray:
    """Scores of every sentence from a model that has not seen it, shape ``[sentences, labels + heads]``."""
    dense, sparse = data
    fold_of = np.random.default_rng(settings.seed).permutation(len(targets)) % settings.folds
    scores = np.zeros((len(targets), len(labels) + len(heads)), dtype=np.float32)
    for fold in range(settings.folds):
        seen, unseen = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        coefficients, bias = _fit_all(
            (dense[seen], sparse[seen]),
            targets[seen],
            weights[seen],
            labels,
            heads,
            [intents[i] for i in seen],
            settings,
        )
        width = dense.shape[1]
        scores[unseen] = dense[unseen] @ coefficients[:width] + sparse[unseen] @ coefficients[width:] + bias
    return scores


def _fit_all(
    data: tuple[np.ndarray, csr_matrix],
    targets: np.ndarray,
    weights: np.ndarray,
    labels: tuple[str, ...],
    heads: Sequence[Head],
    intents: Sequence[str],
    settings: Settings,
) -> tuple[np.ndarray, np.ndarray]:
    one_hot = np.zeros((len(targets), len(labels)), dtype=np.float32)
    one_hot[np.arange(len(targets)), targets] = 1.0
    parts = [_softmax_regression(data, one_hot, weights, settings.c)]
    for head in heads:
        answers, asked = _answers(head, intents)
        yes = max(float(answers[asked].sum()), 1.0)
        no = max(float(asked.sum()) - yes, 1.0)
        # A rare "yes" must not be bought off by the many "no"s: half way between as-is and equal weight.
        head_weights = np.where(answers > 0, np.sqrt(no / yes), 1.0).astype(np.float32) * asked
        pair = np.stack([1 - answers, answers], axis=1)
        coefficients, bias = _softmax_regression(data, pair, head_weights, settings.head_c)
        parts.append((coefficients[:, 1:] - coefficients[:, :1], bias[1:] - bias[:1]))
    return (
        np.concatenate([p[0] for p in parts], axis=1).astype(np.float32),
        np.concatenate([p[1] for p in parts]).astype(np.float32),
    )


def _softmax_regression(
    data: tuple[np.ndarray, csr_matrix], one_hot: np.ndarray, weights: np.ndarray, c: float
) -> tuple[np.ndarray, np.ndarray]:
    """Multinomial logistic regression with an L2 penalty, as scikit-learn's, by L-BFGS.

    Written out because dense and sparse columns are multiplied apart: stacked into one sparse matrix, as
    scikit-learn needs them, the same fit takes many times as long.
    """
    dense, sparse = data
    transposed = sparse.T.tocsr()
    width, classes = dense.shape[1], one_hot.shape[1]
    features = width + sparse.shape[1]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        both = flat.astype(np.float32).reshape(features + 1, classes)
        scores = dense @ both[:width] + sparse @ both[width:features] + both[features]
        log_sum = logsumexp(scores, axis=1)
        losses = weights * (log_sum - (scores * one_hot).sum(axis=1))
        error = weights[:, None] * (np.exp(scores - log_sum[:, None]) - one_hot)
        gradient = np.empty_like(both)
        gradient[:width] = dense.T @ error
        gradient[width:features] = transposed @ error
        gradient[:features] += both[:features] / c
        gradient[features] = error.sum(axis=0)
        penalty = 0.5 / c * float((both[:features].astype(np.float64) ** 2).sum())
        return float(losses.sum(dtype=np.float64)) + penalty, gradient.astype(np.float64).ravel()

    start = np.zeros((features + 1) * classes)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200, "maxcor": 10})
    both = found.x.reshape(features + 1, classes)
    return both[:features], both[features]


def _temperature(scores: np.ndarray, targets: np.ndarray) -> float:
    """The divisor of the scores under which held-out sentences are most likely."""
    candidates = np.exp(np.linspace(np.log(0.3), np.log(4.0), 60))
    rows = np.arange(len(targets))

    def surprise(t: float) -> float:
        return float(np.mean(logsumexp(scores / t, axis=1) - scores[rows, targets] / t))

    return float(min(candidates, key=surprise))


def reliability(scores: np.ndarray, targets: np.ndarray) -> tuple[tuple[int, float, float], ...]:
    """By tenths of confidence: how many texts, their mean confidence, and the share that is right.

    ``scores`` [texts, labels] before the softmax; ``targets`` [texts] are columns. An empty tenth is zeros.
    """
    best = scores.argmax(axis=1)
    confidence = np.exp(scores.max(axis=1) - logsumexp(scores, axis=1))
    tenth = np.minimum((confidence * 10).astype(int), 9)
    rows = []
    for number in range(10):
        inside = tenth == number
        found = int(inside.sum())
        right = best[inside] == targets[inside]
        rows.append(
            (found, float(confidence[inside].mean()), float(right.mean())) if found else (0, 0.0, 0.0)
        )
    return tuple(rows)


def _platt(scores: np.ndarray, clues: np.ndarray, answers: np.ndarray, c: float) -> np.ndarray:
    """[a, b, w] that make sigmoid(a * score + b + w · clues) most likely for the held-out answers.

    The score of a sentence that was seen in training is too good to be true, so a clue's worth beside it can
    only be told from sentences held out. ``c`` is the inverse strength of the penalty on ``w``.
    """
    columns = np.column_stack([scores, np.ones(len(scores)), clues]).astype(np.float64)
    yes, no = float(answers.sum()), float(len(answers) - answers.sum())
    soft = np.where(answers > 0, (yes + 1) / (yes + 2), 1 / (no + 2))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        z = columns @ weights
        gradient = columns.T @ (expit(z) - soft)
        gradient[2:] += weights[2:] / c
        penalty = 0.5 / c * float(weights[2:] @ weights[2:])
        return float(np.sum(np.logaddexp(0, z) - soft * z)) + penalty, gradient

    start = np.zeros(columns.shape[1])
    start[0] = 1.0
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def training_heads() -> Mapping[str, Head]:
    """The heads of the served model, by name."""
    story = {"lost_money", "unauthorised", "being_pressured_now", "not_paid_yet", "for_family"}
    offer = {"recovery_offer"}
    return {
        head.name: head
        for head in (
            Head("crisis", frozenset({"crisis"})),
            # A pasted offer comes with or without the words "is this real?".
            Head("recovery_offer", frozenset(offer), frozenset({"check_offer"})),
            Head(
                "in_scope",
                frozenset(story | offer | {"check_offer", "ask_faq"}),
                # Bare answers and someone's distress are neither about a fraud nor not.
                frozenset({"inform", "crisis", "human", "change_answer"}),
            ),
        )
    }
