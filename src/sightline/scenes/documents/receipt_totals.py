"""The sums of a receipt: subtotal, tax, rounding, total, cash, change, tax summary."""

from __future__ import annotations

from random import Random

from sightline.scenes import words
from sightline.scenes.documents.receipt_items import Bought, Style
from sightline.scenes.noise import Piece
from sightline.scenes.sheet import Sheet

_TOTAL = {
    "my": (
        "TOTAL", "Total", "TOTAL:", "Total RM", "TOTAL RM", "Total Sales (Inclusive GST)", "NETT TOTAL",
        "Nett Total:", "Grand Total", "GRAND TOTAL", "AMOUNT DUE", "Total Amount", "Total (RM)",
        "TOTAL AMOUNT (RM)", "Total Incl. GST", "Total Inclusive GST:", "Net Total", "TOTAL (INCL GST)",
        "Total Payable", "Bill Total", "Amt Due", "Total Amt Incl. GST @6%", "TOTAL SALES INCLUSIVE OF GST",
        "Total Due", "Total After Rounding", "Rounded Total (RM)", "Net Amt", "JUMLAH", "TOTAL INCL. TAX",
        "Final Total", "Total Sales Inclusive GST @6%", "TOTAL :", "Total (Inclusive of GST):", "TOTAL ROUNDED",
        "Total (Incl GST)", "Total Sales (Inclusive GST) RM", "TOTAL INCL. GST", "Total RM Incl. of GST", "ROUNDED TOTAL",
        "NET TOTAL", "Amount Payable", "TOTAL (RM)", "Nett Amount", "Total Sales Incl. GST @ 6%", "TOTAL AMOUNT",
    ),
    "nl": ("Totaal", "TOTAAL", "Te betalen", "Totaal EUR", "Totaal incl. BTW"),
    "de": ("Summe", "SUMME", "Gesamt", "Gesamtbetrag", "Summe EUR", "Zu zahlen"),
    "fr": ("Total", "TOTAL TTC", "Total TTC", "Net à payer", "A PAYER"),
    "us": ("TOTAL", "Total", "Total Due", "Balance Due", "Grand Total", "Amount Due", "TOTAL USD", "Order Total"),
    "uk": ("Total", "TOTAL", "Total to pay", "Balance due", "Amount Due", "TOTAL GBP", "Total (incl. VAT)"),
}  # fmt: skip
_SUBTOTAL = {
    "nl": ("Subtotaal", "Excl. BTW"),
    "de": ("Zwischensumme", "Netto"),
    "fr": ("Sous-total", "Total HT"),
    "my": (
        "Subtotal",
        "SUB TOTAL",
        "Sub-Total",
        "Subtotal (Excl. GST)",
        "Total Excluding GST",
        "Sub Total:",
        "TOTAL EXCL. GST",
        "Taxable Amt",
        "Total Sales (Excluding GST)",
        "Total (Excluding GST):",
        "TOTAL SALES",
        "Total Amt Excl. GST",
        "Gross Amount",
        "Nett of Tax:",
    ),
}
_TAX = {"nl": ("BTW 9%", "BTW 21%", "BTW"), "de": ("MwSt 19%", "MwSt 7%", "MwSt."),
"fr": ("TVA 20%", "TVA 10%", "TVA 5,5%"), "us": ("Tax", "Sales Tax", "TAX 8.25%", "Tax 1"),
"uk": ("VAT 20%", "VAT", "VAT @ 20%"),
        "my": ("GST 6%", "GST @6%", "GST", "Total GST", "GST Payable", "SST 6%", "Add GST @6%", "Tax", "GST Amount",
        "SVC TAX 6%", "Service Tax 6%")}  # fmt: skip
_CASH = (
    "CASH",
    "Cash",
    "Cash Received",
    "Tendered",
    "CASH RM",
    "Cash Tend",
    "Payment",
    "Paid",
    "Cash Paid",
    "Amount Paid",
    "CASH:",
    "Received",
    "Total Paid",
    "TOTAL PAID",
    "CASH :",
    "Tendered:",
    "AMOUNT TENDERED",
)
_COUNTS = (
    "Item count: ", "Total Qty: ", "No. of items: ", "TOTAL QTY : ", "Items: ", "Item(s): ", "Total Item(s): ",
    "Total QTY: ", "Item(s) : ", "TOTAL ITEMS ", "Items count: ",
)  # fmt: skip
_SAVED = ("YOUR SAVINGS FOR TODAY", "You saved", "TOTAL SAVINGS", "Total Saving", "Points value", "Voucher value")
_CHANGE = ("CHANGE", "Change", "Change Due", "CHANGE RM", "Change:", "Balance", "Baki", "Your Change")


