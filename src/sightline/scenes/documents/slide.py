"""Slides and posters: a title, a few points, a foot line."""

from __future__ import annotations

from random import Random

from sightline.scenes import formats, words
from sightline.scenes import word_lists as lists
from sightline.scenes.documents import fields, labels
from sightline.scenes.documents.draft import Draft
from sightline.scenes.facts import Facts, FieldKind
from sightline.scenes.fonts import Split, pick_face
from sightline.scenes.scene import Turn
from sightline.scenes.sheet import Align, Colour, ReadSheet, Sheet, Stroke

_SUBTITLE = FieldKind("subtitle", ("subtitle", "second heading"), ("subtitle",), weight=0.8)
_SPEAKER = FieldKind(
    "speaker",
    ("speaker", "presenter", "author"),
    ("speaker", "presenter", "author"),
    ("Who gives the talk?", "Who presents this?"),
    weight=1.2,
)
_PAGE = FieldKind(
    "page",
    ("page number", "slide number"),
    ("page", "slide", "page_number", "slide_number"),
    ("Which slide is it?", "Which page is this?"),
    weight=0.8,
)
KINDS: tuple[FieldKind, ...] = (
    labels.TITLE,
    _SUBTITLE,
    _SPEAKER,
    _PAGE,
    fields.DATE,
    fields.COMPANY,
    fields.EMAIL,
    fields.WEB,
    fields.PHONE,
)

_ENDS = ("strategy", "report", "in numbers", "today", "basics", "plan", "week")


def draft(dice: Random, split: Split) -> Draft:
    """Set a slide or a poster."""
    size = dice.randint(16, 24)
    poster = dice.random() < 0.3
    sheet = Sheet(
        dice.randint(380, 520) if poster else dice.randint(560, 780),
        pick_face(dice, dice.choice(("sans", "sans", "display", "serif")), split),
        size,
        dice.randint(30, 60),
        dice.uniform(1.3, 1.7),
    )
    ground: Colour = dice.choice(
        (
            (255, 255, 255),
            (255, 255, 255),
            (245, 245, 240),
            (25, 40, 80),
            (20, 20, 24),
            (120, 30, 50),
            (235, 242, 250),
            (255, 240, 200),
        )
    )
    ink: Colour = (245, 245, 245) if sum(ground) < 380 else (30, 30, 34)
    sheet.strokes.append(Stroke((0, 0, 4000, 4000), ground))
    align: Align = "centre" if poster or dice.random() < 0.3 else "left"
    title = dice.choice(
        (
            f"{dice.choice(lists.SLOTS['topic'])} {dice.choice(_ENDS)} {dice.choice(('', str(dice.randint(2010, 2027))))}".strip(),
            f"Why {dice.choice(lists.SLOTS['topic'])} matters",
            f"{words.made_up(dice)} {dice.choice(('project', 'update', 'festival', 'roadmap', 'conference'))}",
            dice.choice(("Agenda", "Summary", "Next steps", "Questions?", "Key findings")),
        )
    )
    title = title.upper() if dice.random() < 0.25 else title[0].upper() + title[1:]
    sheet.line((title, "title"), align=align, scale=dice.uniform(1.5, 2.2), bold=dice.random() < 0.7, colour=ink)
    if dice.random() < 0.4:
        sheet.line((words.sentence(dice).rstrip(".")[:44], "subtitle"), align=align, scale=1.1, colour=ink)
    sheet.gap(0.8)
    bullet = dice.choice(("• ", "- ", "", "1", "* ")) if split == "train" else dice.choice(("> ", "a", "• "))
    points = [words.sentence(dice).rstrip(".") for _ in range(dice.choice((0, 2, 3, 3, 4, 5)))]
    for place, point in enumerate(points):
        mark = f"{place + 1}. " if bullet == "1" else f"{'abcdef'[place]}) " if bullet == "a" else bullet
        short = " ".join(point.split()[: dice.randint(3, 7)])
        sheet.line((mark, ""), (short, f"point.{place}"), align=align if poster else "left", colour=ink)
        sheet.gap(0.25)
    _set_foot(dice, sheet, ink, poster)
    noun = "poster" if poster else "slide"
    return Draft(
        "slide",
        sheet,
        lambda read: _facts(dice, read, noun, len(points)),
        photo=0.2,
        paper=dice.choice(("screen", "screen", "white")),
        min_aspect=dice.choice((1.2, 1.41)) if poster else dice.choice((0.5625, 0.75)),
    )


def _set_foot(dice: Random, sheet: Sheet, ink: Colour, poster: bool) -> None:
    sheet.gap(1.0)
    if dice.random() < 0.45:
        sheet.line(
            (dice.choice(("", "Speaker: ", "Presented by ", "by ")), ""),
            (words.person(dice), "speaker"),
            colour=ink,
            scale=0.9,
        )
    if dice.random() < (0.7 if poster else 0.35):
        shape = formats.date_shape(dice, dice.choice(("uk", "us")))
        sheet.line((formats.print_date(shape, formats.day(dice)), "date"), colour=ink, scale=0.9)
    if dice.random() < 0.4:
        sheet.line((words.company(dice, "us"), "company"), colour=ink, scale=0.8)
    if dice.random() < 0.25:
        sheet.line((words.web(dice, words.made_up(dice)), "web"), colour=ink, scale=0.8)
    if not poster and dice.random() < 0.5:
        sheet.line(
            (dice.choice(("", "Page ", "Slide ")), ""),
            (str(dice.randint(1, 60)), "page"),
            align="right",
            scale=0.7,
            colour=ink,
        )


def _facts(dice: Random, read: ReadSheet, noun: str, n_points: int) -> Facts:
    title = read.value("title")
    points = [p for i in range(n_points) if (p := read.value(f"point.{i}"))]
    caption = f"A {noun} with the title {title}." if title else f"A {noun}."
    caption += f" It makes {len(points)} points, the first: {points[0]}." if len(points) > 1 else ""
    caption += f" The speaker is {read.value('speaker')}." if read.value("speaker") else ""
    extra: list[Turn] = []
    if points:
        extra.append(
            Turn(
                dice.choice(
                    ("List the points.", "What are the bullet points?", "What points are made?", "Read the bullets.")
                ),
                "\n".join(points),
                "list",
            )
        )
        extra.append(
            Turn(
                dice.choice(("How many bullet points are there?", "How many points are listed?", "Count the bullets.")),
                str(len(points)),
                "count",
            )
        )
        place = dice.randrange(len(points))
        name = ("first", "second", "third", "fourth", "fifth")[place]
        extra.append(
            Turn(
                dice.choice(
                    ("What is the {n} point?", "Read the {n} bullet.", "What does the {n} bullet point say?")
                ).format(n=name),
                points[place],
                "nth",
            )
        )
        extra.append(Turn(dice.choice(("What is the last point?", "Read the last bullet.")), points[-1], "nth"))
    return Facts((noun, noun, "presentation" if noun == "slide" else "notice"), read, KINDS, (), caption, tuple(extra))
