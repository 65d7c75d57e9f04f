"""The question of the page as code to take away: curl, `requests` and the OpenAI SDK, asking what the page asks."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pprint import pformat
from textwrap import indent
from typing import Any, NamedTuple

from sightline.playground.client import Question, request_body

PICTURE_FILE = "picture.jpg"
_DATA_URL = "data:image/jpeg;base64,"
_CODE_WIDTH = 96


class Snippets(NamedTuple):
    """Three programs that ask the same and print the answer. They read `picture.jpg` beside them and hold no key."""

    curl: str
    requests: str
    openai: str


def snippets(base_url: str, model: str, question: Question) -> Snippets:
    """The programs for a question to the server at `base_url`; each takes the key from `OPENAI_API_KEY`, if any."""
    body = request_body(replace(question, picture=b"", media_type="image/jpeg"), model)
    del body["stream"], body["stream_options"]
    return Snippets(_curl(base_url, body), _requests(base_url, body), _openai(base_url, body))


def _curl(base_url: str, body: dict[str, Any]) -> str:
    # The picture stands before every word of the visitor, so the first data URL is always its place.
    head, url, tail = json.dumps(body).partition(_DATA_URL)
    return (
        f"{{ printf %s {shlex.quote(head + url)}; base64 < {PICTURE_FILE} | tr -d '\\n'; "
        f"printf %s {shlex.quote(tail)}; }} |\n"
        f"  curl -sS {shlex.quote(base_url + '/v1/chat/completions')} \\\n"
        '    -H "Authorization: Bearer ${OPENAI_API_KEY:-none}" -H "Content-Type: application/json" \\\n'
        "    --data-binary @-"
    )


def _requests(base_url: str, body: dict[str, Any]) -> str:
    return (
        f"{_imports('requests')}\n"
        f"body = {_literal(body)}\n"
        f"reply = requests.post(\n    {base_url + '/v1/chat/completions'!r},\n"
        '    headers={"Authorization": "Bearer " + os.environ.get("OPENAI_API_KEY", "none")},\n'
        "    json=body,\n    timeout=180,\n)\n"
        "reply.raise_for_status()\n"
        'print(reply.json()["choices"][0]["message"]["content"])'
    )


def _openai(base_url: str, body: dict[str, Any]) -> str:
    fields = "".join(indent(f"{name}={_literal(value)},\n", "    ") for name, value in body.items())
    return (
        f"{_imports('openai')}\n"
        f"client = openai.OpenAI(base_url={base_url + '/v1'!r}, "
        'api_key=os.environ.get("OPENAI_API_KEY", "none"))\n'
        f"reply = client.chat.completions.create(\n{fields})\n"
        "print(reply.choices[0].message.content)"
    )


def _imports(library: str) -> str:
    return (
        f"import base64\nimport os\nfrom pathlib import Path\n\nimport {library}\n\n"
        f'picture = "{_DATA_URL}" + base64.b64encode(Path("{PICTURE_FILE}").read_bytes()).decode()'
    )


def _literal(value: Any) -> str:
    return pformat(value, width=_CODE_WIDTH, sort_dicts=False).replace(repr(_DATA_URL), "picture", 1)