def set_totals(dice: Random, sheet: Sheet, style: Style, bought: Bought) -> None:
    """Set everything from the subtotal down to the card slip."""
    row = _Row(dice, sheet, style)
    if dice.random() < 0.5:
        sheet.rule(dice)
    cents, rate = bought.cents, {"my": 6, "us": 8, "uk": 20, "nl": 9, "de": 19, "fr": 10}.get(style.region, 7)
    on_top = dice.random() < 0.4
    tax = round(cents * rate / 100) if on_top else round(cents * rate / (100 + rate))
    if dice.random() < 0.22:
        _set_counts(dice, sheet, len(bought.rows))
    if dice.random() < 0.6:
        row.put(
            _label(dice, _SUBTOTAL, style.region, ("Subtotal", "SUBTOTAL", "Sub Total")),
            cents if on_top else cents - tax if dice.random() < 0.5 else cents,
            "subtotal",
        )
    discount = dice.choice((0, 0, 0, 0, 0, 0, dice.randint(1, 30) * 10)) if cents > 800 else 0
    if discount:
        row.put(
            dice.choice(("Discount", "DISC", "Discount 5%", "Less Discount", "Total Discount")), -discount, "discount"
        )
    has_tax = dice.random() < 0.6 or on_top
    if has_tax:
        row.put(_label(dice, _TAX, style.region, ("Tax", "GST")), tax, "tax")
    total = cents + (tax if on_top else 0) - discount
    rounded = (total + 2) // 5 * 5
    if style.region in ("my", "au", "sg") and dice.random() < 0.45:
        total = _set_rounding(dice, row, total, rounded, style)
    else:
        _set_total(dice, row, total, style)
    if dice.random() < 0.12:  # the same sum under another name
        row.put(_label(dice, _TOTAL, style.region, _TOTAL["us"]), total, "")
    _set_payment(dice, row, total)
    if dice.random() < 0.07:
        row.put(dice.choice(_SAVED), dice.randint(5, 900), "")
    if has_tax and dice.random() < (0.4 if style.region == "my" else 0.15):
        _set_tax_summary(dice, sheet, style, total, tax, rate)


class _Row:
    """A label at the left and an amount at the right, in the layout that this receipt keeps to."""

    def __init__(self, dice: Random, sheet: Sheet, style: Style) -> None:
        self.dice, self.sheet, self.style = dice, sheet, style
        self.layout = dice.choice(
            ("apart", "apart", "apart", "apart", "apart", "apart", "colon", "colon", "near", "near", "below")
        )
        self.at = dice.uniform(0.35, 0.55)
        self.sign = style.sign if style.signed or dice.random() < 0.35 else ""
        self.minus = dice.choice(("-{}", "-{}", "-{}", "{}-", "({})"))

    def put(self, label: str, cents: int, key: str, scale: float = 1.0, bold: bool = False) -> None:
        amount = self.style.amount(cents) if cents >= 0 else self.minus.format(self.style.amount(-cents))
        # A sign that stands tight against its amount is part of the printed value; one apart is not.
        value: list[Piece] = (
            [(self.sign + amount, key)] if self.sign.strip() == self.sign else [(self.sign, ""), (amount, key)]
        )
        if self.layout == "below":
            self.sheet.line((label, ""), scale=scale, bold=bold)
            self.sheet.line(*value, align="right", scale=scale, bold=bold)
            return
        if self.layout == "near":
            self.sheet.line((label, ""), (dice_gap(self.dice), ""), *value, align="right", scale=scale, bold=bold)
            return
        first = label if self.layout == "apart" else label.rstrip(":") + dice_colon(self.dice)
        self.sheet.cells(
            ([(first, "")], 0.0 if self.layout == "apart" else self.at - 0.35, "left"),
            (value, 1.0, "right"),
            scale=scale,
            bold=bold,
        )


def dice_gap(dice: Random) -> str:
    """Return what stands between a label and its amount on one line."""
    return dice.choice((" ", ": ", " : ", "  "))


def dice_colon(dice: Random) -> str:
    """Return the end of a label."""
    return dice.choice((":", " :", ":", ""))


def _set_counts(dice: Random, sheet: Sheet, n_items: int) -> None:
    """How many things were bought: numbers beside the word total that are no sums."""
    text = dice.choice(_COUNTS) + str(n_items)
    if dice.random() < 0.3:
        quantity = dice.choice(("Qty(s) : ", "Total Qty: ", "PCS: ")) + str(n_items + dice.choice((0, 1, 3)))
        sheet.cells(([(text, "")], 0.0, "left"), ([(quantity, "")], 1.0, "right"))
    else:
        sheet.line((text, ""))


