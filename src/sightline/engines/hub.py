"""The Hugging Face hub, as far as a pull needs it: what a repository holds, and one file after the other, verified."""

from __future__ import annotations

import hashlib
import http.client
import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from sightline.errors import ConfigError, SightlineError

CHUNK_BYTES = 1 << 20
TIMEOUT_S = 30.0
ATTEMPTS = 3
SPARE_BYTES = 64 << 20  # left free on the disk beside the file
MAX_LISTING_BYTES = 16 << 20
GATED = (401, 403)

Progress = Callable[[int], None]  # bytes that are there now


class PullFailed(SightlineError):
    """A model could not be brought here. The same pull may work later."""


class NoNetwork(PullFailed):
    """Nobody answers at the hub's address."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository, as the hub describes it."""

    path: str
    n_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository at one commit, with its GGUF files."""

    name: str
    commit: str
    licence: str
    files: tuple[HubFile, ...]


class Hub:
    """A hub at `endpoint`. The token, if any, goes to it alone, not where it redirects to."""

    def __init__(self, endpoint: str, token: str | None = None) -> None:
        parts = urlsplit(endpoint)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigError(f"HF_ENDPOINT: {endpoint[:80]!r} is not an http(s) address")
        self.endpoint = endpoint.rstrip("/")
        self._token = token
        self._opener = urllib.request.build_opener(_Redirects)

    def repository(self, name: str) -> Repository:
        """Return what a repository holds now.

        Raises:
            NoNetwork: If the hub does not answer.
            PullFailed: If it has no such repository, wants a token, or answers with something else.
        """
        with self._open(f"/api/models/{quote(name)}?blobs=true", name, {}) as reply:
            body = reply.read(MAX_LISTING_BYTES)
        try:
            return _repository(name, json.loads(body))
        except (AttributeError, KeyError, TypeError, ValueError):
            raise PullFailed(f"{self.endpoint} did not answer as a hub does") from None

    def download(self, repository: Repository, file: HubFile, target: Path, progress: Progress) -> None:
        """Put a file to `target`, by rename, once every byte of it is here and its sha256 is the hub's.

        What was cut short stays beside it and is gone on with, now or by the next call.

        Raises:
            NoNetwork: If the hub does not answer.
            PullFailed: If the disk has no room, the bytes are not the hub's, or they stop coming.
        """
        part = target.with_name(f"{target.name}.{file.sha256[:12]}.part")
        have = part.stat().st_size if part.is_file() else 0
        check_room(target.parent, file.n_bytes - have)
        for _ in range(ATTEMPTS):
            self._continue(repository, file, part, progress)
            if part.stat().st_size >= file.n_bytes:
                break
        have = part.stat().st_size
        if have < file.n_bytes:
            raise PullFailed(
                f"{file.path}: the connection was cut at {have:,} of {file.n_bytes:,} bytes; pull again to go on"
            )
        if sha256_of(part) != file.sha256:
            part.unlink()
            raise PullFailed(
                f"{file.path}: what came is not what the hub describes (sha256 differs); it was thrown away"
            )
        part.replace(target)

    def _continue(self, repository: Repository, file: HubFile, part: Path, progress: Progress) -> None:
        """Add to `part` what comes, from where it ends; from its start if the server knows no ranges."""
        have = part.stat().st_size if part.is_file() else 0
        if have >= file.n_bytes:
            return
        path = f"/{quote(repository.name)}/resolve/{quote(repository.commit)}/{quote(file.path)}"
        headers = {"range": f"bytes={have}-"} if have else {}
        with self._open(path, repository.name, headers) as reply, part.open("ab") as out:
            if have and reply.status != http.client.PARTIAL_CONTENT:
                out.truncate(0)
                have = 0
            try:
                while have < file.n_bytes and (data := reply.read(min(CHUNK_BYTES, file.n_bytes - have))):
                    out.write(data)
                    have += len(data)
                    progress(have)
            except (http.client.HTTPException, TimeoutError, ConnectionError):
                return
            except OSError as error:
                raise PullFailed(f"{part} cannot be written: {error.strerror}") from None

    def _open(self, path: str, name: str, headers: Mapping[str, str]) -> Any:
        request = urllib.request.Request(self.endpoint + path, headers=dict(headers))  # noqa: S310  checked above
        if self._token:
            request.add_unredirected_header("authorization", f"Bearer {self._token}")
        try:
            return self._opener.open(request, timeout=TIMEOUT_S)
        except urllib.error.HTTPError as error:
            error.close()
            raise self._refused(error.code, name) from None
        except (OSError, http.client.HTTPException):
            raise NoNetwork(f"no network: {self.endpoint} does not answer") from None

    def _refused(self, status: int, name: str) -> PullFailed:
        if status in GATED:
            return PullFailed(
                f"{self.endpoint} does not show {name}: it is not there, or wants its terms accepted and HF_TOKEN"
            )
        if status == http.client.NOT_FOUND:
            return PullFailed(f"{self.endpoint} has no {name}")
        return PullFailed(f"{self.endpoint} answered {status} for {name}")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but never from https to http."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise ConnectionError
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def check_room(folder: Path, n_bytes: int) -> None:
    """The disk has room for `n_bytes`.

    Raises:
        PullFailed: If it has not; with both figures.
    """
    free = shutil.disk_usage(folder).free
    if n_bytes + SPARE_BYTES > free:
        raise PullFailed(f"{folder} has {free / 1e9:.1f} GB free; {n_bytes / 1e9:.1f} GB are still to come")


def _repository(name: str, told: Mapping[str, Any]) -> Repository:
    files = tuple(
        HubFile(str(each["rfilename"]), int(each["lfs"]["size"]), str(each["lfs"]["sha256"]))
        for each in told["siblings"]
        if str(each["rfilename"]).lower().endswith(".gguf") and each.get("lfs")
    )
    licence = (told.get("cardData") or {}).get("license")
    return Repository(name, str(told["sha"]), licence if isinstance(licence, str) else "unknown", files)


def sha256_of(path: Path) -> str:
    """The hash of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
