"""A checkpoint of the real layout, small enough to make in a test."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import ml_dtypes
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from sightline.engines.caching import CacheLimits
from sightline.engines.native import NativeEngine
from sightline.engines.native.runtime import Runtime
from sightline.model import tokenizer as tk
from sightline.model.checkpoint import CONFIG, MANIFEST, TOKENIZER, write_manifest
from sightline.model.config import DecoderConfig, ModelConfig, VisionConfig
from sightline.model.tokenizer import TextTokenizer, train_tokenizer
from sightline.model.weights import WEIGHTS

AnyRuntime = TypeVar("AnyRuntime", bound=Runtime)


class CountingRuntime(Runtime):
    """The runtime itself, which also counts how often the encoder runs."""

    n_encoded = 0

    def encode(self, pixel_values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Encode, and count it."""
        self.n_encoded += 1
        return super().encode(pixel_values)


def engine_with(
    kind: type[AnyRuntime], folder: Path, caches: CacheLimits | None = None, *, needs_manifest: bool = True
) -> tuple[NativeEngine, AnyRuntime]:
    """Load the checkpoint in `folder`, with a runtime that is of this kind."""
    engine = NativeEngine.load(folder, "tiny", 1, caches, needs_manifest=needs_manifest)
    runtime = engine._runtime
    runtime.__class__ = kind
    if not isinstance(runtime, kind):
        raise TypeError(kind)
    return engine, runtime


ROWS = tuple(f"<row_{row}_col_{column}>" for row in range(1, 7) for column in range(1, 7))
SMOLVLM_SPECIALS = (tk.PAD, tk.START, tk.END, tk.IMAGE, tk.AROUND_IMAGE, tk.GLOBAL_IMAGE, *ROWS)


def make_smolvlm(folder: Path) -> None:
    """Write a random model in the layout of the released SmolVLM checkpoints: bfloat16, its head apart, no manifest."""
    config = make_checkpoint(folder, specials=SMOLVLM_SPECIALS)
    (folder / MANIFEST).unlink()
    width, names = config.decoder.width, load_file(folder / WEIGHTS)
    head = np.random.default_rng(7).standard_normal((config.decoder.vocab_size, width))
    tensors = {name: value.astype(ml_dtypes.bfloat16) for name, value in {**names, "lm_head.weight": head}.items()}
    save_file(tensors, folder / WEIGHTS, metadata={"format": "pt"})
    hf = json.loads((folder / CONFIG).read_text("utf-8"))
    hf |= {
        "model_type": "idefics3",
        "architectures": ["Idefics3ForConditionalGeneration"],
        "tie_word_embeddings": False,
    }
    hf["vision_config"]["model_type"] = "idefics3_vision"
    hf["text_config"]["tie_word_embeddings"] = False
    (folder / CONFIG).write_text(json.dumps(hf), "utf-8")


def make_checkpoint(folder: Path, seed: int = 0, specials: Sequence[str] = tk.SPECIALS) -> ModelConfig:
    """Write a random two-layer model of the bundled layout to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [f" total {i}.50 name date" for i in range(50)]
    train_tokenizer(texts, len(specials) + 348, specials).save(str(folder / TOKENIZER))
    words = TextTokenizer.load(folder / TOKENIZER)
    config = ModelConfig(
        VisionConfig(image_px=64, width=32, n_layers=2, n_heads=2, ffn=64),
        DecoderConfig(words.vocab_size, width=64, n_layers=2, n_heads=4, n_kv_heads=2, ffn=96, context_tokens=512),
    )
    rng = np.random.default_rng(seed)
    tensors = {name: _values(rng, name, shape) for name, shape in shapes(config).items()}
    save_file(tensors, folder / WEIGHTS)
    ids = {"image_token_id": tk.IMAGE, "end_token_id": tk.END, "pad_token_id": tk.PAD}
    hf = config.to_hf(**{key: words.special(name) for key, name in ids.items()})
    (folder / CONFIG).write_text(json.dumps(hf), "utf-8")
    write_manifest(folder)
    return config


def _values(
    rng: np.random.Generator, name: str, shape: tuple[int, ...]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    centre = 1.0 if "norm" in name and name.endswith("weight") else 0.0
    return (centre + 0.2 * rng.standard_normal(shape)).astype(np.float32)


def shapes(config: ModelConfig) -> dict[str, tuple[int, ...]]:
    """Every tensor of the layout by Hugging Face's name."""
    vision, decoder = config.vision, config.decoder
    found: dict[str, tuple[int, ...]] = {
        "model.vision_model.embeddings.patch_embedding.weight": (vision.width, 3, vision.patch_px, vision.patch_px),
        "model.vision_model.embeddings.patch_embedding.bias": (vision.width,),
        "model.vision_model.embeddings.position_embedding.weight": (vision.n_patches, vision.width),
        "model.vision_model.post_layernorm.weight": (vision.width,),
        "model.vision_model.post_layernorm.bias": (vision.width,),
        "model.connector.modality_projection.proj.weight": (decoder.width, vision.width * config.scale_factor**2),
        "model.text_model.embed_tokens.weight": (decoder.vocab_size, decoder.width),
        "model.text_model.norm.weight": (decoder.width,),
    }
    for layer in range(vision.n_layers):
        found |= _vision_layer(f"model.vision_model.encoder.layers.{layer}.", vision)
    for layer in range(decoder.n_layers):
        found |= _decoder_layer(f"model.text_model.layers.{layer}.", decoder)
    return found


def _vision_layer(name: str, vision: VisionConfig) -> dict[str, tuple[int, ...]]:
    wide, narrow = vision.ffn, vision.width
    linears = {f"self_attn.{part}_proj": (narrow, narrow) for part in ("q", "k", "v", "out")}
    linears |= {"mlp.fc1": (wide, narrow), "mlp.fc2": (narrow, wide)}
    found: dict[str, tuple[int, ...]] = {}
    for linear, shape in linears.items():
        found |= {f"{name}{linear}.weight": shape, f"{name}{linear}.bias": shape[:1]}
    for norm in ("layer_norm1", "layer_norm2"):
        found |= {f"{name}{norm}.weight": (narrow,), f"{name}{norm}.bias": (narrow,)}
    return found


def _decoder_layer(name: str, decoder: DecoderConfig) -> dict[str, tuple[int, ...]]:
    width, kv = decoder.width, decoder.n_kv_heads * decoder.head_dim
    return {
        f"{name}self_attn.q_proj.weight": (width, width),
        f"{name}self_attn.k_proj.weight": (kv, width),
        f"{name}self_attn.v_proj.weight": (kv, width),
        f"{name}self_attn.o_proj.weight": (width, width),
        f"{name}mlp.gate_proj.weight": (decoder.ffn, width),
        f"{name}mlp.up_proj.weight": (decoder.ffn, width),
        f"{name}mlp.down_proj.weight": (width, decoder.ffn),
        f"{name}input_layernorm.weight": (width,),
        f"{name}post_attention_layernorm.weight": (width,),
    }
