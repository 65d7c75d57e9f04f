"""Where a model of another server is, and what is known of that server before it is asked anything."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

import httpx2

from sightline.errors import ConfigError

log = logging.getLogger(__name__)

Kind = Literal["openai", "vllm", "sglang", "sightline", "llamacpp"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LIST_TIMEOUT_S = 5.0
MAX_LIST_BYTES = 1024 * 1024
MAX_KEY_CHARS = 512
MAX_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Upstream:
    """One model on one or more servers that are alike.

    `urls` are the API's bases, such as `http://gpu:8000/v1`. `kind` is whose server it is: it decides which extensions
    of OpenAI's API are sent.
    """

    urls: tuple[str, ...]
    model: str
    key: str = field(default="", repr=False)
    kind: Kind = "openai"
    with_reading: bool = False  # the text of the pictures goes along as words


def find_upstream(
    urls: Sequence[str],
    *,
    model: str = "",
    key_file: Path | None = None,
    kind: Kind | None = None,
    with_reading: bool = False,
) -> Upstream:
    """Return the model that is meant. What is not said is asked of the first server that answers.

    Raises:
        ConfigError: If an address or the key file cannot be, or the server does not tell which model is meant.
    """
    bases = tuple(dict.fromkeys(checked_url(url) for url in urls))
    if not bases:
        raise ConfigError("--upstream names no server")
    key = read_key(key_file) if key_file is not None else ""
    if not model or kind is None:
        models = _listed(bases, key)
        model = model or _only(models, bases)
        kind = kind or _kind_of(models)
    return Upstream(bases, model, key, kind, with_reading)


def checked_url(text: str) -> str:
    """Return an API's base without a slash at its end.

    Raises:
        ConfigError: If it is none, or holds a password: addresses are seen in lists of processes and in logs.
    """
    try:
        url = httpx2.URL(text.strip())
    except httpx2.InvalidURL:
        raise ConfigError("--upstream: one of the addresses is not a URL") from None
    if url.port is not None and not 0 < url.port <= MAX_PORT:
        raise ConfigError(f"--upstream: port {url.port} is none; the highest is {MAX_PORT}")
    if url.userinfo:
        raise ConfigError("--upstream: an address holds a name or a password; put the key into --upstream-key-file")
    if url.scheme not in ("http", "https") or not url.host or url.query or url.fragment:
        raise ConfigError(f"--upstream: {text[:200]!r} is not the base of an API, such as http://gpu:8000/v1")
    if not url.path.strip("/"):
        raise ConfigError(
            f"--upstream: {text[:200]!r} names no path; it is {text.strip('/ ')[:200]}/v1 for most servers"
        )
    return str(url).rstrip("/")


def read_key(path: Path) -> str:
    """Return the one key that a file holds; lines that begin with '#' are remarks.

    Raises:
        ConfigError: If the file cannot be read or does not hold one key of plain characters.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"--upstream-key-file: {path} cannot be read as text") from None
    keys = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if len(keys) != 1:
        raise ConfigError(f"--upstream-key-file: {path} holds {len(keys)} keys; it must hold one")
    if not (keys[0].isascii() and keys[0].isprintable() and " " not in keys[0] and len(keys[0]) <= MAX_KEY_CHARS):
        raise ConfigError(f"--upstream-key-file: {path} does not hold a key of up to {MAX_KEY_CHARS} plain characters")
    return keys[0]


def headers_for(key: str) -> dict[str, str]:
    """Return the headers of every request. No compression: what comes is bounded as it stands."""
    base = {"accept-encoding": "identity", "user-agent": "sightline"}
    return {**base, "authorization": f"Bearer {key}"} if key else base


def _listed(urls: Sequence[str], key: str) -> list[dict[str, Any]] | None:
    """Return the models that the first server that answers lists; `None` if none does."""
    timeout, headers = httpx2.Timeout(LIST_TIMEOUT_S), headers_for(key)
    with httpx2.Client(timeout=timeout, headers=headers, trust_env=False, follow_redirects=False) as client:
        for url in urls:
            try:
                with client.stream("GET", f"{url}/models") as reply:
                    data = _small_json(reply) if reply.status_code == 200 else None
            except httpx2.HTTPError as error:
                log.warning("upstream %s does not list its models: %s", url, type(error).__name__)
                continue
            models = data.get("data") if isinstance(data, dict) else None
            if isinstance(models, list):
                return [each for each in models if isinstance(each, dict) and isinstance(each.get("id"), str)]
            log.warning("upstream %s does not list its models: status %d", url, reply.status_code)
    return None


def _small_json(reply: httpx2.Response) -> Any:
    body = b""
    for piece in reply.iter_raw():
        body += piece
        if len(body) > MAX_LIST_BYTES:
            return None
    try:
        return json.loads(body)
    except ValueError:
        return None


def _only(models: list[dict[str, Any]] | None, urls: Sequence[str]) -> str:
    if models is None:
        raise ConfigError(f"--upstream: {urls[0]} does not list its models; name one with --upstream-model")
    names = [str(each["id"]) for each in models]
    if len(names) == 1 or (names and _kind_of(models) == "sightline"):  # a Sightline lists its own model, then aliases
        return names[0]
    few = ", ".join(name[:64] for name in names[:5])
    raise ConfigError(f"--upstream: {urls[0]} has {len(names)} models ({few} ...); name one with --upstream-model")


def _kind_of(models: list[dict[str, Any]] | None) -> Kind:
    """Tell whose server it is by the owner of its models; any other is taken at OpenAI's word."""
    owner = models[0].get("owned_by") if models else None
    return cast(Kind, owner) if owner in KINDS else "openai"
