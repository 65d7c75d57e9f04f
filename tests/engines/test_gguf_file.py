from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguf_files import write_model, write_projector
from sightline.engines.llama_cpp.engine import check_pair
from sightline.engines.llama_cpp.gguf_file import find_projector, read_head
from sightline.engines.machine import memory_bytes, usable_cores
from sightline.errors import ConfigError


def test_the_head_tells_the_kind_width_context_vocabulary_and_size(tmp_path: Path) -> None:
    head = read_head(write_model(tmp_path / "model.gguf"))
    assert (head.architecture, head.width, head.context_tokens, head.n_vocabulary) == ("llama", 64, 512, 4)
    assert head.n_parameters == 32
    assert head.n_bytes == (tmp_path / "model.gguf").stat().st_size
    assert not head.is_projector
    assert read_head(write_projector(tmp_path / "mmproj.gguf")).is_projector


@pytest.mark.parametrize("n_bytes", [0, 3, 20, 100, -1])
def test_a_file_that_is_cut_anywhere_is_refused(tmp_path: Path, n_bytes: int) -> None:
    path = write_model(tmp_path / "model.gguf")
    path.write_bytes(path.read_bytes()[:n_bytes] if n_bytes >= 0 else path.read_bytes()[:-130])
    with pytest.raises(ConfigError, match="is not a GGUF file, or was cut short"):
        read_head(path)


@given(st.binary(max_size=200))
def test_no_bytes_after_the_magic_do_anything_but_be_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.gguf"
    path.write_bytes(b"GGUF\x03\x00\x00\x00" + tail)
    with contextlib.suppress(ConfigError):
        assert read_head(path).n_bytes == len(tail) + 8


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.gguf cannot be read: No such file"):
        read_head(tmp_path / "gone.gguf")


def test_the_projector_beside_the_model_is_found_and_of_several_the_one_of_its_name(tmp_path: Path) -> None:
    model = write_model(tmp_path / "SmolVLM-256M-Instruct-Q8_0.gguf")
    own = write_projector(tmp_path / "mmproj-SmolVLM-256M-Instruct-f16.gguf")
    assert find_projector(model) == own
    write_projector(tmp_path / "mmproj-Qwen2.5-VL-3B-Instruct-f16.gguf")
    assert find_projector(model) == own


def test_no_projector_and_several_are_each_said_in_plain_words(tmp_path: Path) -> None:
    model = write_model(tmp_path / "model.gguf")
    with pytest.raises(ConfigError, match=r"has no projector beside it .*--mmproj"):
        find_projector(model)
    write_projector(tmp_path / "mmproj-one.gguf")
    write_projector(tmp_path / "mmproj-two.gguf")
    with pytest.raises(ConfigError, match=r"several projectors beside it \(mmproj-one\.gguf, mmproj-two\.gguf\)"):
        find_projector(model)


def test_files_that_do_not_belong_together_are_refused_before_anything_loads(tmp_path: Path) -> None:
    model, eyes = write_model(tmp_path / "model.gguf"), write_projector(tmp_path / "mmproj-x.gguf", width=96)
    with pytest.raises(ConfigError, match=r"is of another model: its width is 96, that of .* is 64"):
        check_pair(model, eyes)
    with pytest.raises(ConfigError, match="is a projector; name the model's file"):
        check_pair(eyes, None)
    with pytest.raises(ConfigError, match="is not a projector"):
        check_pair(model, model)


def test_the_limits_of_a_container_count(tmp_path: Path) -> None:
    free = usable_cores(tmp_path)
    assert free >= 1
    (tmp_path / "cpu.max").write_text("100000 100000\n")
    (tmp_path / "memory.max").write_text("1048576\n")
    assert usable_cores(tmp_path) == 1
    assert memory_bytes(tmp_path) == 1048576
    (tmp_path / "cpu.max").write_text("max 100000\n")
    (tmp_path / "memory.max").write_text("max\n")
    assert usable_cores(tmp_path) == free
    assert memory_bytes(tmp_path) > 1048576
