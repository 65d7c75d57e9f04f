"""`/metrics`: what the server did and is doing, for Prometheus. Figures and our own words; nothing of a caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from starlette.types import Receive, Scope, Send

from sightline import __version__
from sightline.api.connection import send_json
from sightline.chat import Answer, Chat
from sightline.chat.pace import Pace
from sightline.images.picture import ImageReceipt
from sightline.types import PromptWork

ANSWER = "sightline.answer"  # where a request keeps what was answered
NO_ROUTE, OTHER = "none", "other"
MAX_CODES = 100  # there are some forty; a bound that nobody's mistake can lift
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
STEP_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
MEGAPIXELS = (0.25, 0.5, 1, 2, 4, 8, 16, 32, 64)


class Metrics:
    """Counts for one server, in a registry of its own."""

    def __init__(self, chat: Chat) -> None:
        self.pace = Pace()
        self._routes: dict[object, str] = {}
        self._codes: set[str] = set()
        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        Gauge("sightline_info", "1, with the version.", ["version"], registry=registry).labels(__version__).set(1)
        self._requests = Counter("sightline_requests", "Requests answered.", ["route", "status"], registry=registry)
        self._seconds = Histogram(
            "sightline_request_seconds", "From head to end.", ["route"], buckets=SECONDS, registry=registry
        )
        self._refusals = Counter(
            "sightline_refusals", "Requests not served, by error code.", ["status", "code"], registry=registry
        )
        self._tokens = Counter(
            "sightline_tokens", "Tokens as callers were told.", ["engine", "kind"], registry=registry
        )
        self._first = Histogram(
            "sightline_first_token_seconds", "To the first token.", ["engine"], buckets=SECONDS, registry=registry
        )
        self._prefill = Histogram(
            "sightline_prefill_seconds",
            "Encoding the pictures and reading the prompt, until the first token.",
            ["engine"],
            buckets=SECONDS,
            registry=registry,
        )
        self._step = Histogram(
            "sightline_decode_step_seconds",
            "Each token after the first; the mean of an answer.",
            ["engine"],
            buckets=STEP_SECONDS,
            registry=registry,
        )
        self._prompt = Counter(
            "sightline_prompt_tokens",
            "Tokens of prompts by the engine's own count, from the cache or not.",
            ["engine", "cache"],
            registry=registry,
        )
        self._encodings = Counter(
            "sightline_encodings", "Pictures encoded, from the cache or not.", ["engine", "cache"], registry=registry
        )
        self._encode = Histogram(
            "sightline_image_encode_seconds",
            "Encoding a picture, when not cached.",
            ["engine"],
            buckets=SECONDS,
            registry=registry,
        )
        self._images = _Images(registry)
        self._watch(chat, registry)

    def name_routes(self, routes: Mapping[object, str]) -> None:
        """Count each of these endpoints under the name that goes with it: its path's pattern."""
        self._routes.update(routes)

    def _watch(self, chat: Chat, registry: CollectorRegistry) -> None:
        running = Gauge("sightline_running", "Requests that hold a place now.", ["engine"], registry=registry)
        waiting = Gauge("sightline_waiting", "Requests that wait for one now.", ["engine"], registry=registry)
        for engine in chat.engine_ids:
            running.labels(engine).set_function(partial(chat.n_running, engine))
            waiting.labels(engine).set_function(partial(chat.n_waiting, engine))

    def count(self, scope: Scope, status: int, code: str | None, seconds: float) -> None:
        """Count a request that is over. `code` is that of its error, if it had one."""
        endpoint = scope.get("endpoint")
        route = NO_ROUTE if endpoint is None else self._routes.get(endpoint, OTHER)
        self._requests.labels(route, status).inc()
        self._seconds.labels(route).observe(seconds)
        if code is not None:
            self._refusals.labels(status, self._bounded(code)).inc()
        answer: Answer | None = scope.get(ANSWER)
        if answer is not None:
            self.pace.note(answer)
            self._count_answer(answer)

    def text(self) -> bytes:
        """Return every figure in Prometheus' form."""
        return generate_latest(self._registry)

    def _count_answer(self, answer: Answer) -> None:
        engine, spent, usage = answer.engine_id, answer.spent, answer.usage()
        self._tokens.labels(engine, "text").inc(usage.prompt_tokens - usage.image_tokens)
        self._tokens.labels(engine, "image").inc(usage.image_tokens)
        self._tokens.labels(engine, "completion").inc(usage.completion_tokens)
        self._first.labels(engine).observe(spent.first_ms / 1e3)
        self._prefill.labels(engine).observe((spent.first_ms - spent.load_ms - spent.prepare_ms) / 1e3)
        if answer.n_steps:
            self._step.labels(engine).observe(answer.steps_s / answer.n_steps)
        if answer.work is not None:
            self._count_work(engine, answer.work)
        for receipt in answer.receipts:
            self._images.count(receipt)

    def _count_work(self, engine: str, work: PromptWork) -> None:
        self._prompt.labels(engine, "hit").inc(work.n_reused)
        self._prompt.labels(engine, "miss").inc(work.n_tokens - work.n_reused)
        for image in work.images:
            self._encodings.labels(engine, "hit" if image.cached else "miss").inc()
            if not image.cached:
                self._encode.labels(engine).observe(image.ms / 1e3)

    def _bounded(self, code: str) -> str:
        if code not in self._codes and len(self._codes) >= MAX_CODES:
            return OTHER
        self._codes.add(code)
        return code


class _Images:
    """The figures of pictures that were answered about."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._megapixels = Histogram(
            "sightline_image_megapixels",
            "Size of the upright source, by format.",
            ["format"],
            buckets=MEGAPIXELS,
            registry=registry,
        )
        self._intake = Histogram(
            "sightline_image_intake_seconds", "Fetching or unpacking.", buckets=SECONDS, registry=registry
        )
        self._decode = Histogram("sightline_image_decode_seconds", "Decoding.", buckets=SECONDS, registry=registry)
        self._reading = Histogram(
            "sightline_image_reading_seconds", "Reading its text, when not cached.", buckets=SECONDS, registry=registry
        )
        self._readings = Counter("sightline_readings", "Readings, from the cache or not.", ["cache"], registry=registry)

    def count(self, receipt: ImageReceipt) -> None:
        """Count one picture."""
        self._megapixels.labels(receipt.format).observe(receipt.source_width * receipt.source_height / 1e6)
        self._intake.observe(receipt.fetch_ms / 1e3)
        self._decode.observe(receipt.decode_ms / 1e3)
        if receipt.reading_cached:
            self._readings.labels("hit").inc()
        elif receipt.reading_ms:
            self._readings.labels("miss").inc()
            self._reading.observe(receipt.reading_ms / 1e3)


@dataclass(frozen=True, slots=True)
class MetricsPage:
    """The page as an ASGI application."""

    metrics: Metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await send_json(send, self.metrics.text(), headers={"content-type": CONTENT_TYPE_LATEST})
