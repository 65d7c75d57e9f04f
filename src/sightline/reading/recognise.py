"""What a line says: crops of one line each to text (PP-OCR's CTC recogniser)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from sightline.images.picture import RGB

LINE_PX = 48  # height of the network's input
BLANK = 0
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # "Ｔ" is how it spells some Latin letters


@dataclass(frozen=True, slots=True)
class RecogniserSettings:
    """Widths in pixels at a height of 48.

    The network often sees a space and still prefers "nothing" there: a gap whose best space is at least
    `space_threshold` gets one (docs/decisions/0002-reading.md).
    """

    min_width_px: int = 160
    max_width_px: int = 2400
    max_batch_px: int = 960  # of all the widths; one thread gains nothing from wider batches
    space_threshold: float = 0.03


@dataclass(frozen=True, slots=True)
class Recognised:
    """Text of one crop; `confidence` is the mean over its characters, 0..1."""

    text: str
    confidence: float


class Recogniser:
    """Reads crops of single lines. Safe to call from several threads."""

    def __init__(self, session: ort.InferenceSession, settings: RecogniserSettings) -> None:
        self._session = session
        self._settings = settings
        characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ["", *characters, " "]

    def recognise(self, crops: Sequence[RGB], executor: Executor, min_width_px: int = 0) -> list[Recognised]:
        """Return the text of each crop, in the order given. Batches of like widths run on `executor`.

        Crops narrower than `min_width_px` or the setting's own minimum are padded on the right.
        """
        floor = max(min_width_px, self._settings.min_width_px)
        widths = [self._width_px(crop) for crop in crops]
        batches = _make_batches([max(floor, width) for width in widths], self._settings.max_batch_px)
        runs = executor.map(
            lambda batch: self._run([crops[i] for i in batch], [widths[i] for i in batch], floor), batches
        )
        found = {
            index: text
            for batch, texts in zip(batches, runs, strict=True)
            for index, text in zip(batch, texts, strict=True)
        }
        return [found[index] for index in range(len(crops))]

    def _width_px(self, crop: RGB) -> int:
        height, width = crop.shape[:2]
        return int(min(self._settings.max_width_px, max(1, -(-width * LINE_PX // height))))

    def _run(self, crops: list[RGB], widths: list[int], floor: int) -> list[Recognised]:
        padded = max(floor, -(-max(widths) // 32) * 32)
        tensor = np.zeros((len(crops), 3, LINE_PX, padded), np.float32)
        for row, (crop, width) in enumerate(zip(crops, widths, strict=True)):
            line = cv2.resize(crop, (width, LINE_PX))[:, :, ::-1]
            tensor[row, :, :, :width] = (line.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)
        scores: NDArray[np.float32] = self._session.run(None, {"x": tensor})[0]
        return [self._decode(line) for line in scores]

    def _decode(self, scores: NDArray[np.float32]) -> Recognised:
        """Read one line's scores `(steps, characters)`: the likeliest at each step, repeats and blanks dropped."""
        best = scores.argmax(axis=1)
        starts = np.flatnonzero((best != BLANK) & (np.diff(best, prepend=BLANK) != 0))
        if not len(starts):
            return Recognised("", 0.0)
        pieces = []
        for start, end in zip(starts, [*starts[1:], len(best)], strict=True):
            pieces.append(self._characters[best[start]])
            gap = scores[start + 1 : end, -1]  # the space is the last character
            if len(gap) and end < len(best) and gap.max() >= self._settings.space_threshold:
                pieces.append(" ")
        text = " ".join("".join(pieces).split()).translate(FULL_WIDTH)
        return Recognised(text, float(scores[starts, best[starts]].mean()))


def _make_batches(widths: list[int], max_batch_px: int) -> list[list[int]]:
    """Group the indices of like widths, widest first: no batch is padded to more than `max_batch_px` in all."""
    batches: list[list[int]] = []
    for index in sorted(range(len(widths)), key=lambda index: -widths[index]):
        if batches and widths[batches[-1][0]] * (len(batches[-1]) + 1) <= max_batch_px:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches
