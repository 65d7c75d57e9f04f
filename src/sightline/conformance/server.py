"""The server that is judged, as the checks see it: ask it, and remember what it said about which picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sightline.conformance.client import Client, Reply
from sightline.conformance.pictures import Picture

COMPLETIONS = "/chat/completions"
ANSWER_TOKENS = 48

Part = str | Picture | dict[str, Any]


class Server:
    """Asks for chat completions, greedily and shortly unless a check says otherwise.

    `reads_own_loopback` says that the server was told to fetch from loopback on purpose.
    """

    def __init__(self, client: Client, model: str, *, loopback_is_allowed: bool = False) -> None:
        self.client = client
        self.model = model
        self.loopback_is_allowed = loopback_is_allowed
        self._answers: dict[tuple[str, str], Reply] = {}

    def chat(self, *parts: Part, **more: Any) -> Reply:
        """Ask with one user message. A `Picture` is sent as an image part."""
        return self.converse([{"role": "user", "content": content(parts)}], **more)

    def converse(self, messages: Sequence[Any], **more: Any) -> Reply:
        """Ask with any messages. A field that is `None` is left out."""
        return self.client.post(COMPLETIONS, self.body(messages, **more))

    def body(self, messages: Sequence[Any], **more: Any) -> dict[str, Any]:
        """Return the request that `converse` sends."""
        body = {"model": self.model, "messages": list(messages), "temperature": 0, "max_tokens": ANSWER_TOKENS, **more}
        return {name: value for name, value in body.items() if value is not None}

    def about(self, picture: Picture | None, question: str) -> Reply:
        """Ask a question about a picture, or without one. The same question is asked once."""
        key = (picture.url if picture else "", question)
        if key not in self._answers:
            parts: list[Part] = [question] if picture is None else [question, picture]
            self._answers[key] = self.chat(*parts)
        return self._answers[key]

    def still_answers(self, timeout_s: float | None = None) -> bool:
        """Whether a plain question is answered."""
        body = self.body([{"role": "user", "content": "Hello"}], max_tokens=1)
        return self.client.post(COMPLETIONS, body, timeout_s=timeout_s).status == 200


def content(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Return parts as the wire has them."""
    return [part if isinstance(part, dict) else _wire(part) for part in parts]


def image_part(url: str, **more: Any) -> dict[str, Any]:
    """Return an image part with any URL."""
    return {"type": "image_url", "image_url": {"url": url, **more}}


def _wire(part: str | Picture) -> dict[str, Any]:
    return {"type": "text", "text": part} if isinstance(part, str) else image_part(part.url)
