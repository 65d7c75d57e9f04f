"""The HTTP application: routes, and the layers around them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sightline import playground
from sightline.api.answering import Answering, BodyReader
from sightline.api.auth import Door
from sightline.api.batch_runner import BatchRunner
from sightline.api.batches import Batches, CancelBatch, OneBatch
from sightline.api.chat_completions import ChatCompletions
from sightline.api.completions import Completions
from sightline.api.connection import StreamTimes
from sightline.api.count import Count
from sightline.api.envelope import RequestEnvelope
from sightline.api.files import FileContent, FileLimits, Files, OneFile
from sightline.api.health import Ready, live
from sightline.api.key_ring import KeyRing
from sightline.api.limits import LimitCheck
from sightline.api.metrics import Metrics, MetricsPage
from sightline.api.model_names import ALIASES
from sightline.api.models import Models
from sightline.api.openapi import OpenApi
from sightline.api.preview import PreviewPictures
from sightline.api.responses import Asking, CancelResponse, InputItems, InputTokens, OneResponse, Responses
from sightline.api.rules import rules_of
from sightline.api.settings import Settings
from sightline.api.stores import Stores, stores_of
from sightline.chat import Chat
from sightline.chat.tokens import count_tokens

PUBLIC = ("/health/live", "/health/ready", "/")


def create_app(chat: Chat, settings: Settings) -> ASGIApp:
    """Build the application around `chat`. Every caller gets its own; it closes `chat` when it shuts down."""
    ring = KeyRing(settings.api_keys, settings.key_store, settings.key_limits, must_lock=not settings.is_loopback)
    stores = stores_of(settings)
    runner = BatchRunner(stores, chat, settings.max_body_bytes)
    metrics = Metrics(chat)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await asyncio.to_thread(count_tokens, "ready", "cl100k_base")  # loads the table before anyone waits for it
        async with stores.kept_tidy(), runner.running(RequestEnvelope(app, metrics)):
            yield
        await asyncio.to_thread(ring.flush)
        await chat.close()

    routes = routes_of(chat, stores, settings, metrics)
    metrics.name_routes({route.endpoint: route.path for route in routes})
    is_public = public_paths([route.path for route in routes], with_page=settings.playground)
    app = Routes(routes=routes, lifespan=lifespan)
    if settings.playground:
        models = [model for model in chat.model_ids if model not in ALIASES]
        playground.mount(app, models)  # after the routes above, so that each of them wins over it
    app.router.routes.append(Route("/{path:path}", Endpoint(no_such_url, ())))
    door = Door(LimitCheck(app), ring=ring, is_public=is_public, hosts=(settings.host, *settings.allowed_hosts))
    return RequestEnvelope(door, metrics)


def routes_of(chat: Chat, stores: Stores, settings: Settings, metrics: Metrics) -> list[Route]:
    """Return every route but the page's; each wants a key, except those of `PUBLIC`."""
    rules = rules_of(settings)
    times = StreamTimes(settings.stall_s, settings.stream_start_s, settings.stream_quiet_s)
    bodies = BodyReader(settings.max_body_bytes, settings.body_deadline_s)
    answering = Answering(chat, bodies, times)
    completions = ChatCompletions(answering, stores.files, rules)
    older = Completions(answering)
    asking = Asking(answering, stores.files, stores.responses, settings.store_responses)
    models = Models(chat)
    count = Count(chat, stores.files, metrics.pace, bodies, rules)
    preview = PreviewPictures(chat, stores.files, bodies, rules)
    routes = [
        Route("/health/live", Endpoint(live)),
        Route("/health/ready", Endpoint(Ready(chat))),
        Route("/openapi.json", Endpoint(OpenApi())),
        Route("/metrics", Endpoint(MetricsPage(metrics))),
    ]
    for base in ("/v1", ""):
        routes += [
            Route(f"{base}/chat/completions", Endpoint(completions, ("POST",))),
            Route(f"{base}/completions", Endpoint(older, ("POST",))),
            Route(f"{base}/engines/{{engine:path}}/completions", Endpoint(older, ("POST",))),
            Route(f"{base}/sightline/count", Endpoint(count, ("POST",))),
            Route(f"{base}/sightline/preview", Endpoint(preview, ("POST",))),
            Route(f"{base}/models", Endpoint(models)),
            Route(f"{base}/models/{{model:path}}", Endpoint(models)),
            *_file_routes(base, stores, settings),
            *_response_routes(base, asking),
            *_batch_routes(base, stores, bodies),
        ]
    return [*routes, Route("/v1/{path:path}", Endpoint(no_such_url, ()))]


