"""From a training run to the folder that the package ships: Hugging Face's layout, float16, with its manifest."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from sightline.model import tokenizer as tk
from sightline.model.checkpoint import CALIBRATION, CONFIG, GENERATION, TOKENIZER, write_manifest
from sightline.model.config import ModelConfig
from sightline.model.tokenizer import TextTokenizer
from sightline.model.weights import WEIGHTS


def export(run: Path, tokenizer: Path, config: ModelConfig, out: Path) -> None:
    """Write the averaged weights of `run`, the tokenizer and the config to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    average = load_file(run / "average.safetensors")
    save_file({name: value.to(torch.float16).contiguous() for name, value in average.items()}, out / WEIGHTS)
    if tokenizer.resolve() != (out / TOKENIZER).resolve():
        shutil.copyfile(tokenizer, out / TOKENIZER)
    words = TextTokenizer.load(tokenizer)
    ids = {"image_token_id": tk.IMAGE, "end_token_id": tk.END, "pad_token_id": tk.PAD}
    hf = config.to_hf(**{key: words.special(name) for key, name in ids.items()})
    (out / CONFIG).write_text(json.dumps(hf, indent=1) + "\n", "utf-8")
    (out / GENERATION).write_text(json.dumps({"do_sample": False}) + "\n", "utf-8")  # a small model's likeliest word
    (out / CALIBRATION).unlink(missing_ok=True)  # that of other weights
    (out / WEIGHTS).chmod(0o644)  # safetensors writes files that only their owner can read
    write_manifest(out)
