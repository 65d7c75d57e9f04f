"""Pages of running text, signs and snippets of a few words."""

from __future__ import annotations

from random import Random

from sightline.scenes import formats, words
from sightline.scenes import word_lists as lists
from sightline.scenes.documents import fields, labels
from sightline.scenes.documents.draft import Draft
from sightline.scenes.facts import Facts, FieldKind
from sightline.scenes.fonts import Role, Split, pick_face
from sightline.scenes.scene import Turn
from sightline.scenes.sheet import INK, Colour, ReadSheet, Sheet, Stroke

_AUTHOR = FieldKind(
    "author",
    ("author", "writer", "name of the author"),
    ("author", "writer", "by"),
    ("Who wrote this?", "Who is the author?"),
    weight=1.4,
)
_PAGE = FieldKind(
    "page", ("page number", "number of the page"), ("page", "page_number"), ("Which page is it?",), weight=0.8
)
_CHAPTER = FieldKind("chapter", ("chapter", "chapter heading"), ("chapter",), weight=0.8)
KINDS: tuple[FieldKind, ...] = (
    labels.TITLE,
    _AUTHOR,
    _PAGE,
    _CHAPTER,
    fields.DATE,
    fields.COMPANY,
    fields.PHONE,
    fields.EMAIL,
    fields.TOTAL,
)
_SIGNS = (
    "EXIT", "NO PARKING", "Open", "CLOSED", "Push", "PULL", "Private property", "Mind the step", "WET FLOOR",
    "No smoking", "Toilets", "Reception", "Staff only", "Caution", "Keep out", "Beware of the dog", "SALE 50%",
    "For sale",
    "Please ring the bell", "Out of order", "Fire exit", "Welcome", "Emergency", "No entry", "One way", "Bus stop",
    "Tickets", "Library", "Please wait here", "Fresh fish daily", "Coffee to go", "Happy hour 5-7 pm", "Car wash",
    "Bakery", "Slow",
)  # fmt: skip
_ASK_TEXT = (
    "What does the text in this image say?", "What does the text in this image say?",
    "What word is shown in the image?", "What does it say?", "Read the text.", "What is written here?",
    "What text is shown?", "what does the sign say", "Read this.",
    "What words do you see?", "Which word is this?", "text?", "Read the word.", "Transcribe this.",
    "What is printed in the picture?", "Can you read this?", "What's the text?", "Spell out what is written.",
    "Return the text only.",
)  # fmt: skip


def draft(dice: Random, split: Split) -> Draft:
    """Set a page of text or a snippet."""
    return _snippet(dice, split) if dice.random() < 0.45 else _page(dice, split)


def _snippet_text(dice: Random) -> str:
    return dice.choice(
        (
            lambda: dice.choice(_SIGNS), lambda: words.made_up(dice), lambda: words.made_up(dice).upper(),
            lambda: dice.choice(lists.NOUNS), lambda: dice.choice(lists.ADJECTIVES).upper(),
            lambda: words.company(dice, dice.choice(("my", "us", "uk"))).upper(),
            lambda: words.sentence(dice), lambda: words.phone(dice, dice.choice(("my", "us"))),
            lambda: formats.print_date(formats.date_shape(dice, "my"), formats.day(dice)),
            lambda: formats.money(dice.randint(1, 99999)), lambda: words.goods(dice, "grocery").upper(),
            lambda: words.street(dice, "my").upper(), lambda: words.web(dice, words.made_up(dice)),
            lambda: words.person(dice), lambda: words.digits(dice, dice.choice(("@@@ ####", "###", "@#", "####-##"))),
            lambda: f"{dice.choice(lists.ADJECTIVES)} {dice.choice(lists.NOUNS)}",
        )
    )()  # fmt: skip


def _snippet(dice: Random, split: Split) -> Draft:
    size = dice.randint(28, 64)
    role: Role = dice.choice(("sans", "serif", "display", "hand", "receipt"))
    rows = [_snippet_text(dice)[:48] for _ in range(dice.choice((1, 1, 1, 1, 2, 3)))]
    longest = max(len(row) for row in rows)
    sheet = Sheet(
        max(160, min(800, round(size * 0.62 * longest + 60))),
        pick_face(dice, role, split),
        size,
        dice.randint(6, 40),
        dice.uniform(1.15, 1.6),
    )
    ground: Colour = dice.choice(
        (
            (255, 255, 255),
            (245, 240, 225),
            (200, 40, 40),
            (30, 60, 140),
            (20, 110, 60),
            (250, 210, 40),
            (30, 30, 30),
            (150, 150, 150),
            (225, 235, 245),
        )
    )
    ink: Colour = (248, 248, 248) if sum(ground) < 420 else dice.choice((INK, INK, (150, 20, 30), (20, 40, 130)))
    sheet.strokes.append(Stroke((0, 0, 4000, 4000), ground))
    for place, row in enumerate(rows):
        sheet.line(
            (row, f"row.{place}"),
            align="centre" if dice.random() < 0.7 else "left",
            bold=dice.random() < 0.4,
            colour=ink,
        )
    return Draft(
        "page",
        sheet,
        lambda read: _snippet_facts(dice, read),
        photo=0.4,
        paper=dice.choice(("white", "screen", "card")),
    )


