"""A checkpoint folder in Hugging Face's layout, read only when every file is the one that was shipped.

`weights.sha256` lists the sha256 and name of each file, in `sha256sum` form. Weights are safetensors,
stored as float16 or float32; nothing here can run code from a checkpoint.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as load_tensors

from sightline.errors import ConfigError
from sightline.model.calibration import Calibration
from sightline.model.config import ModelConfig
from sightline.model.tokenizer import TextTokenizer

WEIGHTS, CONFIG, TOKENIZER, MANIFEST = "model.safetensors", "config.json", "tokenizer.json", "weights.sha256"
CALIBRATION = "calibration.json"  # may be missing: the model then has no confidence to tell
MAX_HEADER_BYTES = 100 * 2**20


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Everything that a runtime needs. Tensors are by Hugging Face's names, in the dtype of the file."""

    config: ModelConfig
    tokenizer: TextTokenizer
    tensors: Mapping[str, NDArray[Any]]
    calibration: Calibration | None = None
    weights_hash: str = ""  # SHA-256 of the file of weights, in hex


def load_checkpoint(folder: Path) -> Checkpoint:
    """Read a checkpoint whose files all have the sha256 of its manifest.

    Raises:
        ConfigError: If a file is missing, was changed, or is not what its name says. It names the file.
    """
    files = verified_files(folder)
    _check_header(files[WEIGHTS])
    return Checkpoint(
        config=ModelConfig.from_hf(json.loads(files[CONFIG])),
        tokenizer=TextTokenizer.load(folder / TOKENIZER),
        tensors=load_tensors(files[WEIGHTS]),
        calibration=Calibration.from_json(files[CALIBRATION]) if CALIBRATION in files else None,
        weights_hash=hashlib.sha256(files[WEIGHTS]).hexdigest(),
    )


def verified_files(folder: Path) -> dict[str, bytes]:
    """The bytes of each file in the manifest, all as shipped."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise ConfigError(f"{manifest} is missing: the weights cannot be verified")
    files = {}
    for line in manifest.read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        if not (folder / name).is_file():
            raise ConfigError(f"{folder / name} is missing")
        files[name] = (folder / name).read_bytes()
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise ConfigError(f"{folder / name} is not the file that was shipped (sha256 differs)")
    for name in (WEIGHTS, CONFIG, TOKENIZER):
        if name not in files:
            raise ConfigError(f"{manifest} does not list {name}")
    return files


def write_manifest(folder: Path) -> None:
    """Record the sha256 of the files that make up a checkpoint."""
    names = [name for name in (WEIGHTS, CONFIG, TOKENIZER, CALIBRATION) if (folder / name).is_file()]
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / MANIFEST).write_text("".join(lines), "utf-8")


def _check_header(data: bytes) -> None:
    if len(data) < 8 or struct.unpack("<Q", data[:8])[0] > min(MAX_HEADER_BYTES, len(data) - 8):
        raise ConfigError(f"{WEIGHTS} is not a safetensors file")


def as_float32(tensors: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    """The same tensors for computing with."""
    return {name: value.astype(np.float32) for name, value in tensors.items()}
