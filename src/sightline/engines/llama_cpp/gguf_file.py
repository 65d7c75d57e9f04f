"""The head of a GGUF file: what it says about the model in it. The weights themselves are not read."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sightline.errors import ConfigError

MAGIC = b"GGUF"
FIXED = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
STRING, ARRAY = 8, 9
MAX_STRING, MAX_ENTRIES, MAX_TENSORS, MAX_DIMENSIONS = 2**24, 2**24, 2**16, 8


@dataclass(frozen=True, slots=True)
class GgufHead:
    """What a GGUF file says about itself. Of a list only the length is kept, as an int."""

    path: Path
    values: Mapping[str, Any]
    n_parameters: int
    n_bytes: int

    @property
    def architecture(self) -> str:
        """Such as "llama", or "clip" for a projector."""
        return str(self.values.get("general.architecture", ""))

    @property
    def is_projector(self) -> bool:
        """Whether it holds the eyes of a model, not the model."""
        return self.architecture == "clip"

    @property
    def context_tokens(self) -> int:
        """The longest conversation the model was made for; 0 if the file does not say."""
        return self.number(f"{self.architecture}.context_length")

    @property
    def width(self) -> int:
        """The size of a token's vector; 0 if the file does not say. Projector and model must agree in it."""
        known = "clip.vision.projection_dim" if self.is_projector else f"{self.architecture}.embedding_length"
        return self.number(known)

    @property
    def n_vocabulary(self) -> int:
        """How many tokens there are; 0 if the file does not say."""
        return self.number("tokenizer.ggml.tokens")

    def number(self, key: str) -> int:
        """Return a whole number, 0 if it is not there or none."""
        value = self.values.get(key, 0)
        return value if isinstance(value, int) and not isinstance(value, bool) else 0


def read_head(path: Path) -> GgufHead:
    """Read the head of a GGUF file.

    Raises:
        ConfigError: If there is no such file, or it is none, or is cut.
    """
    try:
        with path.open("rb") as file:
            return _Reader(file, path).head()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None
    except (struct.error, ValueError):
        raise ConfigError(f"{path} is not a GGUF file, or was cut short; get it again") from None


def find_projector(model: Path) -> Path:
    """Return the projector that lies beside a model's file: the one GGUF file with "mmproj" in its name.

    Of several the one is taken whose name shares the model's own, if that is one.

    Raises:
        ConfigError: If there is none, or several.
    """
    found = [path for path in sorted(model.parent.glob("*.gguf")) if "mmproj" in path.name.lower() and path != model]
    if len(found) > 1:
        stem = model.stem.lower()
        of_name = [path for path in found if _bare(path) in stem]
        found = of_name or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise ConfigError(
            f"{model} has no projector beside it (a GGUF file with 'mmproj' in its name); name it: --mmproj"
        )
    names = ", ".join(path.name for path in found)
    raise ConfigError(f"{model} has several projectors beside it ({names}); name one: --mmproj")


def _bare(projector: Path) -> str:
    """Return the model's name in a projector's name, without its precision."""
    name = projector.stem.lower().replace("mmproj", "").strip("-_.")
    for precision in ("f16", "bf16", "f32", "q8_0"):
        name = name.removesuffix(precision).rstrip("-_.")
    return name


class _Reader:
    """Reads little-endian values one after the other, none past the end of the file."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file = file
        self._path = path
        self._n_bytes = path.stat().st_size

    def head(self) -> GgufHead:
        if self._take(4) != MAGIC:
            raise ValueError
        version = self._fixed(4)
        if version not in (2, 3):
            raise ValueError
        n_tensors, n_values = self._count(MAX_TENSORS), self._count(MAX_ENTRIES)
        values = {}
        for _ in range(n_values):
            key = self._string()
            values[key] = self._value(self._fixed(4))
        ends = [self._tensor() for _ in range(n_tensors)]
        n_parameters = sum(n for n, _ in ends)
        alignment = values.get("general.alignment", 32)
        start = -(-self._file.tell() // alignment) * alignment
        if n_tensors and start + max(at for _, at in ends) >= self._n_bytes:
            raise ValueError
        return GgufHead(self._path, values, n_parameters, self._n_bytes)

    def _tensor(self) -> tuple[int, int]:
        """Return the number of values of a tensor, and where it begins."""
        self._string()
        n_dimensions = self._fixed(4)
        if n_dimensions > MAX_DIMENSIONS:
            raise ValueError
        shape = [self._fixed(10) for _ in range(n_dimensions)]
        self._fixed(4)
        return math.prod(shape), self._fixed(10)

    def _value(self, kind: int) -> Any:
        if kind == STRING:
            return self._string()
        if kind != ARRAY:
            return self._fixed(kind)
        inner, n = self._fixed(4), self._count(MAX_ENTRIES)
        if inner in FIXED:
            self._take(n * struct.calcsize(FIXED[inner]), keep=False)
        else:
            for _ in range(n):
                self._value(inner)
        return n

    def _string(self) -> str:
        return self._take(self._count(MAX_STRING)).decode("utf-8", "replace")

    def _count(self, most: int) -> int:
        n = self._fixed(10)
        if n > most:
            raise ValueError
        return int(n)

    def _fixed(self, kind: int) -> Any:
        form = FIXED.get(kind)
        if form is None:
            raise ValueError
        return struct.unpack(form, self._take(struct.calcsize(form)))[0]

    def _take(self, n: int, *, keep: bool = True) -> bytes:
        if self._file.tell() + n > self._n_bytes:
            raise ValueError
        if keep:
            return self._file.read(n)
        self._file.seek(n, 1)
        return b""
