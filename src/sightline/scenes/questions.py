"""Questions about a read document, with answers that can be copied from its reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from sightline.scenes import wording
from sightline.scenes.answers_json import classic_turn, items_turn, json_turn
from sightline.scenes.facts import Facts, FieldKind, Item
from sightline.scenes.reading_turns import read_part, read_row, safe, transcribe
from sightline.scenes.scene import Turn

_KINDS = (
    "receipt", "invoice", "form", "identity card", "menu", "table", "letter", "ticket", "Wi-Fi slip", "label",
    "slide", "page of text", "photo of a cat", "bar chart", "map",
)  # fmt: skip
_NOT_THERE = (
    "SPECIAL OFFER",
    "VISA",
    "Paris",
    "REFUND",
    "Monday",
    "free parking",
    "Amsterdam",
    "chicken",
    "VOID",
    "passport",
    "COPY",
    "Dear",
    "Total",
    "Wi-Fi",
    "EUR",
)
Maker = Callable[[Random, Facts, str], "Turn | None"]
WHOLE_SHARE, PART_SHARE = 0.45, 0.3  # of the documents: read aloud as a whole, read aloud in part
LONG_CHARACTERS = 250  # answers from here on come first
CLASSIC_SHARE = 0.45  # of the JSON requests of a document with company, date, address and total


def draw_turns(dice: Random, facts: Facts, n_turns: int | None = None) -> tuple[Turn, ...]:
    """Return 8 to 12 turns of many kinds, none asked twice."""
    wanted = n_turns or dice.randint(8, 12)
    turns: dict[str, Turn] = {}
    makers = _first_makers(dice, facts)
    for attempt in range(wanted * 6):
        if len(turns) >= wanted:
            break
        maker = makers[attempt] if attempt < len(makers) else dice.choices(_MAKERS, _WEIGHTS)[0]
        doc = (
            dice.choice(facts.nouns) if dice.random() < 0.8 else dice.choice(("picture", "image", "document", "paper"))
        )
        turn = maker(dice, facts, doc)
        if turn is not None and turn.answer.strip():
            alike = sum(turn.kind == other.kind and turn.answer == other.answer for other in turns.values())
            if alike >= 2 and attempt < wanted * 4:  # small papers would be asked the same again and again
                continue
            if alike and len(turn.answer) >= LONG_CHARACTERS:
                continue
            turns.setdefault(turn.question, turn)
    chosen = list(turns.values())
    dice.shuffle(chosen)
    return long_first(chosen)


def long_first(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """Return the turns with the long answers first: they have room in a sample only while nothing stands before them."""
    return tuple(sorted(turns, key=lambda turn: len(turn.answer) < LONG_CHARACTERS))


def _first_makers(dice: Random, facts: Facts) -> list[Maker]:
    # A part that every scene asks, so that the main skills are never crowded out.
    makers: list[Maker] = [transcribe] if dice.random() < WHOLE_SHARE else []
    makers += [read_part] if dice.random() < PART_SHARE else []
    makers += [_field, _field, _field] if facts.present else []
    makers += [_json] if facts.present else []
    makers += [_extra] * min(3, len(facts.extra))
    makers += [_item_price] if facts.items and dice.random() < 0.7 else []
    return makers


def _field(dice: Random, facts: Facts, doc: str) -> Turn | None:
    kinds = facts.present
    if not kinds:
        return None
    kind = dice.choices(kinds, [k.weight for k in kinds])[0]
    value = facts.value(kind.key) or ""
    if dice.random() < 0.06:
        noun = dice.choice(kind.nouns)
        return Turn(wording.ask(dice, wording.SENTENCE, noun=noun, doc=doc), f"The {noun} is {value}.", "sentence")
    return Turn(_field_question(dice, kind, doc), value, f"field.{kind.key.split('.')[0]}")


def _field_question(dice: Random, kind: FieldKind, doc: str) -> str:
    if kind.asks and dice.random() < 0.5:
        return wording.ask(dice, kind.asks, doc=doc)
    return wording.ask(dice, wording.FIELD, noun=dice.choice(kind.nouns), doc=doc)


def _absent(dice: Random, facts: Facts, doc: str) -> Turn | None:
    if not facts.absent:
        return None
    kind = dice.choice(facts.absent)
    if kind.asks and dice.random() < 0.25:
        return Turn(wording.ask(dice, kind.asks, doc=doc), wording.ABSENT.format(noun=kind.nouns[0]), "absent")
    noun = dice.choice(kind.nouns)
    return Turn(wording.ask(dice, wording.FIELD, noun=noun, doc=doc), wording.ABSENT.format(noun=noun), "absent")


def _unsure(dice: Random, facts: Facts, doc: str) -> Turn:
    return Turn(wording.ask(dice, wording.UNSURE, doc=doc), wording.UNSURE_ANSWER, "unsure")


def _is_there(dice: Random, facts: Facts, doc: str) -> Turn | None:
    pool = facts.present if dice.random() < 0.5 else facts.absent
    if not pool:
        return None
    kind = dice.choice(pool)
    answer = "yes" if facts.value(kind.key) else "no"
    return Turn(wording.ask(dice, wording.IS_THERE, noun=dice.choice(kind.nouns), doc=doc), answer, "yesno")


def _says(dice: Random, facts: Facts, doc: str) -> Turn | None:
    whole = " ".join(line.text for line in facts.sheet.reading.lines).lower()
    if dice.random() < 0.5:
        line = _some_line(dice, facts)
        words = line.split()
        start = dice.randrange(len(words))
        text, answer = " ".join(words[start : start + dice.choice((1, 2, 3))]), "yes"
    else:
        text, answer = dice.choice(_NOT_THERE), "no"
        if text.lower() in whole:
            answer = "yes"
    return Turn(wording.ask(dice, wording.SAYS, text=safe(text), doc=doc), answer, "yesno")


def _kind(dice: Random, facts: Facts, doc: str) -> Turn:
    noun = facts.nouns[0]
    if dice.random() < 0.4:
        other = noun if dice.random() < 0.5 else dice.choice(_KINDS)
        question = wording.ask(dice, wording.IS_KIND, other=other)
        return Turn(question, "yes" if other == noun else "no", "kind")
    return Turn(wording.ask(dice, wording.KIND), f"It is {_a(noun)}.", "kind")


def _caption(dice: Random, facts: Facts, doc: str) -> Turn | None:
    return Turn(wording.ask(dice, wording.CAPTION, doc=doc), facts.caption, "caption") if facts.caption else None


def _json(dice: Random, facts: Facts, doc: str) -> Turn | None:
    classic = classic_turn(dice, facts, doc) if dice.random() < CLASSIC_SHARE else None
    return classic or json_turn(dice, facts, doc)


def _extra(dice: Random, facts: Facts, doc: str) -> Turn | None:
    return dice.choice(facts.extra) if facts.extra else None


def _item_price(dice: Random, facts: Facts, doc: str) -> Turn | None:
    priced = [item for item in facts.items if item.price]
    if not priced:
        return None
    item = dice.choice(priced)
    name = item.clean_name if dice.random() < 0.5 else item.name
    if sum(other.clean_name == item.clean_name for other in priced) > 1:
        return None
    name = name.lower() if dice.random() < 0.3 else name
    if item.quantity and dice.random() < 0.2:
        return Turn(wording.ask(dice, wording.QUANTITY, item=safe(name)), item.quantity, "quantity")
    return Turn(wording.ask(dice, wording.PRICE, item=safe(name), doc=doc), item.price or "", "price")


def _item_list(dice: Random, facts: Facts, doc: str) -> Turn | None:
    if not facts.items:
        return None
    kind = dice.random()
    if kind < 0.2:
        return Turn(wording.ask(dice, wording.COUNT_ITEMS, doc=doc), str(len(facts.items)), "count")
    if kind < 0.5:
        return _extreme(dice, facts.items, doc)
    if len(facts.items) > 9:
        return None
    if kind < 0.75:
        return Turn(wording.ask(dice, wording.LIST_ITEMS, doc=doc), ", ".join(i.name for i in facts.items), "list")
    rows = "\n".join(f"{i.name}: {i.price or 'no price'}" for i in facts.items)
    return Turn(wording.ask(dice, wording.LIST_PRICES, doc=doc), rows, "list")


def _extreme(dice: Random, items: tuple[Item, ...], doc: str) -> Turn | None:
    costs = sorted(item.cents for item in items)
    if len(items) < 2:
        return None
    if dice.random() < 0.65:
        best = max(items, key=lambda item: item.cents)
        clear = costs[-1] > costs[-2]
        return Turn(wording.ask(dice, wording.DEAREST, doc=doc), best.name, "extreme") if clear else None
    best = min(items, key=lambda item: item.cents)
    return Turn(wording.ask(dice, wording.CHEAPEST, doc=doc), best.name, "extreme") if costs[0] < costs[1] else None


def _some_line(dice: Random, facts: Facts) -> str:
    lines = facts.sheet.reading.lines
    return dice.choice(lines).text if lines else "nothing"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


_MAKERS: tuple[Maker, ...] = (
    _field,
    _json,
    _absent,
    _unsure,
    _is_there,
    _says,
    _kind,
    _caption,
    _extra,
    _item_price,
    _item_list,
    read_row,
    read_part,
    transcribe,
    items_turn,
)
_WEIGHTS = (7.0, 1.5, 1.3, 0.4, 0.8, 0.6, 0.5, 0.8, 1.0, 1.2, 1.0, 1.7, 0.5, 0.3, 0.4)
