"""`sightline evaluate`: the scorecard of a model on sets of real pictures."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline import __version__

if TYPE_CHECKING:
    from sightline.evaluation import Line, Task

FAILED = 1
TABLE_COLUMNS = 140  # also on a narrow terminal: a figure that is cut is worse than a line that wraps
DEFAULT_MODEL = "sightline-mini"


def evaluate(
    data: Annotated[Path, typer.Argument(help="Folder of sets: <set>/data.jsonl with pictures beside it.")],
    sets: Annotated[
        list[str] | None, typer.Option("--set", help="Only this set, as receipts or receipts/lines.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows a set, drawn by a fixed seed.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for answers; a later run goes on there.")] = None,
    model: Annotated[
        str, typer.Option(help="Who answers: a name, a checkpoint's folder, a GGUF file.")
    ] = DEFAULT_MODEL,
    blind: Annotated[bool, typer.Option(help="Ask everything again without the pictures.")] = False,
) -> None:
    """Score a model on sets of real pictures, each score with n, a 95 % interval and the best constant answer.

    \b
    Examples:
      sightline evaluate ../shared/eval
      sightline evaluate ../shared/eval --set sroie --set iiit5k --limit 100 --blind

    Answers are kept as JSONL in out/evaluate/<model>; a run that stopped goes on where it was. The last
    line of the output is JSON. Exit status: 0 every row was answered, 1 some failed.
    """  # noqa: D301  the mark that keeps the lines of an example apart
    from rich.console import Console

    from sightline.chat.assembly import model_id_of
    from sightline.evaluation import as_json, as_table, find_tasks

    tasks = [task.sample(limit) for task in find_tasks(data, sets or ())]
    folder = out or Path("out/evaluate") / re.sub(r"[^\w.-]", "_", model)
    name = model_id_of(model)
    lines = asyncio.run(_score(tasks, folder, model, name, blind))
    Console(width=TABLE_COLUMNS).print(as_table(lines, f"{name}, Sightline {__version__}"))
    for task in tasks:
        if task.n_unscored:
            print(f"{task.name}: {task.n_unscored} rows need a judge and were left out")
    print(as_json(lines, model=name, version=__version__, limit=limit, n_rows=sum(len(task.rows) for task in tasks)))
    if any(line.n_failed for line in lines):
        raise typer.Exit(FAILED)


async def _score(tasks: Sequence[Task], out: Path, model: str, name: str, blind: bool) -> list[Line]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from sightline.chat.assembly import build_chat
    from sightline.evaluation import ask_with, score_sets

    chat = build_chat([model])
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    n_rows = sum(len(task.rows) for task in tasks) * (2 if blind else 1)
    try:
        with Progress(*columns, console=Console(stderr=True)) as progress:
            bar = progress.add_task(name, total=n_rows)
            return await score_sets(
                ask_with(chat), tasks, out, model=name, blind=blind, on_row=lambda: progress.advance(bar)
            )
    finally:
        await chat.close()
