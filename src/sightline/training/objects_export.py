"""The trained network of `objects.py` as the file that serving opens: `reading/objects.onnx`.

Each norm is folded into the convolution before it, labels that share an everyday word are added up, and the weights
are kept as float16, which ONNX Runtime widens when it opens the file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from sightline.reading.objects import INPUT, NEAREST, OUTPUT, SIDE_PX, WORDS_KEY, WORTH_KEY, write_verified
from sightline.training.familiar import Familiarity, measure
from sightline.training.object_photos import labelled_photos
from sightline.training.objects import Block, ObjectNetwork, averaged, fit_temperature, word_sums

OPSET, IR_VERSION = 20, 10
Weights = NDArray[np.float32]


class _Graph:
    """Collects operators and float16 weights; every method returns the name of what it made."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: Weights) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value, dtype=np.float16), f"{name}.half"))
        return self.node("Cast", [f"{name}.half"], name, to=TensorProto.FLOAT)

    def node(self, op: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(op, list(inputs), [output], **attributes))
        return output

    def conv(self, x: str, name: str, conv: nn.Conv2d, norm: nn.BatchNorm2d | None = None) -> str:
        kernel, bias = folded(conv, norm)
        side, stride, pad = conv.kernel_size[0], conv.stride[0], conv.kernel_size[0] // 2
        return self.node(
            "Conv", [x, self.weight(f"{name}.weight", kernel), self.weight(f"{name}.bias", bias)], name,
            kernel_shape=[side, side], strides=[stride, stride], pads=[pad] * 4,
        )  # fmt: skip

    def block(self, x: str, name: str, block: Block) -> str:
        inner = self.node("Relu", [self.conv(x, f"{name}.first", block.first, block.first_norm)], f"{name}.inner")
        outer = self.conv(inner, f"{name}.second", block.second, block.second_norm)
        past = x if block.past is None else self.conv(x, f"{name}.past", block.past)
        return self.node("Relu", [self.node("Add", [outer, past], f"{name}.sum")], f"{name}.out")

    def nearest(self, seen: str, familiarity: Familiarity) -> str:
        """The largest cosine between `seen` (1, features), centred, along its axes, and a taught photo: (1, 1)."""
        self.weights.append(numpy_helper.from_array(familiarity.photos.T.copy(), "photos.bytes"))
        photos = self.node("Cast", ["photos.bytes"], "photos", to=TensorProto.FLOAT)
        centred = self.node("Sub", [seen, self.weight("seen.mean", familiarity.mean)], "seen.centred")
        along = self.node("MatMul", [centred, self.weight("seen.axes", familiarity.axes)], "seen.along")
        direction = self.node("LpNormalization", [along], "seen.direction", axis=-1, p=2)
        cosines = self.node("MatMul", [direction, photos], "cosines")
        highest = self.node("ReduceMax", [cosines], "cosines.highest", keepdims=1)
        return self.node("Div", [highest, self.weight("photos.length", np.full(1, 127, np.float32))], NEAREST)


def folded(conv: nn.Conv2d, norm: nn.BatchNorm2d | None) -> tuple[Weights, Weights]:
    """Kernel and bias of a convolution that does what `norm` after `conv` does when it is asked."""
    kernel = conv.weight.detach().double().numpy()
    bias = conv.bias.detach().double().numpy() if conv.bias is not None else np.zeros(len(kernel))
    if norm is not None and norm.running_mean is not None and norm.running_var is not None:
        scale = norm.weight.detach().double().numpy() / np.sqrt(norm.running_var.double().numpy() + norm.eps)
        kernel = kernel * scale[:, None, None, None]
        bias = (bias - norm.running_mean.double().numpy()) * scale + norm.bias.detach().double().numpy()
    return kernel.astype(np.float32), bias.astype(np.float32)


def export_objects(run: Path, photos_dir: Path, out: Path) -> None:
    """Write the averaged weights of `run` to the file `out`, as sure as it was right on the photos kept for test."""
    kept, names, words = labelled_photos(photos_dir, "test")
    taught, _, _ = labelled_photos(photos_dir, "train")
    network = averaged(run, len(names))
    temperature = fit_temperature(network, kept)
    familiarity = measure(network, taught, kept, words, temperature)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_verified(out, as_onnx(network, words, familiarity, temperature))


def as_onnx(network: ObjectNetwork, words: Sequence[str], familiarity: Familiarity, temperature: float = 1.0) -> bytes:
    """`pixels` (1, 3, side, side) in -1..1 to `chances` (1, words) and `nearest` (1, 1), the cosine to a taught photo.

    The words are in the file, "" stands for none of them, and so is what a word is worth (`Familiarity.weights`).
    """
    g = _Graph()
    x = g.node("Relu", [g.conv(INPUT, "stem", network.stem, network.stem_norm)], "stem.out")
    for index, block in enumerate(network.blocks):
        if isinstance(block, Block):
            x = g.block(x, f"blocks.{index}", block)
    x = g.node("Flatten", [g.node("GlobalAveragePool", [x], "mean")], "seen")
    weight, bias = (
        (value.detach().float() / temperature).numpy() for value in (network.head.weight, network.head.bias)
    )
    logits = g.node("Gemm", [x, g.weight("head.weight", weight), g.weight("head.bias", bias)], "logits", transB=1)
    places, adds = word_sums(words)
    g.node("MatMul", [g.node("Softmax", [logits], "labels", axis=-1), g.weight("adds", adds)], OUTPUT)
    g.nearest(x, familiarity)
    graph = helper.make_graph(
        g.nodes, "objects",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, 3, SIDE_PX, SIDE_PX])],
        [
            helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, len(places)]),
            helper.make_tensor_value_info(NEAREST, TensorProto.FLOAT, [1, 1]),
        ],
        g.weights,
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    helper.set_model_props(
        model, {WORDS_KEY: json.dumps(places), WORTH_KEY: json.dumps([round(w, 4) for w in familiarity.weights])}
    )
    return bytes(model.SerializeToString())
