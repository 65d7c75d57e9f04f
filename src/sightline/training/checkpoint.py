"""A training run on disk: weights, their moving average, optimiser state, and where it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from sightline.model.weights import WEIGHTS


@dataclass(frozen=True, slots=True)
class Progress:
    """Steps done, samples drawn and tokens seen so far."""

    step: int = 0
    n_samples: int = 0
    n_tokens: int = 0


def save(
    folder: Path,
    network: nn.Module,
    average: dict[str, Tensor],
    optimisers: Sequence[torch.optim.Optimizer],
    at: Progress,
) -> None:
    """Write everything that `load` needs; a crash leaves the old files or the new ones, each whole."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "network.safetensors", {k: v.contiguous() for k, v in network.state_dict().items()})
    _write(folder / "average.safetensors", {k: v.contiguous() for k, v in average.items()})
    _write(folder / "optimiser.safetensors", _optimiser_tensors(network, optimisers))
    (folder / "progress.json").write_text(json.dumps(asdict(at)), "utf-8")


def load(
    folder: Path, network: nn.Module, average: dict[str, Tensor], optimisers: Sequence[torch.optim.Optimizer]
) -> Progress:
    """Put a saved run back, so that the next step is the one it would have taken."""
    network.load_state_dict(load_file(folder / "network.safetensors"))
    for name, value in load_file(folder / "average.safetensors").items():
        average[name] = value.to(average[name].device)
    saved = load_file(folder / "optimiser.safetensors")
    for name, parameter in network.named_parameters():
        for optimiser in optimisers:
            if any(parameter is p for group in optimiser.param_groups for p in group["params"]):
                state = {
                    k.partition("|")[2]: _beside(v, parameter) for k, v in saved.items() if k.partition("|")[0] == name
                }
                if state:
                    optimiser.state[parameter] = state
    return Progress(**json.loads((folder / "progress.json").read_text("utf-8")))


def latest_weights(folder: Path, part: str = "network") -> dict[str, Tensor]:
    """The weights after the last saved step: of the `network`, or of the dense `heads`.

    A folder that was exported is a run too, at its end: it has the network and no heads.
    """
    if (folder / WEIGHTS).exists():
        exported = load_file(folder / WEIGHTS)
        return {name: value.float() for name, value in exported.items()} if part == "network" else {}
    saved = load_file(folder / "network.safetensors")
    return {name.removeprefix(f"{part}."): value for name, value in saved.items() if name.startswith(f"{part}.")}


def _optimiser_tensors(network: nn.Module, optimisers: Sequence[torch.optim.Optimizer]) -> dict[str, Tensor]:
    tensors = {}
    for name, parameter in network.named_parameters():
        for optimiser in optimisers:
            for key, value in optimiser.state.get(parameter, {}).items():
                tensors[f"{name}|{key}"] = value.contiguous()
    return tensors


def _beside(state: Tensor, parameter: Tensor) -> Tensor:
    """A saved state where its optimiser keeps it: beside the parameter, but a step count on the CPU."""
    return state.to(parameter.device) if state.ndim else state


def _write(path: Path, tensors: dict[str, Tensor]) -> None:
    part = path.with_suffix(".part")
    save_file(tensors, part)
    part.replace(path)
