"""How a checkpoint wants to be asked: its prompt, and the tiles that its encoder gets of a picture.

Two are known. The bundled model gets one overview of each picture and the text that was read in it. Released SmolVLM
checkpoints get a grid of tiles and read for themselves. The tokenizer tells which is which.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sightline.engines.base import EngineMessage, EngineRequest, SeenImage, Sight
from sightline.engines.native.calling import asking_for_calls
from sightline.images.picture import PreparedImage
from sightline.model import tokenizer as tk
from sightline.model.config import ModelConfig
from sightline.model.preprocess import PixelValues, normalise, preprocess
from sightline.model.prompt import MAX_WORD_TOKENS, PromptBuilder, PromptImage, PromptTurn
from sightline.model.smolvlm import Grid, SmolVlmPrompts, grid_of, tiles_of
from sightline.model.tokenizer import TextTokenizer
from sightline.reading.lines import Reading
from sightline.types import TextPart

TALK_SHARE = 0.25  # of the context, kept for the conversation and the answer when readings are long


class Dialect(Protocol):
    """One way of asking."""

    wants_reading: bool

    def prompt(self, request: EngineRequest) -> list[int]:
        """Ids up to the place where the answer's first token comes."""

    def tiles(self, image: PreparedImage) -> PixelValues:
        """(tiles, 3, px, px) in -1..1, in the order of their image tokens in the prompt."""

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        """What the encoder gets of each picture, and how many lines of its text the prompt has."""


def dialect_of(tokenizer: TextTokenizer, config: ModelConfig) -> Dialect:
    """The dialect of a checkpoint.

    Raises:
        ConfigError: If its tokenizer lacks a token that all of the family have.
    """
    return OneOverview(tokenizer, config) if tokenizer.has(tk.READING) else Tiled(tokenizer, config)


class OneOverview:
    """The bundled model's: one square overview, then the reading."""

    wants_reading = True

    def __init__(self, tokenizer: TextTokenizer, config: ModelConfig) -> None:
        self._config = config
        self._prompts = PromptBuilder(
            tokenizer,
            config.n_image_tokens,
            knows_figures=config.knows_figures,
            knows_measures=config.knows_measures,
        )

    def prompt(self, request: EngineRequest) -> list[int]:
        """Pictures stand before the text of their turn, whatever their order: the model learned no other."""
        turns = [PromptTurn(message.role, _pictures_first(message)) for message in _asked(request)]
        return self._prompts.prompt(turns, self._word_budget(len(request.images)))

    def tiles(self, image: PreparedImage) -> PixelValues:
        """One overview."""
        return preprocess(image.pixels, self._config.vision)

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        """One square overview of each picture, and the lines and figures that fit."""
        side, budget = self._config.vision.image_px, self._word_budget(len(request.images))
        readings = [part.reading or Reading((), 1, 1) for part in request.images]
        return tuple(
            Sight(
                side, side, self._prompts.n_lines_kept(reading, budget), self._prompts.n_figures_kept(reading, budget)
            )
            for reading in readings
        )

    def _word_budget(self, n_images: int) -> int:
        """Tokens that the reading and the figures of one picture may take."""
        context_tokens, n_each = self._config.decoder.context_tokens, self._config.n_image_tokens + 8
        room = int(context_tokens * (1 - TALK_SHARE)) - n_images * n_each
        return min(MAX_WORD_TOKENS, max(0, room // max(1, n_images)))


class Tiled:
    """That of released SmolVLM checkpoints: tiles of the picture at the size that `detail` left, then an overview."""

    wants_reading = False

    def __init__(self, tokenizer: TextTokenizer, config: ModelConfig) -> None:
        self._tile_px = config.vision.image_px
        self._prompts = SmolVlmPrompts(tokenizer, config.n_image_tokens)

    def prompt(self, request: EngineRequest) -> list[int]:
        """Pictures stand where the caller put them."""
        return self._prompts.prompt([(message.role, self._parts(message)) for message in _asked(request)])

    def tiles(self, image: PreparedImage) -> PixelValues:
        """The grid row by row, and the overview last."""
        return normalise(tiles_of(image.pixels, grid_of(image, self._tile_px), self._tile_px))

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        """The size of the grid, or of the overview where that is all."""
        grids = [self._grid(part) for part in request.images]
        return tuple(Sight(grid.columns * self._tile_px, grid.rows * self._tile_px, 0) for grid in grids)

    def _parts(self, message: EngineMessage) -> list[str | Grid]:
        return [part.text if isinstance(part, TextPart) else self._grid(part) for part in message.parts]

    def _grid(self, part: SeenImage) -> Grid:
        return grid_of(part.image, self._tile_px)


def _asked(request: EngineRequest) -> Sequence[EngineMessage]:
    if request.calling is not None and request.calling.must:
        return asking_for_calls(request.messages, request.calling.tools)
    return request.messages


def _pictures_first(message: EngineMessage) -> tuple[str | PromptImage, ...]:
    images = [PromptImage(1, part.reading) for part in message.parts if isinstance(part, SeenImage)]
    texts = [part.text for part in message.parts if isinstance(part, TextPart) and part.text.strip()]
    return (*images, *texts)
