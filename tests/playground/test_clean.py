from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.playground.clean import ZERO_WIDTH, as_code, safe_markdown

MARKS = st.text("![]()<>/:`~\\ \nabim", max_size=60)


@given(MARKS)
def test_no_answer_keeps_a_picture_a_link_or_a_tag(answer: str) -> None:
    shown = safe_markdown(answer)
    assert not re.search(r"!\[|\]\(|\]\[|\]:|<[A-Za-z/!?]", shown)


@given(st.text(max_size=200).filter(lambda text: "mermaid" not in text.lower() and ZERO_WIDTH not in text))
def test_what_is_seen_of_an_answer_is_what_was_written(answer: str) -> None:
    assert safe_markdown(answer).replace(ZERO_WIDTH, "") == answer


@pytest.mark.parametrize(
    "answer", ["# Title\n\n- one\n- **two**", "| a | b |\n|---|---|\n| 1 < 2 | 3 > 2 |", "> quoted", "`x[0]`"]
)
def test_headings_lists_tables_and_code_pass_untouched(answer: str) -> None:
    assert safe_markdown(answer) == answer


@pytest.mark.parametrize("fence", ["```mermaid", "~~~~ Mermaid", "> ```mermaid"])
def test_a_diagram_is_shown_as_its_text(fence: str) -> None:
    assert "mermaid" not in safe_markdown(f"{fence}\ngraph TD").lower()


@given(st.text("`a\n", max_size=40))
def test_a_block_of_code_cannot_be_closed_by_what_is_in_it(text: str) -> None:
    first, *inside, last = as_code(text, "json").split("\n")
    assert first == f"{last}json"
    assert not any(line.strip().startswith(last) for line in inside)
