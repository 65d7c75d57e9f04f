"""The bundled checkpoint as two other servers want it: a folder for transformers, GGUF files for llama.cpp.

pip install gguf safetensors; python benchmarks/export_for_peers.py OUT

The weights are the same, folded into other containers in float16, for llama.cpp in 8 bits (Q8_0) too. Neither server
has our reader, so the model gets no text lines from them and sees its 256 px overview alone.
"""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CHECKPOINT = Path(__file__).parents[1] / "src/sightline/model/sightline-mini"
TEMPLATE = (
    "<|im_start|>{% for message in messages %}{{ message['role'] | capitalize }}:"
    "{% if message['content'] is string %}{{ ' ' + message['content'] | trim }}{% else %}"
    "{% for part in message['content'] %}{% if part['type'] == 'image' or part['type'] == 'image_url' %}"
    "{{ '<image>' }}{% endif %}{% endfor %}{% for part in message['content'] %}{% if part['type'] == 'text' %}"
    "{{ ' ' + part['text'] | trim }}{% endif %}{% endfor %}{% endif %}<end_of_utterance>\n{% endfor %}"
    "{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}"
)
TOKENS = {
    "bos_token": "<|im_start|>",
    "eos_token": "<end_of_utterance>",
    "pad_token": "<|pad|>",
    "image_token": "<image>",
    "fake_image_token": "<fake_token_around_image>",
    "global_image_token": "<global-img>",
    "end_of_utterance_token": "<end_of_utterance>",
}


def main(out: Path) -> None:
    """Write both."""
    config = json.loads((CHECKPOINT / "config.json").read_text(encoding="utf-8"))
    folder = out / "transformers"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "model.safetensors", "tokenizer.json"):
        shutil.copy(CHECKPOINT / name, folder / name)
    for name, value in processor_files(config).items():
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    (folder / "chat_template.jinja").write_text(TEMPLATE, encoding="utf-8")
    weights: dict[str, NDArray[Any]] = importlib.import_module("safetensors.numpy").load_file(
        CHECKPOINT / "model.safetensors"
    )
    is_seeing = {name: "vision_model" in name or "connector" in name for name in weights}
    text = {name: value for name, value in weights.items() if not is_seeing[name]}
    sight = {name: value for name, value in weights.items() if is_seeing[name]}
    write_text(out / "sightline-mini-f16.gguf", config["text_config"], text)
    write_text(out / "sightline-mini-q8_0.gguf", config["text_config"], text, eight_bit=True)
    write_sight(out / "sightline-mini-mmproj-f16.gguf", config, sight)


def processor_files(config: dict[str, Any]) -> dict[str, Any]:
    """Return what transformers reads beside the weights: how the text and the pictures are prepared."""
    side = {"longest_edge": config["vision_config"]["image_size"]}
    tokens = (side["longest_edge"] // config["vision_config"]["patch_size"] // config["scale_factor"]) ** 2
    return {
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast", "processor_class": "SmolVLMProcessor",
            "model_max_length": config["text_config"]["max_position_embeddings"],
            "clean_up_tokenization_spaces": False, "chat_template": TEMPLATE, **TOKENS,
        },
        "preprocessor_config.json": {
            "image_processor_type": "SmolVLMImageProcessor", "processor_class": "SmolVLMProcessor",
            "do_image_splitting": False, "do_convert_rgb": True, "do_resize": True, "do_rescale": True,
            "do_normalize": True, "do_pad": True, "rescale_factor": 1 / 255, "resample": 1,
            "image_mean": [0.5] * 3, "image_std": [0.5] * 3, "size": side, "max_image_size": side,
            "video_sampling": {"fps": 1, "max_frames": 64, "video_size": side},
        },
        "processor_config.json": {"processor_class": "SmolVLMProcessor", "image_seq_len": tokens},
        "generation_config.json": {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0},
    }  # fmt: skip


