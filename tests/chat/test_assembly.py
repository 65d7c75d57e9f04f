from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sightline.chat.assembly import BUNDLED, ECHO, build_chat, model_id_of
from sightline.errors import ConfigError
from sightline.types import GenerationRequest, Message, Sampling, TextPart
from tiny import make_checkpoint


def test_the_first_model_answers_for_the_aliases() -> None:
    chat = build_chat([ECHO], aliases=["gpt-4-vision-preview"])
    assert chat.model_ids == (ECHO, "gpt-4-vision-preview")
    assert chat.engine_for("gpt-4-vision-preview").model_id == ECHO
    asyncio.run(chat.close())


@pytest.mark.parametrize("name", ["gpt-7", "/no/such/folder", ""])
def test_a_model_that_is_not_there_is_named_and_nothing_else_answers_for_it(name: str) -> None:
    for in_background in (False, True):
        with pytest.raises(ConfigError, match=f"no model '{name}'; there are {BUNDLED}, {ECHO}"):
            build_chat([name], in_background=in_background)


def test_a_checkpoint_is_named_by_its_folder_and_its_files_are_verified(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    make_checkpoint(folder)
    assert model_id_of(str(folder)) == "mine"
    with (folder / "config.json").open("a") as config:
        config.write(" ")
    with pytest.raises(ConfigError, match=r"config\.json is not the file that was shipped"):
        build_chat([str(folder)])


def test_loading_in_the_background_gives_the_same_answer(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    make_checkpoint(folder)
    sampling = Sampling(max_tokens=12, temperature=0)
    request = GenerationRequest("mine", (Message("user", (TextPart("total?"),)),), sampling)

    async def ask(in_background: bool) -> str:
        chat = build_chat([str(folder)], in_background=in_background)
        text = await (await chat.answer(request)).text()
        await chat.close()
        return text

    assert asyncio.run(ask(True)) == asyncio.run(ask(False)) != ""
