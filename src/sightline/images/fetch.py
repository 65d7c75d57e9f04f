"""The one guarded fetch: public addresses only, resolved once a hop, connected to what was checked."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from sightline.errors import ConfigError
from sightline.images import refusal
from sightline.images.address import (
    NOT_A_URL,
    Address,
    Network,
    Target,
    UrlRefused,
    is_fetchable,
    parse_target,
    redact,
    vet_answers,
)
from sightline.images.admission import Admission
from sightline.images.asker import ASKER
from sightline.images.exchange import Answer, Broken, Pace, TooLong, TooSlow, get

logger = logging.getLogger(__name__)

Resolver = Callable[[str, int], Sequence[str]]  # host, port -> addresses as text; raises OSError
RESOLVER_THREADS: Final = 4


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a name, in its order.

    Raises:
        OSError: If it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """Whether and where pictures are fetched from.

    Proxies, netrc and certificate paths of the environment are not read.
    `allowed_cidrs` adds networks (a LAN, say) to the public internet. `allowed_domains`, if any, are
    the only names; `*.example.com` stands for one label. `ca_file` replaces the system's authorities.
    """

    enabled: bool = True
    allowed_cidrs: tuple[str, ...] = ()
    allowed_domains: tuple[str, ...] = ()
    ports: frozenset[int] = frozenset({80, 443})
    max_redirects: int = 3
    max_fetches: int = 8  # at a time
    max_fetches_per_asker: int = 2  # of those; the asker's others wait for their turn
    turn_s: float = 30.0  # that they wait at most
    resolve_s: float = 3.0
    total_s: float = 10.0  # all hops of one picture
    pace: Pace = field(default_factory=Pace)
    ca_file: Path | None = None
    resolver: Resolver = resolve

    def __post_init__(self) -> None:
        for cidr in self.allowed_cidrs:
            try:
                ip_network(cidr)
            except ValueError:
                raise ConfigError(f"allowed_cidrs: {cidr!r} is not a network such as 192.168.1.0/24") from None

    @property
    def networks(self) -> tuple[Network, ...]:
        """The allowed networks, parsed."""
        return tuple(ip_network(cidr) for cidr in self.allowed_cidrs)


class Fetcher:
    """Fetches pictures under one policy. Close it at the end."""

    def __init__(self, policy: FetchPolicy, max_bytes: int) -> None:
        self._policy = policy
        self._max_bytes = max_bytes
        self._networks = policy.networks
        self._slots = Admission(policy.max_fetches)
        self._turns: dict[str, Admission] = {}  # by asker
        self._resolver_threads = ThreadPoolExecutor(RESOLVER_THREADS, thread_name_prefix="resolve")
        self._tls: ssl.SSLContext | None = None

    def close(self) -> None:
        """End the resolver's threads."""
        self._resolver_threads.shutdown(wait=False, cancel_futures=True)

    async def fetch(self, url: str, param: str) -> bytes:
        """Return the bytes behind an http(s) URL, whatever the far side calls them.

        Raises:
            ImageError: InvalidImageUrl with one text for every address we will not connect to, and its
                own for a timeout or a status; ImageTooLarge past the limit; EmptyImage for nothing.
        """
        shown = redact(url)
        try:
            first = self._parse(url)
        except UrlRefused as refused:
            logger.info("image URL refused", extra={"url": shown, "reason": refused.reason})
            if refused.reason in NOT_A_URL:
                raise refusal.not_a_url(param) from None
            raise refusal.not_public(shown, param) from None
        if not self._policy.enabled:
            raise refusal.urls_are_off(param)
        try:
            async with self._turn(), asyncio.timeout(self._policy.total_s):
                await self._slots.acquire(1)
                try:
                    answer = await self._follow(first, url)
                finally:
                    self._slots.release(1)
        except UrlRefused as refused:  # an address, or where a redirect led
            logger.info("image URL refused", extra={"url": shown, "reason": refused.reason})
            raise refusal.not_public(shown, param) from None
        except (TimeoutError, TooSlow):
            raise refusal.download_timed_out(shown, param) from None
        except TooLong:
            raise refusal.too_many_bytes(self._max_bytes, param) from None
        except Broken:
            raise refusal.download_failed(shown, param) from None
        if answer.status != 200:
            raise refusal.download_failed(shown, param, answer.status)
        if not answer.body:
            raise refusal.download_empty(shown, param)
        return answer.body

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait for a turn among the same asker's fetches, before the fetch's own time begins.

        Raises:
            TimeoutError: If it does not come.
        """
        asker = ASKER.get()
        if not asker:
            yield
            return
        turns = self._turns.setdefault(asker, Admission(self._policy.max_fetches_per_asker))
        await turns.acquire(1, self._policy.turn_s)
        try:
            yield
        finally:
            turns.release(1)

    async def _follow(self, target: Target, url: str) -> Answer:
        for _ in range(self._policy.max_redirects + 1):
            answer = await self._ask(target)
            if answer.location is None:
                return answer
            url = urljoin(url, answer.location)
            following = self._parse(url)
            if target.scheme == "https" and following.scheme == "http":
                raise Broken
            target = following
        raise Broken

    async def _ask(self, target: Target) -> Answer:
        addresses = await self._addresses(target)
        return await get(target, addresses[0], self._tls_context(), self._policy.pace, self._max_bytes)

    async def _addresses(self, target: Target) -> list[Address]:
        if target.address is not None:
            if not is_fetchable(target.address, self._networks):
                raise UrlRefused("address")
            return [target.address]
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._policy.resolve_s):
                answers = await loop.run_in_executor(
                    self._resolver_threads, self._policy.resolver, target.host, target.port
                )
        except (OSError, UnicodeError, TimeoutError):
            raise UrlRefused("dns") from None
        return vet_answers(answers, self._networks)

    def _parse(self, url: str) -> Target:
        return parse_target(url, self._policy.ports, self._policy.allowed_domains)

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = _trusting(self._policy.ca_file)
        return self._tls


def _trusting(ca_file: Path | None) -> ssl.SSLContext:
    """Return a client context that trusts `ca_file`, or the system's authorities at their built-in paths.

    `ssl.create_default_context` would let SSL_CERT_FILE of the environment choose.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        context.load_verify_locations(ca_file)
        return context
    built_in = ssl.get_default_verify_paths()
    file, folder = Path(built_in.openssl_cafile), Path(built_in.openssl_capath)
    if file.is_file() or folder.is_dir():
        context.load_verify_locations(file if file.is_file() else None, folder if folder.is_dir() else None)
    return context
