"""One answer on its way: its own sampler, grammar and limits; what is computed for it is computed beside others'."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sightline.engines.native.bounded import Floats
from sightline.engines.native.calling import CallReader
from sightline.engines.native.chances import Chances
from sightline.engines.native.characters import Characters
from sightline.engines.native.copying import CopyGuide
from sightline.engines.native.grammar import Grammar
from sightline.engines.native.prefill import Prefill
from sightline.engines.native.quote import Quote
from sightline.engines.native.sampler import Sampler
from sightline.engines.native.slots import Cache, Slots
from sightline.model.tokenizer import TextTokenizer
from sightline.types import ChosenToken, Delta, FinishReason, PromptWork

STUCK_TOKENS, STUCK_PERIOD, STUCK_TIMES = 32, 64, 8


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is known of an answer before anything is computed for it."""

    n_prompt: int
    limit: int  # tokens of the answer, at most
    prefill: Callable[[Cache], Prefill]  # the prompt, to be computed into a row's cache; or what choices share
    sampler: Sampler
    guide: CopyGuide | None  # keeps to the lines that it copies
    grammar: Grammar | None
    characters: Characters  # without a grammar, which knows of bytes itself
    chances: Chances | None
    reader: CallReader | None
    quote: Quote | None
    tokenizer: TextTokenizer
    end_token_id: int


