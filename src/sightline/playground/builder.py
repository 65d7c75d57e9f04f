"""The panel in which a JSON schema is put together, row by row. What stands in its box is what is asked for."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import gradio as gr

from sightline.errors import InvalidRequest
from sightline.playground.schema import KINDS, SchemaRow, schema_from_rows

N_ROWS = 6
HINT = "Name what you want from the picture. The schema below is used by **Ask** and by the table until it is emptied."


class Builder(NamedTuple):
    """The panel's parts; `cells` are name, type and description of each row in turn."""

    cells: list[gr.Textbox | gr.Dropdown]
    make: gr.Button
    empty: gr.Button
    said: gr.Markdown


def schema_box() -> gr.Textbox:
    """The schema itself, which may also be written or pasted; not yet put anywhere."""
    return gr.Textbox(label="JSON schema", lines=3, max_lines=16, elem_id="schema", render=False)


def builder_panel(box: gr.Textbox) -> Builder:
    """A closed panel of rows, with the schema's box below."""
    with gr.Accordion("Schema builder", open=False, elem_id="builder"):
        gr.Markdown(HINT)
        cells = [cell for number in range(1, N_ROWS + 1) for cell in _row(number)]
        with gr.Row():
            make = gr.Button("Use these rows", size="sm", variant="primary", elem_id="schema-make")
            empty = gr.Button("Empty the schema", size="sm", elem_id="schema-empty")
        said = gr.Markdown(elem_id="schema-said", latex_delimiters=[], sanitize_html=True)
        box.render()  # type: ignore[no-untyped-call]
    return Builder(cells, make, empty, said)


def wire_builder(builder: Builder, box: gr.Textbox) -> None:
    """Let the buttons write the schema, and empty it."""
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    builder.make.click(make_schema, list(builder.cells), [box, builder.said], **quiet)
    builder.empty.click(lambda: ("", ""), None, [box, builder.said], **quiet)


def make_schema(*cells: str | None) -> tuple[str | object, str]:
    """The schema of the rows as text; or what is wrong with them, and the schema as it was."""
    given = [cell or "" for cell in cells]
    rows = [SchemaRow(*given[start : start + 3]) for start in range(0, len(given), 3)]
    try:
        return json.dumps(schema_from_rows(rows), indent=2, ensure_ascii=False), ""
    except InvalidRequest as error:
        return gr.skip(), f"**Error:** {error.message}"


def _row(number: int) -> tuple[gr.Textbox, gr.Dropdown, gr.Textbox]:
    with gr.Row(elem_classes="schema-row"):
        label = f"Row {number}"
        return (
            gr.Textbox(label=f"{label}: name", max_lines=1, min_width=110, scale=2),
            gr.Dropdown(list(KINDS), value="text", label="type", min_width=110, scale=2),
            gr.Textbox(label="description (optional)", max_lines=1, min_width=140, scale=3),
        )
