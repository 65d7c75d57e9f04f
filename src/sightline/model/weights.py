"""The tensors of a checkpoint: one safetensors file, or several that an index names.

The index is Hugging Face's `model.safetensors.index.json`: `weight_map` says which file has which tensor.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, deserialize

from sightline.errors import ConfigError

WEIGHTS, INDEX = "model.safetensors", "model.safetensors.index.json"
MAX_HEADER_BYTES = 100 * 2**20
DTYPES = {"F16": np.float16, "F32": np.float32}


def weight_files(folder: Path) -> tuple[str, ...]:
    """The names of the files that hold the weights in `folder`, whether they are there or not.

    Raises:
        ConfigError: If there is an index that names anything but safetensors files beside it.
    """
    if (folder / WEIGHTS).is_file() or not (folder / INDEX).is_file():
        return (WEIGHTS,)
    try:
        names = sorted(set(json.loads((folder / INDEX).read_text("utf-8"))["weight_map"].values()))
        is_plain = all(PurePosixPath(name).name == name and name.endswith(".safetensors") for name in names)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ConfigError(f"{folder / INDEX} is no index of weights") from None
    if not names or not is_plain or any("\\" in name for name in names):
        raise ConfigError(f"{folder / INDEX} must name safetensors files beside it")
    return tuple(names)


def read_tensors(files: Mapping[str, bytes], names: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """The tensors of the files `names`, bfloat16 as float32: NumPy has no such numbers.

    Raises:
        ConfigError: If a file is no safetensors file, or two have a tensor of one name.
    """
    tensors: dict[str, NDArray[Any]] = {}
    for name in names:
        found = _read(files[name], name)
        twice = tensors.keys() & found.keys()
        if twice:
            raise ConfigError(f"{name} has {min(twice)} once more")
        tensors |= found
    return tensors


def _read(data: bytes, file: str) -> dict[str, NDArray[Any]]:
    if len(data) < 8 or struct.unpack("<Q", data[:8])[0] > min(MAX_HEADER_BYTES, len(data) - 8):
        raise ConfigError(f"{file} is not a safetensors file")
    read: Callable[[bytes], list[tuple[str, Mapping[str, Any]]]] = deserialize
    try:
        return {name: _array(file, name, view) for name, view in read(data)}
    except SafetensorError:
        raise ConfigError(f"{file} is not a safetensors file") from None


def _array(file: str, name: str, view: Mapping[str, Any]) -> NDArray[Any]:
    dtype, values = view["dtype"], view["data"]
    if dtype == "BF16":
        halves = np.frombuffer(values, np.uint16).astype(np.uint32) << 16
        return halves.view(np.float32).reshape(view["shape"])
    if dtype not in DTYPES:
        raise ConfigError(f"{file}: {name} has the dtype {dtype}; {', '.join(DTYPES)} and BF16 are read")
    return np.frombuffer(values, DTYPES[dtype]).reshape(view["shape"])


def as_float32(tensors: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    """The same tensors for computing with."""
    return {name: value.astype(np.float32) for name, value in tensors.items()}
