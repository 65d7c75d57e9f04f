"""One door to all document families."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np

from sightline.scenes.documents import form, id_card, invoice, letter, menu, page, receipt, slide, slip, table
from sightline.scenes.documents.draft import Draft
from sightline.scenes.fonts import Split
from sightline.scenes.noise import DEFAULT_RATES, NoiseRates, draw_rates
from sightline.scenes.paper import blank, render_sheet
from sightline.scenes.questions import draw_turns
from sightline.scenes.scene import Scene
from sightline.scenes.sheet import place, read_sheet

_DRAFTS: dict[str, tuple[Callable[[Random, Split], Draft], float]] = {
    "receipt": (receipt.draft, 9.0),
    "invoice": (invoice.draft, 2.0),
    "form": (form.draft, 2.0),
    "id_card": (id_card.draft, 1.2),
    "menu": (menu.draft, 1.2),
    "table": (table.draft, 1.5),
    "letter": (letter.draft, 1.0),
    "slip": (slip.draft, 1.3),
    "slide": (slide.draft, 0.8),
    "page": (page.draft, 1.5),
}
FAMILIES = tuple(_DRAFTS)


def make(
    rng: np.random.Generator,
    family: str | None = None,
    render: bool = True,
    split: Split = "train",
    rates: NoiseRates = DEFAULT_RATES,
) -> Scene:
    """Return a document of `family` (or of a random one) with its reading and its turns.

    The same generator state gives the same scene; `render=False` leaves the picture blank and small
    (same aspect) and changes nothing else. `rates` are the mistakes of the OCR engine on a usual picture.

    Raises:
        ValueError: If there is no such family.
    """
    dice = Random(int(rng.integers(2**62)))
    paint_seed = int(rng.integers(2**62))
    if family is None:
        family = dice.choices(list(_DRAFTS), [weight for _, weight in _DRAFTS.values()])[0]
    if family not in _DRAFTS:
        raise ValueError(f"family={family!r} is not one of {', '.join(FAMILIES)}")
    draft = _DRAFTS[family][0](dice, split)
    draft.sheet.min_height = round(draft.min_aspect * draft.sheet.width)
    placement = place(dice, draft.sheet, photo=draft.photo, flat=draft.paper == "screen")
    read = read_sheet(dice, draft.sheet, placement, draw_rates(dice, rates))
    turns = draw_turns(dice, draft.facts(read))
    pixels = (
        render_sheet(np.random.default_rng(paint_seed), draft.sheet, placement, draft.paper)
        if render
        else blank(placement)
    )
    return Scene(draft.family, pixels, read.reading, turns)
