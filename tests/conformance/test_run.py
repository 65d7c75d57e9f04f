"""A run: it ends, whatever the server does, and says what it could not tell."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable

import pytest

from conformance.small_server import MODEL, serving_small
from sightline.conformance import (
    CHECKS,
    Check,
    Client,
    NoAnswer,
    Outcome,
    Row,
    Server,
    Severity,
    Verdict,
    as_json,
    check_that_it_answers,
    choose,
    first_model,
    run,
    summary,
)
from sightline.conformance.check import failed, passed
from sightline.errors import ConfigError


def check(outcome: Callable[[Server], Outcome], name: str = "group.name") -> Check:
    return Check(name, "it works", "it must", Severity.major, outcome)


def test_every_check_has_an_id_of_its_own_that_names_its_group_and_says_what_it_proves_and_why() -> None:
    assert len({one.id for one in CHECKS}) == len(CHECKS)
    assert all(one.id == f"{one.group}.{one.id.partition('.')[2]}" and one.proves and one.why for one in CHECKS)
    assert all(one.contract for one in CHECKS)


def test_checks_are_chosen_and_skipped_by_group_and_by_id() -> None:
    ids = [one.id for one in choose(["detail", "alpha.palette"], ["detail.seconds"])]
    assert "alpha.palette" in ids
    assert "detail.pixels" in ids
    assert "detail.seconds" not in ids
    assert len(choose()) == len(CHECKS)
    with pytest.raises(ConfigError, match="'colours' is neither a check nor a group"):
        choose(["colours"])


def test_a_server_that_never_answers_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = Client(f"http://127.0.0.1:{silent.getsockname()[1]}/v1", timeout_s=0.3)
        with pytest.raises(NoAnswer, match="no answer"):
            client.get("/models")
        with pytest.raises(ConfigError, match="no answer"):
            first_model(client)


def test_a_server_that_drips_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            connection, _ = listener.accept()
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            stop.wait(0.2)
            while not stop.wait(0.1):
                connection.sendall(b" ")
            connection.close()

        stop = threading.Event()
        thread = threading.Thread(target=drip)
        thread.start()
        with pytest.raises(NoAnswer, match="no answer in 1 s"):
            Client(f"http://127.0.0.1:{listener.getsockname()[1]}", timeout_s=1).get("/models")
        stop.set()
        thread.join()


def test_what_is_no_url_is_refused() -> None:
    with pytest.raises(ConfigError, match="is not a URL such as"):
        Client("localhost:8000")


def test_the_first_model_is_found_and_a_plain_question_answered() -> None:
    with serving_small() as small:
        client = Client(small.url.removesuffix("/v1"))  # without a path, /v1 is added
        assert first_model(client) == MODEL
        check_that_it_answers(Server(client, MODEL))
        with pytest.raises(ConfigError, match="a plain question is not answered"):
            check_that_it_answers(Server(client, "another"))


def test_once_the_server_is_gone_the_rest_is_not_applicable() -> None:
    with serving_small() as small:
        server = Server(Client(small.url), MODEL)

        def kill(server: Server) -> Outcome:
            small.web.shutdown()
            small.web.server_close()
            return failed("it fell over")

        checks = [check(lambda server: passed("fine")), check(kill, "a.kill"), check(kill, "b.kill")]
        rows = run(server, checks, recovery_s=0.5)
    assert [row.outcome.verdict for row in rows] == [Verdict.passed, Verdict.failed, Verdict.not_applicable]
    assert rows[1].outcome.evidence == "the server is gone: it fell over"
    assert rows[2].outcome.evidence == "the server has not answered since a.kill"


def test_a_check_that_breaks_is_a_failure_and_the_run_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    def break_(server: Server) -> Outcome:
        raise KeyError("nobody foresaw this")

    with serving_small() as small:
        rows = run(Server(Client(small.url), MODEL), [check(break_), check(lambda server: passed("fine"))])
    assert [row.outcome.verdict for row in rows] == [Verdict.failed, Verdict.passed]
    assert rows[0].outcome.evidence == "a reply that the check cannot take apart (KeyError)"


def test_evidence_is_one_printable_line() -> None:
    outcome = passed("a\nb\x1b[31m" + "c" * 500)
    assert outcome.evidence.startswith("a b?[31mccc")
    assert len(outcome.evidence) <= 160


def test_the_json_has_the_counts_and_every_row() -> None:
    rows = [Row(check(lambda server: passed("")), failed("it fell over"), 1.5)]
    found = json.loads(as_json(rows, url="http://a"))
    assert found["url"] == "http://a"
    assert found["counts"] == {"pass": 0, "partial": 0, "fail": 1, "n/a": 0}
    assert found["rows"][0]["verdict"] == "fail"
    assert found["rows"][0]["group"] == "group"
    assert summary(rows) == "1 checks: 0 pass, 0 partial, 1 fail, 0 n/a (failures: 0 critical, 1 major, 0 minor)"
