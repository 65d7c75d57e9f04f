"""How fast a model is on this machine: one picture, one question, measured."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime

from PIL import Image

from sightline.chat.assembly import build_chat, model_id_of
from sightline.engines.shelf import Probe
from sightline.errors import EngineFault
from sightline.types import GenerationRequest, ImagePart, Message, Sampling, TextPart

SIDE_PX, N_TOKENS = 512, 48
QUESTION = "Describe the picture in a few sentences."


def probe(model: str) -> Probe:
    """Load a model, ask it once about a picture of 512 px, and return how long that took.

    Raises:
        ConfigError: If the model is not there.
        EngineFault: If the model fails.
    """
    return asyncio.run(_probe(model))


async def _probe(model: str) -> Probe:
    out = io.BytesIO()
    Image.radial_gradient("L").resize((SIDE_PX, SIDE_PX)).convert("RGB").save(out, "PNG")
    parts = (ImagePart(out.getvalue(), "low"), TextPart(QUESTION))
    sampling = Sampling(max_tokens=N_TOKENS, temperature=1.0, seed=1)
    chat = build_chat([model])
    try:
        answer = await chat.answer(GenerationRequest(model_id_of(model), (Message("user", parts),), sampling))
        await answer.text()
    finally:
        await chat.close()
    if not answer.n_steps:
        raise EngineFault("the model ended at once; there is no speed to tell")
    first_s, a_second = round(answer.spent.first_ms / 1e3, 2), round(answer.n_steps / answer.steps_s, 1)
    return Probe(f"{datetime.now(UTC):%Y-%m-%d}", first_s, a_second)
