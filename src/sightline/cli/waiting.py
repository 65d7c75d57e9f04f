"""A sign of life on stderr while nothing can be shown yet."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

PATIENCE_S = 1.0


@asynccontextmanager
async def sign_of_life(text: str) -> AsyncIterator[None]:
    """Show a spinner with the seconds gone, from the first second on, if stderr is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    task = asyncio.create_task(_spin(text))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _spin(text: str) -> None:
    await asyncio.sleep(PATIENCE_S)
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(text, total=None)
        await asyncio.Event().wait()