class Mailbox:
    """Carries the pieces of an answer from the thread that computes to the event loop of who asked."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._pieces: asyncio.Queue[Delta | Exception] = asyncio.Queue()
        self._unsent: list[Delta | Exception] = []
        self.is_left = False  # nobody reads any more

    def put(self, piece: Delta | Exception) -> None:
        """Add a piece, or what went wrong, to what `send` sends."""
        self._unsent.append(piece)

    @staticmethod
    def send(mailboxes: Sequence[Mailbox]) -> None:
        """Send all that was put into these, in one go for each event loop: to wake one takes longer than to write."""
        for loop in {mailbox._loop for mailbox in mailboxes if mailbox._unsent}:
            full = [mailbox for mailbox in mailboxes if mailbox._loop is loop and mailbox._unsent]
            letters = [(mailbox._pieces, piece) for mailbox in full for piece in mailbox._unsent]
            for mailbox in full:
                mailbox._unsent = []
            try:
                loop.call_soon_threadsafe(_arrive, letters)
            except RuntimeError:  # the event loop is closed
                for mailbox in full:
                    mailbox.is_left = True

    async def get(self) -> Delta:
        """Return the next piece; raise what went wrong."""
        piece = await self._pieces.get()
        if isinstance(piece, Exception):
            raise piece
        return piece


def _arrive(letters: Sequence[tuple[asyncio.Queue[Delta | Exception], Delta | Exception]]) -> None:
    for pieces, piece in letters:
        pieces.put_nowait(piece)


@dataclass(slots=True, eq=False)
class Row:
    """Goes through `start`, `read` until nothing is left to read, and `choose` after each computed step."""

    make_plan: Callable[[], Plan]
    mailbox: Mailbox
    is_over: bool = False
    logits: Floats | None = None
    cache: Cache = field(init=False)
    n_passed: int = 0  # how often others' prompts went before this one's
    _plan: Plan | None = None
    _prefill: Prefill | None = None
    _work: PromptWork | None = None
    _ids: list[int] = field(default_factory=list)
    _within: int = 0  # the state of `Characters`: 0 between two of them
    _n_shown: int = 0  # tokens whose text was sent
    _has_text: bool = False

    @property
    def n_left(self) -> int:
        """Tokens of the prompt that are still to be read."""
        return 0 if self._prefill is None else self._prefill.n_left

    def start(self, slots: Slots) -> bool:
        """Take a row of `slots`, or return False if there is none with enough room now.

        Raises:
            InvalidRequest: What is wrong with the request; `ContextTooLong` among it.
        """
        if self._plan is None:
            self._plan = self.make_plan()
        cache = slots.take(self._plan.n_prompt + self._plan.limit)
        if cache is None:
            return False
        self.cache = cache
        try:
            self._prefill = self._plan.prefill(cache)
        except Exception:
            slots.give_back(cache)
            raise
        return True

    def read(self, n_tokens: int) -> int:
        """Compute about `n_tokens` of the prompt; return what it took. Choices of a request go on from copies."""
        prefill = self._prefill
        if prefill is None:
            return 0
        n_computed = prefill.piece(n_tokens) if prefill.logits is None else 0
        if prefill.logits is not None:
            if prefill.cache is not self.cache:
                self.cache.begin_as(prefill.cache)
            self.logits, self._work, self._prefill = prefill.logits, prefill.work, None
        return n_computed

    def choose(self) -> int | None:
        """Choose a token, send what can be shown of it; `None` if the answer ends with it."""
        plan, logits = self._plan, self.logits
        if plan is None or logits is None:
            return None
        if plan.quote is not None and self._ids:
            logits[plan.quote.token] = -np.inf  # it is a whole answer or nothing of one
        if plan.grammar is None:
            logits[~plan.characters.can_come[self._within]] = -np.inf
        guided = logits if plan.guide is None else plan.guide.guided(logits)
        token = plan.sampler.choose(guided, None if plan.grammar is None else plan.grammar.allowed())
        if token == plan.end_token_id:
            self._send(plan, "stop", ())
            return None
        if plan.quote is not None and token == plan.quote.token:
            self._quote(plan, plan.quote, logits)
            return None
        chosen = () if plan.chances is None else (plan.chances.chosen(logits, token, is_first=not self._ids),)
        self._ids.append(token)
        self._within = plan.characters.step(token, self._within)
        if plan.guide is not None:
            plan.guide.accept(token)
        if plan.grammar is not None:
            plan.grammar.accept(token)
        repeats = is_stuck(self._ids)
        reason = "length" if repeats else self._reason(plan)
        self._send(plan, reason, chosen, 1, repeats=repeats)
        return None if reason else token

    def _quote(self, plan: Plan, quote: Quote, logits: Floats) -> None:
        """Answer with all that was read, or with as much of it as there is room for. Nothing is computed for it."""
        pieces = quote.pieces(plan.limit)
        chances = () if plan.chances is None else plan.chances.quoted(logits, quote, quote.ids[: plan.limit])
        for place, piece in enumerate(pieces):
            first = len(self._ids)
            self._ids += piece
            is_last = place == len(pieces) - 1
            reason: FinishReason = "stop" if len(quote.ids) <= plan.limit else "length"
            self._send(plan, reason if is_last else None, chances[first : len(self._ids)], len(piece))

    def _reason(self, plan: Plan) -> FinishReason | None:
        if plan.grammar is not None and plan.grammar.is_complete:
            return "stop"
        return "length" if len(self._ids) >= plan.limit else None

    def fail(self, fault: Exception) -> None:
        """End with what went wrong."""
        self.is_over = True
        self.mailbox.put(fault)
        Mailbox.send([self.mailbox])

    def _send(
        self,
        plan: Plan,
        reason: FinishReason | None,
        tokens: tuple[ChosenToken, ...],
        n_tokens: int = 0,
        *,
        repeats: bool = False,
    ) -> None:
        self.is_over = reason is not None
        delta = replace(self._delta(plan, reason, tokens, n_tokens), repeats=repeats)
        self.mailbox.put(delta if self._work is None else replace(delta, work=self._work))
        self._work = None

    def _delta(self, plan: Plan, reason: FinishReason | None, tokens: tuple[ChosenToken, ...], n_tokens: int) -> Delta:
        text = plan.tokenizer.decode(self._ids[self._n_shown :])
        if reason is None and text.endswith("\ufffd"):  # a character whose last bytes are still to come
            return Delta(n_tokens=n_tokens, tokens=tokens)
        self._n_shown = len(self._ids)
        if not self._has_text:
            self._has_text, text = bool(text), text.removeprefix(" ")
        if plan.reader is None:
            return Delta(text, n_tokens, reason, tokens=tokens)
        ended: FinishReason | None = "tool_calls" if reason == "stop" else reason
        return Delta("", n_tokens, ended, call=plan.reader.push(text))


def is_stuck(ids: Sequence[int]) -> bool:
    """Whether the end repeats a piece of at most `STUCK_PERIOD` tokens, again and again: nothing else would come.

    A short piece has filled `STUCK_TOKENS` by then, a long one was said `STUCK_TIMES`: a receipt may well have six
    equal lines. A small model falls into such loops. The answer is then cut, and says so with finish_reason `length`.
    """
    for period in range(1, STUCK_PERIOD + 1):
        length = max(STUCK_TOKENS, STUCK_TIMES * period)
        if len(ids) < length:
            return False
        if ids[-1] == ids[-1 - period] and (tail := ids[-length:])[period:] == tail[:-period]:
            return True
    return False
