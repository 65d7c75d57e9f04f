from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gguf_files import write_model, write_projector
from hub_server import FakeHub, hub_on_loopback
from sightline.cli.main import app


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    files = {
        "SmolVLM2-500M-Q8_0.gguf": write_model(tmp_path / "made/a.gguf").read_bytes(),
        "mmproj-SmolVLM2-500M-f16.gguf": write_projector(tmp_path / "made/b.gguf").read_bytes(),
    }
    monkeypatch.setenv("SIGHTLINE_DATA_DIR", str(tmp_path / "data"))
    with hub_on_loopback(FakeHub(files, "ggml-org/SmolVLM2-500M-Video-Instruct-GGUF")) as found:
        monkeypatch.setenv("HF_ENDPOINT", found.address)
        yield found


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words), prog_name="sightline")
    return done.exit_code, done.output


def test_a_model_is_listed_pulled_shown_and_removed(hub: FakeHub) -> None:
    status, listed = run("models", "list")
    (line,) = (line for line in listed.splitlines() if line.startswith("smolvlm2-500m "))
    assert status == 0
    assert line.split() == ["smolvlm2-500m", "500M", "apache-2.0", "ggml-org/SmolVLM2-500M-Video-Instruct-GGUF"]
    unseen = run("models", "show", "smolvlm2-500m")[1]
    assert "not here; sightline models pull smolvlm2-500m" in unseen
    assert "good at: captions" in unseen
    status, pulled = run("models", "pull", "smolvlm2-500m")
    assert status == 0
    assert "licence apache-2.0; sightline serve --model smolvlm2-500m" in pulled
    assert " MB " in run("models", "list")[1]
    shown = run("models", "show", "smolvlm2-500m")[1]
    assert "architecture: llama, context 512 tokens" in shown
    assert "speed here: unknown" in shown
    assert run("models", "rm", "smolvlm2-500m")[0] == 0
    status, said = run("models", "rm", "smolvlm2-500m")
    assert status == 1
    assert said.startswith("sightline: there is no model 'smolvlm2-500m' in ")


def test_offline_one_line_says_where_the_files_can_be_copied_to(
    hub: FakeHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    status, said = run("models", "pull", "smolvlm2-500m")
    folder = tmp_path / "data/models/smolvlm2-500m"
    assert status == 1
    assert f"can be copied to {folder} as smolvlm2-500m.gguf and mmproj-smolvlm2-500m.gguf" in said
    write_model(folder / "smolvlm2-500m.gguf")
    write_projector(folder / "mmproj-smolvlm2-500m.gguf")
    assert "copied here by hand" in run("models", "show", "smolvlm2-500m")[1]


def test_a_name_that_is_nothing_and_one_not_pulled_are_each_one_plain_line(hub: FakeHub, photo: Path) -> None:
    assert run("models", "pull", "nothing")[0] == 2
    status, said = run("ask", str(photo), "What?", "--model", "smolvlm2-500m")
    assert (status, said.strip()) == (
        2,
        "sightline: the model smolvlm2-500m is not here yet: sightline models pull smolvlm2-500m",
    )


@pytest.mark.parametrize("name", ["list", "show", "pull", "probe", "rm"])
def test_every_help_has_an_example(name: str) -> None:
    assert f"sightline models {name}" in run("models", name, "--help")[1]


def test_a_probe_measures_and_tells_the_day() -> None:
    status, said = run("models", "probe", "sightline-mini")
    assert status == 0
    assert re.fullmatch(r"sightline-mini: first token after [\d.]+ s, then [\d.]+ tokens/s \(\d{4}-\d\d-\d\d\)\n", said)
    assert run("models", "probe", "gpt-7")[0] == 2
