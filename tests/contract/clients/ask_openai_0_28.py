"""openai 0.28.1: ask about a picture, stream it, schema, function, and a model there is not."""

import json
import sys
from importlib.metadata import version

import openai

SLIP = {
    "type": "object",
    "properties": {"vendor": {"type": "string"}, "total": {"type": "number"}, "paid": {"type": "boolean"}},
    "required": ["vendor", "total", "paid"],
    "additionalProperties": False,
}

openai.api_base, question, image_url = sys.argv[1:]
openai.api_key = "none"
content = [{"type": "text", "text": question}, {"type": "image_url", "image_url": image_url}]
ask = {"model": "gpt-4-vision-preview", "messages": [{"role": "user", "content": content}], "max_tokens": 300}
whole = openai.ChatCompletion.create(**ask)
pieces = list(openai.ChatCompletion.create(**ask, stream=True))
schema = {"type": "json_schema", "json_schema": {"name": "slip", "schema": SLIP, "strict": True}}
filled = openai.ChatCompletion.create(**{**ask, "response_format": schema})
function = {"name": "keep_slip", "parameters": SLIP}
called = openai.ChatCompletion.create(
    **{**ask, "model": "gpt-4o"}, functions=[function], function_call={"name": "keep_slip"}
)
try:
    openai.ChatCompletion.create(**{**ask, "model": "nope"})
    error = None
except openai.error.InvalidRequestError as caught:
    error = str(caught)
print(
    json.dumps(
        {
            "versions": {"openai": version("openai")},
            "text": whole.choices[0].message.content,
            "streamed": "".join(piece.choices[0].delta.get("content") or "" for piece in pieces),
            "n_pieces": len(pieces),
            "tokens": whole.usage.prompt_tokens,
            "slips": {
                "json_schema": json.loads(filled.choices[0].message.content),
                "function_call": json.loads(called.choices[0].message.function_call.arguments),
            },
            "error": error,
        }
    )
)
