"""A checkpoint folder in Hugging Face's layout, read only when every file is the one that was shipped.

`weights.sha256` lists the sha256 and name of each file, in `sha256sum` form. Weights are safetensors, in one file or in
several, stored as float16, bfloat16 or float32; nothing here can run code from a checkpoint.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from sightline.errors import ConfigError
from sightline.model.calibration import Calibration
from sightline.model.config import ModelConfig
from sightline.model.tokenizer import READING, TextTokenizer
from sightline.model.weights import INDEX, read_tensors, weight_files
from sightline.types import USUAL_TEMPERATURE

CONFIG, TOKENIZER, MANIFEST = "config.json", "tokenizer.json", "weights.sha256"
CALIBRATION = "calibration.json"  # may be missing: the model then has no confidence to tell
GENERATION = "generation_config.json"  # may be missing: the model then has no temperature of its own
MAX_TEMPERATURE = 2.0  # as at the wire


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Everything that a runtime needs. Tensors are by Hugging Face's names, in the dtype of the file."""

    config: ModelConfig
    tokenizer: TextTokenizer
    tensors: Mapping[str, NDArray[Any]]
    calibration: Calibration | None = None
    weights_hash: str = ""  # SHA-256 of the file of weights, in hex; of several files, of their hashes
    temperature: float = USUAL_TEMPERATURE  # where the caller names none


def load_checkpoint(folder: Path, *, needs_manifest: bool = True) -> Checkpoint:
    """Read a checkpoint whose files all have the sha256 of its manifest.

    A folder that somebody brought may have no manifest: with `needs_manifest` off it is then read as it is.

    Raises:
        ConfigError: If a file is missing, was changed, or is not what its name says. It names the file.
    """
    files = verified_files(folder) if needs_manifest or (folder / MANIFEST).is_file() else _unverified_files(folder)
    weights = weight_files(folder)
    return Checkpoint(
        config=ModelConfig.from_hf(json.loads(files[CONFIG])),
        tokenizer=TextTokenizer.load(folder / TOKENIZER),
        tensors=read_tensors(files, weights),
        calibration=Calibration.from_json(files[CALIBRATION]) if CALIBRATION in files else None,
        weights_hash=_hash_of([files[name] for name in weights]),
        temperature=_own_temperature(files[GENERATION]) if GENERATION in files else USUAL_TEMPERATURE,
    )


def _hash_of(files: Sequence[bytes]) -> str:
    hashes = [hashlib.sha256(data) for data in files]
    return (
        hashes[0].hexdigest() if len(hashes) == 1 else hashlib.sha256(b"".join(h.digest() for h in hashes)).hexdigest()
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
    for name in (*weight_files(folder), CONFIG, TOKENIZER):
        if name not in files:
            raise ConfigError(f"{manifest} does not list {name}")
    return files


def _unverified_files(folder: Path) -> dict[str, bytes]:
    needed = (*weight_files(folder), CONFIG, TOKENIZER)
    for name in needed:
        if not (folder / name).is_file():
            raise ConfigError(f"{folder / name} is missing")
    return {
        name: (folder / name).read_bytes() for name in (*needed, CALIBRATION, GENERATION) if (folder / name).is_file()
    }


def write_manifest(folder: Path) -> None:
    """Record the sha256 of the files that make up a checkpoint."""
    names = (*weight_files(folder), INDEX, CONFIG, TOKENIZER, CALIBRATION, GENERATION)
    names = tuple(name for name in names if (folder / name).is_file())
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / MANIFEST).write_text("".join(lines), "utf-8")
