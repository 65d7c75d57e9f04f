"""The collected bad pictures: each has a verdict and a code, and none may hang or crash anything."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sightline.errors import ImageError
from sightline.images.load import ImageLoader
from sightline.images.prepare import prepare
from sightline.images.sniff import sniff_format
from sightline.types import ImagePart

PARAM = "messages[0].content[1]"
MAX_CPU_S = 6.0
CODES = {"image_parse_error", "image_too_large", "unsupported_image_media_type", "empty_image_file"}


@pytest.fixture(scope="module")
def rows(bad_images: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (bad_images / "manifest.jsonl").read_text().splitlines()]


def processor_s() -> float:
    """Return the processor time of this process and of its children that have ended."""
    return sum(os.times()[:4])


async def verdict(loader: ImageLoader, data: bytes) -> tuple[str, str | None]:
    try:
        prepare(await loader.load(ImagePart(data, "auto", PARAM)), "auto")
    except ImageError as error:
        is_clean = error.param == PARAM and "object at 0x" not in error.message
        return "refused", error.code if is_clean else error.message
    return "decoded", None


def is_read_by_decision(row: dict[str, Any], data: bytes) -> bool:
    """Tell whether a row calls a format wrong that we read: docs/decisions/0001-image-error-codes.md."""
    return row["kind"] == "wrong-format" and sniff_format(data) in ("heic", "avif")


def test_every_bad_picture_gets_its_verdict_and_code_in_time(
    loader: ImageLoader, bad_images: Path, rows: list[dict[str, Any]]
) -> None:
    async def run() -> list[tuple[Any, ...]]:
        wrong: list[tuple[Any, ...]] = []
        for row in rows:
            data = (bad_images / row["path"]).read_bytes()
            start_s = processor_s()
            got = await verdict(loader, data)
            elapsed_s = processor_s() - start_s
            expected = ("decoded", None) if is_read_by_decision(row, data) else (row["expected"], row["error_code"])
            is_right = got == expected if row["strict"] else got[1] is None or got[1] in CODES
            if not is_right or elapsed_s > MAX_CPU_S:
                wrong.append((row["path"], expected, got, elapsed_s))
        return wrong

    assert len(rows) >= 300
    assert asyncio.run(run()) == []


def test_verdicts_are_the_same_sixteen_at_a_time_and_good_pictures_between_them_are_right(
    loader: ImageLoader, bad_images: Path, rows: list[dict[str, Any]]
) -> None:
    control = (bad_images / "synthetic" / "ok_png.png").read_bytes()
    files = [(bad_images / row["path"]).read_bytes() for row in rows if row["strict"] and row["bytes"] < 50_000][::2]

    async def run() -> tuple[list[Any], list[Any], list[Any]]:
        gate = asyncio.Semaphore(16)

        async def gated(data: bytes) -> tuple[str, str | None]:
            async with gate:
                return await verdict(loader, data)

        async def pixels() -> Any:
            async with gate:
                return (await loader.load(ImagePart(control))).pixels

        one_by_one = [await verdict(loader, data) for data in files]
        controls = [pixels() for _ in files[::10]]
        together, between = await asyncio.gather(
            asyncio.gather(*(gated(data) for data in files)), asyncio.gather(*controls)
        )
        return one_by_one, list(together), list(between)

    one_by_one, together, between = asyncio.run(run())
    assert together == one_by_one
    assert all(np.array_equal(pixels, between[0]) for pixels in between)


def test_nothing_in_a_picture_reaches_the_log(
    loader: ImageLoader, bad_images: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    data = (bad_images / "synthetic" / "exif_gps.jpg").read_bytes()
    asyncio.run(verdict(loader, data))
    asyncio.run(verdict(loader, data[: len(data) // 2]))
    assert "CANARY" not in "".join(str(vars(record)) for record in caplog.records)
