"""`sightline doctor`, run for real, and with things taken away."""

from __future__ import annotations

import json
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sightline.api.local_models import MODELS_FOLDER
from sightline.api.settings import Settings
from sightline.chat.assembly import BUNDLED, checkpoint_folder
from sightline.cli.diagnosis import (
    EXTRAS,
    check_cpu,
    check_data_folder,
    check_extras,
    check_packages,
    check_port,
    check_pulled,
    check_reading,
    check_weights,
)

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
CHECKS = {
    "python",
    "cpu",
    "cores",
    "memory",
    "packages",
    "weights",
    "reading",
    "settings",
    "data folder",
    "keys",
    "port",
}


@pytest.fixture
def diagnose(command: Callable[..., list[str]], environment: dict[str, str], tmp_path: Path) -> Callable[..., Any]:
    """Run `sightline doctor --json` with changes to the environment; gives the status and what each check says."""

    def run(**changes: str) -> tuple[int, dict[str, Any]]:
        env = {**environment, "SIGHTLINE_PORT": "0", "SIGHTLINE_DATA_DIR": str(tmp_path / "data"), **changes}
        done = subprocess.run(command("doctor", "--json"), capture_output=True, env=env, timeout=60, check=False)
        told = json.loads(done.stdout)
        assert told["ok"] == (done.returncode == 0)
        return done.returncode, {each["check"]: each for each in told["checks"]}

    return run


def test_a_whole_installation_is_fit_and_nothing_was_made(diagnose: Callable[..., Any], tmp_path: Path) -> None:
    status, checks = diagnose()
    assert status == 0
    assert checks.keys() == CHECKS | set(EXTRAS.values())
    assert {each["state"] for name, each in checks.items() if name in CHECKS - {"memory"}} == {"ok"}
    assert "every sha256 as shipped" in checks["weights"]["found"]
    assert platform.python_version() in checks["python"]["found"]
    assert not (tmp_path / "data").exists()


def test_what_keeps_it_from_running_is_named_with_what_to_do(diagnose: Callable[..., Any], tmp_path: Path) -> None:
    """A file where the data folder should be, others let in without a key, and a port that is taken."""
    (tmp_path / "data").write_text("not a folder")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, checks = diagnose(SIGHTLINE_PORT=str(taken.getsockname()[1]))
    assert status == 1
    assert {name for name, each in checks.items() if each["state"] == "bad"} == {"data folder", "port"}
    assert "cannot be written to" in checks["data folder"]["found"]
    assert "SIGHTLINE_DATA_DIR" in checks["data folder"]["todo"]
    assert "Address already in use" in checks["port"]["found"]


def test_a_setting_that_is_none_and_a_door_without_a_key_are_found(diagnose: Callable[..., Any]) -> None:
    status, checks = diagnose(SIGHTLINE_WAIT_S="soon")
    assert status == 1
    assert checks["settings"]["found"] == "SIGHTLINE_WAIT_S='soon': it must be a number above 0"
    status, checks = diagnose(SIGHTLINE_HOST="0.0.0.0")  # noqa: S104  what is refused
    assert status == 1
    assert "refusing to listen on 0.0.0.0 without API keys" in checks["settings"]["found"]
    status, checks = diagnose(SIGHTLINE_HOST="0.0.0.0", SIGHTLINE_API_KEYS="sk-of-the-test")  # noqa: S104
    assert (status, checks["settings"]["state"], checks["keys"]["found"]) == (0, "ok", "1 that are valid")


def test_a_weight_file_that_was_changed_is_found(tmp_path: Path) -> None:
    folder = tmp_path / BUNDLED
    shutil.copytree(checkpoint_folder(BUNDLED), folder)
    assert check_weights(folder).state == "ok"
    with (folder / "model.safetensors").open("r+b") as weights:
        weights.seek(-1, 2)
        last = weights.read(1)
        weights.seek(-1, 2)
        weights.write(bytes([last[0] ^ 1]))
    found = check_weights(folder)
    assert (found.state, found.todo) == ("bad", "install the package again")
    assert "model.safetensors is not the file that was shipped" in found.found
    (folder / "model.safetensors").unlink()
    assert "model.safetensors is missing" in check_weights(folder).found


def test_models_on_the_shelf_are_looked_at_whole_by_hand_or_half(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert list(check_pulled(settings)) == []
    for name, files in {"byhand": ("byhand.gguf", "mmproj-byhand.gguf"), "half": ("half.gguf.part",)}.items():
        (tmp_path / MODELS_FOLDER / name).mkdir(parents=True)
        for file in files:
            (tmp_path / MODELS_FOLDER / name / file).write_bytes(b"GGUF")
    by_hand, half = check_pulled(settings)
    assert (by_hand.check, by_hand.state, by_hand.todo) == ("byhand", "note", "")
    assert (half.check, half.state, half.todo) == ("half", "note", "sightline models pull half")
    (tmp_path / MODELS_FOLDER / "byhand" / "card.json").write_text("{", "utf-8")
    broken, _ = check_pulled(settings)
    assert (broken.state, broken.todo) == ("bad", "sightline models rm byhand && sightline models pull byhand")


def test_a_reading_model_that_is_missing_or_none_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "rapidocr"
    (package / "models").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "rapidocr", raising=False)
    found = check_reading()
    assert (found.state, found.found[:22]) == ("bad", "reading needs the file")
    for name in ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"):
        (package / "models" / name).write_bytes(b"not a model")
    found = check_reading()
    assert found.state == "bad"
    assert "does not open" in found.found
    assert "--force-reinstall" in found.todo


def test_packages_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = ["numpy>=2.2", "no-such-package-here>=1", "gradio>=6 ; extra == 'playground'"]
    monkeypatch.setattr("sightline.cli.diagnosis.requires", lambda name: needs)
    found, *_ = check_packages()
    assert (found.state, found.found, found.todo) == (
        "bad", "missing: no-such-package-here", "pip install no-such-package-here",
    )  # fmt: skip


def test_extras_are_told_and_never_bad() -> None:
    assert {found.state for found in check_extras()} <= {"ok", "note"}


def test_a_processor_without_avx2_is_noted_where_it_would_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc/cpuinfo").write_text("model name\t: Old One\nflags\t\t: fpu sse2 avx\n")
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    found = check_cpu(tmp_path)
    assert (found.state, found.found) == ("note", "Old One; none of the flags that matter")
    (tmp_path / "proc/cpuinfo").write_text("model name\t: New One\nflags\t\t: fpu avx2 avx512f\n")
    assert check_cpu(tmp_path).state == "ok"
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    assert check_cpu(tmp_path / "gone").state == "ok"


def test_a_folder_that_is_not_made_yet_is_fit_if_it_could_be_and_a_free_port_is_free(tmp_path: Path) -> None:
    found = check_data_folder(Settings(data_dir=tmp_path / "a" / "b"))
    assert found.state == "ok"
    assert "(not made yet)" in found.found
    assert list(tmp_path.iterdir()) == []
    assert check_port(Settings(port=0)).state == "ok"


def test_on_a_screen_it_is_a_line_a_check_and_a_verdict(program: Program) -> None:
    lines = program("doctor").stdout.decode().splitlines()
    assert any(line.startswith("ok   weights ") for line in lines)
    assert lines[-1] in ("everything that is needed is here", "1 to be done first")  # port 8000 may be in use here
