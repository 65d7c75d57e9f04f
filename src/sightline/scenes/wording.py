"""How people word questions: templates, politeness, case, typing mistakes."""

from __future__ import annotations

from random import Random

FIELD = (
    "What is the {noun}?", "What is the {noun}?", "What is the {noun} on this {doc}?",
    "What is the {noun} of this {doc}?", "What's the {noun}?",
    "what is the {noun}", "{noun}?", "{noun}", "Give me the {noun}.", "Tell me the {noun}.", "Which {noun} is shown?",
    "Find the {noun}.",
    "Read the {noun}.", "Can you read the {noun}?", "What {noun} does it show?",
    "What does the {doc} give as {noun}?", "Extract the {noun}.",
    "Extract the {noun} from this {doc}.", "I need the {noun}.", "What is the {noun} in this image?",
    "What is the {noun} shown in the picture?",
    "Look at the {doc}. What is the {noun}?", "Could you tell me the {noun}?", "show me the {noun}",
    "What {noun} is printed on the {doc}?",
    "Please copy the {noun} from the {doc}.", "Identify the {noun}.", "the {noun} please", "Which is the {noun}?",
    "What is written as the {noun}?",
    "Return only the {noun}.", "{noun} of the {doc}?", "whats the {noun} here", "Do you see the {noun}? What is it?",
    "Just the {noun}, nothing else.",
)  # fmt: skip
SENTENCE = (
    "What is the {noun}? Answer in a full sentence.", "Tell me the {noun} in one sentence.",
    "In a sentence, what is the {noun}?",
    "What is the {noun} of this {doc}? Reply with a complete sentence.", "Write one sentence that gives the {noun}.",
    "Use a full sentence: what is the {noun}?",
)  # fmt: skip
IS_THERE = (
    "Is there a {noun}?", "Is there a {noun} on this {doc}?", "Does this {doc} show a {noun}?",
    "Can you see a {noun}?", "is a {noun} given",
    "Does it have a {noun}?", "Is the {noun} printed?", "Is a {noun} visible in the picture?",
    "Does the {doc} mention a {noun}?", "any {noun}?",
)  # fmt: skip
SAYS = (
    'Does it say "{text}"?', 'Does the {doc} say "{text}"?', 'Is the text "{text}" in the picture?',
    "Does it say {text}?", 'Can you find "{text}" on the {doc}?',
    'Is "{text}" written anywhere?', 'does this contain "{text}"', 'Do the words "{text}" appear?',
    'Is there a line with "{text}"?',
)  # fmt: skip
KIND = (
    "What kind of document is this?", "What type of document is it?", "What is this?",
    "What kind of picture is this?", "what am I looking at?",
    "Is this a receipt, an invoice, a form, a menu, a table, a letter or something else?", "Classify this document.",
    "What sort of paper is this?",
    "What does the image show?", "document type?", "Name the type of this document.", "What do you see?",
)  # fmt: skip
IS_KIND = (
    "Is this a {other}?",
    "Is it a {other}?",
    "Does the picture show a {other}?",
    "is that a {other}",
    "Are we looking at a {other}?",
)
CAPTION = (
    "Describe the picture.", "Describe this image.", "Describe what you see.",
    "Describe the image in a few sentences.", "What is in this image?", "What's in this image?",
    "Write a caption for this picture.", "Summarise this {doc}.", "Summarize the {doc} in two sentences.",
    "What is this {doc} about?", "Give a short description.",
    "Describe what it depicts and interesting details.", "Describe what the picture shows, with interesting details.", "Tell me about this picture.",
    "Explain what this {doc} shows.", "What can you tell me about this image?", "describe",
    "Can you describe the document?", "What information does this {doc} contain?",
    "Give me a summary of what is shown.",
)  # fmt: skip
PRICE = (
    "How much is the {item}?", "How much does the {item} cost?", "What is the price of {item}?", "price of {item}?",
    "What does {item} cost?", "how much for {item}",
    "What did they charge for {item}?", "What is the amount for {item}?", "{item} price",
    "What is the price of the {item} on this {doc}?", "How much was {item}?",
    "Give the price of {item}.", "Tell me the cost of the {item}.",
)  # fmt: skip
QUANTITY = (
    "How many {item} were bought?",
    "What is the quantity of {item}?",
    "How many {item}?",
    "quantity of {item}?",
    "How many units of {item} are listed?",
    "{item}: how many?",
)
DEAREST = (
    "Which item is the most expensive?",
    "What is the most expensive item?",
    "most expensive item?",
    "Which item costs the most?",
    "What is the priciest thing on the {doc}?",
    "Which line has the highest price?",
)
CHEAPEST = (
    "Which item is the cheapest?",
    "What is the cheapest item?",
    "cheapest item?",
    "Which item costs the least?",
    "What is the least expensive item on the {doc}?",
)
COUNT_ITEMS = (
    "How many items are there?",
    "How many items are listed?",
    "How many different items are on the {doc}?",
    "number of items?",
    "How many products are listed?",
    "Count the items.",
    "How many entries does the {doc} list?",
)
LIST_ITEMS = (
    "List the items.", "What items are listed?", "Which items are on the {doc}?", "What was bought?",
    "List all items.", "items?", "Name the items on this {doc}.",
    "What are the items?", "Give me a list of the products.", "Which things does it list?",
)  # fmt: skip
LIST_PRICES = (
    "List the items with their prices.",
    "What items are listed and what do they cost?",
    "List every item and its price.",
    "Items and prices?",
    "Give all items with the amounts.",
)
UNSURE = (
    "Who printed this {doc}?", "What was the weather like that day?", "How old is the owner?",
    "What is the customer's favourite colour?", "Why was this {doc} made?",
    "Which phone took this picture?", "Who will read this?", "What happened the day after?",
    "What did the person eat for breakfast?", "Is the owner married?",
    "Where was this photo taken?", "Who is holding the {doc}?", "What music was playing?",
    "How many employees does the company have?", "What language does the owner speak at home?",
    "Will it rain tomorrow?", "What is the capital of the country?", "Who won the match?", "Was the customer happy?",
    "Is this {doc} genuine?",
)  # fmt: skip
UNSURE_ANSWER = "I am not sure."
ABSENT = "There is no {noun} in the picture."
_BEFORE = (
    "Please: ",
    "Hi! ",
    "Hello, ",
    "Quick question: ",
    "Look at the picture. ",
    "Please tell me: ",
    "Hey, ",
    "Looking at this {doc}: ",
    "Question: ",
    "ok so ",
)
_AFTER = (
    " Answer briefly.",
    " Be brief.",
    " Short answer.",
    " Thanks!",
    " please",
    " Please answer briefly.",
    " Just the value.",
    " Answer with the text only.",
    " Only the answer.",
)


def ask(dice: Random, templates: tuple[str, ...], **words: str) -> str:
    """Return one of `templates` filled in and worded as somebody might."""
    text = dice.choice(templates).format(**words)
    kind = dice.random()
    if kind < 0.07:
        text = dice.choice(_BEFORE).format(**{"doc": words.get("doc", "picture")}) + text
    elif kind < 0.16 and "\n" not in text:
        text += dice.choice(_AFTER)
    return colour_case(dice, text)


def colour_case(dice: Random, text: str) -> str:
    """Return `text`, sometimes in another case, without its last mark, or with a typing mistake."""
    kind = dice.random()
    if kind < 0.08:
        return text.lower()
    if kind < 0.1:
        return text.upper()
    if kind < 0.15:
        return text.rstrip("?.")
    if kind < 0.19:
        return _typo(dice, text)
    return text[0].upper() + text[1:] if kind < 0.6 else text


def _typo(dice: Random, text: str) -> str:
    place = dice.randrange(1, max(2, min(len(text) - 1, 24)))
    if dice.random() < 0.5:
        return text[:place] + text[place + 1 :]
    return text[: place - 1] + text[place : place + 1] + text[place - 1 : place] + text[place + 1 :]
