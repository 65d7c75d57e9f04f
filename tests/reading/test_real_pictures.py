import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sightline.images.picture import RGB
from sightline.images.plan_tiles import plan_tiles
from sightline.reading import Reader

EVAL = Path(__file__).parents[3] / "shared" / "eval"


def rows_of(name: str) -> list[dict[str, Any]]:
    path = EVAL / name
    if not path.is_file():
        pytest.skip(f"shared/eval/{name} is not there")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def pixels(path: Path) -> RGB:
    image = Image.open(path).convert("RGB")  # noqa: TID251  (our own files)
    plan = plan_tiles(*image.size, "high")
    return np.asarray(image.resize((plan.width, plan.height), Image.Resampling.LANCZOS))


def test_most_receipt_fields_are_in_the_text(reader: Reader) -> None:
    rows = [row for row in rows_of("sroie/data.jsonl") if row.get("field") in ("company", "date", "total")]
    images = sorted({row["image"] for row in rows})[:3]
    found = []
    for image in images:
        text = re.sub(r"\s", "", " ".join(line.text for line in reader.read_pixels(pixels(EVAL / "sroie" / image))))
        values = [row["answers"][0] for row in rows if row["image"] == image]
        found += [re.sub(r"\s", "", value).lower() in text.lower() for value in values]
    assert sum(found) >= 0.8 * len(found)


def test_most_words_cut_from_photos_are_read(reader: Reader) -> None:
    rows = rows_of("iiit5k/data.jsonl")[:30]
    texts = [reader.read_pixels(pixels(EVAL / "iiit5k" / row["image"])) for row in rows]
    said = [re.sub(r"[^a-z0-9]", "", "".join(line.text for line in lines).lower()) for lines in texts]
    true = [re.sub(r"[^a-z0-9]", "", row["answers"][0].lower()) for row in rows]
    assert sum(a == b for a, b in zip(said, true, strict=True)) >= 27
