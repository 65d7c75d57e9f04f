"""The head of a receipt: who sold it, and where."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sightline.scenes import words
from sightline.scenes.noise import Piece
from sightline.scenes.sheet import Align, Sheet


def cased(dice: Random, text: str, upper: float) -> str:
    """Return `text` in capitals with chance `upper`."""
    return text.upper() if dice.random() < upper else text


def set_head(dice: Random, sheet: Sheet, region: str) -> None:
    """Set the shop's brand, legal name, address, telephone and numbers."""
    align: Align = dice.choice(("centre", "centre", "centre", "left"))
    upper = dice.choice((0.0, 1.0, 1.0, 0.85))
    if dice.random() < 0.12:
        sheet.line(
            (
                dice.choice(
                    (
                        "*** COPY ***",
                        "TAX INVOICE",
                        "RECEIPT",
                        "Welcome to",
                        "REPRINT",
                        words.made_up(dice).lower(),
                        f"{words.made_up(dice)} {words.made_up(dice).lower()}",
                    )
                ),
                "",
            ),
            align=align,
        )
    name = words.company(dice, region)
    if dice.random() < 0.28:  # a brand or a logo above the legal name
        brand = dice.choice((name.split()[0], words.brand(dice), words.made_up(dice), name.split()[0].lower()))
        sheet.line((cased(dice, brand, 0.6), ""), align=align, scale=dice.uniform(1.2, 2.2), bold=True)
    _set_name(dice, sheet, name, region, upper, align)
    rows: list[Callable[[], None]] = []
    if dice.random() < 0.92:
        rows.append(lambda: _set_address(dice, sheet, region, upper, align))
    if dice.random() < 0.6:
        rows.append(lambda: _set_phone(dice, sheet, region, align))
    if dice.random() < (0.7 if region == "my" else 0.4):
        rows.append(lambda: _set_tax_no(dice, sheet, region, align))
    if dice.random() < 0.12:
        dice.shuffle(rows)
    for row in rows:
        row()


def _set_name(dice: Random, sheet: Sheet, name: str, region: str, upper: float, align: Align) -> None:
    name = cased(dice, name, upper)
    scale, bold = dice.choice((1.0, 1.0, 1.15, 1.35, 1.6)), dice.random() < 0.5
    number = words.digits(
        dice,
        dice.choice(
            ("######-@", "######-@", "#######-@", "############", "JM#######-@", "00#######-@", "20##########")
        ),
    )
    kind = dice.random()
    if region == "my" and kind < 0.2:
        left, right = dice.choice((("(", ")"), ("(", ")"), ("(Co. No. ", ")"), ("[", "]"), ("", "")))
        sheet.line(
            (name, "company"),
            (" ", ""),
            (left, ""),
            (number, "reg_no"),
            (right, ""),
            align=align,
            scale=scale,
            bold=bold,
        )
    elif len(name) > 18 and dice.random() < 0.22:
        parts = name.split()
        cut = dice.randint(1, len(parts) - 1) if len(parts) > 1 else 1
        for part in (parts[:cut], parts[cut:]):
            if part:
                sheet.line((" ".join(part), "company"), align=align, scale=scale, bold=bold)
    else:
        sheet.line((name, "company"), align=align, scale=scale, bold=bold)
    if dice.random() < 0.08:
        former = cased(dice, f"(formerly known as {words.company(dice, region)})", upper)
        sheet.line((former, ""), align=align, scale=0.9)
    if dice.random() < (0.5 if region == "my" else 0.12) and not (region == "my" and kind < 0.2):
        label = dice.choice(
            (
                "Co Reg No: ",
                "(",
                "Co. Reg No : ",
                "Company No. ",
                "Reg No:",
                "ROC NO: ",
                "(Co. No: ",
                "Company Reg No. ",
                "Co.No:",
                "SSM: ",
                "Business Reg. ",
            )
        )
        sheet.line((label, ""), (number, "reg_no"), (")" if "(" in label else "", ""), align=align)
    if dice.random() < 0.1:
        sheet.line(
            (
                dice.choice(("Branch: ", "Outlet ", "Store #", "Cawangan "))
                + dice.choice((words.made_up(dice), str(dice.randint(1, 900)))),
                "",
            ),
            align=align,
        )


def _set_address(dice: Random, sheet: Sheet, region: str, upper: float, align: Align) -> None:
    rows = words.address(dice, region)
    label = dice.choice(("", "", "", "", "", "", "", "Address: ", "ADD: "))
    for place, row in enumerate(rows):
        head: list[Piece] = [(label, "")] if label and place == 0 else []
        sheet.line(*head, (cased(dice, row, 1.0 if upper > 0.5 else 0.0), "address"), align=align)


def _set_phone(dice: Random, sheet: Sheet, region: str, align: Align) -> None:
    label = dice.choice(
        (
            "Tel: ",
            "TEL: ",
            "Tel : ",
            "Tel No: ",
            "Phone: ",
            "Tel.",
            "TEL ",
            "H/P: ",
            "Contact : ",
            "T: ",
            "Ph: ",
            "",
            "Tel. No. : ",
        )
    )
    number = words.phone(dice, region)
    kind = dice.random()
    if kind < 0.3:
        fax = dice.choice(("Fax: ", "FAX: ", "Fax : ", "F: "))
        if dice.random() < 0.6:
            sheet.line(
                (label, ""),
                (number, "phone"),
                (dice.choice((" ", "  ", ", ", " / ")), ""),
                (fax, ""),
                (words.phone(dice, region), "fax"),
                align=align,
            )
            return
        sheet.line((label, ""), (number, "phone"), align=align)
        sheet.line((fax, ""), (words.phone(dice, region), "fax"), align=align)
        return
    sheet.line((label, ""), (number, "phone"), align=align)


def _set_tax_no(dice: Random, sheet: Sheet, region: str, align: Align) -> None:
    if region == "my":
        label = dice.choice(
            (
                "GST No: ",
                "GST ID: ",
                "GST Reg No: ",
                "GST ID No : ",
                "GST REG #",
                "(GST Reg. No. ",
                "GST: ",
                "SST ID : ",
                "GST NO.: ",
                "Gst Id: ",
            )
        )
        number = words.digits(dice, dice.choice(("00##########", "00##########", "B16-####-########")))
    else:
        label = dice.choice(
            {
                "us": ("Tax ID ", "EIN: "),
                "uk": ("VAT No: ", "VAT Reg. "),
                "nl": ("BTW nr ", "BTW: "),
                "de": ("USt-IdNr.: ", "St.-Nr. "),
                "fr": ("TVA ", "N° TVA: "),
            }.get(region, ("ABN: ", "GST No. "))
        )
        number = words.digits(
            dice,
            {
                "us": "##-#######",
                "uk": "GB ### #### ##",
                "nl": "NL#########B01",
                "de": "DE#########",
                "fr": "FR###########",
            }.get(region, "## ### ### ###"),
        )
    sheet.line((label, ""), (number, "tax_no"), (")" if "(" in label else "", ""), align=align)
