"""Identity cards, passes, business cards and licences."""

from __future__ import annotations

from random import Random

from sightline.scenes import word_lists as lists
from sightline.scenes import words
from sightline.scenes.documents import fields, labels
from sightline.scenes.documents.draft import Draft
from sightline.scenes.facts import Facts, FieldKind
from sightline.scenes.fonts import Split, pick_face
from sightline.scenes.sheet import Align, Colour, ReadSheet, Sheet, Stroke

_TITLES = ("IDENTITY CARD", "Identity Card", "DRIVING LICENCE", "Driver License", "STUDENT CARD", "Library Card",
"Employee ID", "VISITOR", "MEMBERSHIP CARD", "Health Insurance Card", "STAFF PASS", "PASSPORT", "RESIDENCE PERMIT",
"Press Card")  # fmt: skip
_KEYS = (
    "last_name",
    "first_name",
    "name",
    "birth_date",
    "gender",
    "country",
    "passport",
    "member_no",
    "address",
    "height",
    "department",
    "occupation",
    "blood",
    "date",
)
_EXPIRY = FieldKind(
    "expiry",
    ("expiry date", "date of expiry", "expiration date", "valid until date"),
    ("expiry_date", "valid_until", "expires", "expiry"),
    ("When does it expire?", "Until when is it valid?", "How long is the card valid?"),
    weight=1.3,
)
_NAME = FieldKind(
    "name",
    ("name", "name of the person", "full name", "holder's name", "cardholder"),
    ("name", "full_name", "holder", "person", "card_holder"),
    ("Who is this?", "Whose card is this?", "Who is the holder?", "What is the name of the person?"),
    weight=2.0,
)
_JOB = FieldKind(
    "job",
    ("job title", "profession", "position", "role"),
    ("job_title", "position", "role", "profession"),
    ("What does this person do?",),
)
CARD_KINDS: tuple[FieldKind, ...] = (
    _NAME,
    _JOB,
    fields.COMPANY,
    fields.PHONE,
    fields.EMAIL,
    fields.WEB,
    fields.ADDRESS,
    fields.FAX,
)


def draft(dice: Random, split: Split) -> Draft:
    """Set a card."""
    if dice.random() < 0.35:
        return _business_card(dice, split)
    size = dice.randint(15, 20)
    sheet = Sheet(
        round(size * dice.uniform(28, 36)),
        pick_face(dice, "sans", split),
        size,
        dice.randint(14, 26),
        dice.uniform(1.25, 1.5),
    )
    band: Colour = dice.choice(
        ((200, 215, 235), (225, 205, 205), (205, 225, 205), (40, 70, 120), (120, 30, 40), (235, 230, 210))
    )
    sheet.strokes.append(Stroke((0, 0, sheet.width, sheet.margin + 2.2 * size), band))
    light: Colour = (250, 250, 250) if sum(band) < 400 else (25, 25, 28)
    title = dice.choice(_TITLES)
    issuer = dice.choice(
        (
            dice.choice(lists.COUNTRIES).upper(),
            words.company(dice, "us"),
            f"University of {words.made_up(dice)}",
            f"City of {words.made_up(dice)}",
        )
    )
    sheet.line((title, "title"), scale=1.2, bold=True, colour=light, align=dice.choice(("left", "centre")))
    sheet.y = sheet.margin + 2.4 * size
    sheet.line((issuer, "company"), scale=0.85, colour=(70, 70, 90))
    left = dice.random() < 0.7
    at = 0.36 if left else 0.0
    x0 = sheet.margin if left else sheet.width * 0.68
    sheet.strokes.append(
        Stroke(
            (x0, sheet.y + 0.7 * size, x0 + 0.26 * sheet.width, sheet.y + 0.7 * size + 0.32 * sheet.width),
            dice.choice(((150, 160, 175), (190, 180, 170), (120, 130, 120))),
        )
    )
    chosen = _labels(dice)
    stacked = split == "test" or dice.random() < 0.45
    tiny = max(9, round(size * 0.62))
    for label in chosen:
        value = label.value[:26].rstrip()
        value = value.upper() if dice.random() < 0.3 else value
        if stacked:
            sheet.y += 0.9 * size
            sheet.put(
                [(label.name.upper() if dice.random() < 0.3 else label.name, "")],
                sheet.margin + at * (sheet.width - 2 * sheet.margin),
                sheet.y,
                size_px=tiny,
                colour=(90, 90, 110),
            )
            sheet.cells(([(value, label.key)], at, "left"), scale=0.9)
        else:
            sheet.cells(([(f"{label.name}: ", ""), (value, label.key)], at, "left"), scale=0.9)
    kinds = (
        labels.TITLE,
        *(labels.field_kind(label) for label in chosen if label.key != "expiry"),
        _EXPIRY,
        fields.COMPANY,
        *labels.others(dice, {label.key for label in chosen}),
    )
    nouns = (
        ("identity card", "ID card", "card", "pass")
        if "LICEN" not in title.upper()
        else ("driving licence", "card", "licence")
    )
    return Draft(
        "id_card",
        sheet,
        lambda read: _facts(read, kinds, nouns),
        photo=0.5,
        paper="card",
        min_aspect=dice.choice((0.0, 0.63)),
    )


