"""The SmolVLM layout as two ONNX graphs, built in memory from a checkpoint's tensors.

Contrib operators of ONNX Runtime do the fused work: MultiHeadAttention and FastGelu in the encoder,
GroupQueryAttention (rotary places and a shared KV buffer) and MatMulNBits (8-bit weights) in the decoder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from sightline.engines.native.eight_bit import BITS, BLOCK, WHOLE_NUMBERS, in_blocks
from sightline.model.config import ModelConfig

Tensors = Mapping[str, NDArray[Any]]
CONTRIB = "com.microsoft"
EMBEDDINGS, HEAD = "model.text_model.embed_tokens.weight", "lm_head.weight"  # a tied head is not in the file
OPSET, CONTRIB_OPSET, IR_VERSION = 20, 1, 10


class GraphBuilder:
    """Collects nodes and weights; every method returns the name of what it made.

    With `eight_bit` the matrices of `linear` are kept in 8 bits (`eight_bit.py`).
    """

    def __init__(self, *, eight_bit: bool = False) -> None:
        self._eight_bit = eight_bit
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: NDArray[Any]) -> str:
        """Store a constant, floats as float32."""
        value = value.astype(np.float32) if np.issubdtype(value.dtype, np.floating) else value
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: Any) -> str:
        """Add an operator with one output."""
        self._nodes.append(helper.make_node(op, list(inputs), [output], domain=domain, **attributes))
        return output

    def nodes(self, op: str, inputs: Sequence[str], outputs: Sequence[str], domain: str, **attributes: Any) -> None:
        """Add an operator with several outputs."""
        self._nodes.append(helper.make_node(op, list(inputs), list(outputs), domain=domain, **attributes))

    def linear(self, x: str, name: str, weight: NDArray[Any], bias: NDArray[Any] | None = None) -> str:
        """`x` times the transpose of a torch-layout weight, plus its bias."""
        if self._eight_bit:
            product = self._product_of_blocks(x, name, weight)
        else:
            product = self.node("MatMul", [x, self.weight(f"{name}.weight", weight.T)], f"{name}.product")
        if bias is None:
            return product
        return self.node("Add", [product, self.weight(f"{name}.bias", bias)], f"{name}.out")

    def _product_of_blocks(self, x: str, name: str, weight: NDArray[Any]) -> str:
        blocks, (rows, columns) = in_blocks(weight), weight.shape
        return self.node(
            "MatMulNBits",
            [x, self.weight(f"{name}.values", blocks.values), self.weight(f"{name}.scales", blocks.scales)],
            f"{name}.product",
            CONTRIB,
            K=columns, N=rows, bits=BITS, block_size=BLOCK, accuracy_level=WHOLE_NUMBERS,
        )  # fmt: skip

    def build(self, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]) -> bytes:
        """The finished model, serialised."""
        graph = helper.make_graph(self._nodes, "sightline", list(inputs), list(outputs), self._weights)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, CONTRIB_OPSET)]
        return bytes(helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION).SerializeToString())


def _floats(name: str, shape: Sequence[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))


def _int32(name: str, shape: Sequence[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.INT32, list(shape))


def encoder_graph(config: ModelConfig, tensors: Tensors) -> bytes:
    """`pixel_values` (tiles, 3, h, w) to `image_tokens` (tiles, image tokens, decoder width)."""
    vision, g = config.vision, GraphBuilder()
    prefix = "model.vision_model."
    kernel = g.weight("patch.weight", tensors[prefix + "embeddings.patch_embedding.weight"])
    bias = g.weight("patch.bias", tensors[prefix + "embeddings.patch_embedding.bias"])
    px = vision.patch_px
    x = g.node("Conv", ["pixel_values", kernel, bias], "patches", kernel_shape=[px, px], strides=[px, px])
    x = g.node("Reshape", [x, g.weight("flat", np.array([0, vision.width, -1]))], "patches.flat")
    x = g.node("Transpose", [x], "patches.rows", perm=[0, 2, 1])
    x = g.node("Add", [x, g.weight("places", tensors[prefix + "embeddings.position_embedding.weight"])], "embedded")
    for layer in range(vision.n_layers):
        x = _vision_layer(g, config, tensors, layer, x)
    x = _layer_norm(g, x, prefix + "post_layernorm", tensors, vision.norm_eps)
    x = _fold(g, config, x)
    g.nodes("Identity", [_project(g, tensors, x)], ["image_tokens"], "")
    side = vision.image_px
    return g.build(
        [_floats("pixel_values", ["tiles", 3, side, side])],
        [_floats("image_tokens", ["tiles", config.n_image_tokens, config.decoder.width])],
    )


def _vision_layer(g: GraphBuilder, config: ModelConfig, tensors: Tensors, layer: int, x: str) -> str:
    vision, name = config.vision, f"model.vision_model.encoder.layers.{layer}."
    normed = _layer_norm(g, x, name + "layer_norm1", tensors, vision.norm_eps)
    q, k, v = (
        g.linear(
            normed, name + part, tensors[f"{name}self_attn.{part}.weight"], tensors[f"{name}self_attn.{part}.bias"]
        )
        for part in ("q_proj", "k_proj", "v_proj")
    )
    mixed = g.node("MultiHeadAttention", [q, k, v], name + "mixed", CONTRIB, num_heads=vision.n_heads)
    out = g.linear(
        mixed, name + "out_proj", tensors[name + "self_attn.out_proj.weight"], tensors[name + "self_attn.out_proj.bias"]
    )
    x = g.node("Add", [x, out], name + "attended")
    normed = _layer_norm(g, x, name + "layer_norm2", tensors, vision.norm_eps)
    wide = g.linear(normed, name + "fc1", tensors[name + "mlp.fc1.weight"], tensors[name + "mlp.fc1.bias"])
    wide = g.node("FastGelu", [wide], name + "gelu", CONTRIB)
    out = g.linear(wide, name + "fc2", tensors[name + "mlp.fc2.weight"], tensors[name + "mlp.fc2.bias"])
    return g.node("Add", [x, out], name + "done")


def _layer_norm(g: GraphBuilder, x: str, name: str, tensors: Tensors, eps: float) -> str:
    scale, bias = (
        g.weight(name + ".weight", tensors[name + ".weight"]),
        g.weight(name + ".bias", tensors[name + ".bias"]),
    )
    return g.node("LayerNormalization", [x, scale, bias], name + ".out", epsilon=eps, axis=-1)


def _fold(g: GraphBuilder, config: ModelConfig, x: str) -> str:
    """Idefics3's pixel shuffle: each square of patches becomes one wider vector."""
    factor, side, width = config.scale_factor, config.vision.grid, config.vision.width
    shape = np.array([-1, side // factor, factor, side // factor, factor, width])
    x = g.node("Reshape", [x, g.weight("squares", shape)], "squares.out")
    x = g.node("Transpose", [x], "squares.turned", perm=[0, 1, 3, 2, 4, 5])
    return g.node(
        "Reshape", [x, g.weight("folded", np.array([-1, config.n_image_tokens, width * factor**2]))], "folded.out"
    )


def _project(g: GraphBuilder, tensors: Tensors, x: str) -> str:
    return g.linear(x, "connector", tensors["model.connector.modality_projection.proj.weight"])


def decoder_graph(config: ModelConfig, tensors: Tensors, *, eight_bit: bool) -> bytes:
    """`embeddings` (rows, n, width) and the KV buffers to `logits` (rows, vocabulary) after the last place of each.

    `past_k.i`, `past_v.i` and `present_k.i`, `present_v.i` are (rows, kv heads, context, head_dim): bind
    one buffer as both. `last` is the place of each row's last token, int32 (rows, 1); `total` the tokens
    in the longest row, int32 scalar. Several rows take one token each: ONNX Runtime has no more for them.
    """
    decoder, g = config.decoder, GraphBuilder(eight_bit=eight_bit)
    _rope_tables(g, config)
    x = "embeddings"
    for layer in range(decoder.n_layers):
        x = _decoder_layer(g, config, tensors, layer, x)
    x = g.node("Slice", [x, g.weight("from", np.array([-1])), g.weight("to", np.array([2**31])), "axis"], "last_place")
    g.weight("axis", np.array([1]))
    x = _rms_norm(g, x, "model.text_model.norm", tensors, decoder.norm_eps)
    x = g.node("Squeeze", [x, "axis"], "last_hidden")
    head = tensors.get(HEAD, tensors[EMBEDDINGS])
    g.nodes("Identity", [g.linear(x, "head", head)], ["logits"], "")
    cache: list[int | str] = ["rows", decoder.n_kv_heads, "context", decoder.head_dim]
    names = [f"{part}.{layer}" for layer in range(decoder.n_layers) for part in ("k", "v")]
    return g.build(
        [
            _floats("embeddings", ["rows", "n", decoder.width]),
            _int32("last", ["rows", 1]),
            _int32("total", []),
            *(_floats(f"past_{name}", cache) for name in names),
        ],
        [_floats("logits", ["rows", decoder.vocab_size]), *(_floats(f"present_{name}", cache) for name in names)],
    )


def _rope_tables(g: GraphBuilder, config: ModelConfig) -> None:
    decoder = config.decoder
    frequencies = decoder.rope_theta ** (-np.arange(0, decoder.head_dim, 2, dtype=np.float32) / decoder.head_dim)
    angles = np.outer(np.arange(decoder.context_tokens, dtype=np.float32), frequencies.astype(np.float32))
    g.weight("cos", np.cos(angles))
    g.weight("sin", np.sin(angles))


def _decoder_layer(g: GraphBuilder, config: ModelConfig, tensors: Tensors, layer: int, x: str) -> str:
    decoder, name = config.decoder, f"model.text_model.layers.{layer}."
    normed = _rms_norm(g, x, name + "input_layernorm", tensors, decoder.norm_eps)
    q, k, v = (
        g.linear(normed, name + part, tensors[f"{name}self_attn.{part}.weight"])
        for part in ("q_proj", "k_proj", "v_proj")
    )
    g.nodes(
        "GroupQueryAttention",
        [q, k, v, f"past_k.{layer}", f"past_v.{layer}", "last", "total", "cos", "sin"],
        [name + "mixed", f"present_k.{layer}", f"present_v.{layer}"],
        CONTRIB,
        num_heads=decoder.n_heads,
        kv_num_heads=decoder.n_kv_heads,
        do_rotary=1,
    )
    x = g.node(
        "Add", [x, g.linear(name + "mixed", name + "o_proj", tensors[name + "self_attn.o_proj.weight"])], name + "a"
    )
    normed = _rms_norm(g, x, name + "post_attention_layernorm", tensors, decoder.norm_eps)
    gate = g.linear(normed, name + "gate", tensors[name + "mlp.gate_proj.weight"])
    gate = g.node("Mul", [gate, g.node("Sigmoid", [gate], name + "sigmoid")], name + "silu")
    up = g.linear(normed, name + "up", tensors[name + "mlp.up_proj.weight"])
    wide = g.node("Mul", [gate, up], name + "wide")
    return g.node("Add", [x, g.linear(wide, name + "down", tensors[name + "mlp.down_proj.weight"])], name + "done")


def _rms_norm(g: GraphBuilder, x: str, name: str, tensors: Tensors, eps: float) -> str:
    scale = g.weight(name + ".weight", tensors[name + ".weight"])
    return g.node("SimplifiedLayerNormalization", [x, scale], name + ".out", axis=-1, epsilon=eps)
