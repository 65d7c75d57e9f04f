"""All lines of one picture: found, straightened, turned the right way up and recognised."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from sightline.images.picture import RGB
from sightline.reading.crop import crop_line
from sightline.reading.detect import DetectorSettings, Quad, detect_lines
from sightline.reading.models import DETECTOR_FILE, RECOGNISER_FILE, find_model, open_session
from sightline.reading.recognise import Recognised, Recogniser, RecogniserSettings
from sightline.reading.turn import TALL, mostly_tall, place_quad, turn_back

MIN_CONFIDENCE = 0.5  # a line below this is more often wrong than right, and is left out
SURE_CONFIDENCE = 0.85  # a page below this on average may stand on its head
N_PROBES = 6
WORD_WIDTH_PX, WORD_HEIGHT_PX = 640, 256  # a picture inside this may be one word, and is also read whole
SHORT_WORD_PX = 64  # one this low, read surely, is not searched for lines as well
WHOLE_SURE, WHOLE_FAIR, WHOLE_POOR = 0.9, 0.75, 0.6
WHOLE_MIN_WIDTH_PX = 320


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line as found: `quad` in pixels of the picture given, confidence 0..1, no order."""

    text: str
    quad: Quad
    confidence: float


class PageReader:
    """Both networks, loaded. One picture at a time fills `n_threads` cores."""

    def __init__(self, n_threads: int, detector: DetectorSettings, recogniser: RecogniserSettings) -> None:
        self._detector_settings = detector
        self._detector = open_session(find_model(DETECTOR_FILE), n_threads)
        # Lines run side by side with one thread each: the operators of one line are too small to share.
        self._recogniser = Recogniser(open_session(find_model(RECOGNISER_FILE), 1), recogniser)
        self._executor = ThreadPoolExecutor(n_threads, thread_name_prefix="reading")

    def read(self, rgb: RGB) -> tuple[list[RawLine], int]:
        """Return the lines of `rgb`, in its pixels, and the quarter turns clockwise that its text was given."""
        whole = self._read_whole(rgb)
        if whole and rgb.shape[0] <= SHORT_WORD_PX and whole.confidence >= WHOLE_SURE:
            return [whole], 0
        lines, turn = self._read_lines(rgb)
        if turn and rgb.shape[0] <= SHORT_WORD_PX:
            lines, turn = [], 0  # a word this small has too few letters to show that it was turned
        if whole and _better_whole(whole, lines, rgb.shape[0]):
            return [replace(whole, quad=_union(lines) if lines else whole.quad)], 0
        return lines, turn

    def recognise(self, crops: Sequence[RGB], min_width_px: int = 0) -> list[Recognised]:
        """Return the text of each crop, taken to be one line, not turned."""
        return self._recogniser.recognise(crops, self._executor, min_width_px)

    def _read_whole(self, rgb: RGB) -> RawLine | None:
        height, width = rgb.shape[:2]
        narrowest = 0.3 if height <= SHORT_WORD_PX else 0.7
        if width > WORD_WIDTH_PX or height > WORD_HEIGHT_PX or width < narrowest * height:
            return None
        found = self.recognise([rgb], WHOLE_MIN_WIDTH_PX)[0]
        corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        return RawLine(found.text, corners, found.confidence) if found.text else None

    def _read_lines(self, rgb: RGB) -> tuple[list[RawLine], int]:
        turn, upright, quads = 0, rgb, self._detect(rgb)
        if mostly_tall(quads):
            turn, upright = 1, turn_back(rgb, 1)
            quads = self._detect(upright)
        lines = self._recognise_quads(upright, quads)
        if _mean_confidence(lines) < SURE_CONFIDENCE and self._reads_upside_down(upright, lines):
            turn, upright = turn + 2, turn_back(upright, 2)
            lines = self._recognise_quads(upright, [_flip(line.quad, upright) for line in lines])
        height, width = rgb.shape[:2]
        kept = [line for line in lines if line.text and line.confidence >= MIN_CONFIDENCE]
        return [replace(line, quad=place_quad(line.quad, turn, width, height)) for line in kept], turn

    def _detect(self, rgb: RGB) -> list[Quad]:
        return detect_lines(self._detector, rgb, self._detector_settings)

    def _recognise_quads(self, rgb: RGB, quads: list[Quad]) -> list[RawLine]:
        """Recognise every quad; tall ones both ways up, keeping the surer."""
        crops = [crop_line(rgb, quad) for quad in quads]
        tall = [index for index, crop in enumerate(crops) if crop.shape[0] >= TALL * crop.shape[1]]
        other_way = [turn_back(crops[index], 3) for index in tall]
        for index in tall:
            crops[index] = turn_back(crops[index], 1)
        texts = self.recognise([*crops, *other_way])
        for index, other in zip(tall, texts[len(crops) :], strict=True):
            texts[index] = max(texts[index], other, key=lambda text: text.confidence)
        pairs = zip(texts[: len(crops)], quads, strict=True)
        return [RawLine(text.text, quad, text.confidence) for text, quad in pairs]

    def _reads_upside_down(self, rgb: RGB, lines: list[RawLine]) -> bool:
        """Tell whether the longest lines read clearly better on their heads."""
        probes = sorted(lines, key=lambda line: -float(np.linalg.norm(line.quad[1] - line.quad[0])))[:N_PROBES]
        crops = [turn_back(crop_line(rgb, line.quad), 2) for line in probes]
        flipped = sum(text.confidence for text in self.recognise(crops)) / max(1, len(crops))
        return flipped >= max(WHOLE_FAIR, _mean_confidence(probes) + 0.1)


def _mean_confidence(lines: Sequence[RawLine]) -> float:
    return sum(line.confidence for line in lines) / max(1, len(lines))


def _better_whole(whole: RawLine, lines: Sequence[RawLine], height: int) -> bool:
    """Tell whether a small picture, `height` pixels high, is one word rather than the `lines` found in it."""
    if not lines:
        return whole.confidence >= (WHOLE_POOR if height <= SHORT_WORD_PX else WHOLE_SURE)
    n_whole, n_found = _n_letters([whole]), _n_letters(lines)
    is_spaced_out = len(lines) > 2 and n_found <= 2 * len(lines)  # each letter was found as a line of its own
    if n_whole >= n_found + (not is_spaced_out) and whole.confidence >= WHOLE_FAIR:
        return True
    return n_whole >= n_found - 1 and whole.confidence >= max(WHOLE_FAIR, _mean_confidence(lines) - 0.05)


def _n_letters(lines: Sequence[RawLine]) -> int:
    return sum(len(line.text.replace(" ", "")) for line in lines)


def _union(lines: Sequence[RawLine]) -> Quad:
    points = np.concatenate([line.quad for line in lines])
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float32)


def _flip(quad: Quad, rgb: RGB) -> Quad:
    """Return `quad` in `rgb`, the picture now on its head, with its corners named anew."""
    return np.ascontiguousarray(np.roll(place_quad(quad, 2, rgb.shape[1], rgb.shape[0]), 2, axis=0))
