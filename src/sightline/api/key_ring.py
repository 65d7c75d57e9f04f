"""The keys that open one server: those it was started with, and those of the store as it is now."""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Sequence

from sightline.api.grants import SCOPES, KeyLimits
from sightline.api.key_store import KeyStore, StoredKey
from sightline.api.key_text import digest_of, id_of
from sightline.api.owner import Caller, owner_of_digest
from sightline.errors import ConfigError

log = logging.getLogger(__name__)

FRESH_S = 0.5  # a key that was revoked is refused within a second
SETTLED_NS = 2_000_000_000  # a file touched less than this before it was read may change again under the same time
FLUSH_S = 60.0
NO_DIGEST = bytes(32)
GIVEN_ID_CHARS = 8


class KeyRing:
    """Knows who holds a key. Nothing is read or written for a key that is wrong.

    `must_lock` keeps the server locked even when the last key of the store is gone: others can reach it.
    """

    def __init__(self, keys: Sequence[str], store: KeyStore | None, defaults: KeyLimits, *, must_lock: bool) -> None:
        self._given = {digest_of(key): _given(key, defaults) for key in keys}
        self._store = store
        self._defaults = defaults
        self._must_lock = must_lock
        self._stored: dict[str, StoredKey] = {}
        self._signature: tuple[int, ...] | None = None
        self._is_unreadable = False
        self._read_at = float("-inf")
        self._used_at: dict[str, float] = {}
        self._flushed_at = time.monotonic()

    @property
    def is_locked(self) -> bool:
        """Whether a key is needed. Keys that are revoked or expired lock, too, until they are forgotten."""
        return self._must_lock or self._is_unreadable or bool(self._given or self._stored)

    def caller(self, key: str) -> Caller | None:
        """Return who holds `key`, or `None`. Every wrong key takes the same work."""
        digest, key_id = digest_of(key), id_of(key)
        given = [caller for known, caller in self._given.items() if hmac.compare_digest(digest, known)]
        stored = self._stored.get(key_id) if key_id else None
        is_right = hmac.compare_digest(digest, stored.digest if stored else NO_DIGEST)
        if given:
            return given[0]
        if stored is None or not is_right or stored.state(time.time()) != "valid":
            return None
        self._used_at[stored.id] = time.time()
        limits = stored.limits.or_else(self._defaults)
        return Caller(owner_of_digest(digest), stored.id, frozenset(stored.scopes), limits)

    def refresh(self) -> None:
        """Read the store again if it may have changed. If it cannot be read, the keys stay as they were, and needed."""
        now = time.monotonic()
        if self._store is None or now - self._read_at < FRESH_S:
            return
        self._read_at = now
        signature = self._sign()
        if signature is not None and signature == self._signature:
            return
        try:
            self._stored = {key.id: key for key in self._store.all()}
        except ConfigError as error:
            log.error("the keys could not be read: %s", error.message)
            self._is_unreadable = True
            return
        self._signature, self._is_unreadable = signature, False

    @property
    def is_flush_due(self) -> bool:
        """Whether `flush` has something to write that is a minute old."""
        return bool(self._used_at) and time.monotonic() - self._flushed_at >= FLUSH_S

    def flush(self) -> None:
        """Note in the store when its keys were used. What cannot be written is lost: it is coarse anyway."""
        used, self._used_at = self._used_at, {}
        self._flushed_at = time.monotonic()
        if self._store is None or not used:
            return
        try:
            self._store.note_use(used)
        except ConfigError:
            log.warning("when keys were last used could not be noted")

    def _sign(self) -> tuple[int, ...] | None:
        """Return what tells one state of the file from the next, or `None` if it cannot be told yet."""
        try:
            stat = self._store.path.stat() if self._store else None
        except FileNotFoundError:
            return (0,)
        except OSError:
            return None
        if stat is None or abs(time.time_ns() - stat.st_mtime_ns) < SETTLED_NS:
            return None
        return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _given(key: str, limits: KeyLimits) -> Caller:
    """Return who holds a key that the server was started with."""
    owner = owner_of_digest(digest_of(key))
    return Caller(owner, owner.removeprefix("own_")[:GIVEN_ID_CHARS], frozenset(SCOPES), limits)
