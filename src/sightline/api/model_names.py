"""The names under which clients of OpenAI ask for a model that sees."""

from __future__ import annotations

CLASSIC_SNAPSHOT = "gpt-4-1106-vision-preview"
CLASSIC_NAMES = ("gpt-4-vision-preview", CLASSIC_SNAPSHOT)
ALIASES = (*CLASSIC_NAMES, "gpt-4-turbo", "gpt-4o", "gpt-4o-mini", "gpt-4.1")


def is_classic(model: str) -> bool:
    """Whether `model` is the GPT-4 with Vision of November 2023."""
    return model in CLASSIC_NAMES


def name_in_reply(model: str) -> str:
    """Return the name that a reply carries: the classic alias answered under its snapshot."""
    return CLASSIC_SNAPSHOT if is_classic(model) else model
