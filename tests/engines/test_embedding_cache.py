"""Encoded pictures: found again only for the same pixels and the same owner, in memory and in files."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from sightline.engines.caching import CacheLimits
from sightline.engines.native.bounded import BoundedArrays
from sightline.engines.native.embedding_cache import EmbeddingCache
from sightline.engines.native.embedding_files import EmbeddingFiles
from sightline.engines.native.runtime import Runtime
from sightline.model.checkpoint import Checkpoint, load_checkpoint
from sightline.model.preprocess import preprocess
from tiny import CountingRuntime, make_checkpoint

Tokens = NDArray[np.float32]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder: Path = tmp_path_factory.mktemp("cache") / "checkpoint"
    make_checkpoint(folder)
    return load_checkpoint(folder)


@pytest.fixture
def runtime(checkpoint: Checkpoint) -> CountingRuntime:
    return CountingRuntime(checkpoint.config, checkpoint.tensors, n_threads=1)


def cache_of(
    runtime: Runtime, folder: Path | None = None, weights: str = "w", memory: int = 10**6, disk: int = 10**6
) -> EmbeddingCache:
    return EmbeddingCache(runtime, weights, CacheLimits(memory, disk if folder else 0, 0, folder))


def noise(seed: int, side: int = 64) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)


def encode(cache: EmbeddingCache, runtime: Runtime, pixels: NDArray[np.uint8], owner: str = "local") -> Tokens:
    return cache.encode(cache.tile(preprocess(pixels, runtime.config.vision), owner))[0]


def the_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_the_same_pixels_are_encoded_once(runtime: CountingRuntime) -> None:
    cache = cache_of(runtime)
    first, again = encode(cache, runtime, noise(1)), encode(cache, runtime, noise(1).copy())
    assert runtime.n_encoded == 1
    assert np.array_equal(first, again)


def test_pictures_that_differ_in_one_value_of_one_pixel_are_two(runtime: CountingRuntime) -> None:
    cache, changed = cache_of(runtime), noise(1)
    changed[40, 17, 2] ^= 1
    first, other = encode(cache, runtime, noise(1)), encode(cache, runtime, changed)
    assert runtime.n_encoded == 2
    assert not np.array_equal(first, other)


def test_pictures_of_one_size_with_the_same_indexes_but_another_palette_are_two(runtime: CountingRuntime) -> None:
    cache, indexes = cache_of(runtime), Image.fromarray(noise(1)[:, :, 0] % 4, "P")
    seen = []
    for palette in ([0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255], [0, 0, 0, 0, 0, 255, 0, 255, 0, 255, 0, 0]):
        indexes.putpalette(palette)
        seen.append(encode(cache, runtime, np.asarray(indexes.convert("RGB"))))
    assert runtime.n_encoded == 2
    assert not np.array_equal(seen[0], seen[1])


def test_two_owners_share_nothing(runtime: CountingRuntime, tmp_path: Path) -> None:
    cache = cache_of(runtime, tmp_path)
    for owner in ("own_a", "own_b", "own_a", "own_b"):
        encode(cache, runtime, noise(1), owner)
    assert runtime.n_encoded == 2
    assert len(list(tmp_path.iterdir())) == 2


def test_other_weights_find_nothing_in_the_files(runtime: CountingRuntime, tmp_path: Path) -> None:
    for weights in ("one", "two", "one"):
        encode(cache_of(runtime, tmp_path, weights), runtime, noise(1))
    assert runtime.n_encoded == 2


def test_a_file_outlives_the_server_gives_the_same_floats_and_is_its_owners_alone(
    runtime: CountingRuntime, tmp_path: Path
) -> None:
    folder = tmp_path / "embeddings"
    first = encode(cache_of(runtime, folder), runtime, noise(1))
    again = encode(cache_of(runtime, folder), runtime, noise(1))
    assert runtime.n_encoded == 1
    assert np.array_equal(first, again)
    assert the_file(folder).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("place", [0, 9, 41, 45, 60, -40, -1])  # form, key, shape twice, values twice, digest
def test_a_file_with_one_bit_flipped_is_a_miss_and_is_removed(
    runtime: CountingRuntime, tmp_path: Path, place: int, caplog: pytest.LogCaptureFixture
) -> None:
    first = encode(cache_of(runtime, tmp_path), runtime, noise(1))
    path = the_file(tmp_path)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING):
        assert EmbeddingFiles(tmp_path, 10**6, first.shape).get(bytes.fromhex(path.stem)) is None
    assert "removed" in caplog.text
    assert not path.exists()
    assert np.array_equal(encode(cache_of(runtime, tmp_path), runtime, noise(1)), first)
    assert runtime.n_encoded == 2


@pytest.mark.parametrize("n_bytes", [0, 7, 48, 1000, -1, 1])
def test_a_file_that_is_too_short_or_too_long_is_a_miss_and_is_removed(
    runtime: CountingRuntime, tmp_path: Path, n_bytes: int
) -> None:
    first = encode(cache_of(runtime, tmp_path), runtime, noise(1))
    path = the_file(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data + b"x" if n_bytes == 1 else data[:n_bytes])
    assert np.array_equal(encode(cache_of(runtime, tmp_path), runtime, noise(1)), first)
    assert runtime.n_encoded == 2
    assert path.read_bytes() == data


def test_a_file_put_in_the_place_of_another_is_a_miss(runtime: CountingRuntime, tmp_path: Path) -> None:
    encode(cache_of(runtime, tmp_path), runtime, noise(1))
    path = the_file(tmp_path)
    kept = path.read_bytes()
    path.unlink()
    right = encode(cache_of(runtime, tmp_path), runtime, noise(2))
    the_file(tmp_path).write_bytes(kept)
    assert np.array_equal(encode(cache_of(runtime, tmp_path), runtime, noise(2)), right)
    assert runtime.n_encoded == 3


def test_a_link_is_not_followed(runtime: CountingRuntime, tmp_path: Path) -> None:
    encode(cache_of(runtime, tmp_path), runtime, noise(1))
    path = the_file(tmp_path)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    encode(cache_of(runtime, tmp_path), runtime, noise(1))
    assert runtime.n_encoded == 2


def test_the_files_stay_within_their_bytes_and_the_one_used_longest_ago_goes(tmp_path: Path) -> None:
    tokens = np.ones((4, 8), np.float32)
    files = EmbeddingFiles(tmp_path, 3 * 208, (4, 8))
    keys = [bytes([at]) * 32 for at in range(4)]
    for age, key in enumerate(keys[:3]):
        files.put(key, tokens)
        os.utime(tmp_path / (key.hex() + ".emb"), (1000 + age, 1000 + age))
    assert files.get(keys[0]) is not None
    files.put(keys[3], tokens)
    assert [files.get(key) is not None for key in keys] == [True, False, True, True]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) == 3 * 208


def test_what_was_left_half_written_is_removed_when_room_is_made(tmp_path: Path) -> None:
    old, new = tmp_path / "a.part", tmp_path / "b.part"
    for path in (old, new):
        path.write_bytes(b"x")
    os.utime(old, (1000, 1000))
    EmbeddingFiles(tmp_path, 10**6, (4, 8)).put(bytes(32), np.ones((4, 8), np.float32))
    assert not old.exists()
    assert new.exists()


def test_a_disk_that_takes_nothing_is_told_of_once_and_answers_go_on(
    runtime: CountingRuntime, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = cache_of(runtime, tmp_path / "file", memory=0)
    with caplog.at_level(logging.WARNING):
        first, again = encode(cache, runtime, noise(1)), encode(cache, runtime, noise(1))
    assert np.array_equal(first, again)
    assert [record.getMessage() for record in caplog.records] == ["the embedding cache cannot be written: File exists"]


def test_0_bytes_turn_the_cache_off(runtime: CountingRuntime) -> None:
    cache = cache_of(runtime, memory=0)
    encode(cache, runtime, noise(1))
    encode(cache, runtime, noise(1))
    assert runtime.n_encoded == 2


def test_arrays_stay_within_their_bytes_and_the_one_asked_for_longest_ago_goes() -> None:
    arrays = BoundedArrays(3 * 40)
    for at in range(3):
        arrays.put(bytes([at]), np.zeros(10, np.float32))
    arrays.get(b"\0")
    arrays.put(b"\3", np.zeros(10, np.float32))
    assert [arrays.get(bytes([at])) is not None for at in range(4)] == [True, False, True, True]
    arrays.put(b"\0", np.zeros(5, np.float32))
    arrays.put(b"big", np.zeros(31, np.float32))
    assert (arrays.n_bytes, len(arrays), arrays.get(b"big")) == (100, 3, None)
