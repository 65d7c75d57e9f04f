"""Draw the playground's sample pictures: `python docs/screenshots/draw_samples.py`. Fonts: DejaVu (free licence)."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sightline.scenes import documents, screens

SAMPLES = Path(__file__).parents[2] / "src/sightline/playground/samples"
FONTS = Path("/usr/share/fonts/truetype/dejavu")

ITEMS = [("Flat white", 2, 3.60), ("Almond croissant", 1, 3.20), ("Sourdough loaf", 1, 5.40), ("Orange juice", 1, 3.90)]
SALES = [("Jan", 42), ("Feb", 58), ("Mar", 51), ("Apr", 77), ("May", 64), ("Jun", 69)]


def font(size: int, name: str = "DejaVuSans") -> ImageFont.FreeTypeFont:
    """A DejaVu face at a size in pixels."""
    return ImageFont.truetype(FONTS / f"{name}.ttf", size)


def draw_receipt() -> Image.Image:
    """A till receipt on a table, a little turned."""
    paper = Image.new("RGB", (420, 640), "#fdfcf8")
    draw = ImageDraw.Draw(paper)
    mono, small = font(20, "DejaVuSansMono"), font(17, "DejaVuSansMono")
    draw.text((210, 40), "HARBOUR BAKERY", font=font(30, "DejaVuSansMono-Bold"), fill="#222", anchor="mm")
    draw.text((210, 76), "14 Quay Street, Bristol", font=small, fill="#444", anchor="mm")
    draw.text((210, 100), "Tel 0117 496 0155", font=small, fill="#444", anchor="mm")
    draw.text((30, 140), "Date: 2024-03-17", font=mono, fill="#222")
    draw.text((390, 140), "11:42", font=mono, fill="#222", anchor="ra")
    draw.line((30, 178, 390, 178), fill="#888", width=2)
    y = 195
    for name, count, price in ITEMS:
        draw.text((30, y), f"{count} {name}", font=mono, fill="#222")
        draw.text((390, y), f"{count * price:.2f}", font=mono, fill="#222", anchor="ra")
        y += 36
    draw.line((30, y + 6, 390, y + 6), fill="#888", width=2)
    total = sum(count * price for _, count, price in ITEMS)
    draw.text((30, y + 24), "TOTAL GBP", font=font(26, "DejaVuSansMono-Bold"), fill="#111")
    draw.text((390, y + 24), f"{total:.2f}", font=font(26, "DejaVuSansMono-Bold"), fill="#111", anchor="ra")
    draw.text((30, y + 74), "Card payment", font=mono, fill="#222")
    draw.text((390, y + 74), f"{total:.2f}", font=mono, fill="#222", anchor="ra")
    draw.text((210, y + 150), "Thank you!", font=mono, fill="#444", anchor="mm")
    table = Image.new("RGB", (560, 760), "#8a6a4f")
    mask = Image.new("L", paper.size, 255).rotate(-2.5, expand=True, resample=Image.Resampling.BICUBIC)
    turned = paper.rotate(-2.5, expand=True, resample=Image.Resampling.BICUBIC)
    shadow = Image.new("L", table.size, 0)
    shadow.paste(mask.point(lambda v: v // 2), (66, 62))
    table.paste("#3b2b1e", mask=shadow.filter(ImageFilter.GaussianBlur(10)))
    table.paste(turned, (56, 50), mask)
    return table


def draw_chart() -> Image.Image:
    """A bar chart with printed values."""
    page = Image.new("RGB", (760, 520), "white")
    draw = ImageDraw.Draw(page)
    draw.text((40, 28), "Bicycles sold per month", font=font(28, "DejaVuSans-Bold"), fill="#1f2937")
    for step in range(5):
        y = 450 - step * 80
        draw.line((80, y, 730, y), fill="#e5e7eb", width=2)
        draw.text((66, y), str(step * 20), font=font(18), fill="#6b7280", anchor="rm")
    for index, (month, value) in enumerate(SALES):
        x = 110 + index * 104
        draw.rectangle((x, 450 - value * 4, x + 64, 450), fill="#0d9488" if month != "Apr" else "#f59e0b")
        draw.text(
            (x + 32, 450 - value * 4 - 14), str(value), font=font(20, "DejaVuSans-Bold"), fill="#1f2937", anchor="mm"
        )
        draw.text((x + 32, 476), month, font=font(20), fill="#374151", anchor="mm")
    return page


def draw_shapes() -> Image.Image:
    """Circles, squares and a triangle on a plain ground."""
    page = Image.new("RGB", (640, 520), "#f5f1e6")
    draw = ImageDraw.Draw(page)
    for x, y, r in ((130, 140, 70), (500, 120, 55), (330, 390, 80)):
        draw.ellipse((x - r, y - r, x + r, y + r), fill="#d43c3c")
    for x, y, side in ((270, 90, 110), (490, 320, 120)):
        draw.rectangle((x, y, x + side, y + side), fill="#2f6fd0")
    draw.polygon(((70, 460), (210, 460), (140, 320)), fill="#2e9e5b")
    return page


def draw_sign() -> Image.Image:
    """A shop's sign on a wall."""
    chance = random.Random(7)
    wall = Image.new("RGB", (760, 520), "#b8a48c")
    draw = ImageDraw.Draw(wall)
    for row in range(14):
        for column in range(-1, 9):
            x, y = column * 100 + (row % 2) * 50, row * 40
            shade = chance.randint(-14, 14)
            draw.rectangle((x, y, x + 95, y + 35), fill=(165 + shade, 92 + shade, 70 + shade))
    draw.rounded_rectangle((120, 120, 640, 400), 24, fill="#14342b", outline="#e9dcb5", width=8)
    draw.text((380, 195), "OPEN", font=font(84, "DejaVuSerif-Bold"), fill="#f3e9c8", anchor="mm")
    draw.text((380, 280), "Monday to Saturday", font=font(34, "DejaVuSerif"), fill="#f3e9c8", anchor="mm")
    draw.text((380, 335), "9:00 - 17:30", font=font(40, "DejaVuSerif-Bold"), fill="#f3e9c8", anchor="mm")
    return wall


def draw_invoice() -> Image.Image:
    """An invoice of our own scenes: a company that is not."""
    return Image.fromarray(documents.make(np.random.default_rng(2), "invoice").pixels)


def draw_screen() -> Image.Image:
    """A dialog of our own scenes."""
    return Image.fromarray(screens.make(np.random.default_rng(0)).pixels)


DRAWINGS = {
    "receipt": draw_receipt,
    "chart": draw_chart,
    "shapes": draw_shapes,
    "sign": draw_sign,
    "invoice": draw_invoice,
    "screen": draw_screen,
}


def main() -> None:
    """Write the samples, each under 40 kB, or those that are named."""
    SAMPLES.mkdir(exist_ok=True)
    for name in sys.argv[1:] or DRAWINGS:
        DRAWINGS[name]().save(SAMPLES / f"{name}.webp", quality=88, method=6)


if __name__ == "__main__":
    main()
