from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from sightline.errors import ConfigError
from sightline.model.checkpoint import CONFIG, GENERATION, MANIFEST, TOKENIZER, load_checkpoint, write_manifest
from sightline.model.config import ModelConfig
from sightline.model.weights import INDEX, WEIGHTS

FILES = (WEIGHTS, TOKENIZER, CONFIG)


@pytest.mark.parametrize("name", FILES)
def test_one_flipped_bit_refuses_to_load_and_names_the_file(tiny_checkpoint: Path, name: str) -> None:
    data = bytearray((tiny_checkpoint / name).read_bytes())
    data[len(data) // 2] ^= 1
    (tiny_checkpoint / name).write_bytes(data)
    with pytest.raises(ConfigError, match=name.replace(".", r"\.")):
        load_checkpoint(tiny_checkpoint)


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_a_missing_file_is_named(tiny_checkpoint: Path, name: str) -> None:
    (tiny_checkpoint / name).unlink()
    with pytest.raises(ConfigError, match=name.replace(".", r"\.")):
        load_checkpoint(tiny_checkpoint)


def test_a_config_survives_hugging_face_and_back() -> None:
    config = ModelConfig()
    assert ModelConfig.from_hf(config.to_hf(image_token_id=3, end_token_id=2, pad_token_id=0)) == config


@pytest.mark.parametrize("change", [{"auto_map": {"AutoModel": "x.py"}}, {"model_type": "llava"}])
def test_a_config_that_brings_code_or_another_family_is_refused(change: dict[str, object]) -> None:
    hf = ModelConfig().to_hf(image_token_id=3, end_token_id=2, pad_token_id=0)
    with pytest.raises(ConfigError):
        ModelConfig.from_hf({**hf, **change})


@pytest.mark.parametrize(
    ("said", "temperature"),
    [('{"do_sample": false, "temperature": 0.7}', 0.0), ('{"temperature": 0.7}', 0.7), ("{}", 1.0)],
)
def test_a_model_may_have_a_temperature_of_its_own(tiny_checkpoint: Path, said: str, temperature: float) -> None:
    assert load_checkpoint(tiny_checkpoint).temperature == 1.0
    (tiny_checkpoint / GENERATION).write_text(said)
    write_manifest(tiny_checkpoint)
    assert load_checkpoint(tiny_checkpoint).temperature == temperature


@pytest.mark.parametrize("said", ["[]", "{", '{"temperature": "hot"}', '{"temperature": -1}', '{"temperature": 3}'])
def test_a_temperature_that_cannot_be_is_refused_by_file(tiny_checkpoint: Path, said: str) -> None:
    (tiny_checkpoint / GENERATION).write_text(said)
    write_manifest(tiny_checkpoint)
    with pytest.raises(ConfigError, match="generation_config"):
        load_checkpoint(tiny_checkpoint)


def _in_two_files(folder: Path) -> None:
    tensors = load_file(folder / WEIGHTS)
    names, where = sorted(tensors), dict[str, str]()
    for part, some in enumerate((names[::2], names[1::2])):
        file = f"model-0000{part + 1}-of-00002.safetensors"
        save_file({name: tensors[name] for name in some}, folder / file)
        where |= dict.fromkeys(some, file)
    (folder / WEIGHTS).unlink()
    (folder / INDEX).write_text(json.dumps({"metadata": {}, "weight_map": where}), "utf-8")


@pytest.mark.parametrize("needs_manifest", [False, True])
def test_weights_in_several_files_are_those_of_one(tiny_checkpoint: Path, needs_manifest: bool) -> None:
    whole = load_checkpoint(tiny_checkpoint)
    _in_two_files(tiny_checkpoint)
    if needs_manifest:
        write_manifest(tiny_checkpoint)
    else:
        (tiny_checkpoint / MANIFEST).unlink()
    parts = load_checkpoint(tiny_checkpoint, needs_manifest=needs_manifest)
    assert parts.tensors.keys() == whole.tensors.keys()
    assert all(np.array_equal(value, whole.tensors[name]) for name, value in parts.tensors.items())
    assert parts.weights_hash != whole.weights_hash


def test_a_part_that_is_missing_or_was_changed_is_named(tiny_checkpoint: Path) -> None:
    _in_two_files(tiny_checkpoint)
    write_manifest(tiny_checkpoint)
    part = tiny_checkpoint / "model-00002-of-00002.safetensors"
    data = part.read_bytes()
    part.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(ConfigError, match="model-00002-of-00002"):
        load_checkpoint(tiny_checkpoint)
    part.unlink()
    (tiny_checkpoint / MANIFEST).unlink()
    with pytest.raises(ConfigError, match="model-00002-of-00002"):
        load_checkpoint(tiny_checkpoint, needs_manifest=False)


@pytest.mark.parametrize(
    "said",
    [
        "{}",
        "[]",
        "{",
        '{"weight_map": {}}',
        '{"weight_map": {"a": 5}}',
        '{"weight_map": {"a": "x.bin"}}',
        '{"weight_map": {"a": "../x.safetensors"}}',
        '{"weight_map": {"a": "..\\\\x.safetensors"}}',
    ],
)
def test_an_index_names_files_beside_it_and_nothing_else(tiny_checkpoint: Path, said: str) -> None:
    (tiny_checkpoint / WEIGHTS).unlink()
    (tiny_checkpoint / MANIFEST).unlink()
    (tiny_checkpoint / INDEX).write_text(said)
    with pytest.raises(ConfigError, match="index"):
        load_checkpoint(tiny_checkpoint, needs_manifest=False)


def test_a_tensor_in_two_files_is_refused(tiny_checkpoint: Path) -> None:
    _in_two_files(tiny_checkpoint)
    (tiny_checkpoint / MANIFEST).unlink()
    one, other = (tiny_checkpoint / f"model-0000{part}-of-00002.safetensors" for part in (1, 2))
    other.write_bytes(one.read_bytes())
    with pytest.raises(ConfigError, match="once more"):
        load_checkpoint(tiny_checkpoint, needs_manifest=False)
