"""The use case without HTTP: reading, cancellation, and what is freed."""

from __future__ import annotations

import asyncio
import io
import threading

import pytest
from PIL import Image, ImageDraw

from sightline.chat import Chat, ChatLimits
from sightline.engines.base import EngineRequest
from sightline.engines.echo import EchoEngine
from sightline.errors import ContextTooLong, ModelNotFound, UnsupportedImage
from sightline.images.load import ImageLoader
from sightline.reading.reader import Reader
from sightline.types import GenerationRequest, ImagePart, Message, Sampling, TextPart


def sign(text: str, scale: int = 1) -> bytes:
    """Return a picture with `text` on it, drawn at 40 px and enlarged."""
    image = Image.new("RGB", (420, 120), "white")
    ImageDraw.Draw(image).text((30, 35), text, "black", font_size=40)
    out = io.BytesIO()
    image.resize((420 * scale, 120 * scale), Image.Resampling.BICUBIC).save(out, "PNG")
    return out.getvalue()


def request(model: str, *parts: TextPart | ImagePart, **sampling: int) -> GenerationRequest:
    return GenerationRequest(model, (Message("user", parts),), Sampling(max_tokens=sampling.get("max_tokens")))


def chat_of(*engines: EchoEngine, reader: Reader | None = None, limits: ChatLimits | None = None) -> Chat:
    loader = ImageLoader(in_process=True)
    return Chat(
        {engine.model_id: engine for engine in engines}, {"gpt-4o": engines[0].model_id}, loader, reader, limits
    )


def test_only_an_engine_that_wants_it_gets_the_reading() -> None:
    async def scenario() -> None:
        chat = chat_of(EchoEngine("reads", wants_reading=True), EchoEngine("looks"), reader=Reader())
        picture = ImagePart(sign("TOTAL 12.50"))
        read = await chat.answer(request("reads", TextPart("Look"), picture))
        again = await chat.answer(request("reads", TextPart("Look"), picture))
        looked = await chat.answer(request("looks", TextPart("Look"), picture))
        assert await read.text() == await again.text() == "Look\nimage1: 420x120 px, 1 lines of text"
        assert await looked.text() == "Look\nimage1: 420x120 px, 0 lines of text"
        assert read.readings[0] is not None
        assert read.readings[0].text.replace(" ", "") == "TOTAL12.50"
        assert looked.readings == (None,)
        assert (read.receipts[0].n_lines, read.receipts[0].reading_cached) == (1, False)
        assert again.receipts[0].reading_cached
        assert read.receipts[0].reading_ms > 0
        await chat.close()

    asyncio.run(scenario())


def test_low_detail_reads_nothing_past_512_pixels_and_boxes_stay_in_source_pixels() -> None:
    async def scenario() -> None:
        chat = chat_of(EchoEngine("reads", wants_reading=True), reader=Reader())
        answer = await chat.answer(request("reads", ImagePart(sign("TOTAL 12.50", scale=4), "low")))
        (receipt,), (reading,) = answer.receipts, answer.readings
        await answer.close()
        assert (receipt.width, receipt.height, receipt.tokens) == (512, 146, 85)
        assert reading is not None
        assert (reading.width, reading.height) == (1680, 480)
        assert reading.lines[0].box[2] > 512
        await chat.close()

    asyncio.run(scenario())


def test_what_the_caller_can_fix_is_raised_before_the_answer_and_frees_the_place() -> None:
    async def scenario() -> None:
        chat = chat_of(EchoEngine("small", context_tokens=10))
        with pytest.raises(ModelNotFound):
            await chat.answer(request("nope", TextPart("a")))
        with pytest.raises(UnsupportedImage):
            await chat.answer(request("small", ImagePart(b"no picture")))
        with pytest.raises(ContextTooLong):
            await chat.answer(request("small", TextPart("word " * 11)))
        assert chat.n_inside("small") == 0
        await chat.close()

    asyncio.run(scenario())


def test_an_answer_that_is_closed_unread_frees_its_place() -> None:
    async def scenario() -> None:
        engine = EchoEngine(delay_s=0.001)
        chat = chat_of(engine, limits=ChatLimits(max_running=1, max_waiting=0))
        for _ in range(3):
            async with await chat.answer(request("gpt-4o", TextPart("a b c"))):
                assert engine.n_running == 1
            assert engine.n_running == chat.n_inside(engine.model_id) == 0
        await chat.close()

    asyncio.run(scenario())


@pytest.mark.parametrize("delay_s", [0.0, 0.03])
def test_a_caller_who_is_cancelled_stops_the_engine_at_once(delay_s: float) -> None:
    async def scenario() -> None:
        engine = EchoEngine(text="word " * 100_000, delay_s=0.02)
        chat = chat_of(engine)

        async def read() -> str:
            async with await chat.answer(request("gpt-4o", TextPart("a"))) as answer:
                return await answer.text()

        reading = asyncio.create_task(read())
        await asyncio.sleep(delay_s)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert engine.n_running == chat.n_inside(engine.model_id) == 0
        await chat.close()

    asyncio.run(scenario())


class WhereCounted(EchoEngine):
    """Remembers which thread counted the prompt."""

    counted_in: threading.Thread | None = None

    def count_prompt_tokens(self, request: EngineRequest) -> int:
        self.counted_in = threading.current_thread()
        return super().count_prompt_tokens(request)


def test_a_long_prompt_is_counted_beside_the_event_loop() -> None:
    async def scenario() -> None:
        engine = WhereCounted(context_tokens=10**9)
        chat = chat_of(engine)
        asked = request("gpt-4o", TextPart("漢字 " * 60_000), max_tokens=1)
        await (await chat.answer(asked)).close()
        assert engine.counted_in is not None
        assert engine.counted_in is not threading.current_thread()
        await chat.close()

    asyncio.run(scenario())
