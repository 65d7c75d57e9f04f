"""A request in OpenAI's form, with the extensions that the server's kind knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sightline.engines.base import EngineMessage, EngineRequest, SeenImage
from sightline.engines.turns import Content, Json, Parts, turns_of
from sightline.engines.upstream.place import Kind, Upstream
from sightline.reading.lines import Reading
from sightline.types import USUAL_TEMPERATURE, Calling, Sampling, TextPart

NO_LIMIT = 10**9  # a `max_tokens` from here on is no limit: the server knows its own context, we do not
LEAST_SEED, N_SEEDS = -(2**63), 2**64
ANY_OBJECT = {"type": "object"}
# What makes `low` cost little at models that enlarge small pictures or cut them into tiles, as vLLM's
# mm_processor_kwargs, by what the model's name contains. Others (Qwen, Gemma, Pixtral) follow the pixels they get.
LOW_AT_VLLM: tuple[tuple[str, Json], ...] = (
    ("internvl", {"max_dynamic_patch": 1}),
    ("smolvlm", {"size": {"longest_edge": 512}}),
    ("idefics3", {"size": {"longest_edge": 364}}),
)
NOT_STRICT = ("allOf", "not", "if", "then", "else", "oneOf", "patternProperties", "dependentRequired")


def to_body(request: EngineRequest, urls: Sequence[str], upstream: Upstream) -> Json:
    """Return the body of a streamed chat completion. `urls` are the pictures of `request`, in order, as data URLs."""
    left = iter(urls)

    def content_of(parts: Parts) -> Content:
        return _content([piece for part in parts for piece in _parts(part, left, upstream.kind)])

    body: Json = {
        "model": upstream.model,
        "messages": turns_of(request.messages, content_of),
        "stream": True,
        "stream_options": {"include_usage": True},
        **_sampling(request.sampling, request.choice, upstream.kind),
    }
    if request.json_schema is not None:
        body["response_format"] = _format(request.json_schema, request.messages)
    if request.calling is not None:
        body |= _calling(request.calling)
    if upstream.kind == "vllm":
        body["cache_salt"] = sha256(request.owner.encode()).hexdigest()  # no key finds what another's prompt left
        if kwargs := _low_at_vllm(request.images, upstream.model):
            body["mm_processor_kwargs"] = kwargs
    return body


def _content(parts: list[Json]) -> Content:
    """Return one text as a string, which every server takes for every role."""
    return str(parts[0]["text"]) if len(parts) == 1 and parts[0]["type"] == "text" else parts


def _parts(part: TextPart | SeenImage, urls: Iterator[str], kind: Kind) -> Iterator[Json]:
    if isinstance(part, TextPart):
        yield {"type": "text", "text": part.text}
        return
    picture: Json = {"url": next(urls)}
    if kind != "llamacpp":
        picture["detail"] = "low" if part.image.receipt.detail == "low" else "high"
    cache = {"uuid": part.image.pixel_hash} if kind == "vllm" else {}  # never the caller's: the pixels' own
    yield {"type": "image_url", "image_url": picture, **cache}
    if part.reading is not None and part.reading.lines:
        yield {"type": "text", "text": reading_text(part.reading)}


def reading_text(reading: Reading) -> str:
    """Return the lines of a picture as words for a model that was not trained on them."""
    return f"Text found in this picture:\n{reading.text}"


def _sampling(sampling: Sampling, choice: int, kind: Kind) -> Json:
    """Spell what is asked. A default is sent too where the server may have another one than OpenAI.

    But for another Sightline, which knows what a model's own temperature is.
    """
    wanted: Json = {}
    temperature = USUAL_TEMPERATURE if sampling.temperature is None else sampling.temperature
    is_left_to_it = sampling.temperature is None and kind == "sightline"
    if not is_left_to_it and (temperature != USUAL_TEMPERATURE or kind != "openai"):
        wanted["temperature"] = temperature
    if sampling.top_p != 1.0 or kind != "openai":
        wanted["top_p"] = sampling.top_p
    if sampling.max_tokens is not None and sampling.max_tokens < NO_LIMIT:
        wanted["max_completion_tokens" if kind == "openai" else "max_tokens"] = sampling.max_tokens
    if sampling.seed is not None:
        wanted["seed"] = (sampling.seed + choice - LEAST_SEED) % N_SEEDS + LEAST_SEED
    return wanted | {name: value for name, value in _where_set(sampling).items() if value}


def _where_set(sampling: Sampling) -> Json:
    """Return what says nothing where it is empty or zero."""
    return {
        "presence_penalty": sampling.presence_penalty,
        "frequency_penalty": sampling.frequency_penalty,
        "stop": list(sampling.stop),
        "logprobs": sampling.top_logprobs is not None,
        "top_logprobs": sampling.top_logprobs,
        "logit_bias": {str(token): int(bias) for token, bias in sampling.logit_bias},
    }


def _format(schema: Mapping[str, Any], messages: Sequence[EngineMessage]) -> Json:
    texts = (part.text for message in messages for part in message.parts if isinstance(part, TextPart))
    if dict(schema) == ANY_OBJECT and any("json" in text.lower() for text in texts):
        return {"type": "json_object"}
    named = {"name": "answer", "schema": dict(schema), "strict": is_strict(schema)}
    return {"type": "json_schema", "json_schema": named}


def is_strict(schema: Mapping[str, Any]) -> bool:
    """Whether OpenAI would hold answers to `schema`: an object, and every object in it closed with all required."""
    return schema.get("type") == "object" and _is_closed(schema)


def _is_closed(schema: object) -> bool:
    if isinstance(schema, list):
        return all(map(_is_closed, schema))
    if not isinstance(schema, Mapping):
        return True
    if any(word in schema for word in NOT_STRICT):
        return False
    if "properties" in schema or "object" in (schema.get("type") or ()):
        names = schema.get("properties") or {}
        if schema.get("additionalProperties") is not False or set(schema.get("required") or ()) != set(names):
            return False
    inner = [*_named(schema, "properties"), *_named(schema, "$defs"), *_named(schema, "definitions")]
    return _is_closed([*inner, schema.get("items"), schema.get("anyOf")])


def _named(schema: Mapping[str, Any], key: str) -> list[Any]:
    found = schema.get(key)
    return list(found.values()) if isinstance(found, Mapping) else []


def _calling(calling: Calling) -> Json:
    tools = [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                **({"description": tool.description} if tool.description else {}),
                "parameters": dict(tool.parameters),
            },
        }
        for tool in calling.tools
    ]
    choice: Any = "required" if calling.must else "auto"
    if calling.must and len(calling.tools) == 1 and not calling.parallel:
        choice = {"type": "function", "function": {"name": calling.tools[0].name}}
    return {"tools": tools, "tool_choice": choice, **({} if calling.parallel else {"parallel_tool_calls": False})}


def _low_at_vllm(images: Sequence[SeenImage], model: str) -> Json:
    """Return what holds `low` down; it goes for a whole request, so only where every picture is `low`."""
    if not images or any(each.image.receipt.detail != "low" for each in images):
        return {}
    return next((kwargs for name, kwargs in LOW_AT_VLLM if name in model.lower()), {})
