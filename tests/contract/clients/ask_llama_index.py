"""llama-index: ask about a picture, stream it, have a model filled in, and name a model there is not."""

import json
import sys
from importlib.metadata import version

import openai
from llama_index.core.llms import ChatMessage, ImageBlock, TextBlock
from llama_index.core.prompts import ChatPromptTemplate
from llama_index.llms.openai_like import OpenAILike
from pydantic import BaseModel


class Slip(BaseModel):
    """What a slip says."""

    vendor: str
    total: float
    paid: bool


base_url, question, image_url = sys.argv[1:]
asked = [ChatMessage(role="user", blocks=[TextBlock(text=question), ImageBlock(url=image_url)])]
more = {"api_base": base_url, "api_key": "none", "is_chat_model": True, "max_retries": 0}
model = OpenAILike(model="gpt-4o", **more)
whole = model.chat(asked)
pieces = list(model.stream_chat(asked))
slips = {}
for way, flags in {
    "json_schema": {"should_use_structured_outputs": True},
    "function_calling": {"is_function_calling_model": True},
}.items():
    filling = OpenAILike(model="gpt-4o", **flags, **more)
    slips[way] = filling.structured_predict(Slip, ChatPromptTemplate(asked)).model_dump()
try:
    OpenAILike(model="nope", **more).chat(asked)
    error = None
except openai.NotFoundError as caught:
    error = str(caught)
print(
    json.dumps(
        {
            "versions": {name: version(name) for name in ("llama-index-llms-openai-like", "openai")},
            "text": whole.message.content,
            "streamed": "".join(piece.delta or "" for piece in pieces),
            "n_pieces": len(pieces),
            "tokens": whole.raw.usage.prompt_tokens,
            "slips": slips,
            "error": error,
        }
    )
)
