"""Whose request it is: the door (`api.auth`) says so in the scope, and what somebody keeps is kept under that name."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from starlette.types import Scope

from sightline.api.grants import SCOPES, UNLIMITED, KeyLimits

CALLER = "sightline.caller"
OWNER_CHARS = 32


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. `owner` is a name for what they keep here: the same for the same key, and never the key."""

    owner: str
    key_id: str | None = None  # what the log calls the key
    scopes: frozenset[str] = frozenset(SCOPES)
    limits: KeyLimits = field(default=UNLIMITED)


LOCAL = Caller("local")  # this machine, when there are no keys


def owner_of(scope: Scope) -> str:
    """Return who owns what this request makes, and whose things it may see: "local" when there are no keys.

    Raises:
        KeyError: On a public path of a server with keys, where nobody has said who they are.
    """
    return caller_of(scope).owner


def caller_of(scope: Scope) -> Caller:
    """Return who asks.

    Raises:
        KeyError: On a public path of a server with keys.
    """
    caller: Caller = scope[CALLER]
    return caller


def owner_of_digest(digest: bytes) -> str:
    """Return the owner's name for a key with this SHA-256: from the name nobody gets back to either."""
    return "own_" + sha256(b"sightline owner\0" + digest).hexdigest()[:OWNER_CHARS]
