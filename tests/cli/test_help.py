from __future__ import annotations

import re

import pytest
import typer
from typer.testing import CliRunner

from sightline import __version__
from sightline.cli.main import app, main

COMMANDS = [command.callback.__name__ for command in app.registered_commands if command.callback]


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)])
def test_every_help_has_an_example_that_names_the_command(words: list[str]) -> None:
    done = CliRunner().invoke(app, [*words, "--help"], prog_name="sightline")
    assert done.exit_code == 0
    assert re.search(rf"Examples:\s+sightline {' '.join(words)}", done.output)


def test_every_example_of_a_help_names_options_that_exist() -> None:
    for name in COMMANDS:
        text = CliRunner().invoke(app, [name, "--help"], prog_name="sightline").output
        examples, options = text.split("Options:")[0], text.split("Options:")[1]
        for option in re.findall(r"(?<=\s)--[a-z-]+", examples):
            assert option in options, f"{name}: {option}"


def test_the_version_is_printed() -> None:
    assert CliRunner().invoke(app, ["--version"]).output == f"sightline {__version__}\n"


def test_no_words_show_the_help() -> None:
    assert "Examples:" in CliRunner().invoke(app, []).output


def test_what_was_not_foreseen_is_one_line_without_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = typer.Typer()

    @broken.command()
    def fail() -> None:
        raise RuntimeError("what was asked")

    monkeypatch.setattr("sightline.cli.main.app", lambda: broken(args=[], standalone_mode=False))
    with pytest.raises(SystemExit, match="1"):
        main()
    assert capsys.readouterr().err == "sightline: internal fault (RuntimeError); please report it\n"
