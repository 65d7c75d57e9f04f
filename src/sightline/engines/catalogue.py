"""GGUF vision models that llama.cpp's own pages name: where they are, and what is known of them before they are here.

Names and repositories: llama.cpp, docs/multimodal.md. A licence stands here only where the model's card was read; the
hub tells it, and every size and hash, when a model is pulled.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files

from sightline.errors import InvalidRequest

REPOSITORY = re.compile(r"[\w][\w.-]*/[\w][\w.-]*")
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """A model that can be pulled."""

    name: str
    repository: str
    parameters: str = UNKNOWN
    licence: str = UNKNOWN


def catalogue() -> tuple[Entry, ...]:
    """Return every model that is known by name."""
    rows = json.loads((files("sightline.engines") / "catalogue.json").read_text("utf-8"))
    return tuple(
        Entry(row["name"], row["repository"], row["parameters"] or UNKNOWN, row["licence"] or UNKNOWN) for row in rows
    )


def entry_of(name: str) -> Entry:
    """Return the model called `name`, or that of a repository of the hub written as "owner/name".

    Raises:
        InvalidRequest: If it is neither.
    """
    for entry in catalogue():
        if name.lower() in (entry.name, entry.repository.lower()):
            return entry
    if REPOSITORY.fullmatch(name):
        return Entry(name.partition("/")[2].lower().removesuffix("-gguf"), name)
    raise InvalidRequest(
        f"there is no model '{name}' in the catalogue; `sightline models list` shows it, owner/name works too"
    )
