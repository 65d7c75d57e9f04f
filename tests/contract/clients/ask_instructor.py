"""instructor: ask about a picture, stream it, have a model filled in three ways, and name a model there is not."""

import json
import sys
from importlib.metadata import version

import instructor
import openai
from instructor.core import InstructorRetryException
from pydantic import BaseModel


class Slip(BaseModel):
    """What a slip says."""

    vendor: str
    total: float
    paid: bool


base_url, question, image_url = sys.argv[1:]
ask = {
    "model": "gpt-4o",
    "messages": [{"role": "user", "content": [question, instructor.Image.from_base64(image_url)]}],
    "max_retries": 0,
}
sdk = openai.OpenAI(base_url=base_url, api_key="none", max_retries=0)
by_tools = instructor.from_openai(sdk, mode=instructor.Mode.TOOLS)
by_schema = instructor.from_openai(sdk, mode=instructor.Mode.JSON_SCHEMA)
whole = by_tools.create(**ask, response_model=None)
pieces = list(by_tools.create(**ask, response_model=None, stream=True))
partial = list(by_tools.create_partial(**ask, response_model=Slip))
slips = {
    "tools": by_tools.create(**ask, response_model=Slip).model_dump(),
    "tools, streamed": partial[-1].model_dump(),
    "json_schema": by_schema.create(**ask, response_model=Slip).model_dump(),
}
try:
    by_tools.create(**{**ask, "model": "nope"}, response_model=Slip)
    error = None
except InstructorRetryException as caught:
    error = str(caught)
print(
    json.dumps(
        {
            "versions": {name: version(name) for name in ("instructor", "openai")},
            "text": whole.choices[0].message.content,
            "streamed": "".join(piece.choices[0].delta.content or "" for piece in pieces),
            "n_pieces": min(len(pieces), len(partial)),
            "tokens": whole.usage.prompt_tokens,
            "slips": slips,
            "error": error,
        }
    )
)
