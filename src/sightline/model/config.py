"""Sizes of a SmolVLM-family model, read from and written to its Hugging Face `config.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sightline.errors import ConfigError


@dataclass(frozen=True, slots=True)
class VisionConfig:
    """The image encoder (SigLIP layout, no class token). `image_px` and `patch_px` in pixels."""

    image_px: int = 256
    patch_px: int = 16
    width: int = 192
    n_layers: int = 6
    n_heads: int = 3
    ffn: int = 512
    norm_eps: float = 1e-6

    def __post_init__(self) -> None:
        if not 0 < self.patch_px <= self.image_px:
            raise ConfigError(f"patch_px={self.patch_px} is no part of image_px={self.image_px}")
        if self.width % self.n_heads:
            raise ConfigError(f"vision width={self.width} is not a multiple of n_heads={self.n_heads}")

    @property
    def grid(self) -> int:
        """Whole patches along one side; what is left at the edge is not seen."""
        return self.image_px // self.patch_px

    @property
    def n_patches(self) -> int:
        """Patches of one picture."""
        return self.grid**2


@dataclass(frozen=True, slots=True)
class DecoderConfig:
    """The language model (Llama layout, tied embeddings)."""

    vocab_size: int = 4096
    width: int = 256
    n_layers: int = 6
    n_heads: int = 4
    n_kv_heads: int = 2
    ffn: int = 704
    rope_theta: float = 10_000.0
    norm_eps: float = 1e-5
    context_tokens: int = 2048

    def __post_init__(self) -> None:
        if self.width % self.n_heads or self.n_heads % self.n_kv_heads:
            raise ConfigError(
                f"decoder heads do not divide: width={self.width}, n_heads={self.n_heads}, n_kv_heads={self.n_kv_heads}"
            )

    @property
    def head_dim(self) -> int:
        """Numbers in one head's query."""
        return self.width // self.n_heads


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Encoder, connector and decoder. `scale_factor` patches a side fold into one image token.

    `quotes_reading`: the model was taught to answer with the token that opens a reading when all of it is asked for.
    `knows_figures`: it was taught to be told what is drawn (`reading.figures`), `knows_measures`: how sharp the
    picture is, by how much its text is turned, what a photo looks like, and the numbers of a chart.
    """

    vision: VisionConfig = field(default_factory=VisionConfig)
    decoder: DecoderConfig = field(default_factory=DecoderConfig)
    scale_factor: int = 2
    quotes_reading: bool = False
    knows_figures: bool = False
    knows_measures: bool = False

    def __post_init__(self) -> None:
        if self.vision.grid % self.scale_factor:
            raise ConfigError(f"a grid of {self.vision.grid} patches does not fold by scale_factor={self.scale_factor}")

    @property
    def n_image_tokens(self) -> int:
        """Vectors that the decoder gets for one tile."""
        return self.vision.n_patches // self.scale_factor**2

    def to_hf(self, *, image_token_id: int, end_token_id: int, pad_token_id: int) -> dict[str, Any]:
        """The same sizes under the names that `transformers` gives them."""
        vision, decoder = self.vision, self.decoder
        return {
            "architectures": ["SmolVLMForConditionalGeneration"],
            "model_type": "smolvlm",
            "image_token_id": image_token_id,
            "pad_token_id": pad_token_id,
            "eos_token_id": end_token_id,
            "scale_factor": self.scale_factor,
            "tie_word_embeddings": True,
            "quotes_reading": self.quotes_reading,
            "knows_figures": self.knows_figures,
            "knows_measures": self.knows_measures,
            "vision_config": {
                "model_type": "smolvlm_vision",
                "image_size": vision.image_px,
                "patch_size": vision.patch_px,
                "hidden_size": vision.width,
                "num_hidden_layers": vision.n_layers,
                "num_attention_heads": vision.n_heads,
                "intermediate_size": vision.ffn,
                "layer_norm_eps": vision.norm_eps,
                "hidden_act": "gelu_pytorch_tanh",
                "num_channels": 3,
                "attention_dropout": 0.0,
            },
            "text_config": {
                "model_type": "llama",
                "vocab_size": decoder.vocab_size,
                "hidden_size": decoder.width,
                "num_hidden_layers": decoder.n_layers,
                "num_attention_heads": decoder.n_heads,
                "num_key_value_heads": decoder.n_kv_heads,
                "head_dim": decoder.head_dim,
                "intermediate_size": decoder.ffn,
                "rope_theta": decoder.rope_theta,
                "rms_norm_eps": decoder.norm_eps,
                "max_position_embeddings": decoder.context_tokens,
                "hidden_act": "silu",
                "attention_bias": False,
                "tie_word_embeddings": True,
                "pad_token_id": pad_token_id,
                "eos_token_id": end_token_id,
            },
        }

    @classmethod
    def from_hf(cls, config: Mapping[str, Any]) -> ModelConfig:
        """Read the sizes from a Hugging Face config.

        Raises:
            ConfigError: If it is not of the SmolVLM family, asks for remote code, or lacks a size.
        """
        if "auto_map" in config:
            raise ConfigError("config.json has an auto_map: code from a checkpoint is never run")
        if config.get("model_type") not in ("smolvlm", "idefics3"):
            raise ConfigError(f"config.json is for model_type {config.get('model_type')!r}, not smolvlm or idefics3")
        try:
            return cls(
                _vision(config["vision_config"]),
                _decoder(config["text_config"]),
                int(config["scale_factor"]),
                quotes_reading=config.get("quotes_reading") is True,
                knows_figures=config.get("knows_figures") is True,
                knows_measures=config.get("knows_measures") is True,
            )
        except KeyError as missing:
            raise ConfigError(f"config.json lacks {missing.args[0]!r}") from missing


def _vision(config: Mapping[str, Any]) -> VisionConfig:
    """What a released config leaves out has Idefics3's default (transformers, `Idefics3VisionConfig`)."""
    return VisionConfig(
        image_px=config["image_size"],
        patch_px=config["patch_size"],
        width=config["hidden_size"],
        n_layers=config.get("num_hidden_layers", 12),
        n_heads=config["num_attention_heads"],
        ffn=config.get("intermediate_size", 3072),
        norm_eps=config.get("layer_norm_eps", 1e-6),
    )


