"""litellm: ask about a picture, stream it, have a schema kept, and name a model there is not."""

import json
import sys
from importlib.metadata import version

import litellm
from pydantic import BaseModel


class Slip(BaseModel):
    """What a slip says."""

    vendor: str
    total: float
    paid: bool


litellm.suppress_debug_info = True  # it would be printed into the result
base_url, question, image_url = sys.argv[1:]
content = [{"type": "text", "text": question}, {"type": "image_url", "image_url": {"url": image_url}}]
ask = {
    "model": "openai/gpt-4o",
    "api_base": base_url,
    "api_key": "none",
    "messages": [{"role": "user", "content": content}],
    "num_retries": 0,
}
whole = litellm.completion(**ask)
pieces = list(litellm.completion(**ask, stream=True, stream_options={"include_usage": True}))
filled = litellm.completion(**ask, response_format=Slip)
try:
    litellm.completion(**{**ask, "model": "openai/nope"})
    error = None
except litellm.NotFoundError as caught:
    error = str(caught)
print(
    json.dumps(
        {
            "versions": {name: version(name) for name in ("litellm", "openai")},
            "text": whole.choices[0].message.content,
            "streamed": "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices),
            "n_pieces": len(pieces),
            "tokens": whole.usage.prompt_tokens,
            "streamed_tokens": pieces[-1].usage.prompt_tokens,
            "slips": {"json_schema": Slip.model_validate_json(filled.choices[0].message.content).model_dump()},
            "error": error,
        }
    )
)
