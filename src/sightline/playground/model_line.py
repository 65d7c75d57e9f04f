"""One line about the chosen model, from what the API tells of it: what it is good at, where it is, and its memory."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import gradio as gr

from sightline.playground.client import ServerError, model_facts
from sightline.playground.controls import Controls, own_address

MB = 1e6
STATES = {
    "loaded": "Loaded now",
    "loading": "Loading now",
    "unloaded": "Loads at the first question",
    "elsewhere": "Answers from another server",
}
NOT_TOLD = "What the model is good at, and whether it is loaded, is told once the server lets you in."


def model_line() -> gr.Markdown:
    """The place of the line."""
    return gr.Markdown(elem_id="model-line", latex_delimiters=[], sanitize_html=True)


def wire_model_line(page: gr.Blocks, asked: gr.events.Dependency, controls: Controls, line: gr.Markdown) -> None:
    """Show the line when the page opens, another model or key is given, and after an answer, which may load a model."""
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    given = [controls.model, controls.key]
    gr.on([page.load, controls.model.change, controls.key.blur], show_line, given, line, **quiet)
    asked.then(show_line, given, line, **quiet)


async def show_line(model: str, key: str | None, request: gr.Request) -> str:
    """The line about a model, as HTML in which every word is escaped."""
    try:
        return line_of(await model_facts(own_address(request), (key or "").strip(), model))
    except ServerError:
        return _line(NOT_TOLD)


def line_of(facts: Mapping[str, Any]) -> str:
    """The line for what `GET /v1/models/{model}` says under `sightline`."""
    good_at = f"Good at {facts['good_at']}." if facts["good_at"] else "What it is good at is not known."
    return _line(f"{good_at} {STATES[facts['state']]}{_memory(facts['memory_bytes'])}.")


def _memory(n_bytes: int | None) -> str:
    if n_bytes is None:
        return ""
    return f"; takes about {n_bytes / MB:,.0f} MB of memory" if n_bytes else "; takes no memory"


def _line(text: str) -> str:
    return f"<p role='status'>{escape(text)}</p>"
