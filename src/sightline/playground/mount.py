"""The page put into a server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.errors import ConfigError
from sightline.playground.guard import PageGuard, PlaygroundRoute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.applications import Starlette

MAX_UPLOAD_BYTES = 20 * 1024 * 1024


def mount(app: Starlette, models: Sequence[str]) -> None:
    """Serve the page at `/` of `app`, after every route that `app` has at this point. It offers `models`.

    Gradio is imported here and not before: it takes seconds, and a server without the page does not
    need it. Nothing it offers to send elsewhere is on: no analytics, no fonts, no share link, no history.

    Raises:
        ConfigError: If the `playground` extra is not installed.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    try:
        import gradio
    except ImportError:
        raise ConfigError("the playground is not installed: pip install 'sightline[playground]'") from None

    from gradio.utils import get_upload_folder
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    from sightline.playground.asked import LOOK_STYLE, SCRIPT, SCRIPT_PATH, SCRIPT_TAG
    from sightline.playground.controls import SAMPLES
    from sightline.playground.page import STYLE, build_page, page_theme

    gradio.mount_gradio_app(
        app,
        build_page(models),
        path="/",
        theme=page_theme(),
        css=STYLE + LOOK_STYLE,
        head=SCRIPT_TAG,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        max_file_size=MAX_UPLOAD_BYTES,
        allowed_paths=[str(SAMPLES)],
    )
    page = app.router.routes.pop()
    uploads = Path(get_upload_folder())
    app.router.routes += [
        Mount(SCRIPT_PATH, app=PageGuard(StaticFiles(directory=SCRIPT), uploads)),
        PlaygroundRoute("/", app=PageGuard(page.app, uploads)),  # type: ignore[attr-defined]
    ]
