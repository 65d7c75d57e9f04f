"""`sightline ask`: its words and options."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from sightline.cli.pictures import split_arguments

DEFAULT_MODEL, ECHO_MODEL = "sightline-mini", "sightline-echo"


class DetailName(StrEnum):
    """What `--detail` takes."""

    low = "low"
    high = "high"
    auto = "auto"


class ReceiptForm(StrEnum):
    """What `--receipt` takes."""

    text = "text"
    json = "json"
    none = "none"


Words = Annotated[list[str], typer.Argument(metavar="IMAGE", help="Files, URLs or '-' for stdin; last, the question.")]
Fields = Annotated[
    str | None, typer.Option("--json", metavar="FIELDS", help="Answer with JSON: 'vendor, total float, items list'.")
]
DetailOption = Annotated[DetailName, typer.Option(help="low: nothing past 512 px is seen.")]
MaxTokens = Annotated[int | None, typer.Option(min=1, help="Longest answer, in tokens.")]
Temperature = Annotated[float, typer.Option(min=0, max=2, help="0 gives the likeliest answer.")]
ModelName = Annotated[str, typer.Option(help="A model's name, a checkpoint's folder, or a GGUF file.")]
Stream = Annotated[
    bool | None, typer.Option("--stream/--no-stream", help="Print as it is written. By default on a terminal.")
]
ReceiptOption = Annotated[ReceiptForm, typer.Option(help="What was seen and what it cost, on stderr.")]


def ask(
    words: Words,
    json_fields: Fields = None,
    detail: DetailOption = DetailName.auto,
    max_tokens: MaxTokens = None,
    temperature: Temperature = 0.0,
    model: ModelName = DEFAULT_MODEL,
    stream: Stream = None,
    receipt: ReceiptOption = ReceiptForm.text,
) -> None:
    """Ask about pictures. The last argument is the question; without one the picture is described.

    Nothing leaves this machine, except to fetch a picture that is named by URL.

    \b
    Examples:
      sightline ask receipt.jpg "What is the total?"
      sightline ask before.png after.png "What changed?" --detail low
      sightline ask receipt.jpg --json "vendor, date, total float"
      sightline ask "report.pdf#page=2-3" "What does the chart show?"
      curl -s https://example.com/cat.jpg | sightline ask - "What animal is this?"
    """  # noqa: D301  \b keeps the lines of the examples apart
    from sightline.cli.asking import Wish, answer_wish

    names, question = split_arguments(words)
    wish = Wish(
        names=tuple(names),
        question=question,
        fields=json_fields,
        detail=detail.value,
        max_tokens=max_tokens,
        temperature=temperature,
        model=_local(model),
        stream=sys.stdout.isatty() if stream is None else stream,
        receipt=receipt.value,
    )
    answer_wish(wish)


def _local(model: str) -> str:
    """Return where a pulled model is. The shipped ones are not looked for: that would cost a second's imports."""
    if model in (DEFAULT_MODEL, ECHO_MODEL):
        return model
    from sightline.api.local_models import local_model
    from sightline.api.settings import read_settings

    return local_model(model, read_settings().data_dir)
