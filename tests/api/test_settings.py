"""Settings, keys and masks."""

from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sightline.api.auth import key_of, mask
from sightline.api.key_store import KeyStore
from sightline.api.settings import Settings, read_settings
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
    monkeypatch.setenv("SIGHTLINE_UPSTREAM", "http://a/v1, http://b/v1")
    assert Settings().upstream == ("http://a/v1", "http://b/v1")
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


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "70000", "SIGHTLINE_PORT='70000': it must be a whole number from 0 to 65535"),
        ("PORT", "http", "SIGHTLINE_PORT='http': it must be a whole number from 0 to 65535"),
        ("WAIT_S", "0", "SIGHTLINE_WAIT_S='0': it must be a number above 0"),
        ("MAX_BODY_BYTES", "1", "SIGHTLINE_MAX_BODY_BYTES='1': it must be a whole number, 1024 or more"),
        (
            "UPSTREAM_KIND",
            "azure",
            "SIGHTLINE_UPSTREAM_KIND='azure': it must be one of auto, openai, vllm, sglang, sightline, llamacpp",
        ),
        ("IMAGE_URLS", "maybe", "SIGHTLINE_IMAGE_URLS='maybe': it must be true or false"),
    ],
)
def test_a_wrong_value_is_refused_with_its_variable_its_value_and_its_limit(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"SIGHTLINE_{name}", value)
    with pytest.raises(ConfigError) as refused:
        read_settings()
    assert refused.value.message == says


def test_a_valid_stored_key_opens_the_network_and_an_expired_one_does_not(tmp_path: Path) -> None:
    store, settings = KeyStore(tmp_path), Settings(host="0.0.0.0", data_dir=tmp_path)  # noqa: S104 - that is the point
    store.create("old", 0, expires_at=1)
    with pytest.raises(ConfigError, match="without API keys"):
        settings.check()
    store.create("new", time.time())
    settings.check()


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
