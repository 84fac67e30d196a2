"""The int8 graph of an encoder, kept close to the float one; imports onnx.

Taking one scale for a whole text, as dynamic quantisation does, loses most where a few channels or
tokens are far larger than the rest. So channels are evened out between a product's two sides
beforehand (SmoothQuant, Xiao et al. 2023), each token has a scale of its own (ZeroQuant, Yao et al.
2022), and so has each word of the embedding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import tokenizers
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

Floats = NDArray[np.float32]

SHARE = 0.5  # of a channel's unevenness that the weights take over
LEAST = 1e-6  # keeps a division from zero
MANY_ROWS = 1000  # a table with more rows is the words' embedding
FULL = 127


def calibration_texts() -> list[str]:
    """Give the sentences whose vectors show how large each channel usually is."""
    text = (files("intents") / "data" / "calibration.txt").read_text(encoding="utf-8")
    return text.splitlines()


def quantise(prepared: Path, tokenizer: Path, out: Path) -> None:
    """Write the int8 graph of a float graph with the inputs `input_ids` and `parts`."""
    model = onnx.load(prepared)
    products = _products(model)
    usual = _usual_sizes(prepared, tokenizer, list(products))
    _even_out(model, products, usual)
    _narrow_words(model)
    quantize_dynamic(
        model, out, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"]
    )


def _products(model: onnx.ModelProto) -> dict[str, list[onnx.NodeProto]]:
    """Give the products with fixed weights, by what they are taken of."""
    fixed = {one.name for one in model.graph.initializer}
    found = defaultdict(list)
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in fixed:
            found[node.input[0]].append(node)
    return dict(found)


def _usual_sizes(prepared: Path, tokenizer: Path, names: Sequence[str]) -> dict[str, Floats]:
    """Give the root mean square of each channel of the named values, over all tokens."""
    model = onnx.load(prepared)
    model.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    words = tokenizers.Tokenizer.from_file(str(tokenizer))
    words.no_padding()  # a padded place is no token
    seen = defaultdict(list)
    for text in calibration_texts():
        ids = np.array([words.encode(text).ids])
        feed = {"input_ids": ids, "parts": np.ones(ids.shape, np.float32)}
        for name, value in zip(names, session.run(list(names), feed), strict=True):
            seen[name].append(np.square(value.reshape(-1, value.shape[-1])))
    return {name: np.sqrt(np.concatenate(rows).mean(axis=0)) for name, rows in seen.items()}


def _even_out(
    model: onnx.ModelProto,
    products: Mapping[str, Sequence[onnx.NodeProto]],
    usual: Mapping[str, Floats],
) -> None:
    """Divide what is multiplied by its channels' and its token's scale, and make up for both."""
    weights = {one.name: one for one in model.graph.initializer}
    takers = {node.output[0] for nodes in products.values() for node in nodes}
    nodes: list[onnx.NodeProto] = []
    evened: set[str] = set()
    for node in list(model.graph.node):
        name = node.input[0] if node.output[0] in takers else ""
        if not name:
            nodes.append(node)
            continue
        if name not in evened:
            evened.add(name)
            tables = [numpy_helper.to_array(weights[one.input[1]]) for one in products[name]]
            scale = _channel_scale(usual[name], tables)
            model.graph.initializer.append(_constant(1 / scale, f"{name}_inverse"))
            nodes += _scaled_nodes(name)
            for one, table in zip(products[name], tables, strict=True):
                weights[one.input[1]].CopyFrom(_constant(scale[:, None] * table, one.input[1]))
        nodes += _product_nodes(node, name)
    model.graph.initializer.append(numpy_helper.from_array(np.array([-1], np.int64), "last_axis"))
    model.graph.initializer.append(_constant(np.array(LEAST), "least"))
    _replace(model, nodes)


def _channel_scale(usual: Floats, tables: Sequence[Floats]) -> Floats:
    """Give each channel's scale, 1 in the geometric mean; shared by all that take these values."""
    heavy = np.max([np.abs(table).max(axis=1) for table in tables], axis=0)
    scale = np.maximum(usual, LEAST) ** SHARE / np.maximum(heavy, LEAST) ** (1 - SHARE)
    return np.asarray(scale / np.exp(np.log(scale).mean()), np.float32)


def _scaled_nodes(name: str) -> Iterator[onnx.NodeProto]:
    yield helper.make_node("Mul", [name, f"{name}_inverse"], [f"{name}_even"])
    yield helper.make_node("Abs", [f"{name}_even"], [f"{name}_size"])
    yield helper.make_node("ReduceMax", [f"{name}_size", "last_axis"], [f"{name}_most"], keepdims=1)
    yield helper.make_node("Max", [f"{name}_most", "least"], [f"{name}_token"])
    yield helper.make_node("Div", [f"{name}_even", f"{name}_token"], [f"{name}_ready"])


def _product_nodes(node: onnx.NodeProto, name: str) -> Iterator[onnx.NodeProto]:
    given = node.output[0]
    yield helper.make_node(
        "MatMul", [f"{name}_ready", node.input[1]], [f"{given}_scaled"], name=node.name
    )
    yield helper.make_node("Mul", [f"{given}_scaled", f"{name}_token"], [given])


def _narrow_words(model: onnx.ModelProto) -> None:
    """Keep the words' embedding in 8 bits, each row with a scale of its own."""
    tables = {one.name: one for one in model.graph.initializer if one.dims[:1] > [MANY_ROWS]}
    nodes: list[onnx.NodeProto] = []
    for node in list(model.graph.node):
        if node.op_type != "Gather" or node.input[0] not in tables:
            nodes.append(node)
            continue
        table, rows, given = node.input[0], node.input[1], node.output[0]
        vectors = numpy_helper.to_array(tables[table])
        steps = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), LEAST) / FULL
        whole = np.rint(vectors / steps).astype(np.int8)
        model.graph.initializer.append(numpy_helper.from_array(whole, f"{table}_whole"))
        model.graph.initializer.append(_constant(steps, f"{table}_steps"))
        nodes += [
            helper.make_node("Gather", [f"{table}_whole", rows], [f"{given}_whole"], axis=0),
            helper.make_node("Gather", [f"{table}_steps", rows], [f"{given}_step"], axis=0),
            helper.make_node("Cast", [f"{given}_whole"], [f"{given}_float"], to=1),
            helper.make_node("Mul", [f"{given}_float", f"{given}_step"], [given]),
        ]
        model.graph.initializer.remove(tables[table])
    _replace(model, nodes)


def _replace(model: onnx.ModelProto, nodes: Sequence[onnx.NodeProto]) -> None:
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _constant(values: NDArray[np.floating], name: str) -> onnx.TensorProto:
    return numpy_helper.from_array(np.ascontiguousarray(values, np.float32), name)
