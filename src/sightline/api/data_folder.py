"""Where the server keeps what outlives it: keys, files, batches. Nothing is made before something is kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sightline.errors import ConfigError

NO_HOME = "there is no home folder to keep data in: set SIGHTLINE_DATA_DIR"


def data_path(data_dir: Path | None) -> Path:
    """Return the folder that `SIGHTLINE_DATA_DIR` names, or the platform's own place for data. It may not exist.

    Raises:
        ConfigError: If there is neither.
    """
    if data_dir is not None:
        return data_dir.absolute()
    try:
        home = Path.home()
    except RuntimeError:
        raise ConfigError(NO_HOME) from None
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "sightline"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "sightline"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "sightline"


def make_data_folder(data_dir: Path | None) -> Path:
    """Return the same folder, made if need be, for its owner alone (0700).

    Raises:
        ConfigError: If it cannot be made or written to.
    """
    path = data_path(data_dir)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"SIGHTLINE_DATA_DIR: {path} cannot be made: {error.strerror}") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ConfigError(f"SIGHTLINE_DATA_DIR: {path} cannot be written to")
    return path
