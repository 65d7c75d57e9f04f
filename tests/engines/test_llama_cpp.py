"""llama.cpp on the bundled checkpoint, against our own runtime. Skipped where the wheels for it are not."""

from __future__ import annotations

import asyncio
import importlib.util
import io
import json
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sightline.chat.assembly import build_chat
from sightline.engines.base import Engine, EngineMessage, EngineRequest, SeenImage
from sightline.engines.llama_cpp import LlamaCppEngine
from sightline.engines.llama_cpp.body import conversation, pixels_url
from sightline.engines.llama_cpp.wheel import NOT_INSTALLED
from sightline.engines.native import NativeEngine
from sightline.errors import ConfigError, ContextTooLong, InvalidRequest
from sightline.images.data_url import read_data_url
from sightline.images.picture import ImageReceipt, PreparedImage
from sightline.images.plan_tiles import plan_tiles
from sightline.model import tokenizer as tk
from sightline.model.checkpoint import load_checkpoint
from sightline.model.preprocess import preprocess
from sightline.types import Calling, CallPart, Delta, GenerationRequest, ImagePart, Message, Sampling, TextPart, Tool

ROOT = Path(__file__).parents[2]
CHECKPOINT = ROOT / "src/sightline/model/sightline-mini"
GREEDY = Sampling(max_tokens=40, temperature=0)
SCHEMA = {
    "type": "object",
    "properties": {"total": {"type": "integer"}},
    "required": ["total"],
    "additionalProperties": False,
}
HAS_WHEEL = importlib.util.find_spec("xllamacpp") is not None
needs_llama = pytest.mark.skipif(
    not HAS_WHEEL or importlib.util.find_spec("gguf") is None,
    reason="needs the wheels xllamacpp and gguf: pip install 'sightline[gguf]' gguf",
)


