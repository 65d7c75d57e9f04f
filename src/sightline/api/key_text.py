"""A key as its holder has it: `sk-<id>-<secret>-<check>`. Shown once; kept here only as its SHA-256."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from secrets import choice, token_bytes
from string import ascii_lowercase, digits
from zlib import crc32

ID_CHARS = 8
SECRET_BYTES = 32
_FORM = re.compile(r"(?P<checked>sk-(?P<id>[a-z0-9]{8})-[A-Za-z0-9_-]{43})-(?P<check>[A-Za-z0-9_-]{6})")


def new_key() -> str:
    """Return a key that nobody else has: 256 random bits behind an id that may be shown."""
    key_id = "".join(choice(ascii_lowercase + digits) for _ in range(ID_CHARS))
    checked = f"sk-{key_id}-{_text(token_bytes(SECRET_BYTES))}"
    return f"{checked}-{_check(checked)}"


def id_of(key: str) -> str | None:
    """Return the id inside a key of ours, or `None` if it is none or was mistyped."""
    form = _FORM.fullmatch(key)
    return form["id"] if form and _check(form["checked"]) == form["check"] else None


def digest_of(key: str) -> bytes:
    """Return what is kept of a key. It is random enough to need no slow hash."""
    return sha256(key.encode()).digest()


def _check(checked: str) -> str:
    return _text(crc32(checked.encode()).to_bytes(4, "big"))


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
