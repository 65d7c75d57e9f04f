"""`sightline keys`: who may use the server besides this machine, and how much."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sightline.api.key_store import KeyStore, StoredKey

DAY_S = 86_400


class Scope(StrEnum):
    """What `--scope` takes."""

    ask = "ask"
    files = "files"
    batches = "batches"
    metrics = "metrics"


keys = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="What you call the key: a person, a program.")]
NameOrId = Annotated[str, typer.Argument(metavar="NAME", help="The key's name or id, as the list shows it.")]
Limit = Annotated[int | None, typer.Option(min=0, help="0: no limit. By default the server's setting.")]
Days = Annotated[int | None, typer.Option(min=1, help="Days until it expires.  [default: never]")]
Scopes = Annotated[
    list[Scope] | None, typer.Option("--scope", help="May be repeated.  [default: ask, files and batches]")
]
Forget = Annotated[bool, typer.Option("--forget", help="Remove it from the list, too.")]


@keys.callback()
def sightline_keys() -> None:
    """Make, list and revoke API keys.

    \b
    Examples:
      sightline keys create anna
      sightline keys list
      sightline keys revoke anna

    A running server takes a change up within a second. As long as there is any key, a server asks for one.
    Keys are kept, as hashes, in the folder that SIGHTLINE_DATA_DIR names.
    """  # noqa: D301  \b keeps the lines of the examples apart


@keys.command()
def create(
    name: Name,
    rpm: Limit = None,
    tpm: Limit = None,
    mpm: Limit = None,
    concurrent: Limit = None,
    days: Days = None,
    scope: Scopes = None,
) -> None:
    """Make a key and print it, this once.

    --rpm, --tpm and --mpm are requests, tokens and megapixels a minute, --concurrent is requests at a time.

    \b
    Examples:
      sightline keys create anna
      sightline keys create scanner --rpm 10 --mpm 100 --days 30 --scope ask
    """  # noqa: D301  \b keeps the lines of the examples apart
    from sightline.api.grants import DEFAULT_SCOPES, KeyLimits

    now = time.time()
    key = _store(make=True).create(
        name,
        now,
        scopes=DEFAULT_SCOPES if scope is None else tuple(dict.fromkeys(one.value for one in scope)),
        limits=KeyLimits(rpm, tpm, mpm, concurrent),
        expires_at=None if days is None else int(now) + days * DAY_S,
    )
    print(key, flush=True)
    print("sightline: this key is not shown again; only its hash is kept", file=sys.stderr)


@keys.command("list")
def list_keys() -> None:
    """Show every key that was made here: its name, state, limits and use, never the key.

    \b
    Examples:
      sightline keys list
    """  # noqa: D301  \b keeps the lines of the examples apart
    found = _store().all()
    if not found:
        print("sightline: there are no keys; a server without keys answers this machine alone", file=sys.stderr)
        return
    _print_table(found)


@keys.command()
def revoke(name: NameOrId, forget: Forget = False) -> None:
    """End a key; requests with it are refused within a second.

    \b
    Examples:
      sightline keys revoke anna
      sightline keys revoke anna --forget
    """  # noqa: D301  \b keeps the lines of the examples apart
    store = _store()
    key = store.forget(name) if forget else store.revoke(name, time.time())
    print(f"{key.name} ({key.id}) is {'forgotten' if forget else 'revoked'}")


def _store(*, make: bool = False) -> KeyStore:
    from sightline.api.data_folder import data_path, make_data_folder
    from sightline.api.key_store import KeyStore
    from sightline.api.settings import read_settings

    data_dir = read_settings().data_dir
    return KeyStore(make_data_folder(data_dir) if make else data_path(data_dir))


def _print_table(found: list[StoredKey]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("name", "id", "state", "created", "last used", "expires", "scopes", "rpm", "tpm", "mpm", "at once"):
        table.add_column(column, no_wrap=True)
    now = time.time()
    for key in found:
        limits = (key.limits.rpm, key.limits.tpm, key.limits.mpm, key.limits.concurrent)
        table.add_row(
            key.name,
            key.id,
            key.state(now),
            _day(key.created_at),
            _minute(key.last_used_at),
            _day(key.expires_at),
            " ".join(key.scopes),
            *("default" if limit is None else str(limit or "none") for limit in limits),
        )
    Console(width=None if sys.stdout.isatty() else 200, markup=False, highlight=False).print(table)


def _day(at: int | None) -> str:
    return "never" if at is None else f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"


def _minute(at: int | None) -> str:
    return "never" if at is None else f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M}Z"
