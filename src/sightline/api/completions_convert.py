"""From the older completions to what the rest of Sightline speaks: one user message, its pictures first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from sightline.api.completions_wire import CompletionRequestIn
from sightline.api.convert import OPTIONS_WITHOUT_STREAM, ChatCall, bias_of, check_prompt_length
from sightline.api.model_names import CLASSIC_NAMES
from sightline.api.refusals import NO_MODEL, refuse, unsupported_parameter, unsupported_value
from sightline.chat.instructions import DEFAULT_INSTRUCTION
from sightline.errors import InvalidRequest
from sightline.types import ContentPart, GenerationRequest, ImagePart, Message, Sampling, TextPart

DEFAULT_MODEL = CLASSIC_NAMES[0]  # the guide's form names none
DEFAULT_MAX_TOKENS = 16  # OpenAI's, for text alone
TWO_MODELS = "Cannot specify both model and engine"
ONE_TEXT = " Send one request for each."
MORE_THAN_DRAWN = (
    "You requested that the server return more choices than it will generate: 'n' (currently {n}) must be at most "
    "'best_of' (currently {best_of})."
)
STREAMED_BEST = " With 'stream', 'best_of' must be equal to 'n': which answers are best is known at their end."
ECHOED_CHANCES = " With 'echo' the prompt's own would be wanted, which are not computed."


@dataclass(frozen=True, slots=True)
class CompletionCall:
    """A call, and how its answers are told.

    `echoed`: the text that each begins with, the prompt if the caller wants it back. `n_told`: how many of the
    answers are told, the likeliest ones.
    """

    chat: ChatCall
    echoed: str = ""
    n_told: int = 1
    with_logprobs: bool = False


def to_completion_call(body: Mapping[str, Any], engine: str | None = None) -> CompletionCall:
    """Read a request body; `engine` is the model that the path names.

    Raises:
        InvalidRequest: With OpenAI's text, code and path for the first thing that is wrong.
    """
    try:
        wire = CompletionRequestIn.model_validate(body)
    except ValidationError as error:
        raise refuse(error, body) from None
    _refuse_unsupported(wire)
    text = _prompt(wire)
    pictures = tuple(_pictures(wire))
    message = Message("user", (*_labelled(pictures), TextPart(text)))
    check_prompt_length((message,), param="prompt")
    n_told = wire.n or 1
    n_choices = _n_drawn(wire, n_told)
    sampling = _sampling(wire, has_pictures=bool(pictures), needs_chances=n_choices > n_told)
    request = GenerationRequest(_model(wire.model, engine), (message,), sampling, n_choices=n_choices)
    options = wire.stream_options
    call = ChatCall(request, bool(wire.stream), bool(options and options.include_usage))
    return CompletionCall(call, text if wire.echo else "", n_told, with_logprobs=wire.logprobs is not None)


def _n_drawn(wire: CompletionRequestIn, n_told: int) -> int:
    """Return how many answers are drawn, of which the `n_told` likeliest are told."""
    if wire.best_of is None:
        return n_told
    if wire.best_of < n_told:
        raise InvalidRequest(MORE_THAN_DRAWN.format(n=n_told, best_of=wire.best_of), param="best_of")
    if wire.stream and wire.best_of > n_told:
        raise unsupported_value("best_of", str(wire.best_of), STREAMED_BEST)
    return wire.best_of


def _refuse_unsupported(wire: CompletionRequestIn) -> None:
    if wire.suffix:
        raise unsupported_parameter("suffix")
    if wire.echo and wire.logprobs is not None:
        raise unsupported_value("logprobs", str(wire.logprobs), ECHOED_CHANCES)
    if isinstance(wire.prompt, list) and len(wire.prompt) > 1:
        raise unsupported_value("prompt", f"{len(wire.prompt)} texts", ONE_TEXT)
    if wire.stream_options is not None and not wire.stream:
        raise InvalidRequest(OPTIONS_WITHOUT_STREAM, param="stream_options")


def _model(named: str | None, engine: str | None) -> str:
    if named == "":
        raise InvalidRequest(NO_MODEL)
    if named is not None and engine is not None and named != engine:
        raise InvalidRequest(TWO_MODELS, param="model")
    return engine or named or DEFAULT_MODEL


def _prompt(wire: CompletionRequestIn) -> str:
    """Return the text: without one a picture is described, as the guide's form did."""
    given = wire.prompt[0] if isinstance(wire.prompt, list) else wire.prompt
    return given if given is not None else DEFAULT_INSTRUCTION


def _pictures(wire: CompletionRequestIn) -> Iterator[ImagePart]:
    """Yield every URL, then every base64 text: the order in which a prompt calls them image1, image2, ..."""
    detail = wire.detail or "auto"
    for param, url in _named("img_url", wire.img_url):
        yield ImagePart(url, detail, param)
    for param, text in _named("img_b64", wire.img_b64):
        is_url = text[:5].lower() == "data:"
        yield ImagePart(text if is_url else f"data:image/png;base64,{text}", detail, param)


def _named(name: str, values: str | list[str] | None) -> Iterator[tuple[str, str]]:
    if isinstance(values, str):
        yield name, values
    for at, value in enumerate(values if isinstance(values, list) else ()):
        yield f"{name}[{at}]", value


def _labelled(pictures: tuple[ImagePart, ...]) -> Iterator[ContentPart]:
    """Yield the pictures, each behind its name where there are several."""
    for number, picture in enumerate(pictures, start=1):
        if len(pictures) > 1:
            yield TextPart(f"image{number}:")
        yield picture


def _sampling(wire: CompletionRequestIn, *, has_pictures: bool, needs_chances: bool) -> Sampling:
    """Return the sampling; `needs_chances` where answers are compared, told or not."""
    stop = (wire.stop,) if isinstance(wire.stop, str) else tuple(wire.stop or ())
    return Sampling(
        max_tokens=wire.max_tokens or (None if has_pictures else DEFAULT_MAX_TOKENS),
        temperature=wire.temperature,
        top_p=1.0 if wire.top_p is None else wire.top_p,
        presence_penalty=wire.presence_penalty or 0.0,
        frequency_penalty=wire.frequency_penalty or 0.0,
        seed=wire.seed,
        stop=tuple(text for text in stop if text),
        top_logprobs=0 if wire.logprobs is None and needs_chances else wire.logprobs,
        logit_bias=bias_of(wire.logit_bias),
    )