def _labels(dice: Random) -> list[labels.Label]:
    keys = dice.sample(_KEYS, dice.randint(3, 6))
    if "name" in keys:
        keys = [key for key in keys if key not in ("first_name", "last_name")]
    if "date" in keys:
        keys.remove("date")
    out = [labels.draw(dice, key) for key in keys]
    if dice.random() < 0.6:
        drawn = labels.draw(dice, "date")
        out.append(
            labels.Label(
                "expiry",
                dice.choice(("Expires", "Valid until", "Date of expiry", "EXP", "Expiry date")),
                drawn.value,
                ("expiry date",),
            )
        )
    return out


_JOBS = (
    "Sales Manager",
    "Director",
    "Engineer",
    "Designer",
    "Account Manager",
    "Head of Research",
    "Consultant",
    "Photographer",
    "Architect",
    "CEO",
    "Attorney at Law",
    "Chef",
)


def _business_card(dice: Random, split: Split) -> Draft:
    size = dice.randint(14, 19)
    sheet = Sheet(
        round(size * dice.uniform(27, 36)),
        pick_face(dice, dice.choice(("sans", "serif", "display")), split),
        size,
        dice.randint(20, 40),
        dice.uniform(1.25, 1.6),
    )
    region = dice.choice(("us", "uk", "nl", "de", "fr", "my"))
    name, firm = words.person(dice), words.company(dice, region)
    align: Align = dice.choice(("left", "left", "centre", "right"))
    firm_first = dice.random() < 0.4
    accent: Colour = dice.choice(((25, 25, 28), (30, 70, 140), (150, 30, 40)))
    if firm_first:
        sheet.line((firm, "company"), align=align, scale=dice.uniform(1.0, 1.6), bold=True, colour=accent)
    sheet.line((name, "name"), align=align, scale=dice.uniform(1.1, 1.7), bold=dice.random() < 0.6)
    if dice.random() < 0.8:
        sheet.line((dice.choice(_JOBS), "job"), align=align, scale=0.9)
    if not firm_first:
        sheet.line((firm, "company"), align=align, scale=dice.uniform(1.0, 1.6), bold=True, colour=accent)
    sheet.gap(dice.uniform(0.6, 1.6))
    if dice.random() < 0.6:
        for row in words.address(dice, region, 2):
            sheet.line((row, "address"), align=align, scale=0.9)
    for label, value, key, chance in (
        (dice.choice(("", "T ", "Tel: ", "Mobile: ", "M: ")), words.phone(dice, region), "phone", 0.9),
        (dice.choice(("F ", "Fax: ")), words.phone(dice, region), "fax", 0.15),
        (dice.choice(("", "", "E ", "Email: ")), words.email(dice, name), "email", 0.8),
        (dice.choice(("", "", "W ")), words.web(dice, firm), "web", 0.5),
    ):
        if dice.random() < chance:
            sheet.line((label, ""), (value, key), align=align, scale=0.9)
    return Draft(
        "id_card",
        sheet,
        lambda read: _facts(read, CARD_KINDS, ("business card", "card", "name card")),
        photo=0.5,
        paper="card",
        min_aspect=dice.choice((0.0, 0.58)),
    )


def _facts(read: ReadSheet, kinds: tuple[FieldKind, ...], nouns: tuple[str, ...]) -> Facts:
    name = read.value("name") or " ".join(filter(None, (read.value("first_name"), read.value("last_name"))))
    noun = nouns[0]
    caption = ("An " if noun[0] in "aeiou" else "A ") + noun
    caption += f" of {name}" if name else ""
    caption += (
        f", issued by {read.value('company')}."
        if read.value("company") and noun != "business card"
        else f" from {read.value('company')}."
        if read.value("company")
        else "."
    )
    if read.value("job"):
        caption += f" The job title is {read.value('job')}."
    if read.value("expiry"):
        caption += f" It is valid until {read.value('expiry')}."
    return Facts(nouns, read, kinds, (), caption)
