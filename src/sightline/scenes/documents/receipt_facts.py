"""What a receipt says of the sale itself: when, which number, who served."""

from __future__ import annotations

from random import Random

from sightline.scenes import formats, words
from sightline.scenes.noise import Piece
from sightline.scenes.sheet import Align, Sheet

Labelled = list[tuple[str, list[Piece]]]


def set_facts(dice: Random, sheet: Sheet, region: str, trade: str) -> None:
    """Set title, number, date, time, cashier, table, in some order and some layout."""
    if dice.random() < 0.5:
        sheet.gap(0.4)
    if dice.random() < 0.55:
        title = dice.choice(
            (
                "TAX INVOICE",
                "Tax Invoice",
                "RECEIPT",
                "CASH SALES",
                "Cash Bill",
                "INVOICE",
                "SALES RECEIPT",
                "CASH RECEIPT",
                "Official Receipt",
                "SIMPLIFIED TAX INVOICE",
                "*** TAX INVOICE ***",
            )
        )
        sheet.line((title, ""), align=dice.choice(("centre", "centre", "left")), bold=dice.random() < 0.4)
    if dice.random() < 0.35:
        sheet.rule(dice)
    labelled = _draw_facts(dice, region, trade)
    layout = dice.random()
    if layout < 0.55:
        _stack(dice, sheet, labelled)
    elif layout < 0.8:
        _pair(dice, sheet, labelled)
    else:
        at = dice.uniform(0.28, 0.45)
        for label, pieces in labelled:
            sheet.cells(([(label.rstrip(": "), "")], 0.0, "left"), ([(": ", ""), *pieces], at, "left"))


def _draw_facts(dice: Random, region: str, trade: str) -> Labelled:
    shape, when = formats.date_shape(dice, region), formats.day(dice)
    language = region if region in ("nl", "de", "fr") else "en"
    date: list[Piece] = [(formats.print_date(shape, when, language), "date")]
    time: list[Piece] = [(formats.print_time(dice), "time")]
    out: Labelled = []
    kind = dice.random()
    label = dice.choice(
        (
            "Date: ",
            "DATE: ",
            "Date : ",
            "Date",
            "Date:",
            "Tarikh: ",
            "Bill Date: ",
            "Invoice Date : ",
            "Trans Date: ",
            "",
            "",
            "DATE : ",
            "Doc. Date: ",
        )
    )
    if region in ("nl", "de", "fr"):
        label = dice.choice(({"nl": "Datum: ", "de": "Datum: ", "fr": "Date : "}[region], ""))
    if kind < 0.5:
        out.append((label, [*date, (dice.choice((" ", "  ", " ", "   ")), ""), *time]))
    elif kind < 0.75:
        out += [(label, date), (dice.choice(("Time: ", "TIME: ", "Time : ", "Masa: ")), time)]
    elif kind < 0.95:
        out.append((label or "Date: ", date))
    number = words.digits(
        dice,
        dice.choice(
            (
                "######",
                "#########",
                "CS#####",
                "@@#####",
                "####-######",
                "INV-#####",
                "A##-#####",
                "##/####",
                "OR########",
                "########-####",
                "#####",
                "CS-####-####",
            )
        ),
    )
    if dice.random() < 0.75:
        out.insert(
            dice.randint(0, len(out)),
            (
                dice.choice(
                    (
                        "Receipt No: ",
                        "Invoice No: ",
                        "Inv No: ",
                        "Bill No: ",
                        "Receipt #: ",
                        "Doc No. : ",
                        "Rcpt#: ",
                        "No: ",
                        "Trans: ",
                        "Check #",
                        "Slip No. : ",
                        "INVOICE NO : ",
                        "Document No : ",
                        "Bill#: ",
                    )
                ),
                [(number, "number")],
            ),
        )
    if dice.random() < 0.5:
        who = dice.choice(
            (
                words.person(dice).split()[0],
                words.person(dice),
                f"{dice.randint(1, 99):02}",
                words.made_up(dice).upper(),
                "ADMIN",
                f"CASHIER {dice.randint(1, 9)}",
            )
        )
        out.insert(
            dice.randint(0, len(out)),
            (
                dice.choice(
                    (
                        "Cashier: ",
                        "CASHIER: ",
                        "Served by: ",
                        "Cashier : ",
                        "User: ",
                        "Server: ",
                        "Staff: ",
                        "Clerk ",
                        "Your cashier: ",
                    )
                ),
                [(who, "cashier")],
            ),
        )
    if trade == "food" and dice.random() < 0.4:
        out.append((dice.choice(("Table: ", "TABLE ", "Table No: ", "Tbl ")), [(str(dice.randint(1, 60)), "table")]))
    if dice.random() < 0.3:
        out.append(
            (
                dice.choice(
                    (
                        "Counter: ",
                        "POS No: ",
                        "Terminal: ",
                        "Pax: ",
                        "Member: ",
                        "Ref: ",
                        "Shift: ",
                        "M/C: ",
                        "Sales Person: ",
                        "Customer: ",
                    )
                ),
                [(dice.choice((str(dice.randint(1, 99)), words.digits(dice, "@##"), "CASH", words.made_up(dice))), "")],
            )
        )
    if dice.random() < 0.08:  # a second date that is not the answer
        other = formats.print_date(shape, formats.day(dice), language)
        out.append(
            (dice.choice(("Member since: ", "Due: ", "Valid until: ", "GST from: ", "Printed on ")), [(other, "")])
        )
    return out


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
