"""All that was read, as an answer: the model points at it with one token, and it is given as it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.engines.base import EngineRequest
from sightline.model import tokenizer as tk
from sightline.model.tokenizer import TextTokenizer

TOKENS_A_PIECE = 16  # of a streamed quotation


@dataclass(frozen=True, slots=True)
class Quote:
    """The token that points at the reading, and the tokens of the reading as an answer."""

    token: int
    ids: tuple[int, ...]

    def pieces(self, most: int) -> list[tuple[int, ...]]:
        """The first `most` tokens, a few at a time."""
        ids = self.ids[:most]
        return [ids[start : start + TOKENS_A_PIECE] for start in range(0, len(ids), TOKENS_A_PIECE)]


def quote_of(request: EngineRequest, tokenizer: TextTokenizer) -> Quote | None:
    """What the model may point at: the rows of every picture, an empty line between pictures.

    None where nothing was read, and where something else rules the answer token by token: a schema, a function to
    call, a bias or a penalty.
    """
    sampling = request.sampling
    if sampling.logit_bias or sampling.frequency_penalty or sampling.presence_penalty:
        return None
    if request.json_schema is not None or (request.calling is not None and request.calling.must):
        return None
    return quote(["\n".join(part.reading.rows) for part in request.images if part.reading], tokenizer)


def quote(texts: Sequence[str], tokenizer: TextTokenizer) -> Quote | None:
    """The quotation of these texts; None if there is nothing in them."""
    said = "\n\n".join(text for text in texts if text.strip())
    return Quote(tokenizer.special(tk.READING), tuple(tokenizer.encode(f" {said}"))) if said else None
