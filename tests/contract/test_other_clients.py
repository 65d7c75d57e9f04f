"""Clients of other people, each in an environment of its own, against a real server: see `docs/clients.md`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from serving import CHAT, Running, ask, data_url, image_part, picture

SCRIPTS = Path(__file__).parent / "clients"
PAGE = Path(__file__).parents[2] / "docs" / "clients.md"
QUESTION = "What’s in this image?"
ANSWER = f"{QUESTION}\nimage1: 320x240 px, 0 lines of text"
SLIP = {"vendor": ANSWER, "total": 0, "paid": True}  # what the echo engine fills a slip with
PROMPT_TOKENS = 13 + 255
INSTALL_S, RUN_S = 600, 120


@dataclass(frozen=True)
class Client:
    """What is installed, the script that asks with it, and how it has a schema kept."""

    script: str
    packages: tuple[str, ...]
    slips: tuple[str, ...] = ("json_schema",)

    @property
    def versions(self) -> dict[str, str]:
        """The version of each package, by name."""
        return dict(re.split("==|(?<=.)@", package) for package in self.packages)


PYTHON_CLIENTS = {
    "langchain": Client(
        "ask_langchain.py", ("langchain-openai==1.7.3", "openai==3.54.0"), ("json_schema", "function_calling")
    ),
    "litellm": Client("ask_litellm.py", ("litellm==1.106.2", "openai==2.54.0")),
    "instructor": Client(
        "ask_instructor.py", ("instructor==1.17.0", "openai==3.3.0"), ("tools", "tools, streamed", "json_schema")
    ),
    "openai-0.28": Client("ask_openai_0_28.py", ("openai==0.28.1",), ("json_schema", "function_call")),
    "llama-index": Client(
        "ask_llama_index.py",
        ("llama-index-llms-openai-like==0.8.1", "openai==2.54.0"),
        ("json_schema", "function_calling"),
    ),
}
NODE_CLIENT = Client("ask_openai.mjs", ("openai@7.57.0", "zod@4.6.7"))


def bare_environment(home: Path) -> dict[str, str]:
    """Return an environment without the caller's keys, proxies and paths."""
    local = {"LITELLM_LOCAL_MODEL_COST_MAP": "True"}  # or litellm looks for prices on the network when imported
    return {"PATH": os.environ["PATH"], "HOME": str(home), **local}


