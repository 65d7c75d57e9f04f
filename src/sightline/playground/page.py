"""The page itself: five controls, an answer, and what the model saw."""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr
from gradio.utils import get_upload_folder

from sightline.chat.instructions import DEFAULT_INSTRUCTION, parse_attributes
from sightline.errors import InvalidRequest
from sightline.playground.clean import as_code, safe_markdown
from sightline.playground.client import Answer, Question, ServerError, ask
from sightline.playground.receipt import receipt_panel

SAMPLES = Path(__file__).parent / "samples"
STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
KEPT_UPLOAD_S = 1800
WAITING = "*Looking …*"
TITLE = (
    "<header class='title'><h1>Sightline</h1><p>Ask about a picture. It goes no further than this server.</p></header>"
)
NOTHING_YET = "The answer appears here."


class Sample(NamedTuple):
    """A picture one click away, with a question that suits it."""

    label: str
    file: str
    instruction: str
    attributes: str


SAMPLE_PICTURES = (
    Sample("Receipt", "receipt.webp", "", "vendor, date, total float"),
    Sample("Chart", "chart.webp", "What kind of chart is it?", ""),
    Sample("Shapes", "shapes.webp", "What are the main colors?", ""),
    Sample("Sign", "sign.webp", "What does the sign say?", ""),
)


def page_theme() -> gr.themes.Base:
    """Gradio's soft look with the fonts that the visitor's system has."""
    sans = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Inter", "sans-serif")
    mono = ("ui-monospace", "SFMono-Regular", "Menlo", "DejaVu Sans Mono", "monospace")
    return gr.themes.Soft(primary_hue="teal", neutral_hue="slate", radius_size="md", font=sans, font_mono=mono)


class Controls(NamedTuple):
    """What a visitor sets. The order is the order of `answer_question`."""

    picture: gr.Image
    instruction: gr.Textbox
    attributes: gr.Textbox
    low_quality: gr.Checkbox
    key: gr.Textbox


def build_page() -> gr.Blocks:
    """The page, wired: nothing is fetched from outside and no upload is kept past half an hour."""
    page = gr.Blocks(
        title="Sightline", analytics_enabled=False, delete_cache=(KEPT_UPLOAD_S, KEPT_UPLOAD_S), fill_width=True
    )
    with page:
        gr.Markdown(TITLE)
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=5, min_width=320):
                picture = _picture()
                samples = _sample_buttons()
                controls = _controls(picture)
                send = gr.Button("Ask", variant="primary", size="lg", elem_id="ask")
            with gr.Column(scale=6, min_width=320):
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
        _wire(samples, send, controls, [answer, seen])
    page.queue(max_size=32, default_concurrency_limit=4, api_open=False)
    return page


def _picture() -> gr.Image:
    return gr.Image(
        label="Picture",
        sources=["upload", "clipboard", "webcam"],
        type="filepath",
        image_mode=None,
        height=320,
        buttons=["fullscreen"],
        elem_id="picture",
    )


def _sample_buttons() -> list[gr.Button]:
    with gr.Row(elem_id="samples"):
        return [
            gr.Button(sample.label, icon=SAMPLES / sample.file, size="sm", min_width=70) for sample in SAMPLE_PICTURES
        ]


def _controls(picture: gr.Image) -> Controls:
    instruction = gr.Textbox(
        label="Instructions", placeholder=DEFAULT_INSTRUCTION, lines=2, max_lines=6, elem_id="instruction"
    )
    attributes = gr.Textbox(
        label="JSON attributes (optional)", placeholder="vendor, date, total float", max_lines=6, elem_id="attributes"
    )
    with gr.Row(elem_id="last-controls", equal_height=True):
        key = gr.Textbox(
            label="API key",
            type="password",
            placeholder="only if the server asks for one",
            elem_id="key",
            scale=3,
            min_width=180,
        )
        low_quality = gr.Checkbox(
            label="Low quality", info="512 px at most, fewer tokens", elem_id="low-quality", scale=2, min_width=150
        )
    return Controls(picture, instruction, attributes, low_quality, key)


def _wire(samples: list[gr.Button], send: gr.Button, controls: Controls, shown: list[gr.Markdown]) -> None:
    for button, sample in zip(samples, SAMPLE_PICTURES, strict=True):
        button.click(
            partial(_choose, sample),
            None,
            [controls.picture, controls.instruction, controls.attributes],
            show_progress="hidden",
            api_visibility="private",
        )
    # Uploads are not opened here (`preprocess=False`): pictures are decoded in one guarded place, behind the API.
    gr.on(
        [send.click, controls.instruction.submit, controls.attributes.submit],
        answer_question,
        list(controls),
        shown,
        preprocess=False,
        show_progress="hidden",
        api_visibility="private",
        concurrency_limit=4,
        trigger_mode="once",
    )


def _choose(sample: Sample) -> tuple[str, str, str]:
    return str(SAMPLES / sample.file), sample.instruction, sample.attributes


async def answer_question(
    picture: Mapping[str, Any] | None,
    instruction: str | None,
    attributes: str | None,
    low_quality: bool | None,
    key: str | None,
    request: gr.Request,
) -> AsyncIterator[tuple[str, str]]:
    """Yield what the answer panel and the receipt panel show, until the answer is complete."""
    started = time.monotonic()
    try:
        question = read_controls(picture, instruction, attributes, low_quality)
        yield WAITING, ""
        async for part in ask(own_address(request), (key or "").strip(), question):
            yield _shown_answer(part, question), _shown_receipt(part, started)
    except (InvalidRequest, ServerError) as error:
        yield f"**Error:** {safe_markdown(error.message)}", ""


def read_controls(
    picture: Mapping[str, Any] | None, instruction: str | None, attributes: str | None, low_quality: bool | None
) -> Question:
    """The question that the controls ask.

    Raises:
        InvalidRequest: If there is no picture, or the attributes cannot be read.
    """
    if not picture or not picture.get("path"):
        raise InvalidRequest("choose a picture first", param="picture")
    path = Path(str(picture["path"])).resolve()
    if not path.is_relative_to(Path(get_upload_folder()).resolve()) and path.parent != SAMPLES:
        raise InvalidRequest("the picture is not one that was uploaded here", param="picture")
    media_type = str(picture.get("mime_type") or "")
    return Question(
        picture=path.read_bytes(),
        media_type=media_type if re.fullmatch(r"image/[\w.+-]+", media_type) else "image/png",
        instruction=instruction or "",
        attributes=parse_attributes(attributes, "JSON attributes") if attributes and attributes.strip() else (),
        low_quality=bool(low_quality),
    )


def own_address(request: gr.Request) -> str:
    """The address this very server listens on, from the socket and not from a header that a visitor wrote."""
    if request.request is None:
        raise ServerError("this page works inside a running server only")
    host, port = request.request.scope["server"]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _shown_answer(part: Answer, question: Question) -> str:
    if not question.attributes:
        return safe_markdown(part.text) or WAITING
    text = part.text
    if part.complete:
        try:
            text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
        except ValueError:
            return safe_markdown(text)
    return as_code(text, "json")


def _shown_receipt(part: Answer, started: float) -> str:
    return receipt_panel(part, (time.monotonic() - started) * 1000) if part.complete else ""
