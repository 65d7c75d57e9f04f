"""Dense supervision: what covers each patch, asked of the encoder while it trains, dropped before shipping."""

from __future__ import annotations

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
        """Mean cross-entropy over the labelled patches. `patches` (tiles, n, width); labels (tiles, grid, grid)."""
        labelled = classes.flatten() != IGNORE
        if not bool(labelled.any()):
            return patches.sum() * 0.0
        seen = patches.flatten(0, 1)[labelled]
        kind = F.cross_entropy(self.kind(seen).float(), classes.flatten()[labelled])
        colour = F.cross_entropy(self.colour(seen).float(), colours.flatten()[labelled])
        return CLASS_LOSS_SHARE * kind + (1 - CLASS_LOSS_SHARE) * colour
