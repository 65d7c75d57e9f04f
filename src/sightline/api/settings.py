"""How a server is set up. The one place that reads the environment: `SIGHTLINE_HOST`, `SIGHTLINE_API_KEYS`, ..."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from sightline.api.data_folder import data_path
from sightline.api.grants import KeyLimits
from sightline.api.key_store import KeyStore
from sightline.errors import ConfigError

MIB = 1024 * 1024
PREFIX = "SIGHTLINE_"
SECRET = frozenset({"api_keys", "upstream"})  # not repeated in an error
SHOWN_CHARS = 40  # of a wrong value
NOT_A_SETTING = frozenset({"SIGHTLINE_DEBUG"})  # the command line's own


class Settings(BaseSettings):
    """Settings of one server. Sizes in bytes, times in seconds."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    api_keys: Annotated[
        tuple[str, ...], NoDecode
    ] = ()  # comma-separated in the environment; empty: open, loopback only
    data_dir: Path | None = None  # what outlives the server; empty: the platform's place for it (api.data_folder)
    key_requests_per_minute: Annotated[int, Field(ge=0)] = 60  # of each key that has no limits of its own; 0: no limit
    key_tokens_per_minute: Annotated[int, Field(ge=0)] = 2_000_000
    key_megapixels_per_minute: Annotated[int, Field(ge=0)] = 1_000
    key_concurrent: Annotated[int, Field(ge=0)] = 4
    default_model: str = "sightline-mini"  # what the aliases answer with
    more_models: Annotated[tuple[str, ...], NoDecode] = ()  # served beside it, under their own names
    memory_gb: Annotated[float | None, Field(gt=0)] = None  # for models when there are several; empty: 70 % of it
    mmproj: Path | None = None  # the projector of a GGUF model that does not lie beside it
    upstream: Annotated[tuple[str, ...], NoDecode] = ()  # bases of OpenAI-style APIs: http://gpu:8000/v1; replicas
    upstream_model: str = ""  # the name there; empty: the one it lists
    upstream_key_file: Path | None = None
    upstream_kind: Literal["auto", "openai", "vllm", "sglang", "sightline", "llamacpp"] = "auto"  # whose server it is
    upstream_reading: bool = False  # whether the pictures' text goes along as words
    upstream_max_running: Annotated[int, Field(ge=1)] = 64  # the upstream's own `max_running`
    playground: bool = True
    image_urls: bool = True  # whether http(s) pictures are fetched
    image_url_allow: Annotated[tuple[str, ...], NoDecode] = ()  # networks besides public ones: 192.168.1.0/24
    image_url_domains: Annotated[tuple[str, ...], NoDecode] = ()  # if any, the only names: a.com, *.b.com
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()  # Host headers besides this machine, without keys

    strict_classic: bool = False  # gpt-4-vision-preview refuses and answers as it did in November 2023
    strict_modern: bool = False  # the other names refuse what OpenAI refuses today

    max_body_bytes: Annotated[int, Field(ge=1024)] = 32 * MIB
    max_header_bytes: Annotated[int, Field(ge=1024)] = 16 * 1024
    max_connections: Annotated[int, Field(ge=1)] = 512
    max_connections_per_address: Annotated[int, Field(ge=1)] = 64
    header_deadline_s: Annotated[float, Field(gt=0)] = 10.0
    body_deadline_s: Annotated[float, Field(gt=0)] = 60.0
    keep_alive_s: Annotated[int, Field(ge=1)] = 15
    stall_s: Annotated[float, Field(gt=0)] = 30.0
    stream_start_s: Annotated[float, Field(gt=0)] = (
        10.0  # then a stream begins, whether or not its first piece is there
    )
    stream_quiet_s: Annotated[float, Field(gt=0)] = 15.0  # after so long without a piece it says that it is alive
    drain_s: Annotated[int, Field(ge=0)] = 30

    max_file_bytes: Annotated[int, Field(ge=1024)] = 64 * MIB  # one uploaded picture or document
    max_batch_file_bytes: Annotated[int, Field(ge=1024)] = 200 * 1000 * 1000
    max_owner_bytes: Annotated[int, Field(ge=1024)] = 2048 * MIB  # all files of one key
    max_owner_files: Annotated[int, Field(ge=1)] = 10_000
    store_responses: bool = True  # whether /v1/responses may keep what it answered, for 30 days
    max_owner_response_bytes: Annotated[int, Field(ge=1024)] = (
        512 * MIB
    )  # all responses of one key; the oldest go first

    embedding_cache_bytes: Annotated[int, Field(ge=0)] = 64 * MIB  # encoded pictures in memory; 0: none
    embedding_disk_bytes: Annotated[int, Field(ge=0)] = 0  # the same in files of the data folder; 0: none
    prefix_cache_bytes: Annotated[int, Field(ge=0)] = 128 * MIB  # beginnings of prompts, computed; 0: none

    running_cache_bytes: Annotated[int, Field(ge=0)] = 1024 * MIB  # of all answers under way; one is always let in

    max_running: Annotated[int, Field(ge=1)] = 8  # requests to one model at once; their answers are computed together
    gguf_max_running: Annotated[int, Field(ge=1)] = 2  # llama.cpp answers one at a time; the next is prepared meanwhile
    max_waiting: Annotated[int, Field(ge=0)] = 64
    wait_s: Annotated[float, Field(gt=0)] = 30.0
    max_choices: Annotated[int, Field(ge=1, le=128)] = 128  # the most that `n` may be
    max_generation_s: Annotated[float, Field(gt=0)] = 120.0

    @field_validator(
        "api_keys", "more_models", "upstream", "image_url_allow", "image_url_domains", "allowed_hosts", mode="before"
    )
    @classmethod
    def _split(cls, value: Any) -> Any:
        return [item.strip() for item in value.split(",") if item.strip()] if isinstance(value, str) else value

    @field_validator("data_dir", "mmproj", "memory_gb", "upstream_key_file", mode="before")
    @classmethod
    def _name_a_path(cls, value: Any) -> Any:
        return None if value == "" else value

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def key_limits(self) -> KeyLimits:
        """What a key may do that has no limits of its own."""
        return KeyLimits(
            self.key_requests_per_minute,
            self.key_tokens_per_minute,
            self.key_megapixels_per_minute,
            self.key_concurrent,
        )

    @property
    def key_store(self) -> KeyStore | None:
        """The keys that `sightline keys` made; `None` on a machine without a place for data."""
        try:
            return KeyStore(data_path(self.data_dir))
        except ConfigError:
            return None

    def check(self) -> None:
        """Refuse what would open this machine to others without a key, and a name in the environment that sets nothing.

        Raises:
            ConfigError: One line that says what to do.
        """
        if unknown := unknown_settings(os.environ):
            known = ", ".join(PREFIX + name.upper() for name in type(self).model_fields)
            raise ConfigError(f"there is no setting {unknown[0]}; there are {known}")
        stored = self.key_store.all() if self.key_store else []
        has_key = bool(self.api_keys) or any(key.state(time.time()) == "valid" for key in stored)
        if self.upstream_model and not self.upstream:
            raise ConfigError("--upstream-model: name the server that has it with --upstream too")
        if not has_key and not self.is_loopback:
            raise ConfigError(
                f"refusing to listen on {self.host} without API keys: run `sightline keys create NAME`, "
                "set SIGHTLINE_API_KEYS, or use --host 127.0.0.1"
            )


