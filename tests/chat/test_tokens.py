"""Token tables and the arithmetic of usage."""

from __future__ import annotations

import base64
from hashlib import sha256

import pytest

from sightline.chat.tokens import Table, count_tokens, table_for, tokens_by_rank
from sightline.chat.usage import completion_tokens, prompt_text_tokens
from sightline.types import Message, TextPart

# The hashes that OpenAI's tiktoken checks its downloads against (tiktoken_ext/openai_public.py).
PUBLISHED_SHA256: dict[Table, str] = {
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
}


@pytest.mark.parametrize("table", PUBLISHED_SHA256)
def test_the_packed_table_unpacks_to_the_published_file(table: Table) -> None:
    lines = (base64.b64encode(token) + b" %d\n" % rank for rank, token in enumerate(tokens_by_rank(table)))
    assert sha256(b"".join(lines)).hexdigest() == PUBLISHED_SHA256[table]


@pytest.mark.parametrize(
    ("text", "n_tokens"), [("Hello!", 2), ("What’s in this image?", 6), ("", 0), ("<|endoftext|>", 7)]
)
def test_cl100k_counts_are_those_of_published_usage(text: str, n_tokens: int) -> None:
    assert count_tokens(text, "cl100k_base") == n_tokens


@pytest.mark.parametrize(
    ("model", "table"),
    [
        ("gpt-4-vision-preview", "cl100k_base"),
        ("gpt-4-turbo", "cl100k_base"),
        ("sightline-mini", "cl100k_base"),
        ("gpt-4o", "o200k_base"),
        ("gpt-4o-mini", "o200k_base"),
        ("gpt-4.1", "o200k_base"),
    ],
)
def test_each_model_family_counts_by_its_own_table(model: str, table: str) -> None:
    assert table_for(model) == table


def test_a_prompt_costs_what_openai_reports_for_its_own_examples() -> None:
    hello = Message("user", (TextPart("Hello!"),))
    system = Message("system", (TextPart("You are a helpful assistant."),))
    assert prompt_text_tokens((hello,), "cl100k_base") == 9
    assert prompt_text_tokens((system, hello), "cl100k_base") == 19


def test_a_name_costs_itself_and_one_more() -> None:
    plain = Message("user", (TextPart("Hello!"),))
    named = Message("user", (TextPart("Hello!"),), name="cat")
    assert prompt_text_tokens((named,), "cl100k_base") - prompt_text_tokens((plain,), "cl100k_base") == 2


def test_the_bill_is_never_above_the_callers_own_limit() -> None:
    text = "Antidisestablishmentarianism everywhere"
    assert completion_tokens(text, "cl100k_base", 2) == 2
    assert completion_tokens(text, "cl100k_base", None) > 2
