"""The head of a receipt: who sold it, and where."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sightline.scenes import words
from sightline.scenes.documents import receipt_words as said
from sightline.scenes.noise import Piece
from sightline.scenes.sheet import Align, Sheet

GARBLED = "aaeeioutlnrsdchpkymgbwvjxzIlTOo01C"  # letters as often as misread strokes give them


def cased(dice: Random, text: str, upper: float) -> str:
    """Return `text` in capitals with chance `upper`."""
    return text.upper() if dice.random() < upper else text


def set_head(dice: Random, sheet: Sheet, region: str) -> None:
    """Set the shop's brand, legal name, address, telephone and numbers.

    The company is the legal name, wherever it stands; a brand, a former name or a customer is not.
    """
    align: Align = dice.choice(("centre", "centre", "centre", "left"))
    upper = dice.choice((0.0, 1.0, 1.0, 0.85))
    for _ in range(dice.choices((0, 1, 2), (0.76, 0.19, 0.05))[0]):
        _set_scrap(dice, sheet, align)
    name = words.company(dice, region)
    owner_below = _set_brand(dice, sheet, name, upper, align)
    if not owner_below:
        _set_name(dice, sheet, name, region, upper, align)
    for row in _draw_rows(dice, sheet, region, upper, align):
        row()
    if owner_below:
        sheet.line((dice.choice(said.OWNER), ""), align=align)
        _set_name(dice, sheet, name, region, upper, align)
    if dice.random() < 0.07:
        _set_customer(dice, sheet, region, upper)


def _draw_rows(dice: Random, sheet: Sheet, region: str, upper: float, align: Align) -> list[Callable[[], None]]:
    rows: list[Callable[[], None]] = []
    if dice.random() < 0.94:
        rows.append(lambda: _set_address(dice, sheet, region, upper, align))
    if dice.random() < 0.65:
        rows.append(lambda: _set_phone(dice, sheet, region, align))
    if dice.random() < (0.7 if region == "my" else 0.4):
        rows.append(lambda: _set_tax_no(dice, sheet, region, align))
    if dice.random() < 0.12:
        rows.append(lambda: _set_online(dice, sheet, align))
    if dice.random() < 0.1:
        rows.append(lambda: _note(sheet, dice.choice(said.HOURS), align))
    if dice.random() < 0.2:
        dice.shuffle(rows)
    return rows


def _note(sheet: Sheet, text: str, align: Align) -> None:
    sheet.line((text, ""), align=align)


def _set_scrap(dice: Random, sheet: Sheet, align: Align) -> None:
    """A word above everything: a stamp, a table number, somebody's handwriting, a logo that was misread."""
    scrap = dice.choice(
        (
            dice.choice(said.SCRAPS), dice.choice(said.SCRAPS), words.made_up(dice).lower(),
            f"{words.made_up(dice)} {words.made_up(dice).lower()}", words.person(dice).lower(),
            words.digits(dice, "@#####"), words.digits(dice, "###"), _garble(dice), _garble(dice),
        )
    )  # fmt: skip
    sheet.line((scrap, ""), align=dice.choice((align, "left", "right")), scale=dice.choice((1.0, 1.0, 1.4)))


def _garble(dice: Random) -> str:
    """What a reader makes of a logo or of a scribble: one to three short words that are none."""
    said = ["".join(dice.choices(GARBLED, k=dice.randint(1, 7))) for _ in range(dice.choice((1, 1, 2, 3)))]
    return dice.choice((str.upper, str.capitalize, str))(" ".join(said))


def _set_brand(dice: Random, sheet: Sheet, name: str, upper: float, align: Align) -> bool:
    """Perhaps set a brand or a logo above the legal name; tell whether the legal name comes under the address."""
    if dice.random() >= 0.3:
        return False
    brand = dice.choice(
        (name.split()[0], words.brand(dice), words.brand(dice), words.made_up(dice), name.split()[0].lower())
    )
    if dice.random() < 0.2:
        brand += " " + dice.choice(said.SHOPS)
    sheet.line((cased(dice, brand, 0.6), ""), align=align, scale=dice.uniform(1.2, 2.2), bold=True)
    if dice.random() < 0.15:
        _note(sheet, dice.choice(said.SLOGANS), align)
    return dice.random() < 0.18


