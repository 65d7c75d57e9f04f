"""A whole server: engines, the door for images, the application, and uvicorn with limits around it."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import uvicorn
from starlette.types import ASGIApp

from sightline.api.app import create_app
from sightline.api.model_names import ALIASES
from sightline.api.protocol import bounded_protocol
from sightline.api.settings import Settings
from sightline.chat import Chat, ChatLimits
from sightline.engines.base import Engine
from sightline.engines.echo import EchoEngine
from sightline.errors import ConfigError
from sightline.images.fetch import FetchPolicy
from sightline.images.load import ImageLoader
from sightline.reading.reader import Reader


def serve(settings: Settings) -> None:
    """Serve until a signal says stop; then finish what runs, for up to `drain_s` seconds.

    Raises:
        ConfigError: If the settings cannot work.
    """
    settings.check()
    configure_logging()
    app = create_app(build_chat(settings), settings)
    uvicorn.Server(uvicorn_config(app, settings)).run()


def build_chat(settings: Settings) -> Chat:
    """Load the engines and put them behind the one use case.

    Raises:
        ConfigError: If there is no engine called `settings.default_model`.
    """
    engines = load_engines()
    if settings.default_model not in engines:
        raise ConfigError(f"there is no model '{settings.default_model}'; there are: {', '.join(engines)}")
    limits = ChatLimits(settings.max_running, settings.max_waiting, settings.wait_s, settings.max_generation_s)
    aliases = dict.fromkeys(ALIASES, settings.default_model)
    return Chat(engines, aliases, ImageLoader(fetch_policy=fetch_policy(settings)), Reader(), limits)


def fetch_policy(settings: Settings) -> FetchPolicy:
    """Return where pictures may be fetched from."""
    return FetchPolicy(enabled=settings.image_urls, allowed_cidrs=settings.image_url_allow)


def load_engines() -> Mapping[str, Engine]:
    """Return the engines that come with Sightline, by model id."""
    engines: list[Engine] = [EchoEngine()]
    return {engine.model_id: engine for engine in engines}


def uvicorn_config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """Return uvicorn's configuration: HTTP/1.1 only, every size and every wait bounded, no log of its own."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=bounded_protocol(settings.header_deadline_s, settings.max_connections),
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
    access = logging.StreamHandler()
    access.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("sightline.access")
    logger.handlers, logger.propagate = [access], False
