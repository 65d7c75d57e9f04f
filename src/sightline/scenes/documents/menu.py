"""Menus and price lists."""

from __future__ import annotations

from random import Random

from sightline.scenes import words
from sightline.scenes.documents import fields, labels
from sightline.scenes.documents.draft import Draft
from sightline.scenes.documents.receipt_items import Bought, fit
from sightline.scenes.facts import Facts, FieldKind
from sightline.scenes.fonts import Split, pick_face
from sightline.scenes.formats import money
from sightline.scenes.noise import Piece
from sightline.scenes.scene import Turn
from sightline.scenes.sheet import Colour, ReadSheet, Sheet

_SECTIONS = ("Starters", "Mains", "Desserts", "Drinks", "Soups", "Salads", "Breakfast", "Lunch", "Coffee", "Tea",
"Pizza", "Pasta", "Specials", "Sides", "Wine", "Beer", "Noodles", "Rice", "Burgers", "Kids", "Sandwiches", "Grill",
"Snacks", "Vegetarian")  # fmt: skip
_TITLES = (
    "MENU",
    "Menu",
    "Our Menu",
    "Lunch Menu",
    "Dinner",
    "Price List",
    "Today's Specials",
    "DRINKS",
    "Carte",
    "Brunch Menu",
    "Takeaway Menu",
)
_NOTES = ("fresh herbs, lemon", "with rice and salad", "served with fries", "contains nuts", "vegan", "spicy",
"tomato, mozzarella, basil", "ask for the sauce of the day", "with garlic butter", "cream, mushrooms, onion",
"for two persons", "homemade")  # fmt: skip
RESTAURANT = FieldKind(
    "company",
    ("restaurant", "name of the restaurant", "restaurant name", "name", "company"),
    ("restaurant", "name", "restaurant_name", "company"),
    (
        "Which restaurant is it?",
        "Whose menu is this?",
        "What is the restaurant called?",
        "What is the name of the place?",
    ),
    weight=2.0,
)
KINDS = (RESTAURANT, labels.TITLE, fields.PHONE, fields.ADDRESS, fields.WEB, fields.DATE, fields.TOTAL, fields.EMAIL)
NOUNS = ("menu", "menu", "price list", "menu card")

_PLACES = ("Café", "Cafe", "Restaurant", "Bistro", "The", "Restoran", "Chez", "Casa")


def draft(dice: Random, split: Split) -> Draft:
    """Set a menu."""
    size = dice.randint(14, 19)
    sheet = Sheet(
        round(size * dice.uniform(24, 38)),
        pick_face(dice, dice.choice(("serif", "sans", "display", "hand")), split),
        size,
        dice.randint(20, 50),
        dice.uniform(1.3, 1.7),
    )
    head = pick_face(dice, dice.choice(("display", "serif", "hand")), split)
    accent: Colour = dice.choice(((25, 25, 28), (120, 30, 30), (20, 80, 60), (150, 100, 20)))
    upper = dice.random() < 0.3
    if dice.random() < 0.75:
        name = dice.choice(
            (
                words.brand(dice),
                f"{dice.choice(_PLACES)} {words.brand(dice)}",
            )
        )
        sheet.line(
            (name.upper() if upper else name, "company"),
            align="centre",
            scale=dice.uniform(1.4, 2.2),
            bold=True,
            face=head,
            colour=accent,
        )
    if dice.random() < 0.7:
        sheet.line((dice.choice(_TITLES), "title"), align="centre", scale=1.4, face=head)
    style = "tight" if split == "test" and dice.random() < 0.6 else dice.choice(("apart", "apart", "dots", "line"))
    sign, decimal = dice.choice((("", "."), ("", "."), ("$", "."), ("£", "."), ("€", ","), ("RM ", "."), ("€ ", ",")))
    dishes, sections = Bought(), dice.sample(_SECTIONS, dice.choice((0, 1, 2, 2, 3)))
    starts: dict[int, str] = {}
    for section in sections or [""]:
        if section:
            sheet.gap(0.6)
            starts[len(dishes.rows)] = section
            sheet.line(
                (section.upper() if upper else section, f"section.{len(starts)}"),
                align=dice.choice(("left", "centre")),
                scale=1.2,
                bold=True,
                colour=accent,
            )
        for _ in range(dice.randint(2, 6)):
            _set_dish(dice, sheet, dishes, style, sign, decimal, upper)
    sheet.gap(0.6)
    if dice.random() < 0.4:
        sheet.line(
            (
                dice.choice(
                    (
                        "All prices include tax",
                        "Please ask us about allergens",
                        "Service not included",
                        "10% service charge",
                        "Open daily 11:00 - 22:00",
                    )
                ),
                "",
            ),
            align="centre",
            scale=0.8,
        )
    if dice.random() < 0.3:
        sheet.line(
            (dice.choice(("Tel: ", "Call ", "")), ""),
            (words.phone(dice, dice.choice(("us", "my", "uk"))), "phone"),
            align="centre",
            scale=0.85,
        )
    if dice.random() < 0.2:
        sheet.line((words.address(dice, "us", 1)[0], "address"), align="centre", scale=0.85)
    return Draft(
        "menu",
        sheet,
        lambda read: _facts(dice, read, dishes, len(starts)),
        photo=0.35,
        paper=dice.choice(("white", "aged", "card")),
    )


