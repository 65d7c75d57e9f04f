"""A4 invoices in English, Dutch, French and German."""

from __future__ import annotations

from random import Random

from sightline.scenes import formats, words
from sightline.scenes.documents import fields, invoice_words
from sightline.scenes.documents.draft import Draft
from sightline.scenes.documents.invoice_body import Money, set_body
from sightline.scenes.facts import Facts, FieldKind
from sightline.scenes.fonts import Split, pick_face
from sightline.scenes.noise import Piece
from sightline.scenes.sheet import Align, Colour, ReadSheet, Sheet, Stroke

KINDS: tuple[FieldKind, ...] = (
    fields.SHOP, fields.SALE_DATE, fields.TOTAL, fields.SHOP_ADDRESS, fields.PHONE, fields.TAX_NO, fields.NUMBER,
    fields.SUBTOTAL, fields.TAX, fields.WEB, fields.EMAIL, fields.REG_NO, fields.DISCOUNT,
    FieldKind("due", ("due date", "payment due date", "date of payment", "deadline"),
    ("due_date", "due", "payment_due", "pay_by", "due_on"),
    ("When is it due?", "By when must it be paid?", "When does this have to be paid?", "due date?"), weight=1.2),
    FieldKind("customer", ("customer", "customer name", "bill-to name", "buyer", "client", "recipient"),
    ("customer", "customer_name", "bill_to", "buyer", "client", "recipient"),
    ("Who is the invoice addressed to?", "Who has to pay?", "Who is the customer?", "Who is billed?"), weight=1.4),
    FieldKind("customer_address", ("address of the customer", "billing address", "bill-to address",
    "customer address"), ("customer_address", "billing_address", "bill_to_address")),
    FieldKind("iban", ("IBAN", "bank account", "account number", "bank account number"),
    ("iban", "account", "bank_account", "IBAN", "account_number"), ("To which account should it be paid?", "IBAN?"),
    weight=1.2),
    FieldKind("bic", ("BIC", "SWIFT code", "BIC code"), ("bic", "swift", "BIC"), weight=0.5),
    FieldKind("customer_no", ("customer number", "client number", "account reference"),
    ("customer_number", "customer_no", "client_id"), weight=0.8),
    FieldKind("order_no", ("order number", "purchase order", "PO number"),
    ("order_number", "po_number", "order_no", "purchase_order"), weight=0.8),
)  # fmt: skip
NOUNS = ("invoice", "invoice", "invoice", "bill")


def draft(dice: Random, split: Split) -> Draft:
    """Set an invoice."""
    language = dice.choices(("en", "nl", "fr", "de"), (5, 3, 2, 2))[0]
    region = dice.choice(("us", "uk", "au", "my")) if language == "en" else language
    size = dice.randint(10, 13)
    sheet = Sheet(
        dice.randint(560, 780),
        pick_face(dice, dice.choice(("sans", "sans", "sans", "serif")), split),
        size,
        dice.randint(24, 60),
        dice.uniform(1.25, 1.5),
    )
    tag = invoice_words.WORDS[language]
    accent: Colour = dice.choice(
        ((25, 25, 28), (25, 25, 28), (30, 70, 140), (150, 30, 40), (20, 110, 80), (90, 90, 90))
    )
    layout = dice.choice(("split", "letter") if split == "train" or dice.random() < 0.4 else ("banner",))
    issuer_low = _set_issuer(dice, sheet, region, layout, accent, tag)
    customer = _customer(dice, region)
    _set_parties(dice, sheet, customer, _draw_facts(dice, region, language, tag), tag, layout, issuer_low)
    money = set_body(dice, sheet, language, region, tag, accent)
    _set_foot(dice, sheet, region, tag)
    return Draft(
        "invoice",
        sheet,
        lambda read: _facts(dice, read, money),
        photo=0.12,
        paper=dice.choice(("white", "white", "screen", "aged")),
        min_aspect=dice.choice((0.0, 1.29, 1.414)),
    )


