"""What was measured of a picture, once more beside a question about it: how sharp it is, how its text is turned.

` Asked: sharpness 2.`   ` Asked: turned 90.`   ` Asked: no text.`
"""

from __future__ import annotations

import re

from sightline.model.asked import MOST_LETTERS
from sightline.reading.lines import Reading

_SHARP = re.compile(r"blur|sharp|focus|crisp|smear|fuzz|soft|clear", re.IGNORECASE)
_TURNED = re.compile(r"rotat|upside|sideways|upright|turned|orient|tilt|on its (?:side|head)|right way", re.IGNORECASE)


def said_condition(question: str, reading: Reading) -> str:
    """The sharpness or the turn of a picture, if `question` asks about them; else nothing."""
    if reading.sharpness is None:
        return ""
    asked = question[:MOST_LETTERS]
    told = [f"sharpness {tenths(reading.sharpness)}"] if _SHARP.search(asked) else []
    if _TURNED.search(asked):
        told.append(f"turned {reading.turn_deg}" if reading.lines else "no text")
    return f" Asked: {', '.join(told)}." if told else ""


def tenths(share: float) -> int:
    """0 to 9 for 0..1."""
    return min(9, int(10 * share))
