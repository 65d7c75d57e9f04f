"""How people ask what is in a box or a tower, by intent."""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, ...]] = {
    "count_one": (
        "How many {things} are in the {where}?", "How many {things} are there in the {where}?", "Count the {things} in the {where}.",
        "How many {things} does the {where} have?", "How many {things} does the {where} contain?", "In the {where}, how many {things} are there?",
        "What is the number of {things} in the {where}?", "How many {things} do you see in the {where}?", "{where}: how many {things}?",
        "Tell me how many {things} the {where} has.", "how many {things} in the {where}", "Number of {things} in the {where}?",
        "Look at the {where}. How many {things} does it have?", "How many {things} can be seen in the {where}?",
        "Count how many {things} the {where} contains.", "How many {things} make up what you see in the {where}?",
        "Please count the {things} in the {where}.", "What's the count of {things} in the {where}?", "The {where} has how many {things}?",
        "Say how many {things} are in the {where}.",
    ),
    "count_total": (
        "How many {things} are there?", "How many {things} are in the {pic}?", "How many {things} are there in total?",
        "Count all {things}.", "Count the {things} in the {pic}.", "What is the total number of {things}?",
        "How many {things} are there altogether?", "How many {things} do you see?", "Across the whole {pic}, how many {things} are there?",
        "How many {things} can you count?", "number of {things}?", "Tell me the number of {things} in the {pic}.",
        "How many {things} does the {pic} show?", "How many {things} overall?", "What is the number of {things}?",
        "how many {things}", "Please count the {things}.", "In total, how many {things} can be seen?", "How many {things} in all?",
        "Give the number of {things}.",
    ),
    "presence": (
        "Is there {thing} in the {where}?", "Does the {where} contain {thing}?", "Does the {where} have {thing}?",
        "Do you see {thing} in the {where}?", "Can you find {thing} in the {where}?", "Is {thing} in the {where}?",
        "Does the {where} include {thing}?", "In the {where}, is there {thing}?", "Does the {where} show {thing}?",
        "Is there at least {thing} in the {where}?", "is there {thing} in the {where}", "Can {thing} be seen in the {where}?",
        "Look at the {where}: is there {thing}?", "Does {thing} appear in the {where}?",
    ),
    "level": (
        "What color is the {what} of the {where}?", "What colour is the {what} in the {where}?", "Which color does the {what} of the {where} have?",
        "What is the color of the {what} in the {where}?", "Tell me the color of the {what} of the {where}.",
        "In the {where}, what color is the {what}?", "The {what} of the {where} is what color?", "color of the {what} of the {where}?",
        "Name the colour of the {what} in the {where}.", "Look at the {where}: which color is the {what}?",
        "What's the color of the {what} in the {where}?", "Which colour has the {what} of the {where}?",
    ),
    "order": (
        "List the colors of the {where} {way}.", "What are the colors of the {items} in the {where}, {way}?", "Name the colors in the {where} {way}.",
        "Give the colours of the {where} {way}.", "Which colors does the {where} have, {way}?", "Read off the colors of the {where}, {way}.",
        "{way}, what are the colors of the {items} of the {where}?", "Tell me the colors of the {where} {way}.",
        "What is the sequence of colors in the {where} {way}?", "In what order are the colors of the {where} stacked, {way}?",
    ),
    "most_box": (
        "Which {group} has the {which} {things}?", "Which {group} contains the {which} {things}?", "In which {group} are the {which} {things}?",
        "Where are the {which} {things}: in which {group}?", "Which of the {group}es holds the {which} {things}?",
        "Tell me which {group} has the {which} {things}.", "which {group} has the {which} {things}", "The {which} {things} are in which {group}?",
        "What {group} has the {which} {things}?", "Name the {group} with the {which} {things}.",
    ),
    "most_tower": (
        "Which {group} is the {which}?", "Which {group} is {which}?", "Where is the {which} {group}?", "What {group} is the {which} one?",
        "Tell me which {group} is the {which}.", "Name the {which} {group}.", "Which one is the {which} {group}?", "which {group} is {which}",
        "Of all, which {group} is the {which}?", "Which of them is the {which} {group}?",
    ),
    "colours": (
        "Which colors are in the {where}?", "What colors are in the {where}?", "List the colors in the {where}.",
        "What colors do the {things} in the {where} have?", "Which colours can be seen in the {where}?", "Name all colors of the {things} in the {where}.",
        "Which colors do the {things} of the {where} have?", "Tell me the colors in the {where}.", "In the {where}, which colors do you see?",
        "What are the colors of the {things} in the {where}?",
    ),
    "kind": (
        "What shape is the {colour} {thing} in the {where}?", "What is the shape of the {colour} {thing} in the {where}?",
        "Which shape does the {colour} {thing} in the {where} have?", "In the {where}, what shape is the {colour} one?",
        "What kind of shape is {colour} in the {where}?", "Name the shape of the {colour} {thing} in the {where}.",
        "Tell me the shape of the {colour} {thing} in the {where}.", "What form does the {colour} {thing} in the {where} have?",
        "what shape is {colour} in the {where}",
    ),
    "caption": (
        "Write a caption for the {pic}.", "Caption this {pic}.", "What does the {pic} show?", "What do you see?",
        "Describe the {pic} in one sentence.", "Give a short description of the {pic}.", "What is drawn here?",
        "What is shown in the {pic}?", "Summarize the {pic} in one sentence.", "Briefly describe the {pic}.", "What can be seen in the {pic}?",
        "Give me a caption.", "Tell me in a sentence what this is.", "What is this?", "What is in the {pic}?",
    ),
}  # fmt: skip