def _file_routes(base: str, stores: Stores, settings: Settings) -> list[Route]:
    limits = FileLimits(
        settings.max_file_bytes, settings.max_batch_file_bytes, settings.body_deadline_s, settings.stall_s
    )
    content = FileContent(stores.files, settings.stall_s)
    return [
        Route(f"{base}/files", Endpoint(Files(stores.files, limits), ("GET", "HEAD", "POST"))),
        Route(f"{base}/files/{{file_id}}", Endpoint(OneFile(stores.files), ("GET", "HEAD", "DELETE"))),
        Route(f"{base}/files/{{file_id}}/content", Endpoint(content)),
    ]


def _response_routes(base: str, asking: Asking) -> list[Route]:
    one = OneResponse(asking.responses)
    return [
        Route(f"{base}/responses", Endpoint(Responses(asking), ("POST",))),
        Route(f"{base}/responses/input_tokens", Endpoint(InputTokens(asking), ("POST",))),
        Route(f"{base}/responses/{{response_id}}", Endpoint(one, ("GET", "HEAD", "DELETE"))),
        Route(f"{base}/responses/{{response_id}}/input_items", Endpoint(InputItems(asking.responses))),
        Route(f"{base}/responses/{{response_id}}/cancel", Endpoint(CancelResponse(asking.responses), ("POST",))),
    ]


def _batch_routes(base: str, stores: Stores, bodies: BodyReader) -> list[Route]:
    batches = Batches(stores.batches, stores.files, bodies)
    return [
        Route(f"{base}/batches", Endpoint(batches, ("GET", "HEAD", "POST"))),
        Route(f"{base}/batches/{{batch_id}}", Endpoint(OneBatch(stores.batches))),
        Route(f"{base}/batches/{{batch_id}}/cancel", Endpoint(CancelBatch(stores.batches), ("POST",))),
    ]


def public_paths(paths: Iterable[str], *, with_page: bool) -> Callable[[str], bool]:
    """Return the rule that says which paths need no key, on a server whose routes have these `paths`.

    Health is public. With a playground so is everything that is not below the first part of a route's path: its page
    and what the page loads hold no secret, and it asks the API with the key that its user typed.
    """
    roots = {root_of(path) for path in paths}

    def is_public(path: str) -> bool:
        return path in PUBLIC or (with_page and root_of(path) not in roots)

    return is_public


def root_of(path: str) -> str:
    """Return the first part of a path: "v1" of "/v1/models"."""
    return path.lstrip("/").partition("/")[0]


class Routes(Starlette):
    """Routes alone: errors go up as they are, to the one place that spells them."""

    def build_middleware_stack(self) -> ASGIApp:
        """Leave out the layers that would answer errors in the framework's own words."""
        return self.router


class Endpoint:
    """An ASGI application behind a path. It knows its methods itself: the router would try the next path instead."""

    def __init__(self, app: ASGIApp, methods: tuple[str, ...] = ("GET", "HEAD")) -> None:
        self._app = app
        self.methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse the method."""
        if self.methods and scope["method"] not in self.methods:
            raise HTTPException(405, headers={"Allow": ", ".join(self.methods)})
        await self._app(scope, receive, send)


async def no_such_url(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a path that is no route."""
    raise HTTPException(404)
