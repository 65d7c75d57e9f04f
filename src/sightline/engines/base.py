"""The seam between the one use case and whatever answers: the bundled model, a bigger one, an echo."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from sightline.images.picture import PreparedImage
from sightline.model.calibration import Calibration
from sightline.reading.lines import Reading
from sightline.types import Calling, Delta, Role, Sampling, TextPart

State = Literal["loaded", "loading", "unloaded", "elsewhere"]  # where a model's weights are


@dataclass(frozen=True, slots=True)
class SeenImage:
    """A picture as an engine gets it: final pixels, and its text if the engine asked for it."""

    image: PreparedImage
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class EngineMessage:
    """One turn, its pictures prepared."""

    role: Role
    parts: tuple[TextPart | SeenImage, ...]
    name: str | None = None
    call_id: str | None = None  # of a `tool` turn: the call that it answers


class Shared:
    """Where an engine may keep what the choices of one request have in common. It lives as long as they do."""

    __slots__ = ("prefill",)

    def __init__(self) -> None:
        self.prefill: object = None


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """All that an engine needs to answer once.

    A caller who wants several answers asks once for each, with another `choice` and the same `shared`.
    """

    messages: tuple[EngineMessage, ...]
    sampling: Sampling = field(default_factory=Sampling)
    json_schema: Mapping[str, Any] | None = None
    calling: Calling | None = None
    choice: int = 0  # with a seed, each choice has its own draws
    shared: Shared | None = field(default=None, compare=False)
    owner: str = "local"  # nothing that is kept of one owner's request may show in another's

    @property
    def images(self) -> tuple[SeenImage, ...]:
        """The pictures of all turns, in order."""
        return tuple(part for message in self.messages for part in message.parts if isinstance(part, SeenImage))


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a prepared picture reaches the model: its encoder's pixels, and how many of the lines and figures."""

    width: int
    height: int
    n_lines: int
    n_figures: int = 0


class Engine(Protocol):
    """Something that answers. It never touches the network or the disk for a picture."""

    @property
    def model_id(self) -> str:
        """The name that clients use."""

    @property
    def context_tokens(self) -> int:
        """Prompt and completion together may not be longer."""

    @property
    def wants_reading(self) -> bool:
        """Whether `SeenImage.reading` should be filled."""

    @property
    def calibration(self) -> Calibration | None:
        """How its probabilities become confidence; None if it has none to tell."""

    @property
    def state(self) -> State:
        """Where its weights are now. Those that are unloaded are loaded by a question, not by asking for this."""

    @property
    def n_bytes(self) -> int | None:
        """About how much memory of this machine it takes once it is loaded; None if that is not known."""

    def count_prompt_tokens(self, request: EngineRequest) -> int:
        """Tokens of the prompt by the model's own tokenizer, image tokens included."""

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        """For each picture of the request, in order, what the model gets of it."""

    def stream(self, request: EngineRequest) -> AsyncIterator[Delta]:
        """Yield the answer piece by piece; the last delta has a `finish_reason`.

        Closing the iterator stops the work within one decode step.

        Raises:
            ContextTooLong: Before the first delta, if the prompt leaves no room to answer.
            EngineFault: If the model fails.
        """

    async def close(self) -> None:
        """Free what the engine holds."""
