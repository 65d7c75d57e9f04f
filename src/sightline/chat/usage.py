"""What a request costs in tokens, by OpenAI's arithmetic: the figures that clients were written for."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sightline.chat.tokens import Table, count_tokens
from sightline.types import Calling, GenerationRequest, Message, PromptWork, TextPart

REPLY_TOKENS = 3
MESSAGE_TOKENS = 3
ROLE_TOKENS = 1
NAME_TOKENS = 1


def prompt_text_tokens(messages: Sequence[Message], table: Table) -> int:
    """Count the prompt without its pictures.

    3 for the reply to come, and for each message 3, its role (1), its text parts, and 1 plus its name.

    Source: usage of published requests; 7 tokens surround a single user message.
    """
    total = REPLY_TOKENS
    for message in messages:
        total += MESSAGE_TOKENS + ROLE_TOKENS
        total += sum(count_tokens(part.text, table) for part in message.parts if isinstance(part, TextPart))
        if message.name:
            total += NAME_TOKENS + count_tokens(message.name, table)
    return total


def tool_tokens(calling: Calling | None, table: Table) -> int:
    """Count the functions that may be called, as JSON. OpenAI does not publish its own count of them."""
    if calling is None:
        return 0
    spelled = (json.dumps([tool.name, tool.description, tool.parameters]) for tool in calling.tools)
    return sum(count_tokens(text, table) for text in spelled)


def request_text_tokens(request: GenerationRequest, table: Table) -> int:
    """Count everything of a request but its pictures."""
    return prompt_text_tokens(request.messages, table) + tool_tokens(request.calling, table)


def cached_tokens(prompt_tokens: int, work: PromptWork | None) -> int:
    """Of a prompt, by OpenAI's count, what was not computed again: as large a share as of the engine's own tokens."""
    if work is None or work.n_tokens < 1:
        return 0
    return prompt_tokens * work.n_reused // work.n_tokens


def completion_tokens(text: str, table: Table, max_tokens: int | None) -> int:
    """Count the answer, never above the caller's own `max_tokens`.

    The model counts by its own tokens when it stops at `max_tokens`; the same text may be a few more
    tokens in `table`, and a bill above the limit that the caller set would be wrong.
    """
    n_tokens = count_tokens(text, table)
    return n_tokens if max_tokens is None else min(n_tokens, max_tokens)
