"""The text of a picture: detection, recognition, turned pages and reading order, cached by pixel hash."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np

from sightline.images.picture import RGB, PreparedImage
from sightline.reading.crop import crop_line
from sightline.reading.detect import DetectorSettings, Quad, detect_lines
from sightline.reading.lines import Box, Reading, TextLine
from sightline.reading.models import DETECTOR_FILE, RECOGNISER_FILE, open_session
from sightline.reading.order import order_rows
from sightline.reading.recognise import Recognised, Recogniser, RecogniserSettings
from sightline.reading.spaces import restore_spaces

MIN_CONFIDENCE = 0.5
SURE_CONFIDENCE = 0.85  # a page whose lines are below this on average may stand on its head
TALL = 1.5  # height over width from which a line is taken to run up or down
N_PROBES = 6
SMALL_SIDE_PX = 400  # a picture inside this may be one word: it is also read whole
SMALL_HEIGHT_PX = 160


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line as found: `quad` in pixels of the picture given, confidence 0..1, no order."""

    text: str
    quad: Quad
    confidence: float


class Reader:
    """Reads pictures. Safe to call from several threads; models load on first use; results are cached."""

    def __init__(
        self,
        cache_entries: int = 256,
        n_threads: int = 2,
        detector: DetectorSettings | None = None,
        recogniser: RecogniserSettings | None = None,
    ) -> None:
        self._cache_entries = cache_entries
        self._n_threads = n_threads
        self._detector_settings = detector or DetectorSettings()
        self._recogniser_settings = recogniser or RecogniserSettings()
        self._cache: OrderedDict[str, Reading] = OrderedDict()
        self._cache_lock = Lock()
        self._work_lock = Lock()  # one picture at a time: it already fills the cores
        self._models: _Models | None = None

    def is_cached(self, pixel_hash: str) -> bool:
        """Tell whether `read` would answer from the cache."""
        with self._cache_lock:
            return pixel_hash in self._cache

    def read(self, image: PreparedImage) -> Reading:
        """Return the text of `image`, boxes in upright source pixels. Same pixels are read once."""
        cached = self._cached(image.pixel_hash)
        if cached is None:
            with self._work_lock:
                cached = self._cached(image.pixel_hash)  # another thread may have read it meanwhile
                if cached is None:
                    cached = self._read_now(image.pixels)
                    self._keep(image.pixel_hash, cached)
        return _to_source(cached, image.receipt.source_width, image.receipt.source_height)

    def read_pixels(self, rgb: RGB) -> list[RawLine]:
        """Return the lines of `rgb` in reading order, past the cache. Boxes in pixels of `rgb`."""
        with self._work_lock:
            lines, turn = self._find_lines(rgb)
        rows = _rows_of(lines, turn, rgb)
        return [lines[index] for row in rows for index in row]

    def warm_up(self) -> None:
        """Load the models now, so that the first picture does not wait for them."""
        with self._work_lock:
            self._load()

    def _cached(self, pixel_hash: str) -> Reading | None:
        with self._cache_lock:
            if pixel_hash not in self._cache:
                return None
            self._cache.move_to_end(pixel_hash)
            return self._cache[pixel_hash]

    def _keep(self, pixel_hash: str, reading: Reading) -> None:
        with self._cache_lock:
            self._cache[pixel_hash] = reading
            while len(self._cache) > self._cache_entries:
                self._cache.popitem(last=False)

    def _load(self) -> _Models:
        if self._models is None:
            self._models = _Models.load(self._n_threads, self._detector_settings, self._recogniser_settings)
        return self._models

    def _read_now(self, rgb: RGB) -> Reading:
        """Read `rgb`; boxes in its own pixels."""
        lines, turn = self._find_lines(rgb)
        rows = _rows_of(lines, turn, rgb)
        ordered = tuple(
            TextLine(lines[index].text, _bounds(lines[index].quad), lines[index].confidence, row)
            for row, members in enumerate(rows)
            for index in members
        )
        return Reading(ordered, rgb.shape[1], rgb.shape[0], 90 * turn)

    def _find_lines(self, rgb: RGB) -> tuple[list[RawLine], int]:
        """Return the lines of `rgb` in its own pixels, and its quarter turns clockwise."""
        models = self._load()
        quads = models.detect(rgb)
        turn = 0
        if _mostly_tall(quads):
            turn = _likelier_turn(rgb, models, (1, 3))
        upright = _turn_back(rgb, turn)
        if turn:
            quads = models.detect(upright)
        lines = models.read_lines(upright, quads)
        if turn == 0 and _unsure(lines):
            lines, turn = _try_upside_down(rgb, lines, models)
        if _is_small(rgb):
            lines, turn = _prefer_whole(rgb, lines, turn, models)
        height, width = rgb.shape[:2]
        return [replace(line, quad=turn_quad(line.quad, turn, width, height)) for line in lines], turn


