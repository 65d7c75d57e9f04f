"""JSON requests and their answers: exactly the asked keys, in the asked order."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from sightline.scenes import wording_json as said
from sightline.scenes.facts import Facts, FieldKind
from sightline.scenes.formats import as_number
from sightline.scenes.scene import Turn

Named = dict[str, FieldKind | None]
_Style = Callable[[Random, str, list[str], set[str]], str]
_NUMBER_TYPES = ("float", "number", "double", "decimal")
_UNRELATED = (
    "colour",
    "latitude",
    "customer_rating",
    "barcode",
    "mood",
    "weather",
    "author",
    "eye_color",
    "isbn",
    "flight_number",
    "license_plate",
    "rating",
    "pet_name",
)
_CLASSIC = ("company", "date", "address", "total")  # what most people want of a receipt
_ITEM_KEYS = (
    ("name", "price"), ("item", "price"), ("description", "amount"), ("name", "amount"), ("product", "price"),
    ("item", "amount"), ("description", "price"), ("item_name", "item_price"), ("title", "cost"),
)  # fmt: skip
MOST_ITEMS = 7


def json_turn(dice: Random, facts: Facts, doc: str) -> Turn | None:
    """Return a request for some fields as JSON, absent ones among them, and its answer."""
    if not facts.present:
        return None
    picked = _pick(dice, facts)
    dice.shuffle(picked)
    named = _name(dice, picked, plain=dice.random() < 0.4)
    if dice.random() < 0.08:
        named.setdefault(dice.choice(_UNRELATED), None)
    return _request(dice, facts, doc, named)


def classic_turn(dice: Random, facts: Facts, doc: str) -> Turn | None:
    """Return a request for company, date, address and total, or three of them, mostly in this order."""
    kinds = {kind.key: kind for kind in facts.kinds}
    wanted = [kinds[key] for key in _CLASSIC if key in kinds and (kinds[key] in (*facts.present, *facts.absent))]
    if len(wanted) < 3 or not any(kind in facts.present for kind in wanted):
        return None
    if dice.random() < 0.25:
        wanted.remove(dice.choice(wanted))
    if dice.random() < 0.3:
        dice.shuffle(wanted)
    return _request(dice, facts, doc, _name(dice, wanted, plain=dice.random() < 0.7))


def items_turn(dice: Random, facts: Facts, doc: str) -> Turn | None:
    """Return a request for the items as a JSON list, names and prices as they read."""
    items = facts.items
    if not items or len(items) > MOST_ITEMS:
        return None
    name, price = dice.choice(_ITEM_KEYS)
    rows = [{name: item.name, price: item.price} for item in items]
    question = dice.choice(said.JSON_ITEMS).format(keys=_join(dice, [name, price]), doc=doc)
    if dice.random() < 0.4:
        outer = dice.choice(("items", "line_items", "products"))
        return Turn(
            f'{question} Put them under "{outer}".', json.dumps({outer: rows}, ensure_ascii=False), "json_items"
        )
    return Turn(question, json.dumps(rows, ensure_ascii=False), "json_items")


def _pick(dice: Random, facts: Facts) -> list[FieldKind]:
    present, absent = list(facts.present), list(facts.absent)
    picked = _draw(dice, present, min(len(present), dice.choice((1, 2, 2, 3, 3, 4, 4, 5, 6))))
    if absent and dice.random() < 0.45:
        picked += _draw(dice, absent, min(len(absent), dice.choice((1, 1, 2))))
    return picked


def _draw(dice: Random, kinds: list[FieldKind], count: int) -> list[FieldKind]:
    chosen: list[FieldKind] = []
    rest = list(kinds)
    for _ in range(count):
        kind = dice.choices(rest, [k.weight for k in rest])[0]
        rest.remove(kind)
        chosen.append(kind)
    return chosen


def _name(dice: Random, picked: list[FieldKind], plain: bool) -> Named:
    """Return a key for each field: its plainest or any of its keys, in one spelling for all of them."""
    spell = dice.choices((str, _camel, _title, str.upper, _words), (80, 8, 5, 2, 5))[0]
    named: Named = {}
    for kind in picked:
        named.setdefault(spell(kind.keys[0] if plain else dice.choice(kind.keys)), kind)
    return named


def _camel(key: str) -> str:
    head, *rest = key.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _title(key: str) -> str:
    return key.replace("_", " ").title()


def _words(key: str) -> str:
    return key.replace("_", " ")


def _request(dice: Random, facts: Facts, doc: str, named: Named) -> Turn:
    styles: tuple[_Style, ...] = (_ask_keys, _ask_list, _ask_spec, _ask_schema, _ask_skeleton)
    style = dice.choices(styles, (6, 4, 3, 2, 2))[0]
    typed = style in (_ask_spec, _ask_schema) or dice.random() < 0.3
    numeric: set[str] = set()
    if typed and style is not _ask_keys:
        numeric = {name for name, kind in named.items() if kind and kind.is_number and dice.random() < 0.6}
    return Turn(style(dice, doc, list(named), numeric), answer(facts, named, numeric), "json")


def _ask_keys(dice: Random, doc: str, names: list[str], numeric: set[str]) -> str:
    return dice.choice(said.JSON_KEYS).format(keys=_join(dice, names), doc=doc)


def _ask_list(dice: Random, doc: str, names: list[str], numeric: set[str]) -> str:
    bullet = dice.choice(("- ", "- ", "- ", "* ", "• ", "", "{n}. "))
    rows = []
    for n, name in enumerate(names, 1):
        kind = ": ..." if name not in numeric and dice.random() < 0.04 else _typed(dice, name in numeric, ": ")
        rows.append(bullet.format(n=n) + name + kind)
    return dice.choice(said.JSON_LIST).format(list="\n".join(rows), doc=doc)


def _ask_spec(dice: Random, doc: str, names: list[str], numeric: set[str]) -> str:
    spec = dice.choice((", ", ", ", ",", "; ")).join(name + _typed(dice, name in numeric, " ") for name in names)
    bare = len(names) == 1 and not numeric  # one word alone does not say that JSON is wanted
    return dice.choice(said.JSON_SPEC[1:] if bare else said.JSON_SPEC).format(spec=spec, doc=doc)


def _ask_schema(dice: Random, doc: str, names: list[str], numeric: set[str]) -> str:
    types = {name: "number" if name in numeric else "string" for name in names}
    kind = dice.random()
    if kind < 0.4:
        schema: dict[str, object] = {name: {"type": text} for name, text in types.items()}
        text = json.dumps({"type": "object", "properties": schema})
    elif kind < 0.8:
        text = json.dumps(types)
    else:
        text = "{" + ", ".join(f"{name}: {kind}" for name, kind in types.items()) + "}"
    return dice.choice(said.JSON_SCHEMA).format(schema=text, doc=doc)


def _ask_skeleton(dice: Random, doc: str, names: list[str], numeric: set[str]) -> str:
    empty = dice.choice(("", "", "", "...", None))
    skeleton = {name: dice.choice((0, 0.0)) if name in numeric else empty for name in names}
    text = json.dumps(skeleton, indent=dice.choice((None, None, 2)))
    return dice.choice(said.JSON_SKELETON).format(skeleton=text, doc=doc)


def _typed(dice: Random, numeric: bool, sign: str) -> str:
    if numeric:
        return sign + dice.choice(_NUMBER_TYPES)
    return sign + dice.choice(("string", "str", "text")) if dice.random() < 0.2 else ""


def _join(dice: Random, names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    if dice.random() < 0.55:
        return ", ".join(names[:-1]) + " and " + names[-1]
    return dice.choice((", ", ", ", ",", " / ")).join(names)


def answer(facts: Facts, named: Named, numeric: set[str]) -> str:
    """Return the JSON object for `named`: values as they read, those of `numeric` as numbers, absent ones null."""
    parts = []
    for name, kind in named.items():
        value = facts.value(kind.key) if kind else None
        number = as_number(value) if value is not None and name in numeric else None
        text = "null" if value is None else number if number is not None else json.dumps(value, ensure_ascii=False)
        parts.append(f"{json.dumps(name, ensure_ascii=False)}: {text}")
    return "{" + ", ".join(parts) + "}"
