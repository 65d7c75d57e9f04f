"""From a scene to a training sample, through the same preparation as a request."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sightline.images.picture import RGB, ImageReceipt, PreparedImage, SourceImage
from sightline.images.prepare import prepare
from sightline.model.config import ModelConfig
from sightline.model.preprocess import overview
from sightline.model.prompt import MAX_WORD_TOKENS, PromptBuilder, PromptImage, PromptTurn
from sightline.reading.colour_names import COLOURS
from sightline.reading.lines import Reading
from sightline.reading.reader import measured, resized
from sightline.scenes.albums import Album
from sightline.scenes.scene import CLASSES, Scene, Turn

IGNORE = -100
NO_COLOUR = len(COLOURS)
TALK_SHARE = 0.35  # of a sample of several pictures, kept for its turns


@dataclass(frozen=True, slots=True)
class Sample:
    """One conversation about no picture, one, or several.

    `labels` holds the id that should follow each place, `IGNORE` where nothing is learned; `weights`
    is the say of each label. `places` has the rotary place of each id and `owners` the turn, from 1 on, that
    alone sees it, 0 where every turn does. `tiles` are uint8 `(image_px, image_px, 3)`, one a picture. `classes` and
    `colours` name what covers each patch, `(tiles, grid, grid)`, `IGNORE` where unknown. `kinds` has the
    skill of each turn and `spans` the label places of its answer, first to past the last.
    """

    input_ids: NDArray[np.int64]
    labels: NDArray[np.int64]
    weights: NDArray[np.float32]
    places: NDArray[np.int64]
    owners: NDArray[np.int64]
    tiles: tuple[RGB, ...]
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

    def make(self, scene: Scene, with_picture: bool, max_tokens: int, apart: bool = False) -> Sample | None:
        """The sample of a scene, with as many turns as fit in `max_tokens`; None if not even one does.

        `apart` lets no turn see another: each is asked first. Otherwise they are one conversation.
        """
        has_picture = with_picture and scene.pixels.size > 0
        seen = self._seen(scene, has_picture)
        return self._make((scene,) if has_picture else (), seen, scene.turns, max_tokens, apart)

    def make_album(self, album: Album, max_tokens: int, apart: bool = False) -> Sample | None:
        """The sample of several pictures, which share the room for what is read in them."""
        seen = tuple(PromptImage(1, served_reading(scene)) for scene in album.scenes)
        return self._make(album.scenes, seen, album.turns, max_tokens, apart)

    def _make(
        self,
        shown: tuple[Scene, ...],
        seen: tuple[PromptImage, ...],
        turns: tuple[Turn, ...],
        max_tokens: int,
        apart: bool,
    ) -> Sample | None:
        n_each = self._config.n_image_tokens + 8
        most_words = int(max_tokens * (1 - TALK_SHARE) - n_each * len(seen)) // len(seen) if len(seen) > 1 else None
        write = self._apart if apart else self._together
        written = write(turns, seen, max_tokens, MAX_WORD_TOKENS if most_words is None else most_words)
        if not written.kinds:
            return None
        grid = self._config.vision.grid
        labels = [dense_labels(scene, grid) for scene in shown]
        empty = np.zeros((0, grid, grid), np.int64)
        return Sample(
            input_ids=np.asarray(written.ids, np.int64),
            labels=np.asarray(written.labels, np.int64),
            weights=np.asarray(written.weights, np.float32),
            places=np.asarray(written.places, np.int64),
            owners=np.asarray(written.owners, np.int64),
            tiles=tuple(self._tile(scene) for scene in shown),
            classes=np.stack([classes for classes, _ in labels]) if labels else empty,
            colours=np.stack([colours for _, colours in labels]) if labels else empty,
            kinds=tuple(written.kinds),
            spans=tuple(written.spans),
        )

    def _tile(self, scene: Scene) -> RGB:
        return overview(as_served(scene).pixels, self._config.vision.image_px)

    def _together(
        self, turns: tuple[Turn, ...], seen: tuple[PromptImage, ...], max_tokens: int, most_words: int
    ) -> _Written:
        """One conversation: the pictures, then turn after turn."""
        written = _Written()
        for turn in turns:
            new, before = ((), seen) if written.ids else (seen, ())
            opening = self._prompt.prompt([PromptTurn("user", (*new, turn.question))], most_words, before)
            if written.ids:
                opening = opening[1:]  # the start token comes once
            answer = self._answer(turn)
            if len(written.ids) + len(opening) + len(answer) + 1 > max_tokens:
                continue
            written.heard(opening, owner=0)
            written.said(answer, turn.kind, owner=0)
            written.heard(self._prompt.tokenizer.encode("\n"), owner=0)
        return written

    def _apart(
        self, turns: tuple[Turn, ...], seen: tuple[PromptImage, ...], max_tokens: int, most_words: int
    ) -> _Written:
        """The pictures once, then every turn as if it were the first."""
        whole = self._prompt.prompt([PromptTurn("user", seen)], most_words)
        rest = self._prompt.prompt([PromptTurn("user", ())])[1:]
        role = self._prompt.role("user")
        shared = whole[: len(whole) - (len(rest) - len(role))]
        written = _Written()
        written.heard(shared, owner=0)
        for turn in turns:
            opening = self._prompt.prompt([PromptTurn("user", (turn.question,))], shown=seen)[1 + len(role) :]
            answer = self._answer(turn)
            if len(written.ids) + len(opening) + len(answer) > max_tokens:
                continue
            owner = len(written.kinds) + 1
            written.heard(opening, owner, at=len(shared))
            written.said(answer, turn.kind, owner)
        return written

    def _answer(self, turn: Turn) -> list[int]:
        return self._prompt.quote() if turn.quotes else self._prompt.answer(turn.answer)

    def _seen(self, scene: Scene, has_picture: bool) -> tuple[PromptImage, ...]:
        if scene.pixels.size == 0 and not scene.reading.lines:
            return ()
        return (PromptImage(1 if has_picture else 0, served_reading(scene) if has_picture else scene.reading),)


def as_served(scene: Scene) -> PreparedImage:
    """A scene's picture as a server would have it."""
    height, width = scene.pixels.shape[:2]
    source = SourceImage(scene.pixels, ImageReceipt("scene", 0, width, height, 1, "high"))
    return prepare(source, "high")


def served_reading(scene: Scene) -> Reading:
    """The scene's reading with what a server would measure in the same pixels, unless it is measured already."""
    if scene.reading.sharpness is not None:
        return scene.reading
    pixels, reading = as_served(scene).pixels, scene.reading
    seen = resized(reading, pixels.shape[1], pixels.shape[0])
    return resized(measured(seen, pixels), reading.width, reading.height)


@dataclass(slots=True)
class _Written:
    """A sample while it is written, token by token."""

    ids: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def heard(self, ids: list[int], owner: int, at: int | None = None) -> None:
        """Add ids from which nothing is learned, at place `at` or after the last."""
        first = at if at is not None else self.places[-1] + 1 if self.places else 0
        self.ids += ids
        self.labels += [IGNORE] * len(ids)
        self.weights += [0.0] * len(ids)
        self.places += range(first, first + len(ids))
        self.owners += [owner] * len(ids)

    def said(self, answer: list[int], kind: str, owner: int) -> None:
        """Add an answer, each of whose ids is the label of the place before it."""
        start = len(self.ids) - 1
        self.heard(answer, owner)
        self.labels[start : start + len(answer)] = answer
        self.weights[start : start + len(answer)] = [len(answer) ** -0.5] * len(answer)
        self.kinds.append(kind)
        self.spans.append((start, start + len(answer)))


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
