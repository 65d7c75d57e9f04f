"""How far the model's own probabilities can be believed, fitted on scenes kept for test."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sightline.chat.evidence import value_logprobs
from sightline.chat.values import values_of
from sightline.engines.base import EngineMessage, EngineRequest, SeenImage
from sightline.engines.native.engine import NativeEngine
from sightline.model.calibration import LEAST, Calibration
from sightline.model.checkpoint import CALIBRATION, write_manifest
from sightline.scenes.scene import Scene, Turn
from sightline.scoring import expected_calibration_error
from sightline.training.data import as_served, served_reading
from sightline.training.logistic import fit_logistic
from sightline.training.stream import StreamConfig, draw_scene
from sightline.types import ChosenToken, Sampling, TextPart

MAX_TOKENS = 120  # longer answers are transcriptions and descriptions: no single probability is theirs
TURNS_A_SCENE = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """Values of answers: the model's log-probability of each, and 1.0 where it was right."""

    logprobs: NDArray[np.float64]
    right: NDArray[np.float64]


def calibrate(folder: Path, stream: StreamConfig, n_scenes: int, unsure_below: float | None = None) -> str:
    """Fit on half of what the model in `folder` answers, write its calibration; return what the other half says.

    `unsure_below` is written with it: see `Calibration`. While it is fitted all answers stand.
    """
    judged = asyncio.run(_judge(NativeEngine.load(folder, "calibration"), stream, n_scenes))
    taught, kept = _every_other(judged, 0), _every_other(judged, 1)
    found = fit(taught)
    (folder / CALIBRATION).write_text(replace(found, unsure_below=unsure_below).to_json(), "utf-8")
    write_manifest(folder)
    before, after = (_error(kept, one) for one in (Calibration(1.0, 0.0), found))
    return (
        f"slope {found.slope:.3f}, intercept {found.intercept:.3f}, from {len(taught.right)} values; "
        f"on {len(kept.right)} others, {100 * kept.right.mean():.1f} % right: "
        f"calibration error {before:.3f} before, {after:.3f} after"
    )


def fit(judged: Judged) -> Calibration:
    """Platt's two numbers."""
    own = np.clip(np.exp(judged.logprobs), LEAST, 1 - LEAST)
    features = np.stack([np.log(own / (1 - own)), np.ones_like(own)], 1)
    weights = fit_logistic(features, judged.right, np.array([1.0, 0.0]))
    return Calibration(max(1e-2, float(weights[0])), float(weights[1]))


def _every_other(judged: Judged, first: int) -> Judged:
    return Judged(judged.logprobs[first::2], judged.right[first::2])


def _error(judged: Judged, calibration: Calibration) -> float:
    return expected_calibration_error([calibration.apply(p) for p in judged.logprobs], judged.right.tolist())


async def _judge(engine: NativeEngine, stream: StreamConfig, n_scenes: int) -> Judged:
    pairs: list[tuple[float, bool]] = []
    try:
        for index in range(n_scenes):
            scene, _ = draw_scene(stream, index)
            turns = [turn for turn in scene.turns if len(turn.answer) < MAX_TOKENS and turn.kind != "caption"]
            for turn in turns[:TURNS_A_SCENE] if scene.pixels.size else ():
                pairs += _compare(turn, *await _answer(engine, scene, turn))
    finally:
        await engine.close()
    return Judged(np.array([pair[0] for pair in pairs]), np.array([float(pair[1]) for pair in pairs]))


async def _answer(engine: NativeEngine, scene: Scene, turn: Turn) -> tuple[str, list[ChosenToken]]:
    message = EngineMessage("user", (TextPart(turn.question), SeenImage(as_served(scene), served_reading(scene))))
    sampling = Sampling(max_tokens=MAX_TOKENS, temperature=0.0, top_logprobs=0)
    deltas = [delta async for delta in engine.stream(EngineRequest((message,), sampling))]
    return "".join(delta.text for delta in deltas), [token for delta in deltas for token in delta.tokens]


def _compare(turn: Turn, answer: str, tokens: Sequence[ChosenToken]) -> list[tuple[float, bool]]:
    wanted = {value.path: _plain(value.text) for value in values_of(turn.answer)}
    return [
        (logprob, wanted.get(value.path) == _plain(value.text))
        for value, logprob in value_logprobs(answer, tokens)
        if logprob is not None
    ]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
