"""The dates that are written in a picture, once more beside a question about one.

A till number, a phone number and a date are all digits and strokes to a small model. What has the form of a date is
told with the words before it (` Asked: Date: 25-01-16; Due 01-02-16.`); which of them is meant is the model's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sightline.model.asked import MOST_LETTERS
from sightline.reading.lines import Reading, TextLine

MOST_DATES = 4
MOST_LINE = 200  # characters of a line that are looked at
MOST_BEFORE = 2  # words before a date that are told with it
_ASKS = re.compile(r"\b(?:dates?|dated|day|when|issued on|due|birth|born|expir\w*|valid)\b", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_YEAR = r"(?:(?:19|20)\d\d|\d\d(?!\d)|\d\d(?=[0-2]\d:[0-5]\d))"  # a time may be read right after it
_DAY = r"(?:[0-2]?\d|3[01])"
_NUMBER = r"(?:0?[1-9]|1[0-2])"  # of a month
_DATE = re.compile(
    rf"(?<![\d.,/-])(?:(?:19|20)\d\d([-/.]){_NUMBER}\1{_DAY}(?!\d)"
    rf"|{_DAY}([-/.]){_NUMBER}\2{_YEAR}|{_NUMBER}/{_DAY}/{_YEAR}"
    rf"|{_DAY}(?:st|nd|rd|th)?[-/. ]{{0,2}}{_MONTH}[-/., ]{{0,2}}{_YEAR}"
    rf"|{_MONTH}\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR})",
    re.IGNORECASE,
)


def said_dates(question: str, reading: Reading) -> str:
    """What has the form of a date, at most four, if `question` asks when; else nothing."""
    if not _ASKS.search(question[:MOST_LETTERS]):
        return ""
    found = list(dict.fromkeys(_dates(reading.lines)))[:MOST_DATES]
    return f" Asked: {'; '.join(found)}." if found else ""


def _dates(lines: Sequence[TextLine]) -> Iterator[str]:
    for at, line in enumerate(lines):
        text = line.text[:MOST_LINE]
        for match in _DATE.finditer(text):
            before = text[: match.start()].split()
            if not before and at and lines[at - 1].row == line.row:
                before = lines[at - 1].text.split()
            named = [word for word in before[-MOST_BEFORE:] if not any(letter.isdigit() for letter in word)]
            yield " ".join([*named, match[0]])
