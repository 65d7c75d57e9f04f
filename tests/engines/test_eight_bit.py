"""Matrices in blocks of 8 bits: how far they are from what they stand for, and what the runtime computes with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sightline.engines.native.eight_bit import BLOCK, ZERO, Blocks, in_blocks
from sightline.engines.native.runtime import Runtime
from sightline.model.checkpoint import load_checkpoint


def values_of(blocks: Blocks, columns: int) -> NDArray[np.float32]:
    rows = len(blocks.values)
    scales = blocks.scales.reshape(rows, -1, 1)
    whole: NDArray[np.float32] = ((blocks.values.astype(np.float32) - ZERO) * scales).reshape(rows, -1)
    return whole[:, :columns]


@given(st.integers(1, 5), st.integers(1, 100), st.floats(1e-6, 1e4), st.integers(0, 9))
def test_no_value_is_off_by_more_than_half_a_step_of_its_block(rows: int, columns: int, size: float, seed: int) -> None:
    weight = (size * np.random.default_rng(seed).standard_normal((rows, columns))).astype(np.float32)
    blocks = in_blocks(weight)
    steps = np.repeat(blocks.scales.reshape(rows, -1), BLOCK, axis=1)[:, :columns]
    assert (np.abs(values_of(blocks, columns) - weight) <= 0.5001 * steps).all()


def test_a_block_of_noughts_and_its_largest_values_are_exact() -> None:
    weight = np.zeros((1, 2 * BLOCK), np.float32)
    weight[0, 0], weight[0, 1] = 127.0, -127.0
    assert np.array_equal(values_of(in_blocks(weight), 2 * BLOCK), weight)


@pytest.fixture(scope="module")
def runtimes(folder: Path) -> dict[bool, Runtime]:
    checkpoint = load_checkpoint(folder)
    return {kind: Runtime(checkpoint.config, checkpoint.tensors, 1, eight_bit=kind) for kind in (False, True)}


def test_logits_in_8_bits_are_near_those_in_float32(runtimes: dict[bool, Runtime]) -> None:
    ids = list(range(80, 120))
    exact, ours = (
        runtimes[kind].step(runtimes[kind].embed(ids, -1), runtimes[kind].new_cache(64)) for kind in (False, True)
    )
    error = np.sqrt(np.square(ours - exact).mean()) / exact.std()
    assert 0 < error < 0.1  # 0.014 for the bundled weights; random ones are the worst case


def test_in_8_bits_a_prompt_in_pieces_is_the_same_to_the_bit(runtimes: dict[bool, Runtime]) -> None:
    runtime, ids = runtimes[True], list(range(80, 140))
    whole, pieces = runtime.new_cache(64), runtime.new_cache(64)
    at_once = runtime.step(runtime.embed(ids, -1), whole)
    for start in range(0, len(ids), 7):
        in_pieces = runtime.step(runtime.embed(ids[start : start + 7], -1), pieces)
    assert np.array_equal(at_once, in_pieces)
