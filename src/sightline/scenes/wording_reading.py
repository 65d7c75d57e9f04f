"""How people ask to have a page, or a part of it, read to them."""

from __future__ import annotations

READ_ALL = (
    "Read all the text on this {doc}, line by line.", "Read all the text on this {doc}, line by line.",
    "What does it say?", "What does it say?", "Read the text.", "Read all the text.",
    "What does the text in this image say?", "Transcribe the picture.", "Read all the text, line by line.", "OCR this.",
    "What is written here?", "Please read everything.", "Copy the text.", "Return all text in the image.",
    "what text is in the picture", "Transcribe the {doc}.", "Transcribe this {doc}.", "Transcribe this {doc} line by line.",
    "What does this {doc} say?", "What is written on the {doc}?", "Read the whole {doc}.", "Read the {doc} to me.",
    "Extract all text from this image.", "Extract the text.", "Give me the full text of this {doc}.", "ocr",
    "Perform OCR on the image.", "Type out everything that is printed on the {doc}.", "Write down all the text you see.",
    "Output the text of the {doc}, one line per row.", "Convert this {doc} to plain text.",
    "Read it from top to bottom.", "Read every line.", "full text please", "List all lines of text in the image.",
    "Please transcribe all visible text.", "Copy everything on the {doc}, from the first line to the last.",
)  # fmt: skip
READ_TOP = (
    "What is written at the top?", "What does the first line say?", "Read the first line.",
    "What is at the top of the {doc}?", "What's the top line?",
    "What text comes first?", "first line?", "Read the line at the very top.", "How does the {doc} begin?",
)  # fmt: skip
READ_BOTTOM = (
    "What is written at the bottom?", "What does the last line say?", "Read the last line.",
    "What is at the bottom of the {doc}?", "What's the last line?",
    "How does the {doc} end?", "last line?", "Read the line at the very bottom.", "What text comes last?",
)  # fmt: skip
READ_FIRST = (
    "Read the first {n} lines.", "What do the first {n} lines say?", "Transcribe the top {n} lines.",
    "first {n} lines please", "Copy the first {n} lines of text.", "What are the first {n} lines of the {doc}?",
    "Read the top {n} lines of this {doc}.",
)  # fmt: skip
READ_LAST = (
    "Read the last {n} lines.", "What do the last {n} lines say?", "Transcribe the bottom {n} lines.",
    "last {n} lines please", "Copy the last {n} lines of text.", "What are the last {n} lines of the {doc}?",
    "Read the bottom {n} lines of this {doc}.",
)  # fmt: skip
READ_TOP_HALF = (
    "Read the top half.", "Read the top half of the {doc}.", "Transcribe the upper half of the {doc}.",
    "What does the upper half say?", "What is written in the top half of the picture?", "Read the upper part.",
    "Copy the text in the top half.",
)  # fmt: skip
READ_BOTTOM_HALF = (
    "Read the bottom half.", "Read the bottom half of the {doc}.", "Transcribe the lower half of the {doc}.",
    "What does the lower half say?", "What is written in the bottom half of the picture?", "Read the lower part.",
    "Copy the text in the bottom half.",
)  # fmt: skip
READ_FROM = (
    'Read everything from "{text}" on.', 'Read the {doc} from "{text}" to the end.',
    'Start at "{text}" and read to the end.', 'Transcribe the text starting with the line "{text}".',
    'What does it say from "{text}" down?', 'Continue reading from "{text}".', 'Read from "{text}" to the bottom.',
)  # fmt: skip
READ_UP_TO = (
    'Read everything up to "{text}".', 'Read the {doc} from the top to "{text}".', 'Read down to the line "{text}".',
    'Transcribe the text up to and including "{text}".', 'Read from the start until "{text}".',
)  # fmt: skip
READ_BETWEEN = (
    'What is written between "{first}" and "{last}"?', 'Read the lines between "{first}" and "{last}".',
    'Which lines stand between "{first}" and "{last}"?', 'Copy what comes between "{first}" and "{last}".',
)  # fmt: skip
READ_MENTION = (
    "Read the line that mentions {text}.", 'Which line contains "{text}"?', 'Read the line with "{text}".',
    "What does the line with {text} say?", 'Copy the whole line where "{text}" appears.',
    "Quote the line that has {text} in it.", 'Find "{text}" and read that line.',
    'What is the full line containing "{text}"?',
)  # fmt: skip
READ_AFTER = (
    'What comes after "{text}"?', "What is the line below {text}?", 'Read the line after "{text}".',
    'What is written under "{text}"?', "Which line follows {text}?", 'Read the line under "{text}".',
    'What is directly below "{text}"?', 'what is printed after "{text}"', 'Read what comes next after "{text}".',
)  # fmt: skip
READ_BEFORE = (
    'What comes before "{text}"?', "What is the line above {text}?", 'Read the line before "{text}".',
    'What is written above "{text}"?', 'What is directly above "{text}"?',
)  # fmt: skip
READ_BESIDE = (
    'What is written next to "{text}"?', 'What stands to the right of "{text}"?', "What is beside {text}?",
    'What is on the same line as "{text}"?', 'Which text is right of "{text}"?',
)  # fmt: skip
