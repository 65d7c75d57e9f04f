"""What a visitor sets: the picture, its samples and the other controls, and the question that they ask."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr
from gradio.utils import get_upload_folder

from sightline.chat.instructions import DEFAULT_INSTRUCTION, parse_attributes
from sightline.errors import InvalidRequest
from sightline.playground.client import PDF, Attachment, Question, ServerError
from sightline.playground.schema import read_schema

SAMPLES = Path(__file__).parent / "samples"
MAX_FILES = 16  # of one question, as the API takes them


class Sample(NamedTuple):
    """A picture one click away, with a question that suits it."""

    label: str
    file: str
    instruction: str
    attributes: str


SAMPLE_PICTURES = (
    Sample("Receipt", "receipt.webp", "", "vendor, date, total float"),
    Sample("Chart", "chart.webp", "What kind of chart is it?", ""),
    Sample("Shapes", "shapes.webp", "What color are the circles?", ""),
    Sample("Sign", "sign.webp", "What does the sign say?", ""),
    Sample("Invoice", "invoice.webp", "To which account should it be paid?", ""),
    Sample("Dialog", "screen.webp", "What does it say?", ""),
)


class Controls(NamedTuple):
    """What a visitor sets. The order is the order of `answer_question`."""

    picture: gr.Image
    instruction: gr.Textbox
    attributes: gr.Textbox
    low_quality: gr.Checkbox
    key: gr.Textbox
    model: gr.Dropdown
    schema: gr.Textbox


def picture_control() -> gr.Image:
    """The place a picture goes."""
    return gr.Image(
        label="Picture",
        sources=["upload", "clipboard", "webcam"],
        type="filepath",
        image_mode=None,
        height=320,
        buttons=["fullscreen"],
        elem_id="picture",
    )


def sample_buttons() -> list[gr.Button]:
    """A button for each sample."""
    with gr.Row(elem_id="samples"):
        return [
            gr.Button(sample.label, icon=SAMPLES / sample.file, size="sm", min_width=70) for sample in SAMPLE_PICTURES
        ]


def more_files() -> gr.File:
    """The place for what is asked about together with the picture, or without one."""
    with gr.Accordion("More pictures, PDF pages", open=False, elem_id="more"):
        return gr.File(
            label="Asked about together with the picture",
            file_count="multiple",
            file_types=["image", ".pdf"],
            height=140,
            elem_id="more-files",
        )


def other_controls(picture: gr.Image, models: Sequence[str], schema: gr.Textbox) -> Controls:
    """The controls below the picture, together with it."""
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
    model = gr.Dropdown(
        list(models),
        value=models[0],
        label="Model",
        visible=len(models) > 1,
        elem_id="model",
    )
    return Controls(picture, instruction, attributes, low_quality, key, model, schema)


def choose(sample: Sample) -> tuple[str, str, str, None]:
    """What a sample puts into the picture, the instructions and the attributes; no other file stays beside it."""
    return str(SAMPLES / sample.file), sample.instruction, sample.attributes, None


def read_controls(
    picture: Mapping[str, Any] | None,
    instruction: str | None,
    attributes: str | None,
    low_quality: bool | None,
    model: str | None,
    schema: str | None,
    more: Sequence[Mapping[str, Any]] | None = None,
) -> Question:
    """The question that the controls ask.

    Raises:
        InvalidRequest: If there is no picture or too many, or the attributes or the schema cannot be read.
    """
    uploads = [*([picture] if picture and picture.get("path") else []), *(more or [])]
    if not uploads:
        raise InvalidRequest("choose a picture first", param="picture")
    if len(uploads) > MAX_FILES:
        raise InvalidRequest(f"{len(uploads)} files were chosen; the limit is {MAX_FILES}", param="more")
    first, *others = map(read_upload, uploads)
    question = question_about(first, instruction, attributes, low_quality, model, schema)
    return replace(question, more=tuple(others))


def question_about(
    picture: Attachment,
    instruction: str | None,
    attributes: str | None,
    low_quality: bool | None,
    model: str | None,
    schema: str | None,
) -> Question:
    """The question that the controls ask about a picture.

    Raises:
        InvalidRequest: If the attributes or the schema cannot be read, or both are given.
    """
    attributes, schema = (attributes or "").strip(), (schema or "").strip()
    if attributes and schema:
        raise InvalidRequest("JSON attributes and a JSON schema are both filled; empty one of them", param="schema")
    return Question(
        picture=picture,
        instruction=instruction or "",
        attributes=parse_attributes(attributes, "JSON attributes") if attributes else (),
        low_quality=bool(low_quality),
        model=model,
        schema=read_schema(schema) if schema else None,
    )


def read_upload(upload: Mapping[str, Any]) -> Attachment:
    """The file of an upload, as it was sent; it is not opened here.

    Raises:
        InvalidRequest: If it is neither a file that was uploaded here nor a sample.
    """
    path = Path(str(upload["path"])).resolve()
    if not path.is_relative_to(Path(get_upload_folder()).resolve()) and path.parent != SAMPLES:
        raise InvalidRequest("the picture is not one that was uploaded here", param="picture")
    media_type = str(upload.get("mime_type") or "")
    if path.suffix.lower() == ".pdf":
        media_type = PDF
    elif not re.fullmatch(r"image/[\w.+-]+", media_type):
        media_type = mimetypes.guess_type(path.name)[0] or "image/png"
    return Attachment(path.read_bytes(), media_type, path.name, str(path))


def own_address(request: gr.Request) -> str:
    """The address this very server listens on, from the socket and not from a header that a visitor wrote."""
    if request.request is None:
        raise ServerError("this page works inside a running server only")
    host, port = request.request.scope["server"]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def address_for_visitor(request: gr.Request) -> str:
    """The address of this server as the visitor's browser knows it, for code that the visitor takes away."""
    if request.request is None:
        raise ServerError("this page works inside a running server only")
    url = request.request.url
    return f"{url.scheme}://{url.netloc}"
