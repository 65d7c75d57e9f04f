"""Text in the image: lines with boxes, in reading order."""

from sightline.reading.lines import Box, Reading, TextLine
from sightline.reading.reader import RawLine, Reader

__all__ = ["Box", "RawLine", "Reader", "Reading", "TextLine"]
