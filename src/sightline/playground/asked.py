"""What the page's own scripts need for a closer look: what was asked and what came back, beside the answer.

It comes with the answer itself, so that looking closer adds no event to asking.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from urllib.parse import quote

import gradio as gr

from sightline.playground.client import Answer, Attachment, Question, request_body

SCRIPT = Path(__file__).parent / "script"
SCRIPT_PATH = "/playground"
SCRIPT_TAG = f'<script type="module" src="{SCRIPT_PATH}/look.js"></script>'
LOOK_STYLE = (SCRIPT / "look.css").read_text(encoding="utf-8")


def look_panel() -> gr.Markdown:
    """The place that the scripts fill when an answer is there."""
    return gr.Markdown("<div class='look-place'></div>", elem_id="look", sanitize_html=True, latex_delimiters=[])


def model_panel() -> gr.Markdown:
    """The place of the line about the chosen model, which the scripts ask the API for.

    An event of the page itself would race with a visitor's first click: Gradio's client then loses one of the two.
    """
    return gr.Markdown("<div class='model-place'></div>", elem_id="model-line", sanitize_html=True, latex_delimiters=[])


def history_panel() -> gr.Markdown:
    """The place of the history, which is the browser's own: the server neither keeps nor sees it."""
    return gr.Markdown("<div class='history-place'></div>", elem_id="history", sanitize_html=True, latex_delimiters=[])


def asked_note(question: Question, answer: Answer) -> str:
    """One hidden line of HTML: the body that was sent, each picture by its address here, and the receipt."""
    receipt = answer.receipt or {}
    note = {
        "body": request_body(question, question.model or "", url_of=_address),
        "images": receipt.get("images") or [],
        "answer": answer.text,
        "values": receipt.get("values") or [],
    }
    return f"\n\n<pre class='asked' hidden>{escape(json.dumps(note))}</pre>"


def _address(attachment: Attachment) -> str:
    return f"/gradio_api/file={quote(attachment.path)}"
