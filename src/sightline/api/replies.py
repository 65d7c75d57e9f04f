"""OpenAI's spelling of an answer: the whole object, and the chunks of a stream."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from secrets import token_hex
from typing import Any

from sightline import __version__
from sightline.api.calls import PLAIN, CallForm
from sightline.api.model_names import is_classic, name_in_reply
from sightline.chat import Answer, Choice
from sightline.chat.evidence import Evidence
from sightline.reading.lines import Figure, NamedObject, Reading
from sightline.types import ChosenToken, FinishReason, PromptWork, TokenChance, Usage

LEAST_LOGPROB = -9999.0  # OpenAI's word for "next to nothing"
NOT_CLASSIC = frozenset({"refusal", "annotations", "logprobs"})
COUNTERS = ("prompt_tokens", "completion_tokens", "total_tokens")
DONE = b"data: [DONE]\n\n"
FINGERPRINT = "fp_sightline_" + __version__.replace(".", "_")


def to_json(value: Mapping[str, Any]) -> bytes:
    """Return compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def event(value: Mapping[str, Any]) -> bytes:
    """Return one server-sent event: a data line and a blank line, never an event name."""
    return b"data: " + to_json(value) + b"\n\n"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every piece of one reply shares."""

    model: str  # as the client asked for it
    with_reading: bool = False
    with_logprobs: bool = False
    calls: CallForm = PLAIN
    only_classic: bool = False  # nothing that GPT-4 with Vision of November 2023 did not say, unless asked for
    id: str = field(default_factory=lambda: "chatcmpl-" + token_hex(16))
    created: int = field(default_factory=lambda: int(time.time()))

    def completion(self, answer: Answer) -> dict[str, Any]:
        """Return the reply of a call that does not stream. `answer` is at its end."""
        return {
            **self._head("chat.completion"),
            "choices": [self._choice(choice) for choice in answer.choices],
            "usage": self._usage(answer.usage()),
            **self.receipts(answer),
        }

    def chunk(
        self,
        index: int,
        delta: Mapping[str, Any],
        finish_reason: FinishReason | None = None,
        tokens: Sequence[ChosenToken] | None = None,
        **more: object,
    ) -> dict[str, Any]:
        """Return one chunk of a stream, a piece of choice `index`, with the chances of `tokens` if they are wanted."""
        logprobs = None if tokens is None else self._logprobs(tokens)
        choice = {"index": index, "delta": self._plain(delta), "logprobs": logprobs, **self._finish(finish_reason)}
        return {**self._head("chat.completion.chunk"), "choices": [self._plain(choice)], **more}

    def usage_chunk(self, usage: Usage) -> dict[str, Any]:
        """Return the chunk without choices that ends a stream with usage."""
        return {**self._head("chat.completion.chunk"), "choices": [], "usage": self._usage(usage)}

    def receipt(self, answer: Answer, told: Sequence[Choice] | None = None) -> dict[str, Any]:
        """Return what was seen, by picture, and what was said, by value, with its confidence and boxes.

        `told` are the choices that the reply has, in its order; all of them unless they are given.
        The reading lines of a picture are there if the client asked for them, and the tokens of the engine's own
        count if it is one that tells. `cut_repetition` names the choices that were cut because they went round in a
        circle, `unsure` those that say that they are not sure, with what the model would have said.
        """
        images: list[dict[str, Any]] = [asdict(receipt) for receipt in answer.receipts]
        if self.with_reading:
            for image, reading in zip(images, answer.readings, strict=True):
                image |= sayings_out(reading)
        values = [
            {"choice": at, **evidence_out(evidence)}
            for at, choice in enumerate(answer.choices if told is None else told)
            for evidence in answer.evidence(choice)
        ]
        receipt: dict[str, Any] = {"model": answer.engine_id, "images": images, "values": values}
        if cut := [at for at, choice in enumerate(answer.choices if told is None else told) if choice.repeats]:
            receipt["cut_repetition"] = cut
        if guesses := [
            {"choice": at, "guess": choice.guess}
            for at, choice in enumerate(answer.choices if told is None else told)
            if choice.guess
        ]:
            receipt["unsure"] = guesses
        if (counted := answer.engine_tokens()) is not None:
            receipt["engine_tokens"] = asdict(counted)
        return receipt if answer.work is None else {**receipt, "prompt": prompt_out(answer.work)}

    def receipts(self, answer: Answer) -> dict[str, Any]:
        """Return the key for `receipt` in a reply; none in the classic form unless the client asked for the reading."""
        return {} if self.only_classic and not self.with_reading else {"sightline": self.receipt(answer)}

    def _choice(self, choice: Choice) -> dict[str, Any]:
        content = None if choice.calls and not choice.text else choice.text
        message: dict[str, Any] = {"role": "assistant", "content": content, "refusal": None, "annotations": []}
        message |= self.calls.in_message(choice.calls)
        logprobs = self._logprobs(choice.tokens)
        reason = self._finish(choice.finish_reason)
        return self._plain({"index": choice.index, "message": self._plain(message), "logprobs": logprobs, **reason})

    def _plain(self, keys: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what the classic form did not have and what says nothing here."""
        if not self.only_classic:
            return dict(keys)
        return {key: value for key, value in keys.items() if key not in NOT_CLASSIC or value}

    def _usage(self, usage: Usage) -> dict[str, Any]:
        counters = usage_out(usage)
        return {key: counters[key] for key in COUNTERS} if self.only_classic else counters

    def _logprobs(self, tokens: Sequence[ChosenToken]) -> dict[str, Any] | None:
        return {"content": [token_out(token) for token in tokens], "refusal": None} if self.with_logprobs else None

    def _head(self, kind: str) -> dict[str, Any]:
        head = {"id": self.id, "object": kind, "created": self.created, "model": name_in_reply(self.model)}
        return head if self.only_classic else {**head, "system_fingerprint": FINGERPRINT}

    def _finish(self, reason: FinishReason | None) -> dict[str, Any]:
        if reason is None and self.only_classic:
            return {"finish_details": None}
        if reason is None or not is_classic(self.model):
            return {"finish_reason": self.calls.reason(reason)}
        details = {"type": "max_tokens"} if reason == "length" else {"type": "stop", "stop": None}
        both = {"finish_reason": self.calls.reason(reason), "finish_details": details}
        return {"finish_details": details} if self.only_classic else both


