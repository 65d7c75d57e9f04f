"""What the labels of photos are called in everyday words."""

from __future__ import annotations

from sightline.scenes.phrasing import with_article

GARMENTS: dict[str, str] = {
    "T-Shirt": "t-shirt",
    "Longsleeve": "long-sleeved shirt",
    "Pants": "pants",
    "Shoes": "shoes",
    "Shirt": "shirt",
    "Dress": "dress",
    "Outwear": "jacket",
    "Shorts": "shorts",
    "Hat": "hat",
    "Skirt": "skirt",
    "Polo": "polo shirt",
    "Undershirt": "undershirt",
    "Blazer": "blazer",
    "Hoodie": "hoodie",
    "Body": "bodysuit",
    "Top": "top",
    "Blouse": "blouse",
}

GROCERIES: dict[str, str] = {"Brown-Cap-Mushroom": "mushroom", "Pepper": "bell pepper"}  # others as their group

_NO_ARTICLE = (
    "pants", "shoes", "shorts", "satsumas", "carrots", "juice", "milk", "oat milk", "oatghurt", "sour cream", "sour milk",
    "soy milk", "soyghurt", "yoghurt", "asparagus", "garlic", "ginger",
)  # fmt: skip


def everyday_word(label: str, group: str) -> str:
    """`Granny-Smith` of the group `Apple` is an apple, `Outwear` a jacket; "" for a label that teaches no word."""
    return GROCERIES.get(group, group.lower().replace("-", " ")) if group else GARMENTS.get(label, "")


def say_thing(word: str) -> str:
    """`a hat`, `an apple`, `shoes`, `milk`."""
    return word if word in _NO_ARTICLE else with_article(word)
