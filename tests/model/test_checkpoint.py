from __future__ import annotations

from pathlib import Path

import pytest

from sightline.errors import ConfigError
from sightline.model.checkpoint import CONFIG, GENERATION, MANIFEST, TOKENIZER, WEIGHTS, load_checkpoint, write_manifest
from sightline.model.config import ModelConfig

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
