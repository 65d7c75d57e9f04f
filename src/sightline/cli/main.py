"""The `sightline` program: its commands, and how every error of theirs ends."""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from sightline import __version__
from sightline.cli.ask import ask
from sightline.cli.conform import conform
from sightline.cli.count import count
from sightline.cli.doctor import doctor
from sightline.cli.evaluate import evaluate
from sightline.cli.keys import keys
from sightline.cli.models import models
from sightline.cli.serve import serve
from sightline.errors import ConfigError, FileError, ImageError, InvalidRequest, ModelNotFound, SightlineError

FAULT, USAGE, INTERRUPTED = 1, 2, 130


class PlainErrors(TyperGroup):
    """Commands whose errors are one plain line on stderr and a status, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command and turn what it raises into a line and a status."""
        try:
            return super().invoke(ctx)
        except (InvalidRequest, ModelNotFound, ConfigError) as error:
            raise _ended(_line(error), USAGE) from None
        except SightlineError as error:
            raise _ended(_line(error), FAULT) from None
        except KeyboardInterrupt:
            raise _ended("interrupted", INTERRUPTED) from None
        except BrokenPipeError:  # whoever read the answer has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None


app = typer.Typer(
    cls=PlainErrors,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(ask)
app.command()(count)
app.command()(serve)
app.command()(evaluate)
app.command()(conform)
app.command()(doctor)
app.add_typer(keys, name="keys")
app.add_typer(models, name="models")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"sightline {__version__}")
        raise typer.Exit


@app.callback()
def sightline(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """GPT-4 with Vision on your own machine.

    \b
    Examples:
      sightline ask receipt.jpg "What is the total?"
      sightline ask receipt.jpg --json "vendor, date, total float"
      sightline serve

    Exit status: 0 done, 1 the model failed, 2 the request cannot work as written, 130 interrupted.
    """  # noqa: D301  \b keeps the lines of the examples apart


def main() -> None:
    """Run the program; what was not foreseen is one line too, and a traceback with `SIGHTLINE_DEBUG=1`."""
    try:
        app()
    except Exception as error:  # the last door
        if os.environ.get("SIGHTLINE_DEBUG"):
            logging.getLogger(__name__).exception("internal fault")
        print(f"sightline: internal fault ({type(error).__name__}); please report it", file=sys.stderr)
        sys.exit(FAULT)


def _line(error: SightlineError) -> str:
    named = isinstance(error, ImageError | FileError) and error.param and error.param not in error.message
    return f"{error.param}: {error.message}" if named else error.message


def _ended(line: str, status: int) -> typer.Exit:
    print(f"sightline: {line}", file=sys.stderr)
    return typer.Exit(status)
