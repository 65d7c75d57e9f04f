"""Receipts from shops, restaurants and petrol stations; Malaysian ones most, others beside them."""

from __future__ import annotations

from random import Random

from sightline.scenes import formats
from sightline.scenes.documents import (
    fields,
    receipt_facts,
    receipt_foot,
    receipt_head,
    receipt_items,
    receipt_totals,
)
from sightline.scenes.documents.draft import Draft
from sightline.scenes.facts import Facts
from sightline.scenes.fonts import Split, pick_face
from sightline.scenes.sheet import ReadSheet, Sheet

KINDS = (
    fields.SHOP, fields.SALE_DATE, fields.TOTAL, fields.SHOP_ADDRESS, fields.PHONE, fields.FAX, fields.REG_NO,
    fields.TAX_NO, fields.NUMBER, fields.SALE_TIME, fields.CASHIER,
    fields.TABLE_NO, fields.SUBTOTAL, fields.TAX, fields.CASH, fields.CHANGE, fields.ROUNDING, fields.DISCOUNT,
    fields.PAYMENT, fields.WEB, fields.EMAIL,
)  # fmt: skip
NOUNS = ("receipt", "receipt", "receipt", "bill", "till receipt", "sales slip")


def draft(dice: Random, split: Split) -> Draft:
    """Set a receipt."""
    region = dice.choices(("my", "us", "uk", "nl", "de", "fr", "au", "sg"), (60, 13, 8, 4, 4, 4, 3, 4))[0]
    trade = dice.choice(("food", "food", "grocery", "grocery", "hardware", "hardware"))
    size = dice.randint(13, 20)
    sheet = Sheet(
        round(size * dice.uniform(20, 32)),
        pick_face(dice, "receipt", split),
        size,
        dice.randint(6, 30),
        dice.uniform(1.18, 1.55),
    )
    style = receipt_items.Style.draw(dice, region, split)
    receipt_head.set_head(dice, sheet, region)
    facts_last = dice.random() < 0.18
    date = "" if facts_last else receipt_facts.set_facts(dice, sheet, region, trade)
    bought = receipt_items.set_items(dice, sheet, style, trade)
    receipt_totals.set_totals(dice, sheet, style, bought)
    if facts_last:
        receipt_facts.set_facts(dice, sheet, region, trade)
    receipt_foot.set_foot(dice, sheet)
    if date and dice.random() < 0.08:  # once more, with the time at which it was printed
        sheet.line((f"{date} {formats.print_time(dice)}", ""), align=dice.choice(("left", "centre")))
    return Draft("receipt", sheet, lambda read: _facts(dice, read, bought), photo=0.35, paper="thermal")


def _facts(dice: Random, read: ReadSheet, bought: receipt_items.Bought) -> Facts:
    items = bought.items(read)
    company, date, total = read.value("company"), read.value("date"), read.value("total")
    caption = "A receipt"
    caption += f" from {company}" if company else ""
    caption += f", dated {date}" if date else ""
    caption += f", with a total of {total}." if total else "."
    if items and dice.random() < 0.8:
        shown = [item.name for item in items[:3]]
        noun = "item" if len(items) == 1 else "items"
        caption += f" It lists {len(items)} {noun}: {', '.join(shown)}{' and more' if len(items) > 3 else ''}."
    if read.value("address") and dice.random() < 0.3:
        caption += f" The shop is at {read.value('address')}."
    # Who pays cash has a method of payment too, though no line names it.
    kinds = tuple(kind for kind in KINDS if kind is not fields.PAYMENT or "cash" not in read.printed)
    return Facts(NOUNS, read, kinds, items, caption)