def write_text(
    path: Path, config: dict[str, Any], weights: dict[str, NDArray[Any]], *, eight_bit: bool = False
) -> None:
    """Write the decoder as a llama. The rows of q and k are interleaved, as its rotation wants them."""
    gguf = importlib.import_module("gguf")
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("sightline-mini")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_rope_dimension_count(config["head_dim"])
    writer.add_vocab_size(config["vocab_size"])
    write_vocabulary(gguf, writer)
    heads = {"q_proj": config["num_attention_heads"], "k_proj": config["num_key_value_heads"]}
    turned = {
        name.replace("model.text_model.", "model."): interleave(value, heads.get(name.split(".")[-2], 0))
        for name, value in weights.items()
    }
    finish(
        writer,
        gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, config["num_hidden_layers"]),
        turned,
        eight_bit=eight_bit,
    )


def write_vocabulary(gguf: Any, writer: Any) -> None:
    """Write the tokenizer: digits alone, then a byte-level BPE, which is what llama.cpp calls smollm."""
    tokenizer = json.loads((CHECKPOINT / "tokenizer.json").read_text(encoding="utf-8"))
    ids = {**tokenizer["model"]["vocab"], **{token["content"]: token["id"] for token in tokenizer["added_tokens"]}}
    kinds = [gguf.TokenType.NORMAL] * len(ids)
    for token in tokenizer["added_tokens"]:
        kinds[token["id"]] = gguf.TokenType.CONTROL if token["special"] else gguf.TokenType.USER_DEFINED
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(sorted(ids, key=ids.__getitem__))
    writer.add_token_types(kinds)
    merges = tokenizer["model"]["merges"]
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in merges])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_pad_token_id(0)
    writer.add_add_bos_token(False)  # the template writes it
    writer.add_chat_template(TEMPLATE)


def write_sight(path: Path, config: dict[str, Any], weights: dict[str, NDArray[Any]]) -> None:
    """Write encoder and connector as llama.cpp's idefics3."""
    gguf = importlib.import_module("gguf")
    vision = config["vision_config"]
    writer = gguf.GGUFWriter(path, "clip")
    writer.add_type("mmproj")
    writer.add_clip_has_vision_encoder(True)
    writer.add_clip_projector_type("idefics3")
    writer.add_vision_image_size(vision["image_size"])
    writer.add_vision_preproc_image_size(vision["image_size"])
    writer.add_vision_patch_size(vision["patch_size"])
    writer.add_vision_embedding_length(vision["hidden_size"])
    writer.add_vision_feed_forward_length(vision["intermediate_size"])
    writer.add_vision_block_count(vision["num_hidden_layers"])
    writer.add_vision_head_count(vision["num_attention_heads"])
    writer.add_vision_attention_layernorm_eps(vision["layer_norm_eps"])
    writer.add_vision_projection_dim(config["text_config"]["hidden_size"])
    writer.add_vision_image_mean([0.5] * 3)
    writer.add_vision_image_std([0.5] * 3)
    writer.add_vision_use_gelu(True)
    writer.add_vision_projector_scale_factor(config["scale_factor"])
    finish(writer, gguf.get_tensor_name_map(gguf.MODEL_ARCH.MMPROJ, vision["num_hidden_layers"]), weights)


def interleave(rows: NDArray[Any], n_heads: int) -> NDArray[Any]:
    """Return the rows of each head in pairs, or as they are without heads."""
    if not n_heads:
        return rows
    halves = rows.reshape(n_heads, 2, rows.shape[0] // n_heads // 2, *rows.shape[1:])
    return halves.swapaxes(1, 2).reshape(rows.shape)


def finish(writer: Any, names: Any, weights: dict[str, NDArray[Any]], *, eight_bit: bool = False) -> None:
    """Write the tensors: matrices as float16 or in blocks of 8 bits, the rest as float32."""
    gguf = importlib.import_module("gguf")
    for name, value in weights.items():
        known = names.get_name(name, (".weight", ".bias"))
        if known is None:
            raise ValueError(f"llama.cpp has no name for {name}")
        is_matrix = value.ndim > 1 and "position_embd" not in known
        if is_matrix and eight_bit:
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(known, gguf.quants.quantize(value.astype(np.float32), kind), raw_dtype=kind)
        else:
            writer.add_tensor(known, np.ascontiguousarray(value.astype(np.float16 if is_matrix else np.float32)))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
