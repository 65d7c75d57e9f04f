"""`sightline count`: what pictures would become, and what they would cost under each model family's rule."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sightline.cli.ask import DetailName

if TYPE_CHECKING:
    from rich.table import Table

    from sightline.chat.count import PictureCount
    from sightline.cli.pictures import Source
    from sightline.images.plan_tiles import TilePlan
    from sightline.types import Detail

WIDE = 160  # columns where there is no terminal
REFUSED = "refused"

Words = Annotated[list[str], typer.Argument(metavar="IMAGE", help="Files, URLs or '-' for stdin.")]
DetailOption = Annotated[DetailName | None, typer.Option(help="Only this one.  [default: low and high]")]
AsJson = Annotated[bool, typer.Option("--json", help="One line of JSON instead of tables.")]


def count(words: Words, detail: DetailOption = None, as_json: AsJson = False) -> None:
    """Show what pictures would become and what they would cost, without asking a model.

    \b
    Examples:
      sightline count photo.jpg
      sightline count scans/page-1.png "report.pdf#page=2-3" --detail low
      sightline count photo.jpg --json
    """  # noqa: D301  \b keeps the lines of the examples apart
    from sightline.cli.pictures import picture_sources, read_stdin
    from sightline.images.limits import ImageLimits

    sources = picture_sources(words, lambda: read_stdin(ImageLimits().max_bytes))
    pictures = asyncio.run(_look(words, sources, detail.value if detail else "auto"))
    if as_json:
        print(json.dumps(_facts(pictures), ensure_ascii=False))
        return
    _print_tables(pictures, detail)


async def _look(names: Sequence[str], sources: Sequence[Source], detail: Detail) -> list[PictureCount]:
    from sightline.chat.assembly import image_loader
    from sightline.chat.count import count_picture
    from sightline.cli.pages import LoaderWithPages

    loader = LoaderWithPages(image_loader(n_children=min(2, len(sources))))
    try:
        parts = await loader.parts(list(zip(names, sources, strict=True)), detail)
        loaded = await loader.load_all(parts)
        return [count_picture(source, part, "gpt-4") for source, part in zip(loaded, parts, strict=True)]
    finally:
        await loader.close()


def _facts(pictures: Sequence[PictureCount]) -> list[dict[str, Any]]:
    from sightline.api.count import picture_out

    return [{"name": picture.param, **picture_out(picture)} for picture in pictures]


def _print_tables(pictures: Sequence[PictureCount], detail: DetailName | None) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else WIDE, markup=False, highlight=False)
    columns = ("low", "high") if detail is None else (detail.value,)
    seen = Table(box=None, pad_edge=False)
    for title in ("picture", "source", *(f"{column} is seen at" for column in columns)):
        seen.add_column(title)
    for picture in pictures:
        receipt = picture.receipt
        source = f"{receipt.format} {receipt.source_width}x{receipt.source_height}, {receipt.n_bytes:,} bytes"
        plans = (picture.low, picture.high) if detail is None else (picture.asked,)
        seen.add_row(picture.param, "; ".join((source, *receipt.notes)), *map(_plan, plans))
    console.print(seen)
    print()
    console.print(_costs(pictures, columns))


def _costs(pictures: Sequence[PictureCount], columns: Sequence[str]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("tokens of each family" if len(pictures) == 1 else f"tokens of all {len(pictures)}, by family")
    for column in columns:
        table.add_column(column, justify="right")
    for family in pictures[0].by_family:
        costs = [[_tokens(picture, family, column) for picture in pictures] for column in columns]
        table.add_row(family, *(REFUSED if None in cost else f"{sum(filter(None, cost)):,}" for cost in costs))
    return table


def _tokens(picture: PictureCount, family: str, column: str) -> int | None:
    tokens = picture.by_family[family]
    return {"low": tokens.low, "high": tokens.high}.get(column, tokens.asked)


def _plan(plan: TilePlan) -> str:
    tiles = "overview only" if not plan.n_tiles else f"{plan.n_tiles} tiles ({plan.columns}x{plan.rows})"
    return f"{plan.width}x{plan.height}, {'1 tile' if plan.n_tiles == 1 else tiles}"
