from __future__ import annotations

import json
import os
import pty
import shlex
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Command = Callable[..., list[str]]
ECHO = ("--model", "sightline-echo")
PIPE_BYTES = 65_536  # what a pipe holds before its writer waits (pipe(7))


def test_the_answer_is_on_stdout_and_the_receipt_on_stderr(program: Program, photo: Path) -> None:
    done = program("ask", "photo.png", "How many circles?", *ECHO)
    assert done.returncode == 0
    assert done.stdout == b"How many circles?\nimage1: 640x480 px, 0 lines of text\n"
    receipt, total = done.stderr.decode().splitlines()
    assert receipt.startswith("photo.png: png 640x480; used at 640x480; the model's encoder saw 640x480; 2 tiles (2x1)")
    assert "425 tokens; 0 lines of text" in receipt
    assert total.startswith("sightline-echo: 436 tokens in,")


def test_streamed_and_whole_answers_are_the_same(program: Program, photo: Path) -> None:
    streamed = program("ask", "photo.png", "one two three", "--stream", *ECHO)
    whole = program("ask", "photo.png", "one two three", "--no-stream", *ECHO)
    assert streamed.stdout == whole.stdout != b""


def test_without_a_question_the_picture_is_described(program: Program, photo: Path) -> None:
    done = program("ask", "photo.png", *ECHO)
    assert done.stdout.startswith(b"Describe what the picture shows, with interesting details.\n")


def test_stdin_files_and_pages_of_a_pdf_come_in_the_order_given(program: Program, photo: Path, two_pages: Path) -> None:
    words = ("ask", "report.pdf#page=2", "-", "report.pdf", "photo.png", "Which?", *ECHO, "--receipt", "json")
    done = program(*words, stdin=photo.read_bytes())
    images = json.loads(done.stderr)["images"]
    assert [image["name"] for image in images] == [
        "report.pdf#page=2", "-", "report.pdf#page=1", "report.pdf#page=2", "photo.png",
    ]  # fmt: skip
    assert [image["format"] for image in images] == ["pdf", "png", "pdf", "pdf", "png"]
    assert images[0]["source_width"] > images[0]["source_height"]
    assert images[2]["source_width"] < images[2]["source_height"]
    assert done.stdout.count(b"\nimage") == 5


def test_low_detail_is_seen_at_512_px_at_most(program: Program, photo: Path) -> None:
    done = program("ask", "photo.png", "x", "--detail", "low", "--receipt", "json", *ECHO)
    receipt = json.loads(done.stderr)
    assert (receipt["images"][0]["width"], receipt["images"][0]["height"]) == (512, 384)
    assert receipt["usage"]["image_tokens"] == 85
    assert set(receipt["ms"]) == {"load", "prepare", "first", "total"}


def test_no_receipt_leaves_stderr_empty(program: Program, photo: Path) -> None:
    assert program("ask", "photo.png", "x", "--receipt", "none", *ECHO).stderr == b""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("gone.png", "x"), "gone.png: no such file"),
        (("notes.txt", "x"), "notes.txt: "),
        (("photo.png", "x", "--json", " , "), "--json names no attribute"),
        (("photo.png", "x", "--model", "gpt-7"), "there is no model 'gpt-7'"),
        (("photo.png", "x", "--temperature", "3"), "'--temperature': Input should be less than or equal to 2"),
        (
            ("http://127.0.0.1:1/x.png", "x"),
            "http://127.0.0.1:1/x.png. Only names and addresses of the public internet",
        ),
        (("report.pdf#page=9", "x"), "report.pdf: "),
        (("broken.pdf", "x"), "broken.pdf: The document could not be read."),
    ],
)
def test_what_the_caller_can_fix_is_one_plain_line_and_status_2(
    program: Program, photo: Path, two_pages: Path, words: tuple[str, ...], says: str
) -> None:
    (photo.parent / "notes.txt").write_text("no picture")
    (photo.parent / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    done = program("ask", *(ECHO if "--model" not in words else ()), *words)
    assert (done.returncode, done.stdout) == (2, b"")
    *usage, line = done.stderr.decode().splitlines()
    assert says in line
    assert all(text.startswith(("Usage:", "Try")) or not text for text in usage)


def test_attributes_come_back_as_json_with_the_keys_that_were_asked_for(program: Program, photo: Path) -> None:
    done = program("ask", "photo.png", "x", "--json", "vendor, total float", *ECHO)
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert list(answer) == ["vendor", "total"]
    assert isinstance(answer["total"], int | float)


@pytest.mark.parametrize("how", ["--stream", "--no-stream"])
def test_json_that_the_model_does_not_give_is_an_error_and_not_an_answer(
    program: Program, photo: Path, how: str
) -> None:
    words = ("ask", "photo.png", "x", "--json", "vendor, total float", "--max-tokens", "3", how, *ECHO)
    done = program(*words)  # the third word ends in the middle of the object
    assert done.returncode != 0
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("sightline: the answer was cut before its JSON was complete")


@pytest.fixture
def interrupts_arrive() -> Iterator[None]:
    """A child may be interrupted even where these tests run in the background: shells have those ignore SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a caught signal is a child's default again
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupts_arrive")
def test_interrupted_is_status_130(photo: Path, command: Command, environment: dict[str, str]) -> None:
    with subprocess.Popen(
        command("ask", "-", "x", *ECHO), stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as running:
        if running.stdin is None:
            raise AssertionError
        running.stdin.write(bytes(PIPE_BYTES * 2))  # returns when the program has begun to read, and waits for more
        running.stdin.flush()
        running.send_signal(signal.SIGINT)
        _, stderr = running.communicate(timeout=20)
    assert (running.returncode, stderr) == (130, b"sightline: interrupted\n")


def test_a_reader_that_has_seen_enough_is_no_error(photo: Path, command: Command, environment: dict[str, str]) -> None:
    words = shlex.join(command("ask", str(photo), "word", *ECHO, "--receipt", "none"))
    script = f"{words} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, env=environment, timeout=60)
    assert done.stdout == b"0\n"
    assert b"Traceback" not in done.stderr


def test_asking_loads_no_web_framework(photo: Path, command: Command, environment: dict[str, str]) -> None:
    code = (
        "import sys; from sightline.cli.main import app\n"
        f"app(['ask', {str(photo)!r}, 'x', '--model', 'sightline-echo'], standalone_mode=False)\n"
        "print(sorted({'fastapi', 'starlette', 'gradio', 'uvicorn', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([*command()[:1], "-c", code], capture_output=True, env=environment, timeout=60)
    assert done.stdout.splitlines()[-1] == b"[]"


def test_on_a_terminal_the_answer_is_streamed_and_ends_with_a_line(
    photo: Path, command: Command, environment: dict[str, str]
) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        command("ask", str(photo), "Hello there", *ECHO),
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment,
        timeout=60,
    )
    os.close(theirs)
    seen = os.read(ours, 65536).replace(b"\r\n", b"\n")
    os.close(ours)
    assert done.returncode == 0
    assert seen == b"Hello there\nimage1: 640x480 px, 0 lines of text\n"
