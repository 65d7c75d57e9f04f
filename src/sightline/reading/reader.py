"""The text of a picture in reading order, cached by owner and pixel hash."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from threading import Lock

from sightline.images.picture import RGB, PreparedImage
from sightline.reading.bars import read_bars
from sightline.reading.colour_names import colour_name
from sightline.reading.detect import DetectorSettings, Quad
from sightline.reading.drawn import is_drawing, is_symbols
from sightline.reading.figures import read_figures
from sightline.reading.legend import read_legend
from sightline.reading.lines import Box, NamedColour, Reading, TextLine
from sightline.reading.objects import ObjectNamer
from sightline.reading.order import order_rows
from sightline.reading.page import PageReader, RawLine
from sightline.reading.recognise import RecogniserSettings
from sightline.reading.sharpness import sharpness
from sightline.reading.turn import place_quad
from sightline.reading.values import read_values

MOST_CHART_LINES = 200  # of text: with more it is a page, where each line would be compared with each
_Key = tuple[str, str]  # owner, pixel hash


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
        self._cache: OrderedDict[_Key, Reading] = OrderedDict()
        self._cache_lock = Lock()
        self._work_lock = Lock()  # one picture at a time: it already fills the cores
        self._page_reader: PageReader | None = None
        self._namer: ObjectNamer | None = None

    def is_cached(self, pixel_hash: str, owner: str = "local") -> bool:
        """Tell whether `read` would answer from the cache."""
        with self._cache_lock:
            return (owner, pixel_hash) in self._cache

    def read(self, image: PreparedImage, owner: str = "local") -> Reading:
        """Return the text, the figures, the objects and the sharpness of `image`, boxes in upright source pixels.

        The same pixels are read once for each owner. Between owners nothing is shared: a quick answer would tell one
        that another has sent this very picture.

        Raises:
            ConfigError: If the models are not installed. Nothing is ever downloaded.
        """
        key = owner, image.pixel_hash
        reading = self._cached(key)
        if reading is None:
            with self._work_lock:
                reading = self._cached(key)  # another thread may have read it meanwhile
                if reading is None:
                    reading = self._read(image.pixels)
                    self._keep(key, reading)
        return resized(reading, image.receipt.source_width, image.receipt.source_height)

    def _read(self, rgb: RGB) -> Reading:
        reading = measured(_as_reading(*self._load().read(rgb), rgb), rgb)
        return replace(reading, objects=self._load_namer().name(rgb))

    def read_pixels(self, rgb: RGB) -> list[RawLine]:
        """Return the lines of `rgb` in reading order, past the cache. Quads in pixels of `rgb`."""
        with self._work_lock:
            lines, turn = self._load().read(rgb)
        return [lines[index] for row in _order(lines, turn, rgb) for index in row]

    def warm_up(self) -> None:
        """Load the models now, so that the first picture does not wait for them."""
        with self._work_lock:
            self._load()
            self._load_namer()

    def _load(self) -> PageReader:
        if self._page_reader is None:
            self._page_reader = PageReader(self._n_threads, self._detector_settings, self._recogniser_settings)
        return self._page_reader

    def _load_namer(self) -> ObjectNamer:
        if self._namer is None:
            self._namer = ObjectNamer()
        return self._namer

    def _cached(self, key: _Key) -> Reading | None:
        with self._cache_lock:
            if key not in self._cache:
                return None
            self._cache.move_to_end(key)
            return self._cache[key]

    def _keep(self, key: _Key, reading: Reading) -> None:
        with self._cache_lock:
            self._cache[key] = reading
            while len(self._cache) > self._cache_entries:
                self._cache.popitem(last=False)


def _as_reading(lines: list[RawLine], turn: int, rgb: RGB) -> Reading:
    """Return `lines` in reading order, boxes in pixels of `rgb`. What was drawn and not written is left out."""
    if is_drawing((line.text for line in lines), min(rgb.shape[:2])):
        lines = []
    lines = [line for line in lines if not is_symbols(line.text)]
    ordered = tuple(
        TextLine(lines[index].text, _bounds(lines[index].quad), lines[index].confidence, row)
        for row, members in enumerate(_order(lines, turn, rgb))
        for index in members
    )
    return Reading(ordered, rgb.shape[1], rgb.shape[0], 90 * turn if ordered else 0)


def _order(lines: list[RawLine], turn: int, rgb: RGB) -> list[list[int]]:
    """Order lines by where they stand once the text is upright."""
    height, width = rgb.shape[:2] if turn % 2 == 0 else (rgb.shape[1], rgb.shape[0])
    boxes = [_bounds(place_quad(line.quad, -turn, width, height)) for line in lines]
    return order_rows(boxes, [len(line.text) for line in lines])


def _bounds(quad: Quad) -> Box:
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def measured(reading: Reading, rgb: RGB) -> Reading:
    """The reading of `rgb` with what is drawn there, how sharp it is, and the numbers of a chart."""
    figures = read_figures(rgb, (line.box for line in reading.lines))
    lines = reading.lines if len(reading.lines) <= MOST_CHART_LINES else ()
    keys = read_legend(lines, rgb)
    values = read_values(lines, reading.width, keys, rgb) or read_bars(lines, rgb)
    legend = tuple(NamedColour(key.name, colour_name(key.shade)) for key in keys)
    return replace(reading, figures=figures, sharpness=sharpness(rgb), values=values, legend=legend)


def resized(reading: Reading, width: int, height: int) -> Reading:
    """The reading with its boxes in the pixels of a picture of another size."""
    scale_x, scale_y = width / reading.width, height / reading.height

    def scaled(box: Box) -> Box:
        x0, y0, x1, y1 = box
        return x0 * scale_x, y0 * scale_y, x1 * scale_x, y1 * scale_y

    return replace(
        reading,
        lines=tuple(replace(line, box=scaled(line.box)) for line in reading.lines),
        width=width,
        height=height,
        figures=tuple(replace(figure, box=scaled(figure.box)) for figure in reading.figures),
    )
