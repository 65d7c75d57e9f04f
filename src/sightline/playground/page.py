"""The page itself: five controls, an answer, and what the model saw."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from sightline.errors import InvalidRequest
from sightline.playground.asked import asked_note, history_panel, look_panel, model_panel
from sightline.playground.builder import builder_panel, schema_box, wire_builder
from sightline.playground.clean import as_code, safe_markdown
from sightline.playground.client import Answer, Question, ServerError, ask
from sightline.playground.controls import (
    SAMPLE_PICTURES,
    Controls,
    choose,
    more_files,
    other_controls,
    own_address,
    picture_control,
    read_controls,
    sample_buttons,
)
from sightline.playground.conversation import Conversation, shown_turns
from sightline.playground.copy_as import copy_as_panel, wire_copy_as
from sightline.playground.receipt import receipt_panel
from sightline.playground.table_panel import table_panel, wire_table

STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
KEPT_UPLOAD_S = 1800
WAITING = "*Looking …*"
TITLE = (
    "<header class='title'><h1>Sightline</h1><p>Ask about a picture. It goes no further than this server.</p></header>"
)
NOTHING_YET = "The answer appears here."


def page_theme() -> gr.themes.Base:
    """Gradio's soft look with the fonts that the visitor's system has; its pale words can be read (WCAG AA)."""
    sans = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Inter", "sans-serif")
    mono = ("ui-monospace", "SFMono-Regular", "Menlo", "DejaVu Sans Mono", "monospace")
    soft = gr.themes.Soft(primary_hue="teal", neutral_hue="slate", radius_size="md", font=sans, font_mono=mono)
    return soft.set(
        body_text_color_subdued="*neutral_600",
        block_title_text_color="*primary_800",
        block_label_text_color="*primary_800",
        block_title_background_fill_dark="*primary_800",
        block_label_background_fill_dark="*primary_800",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_800",
    )


def build_page(models: Sequence[str]) -> gr.Blocks:
    """The page for a server with these models: nothing is fetched from outside, no upload is kept past half an hour."""
    page = gr.Blocks(
        title="Sightline", analytics_enabled=False, delete_cache=(KEPT_UPLOAD_S, KEPT_UPLOAD_S), fill_width=True
    )
    with page:
        gr.Markdown(TITLE)
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=5, min_width=320):
                picture = picture_control()
                samples = sample_buttons()
                more = more_files()
                schema = schema_box()
                controls = other_controls(picture, models, schema)
                model_panel()
                with gr.Row():
                    send = gr.Button("Ask", variant="primary", size="lg", elem_id="ask", scale=3, min_width=120)
                    anew = gr.Button("New conversation", size="lg", elem_id="anew", scale=2, min_width=120)
                builder = builder_panel(schema)
            with gr.Column(scale=6, min_width=320):
                earlier = gr.Markdown(elem_id="earlier", latex_delimiters=[], sanitize_html=True, line_breaks=True)
                answer = gr.Markdown(
                    NOTHING_YET,
                    elem_id="answer",
                    latex_delimiters=[],
                    sanitize_html=True,
                    min_height=200,
                    container=True,
                    buttons=["copy"],
                    line_breaks=True,
                )
                seen = gr.Markdown(elem_id="seen", latex_delimiters=[], sanitize_html=True)
                look_panel()
                copy_as = copy_as_panel()
        talk = gr.State(Conversation(), time_to_live=KEPT_UPLOAD_S)
        _wire(samples, send, controls, more, [answer, seen, earlier, talk])
        anew.click(begin_anew, None, [answer, seen, earlier, talk], show_progress="hidden", api_visibility="private")
        many = table_panel()
        history_panel()
        wire_copy_as(copy_as, controls, more)
        wire_builder(builder, schema)
        wire_table(many, controls)
    page.queue(max_size=32, default_concurrency_limit=4, api_open=False)
    return page


def _wire(
    samples: list[gr.Button],
    send: gr.Button,
    controls: Controls,
    more: gr.File,
    shown: Sequence[gr.Markdown | gr.State],
) -> None:
    for button, sample in zip(samples, SAMPLE_PICTURES, strict=True):
        button.click(
            partial(choose, sample),
            None,
            [controls.picture, controls.instruction, controls.attributes, more],
            show_progress="hidden",
            api_visibility="private",
        )
    # Uploads are not opened here (`preprocess=False`): pictures are decoded in one guarded place, behind the API.
    gr.on(
        [send.click, controls.instruction.submit, controls.attributes.submit],
        answer_question,
        [*controls, more, shown[-1]],
        shown,
        preprocess=False,
        show_progress="hidden",
        api_visibility="private",
        concurrency_limit=4,
        trigger_mode="once",
    )


async def answer_question(
    picture: Mapping[str, Any] | None,
    instruction: str | None,
    attributes: str | None,
    low_quality: bool | None,
    key: str | None,
    model: str | None,
    schema: str | None,
    more: Sequence[Mapping[str, Any]] | None,
    talk: Conversation | None,
    request: gr.Request,
) -> AsyncIterator[tuple[Any, ...]]:
    """Yield what the answer and the receipt show, the turns before, and last the conversation with this one."""
    started = time.monotonic()
    try:
        question = read_controls(picture, instruction, attributes, low_quality, model, schema, more)
        talk = (talk or Conversation()).about(question)
        question = talk.asked(question)
        yield WAITING, "", shown_turns(talk.turns), gr.skip()
        async for part in ask(own_address(request), (key or "").strip(), question):
            said = talk.answered(question, part.text) if part.complete else gr.skip()
            yield _shown_answer(part, question), _shown_receipt(part, question, started), gr.skip(), said
    except (InvalidRequest, ServerError) as error:
        yield f"**Error:** {safe_markdown(error.message)}", "", gr.skip(), gr.skip()


def begin_anew() -> tuple[str, str, str, Conversation]:
    """An empty answer and an empty conversation."""
    return NOTHING_YET, "", "", Conversation()


def _shown_answer(part: Answer, question: Question) -> str:
    if not question.attributes and question.schema is None:
        return safe_markdown(part.text) or WAITING
    text = part.text
    if part.complete:
        try:
            text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
        except ValueError:
            return safe_markdown(text)
    return as_code(text, "json")


def _shown_receipt(part: Answer, question: Question, started: float) -> str:
    if not part.complete:
        return ""
    return receipt_panel(part, (time.monotonic() - started) * 1000) + asked_note(question, part)
