"""The typefaces documents are set in: found once, loaded once a size, some kept for test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Literal

from PIL import ImageFont

Split = Literal["train", "test"]
Role = Literal["receipt", "sans", "serif", "hand", "display"]
FreeType = ImageFont.FreeTypeFont | ImageFont.ImageFont

_ROOT = Path("/usr/share/fonts")
_T, _O = "truetype", "opentype"


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface with its regular and bold file. `test`: seen only in the test split.

    `capitals`: it has no small letters.
    """

    name: str
    roles: tuple[Role, ...]
    regular: str
    bold: str
    test: bool = False
    capitals: bool = False


_FACES = (
    Face("liberation-mono", ("receipt",), f"{_T}/liberation/LiberationMono-Regular.ttf",
    f"{_T}/liberation/LiberationMono-Bold.ttf"),
    Face("dejavu-mono", ("receipt",), f"{_T}/dejavu/DejaVuSansMono.ttf", f"{_T}/dejavu/DejaVuSansMono-Bold.ttf"),
    Face("courier-prime", ("receipt", "serif"), f"{_O}/courier-prime/Courier Prime.otf",
    f"{_O}/courier-prime/Courier Prime Bold.otf"),
    Face("inconsolata", ("receipt",), f"{_T}/inconsolata/Inconsolata.otf", f"{_T}/inconsolata/Inconsolata.otf"),
    Face("ocr-b", ("receipt",), f"{_O}/ocr-b/OCRB.otf", f"{_O}/ocr-b/OCRB.otf"),
    Face("hack", ("receipt",), f"{_T}/hack/Hack-Regular.ttf", f"{_T}/hack/Hack-Bold.ttf", True),
    Face("anonymous", ("receipt",), f"{_T}/anonymous-pro/Anonymous Pro.ttf", f"{_T}/anonymous-pro/Anonymous Pro B.ttf"),
    Face("nimbus-mono", ("receipt",), f"{_O}/urw-base35/NimbusMonoPS-Regular.otf",
    f"{_O}/urw-base35/NimbusMonoPS-Bold.otf", True),
    Face("nimbus-narrow", ("receipt", "sans"), f"{_O}/urw-base35/NimbusSansNarrow-Regular.otf",
    f"{_O}/urw-base35/NimbusSansNarrow-Bold.otf"),
    Face("dejavu-condensed", ("receipt", "sans"), f"{_T}/dejavu/DejaVuSansCondensed.ttf",
    f"{_T}/dejavu/DejaVuSansCondensed-Bold.ttf"),
    Face("arimo", ("receipt", "sans"), f"{_T}/croscore/Arimo-Regular.ttf", f"{_T}/croscore/Arimo-Bold.ttf"),
    Face("liberation-sans", ("receipt", "sans"), f"{_T}/liberation/LiberationSans-Regular.ttf",
    f"{_T}/liberation/LiberationSans-Bold.ttf"),
    Face("carlito", ("sans",), f"{_T}/crosextra/Carlito-Regular.ttf", f"{_T}/crosextra/Carlito-Bold.ttf"),
    Face("lato", ("sans",), f"{_T}/lato/Lato-Regular.ttf", f"{_T}/lato/Lato-Bold.ttf"),
    Face("open-sans", ("sans",), f"{_T}/open-sans/OpenSans-Regular.ttf", f"{_T}/open-sans/OpenSans-Bold.ttf", True),
    Face("inter", ("sans",), f"{_O}/inter/Inter-Regular.otf", f"{_O}/inter/Inter-Bold.otf"),
    Face("roboto", ("sans", "receipt"), f"{_T}/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
    f"{_T}/roboto/unhinted/RobotoTTF/Roboto-Bold.ttf"),
    Face("cantarell", ("sans",), f"{_O}/cantarell/Cantarell-Regular.otf", f"{_O}/cantarell/Cantarell-Bold.otf", True),
    Face("quicksand", ("display", "sans"), f"{_T}/quicksand/Quicksand-Regular.ttf",
    f"{_T}/quicksand/Quicksand-Bold.ttf"),
    Face("tinos", ("serif",), f"{_T}/croscore/Tinos-Regular.ttf", f"{_T}/croscore/Tinos-Bold.ttf"),
    Face("caladea", ("serif",), f"{_T}/crosextra/Caladea-Regular.ttf", f"{_T}/crosextra/Caladea-Bold.ttf"),
    Face("bookman", ("serif", "display"), f"{_O}/urw-base35/URWBookman-Light.otf",
    f"{_O}/urw-base35/URWBookman-Demi.otf"),
    Face("schola", ("serif",), f"{_O}/urw-base35/C059-Roman.otf", f"{_O}/urw-base35/C059-Bold.otf", True),
    Face("garamond", ("serif",), f"{_O}/ebgaramond/EBGaramond12-Regular.otf", f"{_O}/ebgaramond/EBGaramond12-Bold.otf"),
    Face("dejavu-serif", ("serif",), f"{_T}/dejavu/DejaVuSerif.ttf", f"{_T}/dejavu/DejaVuSerif-Bold.ttf"),
    Face("comic-neue", ("hand", "display"), f"{_O}/comic-neue/ComicNeue-Regular.otf",
    f"{_O}/comic-neue/ComicNeue-Bold.otf"),
    Face("dancing", ("hand",), f"{_O}/dancingscript/DancingScript-Regular.otf",
    f"{_O}/dancingscript/DancingScript-Bold.otf"),
    Face("bebas", ("display",), f"{_O}/bebas-neue/BebasNeue-Regular.otf", f"{_O}/bebas-neue/BebasNeue-Bold.otf",
    capitals=True),
    Face("gothic", ("display", "sans"), f"{_O}/urw-base35/URWGothic-Book.otf", f"{_O}/urw-base35/URWGothic-Demi.otf"),
)  # fmt: skip


@lru_cache(maxsize=32)
def faces(role: Role, split: Split) -> tuple[Face, ...]:
    """Return the installed faces for `role`; the test split has its own. Without any, Pillow's own face."""
    found = tuple(face for face in _FACES if role in face.roles and (_ROOT / face.regular).exists())
    chosen = tuple(face for face in found if face.test == (split == "test"))
    return chosen or found or (Face("pillow", ("sans",), "", ""),)


def pick_face(dice: Random, role: Role, split: Split) -> Face:
    """Return a face for `role`."""
    return dice.choice(faces(role, split))


@lru_cache(maxsize=512)
def load(face: Face, size_px: int, bold: bool = False) -> FreeType:
    """Return `face` at `size_px`."""
    path = _ROOT / (face.bold if bold else face.regular)
    if not face.regular or not path.exists():
        return ImageFont.load_default(size_px)
    return ImageFont.truetype(str(path), size_px, layout_engine=ImageFont.Layout.BASIC)


class _Advances(dict[str, float]):
    """How far each character moves the pen at one size; filled as characters are met."""

    def __init__(self, font: FreeType) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: str) -> float:
        self[char] = self._font.getlength(char)
        return self[char]


@lru_cache(maxsize=512)
def _advances(face: Face, size_px: int, bold: bool) -> _Advances:
    return _Advances(load(face, size_px, bold))


def text_width(text: str, face: Face, size_px: int, bold: bool = False) -> float:
    """Return the width of `text` in pixels (without kerning)."""
    advances = _advances(face, size_px, bold)
    return sum([advances[char] for char in text])
