"""Which questions are asked about a chart, and how often each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sightline.scenes import chart_about as about
from sightline.scenes import chart_lookups as lookups
from sightline.scenes import chart_sums as sums
from sightline.scenes.chart_data import ChartData
from sightline.scenes.chart_talk import Chart, ReadChart
from sightline.scenes.phrasing import pick
from sightline.scenes.scene import Turn

Maker = Callable[[np.random.Generator, Chart], Turn | None]
_WEIGHTS: dict[Maker, float] = {
    lookups.value: 0.45, lookups.by_colour: 0.07, lookups.which: 0.09,
    lookups.extreme: 0.12, lookups.extreme_value: 0.05,
    sums.pair: 0.08, sums.whole: 0.045, sums.compare: 0.08, sums.threshold: 0.025, sums.larger: 0.025,
    about.count: 0.035, about.colour: 0.05,
}  # fmt: skip
_ABOUT: tuple[Maker, ...] = (
    about.kind, about.title, about.absent, about.colour_yes_no, about.names, about.labels, about.trend, about.as_json,
    about.as_json,
)  # fmt: skip
_AT_MOST = {"value": 5, "estimate": 5, "lookup": 2, "extreme": 3}


def chart_turns(rng: np.random.Generator, data: ChartData, read: ReadChart) -> tuple[Turn, ...]:
    """8 to 10 turns: one caption, one or two about the chart itself, the others about its values."""
    chart = Chart(data, read)
    wanted = int(rng.integers(8, 11))
    turns = _first_turns(rng, chart)
    makers, weights = list(_WEIGHTS), np.array(list(_WEIGHTS.values()))
    for i in rng.choice(len(makers), 60, p=weights / weights.sum()):
        turn = makers[int(i)](rng, chart) if len(turns) < wanted else None
        if turn and sum(other.kind == turn.kind for other in turns.values()) < _AT_MOST.get(turn.kind, 2):
            turns.setdefault(turn.question.lower(), turn)
    kept = list(turns.values())
    return tuple(kept[i] for i in rng.permutation(len(kept)))


def _first_turns(rng: np.random.Generator, chart: Chart) -> dict[str, Turn]:
    caption = about.caption(rng, chart)
    turns = {caption.question.lower(): caption}
    for _ in range(pick(rng, (0, 1, 1, 2))):
        turn = pick(rng, _ABOUT)(rng, chart)
        if turn and all(turn.kind != other.kind for other in turns.values()):
            turns.setdefault(turn.question.lower(), turn)
    return turns
