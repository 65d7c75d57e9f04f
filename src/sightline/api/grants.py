"""What a key lets its holder do: which routes, and how much of them."""

from __future__ import annotations

from dataclasses import dataclass

SCOPES = ("ask", "files", "batches", "metrics")
DEFAULT_SCOPES = ("ask", "files", "batches")
_SCOPE_OF_PATH = (
    ("/v1/files", "files"),
    ("/files", "files"),
    ("/v1/batches", "batches"),
    ("/batches", "batches"),
    ("/metrics", "metrics"),
)
_ANY_SCOPE = ("/v1/models", "/models", "/openapi.json")


@dataclass(frozen=True, slots=True)
class KeyLimits:
    """What a key may do. `None`: whatever the server grants every key; 0: without end."""

    rpm: int | None = None  # requests a minute
    tpm: int | None = None  # tokens a minute, prompt and answer
    mpm: int | None = None  # megapixels a minute, of the upright pictures
    concurrent: int | None = None  # requests at a time

    def or_else(self, others: KeyLimits) -> KeyLimits:
        """Return these limits, and those of `others` where these say nothing."""
        return KeyLimits(
            others.rpm if self.rpm is None else self.rpm,
            others.tpm if self.tpm is None else self.tpm,
            others.mpm if self.mpm is None else self.mpm,
            others.concurrent if self.concurrent is None else self.concurrent,
        )


UNLIMITED = KeyLimits(0, 0, 0, 0)


def scope_for(path: str) -> str | None:
    """Return the scope that a path asks of a key; `None` if any will do. What is not named is "ask"."""
    if _is_under(path, _ANY_SCOPE):
        return None
    return next((scope for prefix, scope in _SCOPE_OF_PATH if _is_under(path, (prefix,))), "ask")


def _is_under(path: str, prefixes: tuple[str, ...]) -> bool:
    return any(path == prefix or path.startswith(prefix + "/") for prefix in prefixes)