def _decoder(config: Mapping[str, Any]) -> DecoderConfig:
    """What a released config leaves out has Llama's default (transformers, `LlamaConfig`)."""
    n_heads = config["num_attention_heads"]
    if config.get("head_dim") not in (None, config["hidden_size"] // n_heads):
        raise ConfigError(f"config.json: head_dim={config['head_dim']} is not hidden_size / num_attention_heads")
    return DecoderConfig(
        vocab_size=config["vocab_size"],
        width=config["hidden_size"],
        n_layers=config["num_hidden_layers"],
        n_heads=n_heads,
        n_kv_heads=config.get("num_key_value_heads", n_heads),
        ffn=config["intermediate_size"],
        rope_theta=_rope_theta(config),
        norm_eps=config.get("rms_norm_eps", 1e-6),
        context_tokens=config["max_position_embeddings"],
    )


def _rope_theta(config: Mapping[str, Any]) -> float:
    """The base of the rotary places, where transformers 4 or 5 writes it.

    Raises:
        ConfigError: If places are scaled in a way that this runtime does not compute.
    """
    rope = config.get("rope_parameters") or config.get("rope_scaling") or {}
    kind = rope.get("rope_type", rope.get("type", "default"))
    if kind != "default":
        raise ConfigError(f"config.json: rope_type {kind!r} is not supported, only 'default'")
    return float(rope.get("rope_theta", config.get("rope_theta", 10_000.0)))


def load_config(folder: Path) -> ModelConfig:
    """Read `config.json` of a checkpoint folder."""
    return ModelConfig.from_hf(json.loads((folder / "config.json").read_text("utf-8")))
