"""Which URLs may be fetched: rules on the text, on the host and on the addresses behind it. Nothing is sent here."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final, Literal
from urllib.parse import SplitResult, quote, urlsplit

import idna

MAX_URL_CHARS: Final = 2048
MAX_LOGGED_CHARS: Final = 200
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Reason = Literal[
    "scheme", "bad_characters", "malformed", "url_too_long", "no_host", "credentials", "port", "bad_host",
    "numeric_host", "host_denied", "domain", "address", "dns",
]  # fmt: skip
# a text that breaks these rules is no http URL at all; the other reasons are about where it leads
NOT_A_URL: Final[frozenset[Reason]] = frozenset({"scheme", "bad_characters", "malformed", "url_too_long", "no_host"})

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_BAD_CHARACTER = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_DOTTED_QUAD = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}")
_NUMERIC_LABEL = re.compile(r"\d+|0x[0-9a-f]*")
_DENIED_NAMES: Final = frozenset({"localhost", "metadata", "instance-data"})
_DENIED_ENDS: Final = (
    ".localhost", ".local", ".localdomain", ".internal", ".intranet", ".lan", ".home", ".corp", ".private", ".svc",
    ".home.arpa", ".in-addr.arpa", ".ip6.arpa", ".onion", ".metadata.google.internal", ".cluster.local",
)  # fmt: skip
# IANA special-purpose registries, and 168.63.129.16: a public-range address that is Azure's inside
_DENIED_V4: Final = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
    )
)  # fmt: skip
# for IPv6 a list of what is allowed: it closes NAT64, SIIT, site-local and ranges that do not exist yet
_ALLOWED_V6: Final = IPv6Network("2000::/3")
_DENIED_V6: Final = tuple(
    IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48")
)


class UrlRefused(Exception):
    """A rule says no. `reason` is for logs and tests; a caller gets one text for all that lead inside."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart once; the request is built from these parts and nothing else."""

    scheme: Literal["http", "https"]
    host: str  # ASCII, lower case, without brackets or a last dot
    port: int
    path: str  # with the query
    address: Address | None  # if the host is one

    @property
    def authority(self) -> str:
        """What the Host header says."""
        host = f"[{self.host}]" if isinstance(self.address, IPv6Address) else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"


def parse_target(url: str, ports: Collection[int], allowed_domains: Sequence[str] = ()) -> Target:
    """Take a URL apart under every rule that needs no resolver.

    Raises:
        UrlRefused: With the rule that it breaks.
    """
    if len(url) > MAX_URL_CHARS:
        raise UrlRefused("url_too_long")
    if _BAD_CHARACTER.search(url):
        raise UrlRefused("bad_characters")
    if not _SCHEME.match(url):
        raise UrlRefused("scheme")
    parts, port = _split(url)
    if "@" in parts.netloc:
        raise UrlRefused("credentials")
    if not parts.hostname:
        raise UrlRefused("no_host")
    if port not in ports or port == 0:
        raise UrlRefused("port")
    host, address = _check_host(parts.hostname, is_bracketed="[" in parts.netloc)
    if allowed_domains and not any(_is_in_domain(host, domain) for domain in allowed_domains):
        raise UrlRefused("domain")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        "?" + _quote_query(parts.query) if parts.query else ""
    )
    return Target("https" if parts.scheme == "https" else "http", host, port, path, address)


def is_fetchable(address: Address, allowed_networks: Sequence[Network] = ()) -> bool:
    """Tell whether an address is one of the public internet, or in a network that the settings allow."""
    if any(address in network for network in allowed_networks):  # False across versions
        return True
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _DENIED_V4)
    if address.scope_id is not None:
        return False
    return address in _ALLOWED_V6 and not any(address in network for network in _DENIED_V6)


def vet_answers(answers: Sequence[str], allowed_networks: Sequence[Network] = ()) -> list[Address]:
    """Return a resolver's answers if every one of them may be connected to: one bad answer spoils all.

    Raises:
        UrlRefused: If there is none, or a bad one.
    """
    try:
        addresses = [ipaddress.ip_address(answer) for answer in answers]
    except ValueError:
        raise UrlRefused("dns") from None
    if not addresses:
        raise UrlRefused("dns")
    if not all(is_fetchable(address, allowed_networks) for address in addresses):
        raise UrlRefused("address")
    return addresses


def redact(url: str) -> str:
    """Return the URL for a message or a log: no query, no fragment, no user, at most 200 characters."""
    shown = re.split(r"[?#]", url, maxsplit=1)[0]
    shown = re.sub(r"(?<=//)[^/]*@", "", shown)
    return _BAD_CHARACTER.sub("", shown)[:MAX_LOGGED_CHARS]


def _split(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        default = 443 if parts.scheme == "https" else 80
        return parts, default if parts.port is None else parts.port
    except ValueError:
        if "%" in url.split("/", 3)[2]:
            raise UrlRefused("bad_host") from None
        raise UrlRefused("malformed") from None


def _check_host(hostname: str, *, is_bracketed: bool) -> tuple[str, Address | None]:
    if "%" in hostname:  # percent-encoding or a zone
        raise UrlRefused("bad_host")
    if is_bracketed:
        try:
            literal = IPv6Address(hostname)
        except ValueError:
            raise UrlRefused("malformed") from None
        return str(literal), literal
    if _DOTTED_QUAD.fullmatch(hostname):
        return hostname, IPv4Address(hostname)
    host = _to_ascii(hostname.removesuffix("."))
    labels = host.split(".")
    if _NUMERIC_LABEL.fullmatch(labels[-1]):  # resolvers read 127.1, 0x7f.1 and 2130706433 as addresses
        raise UrlRefused("numeric_host")
    if host in _DENIED_NAMES or host.endswith(_DENIED_ENDS):
        raise UrlRefused("host_denied")
    if len(labels) < 2 or len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise UrlRefused("bad_host")
    return host, None


def _to_ascii(hostname: str) -> str:
    if hostname.isascii():
        return hostname.lower()
    try:
        return idna.encode(hostname, strict=True, uts46=True, std3_rules=True).decode("ascii").lower()
    except idna.IDNAError:
        raise UrlRefused("bad_host") from None


def _is_in_domain(host: str, domain: str) -> bool:
    """`*.example.com` is one label more; `example.com` is itself."""
    if domain.startswith("*."):
        return host.partition(".")[2] == domain[2:].lower()
    return host == domain.lower()


def _quote_query(query: str) -> str:
    return quote(query, safe="/%:@!$&'()*+,;=~-._?[]{}|^`\"<>")
