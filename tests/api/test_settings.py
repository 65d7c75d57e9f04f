"""Settings, keys and masks."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sightline.api.auth import key_of, mask
from sightline.api.settings import Settings
from sightline.errors import ConfigError


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "my-machine"])  # noqa: S104 - refused here
def test_without_keys_only_this_machine_may_be_served(host: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Settings(host=host).check()
    assert "\n" not in refused.value.message
    Settings(host=host, api_keys=("sk-1",)).check()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.9"])
def test_loopback_needs_no_key(host: str) -> None:
    Settings(host=host).check()


def test_the_environment_sets_and_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_API_KEYS", "sk-1, sk-2")
    monkeypatch.setenv("SIGHTLINE_PORT", "9000")
    settings = Settings()
    assert (settings.api_keys, settings.port) == (("sk-1", "sk-2"), 9000)


def test_a_setting_that_does_not_exist_fails() -> None:
    with pytest.raises(ValidationError):
        Settings(prot=9000)  # type: ignore[call-arg]


def test_a_misspelt_name_in_the_environment_is_refused_and_the_real_ones_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SIGHTLINE_DEBUG", "1")
    Settings().check()
    monkeypatch.setenv("SIGHTLINE_API_KEY", "sk-1")
    with pytest.raises(ConfigError, match=r"no setting SIGHTLINE_API_KEY; there are .*SIGHTLINE_API_KEYS") as refused:
        Settings().check()
    assert "sk-1" not in refused.value.message


@given(st.text(min_size=1, max_size=80).filter(lambda key: key.strip() == key))
def test_a_masked_key_shows_at_most_seven_of_its_characters(key: str) -> None:
    assert len(mask(key).replace("***", "")) <= 7
    assert mask(key) == "***" or len(key) >= 12


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_no_authorization_header_breaks_the_check(value: str) -> None:
    for scheme in ("Bearer ", "Basic ", ""):
        assert isinstance(key_of(scheme + value), str)


def test_basic_takes_the_password() -> None:
    assert key_of("Basic " + base64.b64encode(b":sk-1:2").decode()) == "sk-1:2"
