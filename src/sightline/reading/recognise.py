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
STEP_PX = 8  # width of the input that one output column stands for
BLANK = 0


@dataclass(frozen=True, slots=True)
class RecogniserSettings:
    """Widths in pixels at a height of 48."""

    min_width_px: int = 160
    max_width_px: int = 2400
    max_batch_px: int = 2560  # widths of one batch in all


@dataclass(frozen=True, slots=True)
class Recognised:
    """Text of one crop. `columns` has the place of each character from 0 (left edge) in line heights."""

    text: str
    confidence: float
    columns: tuple[float, ...]


class Recogniser:
    """Reads crops of single lines. Safe to call from several threads."""

    def __init__(self, session: ort.InferenceSession, settings: RecogniserSettings) -> None:
        self._session = session
        self._settings = settings
        characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ["", *characters, " "]

    def recognise(self, crops: Sequence[RGB], executor: Executor) -> list[Recognised]:
        """Return the text of each crop, in the order given. Batches of like widths run on `executor`."""
        widths = [self._width_px(crop) for crop in crops]
        batches = _make_batches(widths, self._settings)
        found: dict[int, Recognised] = {}
        runs = executor.map(lambda batch: self._run(batch, crops, widths), batches)
        for batch, texts in zip(batches, runs, strict=True):
            found.update(zip(batch, texts, strict=True))
        return [found[index] for index in range(len(crops))]

    def _width_px(self, crop: RGB) -> int:
        height, width = crop.shape[:2]
        return int(min(self._settings.max_width_px, max(STEP_PX, -(-width * LINE_PX // height))))

    def _run(self, batch: list[int], crops: Sequence[RGB], widths: list[int]) -> list[Recognised]:
        padded = max(self._settings.min_width_px, -(-max(widths[index] for index in batch) // 32) * 32)
        tensor = np.zeros((len(batch), 3, LINE_PX, padded), np.float32)
        for row, index in enumerate(batch):
            line = cv2.resize(crops[index], (widths[index], LINE_PX))[:, :, ::-1]
            tensor[row, :, :, : widths[index]] = (line.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)
        scores: NDArray[np.float32] = self._session.run(None, {"x": tensor})[0]
        return [self._decode(line) for line in scores]

    def _decode(self, scores: NDArray[np.float32]) -> Recognised:
        best = scores.argmax(axis=1)
        starts = np.flatnonzero((best != BLANK) & (np.diff(best, prepend=BLANK) != 0))
        if not len(starts):
            return Recognised("", 0.0, ())
        text = "".join(self._characters[index] for index in best[starts])
        columns = tuple(float(start + 0.5) * STEP_PX / LINE_PX for start in starts)
        return Recognised(text, float(scores[starts, best[starts]].mean()), columns)


def _make_batches(widths: list[int], settings: RecogniserSettings) -> list[list[int]]:
    batches: list[list[int]] = []
    for index in sorted(range(len(widths)), key=lambda index: -widths[index]):
        batch = batches[-1] if batches else []
        widest = max(settings.min_width_px, widths[batch[0]] if batch else 0)
        if batch and widest * (len(batch) + 1) <= settings.max_batch_px:
            batch.append(index)
        else:
            batches.append([index])
    return batches
