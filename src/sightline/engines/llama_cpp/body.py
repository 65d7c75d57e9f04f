"""A request in llama.cpp's own words."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any

import numpy as np
from llguidance import LLMatcher

from sightline.engines.base import EngineRequest, SeenImage
from sightline.engines.native.calling import asking_for_calls, call_grammar
from sightline.engines.turns import Content, Parts, turns_of
from sightline.errors import InvalidRequest
from sightline.images.picture import RGB
from sightline.types import USUAL_TEMPERATURE, Calling, Sampling, TextPart, Tool

SEEDS = 2**32 - 1  # the last number means a seed of chance
ORDER = ("penalties", "temperature", "top_p")  # OpenAI's: the temperature before the nucleus; nothing else cuts
WINDOW = 8192  # tokens that penalties look back on: the whole context; llama.cpp counts the prompt's too
HEAD = "%llguidance {}\n"  # llama.cpp hands a grammar that begins so to llguidance, which our own runtime uses too
# Free white space is where weak models get lost: they write nothing else up to the limit.
STYLE: dict[str, object] = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}


def body_of(request: EngineRequest, *, knows_calls: bool) -> dict[str, Any]:
    """Return the whole request: conversation, sampling, and what the answer is held to."""
    told = conversation(request, knows_calls=knows_calls)
    return {"stream": True, "timings_per_token": True, **told, **sampling_of(request), **held(request)}


def conversation(request: EngineRequest, *, knows_calls: bool) -> dict[str, Any]:
    """Return the messages, pictures as pixels; and the functions that may be called.

    `knows_calls`: the model's chat template writes calls and their ids. One that does not would leave them out in
    silence, so they stay what they are in `CallPart`: text.
    """
    calling, asked = request.calling, request.messages
    if calling is not None and calling.must:
        asked = tuple(asking_for_calls(asked, calling.tools))
    if knows_calls:
        messages = turns_of(asked, content_of)
    else:
        messages = [{"role": message.role, "content": content_of(message.parts)} for message in asked]
    if calling is None or calling.must:
        return {"messages": messages}
    tools = [tool_of(tool) for tool in calling.tools]
    return {"messages": messages, "tools": tools, "parallel_tool_calls": calling.parallel}


def content_of(parts: Parts) -> Content:
    """Return what a turn says. Without pictures it is a string, which every template takes."""
    if not any(isinstance(part, SeenImage) for part in parts):
        return "\n".join(part.text for part in parts if isinstance(part, TextPart))
    return [
        {"type": "image_url", "image_url": {"url": pixels_url(part.image.pixels)}}
        if isinstance(part, SeenImage)
        else {"type": "text", "text": part.text}
        for part in parts
    ]


def tool_of(tool: Tool) -> dict[str, Any]:
    """Return a function that may be called."""
    function = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": function}


def sampling_of(request: EngineRequest) -> dict[str, Any]:
    """Return every parameter of `Sampling` but the stop strings, which are cut above the engine."""
    sampling = request.sampling
    return {
        "max_tokens": -1 if sampling.max_tokens is None else sampling.max_tokens,
        "temperature": USUAL_TEMPERATURE if sampling.temperature is None else sampling.temperature,
        "top_p": sampling.top_p,
        "top_k": 0,
        "min_p": 0.0,
        "samplers": list(ORDER),
        "presence_penalty": sampling.presence_penalty,
        "frequency_penalty": sampling.frequency_penalty,
        "repeat_penalty": 1.0,
        "repeat_last_n": WINDOW,
        "logit_bias": [[token, bias] for token, bias in sampling.logit_bias],
        "seed": seed_of(sampling, request.choice),
        "cache_prompt": sampling.seed is None,  # what is kept of a prompt moves the last digits, and with them draws
        **logprobs_of(sampling),
    }


def seed_of(sampling: Sampling, choice: int) -> int:
    """Return the seed of one choice; without one, the number that stands for chance."""
    return SEEDS if sampling.seed is None else (sampling.seed + choice) % SEEDS


def logprobs_of(sampling: Sampling) -> dict[str, Any]:
    """Return the wish for probabilities. llama.cpp gives them with at least one alternative."""
    if sampling.top_logprobs is None:
        return {}
    return {"logprobs": True, "top_logprobs": max(1, sampling.top_logprobs)}


def held(request: EngineRequest) -> dict[str, Any]:
    """Return the grammar of a call that must be made, or of the schema, or nothing.

    Raises:
        InvalidRequest: If answers cannot be held to it. llama.cpp would leave them free and say nothing.
    """
    calling: Calling | None = request.calling
    if calling is not None and calling.must:
        return {"grammar": checked(call_grammar(calling.tools, STYLE), "tools")}
    if request.json_schema is None:
        return {}
    styled = json.dumps({**request.json_schema, "x-guidance": STYLE})
    return {"grammar": checked(f"start: %json {styled}", "response_format")}


def checked(lark: str, param: str) -> str:
    """Return a grammar as llama.cpp wants it, seen to be one."""
    if LLMatcher.validate_grammar(LLMatcher.grammar_from_lark(lark)):
        raise InvalidRequest("The JSON schema is not one that answers can be held to.", param=param)
    return HEAD + lark


def pixels_url(pixels: RGB) -> str:
    """Return the pixels (h, w, 3) as a bitmap in a data URL: nothing lost, and quick for both sides."""
    height, width = pixels.shape[:2]
    row = -(-width * 3 // 4) * 4
    rows = np.zeros((height, row), np.uint8)
    rows[:, : width * 3] = pixels[::-1, :, ::-1].reshape(height, width * 3)
    n_bytes = height * row
    head = struct.pack("<2sIHHI", b"BM", 54 + n_bytes, 0, 0, 54)
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, n_bytes, 2835, 2835, 0, 0)
    return "data:image/bmp;base64," + base64.b64encode(head + info + rows.tobytes()).decode()