def install(command: list[str], what: str) -> None:
    """Run `command`, or skip with its last words."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_S, check=False)
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()
        pytest.skip(f"{what} cannot be installed here: {words[-1][:200] if words else done.returncode}")


def run(command: list[str], server: Running, folder: Path) -> dict[str, Any]:
    """Run a script with the server, the question and a picture, and return what it printed last."""
    done = subprocess.run(
        [*command, f"{server.url}/v1", QUESTION, data_url(picture(320, 240))],
        cwd=folder,
        env=bare_environment(folder),
        capture_output=True,
        text=True,
        timeout=RUN_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def check(seen: dict[str, Any], client: Client) -> None:
    """Compare what a script printed with what the echo engine says."""
    assert seen["versions"]
    assert seen["versions"].items() <= client.versions.items()
    assert (seen["text"], seen["streamed"]) == (ANSWER, ANSWER)
    assert seen["n_pieces"] > len(ANSWER.split())
    assert seen["tokens"] == PROMPT_TOKENS
    assert seen.get("streamed_tokens", PROMPT_TOKENS) == PROMPT_TOKENS
    assert seen["slips"] == dict.fromkeys(client.slips, SLIP)
    assert "The model `nope` does not exist" in seen["error"]


@pytest.mark.slow
@pytest.mark.parametrize("name", PYTHON_CLIENTS)
def test_t84_a_client_in_python_asks_streams_fills_a_schema_and_raises_its_own_error(
    name: str, server: Running, tmp_path: Path
) -> None:
    client = PYTHON_CLIENTS[name]
    install([sys.executable, "-m", "venv", str(tmp_path / "venv")], "an environment")
    python = str(tmp_path / "venv" / "bin" / "python")
    install([python, "-m", "pip", "install", "--quiet", *client.packages], client.packages[0])
    check(run([python, "-I", str(SCRIPTS / client.script)], server, tmp_path), client)


@pytest.mark.slow
def test_t84_the_client_for_node_asks_streams_fills_a_schema_and_raises_its_own_error(
    server: Running, tmp_path: Path
) -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("there is no node or no npm here")
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    install([npm, "install", *quiet, "--prefix", str(tmp_path), *NODE_CLIENT.packages], NODE_CLIENT.packages[0])
    script = shutil.copy(SCRIPTS / NODE_CLIENT.script, tmp_path)  # node looks for packages beside the script
    check(run([node, str(script)], server, tmp_path), NODE_CLIENT)


def curl(server: Running, body: dict[str, Any], *options: str) -> subprocess.CompletedProcess[str]:
    """Send a chat request as a shell would."""
    program = shutil.which("curl")
    if program is None:
        pytest.skip("there is no curl here")
    return subprocess.run(
        [program, "-sS", *options, f"{server.url}{CHAT}", "-H", "Content-Type: application/json", "-d", "@-"],
        input=json.dumps(body),
        capture_output=True,
        text=True,
        timeout=RUN_S,
        check=False,
    )


@pytest.mark.slow
def test_t84_curl_asks_and_streams(server: Running) -> None:
    body = ask(QUESTION, image_part(data_url(picture(320, 240))), model="gpt-4o")
    assert json.loads(curl(server, body).stdout)["choices"][0]["message"]["content"] == ANSWER
    events = curl(server, {**body, "stream": True}, "-N").stdout.strip().split("\n\n")
    assert events.pop() == "data: [DONE]"
    pieces = [json.loads(event.removeprefix("data: "))["choices"][0]["delta"].get("content", "") for event in events]
    assert "".join(pieces) == ANSWER


@pytest.mark.slow
def test_t84_curl_has_a_schema_kept_and_fails_for_an_unknown_model(server: Running) -> None:
    fields = {"vendor": {"type": "string"}, "total": {"type": "number"}, "paid": {"type": "boolean"}}
    schema = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    form = {"type": "json_schema", "json_schema": {"name": "slip", "schema": schema, "strict": True}}
    body = ask(QUESTION, image_part(data_url(picture(320, 240))), model="gpt-4o", response_format=form)
    assert json.loads(json.loads(curl(server, body).stdout)["choices"][0]["message"]["content"]) == SLIP
    failed = curl(server, {**body, "model": "nope"}, "--fail-with-body")
    assert failed.returncode == 22  # curl's word for a status of 400 and up
    assert json.loads(failed.stdout)["error"]["code"] == "model_not_found"


@pytest.mark.slow
def test_t84_curl_sends_a_body_that_it_first_asks_leave_for(server: Running) -> None:
    picture_bytes = picture(1024, 768, kind="BMP")
    assert len(picture_bytes) > 2**20  # from here on curl says `Expect: 100-continue` and waits a second for leave
    answered = curl(server, ask(QUESTION, image_part(data_url(picture_bytes, "image/bmp")), model="gpt-4o"), "-v")
    assert "Expect: 100-continue" in answered.stderr
    assert "100 Continue" in answered.stderr
    assert "image1: 1024x768 px" in json.loads(answered.stdout)["choices"][0]["message"]["content"]


def test_the_page_of_clients_names_every_version_that_is_checked() -> None:
    page = PAGE.read_text(encoding="utf-8")
    versions = [client.versions for client in (*PYTHON_CLIENTS.values(), NODE_CLIENT)]
    wanted = {f"{name} {version}" for each in versions for name, version in each.items()}
    assert {each for each in wanted if each not in page} == set()
