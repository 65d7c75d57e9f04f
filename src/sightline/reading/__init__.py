"""Text in the image: lines with boxes, in reading order."""

from sightline.reading.lines import Box, Reading, TextLine
from sightline.reading.page import RawLine
from sightline.reading.reader import Reader

__all__ = ["Box", "RawLine", "Reader", "Reading", "TextLine"]
