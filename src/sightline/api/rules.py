"""What the person who runs a server decided about requests."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.api.settings import Settings

MAX_CHOICES = 128  # OpenAI's own limit of `n`


@dataclass(frozen=True, slots=True)
class Rules:
    """What OpenAI leaves to the server, and where this one is to be no kinder than OpenAI."""

    max_choices: int = MAX_CHOICES
    strict_classic: bool = False  # refuse and answer as GPT-4 with Vision of November 2023, under its names
    strict_modern: bool = False  # refuse what OpenAI refuses today, under every other name


def rules_of(settings: Settings) -> Rules:
    """Return what the settings say about requests."""
    return Rules(settings.max_choices, settings.strict_classic, settings.strict_modern)
