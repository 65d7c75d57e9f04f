"""Stop strings, whatever pieces they come in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sightline.chat.stop import StopFilter

LETTERS = st.text("abc", max_size=30)


def run(pieces: list[str], stop: list[str]) -> tuple[str, bool]:
    keep = StopFilter(stop)
    shown = [keep.push(piece) for piece in pieces]
    return "".join(shown) + keep.flush(), keep.stopped


@given(st.lists(LETTERS, max_size=12), st.lists(st.text("abc", min_size=1, max_size=4), max_size=4))
def test_pieces_or_whole_the_text_ends_before_the_stop_string_that_completes_first(
    pieces: list[str], stop: list[str]
) -> None:
    text = "".join(pieces)
    shown, stopped = run(pieces, stop)
    assert stopped == any(word in text for word in stop)
    assert text.startswith(shown)
    assert not any(word in shown for word in stop)
    if not stopped:
        assert shown == text


@given(LETTERS, st.text("abc", min_size=1, max_size=4))
def test_one_stop_string_cuts_at_its_first_place_in_any_pieces(text: str, stop: str) -> None:
    assert run(list(text), [stop])[0] == run([text], [stop])[0] == text.split(stop)[0]


def test_text_that_cannot_begin_a_stop_string_is_shown_at_once() -> None:
    keep = StopFilter(["END"])
    assert keep.push("a cat E") == "a cat "
    assert keep.push("LK") == "ELK"
