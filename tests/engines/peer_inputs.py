"""Run by another Python, one that has `transformers`: what its Idefics3 processor makes of a picture and a question.

python peer_inputs.py CHECKPOINT pixels.npy out.npz TILE_PX N_IMAGE_TOKENS
"""

import sys

import numpy as np
from PIL import Image
from transformers import Idefics3ImageProcessorPil, Idefics3Processor, PreTrainedTokenizerFast


def main(checkpoint: str, pixels: str, out: str, tile_px: str, n_image_tokens: str) -> None:
    """Write `input_ids` (n,) and `pixel_values` (tiles, 3, h, w)."""
    side = {"longest_edge": int(tile_px)}
    words = PreTrainedTokenizerFast(tokenizer_file=f"{checkpoint}/tokenizer.json")
    images = Idefics3ImageProcessorPil(do_resize=False, max_image_size=side, do_image_splitting=True)
    processor = Idefics3Processor(images, words, image_seq_len=int(n_image_tokens))
    text = "<|im_start|>User:<image>total?<end_of_utterance>\nAssistant:"
    made = processor(
        text=text, images=[Image.fromarray(np.load(pixels))], add_special_tokens=False, return_tensors="np"
    )
    np.savez(out, input_ids=made["input_ids"][0], pixel_values=made["pixel_values"][0])


if __name__ == "__main__":
    main(*sys.argv[1:])
