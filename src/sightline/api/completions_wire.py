"""The older completions on the wire: OpenAI's own fields, and the first guide's pictures beside them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from sightline.api.wire import MAX_BIASES, Bias, Penalty, Stop, StreamOptionsIn, Wire

MAX_PICTURES = 256  # no list is longer; how many a request may have is the images' own limit


def _tag(value: Any) -> str:
    return "<array>" if isinstance(value, list) else "<string>"


Texts = Annotated[list[str], Field(min_length=1, max_length=MAX_PICTURES, fail_fast=True)]
TextOrTexts = Annotated[Annotated[str, Tag("<string>")] | Annotated[Texts, Tag("<array>")], Discriminator(_tag)]


class CompletionRequestIn(Wire):
    """`POST /v1/completions` and `POST /v1/engines/{engine}/completions`."""

    model: str | None = None
    prompt: TextOrTexts | None = None
    # The first guide's pictures: `openai.Completion.create(img_url=[...], img_b64=[...], detail="high")`.
    img_url: TextOrTexts | None = None
    img_b64: TextOrTexts | None = None
    detail: Literal["low", "high", "auto", "original"] | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    n: Annotated[int, Field(ge=1, le=128)] | None = None
    stop: Stop | None = None
    stream: bool | None = None
    stream_options: StreamOptionsIn | None = None
    echo: bool | None = None
    presence_penalty: Penalty | None = None
    frequency_penalty: Penalty | None = None
    best_of: Annotated[int, Field(ge=1, le=20)] | None = None
    logit_bias: Annotated[dict[str, Bias], Field(max_length=MAX_BIASES)] | None = None
    logprobs: Annotated[int, Field(ge=0, le=5)] | None = None
    seed: Annotated[int, Field(ge=-(2**63), le=2**63 - 1)] | None = None
    # Accepted and without effect here, as the contract marks them.
    user: str | None = None
    # Known to OpenAI, not done here: anything that would have an effect is refused in `api.completions_convert`.
    suffix: str | None = None
