"""The bundled model of one Sightline, asked through another."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import openai
import pytest

from sightline.chat.assembly import BUNDLED
from upstreaming import front_server


@pytest.mark.parametrize("more", [{}, {"logprobs": True, "top_logprobs": 2}, {"response_format": "total"}])
def test_a_receipt_is_answered_as_by_the_server_that_has_the_model(
    server_url: str, receipt: Path, more: dict[str, Any]
) -> None:
    if "response_format" in more:
        properties = {more["response_format"]: {"type": "string"}}
        schema = {"type": "object", "properties": properties, "required": ["total"], "additionalProperties": False}
        more = {"response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}}
    url = f"data:image/png;base64,{base64.b64encode(receipt.read_bytes()).decode()}"
    parts = [
        {"type": "text", "text": "What is the total amount on this receipt?"},
        {"type": "image_url", "image_url": {"url": url, "detail": "high"}},
    ]
    asked: Any = {"model": BUNDLED, "messages": [{"role": "user", "content": parts}], "temperature": 0, **more}
    with front_server([f"{server_url}/v1"], BUNDLED) as front:
        through, direct = (
            openai.OpenAI(base_url=f"{base}/v1", api_key="none", max_retries=0).chat.completions.create(**asked)
            for base in (front, server_url)
        )
    assert "16.50" in (through.choices[0].message.content or "")
    assert through.choices[0].model_dump() == direct.choices[0].model_dump()
    for reply in (
        through,
        direct,
    ):  # what was cached is each server's own: the second to be asked had the prompt already
        assert reply.usage is not None
        assert reply.usage.prompt_tokens_details is not None
        reply.usage.prompt_tokens_details.cached_tokens = 0
    assert through.usage == direct.usage
