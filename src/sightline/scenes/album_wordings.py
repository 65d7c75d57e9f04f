"""How people ask about several pictures at once, by intent."""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, ...]] = {
    "number": (
        "How many {pics} are there?", "How many {pics} did I send?", "How many {pics} do you see?",
        "Count the {pics}.", "How many {pics} have I attached?", "How many {pics} were uploaded?",
        "Tell me the number of {pics}.", "how many {pics}", "How many {pics} can you see here?",
        "What is the number of {pics}?",
    ),
    "kind": (
        "What kind of picture is {which}?", "What type of image is {which}?", "What is {which}?",
        "Is {which} a photo, a document, a chart or a drawing?", "Which kind of picture is {which}?",
        "What sort of image is {which}?", "Classify {which}.", "Tell me the kind of {which}.",
    ),
    "about": (
        "Look at {which}. {question}", "About {which}: {question}", "For {which}: {question}",
        "This is about {which}. {question}", "Only {which}: {question}", "Consider {which}. {question}",
        "Now {which}. {question}", "{question} I mean {which}.", "Question on {which}: {question}",
    ),
    "same_kind": (
        "Are {all} of the same kind?", "Is it the same kind of picture {times}?", "Are {all} the same type of image?",
        "Do {all} belong to the same kind of picture?", "Same kind of picture {times}?",
        "Is the type of {all} the same?",
    ),
    "same_thing": (
        "Do {all} show the same thing?", "Do {all} show the same kind of thing?", "Is it the same product in {all}?",
        "Is the same kind of item in {all}?", "Do {all} show the same kind of item?", "Same thing {times}?",
        "Is it the same object {times}?", "Are these the same kind of thing?", "Do {all} show the same product?",
        "Is the thing in {all} the same kind?",
    ),
    "which": (
        "Which {pic} is {thing}?", "Which of the {pics} is {thing}?", "Where is {thing}: which {pic}?",
        "Which {pic} shows {thing}?", "On which {pic} do you see {thing}?", "Which one is {thing}?",
        "In which {pic} is {thing}?", "Find {thing}: which {pic}?",
    ),
    "difference": (
        "What is the difference between the {pics}?", "How do the {pics} differ?", "Compare the {pics}.",
        "What is different?", "Is there any difference between these {pics}?", "Compare these {pics} briefly.",
        "What are the differences?", "Tell the {pics} apart.", "How is one {pic} different from the other?",
        "What do these {pics} have in common, and what not?",
    ),
    "all": (
        "What are in these {pics}?", "What is in these {pics}?", "Describe the {pics}.", "Describe each {pic}.",
        "What do the {pics} show?", "Describe each {pic} in one sentence.", "What do you see in these {pics}?",
        "Caption each {pic}.", "Say what each {pic} shows.", "Tell me about these {pics}.",
        "What can be seen in these {pics}? Is there any difference between them?", "Give a short description of each {pic}.",
        "What are these?", "Summarize the {pics}.",
    ),
}  # fmt: skip
