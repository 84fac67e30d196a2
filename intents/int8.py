"""Products with vectors in 8 bits: a message waits for memory here, not for arithmetic.

Vectors that are kept lie in 8 bits. What is multiplied with them, numbers from -1 to 1, is taken as
two whole numbers of 7 bits, coarse and fine, so that it loses nothing that counts; with 7 bits no
sum overflows on processors that add products in pairs, in 16 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from intents.encoder import Floats

if TYPE_CHECKING:
    import onnxruntime

FULL = 127  # the largest whole number of what is kept
HALF = 63  # the largest of a text, on either side of zero
OPSET, IR_VERSION = 20, 10
# An operator, what it takes, what it gives, and its options.
Node = tuple[str, str, str, dict[str, Any]]
Constants = Sequence[tuple[str, NDArray[np.generic]]]
# From `rows` (n, d) to `whole` (n, m), their products with kept vectors, each over its step.
PRODUCTS: tuple[Node, ...] = (
    ("QuantizeLinear", "rows coarse_step zero", "coarse", {}),
    ("DequantizeLinear", "coarse coarse_step zero", "said", {}),
    ("Sub", "rows said", "unsaid", {}),
    ("QuantizeLinear", "unsaid fine_step zero", "fine", {}),
    ("Concat", "coarse fine", "both", {"axis": 0}),
    ("MatMulInteger", "both kept zero", "products", {}),
    ("Split", "products", "coarse_products fine_products", {"axis": 0, "num_outputs": 2}),
    ("Mul", "coarse_products finer", "coarse_part", {}),
    ("Add", "coarse_part fine_products", "sums", {}),
    ("Cast", "sums", "whole", {"to": 1}),  # float32
)
_FINER = 2 * HALF  # a coarse step is so many fine ones
STEP = 1.0 / HALF / _FINER


@dataclass(frozen=True, slots=True, eq=False)
class Rounded:
    """Vectors in 8 bits: row i is `steps[i]` (n,) times the whole numbers `whole[i]` (n, d)."""

    whole: NDArray[np.int8]
    steps: Floats

    @classmethod
    def of(cls, vectors: Floats) -> Self:
        """Round each row to a step of its own, as fine as its largest number allows."""
        steps = np.maximum(np.abs(vectors).max(axis=1), 1e-9).astype(np.float32) / np.float32(FULL)
        return cls(np.rint(vectors / steps[:, None]).astype(np.int8), steps)

    def only(self, rows: NDArray[np.int64]) -> Rounded:
        """Give some of the rows."""
        return Rounded(self.whole[rows], self.steps[rows])

    def vectors(self) -> Floats:
        """Give the rows as they now stand."""
        return self.whole * self.steps[:, None]

    def constants(self) -> Constants:
        """Give what PRODUCTS needs to know; a row's `whole` is worth its step times STEP."""
        return [
            ("coarse_step", np.array(STEP * _FINER, np.float32)),
            ("fine_step", np.array(STEP, np.float32)),
            ("zero", np.array(HALF + 1, np.uint8)),
            ("finer", np.array(_FINER, np.int32)),
            ("kept", np.ascontiguousarray(self.whole.T)),
        ]


def floats(**values: Any) -> Constants:
    """Give constants as 32-bit floats."""
    return [(name, np.ascontiguousarray(one, np.float32)) for name, one in values.items()]


def session(
    nodes: Sequence[Node], constants: Constants, width: int, gives: Sequence[str]
) -> onnxruntime.InferenceSession:
    """Give a one-thread session from `vectors` (n, width) to what it `gives`; never before fork."""
    import onnxruntime  # noqa: PLC0415  (heavy, and never before fork)
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415  (heavy)

    graph = helper.make_graph(
        [
            helper.make_node(kind, takes.split(), given.split(), **options)
            for kind, takes, given, options in nodes
        ],
        "head",
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["text", width])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in gives],
        [numpy_helper.from_array(value, name) for name, value in constants],
    )
    opsets = [helper.make_opsetid("", OPSET)]
    made = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        made.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
