"""`sightline conform` as a stranger runs it."""

from __future__ import annotations

import json
from pathlib import Path

from cli.conftest import Program
from conformance.small_server import serving_small


def test_a_server_without_a_fault_ends_with_status_0(program: Program, tmp_path: Path) -> None:
    with serving_small() as server:
        done = program("conform", server.url, "--only", "replies", "--only", "detail.cost", "--json", "rows.json")
    assert done.returncode == 0, done.stderr
    assert b"detail.cost" in done.stdout
    assert b"5 checks: 5 pass, 0 partial, 0 fail, 0 n/a" in done.stdout
    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert rows["model"] == "small"
    assert {row["verdict"] for row in rows["rows"]} == {"pass"}


def test_a_failure_ends_with_status_1_and_says_what_was_observed(program: Program) -> None:
    with serving_small("skips_broken_images") as server:
        done = program("conform", server.url, "--only", "drops.noise", "--only", "drops.one_of_two")
    assert done.returncode == 1
    assert b"the broken one of two pictures is dropped" in done.stdout
    assert b"(failures: 2 critical, 0 major, 0 minor)" in done.stdout


def test_the_checks_are_listed_without_a_server(program: Program) -> None:
    done = program("conform", "--list")
    assert done.returncode == 0
    assert b"orientation.jpeg" in done.stdout
    assert b"phones store photos sideways" in done.stdout


def test_a_server_that_is_not_there_is_status_2(program: Program) -> None:
    done = program("conform", "http://127.0.0.1:9/v1")
    assert done.returncode == 2
    assert done.stderr.startswith(b"sightline: 127.0.0.1: the connection broke")


def test_a_key_is_sent_and_never_written(program: Program, tmp_path: Path) -> None:
    with serving_small(api_key="sk-right") as server:
        words = ("conform", server.url, "--only", "errors.key_needed", "--json", "rows.json")
        assert program(*words).returncode == 2
        done = program(*words, "--api-key", "sk-right")
    assert done.returncode == 0, done.stdout
    assert b"sk-right" not in done.stdout + done.stderr + (tmp_path / "rows.json").read_bytes()
