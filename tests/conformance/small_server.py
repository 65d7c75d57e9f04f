"""A small vision server that keeps to the contract, and to any part of it less, by the faults it is given."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import threading
import time
import traceback
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from conformance.small_rules import Refused, check_request, fits_schema
from conformance.small_sight import Crash, Eyes, Look, NotAPicture

MODEL = "small"
CONTEXT_WORDS = 4_000
PIECE_S = 0.003


class Handler(BaseHTTPRequestHandler):
    """The wire of the server."""

    protocol_version = "HTTP/1.1"
    small: SmallServer

    def do_GET(self) -> None:
        if self.path == "/v1/models":
            name = "another" if "lists_others" in self.small.faults else MODEL
            return self.reply(200, {"object": "list", "data": [{"id": name, "object": "model"}]})
        return self.fail(404, "Invalid URL")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != "/v1/chat/completions":
            return self.reply(200, {}) if "answers_everywhere" in self.small.faults else self.fail(404, "Invalid URL")
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.small.api_key and key != self.small.api_key and "no_key_check" not in self.small.faults:
            return self.fail(401, "Incorrect API key provided")
        try:
            request = json.loads(body)
            return self.answer(request)
        except (ValueError, RecursionError):
            bad = "faults_on_bad_json" in self.small.faults
            return self.fail(500 if bad else 400, "We could not parse the JSON body of your request.")
        except Refused as refused:
            return self.fail(refused.status, refused.message, refused.param)
        except Crash:
            return self.fail(500, traceback.format_exc())

    def answer(self, request: dict[str, Any]) -> None:
        value = self.small.complete(request)
        if not request.get("stream"):
            return self.reply(200, value)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for event in self.small.events(request, value):
                self.wfile.write(event.encode())
                self.wfile.flush()
                time.sleep(PIECE_S)
        except OSError:
            self.small.upset = "upset_by_leaving" in self.small.faults
        self.close_connection = True

    def fail(self, status: int, message: str, param: str | None = None) -> None:
        if "leaks" in self.small.faults:
            message = f'{message} Traceback: File "/srv/site-packages/decode.py", <BytesIO at 0x7f00deadbeef>'
        error = {"message": message, "type": "invalid_request_error", "param": param, "code": None}
        self.reply(status, "fault!" if "plain_text_errors" in self.small.faults else {"error": error})

    def reply(self, status: int, value: object) -> None:
        data = value.encode() if isinstance(value, str) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


class SmallServer:
    """Answers with what it sees: a word it knows, else the size and colours; without a picture, the question."""

    def __init__(self, faults: frozenset[str] = frozenset(), api_key: str | None = None) -> None:
        self.faults = faults
        self.api_key = api_key
        self.eyes = Eyes(faults)
        self.upset = False
        self.billed: set[str] = set()
        self.current: Any = None
        self.web = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"small": self}))
        self.web.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.web.server_port}/v1"

    def complete(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the whole reply to a request."""
        if self.upset:
            raise Crash("never recovered")
        check_request(request, self.faults, MODEL)
        if "mixes_requests" in self.faults:
            self.current = request["messages"]
            time.sleep(0.03)
            request = {**request, "messages": self.current}
        question, looks, n_words = self.read(request["messages"])
        limit = None if "ignores_limits" in self.faults else request.get("max_tokens")
        limit = limit if limit is not None else request.get("max_completion_tokens")
        text, reason = self.say(request, question, looks)
        tokens = text.split(" ")
        if limit is not None and len(tokens) > limit and "ignores_limits" not in self.faults:
            tokens, reason = tokens[:limit], "length"
        prompt = n_words + sum(look.tokens for look in looks)
        if "cheaper_when_seen" in self.faults:
            key = json.dumps(request["messages"])
            prompt -= 5 * (key in self.billed)
            self.billed.add(key)
        n = 1 if "ignores_n" in self.faults else request.get("n") or 1
        choices = [self.choice(at, " ".join(tokens), reason, request) for at in range(n)]
        total = prompt + len(tokens) + ("wrong_usage" in self.faults)
        reply = {
            "id": f"chatcmpl-{secrets.token_hex(4)}",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": MODEL,
            "choices": choices,
            "usage": {"prompt_tokens": prompt, "completion_tokens": len(tokens), "total_tokens": total},
        }
        if "no_id" in self.faults:
            del reply["id"]
        return reply

    def choice(self, index: int, text: str, reason: str, request: dict[str, Any]) -> dict[str, Any]:
        """Return one choice."""
        choice: dict[str, Any] = {"index": index, "message": {"role": "assistant", "content": text}, "logprobs": None}
        choice["finish_reason"] = None if "no_finish_reason" in self.faults else reason
        if request.get("logprobs") and "ignores_logprobs" not in self.faults:
            tokens = [" " * bool(at) + token for at, token in enumerate(text.split(" "))]
            choice["logprobs"] = {
                "content": [{"token": token, "logprob": -0.1, "bytes": None, "top_logprobs": []} for token in tokens]
            }
        return choice

    def read(self, messages: list[dict[str, Any]]) -> tuple[str, list[Look], int]:
        """Return the last question, the pictures of all messages, and how many words they have."""
        looks: list[Look] = []
        words: list[str] = []
        question = ""
        for at, message in enumerate(messages):
            content = message["content"]
            parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
            for place, part in enumerate(parts):
                if part["type"] == "text":
                    words += part["text"].split()
                    question = part["text"] if message["role"] == "user" else question
                    continue
                used = at == len(messages) - 1 or "only_last_turn" not in self.faults
                used = used and (message["role"] == "user" or "only_user_images" not in self.faults)
                look = self.look(part, f"messages[{at}].content[{place}]") if used else None
                looks += [look] if look else []
        if len(words) > CONTEXT_WORDS:
            if "cuts_prompts" not in self.faults:
                raise Refused(f"This model's maximum context length is {CONTEXT_WORDS} tokens.")
            words = words[:CONTEXT_WORDS]
        if "only_first_image" in self.faults:
            looks = looks[:1]
        if "faults_on_markers" in self.faults and "<image>" in " ".join(words):
            raise Crash("more markers than pictures")
        return question, looks[::-1] if "reversed_images" in self.faults else looks, len(words)

    def look(self, part: dict[str, Any], param: str) -> Look | None:
        """Return what is seen of an image part, or None if it is dropped."""
        reference: Any = part.get("image_url")
        bare = isinstance(reference, str)
        if "drops_images" in self.faults or (bare and "drops_bare_strings" in self.faults):
            return None
        try:
            if part["type"] != "image_url":
                raise NotAPicture("no image")
            url = reference if bare else reference.get("url", "")
            detail = "auto" if bare else reference.get("detail") or "auto"
            if "auto_is_low" in self.faults and detail == "auto" and not bare and "detail" in reference:
                detail = "low"
            if "slow" in self.faults:
                time.sleep(0.3)
            return self.eyes.look(*self.fetch(url), detail)
        except NotAPicture as error:
            if "skips_broken_images" in self.faults:
                return None
            raise Refused(str(error), param) from None

    def fetch(self, url: str) -> tuple[bytes, str]:
        """Return the bytes behind a URL and what they are called."""
        if url.startswith("data:"):
            head, _, payload = url.partition(",")
            try:
                return base64.b64decode(payload, validate=True), head
            except binascii.Error:
                raise NotAPicture("Invalid base64") from None
        if "reads_files" in self.faults and "private.png" in url:
            return Path(url.removeprefix("file://")).read_bytes(), "image/png"
        if "fetches" in self.faults and url.startswith("http"):
            try:
                with urllib.request.urlopen(url, timeout=2) as response:
                    return response.read(), "image/png"
            except OSError:
                raise NotAPicture("unreachable") from None
        raise NotAPicture("Not a URL that this server takes")

    def say(self, request: dict[str, Any], question: str, looks: list[Look]) -> tuple[str, str]:
        """Return the answer and why it ends."""
        form = request.get("response_format") or {}
        if form and "ignores_response_format" not in self.faults:
            return fits_schema(form, "fetches" in self.faults), "stop"
        words = [look.word for look in looks if look.word] if "word" in question else []
        text = (words[0] if "first" in question else " ".join(words)) if words else ""
        if "main color" in question:
            text = " ".join(look.colour for look in looks)
        text = text or " ".join(look.description for look in looks) or question
        if "random_answers" in self.faults:
            text = f"{secrets.token_hex(4)} {text}"
        stops = request.get("stop") or []
        for stop in [stops] if isinstance(stops, str) else stops:
            if "ignores_stop" not in self.faults and stop in text:
                return text[: text.find(stop)], "stop"
        return text, "stop"

    def events(self, request: dict[str, Any], value: dict[str, Any]) -> Iterator[str]:
        """Spell a reply as events."""
        text = value["choices"][0]["message"]["content"]
        if "stream_differs" in self.faults:
            text = text.upper() + "!"
        tokens = [" " * bool(at) + token for at, token in enumerate(text.split(" "))]
        pieces = [text] if "one_piece" in self.faults else tokens
        role = {"role": "assistant"}
        deltas = [{**role, "content": ""}, *({"content": piece} for piece in pieces)]
        if "role_in_every_chunk" in self.faults:
            deltas = [{**delta, **role} for delta in deltas]
        head = {key: value.get(key) for key in ("id", "created", "model")} | {"object": "chat.completion.chunk"}
        for delta in deltas:
            yield self.event({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
        reason = value["choices"][0]["finish_reason"]
        yield self.event({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
        options = request.get("stream_options") or {}
        if options.get("include_usage") and "no_stream_usage" not in self.faults:
            yield self.event({**head, "choices": [], "usage": value["usage"]})
        yield "data: [DONE]\n\n"

    def event(self, value: dict[str, Any]) -> str:
        """Return one event."""
        if "new_id_each_chunk" in self.faults:
            value = {**value, "id": secrets.token_hex(4)}
        name = "event: chunk\n" if "event_names" in self.faults else ""
        return f"{name}data: {json.dumps(value)}\n\n"


@contextmanager
def serving_small(*faults: str, api_key: str | None = None) -> Iterator[SmallServer]:
    """Serve in a thread until the block ends."""
    server = SmallServer(frozenset(faults), api_key)
    threading.Thread(target=server.web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.web.shutdown()
        server.web.server_close()
