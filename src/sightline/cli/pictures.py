"""From the words of the command line to pictures and a question."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sightline.errors import InvalidRequest

STDIN = "-"
_URL = re.compile(r"(?:https?://|data:)", re.IGNORECASE)
_PAGES = re.compile(r"(?P<file>.+\.pdf)#page=(?P<first>\d{1,5})(?:-(?P<last>\d{1,5}))?", re.IGNORECASE)
_PICTURE_NAME = re.compile(r"\S+\.(?:png|jpe?g|webp|gif|bmp|tiff?|heic|heif|avif|svg|pdf)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages `first` to `last` of a PDF file, counted from 1; `last` None goes on to the end."""

    file: Path
    first: int = 1
    last: int | None = None


Source = str | bytes | Path | Pages


def split_arguments(arguments: Sequence[str]) -> tuple[list[str], str]:
    """Pictures and the question: the last argument is the question unless it is, or looks like, a picture.

    A single argument is a picture. A name with a picture's ending is one even if there is no such file,
    so that a mistyped name is not taken for a question.
    """
    if len(arguments) > 1 and not looks_like_picture(arguments[-1]):
        return list(arguments[:-1]), arguments[-1]
    return list(arguments), ""


def looks_like_picture(argument: str) -> bool:
    """Whether an argument is stdin, a URL, an existing file, or has a picture's name."""
    if argument == STDIN or _URL.match(argument) or _PAGES.fullmatch(argument) or _PICTURE_NAME.fullmatch(argument):
        return True
    try:
        return Path(argument).is_file()
    except (OSError, ValueError):  # a question can be too long for a path
        return False


def read_stdin(max_bytes: int) -> bytes:
    """What was piped in, and one byte past `max_bytes` at most, for the loader to refuse."""
    return sys.stdin.buffer.read(max_bytes + 1)


def picture_sources(names: Sequence[str], stdin: Callable[[], bytes]) -> list[Source]:
    """What each argument stands for.

    Raises:
        InvalidRequest: If a file is missing, or stdin is named twice, or pages are not a range.
    """
    if list(names).count(STDIN) > 1:
        raise InvalidRequest("'-' stands for one picture from stdin and was given more than once", param="-")
    return [_source(name, stdin) for name in names]


def _source(name: str, stdin: Callable[[], bytes]) -> Source:
    if name == STDIN:
        return stdin()
    if _URL.match(name):
        return name
    if (pages := _PAGES.fullmatch(name)) and not Path(name).exists():
        return _pages(name, Path(pages["file"]), int(pages["first"]), pages["last"])
    path = Path(name)
    _check_file(name, path)
    return Pages(path) if path.suffix.lower() == ".pdf" else path


def _pages(name: str, path: Path, first: int, last: str | None) -> Pages:
    _check_file(str(path), path)
    pages = Pages(path, first, int(last) if last else first)
    if first < 1 or (pages.last is not None and pages.last < first):
        raise InvalidRequest(f"{name}: pages count from 1 and a range goes up", param=name)
    return pages


def _check_file(name: str, path: Path) -> None:
    try:
        if path.is_dir():
            raise InvalidRequest(f"{name}: is a folder; name the pictures in it", param=name)
        if not path.exists():
            raise InvalidRequest(f"{name}: no such file", param=name)
    except (OSError, ValueError):
        raise InvalidRequest("an argument is neither a file nor a URL", param="IMAGE") from None
