"""Dense supervision: what covers each patch, asked of the encoder while it trains, dropped before shipping."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sightline.scenes.scene import CLASSES
from sightline.training.data import IGNORE, NO_COLOUR

CLASS_LOSS_SHARE = 0.5


class DenseHeads(nn.Module):
    """One linear layer each for the kind and the colour of what covers a patch."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.kind = nn.Linear(width, len(CLASSES))
        self.colour = nn.Linear(width, NO_COLOUR + 1)

    def loss(self, patches: Tensor, classes: Tensor, colours: Tensor) -> Tensor:
        """Mean cross-entropy over the labelled patches. `patches` (tiles, n, width); labels (tiles, grid, grid).

        Background, nine patches of ten, has the same say as everything else together: with equal patches the
        encoder learns where something is and never what.
        """
        labelled = classes.flatten() != IGNORE
        if not bool(labelled.any()):
            return patches.sum() * 0.0
        seen = patches.flatten(0, 1)[labelled]
        say = _say(classes.flatten()[labelled])
        kind = F.cross_entropy(self.kind(seen).float(), classes.flatten()[labelled], reduction="none")
        colour = F.cross_entropy(self.colour(seen).float(), colours.flatten()[labelled], reduction="none")
        return (say * (CLASS_LOSS_SHARE * kind + (1 - CLASS_LOSS_SHARE) * colour)).sum()


def _say(classes: Tensor) -> Tensor:
    """Weights (n,) that add up to 1: half for background, half for the rest, all for the one that is there alone.

    Within the rest a kind has the root of its number of patches: four stars are not drowned by four hundred bars.
    """
    counts = torch.bincount(classes, minlength=len(CLASSES)).to(torch.float32)
    says = counts.sqrt()
    ground = CLASSES.index("background")
    if says.sum() > says[ground] > 0:
        says[ground] = says.sum() - says[ground]
    each = says / says.sum() / counts.clamp(min=1)
    return each[classes]
