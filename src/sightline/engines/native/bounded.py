"""Arrays by key, within a number of bytes; what was asked for longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class BoundedArrays:
    """Holds arrays of at most `max_bytes` together. For one thread."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._arrays: OrderedDict[bytes, Floats] = OrderedDict()
        self.n_bytes = 0

    def __len__(self) -> int:
        return len(self._arrays)

    def get(self, key: bytes) -> Floats | None:
        """Return the array, which is now the last to go, or `None`."""
        array = self._arrays.get(key)
        if array is not None:
            self._arrays.move_to_end(key)
        return array

    def put(self, key: bytes, array: Floats) -> None:
        """Keep `array`, which nobody may change any more, unless it alone is past the bound."""
        if array.nbytes > self._max_bytes:
            return
        before = self._arrays.pop(key, None)
        self.n_bytes += array.nbytes - (0 if before is None else before.nbytes)
        self._arrays[key] = array
        while self.n_bytes > self._max_bytes:
            _, gone = self._arrays.popitem(last=False)
            self.n_bytes -= gone.nbytes
