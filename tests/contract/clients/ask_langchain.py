"""langchain-openai: ask about a picture, stream it, have a model filled in both ways, and name a model there is not."""

import json
import sys
from importlib.metadata import version

import openai
from langchain_core.messages import HumanMessage
from langchain_openai import ChatOpenAI
from pydantic import BaseModel


class Slip(BaseModel):
    """What a slip says."""

    vendor: str
    total: float
    paid: bool


base_url, question, image_url = sys.argv[1:]
asked = [
    HumanMessage([{"type": "text", "text": question}, {"type": "image_url", "image_url": {"url": image_url}}]),
]
model = ChatOpenAI(model="gpt-4o", base_url=base_url, api_key="none", max_retries=0, stream_usage=True)
whole = model.invoke(asked)
pieces = list(model.stream(asked))
filled = {way: model.with_structured_output(Slip, method=way) for way in ("json_schema", "function_calling")}
slips = {way: filling.invoke(asked).model_dump() for way, filling in filled.items()}
try:
    ChatOpenAI(model="nope", base_url=base_url, api_key="none", max_retries=0).invoke(asked)
    error = None
except openai.NotFoundError as caught:
    error = str(caught)
print(
    json.dumps(
        {
            "versions": {name: version(name) for name in ("langchain-openai", "openai")},
            "text": whole.content,
            "streamed": "".join(piece.content for piece in pieces),
            "n_pieces": len(pieces),
            "tokens": whole.usage_metadata["input_tokens"],
            "streamed_tokens": sum(piece.usage_metadata["input_tokens"] for piece in pieces if piece.usage_metadata),
            "slips": slips,
            "error": error,
        }
    )
)
