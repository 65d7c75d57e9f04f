"""`sightline models`: the catalogue, and the GGUF models that are on this machine."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sightline.engines.shelf import Shelf

HUB = "https://huggingface.co"

models = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="A name of the list, or a repository of the hub: owner/name.")]
LocalName = Annotated[str, typer.Argument(metavar="NAME", help="A model that is here.")]
AnyModel = Annotated[str, typer.Argument(metavar="NAME", help="Any model that `serve` takes.")]
Precision = Annotated[str | None, typer.Option(help="Such as Q4_K_M or Q8_0.  [default: the first usual one there is]")]


@models.callback()
def sightline_models() -> None:
    """List, pull and remove GGUF vision models, which llama.cpp runs.

    \b
    Examples:
      sightline models list
      sightline models pull smolvlm2-500m
      sightline serve --model smolvlm2-500m

    Models are kept in the folder `models` of SIGHTLINE_DATA_DIR. HF_ENDPOINT and HF_TOKEN are read as usual.
    """  # noqa: D301  \b keeps the lines of the examples apart


@models.command("list")
def list_models() -> None:
    """Show the catalogue, and what of it is here; then what is here besides.

    \b
    Examples:
      sightline models list
    """  # noqa: D301  \b keeps the lines of the examples apart
    from rich.console import Console
    from rich.table import Table

    from sightline.engines.catalogue import UNKNOWN, catalogue

    shelf = _shelf()
    here = shelf.names()
    table = Table(box=None, pad_edge=False)
    for column in ("name", "parameters", "licence", "here", "repository"):
        table.add_column(column, no_wrap=True)
    known = {entry.name for entry in catalogue()}
    for entry in catalogue():
        licence = (card.licence if entry.name in here and (card := shelf.card(entry.name)) else "") or entry.licence
        table.add_row(entry.name, entry.parameters, licence, _size(shelf, entry.name), entry.repository)
    for name in here:
        if name not in known:
            card = shelf.card(name)
            origin = (card.licence, card.repository) if card else (UNKNOWN, "copied here")
            table.add_row(name, UNKNOWN, origin[0], _size(shelf, name), origin[1])
    Console(width=None if sys.stdout.isatty() else 160, markup=False, highlight=False).print(table)


@models.command()
def show(name: Name) -> None:
    """Show what is known of a model; of one that is here, what its files say.

    \b
    Examples:
      sightline models show smolvlm2-500m
    """  # noqa: D301  \b keeps the lines of the examples apart
    from sightline.engines.catalogue import UNKNOWN, entry_of, good_at
    from sightline.engines.llama_cpp.gguf_file import read_head

    shelf = _shelf()
    if not shelf.has(name):
        entry = entry_of(name)
        print(f"{entry.name}: not here; sightline models pull {entry.name}")
        print(f"repository: {entry.repository}\nparameters: {entry.parameters}\nlicence: {entry.licence}")
        print(f"good at: {entry.good_at}")
        return
    head, eyes, card = read_head(shelf.model_file(name)), read_head(shelf.projector_file(name)), shelf.card(name)
    print(f"{name}: {shelf.model_file(name)}")
    print(f"repository: {card.repository} at {card.commit}" if card else "repository: copied here by hand")
    print(f"licence: {card.licence if card else UNKNOWN}\ngood at: {good_at(name) or UNKNOWN}")
    print(f"architecture: {head.architecture}, context {head.context_tokens} tokens")
    print(f"parameters: {head.n_parameters:,}, of its projector {eyes.n_parameters:,}")
    print(f"files: {head.n_bytes:,} and {eyes.n_bytes:,} bytes; at least so much memory")
    if card:
        print(f"sha256: {card.model.sha256}\n        {card.projector.sha256}")
    probe = card.probe if card else None
    speed = (
        f"{probe.tokens_per_s} tokens/s, first token after {probe.first_token_s} s, on {probe.day}"
        if probe
        else UNKNOWN
    )
    print(f"speed here: {speed}")


@models.command()
def pull(name: Name, precision: Precision = None) -> None:
    """Bring a model here from the hub: resumed where it was cut, checked against the hub's sha256.

    \b
    Examples:
      sightline models pull smolvlm2-500m
      sightline models pull ggml-org/Qwen2.5-VL-3B-Instruct-GGUF --precision Q8_0
    """  # noqa: D301  \b keeps the lines of the examples apart
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TransferSpeedColumn

    from sightline.engines.catalogue import entry_of
    from sightline.engines.hub import Hub, HubFile, NoNetwork

    entry = entry_of(name)
    hub = Hub(os.environ.get("HF_ENDPOINT") or HUB, os.environ.get("HF_TOKEN"))
    shelf = _shelf(make=True)
    bars: dict[str, TaskID] = {}
    columns = ("{task.description}", BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:

        def advance(file: HubFile, n_bytes: int) -> None:
            if file.path not in bars:
                bars[file.path] = progress.add_task(file.path, total=file.n_bytes)
            progress.update(bars[file.path], completed=n_bytes)

        try:
            card = shelf.pull(entry, hub, precision, advance)
        except NoNetwork as error:
            files = f"{shelf.model_file(entry.name).name} and {shelf.projector_file(entry.name).name}"
            place = shelf.model_file(entry.name).parent
            raise NoNetwork(f"{error.message}; the two files can be copied to {place} as {files}") from None
    print(f"{card.name}: {card.n_bytes:,} bytes, licence {card.licence}; sightline serve --model {card.name}")


@models.command()
def probe(name: AnyModel) -> None:
    """Measure how fast a model is here: one picture of 512 px, one answer. What was measured is kept with its day.

    \b
    Examples:
      sightline models probe smolvlm2-500m
      sightline models probe sightline-mini
    """  # noqa: D301  \b keeps the lines of the examples apart
    from sightline.api.local_models import local_model
    from sightline.api.settings import read_settings
    from sightline.cli.probing import probe as measure

    found = measure(local_model(name, read_settings().data_dir))
    shelf = _shelf()
    if shelf.has(name):
        shelf.note_probe(name, found)
    print(f"{name}: first token after {found.first_token_s} s, then {found.tokens_per_s} tokens/s ({found.day})")


@models.command("rm")
def remove(name: LocalName) -> None:
    """Delete a model from this machine, whole or half pulled.

    \b
    Examples:
      sightline models rm smolvlm2-500m
    """  # noqa: D301  \b keeps the lines of the examples apart
    print(f"{name} is removed: {_shelf().remove(name):,} bytes")


def _shelf(*, make: bool = False) -> Shelf:
    from sightline.api.data_folder import data_path, make_data_folder
    from sightline.api.local_models import shelf_in
    from sightline.api.settings import read_settings

    data_dir = read_settings().data_dir
    return shelf_in(make_data_folder(data_dir) if make else data_path(data_dir))


def _size(shelf: Shelf, name: str) -> str:
    if not shelf.has(name):
        return ""
    return f"{(shelf.model_file(name).stat().st_size + shelf.projector_file(name).stat().st_size) / 1e6:,.0f} MB"
