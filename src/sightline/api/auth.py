"""Who may ask: keys where there are keys, this machine alone where there are none."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Callable, Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from sightline.api.connection import facts_of
from sightline.api.errors import HttpRefusal
from sightline.api.grants import scope_for
from sightline.api.json_body import header
from sightline.api.key_ring import KeyRing
from sightline.api.owner import CALLER, LOCAL, Caller
from sightline.errors import InvalidKey
from sightline.images.asker import ASKER

NO_KEY = (
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth "
    "(i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API "
    "from your browser and are prompted for a username and password."
)
WRONG_KEY = "Incorrect API key provided: {masked}. The keys of this server are set by the person who runs it."
WRONG_SCOPE = "You have insufficient permissions for this operation. Missing scopes: {scope}."
WRONG_HOST = "This server answers only to requests for this machine. Set API keys to serve other hosts."
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
MASKED_FROM_CHARS = 12


class Door:
    """Asks for a key where there are keys, and for this machine's own name where there are none."""

    def __init__(self, app: ASGIApp, *, ring: KeyRing, is_public: Callable[[str], bool], hosts: Sequence[str]) -> None:
        self._locked = KeyCheck(app, ring=ring, is_public=is_public)
        self._open = HostCheck(app, hosts=hosts)
        self._ring = ring

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, then pass on."""
        self._ring.refresh()
        if self._ring.is_flush_due:
            await asyncio.to_thread(self._ring.flush)
        await (self._locked if self._ring.is_locked else self._open)(scope, receive, send)


class KeyCheck:
    """Lets a request through if its path is public or its key is on the ring; before its body is read."""

    def __init__(self, app: ASGIApp, *, ring: KeyRing, is_public: Callable[[str], bool]) -> None:
        self._app = app
        self._ring = ring
        self._is_public = is_public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, then pass on."""
        if scope["type"] == "http" and not self._is_public(scope["path"]):
            caller = self._check(key_of(header(scope, b"authorization")))
            facts_of(scope)["key"] = caller.key_id
            check_scope(caller, scope["path"])
            scope[CALLER] = caller
            ASKER.set(caller.owner)
        await self._app(scope, receive, send)

    def _check(self, key: str) -> Caller:
        if not key:
            raise InvalidKey(NO_KEY)
        caller = self._ring.caller(key)
        if caller is None:
            raise InvalidKey(WRONG_KEY.format(masked=mask(key)), code="invalid_api_key")
        return caller


class HostCheck:
    """Refuses requests made under a foreign name: a web page that points its own name at this machine."""

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in (*LOOPBACK_HOSTS, *hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, then pass on."""
        if scope["type"] in ("http", "websocket"):
            host = header(scope, b"host").lower()
            name = host if host.endswith("]") else host.rpartition(":")[0] or host
            if name not in self._hosts:
                raise HttpRefusal(403, WRONG_HOST, code="invalid_host")
            scope[CALLER] = LOCAL
        await self._app(scope, receive, send)


def check_scope(caller: Caller, path: str) -> None:
    """Refuse a path that the key was not made for.

    Raises:
        HttpRefusal: 403.
    """
    wanted = scope_for(path)
    if wanted is not None and wanted not in caller.scopes:
        raise HttpRefusal(403, WRONG_SCOPE.format(scope=wanted), code="missing_scope")


def key_of(authorization: str) -> str:
    """Return the key of a Bearer header, or the password of a Basic one; empty if there is neither."""
    scheme, _, value = authorization.strip().partition(" ")
    value = value.strip()
    if scheme.lower() == "bearer":
        return value
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def mask(key: str) -> str:
    """Return the ends of a key; nothing of a short one."""
    return "***" if len(key) < MASKED_FROM_CHARS else f"{key[:3]}***{key[-4:]}"
