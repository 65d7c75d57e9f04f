"""llama.cpp itself, as the wheel `xllamacpp` has it: a model in this process, and a door of its own for counting.

The wheel opens an HTTP port on loopback whether one wants it or not. It gets a key that nobody else knows.
"""

from __future__ import annotations

import http.client
import json
import secrets
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sightline.errors import ConfigError

COUNT, PROPERTIES = "/v1/chat/completions/input_tokens", "/props"
COUNT_TIMEOUT_S = 60.0
QUIET = -1
NOT_INSTALLED = "GGUF models need llama.cpp, which is not installed; pip install 'sightline[gguf]'"

Body = Mapping[str, Any]


class Refused(Exception):
    """llama.cpp did not take a request. `kind` is its own word for why; empty if it raised something."""

    def __init__(self, kind: str, n_prompt_tokens: int = 0) -> None:
        super().__init__(kind)
        self.kind = kind
        self.n_prompt_tokens = n_prompt_tokens


class Llama:
    """A model and its projector, loaded. Requests take turns.

    `knows_calls`: the model's chat template writes calls of functions and their ids.
    """

    def __init__(self, model: Path, projector: Path, *, context_tokens: int, n_threads: int) -> None:
        """Load both files.

        Raises:
            ConfigError: If the wheel is not installed, or llama.cpp cannot load them.
        """
        self._key = secrets.token_hex(32)
        try:
            wheel: Any = import_module("xllamacpp")
        except ImportError:
            raise ConfigError(NOT_INSTALLED) from None
        params = wheel.CommonParams()
        params.model.path, params.mmproj.path = str(model), str(projector)
        params.n_ctx, params.n_parallel, params.fit_params = context_tokens, 1, False
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = n_threads
        params.api_keys, params.offline, params.ui, params.endpoint_slots = [self._key], True, False, False
        params.verbosity, params.cache_ram_mib, params.use_jinja = QUIET, 0, True
        params.enable_reasoning = 0  # whatever the model writes is its answer; nothing is hidden from the caller
        params.reasoning_format = wheel.common_reasoning_format.COMMON_REASONING_FORMAT_NONE
        try:
            self._server: Any = wheel.Server(params)
        except RuntimeError:
            raise ConfigError(f"llama.cpp cannot load {model} with {projector}: not of one model, or too new") from None
        self.knows_calls = self._writes_calls()

    def answer(self, body: Body, on_chunk: Callable[[dict[str, Any]], bool]) -> None:
        """Give `on_chunk` each piece of the answer; it returns whether to stop. Blocks.

        Raises:
            Refused: If llama.cpp does not take the request.
        """
        refusals: list[dict[str, Any]] = []

        def take(chunk: dict[str, Any]) -> bool:
            if "error" in chunk:
                refusals.append(chunk)
                return True
            return on_chunk(chunk)

        try:
            self._server.handle_chat_completions(dict(body), take)
        except (RuntimeError, ValueError):
            raise Refused("") from None
        if refusals:
            raise refused(refusals[0])

    def count(self, body: Body) -> int:
        """Return the tokens of a prompt, image tokens included. Blocks.

        Raises:
            Refused: If llama.cpp does not take the request.
        """
        reply = self._ask("POST", COUNT, json.dumps(body))
        if "input_tokens" not in reply:
            raise refused(reply)
        return int(reply["input_tokens"])

    def _writes_calls(self) -> bool:
        try:
            can = self._ask("GET", PROPERTIES).get("chat_template_caps") or {}
        except Refused:
            return False
        return can.get("supports_tool_calls") is True

    def _ask(self, method: str, path: str, body: str | None = None) -> dict[str, Any]:
        address = urlsplit(self._server.listening_address)
        door = http.client.HTTPConnection(address.hostname or "", address.port, timeout=COUNT_TIMEOUT_S)
        try:
            headers = {"authorization": f"Bearer {self._key}", "content-type": "application/json"}
            door.request(method, path, body, headers)
            reply = json.loads(door.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError):
            raise Refused("server_error") from None
        finally:
            door.close()
        if not isinstance(reply, dict):
            raise Refused("server_error")
        return reply

    def close(self) -> None:
        """Free the model."""
        self._server = None


def refused(reply: Mapping[str, Any]) -> Refused:
    """Return llama.cpp's error as an exception; its words stay here."""
    error = reply.get("error") or {}
    return Refused(str(error.get("type", "")), int(error.get("n_prompt_tokens", 0)))
