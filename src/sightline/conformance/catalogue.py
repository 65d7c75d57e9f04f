"""Every check, and how a user names some of them."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.conformance.check import Check
from sightline.conformance.checks import (
    alpha,
    caching,
    detail,
    drops,
    errors,
    formats,
    order,
    orientation,
    replies,
    safety,
    sampling,
    streams,
    structured,
)
from sightline.errors import ConfigError

GROUPS = (
    replies,
    formats,
    orientation,
    alpha,
    detail,
    order,
    drops,
    streams,
    structured,
    sampling,
    errors,
    caching,
    safety,
)  # fmt: skip  in the order they run: what might upset a weak server comes last
CHECKS: tuple[Check, ...] = tuple(check for group in GROUPS for check in group.CHECKS)


def choose(only: Sequence[str] = (), skip: Sequence[str] = ()) -> tuple[Check, ...]:
    """Return the checks whose id or group is in `only` (all, if empty) and not in `skip`.

    Raises:
        ConfigError: If a name is neither an id nor a group.
    """
    known = {name for check in CHECKS for name in (check.id, check.group)}
    unknown = [name for name in (*only, *skip) if name not in known]
    if unknown:
        raise ConfigError(f"{unknown[0]!r} is neither a check nor a group; --list shows them")
    return tuple(check for check in CHECKS if (not only or _named(check, only)) and not _named(check, skip))


def _named(check: Check, names: Sequence[str]) -> bool:
    return check.id in names or check.group in names
