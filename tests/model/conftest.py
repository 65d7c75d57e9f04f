from __future__ import annotations

from pathlib import Path

import pytest

from sightline.model.tokenizer import TextTokenizer, train_tokenizer
from tiny import make_checkpoint


@pytest.fixture(scope="session")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> TextTokenizer:
    path: Path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    texts = [f" receipt {i} from SHOP {i * 7} total {i}.50\n\nthank you\n" for i in range(200)]
    train_tokenizer(texts, 600).save(str(path))
    return TextTokenizer.load(path)


@pytest.fixture
def tiny_checkpoint(tmp_path: Path) -> Path:
    make_checkpoint(tmp_path / "checkpoint")
    return tmp_path / "checkpoint"