def prompt_out(work: PromptWork) -> dict[str, int]:
    """Return how long the engine's prompt was, and how much of it had been computed before; the engine's own tokens."""
    return {"n_tokens": work.n_tokens, "n_reused": work.n_reused}


def token_out(token: ChosenToken) -> dict[str, Any]:
    """Return a token with its alternatives."""
    return {**chance_out(token), "top_logprobs": [chance_out(other) for other in token.others]}


def chance_out(token: ChosenToken | TokenChance) -> dict[str, Any]:
    """Return one token as text, as bytes and with its logarithm, which JSON cannot hold when it is infinite."""
    text = token.data.decode(errors="replace")
    return {"token": text, "logprob": max(token.logprob, LEAST_LOGPROB), "bytes": list(token.data)}


def usage_out(usage: Usage) -> dict[str, Any]:
    """Return OpenAI's usage object."""
    return {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": usage.total_tokens,
        "prompt_tokens_details": {
            "cached_tokens": usage.cached_tokens,
            "audio_tokens": 0,
            "text_tokens": usage.prompt_tokens - usage.image_tokens,
            "image_tokens": usage.image_tokens,
        },
        "completion_tokens_details": {
            "reasoning_tokens": 0,
            "audio_tokens": 0,
            "accepted_prediction_tokens": 0,
            "rejected_prediction_tokens": 0,
        },
    }


def evidence_out(evidence: Evidence) -> dict[str, Any]:
    """Return one value of an answer with its boxes in upright source pixels."""
    return {**asdict(evidence), "boxes": [[round(side, 1) for side in box] for box in evidence.boxes]}


def sayings_out(reading: Reading | None) -> dict[str, Any]:
    """Return what a picture says; null if it was not read.

    `reading` has its lines, `figures` what is drawn, `chart` the labels of a chart with their numbers, `legend` its
    names with their colours, `objects` the words for what a photo may show.
    """
    figures = None if reading is None else [figure_out(figure) for figure in reading.figures]
    chart = None if reading is None else [asdict(one) for one in reading.values]
    legend = None if reading is None else [asdict(one) for one in reading.legend]
    objects = None if reading is None else [object_out(one) for one in reading.objects]
    return {"reading": reading_out(reading), "figures": figures, "chart": chart, "legend": legend, "objects": objects}


def object_out(named: NamedObject) -> dict[str, Any]:
    """Return a word for what a photo shows, and how likely it is right."""
    return {"word": named.word, "confidence": round(named.confidence, 3)}


def figure_out(figure: Figure) -> dict[str, Any]:
    """Return a drawn figure, its box in upright source pixels; `text` has it in words."""
    box = [round(side, 1) for side in figure.box]
    return {"text": figure.text, **asdict(figure), "box": box, "at": list(figure.at)}


def reading_out(reading: Reading | None) -> list[dict[str, Any]] | None:
    """Return the lines with their boxes in upright source pixels, or null if the picture was not read."""
    if reading is None:
        return None
    return [
        {
            "text": line.text,
            "box": [round(side, 1) for side in line.box],
            "confidence": round(line.confidence, 3),
            "row": line.row,
        }
        for line in reading.lines
    ]
