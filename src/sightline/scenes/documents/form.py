"""Forms: labels and values in one or two columns, check boxes, headings."""

from __future__ import annotations

from random import Random

from sightline.scenes import words
from sightline.scenes.documents import labels
from sightline.scenes.documents.draft import Draft
from sightline.scenes.facts import Facts, FieldKind
from sightline.scenes.fonts import Face, Split, pick_face
from sightline.scenes.noise import Piece
from sightline.scenes.scene import Turn
from sightline.scenes.sheet import Colour, ReadSheet, Sheet, Stroke

NOUNS = ("form", "form", "filled-in form", "questionnaire")
_GREY: Colour = (120, 120, 120)


def draft(dice: Random, split: Split) -> Draft:
    """Set a form."""
    size = dice.randint(13, 18)
    sheet = Sheet(
        round(size * dice.uniform(34, 50)),
        pick_face(dice, dice.choice(("sans", "sans", "serif")), split),
        size,
        dice.randint(20, 45),
        dice.uniform(1.35, 1.8),
    )
    title = _title(dice)
    sheet.line(
        (title, "title"), align=dice.choice(("left", "centre")), scale=dice.uniform(1.3, 2.0), bold=dice.random() < 0.7
    )
    if dice.random() < 0.4:
        sheet.line(
            (
                dice.choice(
                    (
                        words.sentence(dice),
                        "Please fill in all fields.",
                        "For office use only",
                        "Use block letters.",
                        f"Form {words.digits(dice, '@-###')}",
                    )
                ),
                "",
            ),
            scale=0.85,
        )
    sheet.gap(dice.uniform(0.3, 1.0))
    hand = pick_face(dice, "hand", split) if dice.random() < 0.25 else sheet.face
    shown = [labels.draw(dice) for _ in range(dice.randint(4, 12))]
    unique = {label.key: label for label in shown}
    chosen = list(unique.values())
    _set_fields(dice, sheet, chosen, hand, split)
    boxes = _set_boxes(dice, sheet) if dice.random() < 0.35 else []
    if dice.random() < 0.3:
        sheet.gap()
        sheet.line((dice.choice(("Signature:", "Signature of applicant", "Date and place", "Signed:")), ""))
    kinds = (labels.TITLE, *(labels.field_kind(label) for label in chosen), *labels.others(dice, set(unique)))
    return Draft(
        "form",
        sheet,
        lambda read: _facts(dice, read, kinds, boxes),
        photo=0.25,
        paper=dice.choice(("white", "white", "aged", "screen")),
    )


def _title(dice: Random) -> str:
    subject = dice.choice(
        (
            "Registration",
            "Application",
            "Membership",
            "Patient",
            "Visitor",
            "Booking",
            "Order",
            "Claim",
            "Contact",
            "Customer",
            "Employee",
            "Travel",
            "Loan",
            "Admission",
            "Feedback",
            "Delivery",
            "Rental",
            "Change of address",
            words.made_up(dice),
        )
    )
    title = f"{subject} {dice.choice(('Form', 'form', 'Record', 'Details', 'Sheet', 'Request', 'Card', 'Information'))}"
    return title.upper() if dice.random() < 0.35 else title