def exporter() -> ModuleType:
    spec = importlib.util.spec_from_file_location("export_for_peers", ROOT / "benchmarks/export_for_peers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("gguf")
    exporter().main(path)
    return path


@pytest.fixture(scope="module")
def llama(folder: Path) -> LlamaCppEngine:
    return LlamaCppEngine.load(folder / "sightline-mini-f16.gguf", n_threads=1)


@pytest.fixture(scope="module")
def native() -> NativeEngine:
    """In float32, so that what differs is the layout and not the rounding of 8 bits."""
    return NativeEngine(load_checkpoint(CHECKPOINT), "native", n_threads=1, eight_bit=False)


def seen() -> SeenImage:
    pixels = np.zeros((256, 256, 3), np.uint8)
    pixels[:] = (200, 30, 30)
    pixels[64:128, 64:128] = (20, 20, 220)
    receipt = ImageReceipt("PNG", 0, 256, 256, 1, "high")
    return SeenImage(PreparedImage(pixels, plan_tiles(256, 256, "high"), "red", receipt))


def asked(question: str, *parts: SeenImage, sampling: Sampling = GREEDY, **more: Any) -> EngineRequest:
    return EngineRequest((EngineMessage("user", (*parts, TextPart(question))),), sampling, **more)


def deltas(engine: Engine, request: EngineRequest) -> list[Delta]:
    async def read() -> list[Delta]:
        return [delta async for delta in engine.stream(request)]

    return asyncio.run(read())


def text(engine: Engine, request: EngineRequest) -> str:
    return "".join(delta.text for delta in deltas(engine, request))


@needs_llama
@pytest.mark.parametrize("question", ["hi", "What is the total?", "Who are you?", "What can you do?"])
def test_the_same_question_gets_the_same_tokens_as_from_our_own_runtime(
    native: NativeEngine, llama: LlamaCppEngine, question: str
) -> None:
    request = asked(question, sampling=replace(GREEDY, top_logprobs=2))
    ours, theirs = deltas(native, request), deltas(llama, request)
    assert llama.count_prompt_tokens(request) == native.count_prompt_tokens(request)
    assert "".join(delta.text for delta in theirs) == "".join(delta.text for delta in ours) != ""
    assert theirs[-1].finish_reason == ours[-1].finish_reason
    own, other = ([token for delta in found for token in delta.tokens] for found in (ours, theirs))
    assert [token.data for token in other] == [token.data for token in own]
    assert [token.logprob for token in other] == pytest.approx([token.logprob for token in own], abs=0.02)
    assert all(len(token.others) == 2 for token in other)
    assert sum(delta.n_tokens for delta in theirs) == sum(delta.n_tokens for delta in ours)


@needs_llama
def test_a_picture_is_seen_as_our_own_runtime_sees_it_in_the_layout_of_llama_cpp(
    native: NativeEngine, llama: LlamaCppEngine
) -> None:
    """The answers about pictures differ from the native engine's for one reason: llama.cpp's Idefics3 layout.

    It sends a tile beside the overview even of a picture that is one tile, a blank line between, and no space
    between picture and question. Our runtime, given that layout, comes to the same probabilities.
    """
    picture, question = seen(), "What can you do?"
    request = asked(question, picture, sampling=Sampling(max_tokens=1, temperature=0, top_logprobs=4))
    words, runtime = native._tokenizer, native._runtime
    image, around = [words.special(tk.IMAGE)] * native._config.n_image_tokens, words.special(tk.AROUND_IMAGE)
    ids = [
        words.special(tk.START), *words.encode("User: "),
        around, *words.encode("<row_1_col_1>"), *image, *words.encode("\n\n"),
        around, words.special(tk.GLOBAL_IMAGE), *image, around,
        *words.encode(question), words.special(tk.END), *words.encode("\nAssistant:"),
    ]  # fmt: skip
    assert llama.count_prompt_tokens(request) == len(ids)
    once = runtime.encode(preprocess(picture.image.pixels, native._config.vision))
    embeddings = runtime.embed(ids, native._image, np.concatenate([once, once]))
    logits = runtime.step(embeddings, runtime.new_cache(len(ids) + 1)).astype(np.float64)
    logprobs = logits - logits.max() - np.log(np.exp(logits - logits.max()).sum())
    best = np.argsort(-logprobs)[:4]
    (token,) = (token for delta in deltas(llama, request) for token in delta.tokens)
    assert [other.data for other in token.others] == [words.token_bytes(int(at)).strip() for at in best]
    assert [other.logprob for other in token.others] == pytest.approx(list(logprobs[best]), abs=0.02)


@needs_llama
def test_what_it_says_of_a_picture_depends_on_the_picture(llama: LlamaCppEngine) -> None:
    dark = replace(seen(), image=replace(seen().image, pixels=np.zeros((256, 256, 3), np.uint8)))
    sampling = Sampling(max_tokens=1, temperature=0, top_logprobs=1)
    found = [deltas(llama, asked("What colour?", each, sampling=sampling)) for each in (seen(), dark)]
    red, black = ([token.logprob for delta in each for token in delta.tokens] for each in found)
    assert red != pytest.approx(black, abs=1e-4)


@needs_llama
def test_a_seed_makes_the_same_draws_come_again_and_each_choice_has_its_own(llama: LlamaCppEngine) -> None:
    request = asked("What can you do?", sampling=Sampling(max_tokens=24, temperature=2, seed=7))
    assert text(llama, request) == text(llama, request)
    assert len({text(llama, replace(request, choice=choice)) for choice in range(4)}) > 1


@needs_llama
def test_top_p_of_nearly_nothing_is_the_likeliest_token_at_any_temperature(llama: LlamaCppEngine) -> None:
    request = asked("Who are you?", sampling=Sampling(max_tokens=12, temperature=2, top_p=1e-6))
    assert text(llama, request) == text(llama, asked("Who are you?", sampling=replace(GREEDY, max_tokens=12)))


@needs_llama
def test_a_bias_leaves_a_token_out_and_one_past_the_vocabulary_is_refused(
    llama: LlamaCppEngine, native: NativeEngine
) -> None:
    (first,) = native._tokenizer.encode(" I")
    biased = text(llama, asked("hi", sampling=replace(GREEDY, logit_bias=((first, -100.0),))))
    assert not biased.startswith("I ")
    with pytest.raises(InvalidRequest, match=r"Invalid key in 'logit_bias': 999999\. Maximum value is"):
        text(llama, asked("hi", sampling=replace(GREEDY, logit_bias=((999_999, 1.0),))))


@needs_llama
def test_a_frequency_penalty_moves_the_answer(llama: LlamaCppEngine) -> None:
    request = asked("What can you do?")
    punished = replace(request, sampling=replace(GREEDY, frequency_penalty=2.0, presence_penalty=2.0))
    assert text(llama, punished) != text(llama, request)


@needs_llama
def test_an_answer_is_held_to_its_schema_and_a_schema_that_is_none_is_refused(llama: LlamaCppEngine) -> None:
    answer = text(llama, asked("hello there", json_schema=SCHEMA))
    assert answer.startswith('{"total": ')
    with pytest.raises(InvalidRequest, match="not one that answers can be held to") as refused:
        text(llama, asked("hi", json_schema={"type": "nothing"}))
    assert refused.value.param == "response_format"


CALLED = (
    EngineMessage("user", (TextPart("How warm?"),)),
    EngineMessage("assistant", (CallPart.of("warmth", '{"town": "Oslo"}', "call_7"),)),
    EngineMessage("tool", (TextPart("4 degrees"),), call_id="call_7"),
    EngineMessage("user", (TextPart("And now?"),)),
)
KNOWING = (  # a chat template that writes calls and their ids, as those of models that were trained on calls do
    "{% for message in messages %}<|im_start|>{{ message['role'] }}:{{ message['content'] }}"
    "{% if message.tool_calls %}{% for call in message.tool_calls %}"
    "CALL {{ call.id }} {{ call.function.name }} {{ call.function.arguments }}{% endfor %}{% endif %}"
    "{% if message.tool_call_id %}ANSWERS {{ message.tool_call_id }}{% endif %}<end_of_utterance>{% endfor %}"
    "{% if add_generation_prompt %}assistant:{% endif %}"
)


def prompt_of(engine: LlamaCppEngine, request: EngineRequest) -> str:
    """What the model's chat template makes of a request."""
    body = json.dumps(conversation(request, knows_calls=engine._knows_calls))
    return str(engine._llama._ask("POST", "/apply-template", body)["prompt"])


@needs_llama
def test_calls_in_the_history_are_text_for_a_template_that_knows_none(llama: LlamaCppEngine) -> None:
    prompt = prompt_of(llama, EngineRequest(CALLED))
    assert 'Assistant: warmth({"town": "Oslo"})<end_of_utterance>' in prompt
    assert "Tool: 4 degrees" in prompt


@needs_llama
def test_calls_in_the_history_are_calls_with_their_ids_for_a_template_that_writes_them(tmp_path: Path) -> None:
    module = exporter()
    vars(module)["TEMPLATE"] = KNOWING
    module.main(tmp_path)
    engine = LlamaCppEngine.load(tmp_path / "sightline-mini-f16.gguf", n_threads=1)
    prompt = prompt_of(engine, EngineRequest(CALLED))
    assert "CALL call_7 warmth" in prompt
    assert "Oslo" in prompt
    assert "4 degreesANSWERS call_7" in prompt
    assert engine.count_prompt_tokens(EngineRequest(CALLED)) > 10
    asyncio.run(engine.close())


@needs_llama
def test_a_call_that_must_be_made_has_its_name_first_and_arguments_of_its_schema(llama: LlamaCppEngine) -> None:
    calling = Calling((Tool("total_of", "Return the total", SCHEMA),), must=True)
    found = deltas(llama, asked("5", calling=calling, sampling=replace(GREEDY, max_tokens=12)))
    calls = [delta.call for delta in found if delta.call is not None]
    assert calls[0].name == "total_of"
    assert "".join(call.arguments for call in calls).startswith('{"total":')
    assert "".join(delta.text for delta in found) == ""


@needs_llama
def test_what_is_kept_of_a_prompt_is_for_its_owner_alone(folder: Path) -> None:
    engine = LlamaCppEngine.load(folder / "sightline-mini-f16.gguf", n_threads=1)
    text(engine, replace(asked("hi"), owner="anna"))
    kept = [engine._apart({"cache_prompt": True}, owner)["cache_prompt"] for owner in ("anna", "ben", "ben", "anna")]
    assert kept == [True, False, True, False]
    asyncio.run(engine.close())


@needs_llama
def test_a_conversation_past_the_context_is_refused_with_both_numbers(llama: LlamaCppEngine) -> None:
    with pytest.raises(ContextTooLong, match=rf"is {llama.context_tokens} tokens.*resulted in \d+ tokens") as refused:
        text(llama, asked("word " * llama.context_tokens))
    assert refused.value.param == "messages"


@needs_llama
def test_closing_the_answer_frees_the_model_for_the_next(llama: LlamaCppEngine) -> None:
    long = asked(
        "What can you do?", sampling=Sampling(max_tokens=1500, temperature=2, seed=1, logit_bias=((2, -100.0),))
    )

    async def leave_early() -> str:
        stream = llama.stream(long)
        await anext(stream)
        await stream.aclose()  # type: ignore[attr-defined]
        async with asyncio.timeout(5):  # 1,500 tokens would still be coming
            return "".join([delta.text async for delta in llama.stream(asked("hi"))])

    assert asyncio.run(leave_early()) == text(llama, asked("hi"))


@needs_llama
def test_the_port_that_the_wheel_opens_wants_a_key_that_nobody_has(llama: LlamaCppEngine) -> None:
    address = llama._llama._server.listening_address
    assert address.startswith("http://127.0.0.1:")
    request = urllib.request.Request(f"{address}/v1/chat/completions", b"{}", {"content-type": "application/json"})
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(request, timeout=10)


@needs_llama
def test_a_gguf_file_answers_about_a_picture_through_the_one_use_case(folder: Path) -> None:
    model = folder / "sightline-mini-f16.gguf"
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "PNG")
    part = ImagePart(out.getvalue(), "low")
    request = GenerationRequest(model.stem, (Message("user", (part, TextPart("What is it?"))),), GREEDY)

    async def ask(in_background: bool) -> tuple[str, tuple[int, int]]:
        chat = build_chat([str(model)], in_background=in_background)
        answer = await chat.answer(request)
        said = await answer.text()
        await chat.close()
        return said, (answer.receipts[0].model_width, answer.receipts[0].model_height)

    assert asyncio.run(ask(False)) == asyncio.run(ask(True))
    assert asyncio.run(ask(False))[1] == (300, 200)


