"""The panel of code to take away, written when it is opened or its button is pressed: an answer never waits for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import gradio as gr

from sightline.errors import InvalidRequest
from sightline.playground.clean import as_code, safe_markdown
from sightline.playground.client import Question, ServerError
from sightline.playground.code import programs
from sightline.playground.controls import Controls, address_for_visitor, read_controls

HINT = (
    "Each asks what the page asks now, as a new conversation, and prints the answer. It reads the pictures from the "
    "folder it is run in, and the key, if the server wants one, from the variable `OPENAI_API_KEY`."
)
N_PROGRAMS = 3


class CopyAs(NamedTuple):
    """The panel's parts; `shown` are those that `written` fills, in its order."""

    panel: gr.Accordion
    anew: gr.Button
    shown: list[gr.Markdown | gr.DownloadButton]


def copy_as_panel() -> CopyAs:
    """A closed panel with a tab for each program."""
    with gr.Accordion("Copy as code", open=False, elem_id="copy-as") as panel:
        gr.Markdown(HINT)
        with gr.Tabs():
            tabs = [_tab("curl", "curl"), _tab("Python requests", "requests"), _tab("OpenAI SDK", "openai")]
        with gr.Row():
            anew = gr.Button("Write it anew, after a change", size="sm", elem_id="copy-anew")
            file = gr.DownloadButton("Download the picture", size="sm", interactive=False, elem_id="copy-picture")
    return CopyAs(panel, anew, [*tabs, file])


def wire_copy_as(copy_as: CopyAs, controls: Controls, more: gr.File) -> None:
    """Write the programs when the panel opens or its button is pressed."""
    gr.on(
        [copy_as.panel.expand, copy_as.anew.click],
        write_programs,
        [*controls, more],
        copy_as.shown,
        preprocess=False,
        show_progress="hidden",
        api_visibility="private",
    )


def write_programs(
    picture: Mapping[str, Any] | None,
    instruction: str | None,
    attributes: str | None,
    low_quality: bool | None,
    key: str | None,  # not read: the programs take it from the environment
    model: str | None,
    schema: str | None,
    more: Sequence[Mapping[str, Any]] | None,
    request: gr.Request,
) -> tuple[Any, ...]:
    """What the panel shows for the controls as they stand."""
    try:
        question = read_controls(picture, instruction, attributes, low_quality, model, schema, more)
        return written(question, request)
    except (InvalidRequest, ServerError) as error:
        return *[f"**Error:** {safe_markdown(error.message)}"] * N_PROGRAMS, gr.DownloadButton(interactive=False)


def written(question: Question, request: gr.Request) -> tuple[Any, ...]:
    """The three programs for a question, each as a block of code, and the picture that they read, to download."""
    code = programs(address_for_visitor(request), question.model or "", question)
    file = gr.DownloadButton(value=question.picture.path, interactive=True)
    return as_code(code.curl, "bash"), as_code(code.requests, "python"), as_code(code.openai, "python"), file


def _tab(label: str, name: str) -> gr.Markdown:
    with gr.Tab(label):
        return gr.Markdown(elem_id=f"copy-{name}", latex_delimiters=[], sanitize_html=True)
