"""Sentence vectors of all-MiniLM-L6-v2, adapted to this field, computed by onnxruntime."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from stillnight.nlu.weights import ADAPTER, DIMENSION, Vectors, package_folder, read_weights

GRAPH_FILE: Final = "encoder.onnx"
_TOKENIZER_FILE: Final = "tokenizer.json"
_TOKENS_MAX: Final = 128
_WORTH_THREADS: Final = 32


class SentenceEncoder:
    """Turns sentences into unit vectors; the cosine of two vectors is the likeness of two sentences."""

    def __init__(self, graph: bytes | Path, tokenizer: Path | None = None) -> None:
        """Load a graph that `stillnight.nlu.graph` made.

        Args:
            graph: the ONNX model, or the file that holds it: onnxruntime keeps bytes that it was given, a file's not.
            tokenizer: a `tokenizer.json`; the installed package's by default.
        """
        # By which vectors are known as its own.
        self.digest = hashlib.sha256(graph.read_bytes() if isinstance(graph, Path) else graph).hexdigest()
        # Kept by `built` alone: a server has no use for it.
        self.graph = b""
        self._tokenizer = Tokenizer.from_file(str(tokenizer or package_folder() / _TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_TOKENS_MAX)
        options = onnxruntime.SessionOptions()
        # One sentence is too little work for two cores; many are shared out below.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        model = str(graph) if isinstance(graph, Path) else graph
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    @classmethod
    def built(
        cls, folder: Path | None = None, adapter: Path | None = ADAPTER, *, small: bool = True
    ) -> SentenceEncoder:
        """Build the graph from the weights.

        Args:
            folder: holds `model.safetensors` and `tokenizer.json`; the installed package's by default.
            adapter: what was learned beside the weights; None for the weights alone.
            small: whether matrices are kept in eight bits.

        Raises:
            WeightsError: when weights or adapter have another checksum than the known one.
        """
        # onnx is needed for building alone, and its import takes memory.
        from stillnight.nlu.graph import build_graph, in_eight_bits

        graph = build_graph(read_weights(folder, adapter))
        graph = in_eight_bits(graph) if small else graph
        encoder = cls(graph, folder / _TOKENIZER_FILE if folder else None)
        encoder.graph = graph
        return encoder

    def tokens(self, sentences: Sequence[str]) -> list[list[int]]:
        """Word pieces of each sentence, as numbers; at most 128."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(sentences))]

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Vectors of the sentences.

        Args:
            sentences: any texts; only the first 128 word pieces of each count.

        Returns:
            Array of shape (len(sentences), 384), each row of length 1; a row does not depend on the others.
        """
        ids = self.tokens(sentences)
        vectors = np.zeros((len(ids), DIMENSION), dtype=np.float32)

        def fill(index: int) -> None:
            vectors[index] = self._session.run(None, {"tokens": np.array(ids[index], dtype=np.int64)})[0]

        if len(ids) < _WORTH_THREADS:
            for index in range(len(ids)):
                fill(index)
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(fill, range(len(ids))))
        return vectors