@needs_llama
def test_two_models_files_mixed_are_refused_not_crashed_on(folder: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes((folder / "sightline-mini-f16.gguf").read_bytes()[:-1_000_000])
    with pytest.raises(ConfigError, match=r"cut short|llama\.cpp cannot load"):
        LlamaCppEngine.load(cut, folder / "sightline-mini-mmproj-f16.gguf")


@pytest.mark.skipif(HAS_WHEEL, reason="says what is missing where the wheel is not")
def test_without_the_wheel_one_line_says_how_to_get_it(tmp_path: Path) -> None:
    from gguf_files import write_model, write_projector

    model = write_model(tmp_path / "model.gguf")
    write_projector(tmp_path / "mmproj-model.gguf")
    with pytest.raises(ConfigError, match=r"pip install 'sightline\[gguf\]'") as refused:
        build_chat([str(model)])
    assert refused.value.message == NOT_INSTALLED


@pytest.mark.parametrize(("width", "height"), [(1, 1), (5, 3), (64, 2), (33, 40)])
def test_pixels_are_handed_over_exactly(width: int, height: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
    data = read_data_url(pixels_url(pixels), 10_000_000, "image")
    with Image.open(io.BytesIO(data)) as image:  # noqa: TID251  our own bytes
        assert np.array_equal(np.asarray(image.convert("RGB")), pixels)
