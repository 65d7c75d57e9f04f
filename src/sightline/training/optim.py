"""Muon for the matrices inside the towers, AdamW for the rest, and the warm-up/stable/decay schedule.

Source: Keller Jordan, "Muon: an optimizer for hidden layers" (momentum, five Newton-Schulz steps,
update scaled by max(1, rows/columns)^0.5); WSD: Hu et al. 2024, MiniCPM section 4.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
MUON_WEIGHT_DECAY = 0.3  # holds the size of queries and keys, which no norm bounds in this layout


def orthogonalise(update: Tensor, n_steps: int = 5) -> Tensor:
    """Bring the singular values of a matrix, or a stack of them, near 1. Computed in bfloat16, which is enough here."""
    a, b, c = NEWTON_SCHULZ
    x = update.bfloat16()
    tall = x.shape[-2] > x.shape[-1]
    x = x.mT if tall else x
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(n_steps):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if tall else x


class Muon(torch.optim.Optimizer):
    """Momentum whose update is orthogonalised. Matrices of one shape are done as one stack."""

    def __init__(self, params: Iterable[nn.Parameter], lr: float, momentum: float = 0.95, weight_decay: float = 0.0):
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self) -> None:  # type: ignore[override]
        """Move every matrix once."""
        for group in self.param_groups:
            stacks: dict[torch.Size, list[nn.Parameter]] = {}
            for parameter in group["params"]:
                if parameter.grad is not None:
                    stacks.setdefault(parameter.shape, []).append(parameter)
            for shape, parameters in stacks.items():
                self._step_stack(parameters, shape, group)

    def _step_stack(self, parameters: list[nn.Parameter], shape: torch.Size, group: dict[str, float]) -> None:
        updates = []
        for parameter in parameters:
            gradient = parameter.grad if parameter.grad is not None else torch.zeros_like(parameter)
            state = self.state[parameter]
            buffer = state.setdefault("momentum", torch.zeros_like(gradient))
            buffer.lerp_(gradient, 1 - group["momentum"])
            updates.append(gradient.lerp(buffer, group["momentum"]))
        scale = max(1.0, shape[0] / shape[1]) ** 0.5
        for parameter, update in zip(parameters, orthogonalise(torch.stack(updates)), strict=True):
            parameter.mul_(1 - group["lr"] * group["weight_decay"])
            parameter.add_(update.to(parameter.dtype), alpha=-group["lr"] * scale)


def build_optimisers(network: nn.Module, muon_lr: float, adam_lr: float) -> list[torch.optim.Optimizer]:
    """Muon on 2-D weights that are not embeddings, AdamW on everything else. Frozen parameters are left out."""
    matrices: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        hidden = parameter.ndim == 2 and "embed" not in name and "heads." not in name
        (matrices if hidden else others).append(parameter)
    optimisers: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(others, lr=adam_lr, betas=(0.9, 0.95), weight_decay=0.0)
    ]
    if matrices:
        optimisers.append(Muon(matrices, lr=muon_lr, weight_decay=MUON_WEIGHT_DECAY))
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["peak_lr"] = group["lr"]
    return optimisers


def wsd(progress: float, warm_up: float = 0.02, decay: float = 0.3) -> float:
    """The share of the peak learning rate at `progress` 0..1: up, flat, then down to nothing."""
    if progress < warm_up:
        return max(progress, 1e-3) / warm_up
    if progress < 1 - decay or decay == 0:
        return 1.0
    return max(0.0, (1 - progress) / decay)
