"""Run by another Python, one that has `transformers`: the logits of a checkpoint for the inputs of a file.

python peer_logits.py CHECKPOINT inputs.npz logits.npy
"""

import sys

import numpy as np
import torch
from transformers import AutoModelForImageTextToText


def main(checkpoint: str, inputs: str, out: str) -> None:
    """Write the logits of every place, (n, vocabulary), float32."""
    model = AutoModelForImageTextToText.from_pretrained(checkpoint, dtype=torch.float32).eval()
    with np.load(inputs) as saved, torch.no_grad():
        answer = model(
            input_ids=torch.from_numpy(saved["input_ids"])[None],
            pixel_values=torch.from_numpy(saved["pixel_values"])[None],
        )
    np.save(out, answer.logits[0].float().numpy())


if __name__ == "__main__":
    main(*sys.argv[1:])
