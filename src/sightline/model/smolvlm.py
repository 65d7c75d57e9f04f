"""The prompt and the tiles of released SmolVLM checkpoints: a grid of tiles, then the whole picture once more.

    <|im_start|>User:<fake_token_around_image><row_1_col_1><image>...<fake_token_around_image><row_1_col_2><image>...

    <fake_token_around_image><global-img><image>...<fake_token_around_image>What is this?<end_of_utterance>
    Assistant:

Sources: transformers, `Idefics3Processor` (the texts between tiles) and `Idefics3ImageProcessor` (the tiles), and the
chat template of SmolVLM-256M-Instruct. Unlike there a picture is not enlarged to 2048 px first: the tiles hold
the pixels that `detail` left, and `low` is the overview alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.errors import InvalidRequest
from sightline.images.picture import RGB, PreparedImage
from sightline.model import tokenizer as tk
from sightline.model.preprocess import overview, resized
from sightline.model.prompt import ROLE_WORDS
from sightline.model.tokenizer import TextTokenizer
from sightline.types import Role


@dataclass(frozen=True, slots=True)
class Grid:
    """Tiles beside and above each other; 1 by 1 is no grid: the overview shows as much."""

    columns: int
    rows: int

    @property
    def n_tiles(self) -> int:
        """What the encoder gets, the overview among it."""
        return 1 if self.columns * self.rows == 1 else self.columns * self.rows + 1


def grid_of(image: PreparedImage, tile_px: int) -> Grid:
    """The tiles that cover a picture at the size that `detail` left."""
    if image.plan.detail == "low":
        return Grid(1, 1)
    return Grid(-(-image.plan.width // tile_px), -(-image.plan.height // tile_px))


def tiles_of(pixels: RGB, grid: Grid, tile_px: int) -> NDArray[np.uint8]:
    """Cut a picture into its tiles, row by row, and the overview last: (tiles, tile_px, tile_px, 3)."""
    if grid.n_tiles == 1:
        return overview(pixels, tile_px)[np.newaxis]
    whole = resized(pixels, grid.columns * tile_px, grid.rows * tile_px)
    cut = whole.reshape(grid.rows, tile_px, grid.columns, tile_px, 3).transpose(0, 2, 1, 3, 4)
    return np.concatenate([cut.reshape(-1, tile_px, tile_px, 3), overview(whole, tile_px)[np.newaxis]])


class SmolVlmPrompts:
    """Writes conversations as ids, as the chat template of the released checkpoints does. Pictures are `Grid`s."""

    def __init__(self, tokenizer: TextTokenizer, n_image_tokens: int) -> None:
        self._tokenizer = tokenizer
        self._around = tokenizer.special(tk.AROUND_IMAGE)
        self._overview = tokenizer.special(tk.GLOBAL_IMAGE)
        self._vectors = [tokenizer.special(tk.IMAGE)] * n_image_tokens
        self._start, self._end = tokenizer.special(tk.START), tokenizer.special(tk.END)

    def prompt(self, turns: Sequence[tuple[Role, Sequence[str | Grid]]]) -> list[int]:
        """Ids up to the place where the assistant's next word comes."""
        ids = [self._start]
        for role, parts in turns:
            ids += self._turn(role, parts)
        return [*ids, *self._tokenizer.encode("Assistant:")]

    def _turn(self, role: Role, parts: Sequence[str | Grid]) -> list[int]:
        """A turn that begins with a picture has no space after its colon."""
        ids, text = [], f"{ROLE_WORDS[role]}:" + ("" if parts and isinstance(parts[0], Grid) else " ")
        for part in parts:
            if isinstance(part, str):
                text += part
                continue
            ids += [*self._tokenizer.encode(text), *self._image(part)]
            text = ""
        return [*ids, *self._tokenizer.encode(text), self._end, *self._tokenizer.encode("\n")]

    def _image(self, grid: Grid) -> list[int]:
        ids: list[int] = []
        if grid.n_tiles > 1:
            for row in range(1, grid.rows + 1):
                for column in range(1, grid.columns + 1):
                    ids += [self._around, self._place(row, column), *self._vectors]
                ids += self._tokenizer.encode("\n\n" if row == grid.rows else "\n")
        return [*ids, self._around, self._overview, *self._vectors, self._around]

    def _place(self, row: int, column: int) -> int:
        name = f"<row_{row}_col_{column}>"
        if not self._tokenizer.has(name):
            raise InvalidRequest(
                f"A picture has a tile in row {row}, column {column}, for which this model has no token ({name}). "
                "Send it with detail 'low', or smaller.",
                param="messages",
            )
        return self._tokenizer.special(name)
