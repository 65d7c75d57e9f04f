"""The foot of a receipt: thanks, rules of the shop, where to complain."""

from __future__ import annotations

from random import Random

from sightline.scenes import words
from sightline.scenes.sheet import Align, Sheet

_NOTES = (
    "Thank you", "THANK YOU, PLEASE COME AGAIN", "Thank You & Please Come Again", "GOODS SOLD ARE NOT REFUNDABLE",
    "Goods sold are not returnable or exchangeable", "TERIMA KASIH",
    "Please keep this receipt", "Exchange within 7 days with receipt", "No refund on sale items",
    "Have a nice day!", "Thank you for shopping with us", "SILA DATANG LAGI",
    "This is a computer generated receipt", "E. & O. E.", "Customer copy",
    "Returns within 14 days with this receipt", "Prices include tax", "Vielen Dank!", "Merci de votre visite",
    "Bedankt en tot ziens",
    "NO EXCHANGE ON PROMO ITEMS", "Tell us how we did:", "Follow us online", "POINTS EARNED: 12",
    "All prices are in local currency", "*** THANK YOU ***", "<< CUSTOMER COPY >>", "PLEASE COME AGAIN.",
    "THANK YOU FOR YOUR PATRONAGE", "No signature required", "Powered by NovaPOS", "Free Wi-Fi: ask at the till",
    "Served with a smile", "ALL AMOUNTS ARE IN RM", "GST included where it applies", "Cash sales only",
    "VAT is included in all prices", "Delivery orders welcome", "Items marked * are taxable",
)  # fmt: skip
_RULES = (
    "Goods sold are not returnable. Exchange is allowed within {n} days with this receipt and in original condition.",
    "Please check your change before you leave the counter. No claims are accepted afterwards.",
    "Keep this invoice as proof of purchase for all warranty claims. Batteries and bulbs are not covered.",
    "Any complaint about the quality of our goods must reach us within {n} days of the date of this bill.",
    "Join our members' club today and save {n}% on every purchase. Ask our staff for details.",
    "Cheques should be crossed and made payable to the company. Interest of {n}% is charged on late payment.",
    "All exchanges must be made with the original receipt and the product in its original packing.",
    "Tell us about your visit and win a voucher. The survey takes {n} minutes.",
)
_LAST = ("Customer Service: {phone}", "Hotline {phone}", "Careline: {phone}", "Whatsapp {phone}", "Feedback: {phone}")


def set_foot(dice: Random, sheet: Sheet) -> None:
    """Set what comes after the sums: on one receipt in ten nothing, on some a dozen lines."""
    sheet.gap(dice.uniform(0.2, 1.2))
    align: Align = dice.choice(("centre", "centre", "left"))
    for note in dice.sample(_NOTES, dice.choice((0, 1, 1, 2, 2, 3, 3, 4, 5))):
        text = note.upper() if dice.random() < 0.2 else note
        sheet.line((text, ""), align=align, scale=dice.choice((0.85, 1.0, 1.0)))
    if dice.random() < 0.3:
        _set_rule(dice, sheet)
    if dice.random() < 0.12:
        sheet.line((dice.choice(_LAST).format(phone=words.phone(dice, "my")), ""), align=align)
    if dice.random() < 0.15:
        sheet.line((words.web(dice, words.made_up(dice)), "web"), align="centre")
    if dice.random() < 0.08:
        sheet.line(("Email: ", ""), (words.email(dice, words.made_up(dice)), "email"), align="centre")


def _set_rule(dice: Random, sheet: Sheet) -> None:
    text = dice.choice(_RULES).format(n=dice.choice((3, 5, 7, 14, 30)))
    sheet.paragraph(text.upper() if dice.random() < 0.5 else text, scale=dice.choice((0.85, 1.0)))
