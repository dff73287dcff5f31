"""Adapt the sentence encoder to this field, once, and write `stillnight/nlu/adapter/adapter.npz`.

Low-rank adaptation (Hu et al. 2021): the registry's weights stay as they are; beside every matrix stands a narrow one
that is trained, so that the artefact is 1 MB and the sum of both costs nothing at run time. Two heads are trained with
it, from a logistic regression each: which danger, if any; and which topic or task. The heads are thrown away:
`stillnight train` fits its own classifiers on the adapted vectors, so that new examples count without this.

It goes on from the adaptation that is there; `--anew` begins from the registry's weights alone, with twice the epochs.
Half an hour on two cores. Usage: .venv/bin/python scripts/adapt_encoder.py; then put the sha256 that it prints into
`stillnight/nlu/weights.py`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
from sklearn.linear_model import LogisticRegression

from stillnight.content.responses import read_all
from stillnight.language.spelling import Speller
from stillnight.language.text import normalized
from stillnight.nlu.encoder import SentenceEncoder
from stillnight.nlu.labels import RED_FLAG, base
from stillnight.nlu.weights import ADAPTER, DIMENSION, HEADS, LAYERS, RANK_SCALE, Vectors, read_weights
from stillnight.paths import DATA, KNOWLEDGE, PROJECT

RANK = 16
EPOCHS = 2
LEARNING_RATE = 4e-4
WARM_UP = 0.06
BATCH = 32
# Batches of like length are made within this many batches.
BUCKET = 40
TOKENS_MAX = 96
DROPOUT = 0.1
SEED = 0
MATRICES = [f"{layer}.{part}" for layer in range(LAYERS) for part in ("qkv", "attention", "wide", "narrow")]
NORMS = [f"{layer}.{part}.norm" for layer in range(LAYERS) for part in ("attention", "output")]
NO_DANGER = 0


@dataclass(frozen=True)
class Example:
    """One example question. `near_miss`: written to look like danger; its topic is often a guess."""

    text: str
    label: str
    near_miss: bool

    @property
    def dangerous(self) -> bool:
        """Whether it is an example of danger."""
        return base(self.label) == RED_FLAG


@dataclass(frozen=True)
class Heads:
    """Labels of both heads, by index."""

    dangers: list[str]
    topics: list[str]

    @classmethod
    def of(cls, examples: list[Example]) -> Heads:
        """Every label that occurs."""
        dangers = sorted({example.label for example in examples if example.dangerous})
        return cls(["none", *dangers], sorted({example.label for example in examples if not example.dangerous}))

    def targets(self, examples: list[Example]) -> dict[str, Any]:
        """Index and weight of each example for each head."""
        danger = [self.dangers.index(e.label) if e.dangerous else NO_DANGER for e in examples]
        topic = [0 if e.dangerous else self.topics.index(e.label) for e in examples]
        danger_weight = [1.0 if e.dangerous or e.near_miss else 0.5 for e in examples]
        topic_weight = [0.0 if e.dangerous else 0.15 if e.near_miss else 0.8 for e in examples]
        return {
            "danger": np.array(danger, dtype=np.int64),
            "topic": np.array(topic, dtype=np.int64),
            "danger_weight": np.array(danger_weight, np.float32),
            "topic_weight": np.array(topic_weight, np.float32),
        }


class Adapted(tf.Module):
    """The encoder of `stillnight.nlu.graph` in TensorFlow, with narrow matrices beside its own, and both heads."""

    def __init__(self, learned: dict[str, Vectors], heads: Heads, rng: np.random.Generator) -> None:
        """Start from what was `learned`; without it as the registry's weights are: the second narrow matrix is zero."""
        super().__init__()
        weights = read_weights(adapter=None)
        self.weights = {name: tf.constant(array) for name, array in weights.items()}
        self.down, self.up = {}, {}
        for name in MATRICES:
            rows, columns = weights[f"{name}.weight"].shape
            first = rng.normal(0, 1 / np.sqrt(rows), (rows, RANK)).astype(np.float32)
            self.down[name] = tf.Variable(learned.get(f"{name}.down", first))
            self.up[name] = tf.Variable(learned.get(f"{name}.up", np.zeros((RANK, columns), np.float32)))
        self.norms = {
            name: tf.Variable(learned.get(name, weights[name]))
            for name in (f"{norm}.{part}" for norm in NORMS for part in ("weight", "bias"))
        }
        self.heads = {
            f"{head}.{part}": tf.Variable(np.zeros(shape, np.float32))
            for head, labels in (("danger", heads.dangers), ("topic", heads.topics))
            for part, shape in (("weight", (DIMENSION, len(labels))), ("bias", (len(labels),)))
        }

    def start_head(self, head: str, vectors: Any, targets: Any, c: float) -> None:
        """Fit a head on the vectors as they are."""
        fitted = LogisticRegression(C=c, class_weight="balanced", tol=1e-3, max_iter=200).fit(vectors, targets)
        self.heads[f"{head}.weight"].assign(fitted.coef_.T.astype(np.float32))
        self.heads[f"{head}.bias"].assign(fitted.intercept_.astype(np.float32))

    def linear(self, x: tf.Tensor, name: str) -> tf.Tensor:
        """One matrix with its narrow companion."""
        own = x @ self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return own + ((x @ self.down[name]) @ self.up[name]) * RANK_SCALE

    def norm(self, x: tf.Tensor, name: str) -> tf.Tensor:
        """Layer normalization."""
        mean = tf.reduce_mean(x, -1, keepdims=True)
        variance = tf.reduce_mean((x - mean) ** 2, -1, keepdims=True)
        source = self.norms if f"{name}.weight" in self.norms else self.weights
        return (x - mean) * tf.math.rsqrt(variance + 1e-12) * source[f"{name}.weight"] + source[f"{name}.bias"]

    def vectors(self, tokens: tf.Tensor, mask: tf.Tensor, dropout: float) -> tf.Tensor:
        """Unit vectors of shape (batch, dimension)."""
        drop = (lambda x: tf.nn.dropout(x, dropout)) if dropout else tf.identity
        batch, length = tf.shape(tokens)[0], tf.shape(tokens)[1]
        hidden = tf.gather(self.weights["words"], tokens) + self.weights["positions"][:length]
        hidden = tf.reshape(drop(self.norm(hidden, "embeddings.norm")), (-1, DIMENSION))
        far_away = ((1 - mask) * -1e9)[:, None, None, :]
        for layer in range(LAYERS):
            qkv = tf.reshape(self.linear(hidden, f"{layer}.qkv"), (batch, length, 3, HEADS, DIMENSION // HEADS))
            query, key, value = tf.unstack(tf.transpose(qkv, (2, 0, 3, 1, 4)))
            scores = drop(tf.nn.softmax(tf.matmul(query, key, transpose_b=True) + far_away))
            context = tf.reshape(tf.transpose(scores @ value, (0, 2, 1, 3)), (-1, DIMENSION))
            hidden = self.norm(hidden + drop(self.linear(context, f"{layer}.attention")), f"{layer}.attention.norm")
            wide = tf.nn.gelu(self.linear(hidden, f"{layer}.wide"))
            hidden = self.norm(hidden + drop(self.linear(wide, f"{layer}.narrow")), f"{layer}.output.norm")
        hidden = tf.reshape(hidden, (batch, length, DIMENSION))
        pooled = tf.reduce_sum(hidden * mask[:, :, None], 1) / tf.reduce_sum(mask, 1, keepdims=True)
        return tf.math.l2_normalize(pooled, -1)

    def logits(self, vectors: tf.Tensor, head: str) -> tf.Tensor:
        """Scores of shape (batch, labels)."""
        return vectors @ self.heads[f"{head}.weight"] + self.heads[f"{head}.bias"]

    @tf.function(reduce_retracing=True)
    def danger(self, tokens: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
        """Log-odds of any danger against none, shape (batch,)."""
        return against_none(self.logits(self.vectors(tokens, mask, 0.0), "danger"))

    @tf.function(reduce_retracing=True)
    def loss(self, tokens: tf.Tensor, mask: tf.Tensor, targets: dict[str, tf.Tensor]) -> tf.Tensor:
        """Danger or not, which danger, which topic."""
        vectors = tf.nn.dropout(self.vectors(tokens, mask, DROPOUT), DROPOUT)
        danger, topic = self.logits(vectors, "danger"), self.logits(vectors, "topic")
        entropy = tf.nn.sparse_softmax_cross_entropy_with_logits
        is_danger = tf.cast(targets["danger"] > NO_DANGER, tf.float32)
        any_danger = tf.nn.sigmoid_cross_entropy_with_logits(is_danger, against_none(danger))
        return tf.reduce_mean(
            targets["danger_weight"] * (any_danger + 0.3 * entropy(targets["danger"], danger))
            + targets["topic_weight"] * entropy(targets["topic"], topic)
        )

    def save(self) -> None:
        """Write what was learned beside the encoder, as half-precision arrays."""
        arrays = {f"{name}.down": self.down[name].numpy() for name in MATRICES}
        arrays |= {f"{name}.up": self.up[name].numpy() for name in MATRICES}
        arrays |= {name: variable.numpy() for name, variable in self.norms.items()}
        np.savez(ADAPTER, **{name: array.astype(np.float16) for name, array in arrays.items()})


def against_none(logits: tf.Tensor) -> tf.Tensor:
    """Log-odds of all dangers together against none."""
    return tf.reduce_logsumexp(logits[:, 1:], 1) - logits[:, NO_DANGER]


def read_examples() -> list[Example]:
    """Every example question of `data/`."""
    return [
        Example(text, label, "near_misses" in file.path.parts)
        for file in read_all(DATA)
        for label, texts in file.examples.items()
        for text in texts
    ]


def padded(tokens: list[list[int]], chosen: Any) -> tuple[Any, Any]:
    """Tokens and mask of the chosen sentences."""
    length = max(len(tokens[index]) for index in chosen)
    ids = np.zeros((len(chosen), length), np.int32)
    mask = np.zeros((len(chosen), length), np.float32)
    for row, index in enumerate(chosen):
        ids[row, : len(tokens[index])] = tokens[index]
        mask[row, : len(tokens[index])] = 1
    return tf.constant(ids), tf.constant(mask)


def batches(tokens: list[list[int]], rng: np.random.Generator) -> Iterator[Any]:
    """Every sentence once, in random order, sentences of like length together."""
    order = rng.permutation(len(tokens))
    made = []
    for start in range(0, len(order), BATCH * BUCKET):
        bucket = sorted(order[start : start + BATCH * BUCKET], key=lambda index: len(tokens[index]))
        made += [np.array(bucket[at : at + BATCH]) for at in range(0, len(bucket), BATCH)]
    yield from (made[index] for index in rng.permutation(len(made)))


def main() -> None:
    """Train, report on the lines that the rules were tuned on, write."""
    tf.random.set_seed(SEED)
    rng = np.random.default_rng(SEED)
    examples = read_examples()
    anew = "--anew" in sys.argv
    with np.load(ADAPTER) as file:
        learned = {} if anew else {name: file[name].astype(np.float32) for name in file.files}
    epochs = 2 * EPOCHS if anew else EPOCHS
    encoder = SentenceEncoder.built(adapter=None if anew else ADAPTER, small=False)
    speller = Speller.learn([normalized(example.text) for example in examples], KNOWLEDGE)

    def read(texts: list[str]) -> list[list[int]]:
        return [ids[:TOKENS_MAX] for ids in encoder.tokens([speller.mend(normalized(text)) for text in texts])]

    heads = Heads.of(examples)
    targets = heads.targets(examples)
    print(f"{len(examples)} examples, {len(heads.dangers) - 1} dangers, {len(heads.topics)} topics and tasks")
    model = Adapted(learned, heads, rng)
    vectors = encoder.encode([speller.mend(normalized(example.text)) for example in examples])
    model.start_head("danger", vectors, targets["danger"], 10)
    harmless = targets["danger"] == NO_DANGER
    model.start_head("topic", vectors[harmless], targets["topic"][harmless], 20)

    tokens = read([example.text for example in examples])
    known = [
        [json.loads(line)["text"] for line in (PROJECT / "tests" / "safety" / f"{name}_tuned_on.jsonl").open()]
        for name in ("dangers", "near_misses")
    ]
    optimizer = tf.keras.optimizers.Adam()
    steps = epochs * -(-len(tokens) // BATCH)
    variables = model.trainable_variables
    done = 0
    for epoch in range(epochs):
        for chosen in batches(tokens, rng):
            done += 1
            if done % 100 == 0:
                print(f"  step {done} of {steps}", flush=True)
            rising, falling = done / (WARM_UP * steps), 1 - done / steps
            optimizer.learning_rate.assign(LEARNING_RATE * min(rising, 1) * max(falling, 0.02))
            wanted = {name: tf.constant(each[chosen]) for name, each in targets.items()}
            with tf.GradientTape() as tape:
                loss = model.loss(*padded(tokens, chosen), wanted)
            gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, variables), 1.0)
            optimizer.apply_gradients(zip(gradients, variables))
        scores = [np.hstack([model.danger(*padded(read([text]), [0])).numpy() for text in lines]) for lines in known]
        heard, alarms = (np.mean(each > 0) for each in scores)
        print(f"epoch {epoch + 1}: dangers heard {heard:.1%}, false alarms {alarms:.1%}")
        model.save()
    print(f"{ADAPTER}: sha256 {hashlib.sha256(ADAPTER.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