def _set_issuer(
    dice: Random, sheet: Sheet, region: str, layout: str, accent: Colour, tag: invoice_words.Words
) -> float:
    name = words.company(dice, region)
    name = name.upper() if dice.random() < 0.2 else name
    title = dice.choice(tag.title)
    if layout == "banner":
        sheet.strokes.append(Stroke((0, 0, sheet.width, sheet.margin + 3.2 * sheet.size_px), accent))
        sheet.y = sheet.margin * 0.5
        white: Colour = (252, 252, 252)
        sheet.line((title, "title"), align="right", scale=1.9, bold=True, colour=white)
        sheet.put(
            [(name, "company")], sheet.margin, sheet.y, size_px=round(sheet.size_px * 1.5), bold=True, colour=white
        )
        sheet.gap(1.8)
    else:
        side: Align = dice.choice(("left", "left", "right"))
        sheet.line((name, "company"), align=side, scale=dice.uniform(1.1, 1.9), bold=dice.random() < 0.7, colour=accent)
    align: Align = "left" if layout == "banner" else side
    rows: list[list[Piece]] = [[(row, "address")] for row in words.address(dice, region)]
    if dice.random() < 0.6:
        rows.append([(dice.choice(tag.phone), ""), (words.phone(dice, region), "phone")])
    if dice.random() < 0.4:
        rows.append([(dice.choice(("", "E-mail: ", "Email: ")), ""), (words.email(dice, name), "email")])
    if dice.random() < 0.3:
        rows.append([(words.web(dice, name), "web")])
    top = sheet.y
    for row in rows:
        sheet.line(*row, align=align, scale=0.95)
    if layout != "banner":
        if dice.random() < 0.5:
            size = round(sheet.size_px * dice.uniform(1.6, 2.4))
            if align == "left":
                sheet.put(
                    [(title, "title")],
                    sheet.width - sheet.margin,
                    top,
                    align="right",
                    size_px=size,
                    bold=True,
                    colour=accent,
                )
            else:
                sheet.put([(title, "title")], sheet.margin, top, size_px=size, bold=True, colour=accent)
        else:
            sheet.gap(0.8)
            sheet.line((title, "title"), scale=1.8, bold=True)
    sheet.gap(1.0)
    return sheet.y


def _customer(dice: Random, region: str) -> list[list[Piece]]:
    name = words.company(dice, region) if dice.random() < 0.6 else words.person(dice)
    rows: list[list[Piece]] = [[(name, "customer")]]
    if dice.random() < 0.2:
        rows.append([(dice.choice(("Attn. ", "c/o ", "t.a.v. ", "z.H. ")) + words.person(dice), "")])
    return rows + [[(row, "customer_address")] for row in words.address(dice, region)]


def _draw_facts(dice: Random, region: str, language: str, tag: invoice_words.Words) -> list[tuple[str, list[Piece]]]:
    shape, when = formats.date_shape(dice, region), formats.day(dice)
    out: list[tuple[str, list[Piece]]] = [
        (
            dice.choice(tag.number),
            [
                (
                    words.digits(
                        dice,
                        dice.choice(
                            (
                                "######",
                                "####-####",
                                "INV-####",
                                "20######",
                                "@@######",
                                "F##/####",
                                "####.###",
                                "20##-###",
                                "#####",
                            )
                        ),
                    ),
                    "number",
                )
            ],
        ),
        (dice.choice(tag.date), [(formats.print_date(shape, when, language), "date")]),
    ]
    if dice.random() < 0.5:
        due = (when[0] + (when[1] == 12), when[1] % 12 + 1, when[2])
        out.append((dice.choice(tag.due), [(formats.print_date(shape, due, language), "due")]))
    if dice.random() < 0.4:
        out.append(
            (
                dice.choice(tag.customer_no),
                [(words.digits(dice, dice.choice(("#####", "C-####", "######", "@####"))), "customer_no")],
            )
        )
    if dice.random() < 0.3:
        out.append(
            (
                dice.choice(tag.order_no),
                [(words.digits(dice, dice.choice(("PO-####", "######", "4500######"))), "order_no")],
            )
        )
    if dice.random() < 0.3:
        out.append((dice.choice(tag.terms), [(dice.choice(tag.terms_values), "")]))
    if dice.random() < 0.2:
        dice.shuffle(out)
    return out


