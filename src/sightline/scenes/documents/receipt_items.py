"""The item lines of a receipt, in the layouts that tills use."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Literal

from sightline.scenes import words
from sightline.scenes.facts import Item
from sightline.scenes.fonts import Split, text_width
from sightline.scenes.formats import money
from sightline.scenes.sheet import ReadSheet, Sheet

Layout = Literal[
    "name_price",
    "qty_name_price",
    "name_qty_price_amount",
    "name_then_numbers",
    "code_name_then_numbers",
    "numbered",
    "qty_x_name",
    "name_then_columns",
]
_TRAIN: tuple[Layout, ...] = (
    "name_price",
    "qty_name_price",
    "name_qty_price_amount",
    "name_then_numbers",
    "code_name_then_numbers",
    "name_then_columns",
)
_TEST: tuple[Layout, ...] = ("numbered", "qty_x_name")


_MODIFIERS = (
    "Take Away", "Discount", "- Less sugar", "+ no ice", "Disc. 10%", "TAKE AWAY", "Hot", "*PROMO*", "Member Disc.",
    "Dine in", "(each)", "Discount:", "less oil",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """How one till prints: its layout, its currency, its decimal sign."""

    layout: Layout
    sign: str
    decimal: str
    region: str
    tail: str
    signed: bool = False  # whether prices of items carry the currency

    @classmethod
    def draw(cls, dice: Random, region: str, split: Split) -> Style:
        """Return the style of a till in `region`; the test split has layouts of its own."""
        sign = {
            "my": dice.choice(("RM", "RM", "RM ", "", "")),
            "us": dice.choice(("$", "$", "")),
            "uk": dice.choice(("£", "£", "")),
            "au": "$",
            "sg": dice.choice(("$", "S$", "")),
        }.get(region, dice.choice(("€", "€ ", "", "EUR ")))
        layout = dice.choice(_TEST if split == "test" and dice.random() < 0.6 else _TRAIN)
        decimal = "," if region in ("nl", "de", "fr") else "."
        tail = dice.choice(("", "", "", " S", " SR", " Z", "*", " T", " A"))
        return cls(layout, sign, decimal, region, tail, dice.random() < 0.15)

    def amount(self, cents: int) -> str:
        """Return `cents` as this till prints it, without the currency."""
        return money(cents, self.decimal, "." if self.decimal == "," else ",")


@dataclass(slots=True)
class Bought:
    """What was bought: clean name, cents, count of each line."""

    rows: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def cents(self) -> int:
        """The sum of all lines."""
        return sum(cents for _, cents, _ in self.rows)

    def items(self, read: ReadSheet) -> tuple[Item, ...]:
        """Return the items as they read; one whose name was missed is left out."""
        out = []
        for place, (name, cents, _) in enumerate(self.rows):
            seen = read.value(f"item.{place}.name")
            if seen:
                price = read.value(f"item.{place}.price")
                out.append(Item(name, seen, price, cents, read.value(f"item.{place}.qty")))
        return tuple(out)


def set_items(dice: Random, sheet: Sheet, style: Style, trade: str) -> Bought:
    """Set the heading and the items."""
    bought = Bought()
    upper = dice.random() < 0.6
    if dice.random() < 0.45:
        sheet.rule(dice)
    if dice.random() < 0.5:
        _set_heading(dice, sheet, style)
    modifier = dice.choice(_MODIFIERS) if dice.random() < 0.2 else ""
    for place in range(dice.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 11, 14, 18))):
        name = words.goods(dice, trade)
        name = name.upper() if upper else name
        quantity = dice.choice((1, 1, 1, 1, 2, 2, 3, 4, 6, 10))
        unit = dice.choice(
            (
                dice.randint(50, 3000),
                dice.randint(100, 1500),
                dice.randint(20, 200) * 10,
                dice.randint(1, 60) * 50 + 100,
                dice.randint(1000, 25000),
            )
        )
        bought.rows.append((name, unit * quantity, quantity))
        _set_item(dice, sheet, style, place, name, quantity, unit)
        if modifier and dice.random() < 0.4:
            _set_modifier(dice, sheet, style, modifier)
        elif dice.random() < 0.04:
            _set_modifier(dice, sheet, style, dice.choice(("Disc 10%", "DISCOUNT", "  Promo", "Less: Disc")))
    return bought


def _set_modifier(dice: Random, sheet: Sheet, style: Style, text: str) -> None:
    """A line under an item, the same under many: what it comes with, or what is taken off."""
    cents = -dice.randint(10, 400) if "isc" in text.lower() or "promo" in text.lower() else 0
    if cents or dice.random() < 0.4:
        sheet.cells(([(text, "")], 0.05, "left"), ([(style.amount(cents), "")], 1.0, "right"))
    else:
        sheet.line((text, ""), indent=dice.choice((0.0, 12.0)))


def _set_heading(dice: Random, sheet: Sheet, style: Style) -> None:
    sign = style.sign.strip() or "RM"
    if style.layout in ("name_price", "qty_name_price", "qty_x_name"):
        cells = (
            dice.choice(("Item", "Description", "QTY ITEM", "Particulars", "DESC")),
            dice.choice(("Amount", f"Amt({sign})", "Total", sign, "AMOUNT", "PRICE")),
        )
        sheet.cells(([(cells[0], "")], 0.0, "left"), ([(cells[1], "")], 1.0, "right"))
    else:
        names = dice.choice(
            (
                ("Item", "Qty", "Price", "Amount"),
                ("Description", "Qty", "U.Price", f"Total({sign})"),
                ("ITEM", "QTY", "S/PRICE", "AMOUNT"),
                ("Description", "QTY", sign, "TAX"),
                ("Code/Desc", "Qty", "Price", "Amt"),
            )
        )
        sheet.cells(
            *(
                ([(n, "")], at, "left" if at == 0.0 else "right")
                for n, at in zip(names, (0.0, 0.55, 0.76, 1.0), strict=True)
            )
        )
    if dice.random() < 0.4:
        sheet.rule(dice)


def _set_item(dice: Random, sheet: Sheet, style: Style, place: int, name: str, quantity: int, unit: int) -> None:
    key = f"item.{place}"
    price, each = style.amount(unit * quantity), style.amount(unit)
    # A sign that stands tight against its amount is part of the printed price.
    sign = style.sign if style.signed else ""
    priced = [(sign + price, f"{key}.price")] if sign.strip() == sign else [(sign, ""), (price, f"{key}.price")]
    price_cell = [*priced, (style.tail, "")]
    count = str(quantity)
    room = 0.68 * (sheet.width - 2 * sheet.margin)
    short = fit(name, sheet, room)
    if style.layout == "name_price":
        sheet.cells(([(short, f"{key}.name")], 0.0, "left"), (price_cell, 1.0, "right"))
    elif style.layout in ("qty_name_price", "qty_x_name"):
        times = dice.choice((" x ", "x ", "X ")) if style.layout == "qty_x_name" else dice.choice((" ", "  "))
        sheet.cells(
            ([(count, f"{key}.qty"), (times, ""), (fit(name, sheet, room * 0.85), f"{key}.name")], 0.0, "left"),
            (price_cell, 1.0, "right"),
        )
    elif style.layout == "name_qty_price_amount":
        short = fit(name, sheet, room * 0.6)
        sheet.cells(
            ([(short, f"{key}.name")], 0.0, "left"),
            ([(count, f"{key}.qty")], 0.55, "right"),
            ([(each, "")], 0.76, "right"),
            (price_cell, 1.0, "right"),
        )
    elif style.layout == "name_then_columns":
        sheet.line((fit(name, sheet, room * 1.3), f"{key}.name"))
        sheet.cells(
            ([(count, f"{key}.qty"), (dice.choice((" x", "x", "")), "")], 0.42, "right"),
            ([(each, "")], 0.68, "right"),
            (priced, 0.9 if style.tail else 1.0, "right"),
            ([(style.tail.strip(), "")], 1.0, "right"),
        )
    elif style.layout == "numbered":
        sheet.cells(
            ([(f"{place + 1}. ", ""), (fit(name, sheet, room * 0.9), f"{key}.name")], 0.0, "left"),
            (price_cell, 1.0, "right"),
        )
    else:
        code = words.digits(dice, dice.choice(("#############", "########", "@@-####", "####", "@####")))
        if style.layout == "code_name_then_numbers":
            if dice.random() < 0.5:
                sheet.line((code, ""))
                sheet.line((name, f"{key}.name"))
            else:
                sheet.line((code, ""), (" ", ""), (fit(name, sheet, room * 0.8), f"{key}.name"))
        else:
            sheet.line((name, f"{key}.name"))
        times = dice.choice((" x ", " X ", " @ ", "x", " * "))
        sheet.cells(
            ([(count, f"{key}.qty"), (times, ""), (each, "")], dice.choice((0.05, 0.15, 0.3)), "left"),
            (price_cell, 1.0, "right"),
        )


def fit(name: str, sheet: Sheet, room: float) -> str:
    """Return as much of `name` as fits in `room` pixels: tills cut long names off."""
    while len(name) > 4 and text_width(name, sheet.face, sheet.size_px) > room:
        name = name[:-1].rstrip()
    return name
