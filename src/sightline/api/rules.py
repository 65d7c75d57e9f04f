"""What the person who runs a server decided about requests."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.api.settings import Settings

MAX_CHOICES = 128  # OpenAI's own limit of `n`


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits of one request that OpenAI leaves to the server."""

    max_choices: int = MAX_CHOICES


def rules_of(settings: Settings) -> Rules:
    """Return what the settings say about requests."""
    return Rules(settings.max_choices)
