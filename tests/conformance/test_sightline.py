"""Sightline keeps to its own kit: on loopback, with an engine that only echoes and with the bundled model."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from serving import running, until
from sightline.api.app import create_app
from sightline.api.server import uvicorn_config
from sightline.api.settings import Settings
from sightline.chat.assembly import BUNDLED, build_chat, checkpoint_folder
from sightline.conformance import CHECKS, Client, Row, Server, Verdict, choose, run
from sightline.errors import ConfigError

SEEN_BY_THE_BUNDLED_MODEL = (
    "formats", "orientation", "alpha", "detail.pixels", "caching.one_after_another",
)  # fmt: skip
KEY = "sk-of-this-test"


def failures(rows: list[Row]) -> dict[str, str]:
    return {row.check.id: row.outcome.evidence for row in rows if row.outcome.verdict is Verdict.failed}


def test_the_echo_engine_passes_what_it_can_and_fails_nothing() -> None:
    settings = Settings(port=0, playground=False, api_keys=(KEY,), key_requests_per_minute=0)
    with running(settings) as it:
        rows = run(Server(Client(it.url, api_key=KEY), "sightline-echo"), CHECKS)
    assert failures(rows) == {}
    passed = {row.check.id for row in rows if row.outcome.verdict is Verdict.passed}
    assert {"formats.png", "orientation.jpeg", "order.second_counts", "drops.noise", "streams.usage"} <= passed
    assert {check.id for check in choose(["safety", "errors", "drops"])} <= passed
    assert "alpha.hidden_colour" not in passed  # an echo cannot tell colours: nothing is claimed


@pytest.fixture(scope="module")
def bundled() -> Iterator[str]:
    try:
        checkpoint_folder(BUNDLED)
    except ConfigError:
        pytest.skip("this tree has no bundled model")
    settings = Settings(port=0, playground=False)
    server = uvicorn.Server(uvicorn_config(create_app(build_chat([BUNDLED]), settings), settings))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    until(lambda: server.started, 60)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
    server.should_exit = True
    thread.join(60)


def test_the_bundled_model_sees_formats_orientation_alpha_and_detail(bundled: str) -> None:
    rows = run(Server(Client(bundled, timeout_s=120), BUNDLED), choose(SEEN_BY_THE_BUNDLED_MODEL))
    assert {row.check.id: row.outcome for row in rows if row.outcome.verdict is not Verdict.passed} == {}


def test_the_bundled_model_tells_the_first_picture_from_the_second(bundled: str) -> None:
    (row,) = run(Server(Client(bundled, timeout_s=120), BUNDLED), choose(["order.in_order"]))
    assert row.outcome.verdict is Verdict.passed, row.outcome.evidence
