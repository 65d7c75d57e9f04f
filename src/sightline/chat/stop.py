"""Stop strings, once for every engine."""

from __future__ import annotations

from collections.abc import Sequence


class StopFilter:
    """Passes an answer on up to the first stop string, also when that string comes in pieces.

    Text that may be the beginning of a stop string is held back until the next piece settles it.
    """

    def __init__(self, stop: Sequence[str]) -> None:
        self._stop = tuple(text for text in stop if text)
        self._held = ""
        self.stopped = False

    def push(self, text: str) -> str:
        """Return what can be shown now. After a stop string nothing more comes."""
        if self.stopped:
            return ""
        if not self._stop:
            return text
        text = self._held + text
        starts = [at for at in (text.find(stop) for stop in self._stop) if at >= 0]
        if starts:
            self.stopped, self._held = True, ""
            return text[: min(starts)]
        n_held = max(_overlap(text, stop) for stop in self._stop)
        self._held = text[len(text) - n_held :]
        return text[: len(text) - n_held]

    def flush(self) -> str:
        """Return what was held back: the answer is over and no stop string came."""
        held, self._held = self._held, ""
        return held


def _overlap(text: str, stop: str) -> int:
    """Return the length of the longest end of `text` that begins `stop`."""
    for length in range(min(len(text), len(stop) - 1), 0, -1):
        if text.endswith(stop[:length]):
            return length
    return 0
