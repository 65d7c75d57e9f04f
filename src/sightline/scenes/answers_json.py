"""JSON requests and their answers: exactly the asked keys, in the asked order."""

from __future__ import annotations

import json
from random import Random

from sightline.scenes import wording
from sightline.scenes.facts import Facts, FieldKind
from sightline.scenes.formats import as_number
from sightline.scenes.scene import Turn

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


def json_turn(dice: Random, facts: Facts, doc: str) -> Turn | None:
    """Return a request for some fields as JSON, absent ones among them, and its answer."""
    present, absent = list(facts.present), list(facts.absent)
    if not present:
        return None
    picked = _pick(dice, present, min(len(present), dice.choice((1, 2, 2, 3, 3, 4, 4, 5, 6))))
    if absent and dice.random() < 0.45:
        picked += _pick(dice, absent, min(len(absent), dice.choice((1, 1, 2))))
    dice.shuffle(picked)
    plain = dice.random() < 0.4
    named: dict[str, FieldKind | None] = {}
    for kind in picked:
        named.setdefault(kind.keys[0] if plain else dice.choice(kind.keys), kind)
    if dice.random() < 0.08:
        named.setdefault(dice.choice(_UNRELATED), None)
    return _request(dice, facts, doc, named)


def _pick(dice: Random, kinds: list[FieldKind], count: int) -> list[FieldKind]:
    chosen: list[FieldKind] = []
    rest = list(kinds)
    for _ in range(count):
        kind = dice.choices(rest, [k.weight for k in rest])[0]
        rest.remove(kind)
        chosen.append(kind)
    return chosen


def _request(dice: Random, facts: Facts, doc: str, named: dict[str, FieldKind | None]) -> Turn:
    style = dice.choice(("keys", "keys", "keys", "list", "list", "spec", "spec", "schema"))
    numeric: set[str] = set()
    if style in ("spec", "schema") or (style == "list" and dice.random() < 0.3):
        numeric = {name for name, kind in named.items() if kind and kind.is_number and dice.random() < 0.75}
    names = list(named)
    if style == "keys":
        question = dice.choice(wording.JSON_KEYS).format(keys=_join(dice, names), doc=doc)
    elif style == "list":
        bullet = dice.choice(("- ", "- ", "* ", "", "• "))
        rows = [f"{bullet}{name}{_typed(dice, name in numeric, ': ')}" for name in names]
        question = dice.choice(wording.JSON_LIST).format(list="\n".join(rows), doc=doc)
    elif style == "spec":
        spec = dice.choice((", ", ", ", ",", "; ")).join(name + _typed(dice, name in numeric, " ") for name in names)
        question = dice.choice(wording.JSON_SPEC[1:] if len(names) == 1 and not numeric else wording.JSON_SPEC).format(
            spec=spec, doc=doc
        )
    else:
        schema = {name: {"type": "number" if name in numeric else "string"} for name in names}
        text = (
            json.dumps({"type": "object", "properties": schema})
            if dice.random() < 0.5
            else json.dumps({n: s["type"] for n, s in schema.items()})
        )
        question = dice.choice(wording.JSON_SCHEMA).format(schema=text, doc=doc)
    return Turn(question, answer(facts, named, numeric), "json")


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


def answer(facts: Facts, named: dict[str, FieldKind | None], numeric: set[str]) -> str:
    """Return the JSON object for `named`: values as they read, those of `numeric` as numbers, absent ones null."""
    parts = []
    for name, kind in named.items():
        value = facts.value(kind.key) if kind else None
        number = as_number(value) if value is not None and name in numeric else None
        text = "null" if value is None else number if number is not None else json.dumps(value, ensure_ascii=False)
        parts.append(f"{json.dumps(name, ensure_ascii=False)}: {text}")
    return "{" + ", ".join(parts) + "}"