def _set_name(dice: Random, sheet: Sheet, name: str, region: str, upper: float, align: Align) -> None:
    name = cased(dice, name, upper)
    scale, bold = dice.choice((1.0, 1.0, 1.15, 1.35, 1.6)), dice.random() < 0.5
    number = words.digits(dice, dice.choice(said.REG_SHAPES))
    kind = dice.random()
    beside = region in ("my", "sg") and kind < 0.28
    if beside:
        left, right = dice.choice(said.REG_BRACKETS)
        pieces = [(name, "company"), (" ", ""), (left, ""), (number, "reg_no"), (right, "")]
        sheet.line(*pieces, align=align, scale=scale, bold=bold)
    elif len(name) > 18 and dice.random() < 0.22:
        parts = name.split()
        cut = dice.randint(1, len(parts) - 1) if len(parts) > 1 else 1
        for part in (parts[:cut], parts[cut:]):
            if part:
                sheet.line((" ".join(part), "company"), align=align, scale=scale, bold=bold)
    else:
        sheet.line((name, "company"), align=align, scale=scale, bold=bold)
    if dice.random() < 0.09:
        former = dice.choice(said.FORMERLY).format(name=words.company(dice, region))
        sheet.line((cased(dice, former, upper), ""), align=align, scale=0.9)
    if not beside and dice.random() < (0.5 if region == "my" else 0.12):
        label = dice.choice(said.REG_LABELS)
        sheet.line((label, ""), (number, "reg_no"), (")" if "(" in label else "", ""), align=align)
    if dice.random() < 0.12:
        branch = dice.choice((words.made_up(dice), str(dice.randint(1, 900)), f"{words.made_up(dice)} Mall"))
        _note(sheet, cased(dice, dice.choice(said.BRANCHES).format(name=branch), upper), align)


def _set_address(dice: Random, sheet: Sheet, region: str, upper: float, align: Align) -> None:
    rows = words.address(dice, region)
    if dice.random() < 0.06:
        rows = [" ".join(rows)]
    label = dice.choice(("", "", "", "", "", "", "", "", "Address: ", "ADD: ", "Addr : "))
    for place, row in enumerate(rows):
        head: list[Piece] = [(label, "")] if label and place == 0 else []
        sheet.line(*head, (cased(dice, row, 1.0 if upper > 0.5 else 0.0), "address"), align=align)
    if dice.random() < 0.06:  # where the shop stands, which is no part of the postal address
        _note(sheet, cased(dice, f"({words.made_up(dice)} {dice.choice(said.SHOPS)})", upper), align)


def _set_phone(dice: Random, sheet: Sheet, region: str, align: Align) -> None:
    label = dice.choice(said.PHONES)
    number = words.phone(dice, region)
    kind = dice.random()
    if kind >= 0.36:
        sheet.line((label, ""), (number, "phone"), align=align)
        return
    fax = dice.choice(("Fax: ", "FAX: ", "Fax : ", "F: ", "Fax:", "Fax No. "))
    between: list[Piece] = [(dice.choice((" ", "  ", ", ", " / ", "   ")), "")]
    if kind < 0.2:
        sheet.line((label, ""), (number, "phone"), *between, (fax, ""), (words.phone(dice, region), "fax"), align=align)
    elif kind < 0.28:  # two numbers: the first is the answer
        sheet.line((label, ""), (number, "phone"), *between, (words.phone(dice, region), ""), align=align)
    else:
        sheet.line((label, ""), (number, "phone"), align=align)
        sheet.line((fax, ""), (words.phone(dice, region), "fax"), align=align)


def _set_tax_no(dice: Random, sheet: Sheet, region: str, align: Align) -> None:
    labels, shapes = said.TAX_NUMBERS.get(region, said.TAX_NUMBERS["au"])
    label = dice.choice(labels)
    number = words.digits(dice, dice.choice(shapes))
    sheet.line((label, ""), (number, "tax_no"), (")" if "(" in label else "", ""), align=align)


def _set_online(dice: Random, sheet: Sheet, align: Align) -> None:
    if dice.random() < 0.5:
        sheet.line((words.web(dice, words.made_up(dice)), "web"), align=align)
    else:
        label = dice.choice(("Email: ", "E-mail : ", "", "Email:"))
        sheet.line((label, ""), (words.email(dice, words.made_up(dice)), "email"), align=align)


def _set_customer(dice: Random, sheet: Sheet, region: str, upper: float) -> None:
    """Who bought it: another name and address, which are not the answer."""
    sheet.gap(0.5)
    label = dice.choice(said.CUSTOMERS)
    name = cased(dice, dice.choice((words.company(dice, region), words.person(dice))), upper)
    if dice.random() < 0.5:
        sheet.line((label, ""))
        sheet.line((name, ""))
    else:
        sheet.line((f"{label} {name}", ""))
    if dice.random() < 0.6:
        for row in words.address(dice, region)[:3]:
            sheet.line((cased(dice, row, upper), ""))
