"""The table of an invoice and its sums."""

from __future__ import annotations

from random import Random

from sightline.scenes import words
from sightline.scenes.documents import invoice_words
from sightline.scenes.documents.receipt_items import Bought, fit
from sightline.scenes.formats import money
from sightline.scenes.noise import Piece
from sightline.scenes.sheet import Colour, Sheet, Stroke

Money = Bought


def set_body(dice: Random, sheet: Sheet, language: str, region: str, tag: invoice_words.Words, accent: Colour) -> Money:
    """Set the table of items and the sums below it."""
    bought = Bought()
    comma = language != "en"
    decimal, thousands = (",", dice.choice((".", " ", ""))) if comma else (".", dice.choice((",", ",", "")))
    sign = dice.choice(
        ("", "€ ", "€", "EUR ")
        if comma
        else {"us": ("$", "$", ""), "uk": ("£", "£", ""), "au": ("$", "")}.get(region, ("RM ", "RM", ""))
    )
    sheet.gap(1.0)
    columns = dice.choice(
        (
            ("what", "amount"),
            ("what", "count", "each", "amount"),
            ("count", "what", "each", "amount"),
            ("what", "count", "each", "rate", "amount"),
            ("number", "what", "count", "each", "amount"),
        )
    )
    places = _places(columns)
    _set_heading(dice, sheet, columns, places, tag, accent)
    rate = dice.choice(
        {"nl": (21, 9), "de": (19, 7), "fr": (20, 10), "uk": (20,), "us": (0, 8, 7), "au": (10,)}.get(region, (6, 0))
    )
    in_cells = dice.random() < 0.5
    for place in range(dice.choice((1, 1, 2, 2, 3, 3, 4, 5, 7))):
        name = words.goods(dice, dice.choice(("service", "service", "hardware", "grocery")))
        quantity, unit = (
            dice.choice((1, 1, 1, 2, 3, 4, 5, 8, 10, 12, 24)),
            dice.choice((dice.randint(100, 9900), dice.randint(10, 800) * 100, dice.randint(1000, 250000))),
        )
        bought.rows.append((name, quantity * unit, quantity))
        each, amount = money(unit, decimal, thousands), money(unit * quantity, decimal, thousands)
        cell = sign if in_cells else ""
        texts: dict[str, list[Piece]] = {
            "what": [(fit(name, sheet, 0.34 * (sheet.width - 2 * sheet.margin)), f"item.{place}.name")],
            "count": [(str(quantity), f"item.{place}.qty")],
            "each": [(cell + each, "")],
            "rate": [(f"{rate}%", "")],
            "number": [(str(place + 1), "")],
            "amount": [(cell, ""), (amount, f"item.{place}.price")]
            if cell.endswith(" ")
            else [(cell + amount, f"item.{place}.price")],
        }
        sheet.cells(
            *(
                (texts[c], at, "left" if c in ("what", "number") or at == 0.0 else "right")
                for c, at in zip(columns, places, strict=True)
            )
        )
        if dice.random() < 0.12:
            sheet.line(
                (words.sentence(dice)[:48], ""),
                scale=0.85,
                indent=places[columns.index("what")] * (sheet.width - 2 * sheet.margin),
                colour=(110, 110, 110),
            )
    sheet.gap(0.5)
    sheet.strokes.append(Stroke((sheet.margin, sheet.y, sheet.width - sheet.margin, sheet.y + 1), accent))
    _set_sums(dice, sheet, tag, bought.cents, rate, (decimal, thousands), sign)
    return bought


def _places(columns: tuple[str, ...]) -> list[float]:
    if len(columns) == 2:
        return [0.0, 1.0]
    if columns[0] == "what":
        return [0.0, 0.55, 0.76, 1.0] if len(columns) == 4 else [0.0, 0.48, 0.66, 0.8, 1.0]
    return [0.0, 0.1, 0.76, 1.0] if len(columns) == 4 else [0.0, 0.08, 0.55, 0.76, 1.0]


def _set_heading(
    dice: Random, sheet: Sheet, columns: tuple[str, ...], places: list[float], tag: invoice_words.Words, accent: Colour
) -> None:
    names = {
        "what": dice.choice(tag.what),
        "count": dice.choice(tag.count),
        "each": dice.choice(tag.each),
        "rate": tag.rate,
        "number": dice.choice(("#", "No", "Pos")),
        "amount": dice.choice(tag.amount),
    }
    band = dice.random() < 0.35
    top = sheet.y + 0.2 * sheet.size_px
    cells = [
        ([(names[c], "")], at, "left" if c in ("what", "number") or at == 0.0 else "right")
        for c, at in zip(columns, places, strict=True)
    ]
    if band:
        sheet.strokes.append(
            Stroke((sheet.margin - 4, top, sheet.width - sheet.margin + 4, top + 1.6 * sheet.size_px), accent)
        )
    sheet.cells(*cells, bold=True, colour=(250, 250, 250) if band else accent)  # type: ignore[arg-type]
    sheet.gap(0.4)


def _set_sums(
    dice: Random, sheet: Sheet, tag: invoice_words.Words, cents: int, rate: int, style: tuple[str, str], sign: str
) -> None:
    tax = round(cents * rate / 100)
    at = dice.choice((0.45, 0.55, 0.6))
    near = dice.random() < 0.15
    colon = dice.choice(("", ":", ":"))

    def put(label: str, value: int, key: str, bold: bool = False, scale: float = 1.0) -> None:
        amount = money(value, *style)
        pieces: list[Piece] = [(sign + amount, key)] if sign.strip() == sign else [(sign, ""), (amount, key)]
        if near:
            sheet.line((label + colon + " ", ""), *pieces, align="right", bold=bold, scale=scale)
        else:
            sheet.cells(([(label + colon, "")], at, "left"), (pieces, 1.0, "right"), bold=bold, scale=scale)

    if rate or dice.random() < 0.4:
        put(dice.choice(tag.subtotal), cents, "subtotal")
    if rate:
        put(dice.choice(tag.tax).format(rate=rate), tax, "tax")
    if dice.random() < 0.15 and rate:
        put(dice.choice(tag.paid), 0, "")
    put(dice.choice(tag.total), cents + tax, "total", dice.random() < 0.7, dice.choice((1.0, 1.0, 1.2)))
