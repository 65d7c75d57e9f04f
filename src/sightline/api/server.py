"""A whole server: engines, the door for images, the application, and uvicorn with limits around it."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp

from sightline.api.app import create_app
from sightline.api.data_folder import make_data_folder
from sightline.api.local_models import local_model
from sightline.api.model_names import ALIASES
from sightline.api.protocol import bounded_protocol
from sightline.api.settings import Settings
from sightline.chat import Chat, ChatLimits
from sightline.chat.assembly import build_chat as assemble
from sightline.chat.assembly import is_gguf
from sightline.engines.caching import CacheLimits
from sightline.images.fetch import FetchPolicy
from sightline.images.load import ImageLoader

if TYPE_CHECKING:
    from sightline.engines.upstream import Upstream


def serve_on(listener: socket.socket, settings: Settings, ready: Callable[[], None]) -> None:
    """Serve on a bound socket until a signal says stop; then finish what runs, for up to `drain_s` seconds.

    `ready` is called once, when the models are loaded and connections are taken.

    Raises:
        ConfigError: If the settings cannot work.
    """
    settings.check()
    configure_logging()
    app = create_app(build_chat(settings), settings)
    listener.listen(settings.max_connections)
    ready()
    signal.signal(signal.SIGTERM, _exit)  # uvicorn drains on the signal, then raises it once more
    uvicorn.Server(uvicorn_config(app, settings)).run(sockets=[listener])


def _exit(signal_number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def build_chat(settings: Settings) -> Chat:
    """Load the model and put it behind the one use case.

    Raises:
        ConfigError: If there is no model called `settings.default_model`, or the upstream's settings cannot work.
    """
    upstream = upstream_of(settings)
    models = [
        name if upstream is not None and name == upstream.model else local_model(name, settings.data_dir)
        for name in (settings.default_model, *settings.more_models)
    ]
    return assemble(
        models,
        aliases=ALIASES,
        images=ImageLoader(fetch_policy=fetch_policy(settings), refuse_animations=settings.strict_modern),
        mmproj=settings.mmproj,
        memory_gb=settings.memory_gb,
        caches=cache_limits(settings),
        limits=ChatLimits(
            settings.max_running,
            max_running_of(settings, models, upstream),
            settings.max_waiting,
            settings.wait_s,
            settings.max_generation_s,
        ),
        upstream=upstream,
    )


def max_running_of(settings: Settings, models: Sequence[str], upstream: Upstream | None) -> dict[str, int]:
    """Return how many requests may run at once at those models that do not run `max_running`, by name."""
    at_most = min(settings.max_running, settings.gguf_max_running)
    numbers = {Path(model).stem: at_most for model in models if is_gguf(model)}
    return numbers if upstream is None else {**numbers, upstream.model: settings.upstream_max_running}


def upstream_of(settings: Settings) -> Upstream | None:
    """Return the model of another server that is to be served too, if there is one.

    Raises:
        ConfigError: If the settings cannot work, or the server does not tell which model is meant.
    """
    if not settings.upstream:
        return None
    from sightline.engines.upstream.place import find_upstream

    return find_upstream(
        settings.upstream,
        model=settings.upstream_model,
        key_file=settings.upstream_key_file,
        kind=None if settings.upstream_kind == "auto" else settings.upstream_kind,
        with_reading=settings.upstream_reading,
    )


def cache_limits(settings: Settings) -> CacheLimits:
    """Return how much the engine may keep. The data folder is made if pictures may be kept there.

    Raises:
        ConfigError: If it cannot be.
    """
    on_disk = settings.embedding_disk_bytes
    folder = make_data_folder(settings.data_dir) / "embeddings" if on_disk else None
    return CacheLimits(
        settings.embedding_cache_bytes, on_disk, settings.prefix_cache_bytes, folder, settings.running_cache_bytes
    )


def fetch_policy(settings: Settings) -> FetchPolicy:
    """Return where pictures may be fetched from."""
    return FetchPolicy(
        enabled=settings.image_urls,
        allowed_cidrs=settings.image_url_allow,
        allowed_domains=settings.image_url_domains,
    )


def uvicorn_config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """Return uvicorn's configuration: HTTP/1.1 only, every size and every wait bounded, no log of its own."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=bounded_protocol(
            settings.header_deadline_s, settings.max_connections, settings.max_connections_per_address
        ),
        ws="none",
        interface="asgi3",
        lifespan="on",
        loop="asyncio",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        h11_max_incomplete_event_size=settings.max_header_bytes,
        timeout_keep_alive=settings.keep_alive_s,
        timeout_graceful_shutdown=settings.drain_s,
        backlog=settings.max_connections,
    )


def configure_logging() -> None:
    """Send the log to standard error: one JSON line a request, plain lines for the rest."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.INFO)
    for client in ("httpx", "httpx2"):  # what the playground and the upstream ask is in the access log already
        logging.getLogger(client).setLevel(logging.WARNING)
    access = logging.StreamHandler()
    access.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("sightline.access")
    logger.handlers, logger.propagate = [access], False
