from __future__ import annotations

from pathlib import Path

import pytest

from tiny import make_checkpoint


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("engine") / "checkpoint"
    make_checkpoint(path)
    return path
