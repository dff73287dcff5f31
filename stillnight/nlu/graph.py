"""The encoder as an ONNX graph: word pieces of one sentence in, one unit vector out.

Architecture: Devlin et al. 2019 (BERT); pooling: Reimers & Gurevych 2019 (Sentence-BERT). The large matrices are kept
in eight bits (dynamic quantization): docs/decisions/0010-onnxruntime.md says what that costs and gains. Sentences go in
one at a time, so that a sentence's vector never depends on what stands beside it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from stillnight.nlu.weights import DIMENSION, HEADS, LAYERS, Vectors

_OPSET: Final = 17
_EPSILON: Final = 1e-12


class _Graph:
    """Collects nodes and constants; each method returns the name of its result."""

    def __init__(self, weights: dict[str, Vectors]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self._weights = weights

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def constant(self, name: str, array: Vectors | np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self._weights[name])

    def linear(self, x: str, name: str) -> str:
        product = self.node("MatMul", x, self.weight(f"{name}.weight"))
        return self.node("Add", product, self.weight(f"{name}.bias"))

    def norm(self, x: str, name: str) -> str:
        return self.node(
            "LayerNormalization",
            x,
            self.weight(f"{name}.weight"),
            self.weight(f"{name}.bias"),
            axis=-1,
            epsilon=_EPSILON,
        )

    def heads(self, x: str, order: list[int]) -> str:
        """(length, dimension) to (heads, length, size), or (heads, size, length), by `order`."""
        apart = self.node("Reshape", x, self.constant("apart", np.array([-1, HEADS, DIMENSION // HEADS])))
        return self.node("Transpose", apart, perm=order)

    def attention(self, hidden: str, layer: int) -> str:
        qkv = self.linear(hidden, f"{layer}.qkv")
        parts = [f"part_{layer}_{part}" for part in range(3)]
        self.nodes.append(helper.make_node("Split", [qkv], parts, name=f"split_{layer}", axis=1))
        query, value = (self.heads(parts[part], [1, 0, 2]) for part in (0, 2))
        scores = self.node("MatMul", query, self.heads(parts[1], [1, 2, 0]))
        context = self.node("MatMul", self.node("Softmax", scores, axis=-1), value)
        together = self.node("Transpose", context, perm=[1, 0, 2])
        return self.node("Reshape", together, self.constant("together", np.array([-1, DIMENSION])))

    def gelu(self, x: str) -> str:
        error = self.node("Erf", self.node("Mul", x, self.constant("root", np.array([np.sqrt(0.5)], np.float32))))
        half = self.node("Mul", x, self.constant("half", np.array([0.5], np.float32)))
        return self.node("Mul", half, self.node("Add", error, self.constant("one", np.array([1.0], np.float32))))


def build_graph(weights: dict[str, Vectors]) -> bytes:
    """The graph in full precision. Input `tokens` (length,), output `vector` (384,)."""
    g = _Graph(weights)
    length = g.node("Shape", "tokens")
    zero = g.constant("zero", np.array([0]))
    hidden = g.node(
        "Add", g.node("Gather", g.weight("words"), "tokens"), g.node("Slice", g.weight("positions"), zero, length, zero)
    )
    hidden = g.norm(hidden, "embeddings.norm")
    for layer in range(LAYERS):
        attended = g.linear(g.attention(hidden, layer), f"{layer}.attention")
        hidden = g.norm(g.node("Add", hidden, attended), f"{layer}.attention.norm")
        wide = g.gelu(g.linear(hidden, f"{layer}.wide"))
        hidden = g.norm(g.node("Add", hidden, g.linear(wide, f"{layer}.narrow")), f"{layer}.output.norm")
    pooled = g.node("ReduceMean", hidden, axes=[0], keepdims=0)
    g.nodes.append(helper.make_node("LpNormalization", [pooled], ["vector"], axis=0, p=2))
    graph = helper.make_graph(
        g.nodes,
        "encoder",
        [helper.make_tensor_value_info("tokens", TensorProto.INT64, ["length"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [DIMENSION])],
        list(g.constants.values()),
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=8)
    # Says that there is nothing to prepare, or quantization warns of it.
    helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
    return bytes(model.SerializeToString())


def in_eight_bits(graph: bytes) -> bytes:
    """The same graph with its matrices and word vectors in eight bits; the same input gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        full.write_bytes(graph)
        quantize_dynamic(
            full,
            small,
            per_channel=True,
            # Of signed weights two products can overflow on processors without VNNI, unless they have a bit less.
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
        )
        return small.read_bytes()
