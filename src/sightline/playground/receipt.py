"""What the model saw, as a small panel: the receipt of the server's reply."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from sightline.playground.client import Answer

BLURRED = 0.55  # sharper pictures were not blurred, by `reading.sharpness`


def receipt_panel(answer: Answer, wall_ms: float) -> str:
    """HTML of the receipts of an answer's pictures, and of its tokens and time. Every value is escaped."""
    images = (answer.receipt or {}).get("images") or []
    facts = [_facts_of_image(image) for image in images] + [_facts_of_answer(answer, wall_ms)]
    notes = [note for image in images for note in image.get("notes") or []]
    tiles = "".join(_fact(name, value) for group in facts for name, value in group)
    listed = f"<p class='notes'>{escape(', '.join(map(str, notes)))}</p>" if notes else ""
    return f"<section class='receipt'><h2>What the model saw</h2><dl>{tiles}</dl>{listed}</section>"


def _facts_of_image(image: Mapping[str, Any]) -> list[tuple[str, str]]:
    facts = [
        ("source", _size(image, "source_width", "source_height")),
        ("size used", _size(image, "width", "height")),
        ("model's encoder", _size(image, "model_width", "model_height")),
        ("detail", str(image.get("detail", ""))),
        ("tiles", f"{image.get('columns', 0)} × {image.get('rows', 0)}"),
        ("image tokens", f"{image.get('tokens', 0):,}"),
        ("text lines", _lines(image)),
        ("drawn figures", _figures(image)),
        ("reading", "from cache" if image.get("reading_cached") else f"{image.get('reading_ms', 0):.0f} ms"),
    ]
    if image.get("encoder_cached") or image.get("encode_ms"):
        facts.append(("encoding", "from cache" if image.get("encoder_cached") else f"{image['encode_ms']:.0f} ms"))
    if (sharpness := image.get("sharpness")) is not None:
        facts.append(("sharpness", f"{sharpness:.2f}{', blurred' if sharpness < BLURRED else ''}"))
    if image.get("looks_like"):
        facts.append(("looks like", f"{image['looks_like']}, {image['looks_like_confidence']:.0%} sure"))
    if image.get("text_turn_deg"):
        facts.append(("text is turned", f"{image['text_turn_deg']}°"))
    if image.get("orientation", 1) != 1:
        facts.insert(1, ("turned upright", f"EXIF {image['orientation']}"))
    return facts


def _facts_of_answer(answer: Answer, wall_ms: float) -> list[tuple[str, str]]:
    facts = [("answered in", f"{wall_ms / 1000:.1f} s")]
    if answer.usage:
        facts.insert(
            0, ("tokens in / out", f"{answer.usage['prompt_tokens']:,} / {answer.usage['completion_tokens']:,}")
        )
    if cached := ((answer.usage or {}).get("prompt_tokens_details") or {}).get("cached_tokens"):
        facts.insert(1, ("tokens from cache", f"{cached:,}"))
    return facts


def _lines(image: Mapping[str, Any]) -> str:
    n_lines, n_given = image.get("n_lines", 0), image.get("n_lines_given", 0)
    return str(n_lines) if n_lines == n_given else f"{n_lines}, {n_given} fit the model"


def _figures(image: Mapping[str, Any]) -> str:
    n_figures, n_given = image.get("n_figures", 0), image.get("n_figures_given", 0)
    return str(n_figures) if n_figures == n_given else f"{n_figures}, {n_given} told to the model"


def _size(image: Mapping[str, Any], width: str, height: str) -> str:
    return f"{image.get(width, 0)} × {image.get(height, 0)} px"


def _fact(name: str, value: str) -> str:
    return f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