def _set_parties(
    dice: Random,
    sheet: Sheet,
    customer: list[list[Piece]],
    facts: list[tuple[str, list[Piece]]],
    tag: invoice_words.Words,
    layout: str,
    top: float,
) -> None:
    room = sheet.width - 2 * sheet.margin
    step = sheet.size_px * sheet.line_gap
    heading = dice.choice(tag.bill_to)
    beside = dice.random() < 0.6
    sheet.y = top
    if heading:
        sheet.line((heading, ""), bold=dice.random() < 0.5, scale=0.95)
    start = sheet.y
    for row in customer:
        sheet.line(*row)
    low = sheet.y
    if dice.random() < 0.15:
        sheet.y = start - step
        sheet.cells(([(dice.choice(tag.ship_to), "")], 0.34, "left"))
        for text in (words.person(dice), *words.address(dice, "us")):
            sheet.cells(([(text, "")], 0.34, "left"))
        low = max(low, sheet.y)
    style = dice.choice(("inline", "apart", "apart", "header"))
    if style == "header" and not beside:
        sheet.y = low
        sheet.gap(0.8)
        places = [i / len(facts) for i in range(len(facts))]
        sheet.cells(
            *(([(label, "")], at, "left") for (label, _), at in zip(facts, places, strict=True)), bold=True, scale=0.9
        )
        sheet.cells(*((pieces, at, "left") for (_, pieces), at in zip(facts, places, strict=True)), scale=0.9)
        return
    sheet.y = start - step if beside else low + step
    x, at = (0.56, dice.uniform(0.76, 0.82)) if beside else (0.0, dice.uniform(0.2, 0.3))
    colon = dice.choice((":", ":", "", " :"))
    for label, pieces in facts:
        if style == "inline" or at * room < sheet.size_px * 0.6 * len(label):
            sheet.cells(([(label + (colon or ":") + " ", ""), *pieces], x, "left"))
        elif beside and dice.random() < 0.01:
            sheet.cells(([(label + colon, "")], x, "left"), (pieces, 1.0, "right"))
        else:
            sheet.cells(([(label + colon, "")], x, "left"), (pieces, at, "left"))
    sheet.y = max(sheet.y, low)


def _set_foot(dice: Random, sheet: Sheet, region: str, tag: invoice_words.Words) -> None:
    sheet.gap(1.5)
    if dice.random() < 0.5:
        sheet.line((dice.choice(tag.thanks), ""), scale=0.95)
    parts: list[list[Piece]] = []
    if dice.random() < 0.6:
        country = {"nl": "NL", "de": "DE", "fr": "FR", "uk": "GB"}.get(region, dice.choice(("NL", "DE", "BE")))
        shape = dice.choice(("## @@@@ #### #### ##", "##@@@@##########", "## #### #### #### #### ##"))
        parts.append([(dice.choice(("IBAN: ", "IBAN ", "IBAN : ")), ""), (country + words.digits(dice, shape), "iban")])
        if dice.random() < 0.6:
            parts.append(
                [
                    (dice.choice(("BIC: ", "BIC ", "SWIFT: ")), ""),
                    (words.digits(dice, dice.choice(("@@@@" + country + "2@", "@@@@" + country + "##"))), "bic"),
                ]
            )
    if dice.random() < 0.5:
        shape = {"nl": "NL#########B01", "de": "DE#########", "fr": "FR## #########", "uk": "GB### #### ##"}.get(
            region, "##-#######"
        )
        parts.append([(dice.choice(tag.tax_no), ""), (words.digits(dice, shape), "tax_no")])
    if dice.random() < 0.3:
        parts.append(
            [
                (dice.choice(tag.reg_no), ""),
                (words.digits(dice, dice.choice(("########", "HRB #####", "### ### ###"))), "reg_no"),
            ]
        )
    if dice.random() < 0.5:
        for part in parts:
            sheet.line(*part, scale=0.9)
    elif parts:
        sheet.cells(*((part, i / len(parts), "left") for i, part in enumerate(parts)), scale=0.8)


def _facts(dice: Random, read: ReadSheet, money: Money) -> Facts:
    caption = "An invoice"
    for key, text in (
        ("number", " with number {}"),
        ("company", " from {}"),
        ("customer", " to {}"),
        ("date", ", dated {}"),
    ):
        value = read.value(key)
        caption += text.format(value) if value else ""
    caption += "."
    if read.value("total"):
        caption += f" The total is {read.value('total')}" + (
            f", due on {read.value('due')}." if read.value("due") else "."
        )
    items = money.items(read)
    if items and dice.random() < 0.5:
        caption += f" It charges for {', '.join(item.name for item in items[:3])}."
    return Facts(NOUNS, read, KINDS, items, caption)
