"""The oldest Pillow that may decode what strangers send."""

from __future__ import annotations

import PIL

from sightline.errors import ConfigError

OLDEST_PILLOW = 13  # before it a JPEG can write past its scan line: CVE-2026-112403, CVE-2026-96639


def check_pillow(found: str = PIL.__version__) -> None:
    """The Pillow of this installation is new enough for bytes that strangers send.

    Raises:
        ConfigError: If it is older; names the version found and the one needed.
    """
    if int(found.partition(".")[0]) < OLDEST_PILLOW:
        raise ConfigError(f"Pillow {found} has known holes; pictures need Pillow {OLDEST_PILLOW}.0.0 or newer")
