"""What was said about the pictures so far. It lasts as long as the page is open and the pictures stay the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sightline.playground.clean import as_code, safe_markdown
from sightline.playground.client import Question, Turn, instruction_of


@dataclass(frozen=True, slots=True)
class Conversation:
    """The addresses here of the pictures, and the turns about them."""

    files: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()

    def about(self, question: Question) -> Conversation:
        """This conversation if the question is about its pictures; otherwise a new one."""
        files = tuple(file.path for file in question.files)
        return self if self.files == files else Conversation(files)

    def asked(self, question: Question) -> Question:
        """The question with the turns before it."""
        return replace(question, earlier=self.turns)

    def answered(self, question: Question, text: str) -> Conversation:
        """The conversation with one more turn."""
        return replace(self, turns=(*self.turns, Turn(instruction_of(question), text)))


def shown_turns(turns: Sequence[Turn]) -> str:
    """The turns as Markdown that loads and runs nothing."""
    return "\n\n".join(f"**You asked:** {safe_markdown(turn.asked)}\n\n{_shown(turn.answer)}" for turn in turns)


def _shown(answer: str) -> str:
    try:
        json.loads(answer)
    except ValueError:
        return safe_markdown(answer)
    return as_code(answer, "json")
