"""`sightline conform`: how well any OpenAI-style vision server keeps to what clients rely on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline import __version__
from sightline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from sightline.conformance import Check, Row, Server

FAILED = 1
TABLE_COLUMNS = 150  # where the output is no terminal

Url = Annotated[str | None, typer.Argument(metavar="URL", help="Base URL, as http://127.0.0.1:8000/v1.")]
Model = Annotated[str | None, typer.Option(help="Who answers. By default the first that GET /models lists.")]
ApiKey = Annotated[str | None, typer.Option(help="Sent as a bearer token.")]
Timeout = Annotated[float, typer.Option(min=1, help="Seconds for one answer.")]
Only = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this check or group. May be repeated.")]
Skip = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Not this check or group. May be repeated.")]
ListThem = Annotated[bool, typer.Option("--list", help="Show the checks and run none.")]
JsonFile = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the rows as JSON too.")]
AllowLoopback = Annotated[
    bool, typer.Option("--allow-loopback-fetch", help="The server may fetch from loopback: it was told to.")
]


def conform(
    url: Url = None,
    model: Model = None,
    api_key: ApiKey = None,
    timeout: Timeout = 60.0,
    only: Only = None,
    skip: Skip = None,
    list_them: ListThem = False,
    json_file: JsonFile = None,
    allow_loopback_fetch: AllowLoopback = False,
) -> None:
    """Score any OpenAI-style vision server: what it sees, drops, streams, refuses and keeps safe.

    Nothing is sent but questions about pictures drawn here. A server that checks nothing may end on a bomb
    of the group safety, and take the machine's memory with it: skip it where others rely on either. What a
    model is too weak to show is "n/a", never a failure.

    \b
    Examples:
      sightline conform http://127.0.0.1:8000/v1
      sightline conform http://127.0.0.1:8080/v1 --json result.json --timeout 120
      sightline conform https://api.example.com/v1 --api-key sk-... --model gpt-4o --skip safety
      sightline conform http://127.0.0.1:8000/v1 --only orientation --only detail.pixels
      sightline conform --list

    Exit status: 0 nothing failed, 1 something did, 2 the server could not be judged.
    """  # noqa: D301  \b keeps the lines of the examples apart
    from sightline.conformance import Client, Server, as_list, check_that_it_answers, choose, first_model, summary

    checks = choose(only or (), skip or ())
    if list_them:
        _console().print(as_list(checks))
        return
    if url is None:
        raise ConfigError("which server? Give its URL, as http://127.0.0.1:8000/v1")
    client = Client(url, api_key=api_key, timeout_s=timeout)
    server = Server(client, model or first_model(client), loopback_is_allowed=allow_loopback_fetch)
    check_that_it_answers(server)
    started = datetime.now(UTC)
    rows = _run(server, checks)
    _print(rows, f"{server.model} at {url}, Sightline {__version__}")
    if json_file is not None:
        _write(json_file, rows, url, server.model, started)
    print(summary(rows))
    if any(row.outcome.verdict == "fail" for row in rows):
        raise typer.Exit(FAILED)


def _run(server: Server, checks: Sequence[Check]) -> list[Row]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from sightline.conformance import run

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=len(checks))

        def show(row: Row) -> None:
            progress.update(bar, advance=1, description=f"{row.outcome.verdict} {row.check.id}")

        return run(server, checks, show)


def _print(rows: Sequence[Row], title: str) -> None:
    from sightline.conformance import as_table

    _console().print(as_table(rows, title))


def _console() -> Console:
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=TABLE_COLUMNS)


def _write(path: Path, rows: Sequence[Row], url: str, model: str, started: datetime) -> None:
    from sightline.conformance import as_json

    about = {
        "url": url,
        "model": model,
        "kit": f"Sightline {__version__}",
        "started": started.isoformat("T", "seconds"),
    }
    try:
        path.write_text(as_json(rows, **about) + "\n", encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"--json: {path} cannot be written ({error.strerror})") from None