def _set_dish(dice: Random, sheet: Sheet, dishes: Bought, style: str, sign: str, decimal: str, upper: bool) -> None:
    place = len(dishes.rows)
    cents = dice.choice((dice.randint(2, 60) * 50, dice.randint(15, 390) * 10, dice.randint(1, 30) * 100 + 95))
    name = words.goods(dice, "food")
    name = fit(name.upper() if upper else name, sheet, 0.72 * (sheet.width - 2 * sheet.margin))
    dishes.rows.append((name, cents, 1))
    amount = money(cents, decimal, "")
    amount = amount[:-3] if cents % 100 == 0 and dice.random() < 0.3 else amount
    price: list[Piece] = (
        [(sign, ""), (amount, f"item.{place}.price")]
        if sign.endswith(" ")
        else [(sign + amount, f"item.{place}.price")]
    )
    named: list[Piece] = [(name, f"item.{place}.name")]
    if style == "apart":
        sheet.cells((named, 0.0, "left"), (price, 1.0, "right"))
    elif style == "dots":
        sheet.line(*named, (" " + "." * dice.randint(3, 18) + " ", ""), *price)
    elif style == "line":
        sheet.line(*named, (dice.choice(("  ", " - ", " / ", " ")), ""), *price, align="centre")
    else:
        sheet.line(*price, ("  ", ""), *named)
    if dice.random() < 0.2:
        sheet.line((dice.choice(_NOTES), f"note.{place}"), scale=0.8, colour=(90, 90, 90))


def _facts(dice: Random, read: ReadSheet, dishes: Bought, n_sections: int) -> Facts:
    items = dishes.items(read)
    company = read.value("company")
    caption = f"A menu of {company}" if company else "A menu"
    caption += f" with {len(items)} dishes and prices."
    if items:
        caption += f" Among them are {', '.join(f'{i.name} for {i.price}' if i.price else i.name for i in items[:2])}."
    sections = [s for n in range(1, n_sections + 1) if (s := read.value(f"section.{n}"))]
    extra: list[Turn] = []
    if sections:
        extra.append(
            Turn(
                dice.choice(
                    ("Which sections does the menu have?", "What are the sections?", "List the headings of the menu.")
                ),
                ", ".join(sections),
                "list",
            )
        )
    for place, item in enumerate(items[:6]):
        note = read.value(f"note.{place}")
        if note and item.name == read.value(f"item.{place}.name"):
            extra.append(
                Turn(
                    dice.choice(
                        ("What does it say about {n}?", "What comes with the {n}?", "How is {n} described?")
                    ).format(n=item.name),
                    note,
                    "note",
                )
            )
    return Facts(NOUNS, read, KINDS, items, caption, tuple(extra))