def _set_fields(dice: Random, sheet: Sheet, chosen: list[labels.Label], hand: Face, split: Split) -> None:
    layout = dice.choice(
        ("inline", "inline", "apart", "apart", "two", "stacked")
        if split == "train" or dice.random() < 0.4
        else ("boxed", "stacked_two")
    )
    colon = dice.choice((":", ":", ":", " :", "", "."))
    room = sheet.width - 2 * sheet.margin
    bold, upper = dice.random() < 0.35, dice.random() < 0.2
    columns = 2 if layout in ("two", "stacked_two") else 1
    at = dice.uniform(0.25, 0.45)
    for start in range(0, len(chosen), columns):
        if layout in ("stacked", "stacked_two", "boxed"):
            sheet.y += sheet.size_px * sheet.line_gap
        sheet.y += sheet.size_px * sheet.line_gap
        for column, label in enumerate(chosen[start : start + columns]):
            x = sheet.margin + column * room / 2
            name = (label.name.upper() if upper else label.name) + colon
            value: list[Piece] = [
                (
                    label.value if columns == 1 else label.value[: int(room / 2 / sheet.size_px / 0.62)].rstrip(),
                    label.key,
                )
            ]
            if layout == "inline" or (layout == "two" and dice.random() < 0.9):
                if hand is sheet.face and not bold:
                    sheet.put(
                        [(name, ""), (dice.choice((" ", " ", "  ", "")) if colon else " ", ""), *value], x, sheet.y
                    )
                else:
                    left = sheet.put([(name, "")], x, sheet.y, bold=bold)
                    sheet.put(value, x + left.width + 0.5 * sheet.size_px, sheet.y, face=hand)
            elif layout in ("stacked", "stacked_two", "boxed"):
                top = sheet.y - sheet.size_px * sheet.line_gap
                sheet.put(
                    [(name.rstrip(":. "), "")],
                    x,
                    top,
                    bold=bold,
                    size_px=max(9, round(sheet.size_px * 0.85)),
                    colour=_GREY if not bold else (25, 25, 28),
                )
                sheet.put(value, x, sheet.y, face=hand)
                if layout == "boxed":
                    sheet.strokes.append(
                        Stroke((x - 5, top - sheet.size_px, sheet.width - sheet.margin, sheet.y + 6), _GREY, False)
                    )
            else:
                sheet.put([(name, "")], x, sheet.y, bold=bold)
                sheet.put(value, x + at * room, sheet.y, face=hand)
                if hand is not sheet.face:
                    sheet.strokes.append(
                        Stroke((x + at * room, sheet.y + 4, sheet.width - sheet.margin, sheet.y + 5), _GREY)
                    )
        if layout in ("stacked", "stacked_two", "boxed"):
            sheet.gap(0.5)


def _set_boxes(dice: Random, sheet: Sheet) -> list[tuple[str, bool]]:
    """Set check boxes; the mark is in the text as engines often read it (x, ☒ as X, or nothing)."""
    options = dice.sample(
        (
            "I agree to the terms",
            "Newsletter",
            "Vegetarian",
            "Smoker",
            "First visit",
            "Student",
            "Insured",
            "Parking needed",
            "Gift wrap",
            "Express delivery",
            "Member",
            "Urgent",
            "Invoice by e-mail",
            "Single room",
        ),
        dice.randint(2, 4),
    )
    sheet.gap()
    out = []
    for name in options:
        checked = dice.random() < 0.5
        sheet.y += sheet.size_px * sheet.line_gap
        x, s = sheet.margin, sheet.size_px
        sheet.strokes.append(Stroke((x, sheet.y - 0.8 * s, x + 0.9 * s, sheet.y + 0.1 * s), (25, 25, 28), False))
        if checked:
            sheet.put([("X", "")], x + 0.12 * s, sheet.y)
        sheet.put([(name, f"box.{name}")], x + 1.5 * s, sheet.y)
        out.append((name, checked))
    return out


def _facts(dice: Random, read: ReadSheet, kinds: tuple[FieldKind, ...], boxes: list[tuple[str, bool]]) -> Facts:
    title = read.value("title")
    seen = [kind for kind in kinds[1:] if read.value(kind.key)]
    caption = f"A form with the title {title}." if title else "A form."
    if seen:
        caption += " It gives " + ", ".join(f"{kind.nouns[0]}: {read.value(kind.key)}" for kind in seen[:3]) + "."
    templates = (
        'Is "{name}" checked?',
        "Is the box {name} ticked?",
        "Has {name} been selected?",
        "is {name} crossed?",
        "Did they tick {name}?",
    )
    extra = tuple(
        Turn(dice.choice(templates).format(name=name), "yes" if checked else "no", "checkbox")
        for name, checked in boxes
    )
    return Facts(NOUNS, read, kinds, (), caption, extra)