def _label(dice: Random, table: dict[str, tuple[str, ...]], region: str, other: tuple[str, ...]) -> str:
    label = dice.choice(table.get(region, other))
    return label.upper() if dice.random() < 0.25 else label


def _set_total(dice: Random, row: _Row, cents: int, style: Style) -> None:
    big = dice.random() < 0.35
    row.put(
        _label(dice, _TOTAL, style.region, _TOTAL["us"]),
        cents,
        "total",
        dice.choice((1.2, 1.5, 1.8)) if big else 1.0,
        dice.random() < 0.45,
    )


def _set_rounding(dice: Random, row: _Row, total: int, rounded: int, style: Style) -> int:
    first = (
        dice.choice(("Total", "TOTAL", "Total Incl GST", "Total Sales", "Bill Amount", "TOTAL SALES", "Total Amount"))
        if dice.random() < 0.6
        else ""
    )
    if first:
        row.put(first, total, "before_rounding")
    row.put(
        dice.choice(
            (
                "Rounding",
                "ROUNDING ADJ",
                "Rounding Adj.",
                "Rounding Adjustment",
                "Round Adj",
                "Rounding (RM)",
                "ROUND AMT",
            )
        ),
        rounded - total,
        "rounding",
    )
    _set_total(dice, row, rounded, style)
    return rounded


def _set_payment(dice: Random, row: _Row, total: int) -> None:
    kind = dice.random()
    if kind < 0.55:
        note = dice.choice((100, 500, 1000, 2000, 5000, 10000))
        paid = total if dice.random() < 0.25 else (total // note + 1) * note
        row.put(dice.choice(_CASH), paid, "cash")
        row.put(dice.choice(_CHANGE), paid - total, "change")
    elif kind < 0.75:
        card = dice.choice(
            (
                "VISA",
                "Mastercard",
                "MASTER CARD",
                "Debit Card",
                "VISA CARD",
                "AMEX",
                "Credit Card",
                "PIN",
                "EC-Karte",
                "CB",
                "Maestro",
            )
        )
        if dice.random() < 0.5:
            row.sheet.cells(([(card, "payment")], 0.0, "left"), ([(row.style.amount(total), "")], 1.0, "right"))
        else:
            row.sheet.line(
                (dice.choice(("Payment: ", "Paid by ", "Payment Type: ", "PAID BY: ", "Tender: ")), ""),
                (card, "payment"),
            )
        if dice.random() < 0.5:
            row.sheet.line(
                (
                    words.digits(
                        dice,
                        dice.choice(
                            (
                                "XXXX XXXX XXXX ####",
                                "************####",
                                "####-XXXX-XXXX-####",
                                "Approval: ######",
                                "Auth Code ######",
                            )
                        ),
                    ),
                    "",
                )
            )


def _set_tax_summary(dice: Random, sheet: Sheet, style: Style, total: int, tax: int, rate: int) -> None:
    sheet.gap(0.4)
    names = (
        dice.choice(
            (
                ("GST Summary", "Amount(RM)", "Tax(RM)"),
                ("GST SUMMARY", "Amount", "Tax"),
                ("Tax Code %", "Amt", "GST"),
                ("GST Analysis", "Goods", "Tax Amount"),
            )
        )
        if style.region == "my"
        else dice.choice((("Rate", "Net", "VAT"), ("%", "Net", "Tax")))
    )
    align = (0.0, 0.65, 1.0)
    sheet.cells(*(([(n, "")], at, "left" if at == 0 else "right") for n, at in zip(names, align, strict=True)))
    code = dice.choice((f"SR @ {rate}%", f"S = {rate}%", f"SR {rate}%", f"{rate}%", f"GST@{rate}%", f"SR({rate}%)"))
    for first, amount, part in ((code, total - tax, tax), ("ZRL (0%)", 0, 0))[: dice.choice((1, 1, 2))]:
        sheet.cells(
            ([(first, "")], 0.0, "left"),
            ([(style.amount(amount), "")], 0.65, "right"),
            ([(style.amount(part), "")], 1.0, "right"),
        )
    if dice.random() < 0.3:
        sheet.cells(
            ([(dice.choice(("Total", "TOTAL :", "Total GST")), "")], 0.0, "left"),
            ([(style.amount(total - tax), "")], 0.65, "right"),
            ([(style.amount(tax), "")], 1.0, "right"),
        )