def _snippet_facts(dice: Random, read: ReadSheet) -> Facts:
    rows = read.reading.rows
    text = "\n".join(rows)
    extra = (
        tuple(Turn(question, text, "read_all", quotes=True) for question in dice.sample(_ASK_TEXT, 4)) if text else ()
    )
    words_seen = text.split()
    if words_seen:
        extra += (
            Turn(
                dice.choice(("What is the first word?", "first word?", "Read the first word.")), words_seen[0], "read"
            ),
            Turn(dice.choice(("What is the last word?", "last word?")), words_seen[-1], "read"),
        )
        extra += (
            Turn(
                dice.choice(("How many words are there?", "How many words does it say?", "Count the words.")),
                str(len(words_seen)),
                "count",
            ),
        )
    caption = (
        f'A picture with the text "{text}".'
        if len(rows) == 1
        else f"A picture with {len(rows)} lines of text, the first: {rows[0]}."
        if rows
        else "A picture whose text cannot be read."
    )
    return Facts(
        ("sign", "text", "picture", "label"),
        read,
        (fields.PHONE, fields.DATE, fields.TOTAL, fields.ADDRESS) if not any(c.isdigit() for c in text) else (),
        (),
        caption if text else "A picture.",
        extra,
    )


def _page(dice: Random, split: Split) -> Draft:
    size = dice.randint(12, 17)
    sheet = Sheet(
        dice.randint(480, 700),
        pick_face(dice, dice.choice(("serif", "serif", "sans", "receipt")), split),
        size,
        dice.randint(24, 70),
        dice.uniform(1.25, 1.7),
    )
    if dice.random() < 0.25:
        sheet.line(
            (
                dice.choice(
                    (
                        f"Chapter {dice.randint(1, 30)}",
                        f"{dice.randint(1, 9)}. Introduction",
                        f"Part {dice.choice(('I', 'II', 'III', 'IV'))}",
                    )
                ),
                "chapter",
            ),
            scale=0.9,
        )
    slots = lists.SLOTS
    topic = str(dice.choice(slots["topic"]))
    title = dice.choice(
        (
            f"The {dice.choice(lists.SLOTS['adj'])} {dice.choice(lists.SLOTS['thing'])} of {words.made_up(dice)}",
            f"{topic.capitalize()} news",
            f"{topic.capitalize()} {dice.choice(('in', 'and', 'for'))} {dice.choice(lists.SLOTS['topic'])}",
            f"How the {dice.choice(slots['person'])} {dice.choice(slots['verb'])} a {dice.choice(slots['thing'])}",
        )
    )
    if dice.random() < 0.85:
        sheet.line(
            (title.upper() if dice.random() < 0.2 else title, "title"),
            scale=dice.uniform(1.2, 2.0),
            bold=dice.random() < 0.7,
            align=dice.choice(("left", "left", "centre")),
        )
    if dice.random() < 0.5:
        sheet.line((dice.choice(("By ", "by ", "Author: ", "Text: ")), ""), (words.person(dice), "author"), scale=0.9)
    if dice.random() < 0.3:
        sheet.line((formats.print_date(formats.date_shape(dice, "uk"), formats.day(dice)), "date"), scale=0.85)
    two = sheet.width > 600 and dice.random() < (0.6 if split == "test" else 0.2)
    top = sheet.y
    for column in range(2 if two else 1):
        sheet.y = top
        for _ in range(dice.randint(1, 3)):
            sheet.gap(0.5)
            sheet.paragraph(
                " ".join(words.sentence(dice) for _ in range(dice.randint(2, 4))),
                x=0.52 * column,
                room=0.46 if two else 1.0,
            )
    sheet.y = max(run.y for run in sheet.runs)
    if dice.random() < 0.45:
        sheet.gap()
        sheet.line(
            (dice.choice(("", "", "Page ", "- ")), ""),
            (str(dice.randint(1, 400)), "page"),
            align=dice.choice(("centre", "right")),
            scale=0.85,
        )
    return Draft(
        "page",
        sheet,
        lambda read: _page_facts(read),
        photo=0.25,
        paper=dice.choice(("white", "aged", "screen")),
        min_aspect=dice.choice((0.0, 0.0, 1.3)),
    )


def _page_facts(read: ReadSheet) -> Facts:
    title, author = read.value("title"), read.value("author")
    caption = f"A page of text with the heading {title}" if title else "A page of text"
    caption += f", written by {author}." if author else "."
    return Facts(("page of text", "page", "article", "text"), read, KINDS, (), caption)
