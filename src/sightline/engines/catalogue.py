"""GGUF vision models that llama.cpp's own pages name: where they are, and what is known of them before they are here.

Names and repositories: llama.cpp, docs/multimodal.md. A licence stands here only where the model's card was read; the
hub tells it, and every size and hash, when a model is pulled. What a model is good at is what its makers say of it, in
short, and not a measurement of ours.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files

from sightline.errors import InvalidRequest

REPOSITORY = re.compile(r"[\w][\w.-]*/[\w][\w.-]*")
UNKNOWN = "unknown"
OWN = {  # what need not be pulled; docs/model-card.md says more of the first, scores and limits included
    "sightline-mini": "reading; receipts, forms, invoices and charts as answers or JSON; names clothes and groceries",
    "sightline-echo": "tests: it is no model and says back what it was sent",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A model that can be pulled."""

    name: str
    repository: str
    parameters: str = UNKNOWN
    licence: str = UNKNOWN
    good_at: str = UNKNOWN


def catalogue() -> tuple[Entry, ...]:
    """Return every model that is known by name."""
    rows = json.loads((files("sightline.engines") / "catalogue.json").read_text("utf-8"))
    return tuple(
        Entry(row["name"], row["repository"], row["parameters"] or UNKNOWN, row["licence"] or UNKNOWN, row["good_at"])
        for row in rows
    )


def good_at(name: str) -> str | None:
    """Return what the model called `name` is good at; None if nothing is known of it."""
    return OWN.get(name) or next((entry.good_at for entry in catalogue() if entry.name == name), None)


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
