"""Letters and e-mails: sender, date, subject, greeting, body, who signed."""

from __future__ import annotations

from random import Random

from sightline.scenes import formats, words
from sightline.scenes import word_lists as lists
from sightline.scenes.documents import fields
from sightline.scenes.documents.draft import Draft
from sightline.scenes.facts import Facts, FieldKind
from sightline.scenes.fonts import Split, pick_face
from sightline.scenes.sheet import Align, ReadSheet, Sheet

_SENDER = FieldKind(
    "company",
    ("sender", "company", "letterhead", "organisation"),
    ("sender", "company", "organisation", "from"),
    ("Who sent this letter?", "Who is the letter from?", "From whom is it?", "who sent it"),
    weight=1.6,
)
_TO = FieldKind(
    "recipient",
    ("recipient", "addressee", "name of the recipient"),
    ("recipient", "to", "addressee"),
    ("Who is the letter to?", "To whom is it addressed?", "Who is it written to?"),
    weight=1.5,
)
_SUBJECT = FieldKind(
    "subject",
    ("subject", "subject line", "topic", "title"),
    ("subject", "title", "topic", "subject_line"),
    ("What is it about?", "What is the subject of the {doc}?", "subject?"),
    weight=1.6,
)
_GREETING = FieldKind(
    "greeting",
    ("greeting", "salutation", "opening"),
    ("greeting", "salutation"),
    ("How does the letter greet the reader?", "How does the letter start?"),
)
_CLOSING = FieldKind(
    "closing",
    ("closing", "closing phrase", "sign-off"),
    ("closing", "sign_off"),
    ("How does the letter close?",),
    weight=0.6,
)
_SIGNER = FieldKind(
    "signer",
    ("signer", "name of the signer", "author", "writer", "signature"),
    ("signed_by", "signer", "author", "writer"),
    ("Who signed the letter?", "Who signed?", "Who wrote this?", "By whom is it signed?"),
    weight=1.6,
)
KINDS: tuple[FieldKind, ...] = (
    _SENDER,
    _TO,
    _SUBJECT,
    _GREETING,
    _CLOSING,
    _SIGNER,
    fields.DATE,
    fields.ADDRESS,
    fields.PHONE,
    fields.EMAIL,
    fields.NUMBER,
    fields.TOTAL,
    fields.FAX,
)

_ABOUT = (
    "Your",
    "Our",
    "New",
    "Change of",
    "Question about",
    "Invitation:",
    "Complaint about",
    "Request for",
    "Update on",
)


def draft(dice: Random, split: Split) -> Draft:
    """Set a letter or a printed e-mail."""
    size = dice.randint(12, 15)
    sheet = Sheet(
        dice.randint(520, 720),
        pick_face(dice, dice.choice(("serif", "serif", "sans", "hand")), split),
        size,
        dice.randint(40, 80),
        dice.uniform(1.3, 1.7),
    )
    is_mail = dice.random() < 0.25
    sender, to = words.person(dice), words.person(dice)
    region = dice.choice(("uk", "us", "my", "nl"))
    date = formats.print_date(formats.date_shape(dice, region), formats.day(dice))
    topic = f"{dice.choice(_ABOUT)} {dice.choice(lists.SLOTS['topic'])} {dice.choice(lists.SLOTS['thing'])}"
    if is_mail:
        for label, value, key in (
            ("From: ", sender, "company"),
            ("To: ", to, "recipient"),
            ("Date: ", date, "date"),
            ("Subject: ", topic, "subject"),
        ):
            sheet.line((label, ""), (value, key), bold=False)
        sheet.rule(dice)
    else:
        _set_top(dice, sheet, region, to, date, topic, split)
    sheet.gap()
    first, last = to.split()[0], to.split()[-1]
    sheet.line(
        (
            dice.choice(
                (
                    f"Dear {first},",
                    f"Dear {dice.choice(('Mr', 'Ms', 'Mrs', 'Dr'))} {last},",
                    f"Hello {first},",
                    f"Hi {first},",
                    "Dear Sir or Madam,",
                    f"Dear {to},",
                    "To whom it may concern,",
                )
            ),
            "greeting",
        )
    )
    for _ in range(dice.randint(1, 3)):
        sheet.gap(0.5)
        sheet.paragraph(" ".join(words.sentence(dice) for _ in range(dice.randint(1, 3))))
    sheet.gap()
    sheet.line(
        (
            dice.choice(
                (
                    "Yours sincerely,",
                    "Kind regards,",
                    "Best regards,",
                    "Yours faithfully,",
                    "With best wishes,",
                    "Sincerely,",
                    "Many thanks,",
                )
            ),
            "closing",
        )
    )
    sheet.gap(dice.uniform(0.2, 1.8))
    sheet.line((sender, "signer"), face=pick_face(dice, "hand", split) if dice.random() < 0.3 else None)
    if dice.random() < 0.4:
        sheet.line((dice.choice(("Manager", "Head of Sales", "Secretary", "Director", "Customer Service")), ""))
    noun = "e-mail" if is_mail else "letter"
    return Draft(
        "letter",
        sheet,
        lambda read: _facts(read, noun),
        photo=0.25,
        paper=dice.choice(("screen", "white")) if is_mail else dice.choice(("white", "aged")),
        min_aspect=dice.choice((0.0, 1.29, 1.41)),
    )


def _set_top(dice: Random, sheet: Sheet, region: str, to: str, date: str, topic: str, split: Split) -> None:
    align: Align = dice.choice(("left", "right", "centre"))
    if dice.random() < 0.75:
        sheet.line(
            (words.company(dice, region), "company"),
            align=align,
            scale=dice.uniform(1.0, 1.6),
            bold=dice.random() < 0.6,
        )
        for row in words.address(dice, region, 2):
            sheet.line((row, "address"), align=align, scale=0.9)
        if dice.random() < 0.4:
            sheet.line(("Tel: ", ""), (words.phone(dice, region), "phone"), align=align, scale=0.9)
        sheet.gap()
    low = split == "test" and dice.random() < 0.5
    if not low:
        sheet.line((date, "date"), align=dice.choice(("left", "right")))
    sheet.gap(0.6)
    sheet.line((to, "recipient"))
    for row in words.address(dice, region, 2):
        sheet.line((row, ""))
    sheet.gap(0.6)
    if low:
        sheet.line((date, "date"))
    if dice.random() < 0.25:
        sheet.line((dice.choice(("Our ref: ", "Ref: ", "Reference ")), ""), (words.digits(dice, "@@/####"), "number"))
    if dice.random() < 0.65:
        sheet.line((dice.choice(("Subject: ", "Re: ", "", "RE: ")), ""), (topic, "subject"), bold=dice.random() < 0.5)


def _facts(read: ReadSheet, noun: str) -> Facts:
    caption = "An e-mail" if noun == "e-mail" else "A letter"
    for key, text in (
        ("company", " from {}"),
        ("recipient", " to {}"),
        ("date", ", dated {}"),
        ("subject", ", about {}"),
    ):
        value = read.value(key)
        caption += text.format(value) if value else ""
    caption += "."
    if read.value("signer"):
        caption += f" It is signed by {read.value('signer')}."
    return Facts((noun, noun, "message" if noun == "e-mail" else "document"), read, KINDS, (), caption)
