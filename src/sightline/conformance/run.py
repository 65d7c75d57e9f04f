"""Run checks one after another against one server; nothing that goes wrong ends the run."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sightline.conformance.check import Check, Outcome, Verdict, failed, not_applicable
from sightline.conformance.client import Client, NoAnswer
from sightline.conformance.server import Server
from sightline.errors import ConfigError

logger = logging.getLogger(__name__)
RECOVERY_S = 30.0


@dataclass(frozen=True, slots=True)
class Row:
    """A check and its outcome."""

    check: Check
    outcome: Outcome
    seconds: float


def first_model(client: Client) -> str:
    """Return the first model that the server lists.

    Raises:
        ConfigError: If it cannot be reached, or lists none.
    """
    try:
        reply = client.get("/models")
    except NoAnswer as error:
        raise ConfigError(f"{client.host}: {error.message}") from None
    data = reply.value.get("data")
    names = [entry.get("id") for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []
    if reply.status != 200 or not names or not isinstance(names[0], str):
        raise ConfigError(f"GET /models gives no model ({reply.summary}); name one with --model")
    return names[0]


def check_that_it_answers(server: Server) -> None:
    """Ask a plain question.

    Raises:
        ConfigError: If it is not answered: nothing else could be judged.
    """
    try:
        reply = server.chat("Hello", max_tokens=1)
    except NoAnswer as error:
        raise ConfigError(f"{server.client.host}: {error.message}") from None
    if reply.status != 200:
        raise ConfigError(f"a plain question is not answered ({reply.summary}); nothing can be judged")


def run(
    server: Server,
    checks: Sequence[Check],
    on_row: Callable[[Row], None] = lambda row: None,
    recovery_s: float = RECOVERY_S,
) -> list[Row]:
    """Run every check and return a row for each.

    A server that does not answer a plain question within `recovery_s` of a failure is gone: the rest is then
    not applicable.
    """
    rows: list[Row] = []
    lost_at = ""
    for check in checks:
        started = time.monotonic()
        if lost_at:
            outcome = not_applicable(f"the server has not answered since {lost_at}")
        else:
            outcome = _run_one(server, check)
            if outcome.verdict is Verdict.failed and not _recovers(server, recovery_s):
                outcome, lost_at = failed(f"the server is gone: {outcome.evidence}"), check.id
        rows.append(Row(check, outcome, time.monotonic() - started))
        on_row(rows[-1])
    return rows


def _run_one(server: Server, check: Check) -> Outcome:
    try:
        return check.run(server)
    except NoAnswer as error:
        return failed(error.message)
    except Exception as error:  # a reply that no check foresaw must not end the run
        logger.warning("a check broke", extra={"check": check.id, "error": type(error).__name__}, exc_info=error)
        return failed(f"a reply that the check cannot take apart ({type(error).__name__})")


def _recovers(server: Server, limit_s: float) -> bool:
    deadline = time.monotonic() + limit_s
    while True:
        try:
            if server.still_answers(limit_s):
                return True
        except NoAnswer:
            pass
        if time.monotonic() > deadline:
            return False
        time.sleep(1)
