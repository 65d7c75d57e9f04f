"""How people ask about signs and words, and what stands on signs."""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, ...]] = {
    "caption": (
        "Write a caption for the {pic}.", "Caption this {pic}.", "What does the {pic} show?", "What do you see?",
        "Describe the {pic} in one sentence.", "Give a short description of the {pic}.",
        "What is shown in the {pic}?", "What can be seen in the {pic}?", "Briefly describe the {pic}.",
        "Summarize the {pic} in one sentence.", "Tell me in a sentence what this is.", "What is this?",
        "Give me a caption.", "Describe this sign.", "Say in one sentence what is in the {pic}.",
        "Provide a brief caption for this {pic}.", "what is on this {pic}",
    ),
    "word": (
        "What word is shown in the image?", "What does it say?", "Read the word.", "Which word do you see?",
        "What is the word?", "What word is this?", "What is written here?", "What does the text say?",
        "Read the text in the {pic}.", "What is written in the {pic}?", "Transcribe the word.",
        "What text is in the {pic}?", "Which word is in the {pic}?", "Please read this word.",
        "What word does the {pic} contain?", "Tell me the word.", "What is the text in the {pic}?",
        "What does this say?", "word?", "What does the sign say?", "OCR this.", "Spell the word as shown.",
        "Type the word in the {pic}.", "What word can be read?",
    ),
    "read": (
        "What does it say?", "Read the text.", "What is written here?", "What does the sign say?",
        "Read all the text in the {pic}.", "What is written in the {pic}?", "Transcribe the text.",
        "What text is in the {pic}?", "Which words are in the {pic}?", "Please read the sign.",
        "Tell me what is written.", "What does the text say?", "What does this say?", "Read it to me.",
        "What are the words?", "What is the text in the {pic}?", "Give me the text.", "Read everything.",
        "OCR this {pic}.", "What message is on the sign?",
    ),
    "nth": (
        "What is the {place} line?", "What does the {place} line say?", "Read the {place} line.",
        "What is the {place} word?", "Which word is on the {place} line?", "Give me the {place} line of the text.",
        "Transcribe the {place} line.", "What stands on the {place} line?", "Tell me the {place} word.",
        "What is written on the {place} line?",
    ),
    "sign_colour": (
        "What color is the sign?", "What colour is the sign?", "What is the color of the sign?",
        "Which color does the sign have?", "What color is the background of the text?", "On what color is the text?",
        "What color is behind the letters?", "Tell me the color of the sign.", "What is the color behind the text?",
        "Name the color of the sign.", "What colour is behind the text?", "What color is the area behind the words?",
        "The text stands on what color?", "color of the sign?", "Which colour is the board?",
    ),
    "text_colour": (
        "What color is the text?", "What colour are the letters?", "What is the color of the text?",
        "Which color do the letters have?", "What color are the letters?", "In what color is the text?",
        "In which color is it written?", "Tell me the color of the letters.", "What is the text color?",
        "Name the color of the writing.", "What colour is the writing?", "text color?", "Which colour is the word?",
        "What color is the word?", "What color is the font?",
    ),
    "word_there": (
        "Does it say {word}?", "Is the word {word} in the {pic}?", "Does the sign say {word}?",
        "Do you see the word {word}?", "Is {word} written in the {pic}?", "Can you read {word}?",
        "Does {word} appear?", "Does the text contain {word}?", "Is there the word {word}?",
        "Is {word} on the sign?", "Does the {pic} contain the word {word}?", "Is it {word}?",
    ),
    "n_words": (
        "How many words are there?", "How many words are in the {pic}?", "Count the words.",
        "How many words does the sign have?", "How many words do you see?", "What is the number of words?",
        "How many words are written?", "How many words can you read?", "Tell me how many words there are.",
        "number of words?",
    ),
    "colour_there": (
        "Is the sign {colour}?", "Is the background of the text {colour}?", "Are the letters on {colour}?",
        "Is the color behind the text {colour}?", "Does the text stand on {colour}?",
        "Is the area behind the words {colour}?", "Is the text on a {colour} background?",
        "Is the sign's color {colour}?",
    ),
    "board": (
        "What shape is the sign?", "What is the shape of the sign?", "Which shape does the sign have?",
        "What form does the sign have?", "Tell me the shape of the sign.", "Name the shape of the board.",
        "What is the sign's shape?", "shape of the sign?", "What shape is the board?",
        "What kind of shape is the sign?",
    ),
    "board_yes_no": (
        "Is the shape of the sign a {shape}?", "Does the sign have the shape of a {shape}?",
        "Is the sign shaped like a {shape}?", "Is the board a {shape}?", "Is it a {shape} sign?",
        "Is the sign a {shape}?",
    ),
    "both_colours": (
        "What are the colors of the letters and the background?", "Which colors do text and background have?",
        "Name the colors of text and background.", "What color are the letters and what color is behind them?",
        "Describe the colors of the text and its background.",
        "What is the text color and what is the background color?", "Tell me both colors: letters and background.",
    ),
}  # fmt: skip

SIGN_WORDS = (
    "stop", "open", "closed", "exit", "sale", "parking", "taxi", "hotel", "bar", "cafe", "pizza", "pharmacy",
    "entrance", "push", "pull", "no", "smoking", "school", "bus", "station", "slow", "danger", "caution", "wet",
    "floor", "welcome", "to", "the", "city", "street", "road", "avenue", "park", "beach", "museum", "library",
    "police", "fire", "water", "coffee", "tea", "bread", "fresh", "fish", "market", "bank", "post", "office",
    "toilet", "ladies", "men", "staff", "only", "private", "keep", "out", "clear", "way", "one", "left", "right",
    "north", "south", "east", "west", "bridge", "tunnel", "airport", "gate", "platform", "train", "metro", "tickets",
    "info", "help", "music", "jazz", "live", "tonight", "free", "entry", "new", "best", "big", "summer", "winter",
    "spring", "festival", "concert", "film", "theatre", "books", "flowers", "garden", "salon", "hair", "beauty",
    "shoes", "fashion", "sport", "gym", "yoga", "bike", "rental", "repair", "service", "garage", "oil", "gas",
    "diesel", "car", "wash", "food", "burger", "grill", "noodles", "sushi", "kitchen", "bakery", "dairy", "ice",
    "cream", "juice", "wine", "beer", "vote", "peace", "love", "dream", "hope", "happy", "birthday", "thank", "you",
    "warning", "high", "voltage", "hard", "hat", "area", "children", "playing", "dogs", "allowed", "trail", "camp",
    "lake", "river", "mountain", "farm", "honey", "eggs", "rent", "sold", "house", "apartment", "centre", "plaza",
    "tower", "hall", "club", "radio", "sunday", "monday", "friday", "daily", "special", "offer", "half", "price",
    "discount", "limited", "grand", "opening", "soon", "today", "speed", "limit", "zone", "yield", "detour", "ahead",
    "merge", "lane", "ends", "bump", "curve", "steep", "hill", "dead", "end", "no entry", "hospital", "dentist",
    "doctor", "clinic", "optician",
)  # fmt: skip
