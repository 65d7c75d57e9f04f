"""Tiles and prompts of released SmolVLM checkpoints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sightline.errors import ConfigError, InvalidRequest
from sightline.images.picture import ImageReceipt, PreparedImage
from sightline.images.plan_tiles import plan_tiles
from sightline.model import tokenizer as tk
from sightline.model.checkpoint import knows_readings, load_checkpoint
from sightline.model.config import ModelConfig
from sightline.model.smolvlm import Grid, SmolVlmPrompts, grid_of, tiles_of
from sightline.model.tokenizer import TextTokenizer
from sightline.types import Detail
from tiny import make_checkpoint, make_smolvlm

RELEASED: dict[str, Any] = {  # SmolVLM-256M-Instruct: what its config.json says, and what it leaves to the defaults
    "model_type": "idefics3",
    "scale_factor": 4,
    "vision_config": {"hidden_size": 768, "image_size": 512, "num_attention_heads": 12, "patch_size": 16},
    "text_config": {
        "hidden_size": 576, "intermediate_size": 1536, "num_attention_heads": 9, "num_hidden_layers": 30,
        "num_key_value_heads": 3, "head_dim": 64, "rms_norm_eps": 1e-5, "rope_theta": 100000, "vocab_size": 49280,
        "max_position_embeddings": 8192,
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("smolvlm") / "smolvlm-tiny"
    make_smolvlm(path)
    return path


@pytest.fixture(scope="module")
def words(folder: Path) -> TextTokenizer:
    return load_checkpoint(folder, needs_manifest=False).tokenizer


def prepared(width: int, height: int, detail: Detail) -> PreparedImage:
    plan = plan_tiles(width, height, detail)
    receipt = ImageReceipt("PNG", 0, width, height, 1, detail)
    return PreparedImage(np.zeros((plan.height, plan.width, 3), np.uint8), plan, "", receipt)


@pytest.mark.parametrize(
    ("width", "height", "detail", "grid"),
    [
        (300, 200, "high", Grid(1, 1)),
        (2000, 1500, "high", Grid(2, 2)),
        (1500, 4000, "high", Grid(2, 4)),
        (2000, 1500, "low", Grid(1, 1)),
    ],
)
def test_the_grid_covers_the_pixels_that_detail_left(width: int, height: int, detail: Detail, grid: Grid) -> None:
    assert grid_of(prepared(width, height, detail), 512) == grid


def test_low_detail_is_the_overview_alone_even_where_tiles_are_smaller_than_512_px() -> None:
    assert grid_of(prepared(2000, 1500, "low"), 384).n_tiles == 1


def test_tiles_go_row_by_row_and_the_overview_comes_last() -> None:
    pixels: NDArray[np.uint8] = np.zeros((64, 96, 3), np.uint8)
    for row in range(2):
        for column in range(3):
            pixels[32 * row : 32 * row + 32, 32 * column : 32 * column + 32] = 10 * (3 * row + column)
    tiles = tiles_of(pixels, Grid(3, 2), 32)
    assert tiles.shape == (7, 32, 32, 3)
    assert [int(tile.mean()) for tile in tiles[:6]] == [0, 10, 20, 30, 40, 50]
    assert tiles[6, 0, 0, 0] == 0
    assert tiles[6, -1, -1, 0] == 50


def test_a_prompt_is_the_one_of_the_released_chat_template(words: TextTokenizer) -> None:
    prompts = SmolVlmPrompts(words, 2)
    ids = prompts.prompt([("system", ("be brief",)), ("user", (Grid(2, 1), "total?"))])
    around, image = tk.AROUND_IMAGE, tk.IMAGE * 2
    assert words._tokenizer.decode(ids, skip_special_tokens=False) == (
        f"{tk.START}System: be brief{tk.END}\nUser:{around}<row_1_col_1>{image}{around}<row_1_col_2>{image}"
        f"\n\n{around}{tk.GLOBAL_IMAGE}{image}{around}total?{tk.END}\nAssistant:"
    )
    assert words.encode("\n\n")[0] in ids


def test_one_tile_is_the_overview_and_text_before_it_keeps_its_space(words: TextTokenizer) -> None:
    ids = SmolVlmPrompts(words, 1).prompt([("user", ("name", Grid(1, 1)))])
    assert words._tokenizer.decode(ids, skip_special_tokens=False) == (
        f"{tk.START}User: name{tk.AROUND_IMAGE}{tk.GLOBAL_IMAGE}{tk.IMAGE}{tk.AROUND_IMAGE}{tk.END}\nAssistant:"
    )


def test_more_tiles_than_the_model_has_names_for_are_refused(words: TextTokenizer) -> None:
    with pytest.raises(InvalidRequest, match="row_1_col_7"):
        SmolVlmPrompts(words, 1).prompt([("user", (Grid(7, 1),))])


def test_the_released_config_is_read_with_the_defaults_of_its_family() -> None:
    config = ModelConfig.from_hf(RELEASED)
    assert (config.vision.n_layers, config.vision.ffn, config.vision.norm_eps) == (12, 3072, 1e-6)
    assert (config.n_image_tokens, config.decoder.rope_theta, config.decoder.head_dim) == (64, 100_000.0, 64)


def test_places_are_read_where_transformers_5_writes_them_and_scaled_ones_are_refused() -> None:
    text = {**RELEASED["text_config"], "rope_theta": None}
    new = {**RELEASED, "text_config": {**text, "rope_parameters": {"rope_type": "default", "rope_theta": 5e5}}}
    assert ModelConfig.from_hf(new).decoder.rope_theta == 5e5
    scaled = {**RELEASED, "text_config": {**text, "rope_scaling": {"type": "linear", "factor": 2.0}}}
    with pytest.raises(ConfigError, match="linear"):
        ModelConfig.from_hf(scaled)


def test_a_grid_that_patches_do_not_fill_has_whole_patches_only() -> None:
    vision = {**RELEASED["vision_config"], "image_size": 384, "patch_size": 14}
    assert ModelConfig.from_hf({**RELEASED, "scale_factor": 3, "vision_config": vision}).n_image_tokens == 81


def test_a_tokenizer_tells_whether_its_model_is_told_the_reading(folder: Path, tmp_path: Path) -> None:
    make_checkpoint(tmp_path / "bundled")
    assert knows_readings(tmp_path / "bundled")
    assert not knows_readings(folder)


def test_a_folder_that_somebody_brought_needs_no_manifest_but_every_file(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be verified"):
        load_checkpoint(folder)
    with pytest.raises(ConfigError, match="is missing"):
        load_checkpoint(tmp_path, needs_manifest=False)