def read_settings(given: Mapping[str, Any] | None = None) -> Settings:
    """Return the settings of the environment, those in `given` before them.

    Raises:
        ConfigError: If a value cannot be: with the variable, the value, and what it may be.
    """
    try:
        return Settings(**(given or {}))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    name = str(first["loc"][0])
    shown = "" if name in SECRET else f"={str(first['input'])[:SHOWN_CHARS]!r}"
    raise ConfigError(f"{PREFIX}{name.upper()}{shown}: it must be {_wanted(name)}")


def _wanted(name: str) -> str:
    """Say in words what a setting may be."""
    field = Settings.model_fields[name]
    kinds: dict[Any, str] = {int: "a whole number", float: "a number", float | None: "a number", bool: "true or false"}
    kind = kinds.get(field.annotation, "text")
    if get_origin(field.annotation) is Literal:
        return "one of " + ", ".join(get_args(field.annotation))
    bounds = {key: getattr(rule, key) for rule in field.metadata for key in ("ge", "gt", "le") if hasattr(rule, key)}
    if "le" in bounds:
        return f"{kind} from {bounds['ge']} to {bounds['le']}"
    if "ge" in bounds:
        return f"{kind}, {bounds['ge']} or more"
    return f"{kind} above {bounds['gt']}" if "gt" in bounds else kind


def unknown_settings(names: Iterable[str]) -> list[str]:
    """Return those of `names` that are written like a setting and are none, in order of the alphabet."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | NOT_A_SETTING
    return sorted(name for name in names if name.upper().startswith(PREFIX) and name.upper() not in known)
