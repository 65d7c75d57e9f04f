from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Command = Callable[..., list[str]]
START_S = 40
EVERYWHERE = "0.0.0.0"  # noqa: S104  what is refused, or locked
KEY = "sk-a-key-of-the-test"


@pytest.fixture
def served(command: Command, environment: dict[str, str]) -> Callable[..., Any]:
    """Run `sightline serve` on a free port; gives the line it prints and the API's address."""

    @contextmanager
    def run(*options: str) -> Iterator[tuple[str, str]]:
        words = command("serve", "--port", "0", "--model", "sightline-echo", *options)
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as running:
            try:
                assert running.stdout is not None
                line = running.stdout.readline().decode()
                address = re.search(r"API at (http://\S+?)/v1", line)
                assert address, "the server ended before it was ready"
                yield line, address[1]
            finally:
                running.send_signal(signal.SIGTERM)
                running.wait(START_S)

    return run


def command_lines() -> str:
    """The words that every process of this machine was started with, as `ps` shows them."""
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("this system has no /proc")
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended meanwhile
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return "\n".join(found)


def get(url: str, key: str = "") -> Any:
    request = urllib.request.Request(url, headers={"authorization": f"Bearer {key}"} if key else {})
    with urllib.request.urlopen(request, timeout=20) as reply:
        return json.load(reply)


def test_serve_prints_one_line_with_the_address_and_answers_there(served: Callable[..., Any]) -> None:
    with served("--no-playground") as (line, address):
        assert line == f"sightline-echo: API at {address}/v1\n"
        assert get(f"{address}/v1/models")["data"][0]["id"] == "sightline-echo"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(f"{address}/")


def test_several_models_are_served_and_the_first_has_the_aliases(served: Callable[..., Any]) -> None:
    with served("--no-playground", "--model", "sightline-mini", "--memory-gb", "2") as (line, address):
        assert line.startswith("sightline-echo: ")
        names = [each["id"] for each in get(f"{address}/v1/models")["data"]]
        assert names[:2] == ["sightline-echo", "sightline-mini"]
        assert get(f"{address}/health/ready")


def test_a_key_file_locks_the_api(served: Callable[..., Any], tmp_path: Path) -> None:
    keys = tmp_path / "keys.txt"
    keys.write_text(f"# the team's\n{KEY}\n\n")
    with served("--no-playground", "--host", EVERYWHERE, "--key-file", str(keys)) as (_, address):
        own = address.replace(EVERYWHERE, "127.0.0.1")
        assert get(f"{own}/v1/models", KEY)["object"] == "list"
        with pytest.raises(urllib.error.HTTPError, match="401"):
            get(f"{own}/v1/models")


def test_a_model_of_another_server_is_served_beside_ours_and_its_key_is_in_no_list_of_processes(
    served: Callable[..., Any], tmp_path: Path
) -> None:
    ours, theirs = tmp_path / "ours.txt", tmp_path / "theirs.txt"
    ours.write_text(KEY)
    theirs.write_text(f"{KEY}\n")
    with served("--no-playground", "--key-file", str(theirs)) as (_, far):
        options = ("--upstream", f"{far}/v1", "--upstream-key-file", str(ours), "--upstream-model", "gpt-4-turbo")
        with served("--no-playground", *options) as (_, address):
            names = [model["id"] for model in get(f"{address}/v1/models")["data"]]
            assert names[:2] == ["sightline-echo", "gpt-4-turbo"]
            assert names.count("gpt-4-turbo") == 1
            message = {"role": "user", "content": "Hello far away!"}
            asked = json.dumps({"model": "gpt-4-turbo", "messages": [message]}).encode()
            request = urllib.request.Request(
                f"{address}/v1/chat/completions", asked, {"content-type": "application/json"}
            )
            with urllib.request.urlopen(request, timeout=30) as reply:
                answer = json.load(reply)
            processes = command_lines()
    assert answer["choices"][0]["message"]["content"] == "Hello far away!"
    assert answer["sightline"]["model"] == "gpt-4-turbo"
    assert "--upstream-key-file" in processes
    assert KEY not in processes


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--host", EVERYWHERE), "refusing to listen on 0.0.0.0 without API keys"),
        (("--host", "no.such.host.invalid"), "--host: no.such.host.invalid is not an address of this machine"),
        (("--key-file", "gone.txt"), "--key-file: gone.txt cannot be read"),
        (("--model", "gpt-7"), "there is no model 'gpt-7'"),
        (
            ("--model", "sightline-mini", "--model", "sightline-echo", "--memory-gb", "0.1"),
            "sightline-mini needs about",
        ),
        (("--model", "smolvlm2-500m"), "the model smolvlm2-500m is not here yet: sightline models pull smolvlm2-500m"),
        (("--image-url-allow-cidr", "all"), "'all' is not a network"),
        (("--upstream", "gpu:8000"), "--upstream: 'gpu:8000' is not the base of an API, such as http://gpu:8000/v1"),
        (("--upstream", "http://127.0.0.1:9/v1", "--upstream-key-file", "gone.txt"), "gone.txt cannot be read"),
        (("--upstream-model", "gpt-4o"), "--upstream-model: name the server that has it with --upstream too"),
    ],
)
def test_settings_that_cannot_work_are_one_plain_line_and_status_2(
    program: Program, words: tuple[str, ...], says: str
) -> None:
    model = () if "--model" in words else ("--model", "sightline-echo")
    key = ("--key", KEY) if words[0] == "--host" and words[1] != EVERYWHERE else ()
    done = program("serve", "--port", "0", "--no-playground", *model, *key, *words)
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert line.startswith("sightline: ")
    assert says in line


def test_a_port_that_is_taken_is_one_plain_line(program: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = program("serve", "--port", port, "--no-playground", "--model", "sightline-echo")
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1 port {port}" in line
