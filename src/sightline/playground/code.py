"""The question of the page as code to take away: curl, `requests` and the OpenAI SDK, asking what the page asks."""

from __future__ import annotations

import json
import secrets
import shlex
from pprint import pformat
from textwrap import indent
from typing import Any, NamedTuple

from sightline.playground.client import Attachment, Question, request_body

_CODE_WIDTH = 96
_DATA_URL = (
    "def data_url(name, media_type):\n"
    "    content = base64.b64encode(Path(name).read_bytes()).decode()\n"
    '    return f"data:{media_type};base64,{content}"\n'
)


class Programs(NamedTuple):
    """Three programs that ask the same and print the answer. They read the pictures beside them and hold no key."""

    curl: str
    requests: str
    openai: str


class _Url:
    """The data URL of an attachment, in code that reads the file."""

    def __init__(self, attachment: Attachment) -> None:
        self.attachment = attachment

    def __repr__(self) -> str:
        return f"data_url({self.attachment.name!r}, {self.attachment.media_type!r})"


def programs(address: str, model: str, question: Question) -> Programs:
    """The programs for a question to the server at `address`; each takes the key from `OPENAI_API_KEY`, if any."""
    body = request_body(question, model, url_of=_Url)
    del body["stream"], body["stream_options"]
    return Programs(_curl(address, body), _requests(address, body), _openai(address, body))


def _curl(address: str, body: dict[str, Any]) -> str:
    mark = secrets.token_hex(16)  # nothing a visitor wrote can be taken for a picture's place
    urls: list[_Url] = []

    def note(url: _Url) -> str:
        urls.append(url)
        return mark

    first, *rest = json.dumps(body, default=note).split(mark)
    pieces = [f"printf %s {shlex.quote(first)}"]
    for url, text in zip(urls, rest, strict=True):
        name = shlex.quote(f"./{url.attachment.name}")
        pieces.append(f"printf %s {shlex.quote(f'data:{url.attachment.media_type};base64,')}")
        pieces.append(f"base64 < {name} | tr -d '\\n'")
        pieces.append(f"printf %s {shlex.quote(text)}")
    steps = ";\n  ".join(pieces)
    return (
        f"{{ {steps}; }} |\n"
        f"  curl -sS {shlex.quote(address + '/v1/chat/completions')} \\\n"
        '    -H "Authorization: Bearer ${OPENAI_API_KEY:-none}" -H "Content-Type: application/json" \\\n'
        "    --data-binary @-"
    )


def _requests(address: str, body: dict[str, Any]) -> str:
    return (
        f"{_start('requests')}\n"
        f"body = {_literal(body)}\n"
        f"reply = requests.post(\n    {address + '/v1/chat/completions'!r},\n"
        '    headers={"Authorization": "Bearer " + os.environ.get("OPENAI_API_KEY", "none")},\n'
        "    json=body,\n    timeout=180,\n)\n"
        "reply.raise_for_status()\n"
        'print(reply.json()["choices"][0]["message"]["content"])'
    )


def _openai(address: str, body: dict[str, Any]) -> str:
    fields = "".join(indent(f"{name}={_literal(value)},\n", "    ") for name, value in body.items())
    return (
        f"{_start('openai')}\n"
        f"client = openai.OpenAI(base_url={address + '/v1'!r}, "
        'api_key=os.environ.get("OPENAI_API_KEY", "none"))\n'
        f"reply = client.chat.completions.create(\n{fields})\n"
        "print(reply.choices[0].message.content)"
    )


def _start(library: str) -> str:
    return f"import base64\nimport os\nfrom pathlib import Path\n\nimport {library}\n\n\n{_DATA_URL}\n"


def _literal(value: Any) -> str:
    return pformat(value, width=_CODE_WIDTH, sort_dicts=False)
