from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.cli.pictures import Pages, looks_like_picture, picture_sources, split_arguments
from sightline.errors import InvalidRequest


def no_stdin() -> bytes:
    raise RuntimeError("stdin was read")


def test_the_last_argument_is_the_question(photo: Path) -> None:
    assert split_arguments([str(photo), "how many?"]) == ([str(photo)], "how many?")


def test_pictures_alone_have_no_question(photo: Path) -> None:
    assert split_arguments([str(photo), str(photo)]) == ([str(photo), str(photo)], "")
    assert split_arguments(["what is this?"]) == (["what is this?"], "")


@pytest.mark.parametrize(
    "name", ["scan.pgn.jpg", "missing.png", "a.pdf#page=3", "-", "https://example.com/x", "data:,x"]
)
def test_what_is_named_like_a_picture_is_never_taken_for_the_question(name: str) -> None:
    assert split_arguments(["first.jpg", name]) == (["first.jpg", name], "")


@given(st.text())
def test_any_text_at_all_is_told_from_a_picture_without_an_error(text: str) -> None:
    assert looks_like_picture(text) in (True, False)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=250, max_size=6000))
def test_a_long_question_is_a_question(text: str) -> None:
    assert split_arguments(["x.png", "why " + text]) == (["x.png"], "why " + text)


@pytest.mark.parametrize(
    ("name", "first", "last"), [("report.pdf", 1, None), ("report.pdf#page=2", 2, 2), ("report.pdf#page=1-2", 1, 2)]
)
def test_pages_of_a_pdf_are_named_by_a_fragment(two_pages: Path, name: str, first: int, last: int | None) -> None:
    (pages,) = picture_sources([str(two_pages.parent / name)], no_stdin)
    assert pages == Pages(two_pages, first, last)


@pytest.mark.parametrize(
    ("name", "says"), [("gone.png", "no such file"), (".", "folder"), ("report.pdf#page=3-2", "range")]
)
def test_what_cannot_be_a_picture_is_refused_by_name(
    two_pages: Path, monkeypatch: pytest.MonkeyPatch, name: str, says: str
) -> None:
    monkeypatch.chdir(two_pages.parent)
    with pytest.raises(InvalidRequest, match=says) as caught:
        picture_sources([name], no_stdin)
    assert caught.value.message.startswith(name)


def test_stdin_is_read_once_and_only_if_it_is_named(photo: Path) -> None:
    assert picture_sources(["-"], lambda: b"bytes") == [b"bytes"]
    assert picture_sources([str(photo)], no_stdin) == [photo]
    with pytest.raises(InvalidRequest, match="more than once"):
        picture_sources(["-", "-"], no_stdin)
