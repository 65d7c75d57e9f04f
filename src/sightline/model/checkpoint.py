"""A checkpoint folder in Hugging Face's layout, read only when every file is the one that was shipped.

`weights.sha256` lists the sha256 and name of each file, in `sha256sum` form. Weights are safetensors,
stored as float16, bfloat16 or float32; nothing here can run code from a checkpoint.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, deserialize

from sightline.errors import ConfigError
from sightline.model.calibration import Calibration
from sightline.model.config import ModelConfig
from sightline.model.tokenizer import READING, TextTokenizer
from sightline.types import USUAL_TEMPERATURE

WEIGHTS, CONFIG, TOKENIZER, MANIFEST = "model.safetensors", "config.json", "tokenizer.json", "weights.sha256"
CALIBRATION = "calibration.json"  # may be missing: the model then has no confidence to tell
GENERATION = "generation_config.json"  # may be missing: the model then has no temperature of its own
MAX_TEMPERATURE = 2.0  # as at the wire
MAX_HEADER_BYTES = 100 * 2**20
DTYPES = {"F16": np.float16, "F32": np.float32}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Everything that a runtime needs. Tensors are by Hugging Face's names, in the dtype of the file."""

    config: ModelConfig
    tokenizer: TextTokenizer
    tensors: Mapping[str, NDArray[Any]]
    calibration: Calibration | None = None
    weights_hash: str = ""  # SHA-256 of the file of weights, in hex
    temperature: float = USUAL_TEMPERATURE  # where the caller names none


def load_checkpoint(folder: Path, *, needs_manifest: bool = True) -> Checkpoint:
    """Read a checkpoint whose files all have the sha256 of its manifest.

    A folder that somebody brought may have no manifest: with `needs_manifest` off it is then read as it is.

    Raises:
        ConfigError: If a file is missing, was changed, or is not what its name says. It names the file.
    """
    files = verified_files(folder) if needs_manifest or (folder / MANIFEST).is_file() else _unverified_files(folder)
    return Checkpoint(
        config=ModelConfig.from_hf(json.loads(files[CONFIG])),
        tokenizer=TextTokenizer.load(folder / TOKENIZER),
        tensors=_tensors(files[WEIGHTS]),
        calibration=Calibration.from_json(files[CALIBRATION]) if CALIBRATION in files else None,
        weights_hash=hashlib.sha256(files[WEIGHTS]).hexdigest(),
        temperature=_own_temperature(files[GENERATION]) if GENERATION in files else USUAL_TEMPERATURE,
    )


def _own_temperature(generation_config: bytes) -> float:
    """The temperature of a `generation_config.json` (Hugging Face): 0 if it says not to sample."""
    try:
        told = json.loads(generation_config)
        temperature = 0.0 if told.get("do_sample") is False else float(told.get("temperature", USUAL_TEMPERATURE))
    except (ValueError, TypeError, AttributeError):
        raise ConfigError(f"{GENERATION} is no JSON object with a number as its temperature") from None
    if not 0 <= temperature <= MAX_TEMPERATURE:
        raise ConfigError(f"{GENERATION}: temperature is {temperature}; 0 to {MAX_TEMPERATURE:g} is possible")
    return temperature


def knows_readings(folder: Path) -> bool:
    """Whether the checkpoint's tokenizer marks what was read in a picture, as the bundled model's does.

    Raises:
        ConfigError: If it has no tokenizer.
    """
    try:
        told = json.loads((folder / TOKENIZER).read_text("utf-8"))
        return any(token["content"] == READING for token in told["added_tokens"])
    except (OSError, ValueError, KeyError, TypeError):
        raise ConfigError(f"{folder / TOKENIZER} is missing or is no tokenizer") from None


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


def _unverified_files(folder: Path) -> dict[str, bytes]:
    for name in (WEIGHTS, CONFIG, TOKENIZER):
        if not (folder / name).is_file():
            why = "; weights in several files are not read" if any(folder.glob("*.safetensors.index.json")) else ""
            raise ConfigError(f"{folder / name} is missing{why}")
    return {
        name: (folder / name).read_bytes()
        for name in (WEIGHTS, CONFIG, TOKENIZER, CALIBRATION, GENERATION)
        if (folder / name).is_file()
    }


def write_manifest(folder: Path) -> None:
    """Record the sha256 of the files that make up a checkpoint."""
    names = [name for name in (WEIGHTS, CONFIG, TOKENIZER, CALIBRATION, GENERATION) if (folder / name).is_file()]
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / MANIFEST).write_text("".join(lines), "utf-8")


def _tensors(data: bytes) -> dict[str, NDArray[Any]]:
    """The tensors of a safetensors file, bfloat16 as float32: NumPy has no such numbers."""
    if len(data) < 8 or struct.unpack("<Q", data[:8])[0] > min(MAX_HEADER_BYTES, len(data) - 8):
        raise ConfigError(f"{WEIGHTS} is not a safetensors file")
    read: Callable[[bytes], list[tuple[str, Mapping[str, Any]]]] = deserialize
    try:
        return {name: _array(name, view) for name, view in read(data)}
    except SafetensorError:
        raise ConfigError(f"{WEIGHTS} is not a safetensors file") from None


def _array(name: str, view: Mapping[str, Any]) -> NDArray[Any]:
    dtype, values = view["dtype"], view["data"]
    if dtype == "BF16":
        halves = np.frombuffer(values, np.uint16).astype(np.uint32) << 16
        return halves.view(np.float32).reshape(view["shape"])
    if dtype not in DTYPES:
        raise ConfigError(f"{WEIGHTS}: {name} has the dtype {dtype}; {', '.join(DTYPES)} and BF16 are read")
    return np.frombuffer(values, DTYPES[dtype]).reshape(view["shape"])


def as_float32(tensors: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    """The same tensors for computing with."""
    return {name: value.astype(np.float32) for name, value in tensors.items()}
