"""The panel that asks one question about many pictures and gives the answers to download."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr
from gradio.utils import get_upload_folder

from sightline.errors import InvalidRequest
from sightline.playground.clean import safe_markdown
from sightline.playground.client import ServerError
from sightline.playground.controls import Controls, own_address, question_about, read_upload
from sightline.playground.export import Row, parquet_library, to_csv, to_jsonl, to_parquet
from sightline.playground.table import MAX_FILES, Runs, columns_of, rows_of, table_html, until

HINT = "The instructions, attributes or schema, model and key above are asked about each of these pictures."
NO_PARQUET = "Parquet is offered where pyarrow or polars is installed beside Sightline."


class TablePanel(NamedTuple):
    """The panel's parts."""

    files: gr.File
    run: gr.Button
    stop: gr.Button
    progress: gr.Markdown
    table: gr.Markdown
    downloads: list[gr.DownloadButton]


def table_panel() -> TablePanel:
    """A closed panel with a place for files, a button to run and one to stop."""
    with gr.Accordion("Many pictures, one table", open=False, elem_id="many"):
        gr.Markdown(HINT)
        files = gr.File(
            label=f"Pictures ({MAX_FILES} at most)",
            file_count="multiple",
            file_types=["image"],
            height=140,
            elem_id="many-files",
        )
        with gr.Row():
            run = gr.Button("Fill the table", variant="primary", size="sm", elem_id="many-run")
            stop = gr.Button("Stop", variant="stop", size="sm", elem_id="many-stop")
        progress = gr.Markdown(elem_id="many-progress", latex_delimiters=[], sanitize_html=True)
        table = gr.Markdown(elem_id="many-table", latex_delimiters=[], sanitize_html=True)
        with gr.Row():
            downloads = [
                gr.DownloadButton(f"Download {kind}", size="sm", interactive=False, elem_id=f"many-{kind.lower()}")
                for kind in ("CSV", "JSONL", *(["Parquet"] if parquet_library() else []))
            ]
        if not parquet_library():
            gr.Markdown(NO_PARQUET, elem_id="many-no-parquet")
    return TablePanel(files, run, stop, progress, table, downloads)


def wire_table(panel: TablePanel, controls: Controls) -> None:
    """Let the buttons run and stop; either ends with the files of the rows there are."""
    runs = TableRuns()
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    panel.run.click(
        runs.fill,
        [panel.files, *controls[1:]],
        [panel.progress, panel.table, *panel.downloads],
        preprocess=False,
        concurrency_limit=2,
        **quiet,
    )
    panel.stop.click(runs.stop, None, None, **quiet)


class TableRuns:
    """What the panel's buttons do. Gradio hands the request to methods, not to partial functions."""

    def __init__(self) -> None:
        self._runs = Runs()

    async def fill(
        self,
        files: Sequence[Mapping[str, Any]] | None,
        instruction: str | None,
        attributes: str | None,
        low_quality: bool | None,
        key: str | None,
        model: str | None,
        schema: str | None,
        request: gr.Request,
    ) -> AsyncIterator[tuple[Any, ...]]:
        """Yield the progress and the table, each time there is one more row, and last the files to download."""
        rows: list[Row] = []
        try:
            uploads = _checked(files)
            question = question_about(read_upload(uploads[0]), instruction, attributes, low_quality, model, schema)
            names = columns_of(question)
            yield _progress(rows, len(uploads)), "", *_no_files()
            with self._runs.running(str(request.session_hash)) as stopping:
                coming = rows_of(own_address(request), (key or "").strip(), question, map(read_upload, uploads))
                async for row in until(stopping, coming):
                    rows.append(row)
                    yield _progress(rows, len(uploads)), table_html(rows, names), *_no_files()
            said = _progress(rows, len(uploads), stopped=len(rows) < len(uploads))
            yield said, table_html(rows, names), *_files(rows, names)
        except (InvalidRequest, ServerError) as error:
            yield f"**Error:** {safe_markdown(error.message)}", "", *_no_files()

    def stop(self, request: gr.Request) -> None:
        """Stop the run of this visitor."""
        self._runs.stop(str(request.session_hash))


def _checked(files: Sequence[Mapping[str, Any]] | None) -> Sequence[Mapping[str, Any]]:
    if not files:
        raise InvalidRequest("choose pictures for the table first", param="files")
    if len(files) > MAX_FILES:
        raise InvalidRequest(f"{len(files)} pictures were chosen; the limit is {MAX_FILES}", param="files")
    return files


def _progress(rows: Sequence[Row], n_files: int, *, stopped: bool = False) -> str:
    n_failed = sum(row.values is None for row in rows)
    failed = f", {n_failed} failed" if n_failed else ""
    return f"{'Stopped after ' if stopped else ''}{len(rows)} of {n_files}{failed}"


def _no_files() -> list[gr.DownloadButton]:
    return [gr.DownloadButton(interactive=False) for _ in range(3 if parquet_library() else 2)]


def _files(rows: Sequence[Row], names: Sequence[str]) -> list[gr.DownloadButton]:
    folder = Path(tempfile.mkdtemp(dir=_downloads()))
    contents = {"answers.csv": to_csv(rows, names), "answers.jsonl": to_jsonl(rows, names)}
    if library := parquet_library():
        contents["answers.parquet"] = to_parquet(rows, names, library)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [gr.DownloadButton(value=str(folder / name), interactive=True) for name in contents]


def _downloads() -> str:
    folder = Path(get_upload_folder())
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)
