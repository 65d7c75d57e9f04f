"""Pages of PDF files beside other pictures, through the same door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sightline.cli.pictures import Pages, Source
from sightline.images.load import ImageLoader
from sightline.images.picture import SourceImage
from sightline.types import Detail, FilePart, ImagePart


class LoaderWithPages:
    """An `ImageLoader` that also knows the pages it was asked to draw, each under its own name."""

    def __init__(self, loader: ImageLoader) -> None:
        self._loader = loader
        self._pages: dict[str, SourceImage] = {}

    async def parts(self, named: Sequence[tuple[str, Source]], detail: Detail) -> list[ImagePart]:
        """The image parts of a request: one for each picture, and one for each page of a PDF.

        Raises:
            ImageError: If a PDF cannot be read or has no such page.
        """
        parts: list[ImagePart] = []
        for name, source in named:
            if isinstance(source, Pages):
                parts += await self._draw(source, detail)
            else:
                parts.append(ImagePart(source, detail, "data URL" if name[:5].lower() == "data:" else name))
        return parts

    async def load_all(self, parts: Sequence[ImagePart]) -> list[SourceImage]:
        """Load every picture in order; pages are there already."""
        others = [part for part in parts if part.param not in self._pages]
        loaded = iter(await self._loader.load_all(others))
        return [
            replace(page, receipt=replace(page.receipt, detail=part.detail))
            if (page := self._pages.get(part.param))
            else next(loaded)
            for part in parts
        ]

    async def pages_of(self, part: FilePart) -> list[ImagePart]:
        """Return a picture for each page of a document; the command line names pages and never asks."""
        return await self._loader.pages_of(part)

    async def close(self) -> None:
        """Free the loader."""
        await self._loader.close()

    async def _draw(self, pages: Pages, detail: Detail) -> list[ImagePart]:
        drawn = await self._loader.load_pages(pages.file, pages.first, pages.last, param=str(pages.file), detail=detail)
        parts = []
        for number, page in enumerate(drawn, start=pages.first):
            name = f"{pages.file}#page={number}"
            self._pages[name] = page
            parts.append(ImagePart(Path(pages.file), detail, name))
        return parts
