"""What a receipt says of the sale itself: when, which number, who served."""

from __future__ import annotations

from random import Random

from sightline.scenes import formats, words
from sightline.scenes.documents import receipt_words as said
from sightline.scenes.noise import Piece
from sightline.scenes.sheet import Align, Sheet

Labelled = list[tuple[str, list[Piece]]]


def set_facts(dice: Random, sheet: Sheet, region: str, trade: str) -> str:
    """Set title, number, date, time, cashier, table, in some order and some layout; return the date as printed."""
    if dice.random() < 0.5:
        sheet.gap(0.4)
    if dice.random() < 0.55:
        sheet.line(
            (dice.choice(said.TITLES), ""), align=dice.choice(("centre", "centre", "left")), bold=dice.random() < 0.4
        )
    if dice.random() < 0.35:
        sheet.rule(dice)
    labelled = _draw_facts(dice, region, trade)
    layout = dice.random()
    if layout < 0.5:
        _stack(dice, sheet, labelled)
    elif layout < 0.72:
        _pair(dice, sheet, labelled)
    elif layout < 0.8:
        _line_up(dice, sheet, labelled)
    else:
        at = dice.uniform(0.28, 0.45)
        colon = dice.choice((": ", ": ", ":", ""))
        for label, pieces in labelled:
            sheet.cells(([(label.rstrip(": "), "")], 0.0, "left"), ([(colon, ""), *pieces], at, "left"))
    return next((text for _, pieces in labelled for text, key in pieces if key == "date"), "")


def _draw_facts(dice: Random, region: str, trade: str) -> Labelled:
    shape, when = formats.date_shape(dice, region), formats.day(dice)
    language = region if region in ("nl", "de", "fr") else "en"
    out = _draw_when(dice, region, formats.print_date(shape, when, language))
    if dice.random() < 0.75:
        number = words.digits(dice, dice.choice(said.NUMBER_SHAPES))
        out.insert(dice.randint(0, len(out)), (dice.choice(said.NUMBERS), [(number, "number")]))
    if dice.random() < 0.5:
        out.insert(dice.randint(0, len(out)), (dice.choice(said.CASHIERS), [(_staff(dice), "cashier")]))
    if trade == "food" and dice.random() < 0.4:
        table = (str(dice.randint(1, 60)), "table")
        out.append((dice.choice(("Table: ", "TABLE ", "Table No: ", "Tbl ", "TABLE NO :")), [table]))
    for _ in range(dice.choice((0, 0, 0, 1, 1, 2))):
        other = dice.choice(
            (str(dice.randint(1, 99)), words.digits(dice, "@##"), "CASH", words.made_up(dice), "C.O.D.")
        )
        out.insert(dice.randint(0, len(out)), (dice.choice(said.OTHERS), [(other, "")]))
    if dice.random() < 0.1:  # a second date that is not the answer
        printed = formats.print_date(shape, formats.day(dice), language)
        out.append((dice.choice(said.OTHER_DATES), [(printed, "")]))
    return out


def _draw_when(dice: Random, region: str, printed: str) -> Labelled:
    """The date, and mostly the time: together in either order, or apart, with a label or without."""
    date: list[Piece] = [(printed, "date")]
    if dice.random() < 0.05 and printed[0].isdigit() and region not in ("nl", "de", "fr"):
        date.insert(0, (dice.choice(said.WEEKDAYS), ""))
    time: list[Piece] = [(formats.print_time(dice), "time")]
    label = dice.choice(said.DATES)
    if region in said.FOREIGN_DATES:
        label = dice.choice((said.FOREIGN_DATES[region], ""))
    time_label = dice.choice(said.TIMES)
    gap: Piece = (dice.choice((" ", " ", "  ", " ", "   ", " - ", ", ")), "")
    kind = dice.random()
    if kind < 0.42:
        return [(label, [*date, gap, *time])]
    if kind < 0.5:  # DATE: 12/03/2018 TIME: 14:05
        return [(label, [*date, gap, (time_label, ""), *time])]
    if kind < 0.57:
        return [(dice.choice(("", label)), [*time, gap, *date])]
    if kind < 0.63:  # among the codes of the till
        codes = [(words.digits(dice, dice.choice(("@@##", "##", "T# @########", "####"))), "") for _ in range(2)]
        return [("", [*date, (" ", ""), *time, (" ", ""), codes[0], (" ", ""), codes[1]])]
    if kind < 0.8:
        return [(label, date), (time_label, time)] if dice.random() < 0.85 else [(time_label, time), (label, date)]
    return [(label or "Date: ", date)] if kind < 0.96 else []


def _staff(dice: Random) -> str:
    return dice.choice(
        (
            words.person(dice).split()[0],
            words.person(dice),
            f"{dice.randint(1, 99):02}",
            words.made_up(dice).upper(),
            "ADMIN",
            f"CASHIER {dice.randint(1, 9)}",
            "Employee",
        )
    )


def _stack(dice: Random, sheet: Sheet, labelled: Labelled) -> None:
    align: Align = dice.choice(("left", "left", "left", "centre"))
    for label, pieces in labelled:
        sheet.line((label, ""), *pieces, align=align)


def _pair(dice: Random, sheet: Sheet, labelled: Labelled) -> None:
    while labelled:
        pair, labelled = labelled[:2], labelled[2:]
        cells = [
            ([(label, ""), *pieces], at, align)
            for (label, pieces), (at, align) in zip(pair, ((0.0, "left"), (1.0, "right")), strict=False)
        ]
        long = (
            sum(len(label) + sum(len(t) for t, _ in pieces) for label, pieces in pair) * sheet.size_px * 0.6
            > sheet.width - 3 * sheet.margin
        )
        if long:
            for label, pieces in pair:
                sheet.line((label, ""), *pieces)
        else:
            sheet.cells(*cells)  # type: ignore[arg-type]
    if dice.random() < 0.3:
        sheet.rule(dice)


def _line_up(dice: Random, sheet: Sheet, labelled: Labelled) -> None:
    """Set the facts side by side: a row of labels over a row of values, or the values alone."""
    bare = dice.random() < 0.5
    while labelled:
        row, labelled = labelled[:3], labelled[3:]
        places: tuple[tuple[float, Align], ...] = ((0.0, "left"), (0.5, "centre"), (1.0, "right"))
        if len(row) == 2:
            places = (places[0], places[2])
        if not bare:
            names = [[(label.strip(": #"), "")] for label, _ in row]
            sheet.cells(*((name, *place) for name, place in zip(names, places, strict=False)))
        sheet.cells(*((pieces, *place) for (_, pieces), place in zip(row, places, strict=False)))
