"""Whether an answer declines to answer. Declining is counted apart from being wrong."""

from __future__ import annotations

import re

_VERBS = "(?:tell|say|see|read|determine|identify)"
_NOT_SURE = re.compile(
    rf"\b(?:not sure|unsure|(?:cannot|can't|can’t|could not|unable to) {_VERBS}|(?:do not|don't|don’t) know)\b",
    re.IGNORECASE,
)


def is_not_sure(answer: str) -> bool:
    """Say whether `answer` says, in its first 200 characters, that it does not know."""
    return _NOT_SURE.search(answer[:200]) is not None
