"""Models that were pulled, by the names they are pulled by."""

from __future__ import annotations

from pathlib import Path

from sightline.api.data_folder import data_path
from sightline.chat.assembly import BUNDLED, ECHO
from sightline.engines.shelf import Shelf

MODELS_FOLDER = "models"


def local_model(model: str, data_dir: Path | None) -> str:
    """Return the path of a model that was pulled under this name; any other name as it is.

    Raises:
        ConfigError: If the catalogue has it but it was not pulled.
    """
    if model in (BUNDLED, ECHO) or Path(model).exists():
        return model
    return shelf_in(data_path(data_dir)).local(model)


def shelf_in(data_folder: Path) -> Shelf:
    """Return the shelf of a data folder."""
    return Shelf(data_folder / MODELS_FOLDER)