@dataclass(frozen=True, slots=True)
class _Models:
    """The two networks, ready to run."""

    detect: Callable[[RGB], list[Quad]]
    recogniser: Recogniser
    executor: Executor

    @staticmethod
    def load(n_threads: int, detector: DetectorSettings, recogniser: RecogniserSettings) -> _Models:
        detector_session = open_session(DETECTOR_FILE, n_threads)
        # Lines run side by side, one thread each: operators on one line are too small to share.
        recogniser_session = open_session(RECOGNISER_FILE, 1)
        return _Models(
            lambda rgb: detect_lines(detector_session, rgb, detector),
            Recogniser(recogniser_session, recogniser),
            ThreadPoolExecutor(n_threads, thread_name_prefix="reading"),
        )

    def read_lines(self, rgb: RGB, quads: list[Quad]) -> list[RawLine]:
        """Return the lines inside `quads` that say something, tall ones turned whichever way reads better."""
        crops = [crop_line(rgb, quad) for quad in quads]
        tall = [index for index, crop in enumerate(crops) if crop.shape[0] >= TALL * crop.shape[1]]
        turned = {index: np.ascontiguousarray(np.rot90(crops[index], 3)) for index in tall}
        for index in tall:
            crops[index] = np.ascontiguousarray(np.rot90(crops[index]))
        texts = self.recognise([*crops, *turned.values()])
        for index, other in zip(tall, texts[len(crops) :], strict=True):
            texts[index] = max(texts[index], other, key=lambda text: text.confidence)
        pairs = zip(texts, quads, strict=False)
        return [
            RawLine(text.text.strip(), quad, text.confidence)
            for text, quad in pairs
            if text.text.strip() and text.confidence >= MIN_CONFIDENCE
        ]

    def recognise(self, crops: list[RGB]) -> list[Recognised]:
        return [restore_spaces(found) for found in self.recogniser.recognise(crops, self.executor)]


def _mostly_tall(quads: list[Quad]) -> bool:
    """Tell whether more text runs up or down than across."""
    sizes = [(float(np.linalg.norm(q[3] - q[0])), float(np.linalg.norm(q[1] - q[0]))) for q in quads]
    tall = sum(height for height, width in sizes if height >= TALL * width)
    wide = sum(width for height, width in sizes if width >= TALL * height)
    return tall > wide


def _likelier_turn(rgb: RGB, models: _Models, turns: tuple[int, int]) -> int:
    return max(turns, key=lambda turn: _probe(_turn_back(rgb, turn), models))


def _probe(rgb: RGB, models: _Models) -> float:
    """Return how well the longest lines of `rgb` read, 0..1."""
    quads = sorted(models.detect(rgb), key=lambda q: -float(np.linalg.norm(q[1] - q[0])))[:N_PROBES]
    return _mean_confidence([text.confidence for text in models.recognise([crop_line(rgb, q) for q in quads])])


def _mean_confidence(confidences: list[float]) -> float:
    return sum(confidences) / len(confidences) if confidences else 0.0


def _unsure(lines: list[RawLine]) -> bool:
    return _mean_confidence([line.confidence for line in lines]) < SURE_CONFIDENCE


def _try_upside_down(rgb: RGB, lines: list[RawLine], models: _Models) -> tuple[list[RawLine], int]:
    turned = _turn_back(rgb, 2)
    if _probe(turned, models) <= max(SURE_CONFIDENCE, _mean_confidence([line.confidence for line in lines]) + 0.05):
        return lines, 0
    return models.read_lines(turned, models.detect(turned)), 2


def _is_small(rgb: RGB) -> bool:
    height, width = rgb.shape[:2]
    return bool(max(height, width) <= SMALL_SIDE_PX and height <= SMALL_HEIGHT_PX)


def _prefer_whole(rgb: RGB, lines: list[RawLine], turn: int, models: _Models) -> tuple[list[RawLine], int]:
    """Read a small picture as one line if that is at least as sure as the lines found in it."""
    if len(lines) > 2:
        return lines, turn
    height, width = rgb.shape[:2]
    quad = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    whole = models.read_lines(rgb, [quad])
    if whole and (not lines or whole[0].confidence >= _mean_confidence([line.confidence for line in lines]) - 0.05):
        return whole, 0
    return lines, turn


def _turn_back(rgb: RGB, turn: int) -> RGB:
    """Undo `turn` quarter turns clockwise."""
    return np.ascontiguousarray(np.rot90(rgb, turn))


def turn_quad(quad: Quad, turn: int, width: int, height: int) -> Quad:
    """Place `quad`, found in the picture turned back, in the picture as given (`width` x `height`)."""
    x, y = quad[:, 0], quad[:, 1]
    placed = {0: (x, y), 1: (width - y, x), 2: (width - x, height - y), 3: (y, height - x)}[turn]
    return np.stack(placed, axis=1).astype(np.float32)


def _bounds(quad: Quad) -> Box:
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def _rows_of(lines: list[RawLine], turn: int, rgb: RGB) -> list[list[int]]:
    """Order lines by where they stand once the text is upright."""
    height, width = rgb.shape[:2]
    if turn % 2:
        height, width = width, height
    boxes = [_bounds(turn_quad(line.quad, (4 - turn) % 4, width, height)) for line in lines]
    return order_rows(boxes, [len(line.text) for line in lines])


def _to_source(reading: Reading, source_width: int, source_height: int) -> Reading:
    scale_x, scale_y = source_width / reading.width, source_height / reading.height

    def scaled(line: TextLine) -> TextLine:
        x0, y0, x1, y1 = line.box
        return replace(line, box=(x0 * scale_x, y0 * scale_y, x1 * scale_x, y1 * scale_y))

    return Reading(tuple(scaled(line) for line in reading.lines), source_width, source_height, reading.turn_deg)
