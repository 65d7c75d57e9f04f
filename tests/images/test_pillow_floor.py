from __future__ import annotations

import PIL
import pytest

from sightline.errors import ConfigError
from sightline.images.load import ImageLoader
from sightline.images.pillow_floor import check_pillow


@pytest.mark.parametrize("found", ["12.3.0", "9.5.0", "12.99"])
def test_an_older_pillow_is_refused_with_both_versions(found: str) -> None:
    with pytest.raises(ConfigError, match=rf"^Pillow {found} has known holes; .*13\.0\.0 or newer"):
        check_pillow(found)


@pytest.mark.parametrize("found", ["13.0.0", "13.1", "14.0.0.dev0", PIL.__version__])
def test_a_newer_pillow_is_taken(found: str) -> None:
    check_pillow(found)


def test_no_door_for_pictures_opens_with_an_older_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.images.decode.check_pillow", lambda: check_pillow("12.3.0"))
    with pytest.raises(ConfigError, match=r"Pillow 12\.3\.0"):
        ImageLoader()
