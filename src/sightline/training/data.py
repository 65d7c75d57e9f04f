"""From a scene to a training sample, through the same preparation as a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.images.picture import RGB, ImageReceipt, SourceImage
from sightline.images.prepare import prepare
from sightline.model.config import ModelConfig
from sightline.model.preprocess import overview
from sightline.model.prompt import PromptBuilder, PromptImage, PromptTurn
from sightline.scenes.scene import CLASSES, COLOURS, Scene, Turn

IGNORE = -100
NO_COLOUR = len(COLOURS)


@dataclass(frozen=True, slots=True)
class Sample:
    """One conversation about at most one picture.

    `labels` holds the id that should follow each place, `IGNORE` where nothing is learned; `weights`
    is the say of each label. `tile` is uint8 `(image_px, image_px, 3)` or None. `classes` and
    `colours` name what covers each patch, `(grid, grid)`, `IGNORE` where unknown. `kinds` has the
    skill of each turn and `spans` the label places of its answer, first to past the last.
    """

    input_ids: NDArray[np.int64]
    labels: NDArray[np.int64]
    weights: NDArray[np.float32]
    tile: RGB | None
    classes: NDArray[np.int64]
    colours: NDArray[np.int64]
    kinds: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def n_tokens(self) -> int:
        """Length of the conversation."""
        return len(self.input_ids)


class SampleMaker:
    """Turns scenes into samples for one model."""

    def __init__(self, config: ModelConfig, prompt: PromptBuilder) -> None:
        self._config = config
        self._prompt = prompt

    def make(self, scene: Scene, with_picture: bool, max_tokens: int) -> Sample | None:
        """The sample of a scene, with as many turns as fit in `max_tokens`; None if not even one does."""
        has_picture = with_picture and scene.pixels.size > 0
        ids, labels, weights, kinds, spans = self._conversation(scene, has_picture, max_tokens)
        if not kinds:
            return None
        classes, colours = dense_labels(scene, self._config.vision.grid)
        return Sample(
            input_ids=np.asarray(ids, np.int64),
            labels=np.asarray(labels, np.int64),
            weights=np.asarray(weights, np.float32),
            tile=self._tile(scene) if has_picture else None,
            classes=classes,
            colours=colours,
            kinds=tuple(kinds),
            spans=tuple(spans),
        )

    def _tile(self, scene: Scene) -> RGB:
        height, width = scene.pixels.shape[:2]
        source = SourceImage(scene.pixels, ImageReceipt("scene", 0, width, height, 1, "high"))
        return overview(prepare(source, "high").pixels, self._config.vision.image_px)

    def _conversation(
        self, scene: Scene, has_picture: bool, max_tokens: int
    ) -> tuple[list[int], list[int], list[float], list[str], list[tuple[int, int]]]:
        ids: list[int] = []
        labels: list[int] = []
        weights: list[float] = []
        kinds: list[str] = []
        spans: list[tuple[int, int]] = []
        for turn in scene.turns:
            opening = self._opening(scene, turn, has_picture, is_first=not ids)
            answer = self._prompt.answer(turn.answer)
            if len(ids) + len(opening) + len(answer) + 1 > max_tokens:
                continue
            start = len(ids) + len(opening) - 1  # the place before the answer predicts its first token
            ids += opening + answer
            labels += [IGNORE] * (start - len(labels)) + answer
            weights += [0.0] * (start - len(weights)) + [len(answer) ** -0.5] * len(answer)
            kinds.append(turn.kind)
            spans.append((start, start + len(answer)))
            ids += self._prompt.tokenizer.encode("\n")
        missing = len(ids) - len(labels)
        return ids, labels + [IGNORE] * missing, weights + [0.0] * missing, kinds, spans

    def _opening(self, scene: Scene, turn: Turn, has_picture: bool, is_first: bool) -> list[int]:
        if not is_first:
            question = PromptTurn("user", (turn.question,))
            return self._prompt.prompt([question])[1:]  # the start token comes once
        return self._prompt.prompt([PromptTurn("user", (*self._seen(scene, has_picture), turn.question))])

    def _seen(self, scene: Scene, has_picture: bool) -> Sequence[PromptImage]:
        if scene.pixels.size == 0 and not scene.reading.lines:
            return ()
        return (PromptImage(1 if has_picture else 0, scene.reading),)


def dense_labels(scene: Scene, grid: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What covers the middle of each patch, as indices into `CLASSES` and `COLOURS`, each `(grid, grid)`.

    A scene that lists no objects teaches nothing here: all `IGNORE`.
    """
    classes = np.full((grid, grid), IGNORE, np.int64)
    colours = np.full((grid, grid), IGNORE, np.int64)
    if not scene.objects or scene.pixels.size == 0:
        return classes, colours
    height, width = scene.pixels.shape[:2]
    classes[:] = CLASSES.index("background")
    colours[:] = NO_COLOUR
    middle = (np.arange(grid) + 0.5) / grid
    for thing in scene.objects:
        x0, y0, x1, y1 = thing.box
        pad_x, pad_y = width / grid / 2, height / grid / 2  # something thinner than a patch still owns one
        columns = (middle * width >= min(x0, x1 - pad_x)) & (middle * width <= max(x1, x0 + pad_x))
        rows = (middle * height >= min(y0, y1 - pad_y)) & (middle * height <= max(y1, y0 + pad_y))
        covered = rows[:, None] & columns[None, :]
        classes[covered] = CLASSES.index(thing.kind)
        colours[covered] = COLOURS.index(thing.colour)
    return classes, colours
