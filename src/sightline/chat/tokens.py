"""OpenAI's token tables, from files in this package: used to count, never to prompt a model."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import tiktoken

Table = Literal["cl100k_base", "o200k_base"]

O200K_FAMILIES = ("gpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "o1", "o3", "o4")
N_TOKENS: dict[Table, int] = {"cl100k_base": 100_256, "o200k_base": 199_998}
PIECES: dict[Table, str] = {
    "cl100k_base": (
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
        r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
    ),
    "o200k_base": (
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    ),
}


def table_for(model: str) -> Table:
    """Name the table that a client who asked for `model` expects its counts by.

    Our own models and the gpt-4 class count by cl100k, gpt-4o and everything after it by o200k.
    """
    return "o200k_base" if model.startswith(O200K_FAMILIES) else "cl100k_base"


def count_tokens(text: str, table: Table) -> int:
    """Count the tokens of `text`; text that spells a special token counts as plain text."""
    return len(_encoding(table).encode_ordinary(text)) if text else 0


def tokens_by_rank(table: Table) -> Iterator[bytes]:
    """Yield the bytes of every token of `table`, rank 0 first.

    The packed file is one length byte a token, then all tokens end to end, in one xz stream.
    """
    n_tokens = N_TOKENS[table]
    packed = lzma.decompress((files("sightline.chat") / "tables" / f"{table}.xz").read_bytes())
    start = n_tokens
    for length in packed[:n_tokens]:
        yield packed[start : start + length]
        start += length


@lru_cache(maxsize=2)
def _encoding(table: Table) -> tiktoken.Encoding:
    ranks = {token: rank for rank, token in enumerate(tokens_by_rank(table))}
    return tiktoken.Encoding(table, pat_str=PIECES[table], mergeable_ranks=ranks, special_tokens={})
