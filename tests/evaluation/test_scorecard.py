"""From pictures on disk to a scorecard, through the same chat that serves."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
import typer
from PIL import Image
from typer.testing import CliRunner

from sightline.chat.assembly import build_chat
from sightline.cli.evaluate import evaluate
from sightline.evaluation import Line, ask_with, find_tasks, score_sets
from tiny import make_checkpoint

MODEL = "sightline-echo"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two sets; the echo answers with the question and `image1: 40x30 px, ...`."""
    folder = tmp_path / "sets"
    for name, answer in (("sizes", "image1: 40x30 px"), ("words", "nothing of it")):
        (folder / name).mkdir(parents=True)
        Image.new("RGB", (40, 30), "teal").save(folder / name / "a.png")
        rows = [
            {
                "id": f"{name}-{n}",
                "image": "a.png",
                "question": f"How large? {n}",
                "answers": [answer],
                "metric": "contains_any",
            }
            for n in range(3)
        ]
        rows.append({**rows[0], "id": "broken", "image": "missing.png"})
        (folder / name / "data.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def score(data: Path, out: Path, *, blind: bool) -> list[Line]:
    async def go() -> list[Line]:
        chat = build_chat([MODEL])
        try:
            return await score_sets(ask_with(chat), find_tasks(data), out, model=MODEL, blind=blind)
        finally:
            await chat.close()

    return asyncio.run(go())


def test_the_picture_is_seen_with_its_pixels_and_not_when_blind(data: Path, tmp_path: Path) -> None:
    sizes, words = score(data, tmp_path / "out", blind=True)
    assert (sizes.score.mean, sizes.n_failed) == (0.75, 1)
    assert sizes.blind == 0.0
    assert words.score.mean == 0.0


def test_a_missing_picture_is_a_failed_row_that_names_the_file(data: Path, tmp_path: Path) -> None:
    score(data, tmp_path / "out", blind=False)
    records = [json.loads(line) for line in (tmp_path / "out" / "sizes.jsonl").read_text(encoding="utf-8").splitlines()]
    failed = [record for record in records if not record["ok"]]
    assert len(failed) == 1
    assert "missing.png" in failed[0]["error"]
    assert records[0]["prompt_tokens"] > 0


def test_the_command_prints_a_table_ends_with_json_and_says_that_rows_failed(data: Path, tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(evaluate)
    words = [str(data), "--set", "sizes", "--out", str(tmp_path / "out"), "--model", MODEL]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert "75.0" in done.stdout
    last = json.loads(done.stdout.strip().splitlines()[-1])
    assert last["model"] == MODEL
    assert [line["set"] for line in last["lines"]] == ["sizes"]


def test_a_checkpoint_is_scored_by_its_folder_under_its_own_name(data: Path, tmp_path: Path) -> None:
    make_checkpoint(tmp_path / "mine")
    app = typer.Typer()
    app.command()(evaluate)
    words = [str(data), "--set", "sizes", "--out", str(tmp_path / "out"), "--model", str(tmp_path / "mine")]
    last = json.loads(CliRunner().invoke(app, words).stdout.strip().splitlines()[-1])
    assert last["model"] == "mine"
    assert last["lines"][0]["n_failed"] == 1  # the missing picture alone
