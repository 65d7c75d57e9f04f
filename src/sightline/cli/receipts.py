"""What was seen and what it cost, on stderr after the answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from sightline.chat import Answer
from sightline.images.picture import ImageReceipt


def receipt_text(names: Sequence[str], answer: Answer, total_ms: float) -> str:
    """One line for each picture and one for the answer."""
    lines = [_line(name, receipt) for name, receipt in zip(names, answer.receipts, strict=True)]
    usage = answer.usage()
    lines.append(
        f"{answer.engine_id}: {usage.prompt_tokens} tokens in, {usage.completion_tokens} out;"
        f" first word after {answer.spent.first_ms / 1000:.1f} s, all in {total_ms / 1000:.1f} s"
    )
    if answer.choices[0].repeats:
        lines.append(f"{answer.engine_id}: cut, because the answer only repeated itself")
    return "\n".join(lines)


def receipt_json(names: Sequence[str], answer: Answer, total_ms: float) -> str:
    """The same facts as one line of JSON. Sizes in pixels, times in milliseconds."""
    usage = answer.usage()
    images = [{"name": name, **asdict(receipt)} for name, receipt in zip(names, answer.receipts, strict=True)]
    facts = {
        "model": answer.engine_id,
        "finish_reason": answer.finish_reason,
        "images": images,
        "usage": {**asdict(usage), "total_tokens": usage.total_tokens},
        "ms": {
            "load": round(answer.spent.load_ms, 1),
            "prepare": round(answer.spent.prepare_ms, 1),
            "first": round(answer.spent.first_ms, 1),
            "total": round(total_ms, 1),
        },
    }
    return json.dumps(facts, ensure_ascii=False)


def _line(name: str, receipt: ImageReceipt) -> str:
    facts = [f"{receipt.format} {receipt.source_width}x{receipt.source_height}"]
    if receipt.orientation != 1:
        facts.append(f"turned upright (EXIF {receipt.orientation})")
    facts.append(f"used at {receipt.width}x{receipt.height}")
    facts.append(f"the model's encoder saw {receipt.model_width}x{receipt.model_height}")
    facts.append(f"{_tiles(receipt)}, {receipt.tokens} tokens")
    read = "cached" if receipt.reading_cached else f"{receipt.reading_ms:.0f} ms"
    given = "" if receipt.n_lines_given == receipt.n_lines else f", {receipt.n_lines_given} of them fit the model"
    facts.append(f"{receipt.n_lines} lines of text ({read}){given}")
    if receipt.n_figures:
        told = "" if receipt.n_figures_given == receipt.n_figures else f", {receipt.n_figures_given} of them told"
        facts.append(f"{receipt.n_figures} drawn figures{told}")
    if receipt.encoder_cached or receipt.encode_ms:
        facts.append("encoded before" if receipt.encoder_cached else f"encoded in {receipt.encode_ms:.0f} ms")
    facts.append(f"decoded in {receipt.decode_ms:.0f} ms")
    if name.lower().startswith("http"):
        facts.append(f"fetched in {receipt.fetch_ms:.0f} ms")
    return f"{name}: " + "; ".join([*facts, *receipt.notes])


def _tiles(receipt: ImageReceipt) -> str:
    n_tiles = receipt.columns * receipt.rows
    if receipt.detail == "low":
        return "overview only"
    return "1 tile" if n_tiles == 1 else f"{n_tiles} tiles ({receipt.columns}x{receipt.rows})"
