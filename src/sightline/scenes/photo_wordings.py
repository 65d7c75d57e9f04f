"""How people ask about photos, by intent."""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, ...]] = {
    "caption": (
        "Write a caption for the {pic}.", "Caption this {pic}.", "What does the {pic} show?", "What do you see?",
        "Describe the {pic} in one sentence.", "Give a short description of the {pic}.",
        "What is shown in the {pic}?", "What can be seen in the {pic}?", "Briefly describe the {pic}.",
        "Summarize the {pic} in one sentence.", "Tell me in a sentence what this is.", "What is this?",
        "Give me a caption.", "Describe this photo briefly.", "Say in one sentence what is in the {pic}.",
        "Provide a brief caption for this {pic}.", "One-sentence summary of the {pic}.", "what is on this {pic}",
        "Short description please.", "Caption?",
    ),
    "object": (
         "What is this object?", "What object is shown in the {pic}?",
        "What is the object in this {pic}?", "What thing is this?", "Which object do you see?", "Name the object.",
        "What is the main object in the {pic}?", "Identify the object in the {pic}.", "What item is this?",
         "Can you tell me what this object is?", "What is the main subject?",
        "What product is this?", "Recognize the object.", "What kind of object is in the photo?",
         "Tell me what the object in the {pic} is.", "whats this thing",
        "What objects can you see?", "Which things are in the {pic}?", "What is the thing in the middle?",
         "What do you think this is?", "Do you know what this is?",
    ),
    "presence": (
        "Is there {thing} in the {pic}?", "Do you see {thing}?", "Does the photo show {thing}?",
        "Can you see {thing} in the {pic}?", "Is this {thing}?", "Is {thing} visible?",
        "Does the {pic} contain {thing}?", "Is there {thing}?", "Do you see {thing} in this photo?",
        "Does this {pic} have {thing} in it?",
    ),
    "things": (
        "dog", "cat", "person", "car", "tree", "table", "chair", "bird", "bottle", "phone", "horse", "bus", "bike",
        "boat", "house", "flower", "cup", "book", "child", "woman", "man", "hat", "cow", "train", "laptop", "bed",
        "ball", "plane", "truck", "bear",
    ),
    "kind": (
        "What kind of picture is this?", "What type of image is this?",
        "Is this a photo, a drawing, a document, a chart or a screenshot?", "What kind of image is it?",
        "Photo or drawing?", "Is it a photo or a document?", "Is this a photograph or a drawing?",
        "Which type of picture is it: photo, receipt, chart, screenshot, drawing, sign or page?",
        "Classify the {pic}.", "What sort of picture is this?", "Is this a photo, document, or drawing?",
        "What is the type of this {pic}?", "Name the type of the {pic}.", "Is it a screenshot or a photo?",
        "Tell me the kind of {pic}.", "What category of {pic} is this?",
    ),
    "kind_yes_no": (
        "Is this {kind}?", "Is the {pic} {kind}?", "Would you say this is {kind}?", "Is it {kind}?",
        "Does this look like {kind}?", "Is what you see {kind}?", "Am I right that this is {kind}?",
        "Is this {pic} {kind}?", "Could this be {kind}?", "Is that {kind}?",
    ),
    "text": (
        "Is there any text in the {pic}?", "Does the {pic} contain text?", "Is there text?", "Do you see any words?",
        "Is there any writing in the {pic}?", "Are there letters in the {pic}?", "Does this {pic} have text in it?",
        "Can you read anything in the {pic}?", "Is something written in the {pic}?", "Any text here?",
        "Are there words in the {pic}?", "Is any text visible?",
    ),
    "read": (
        "What does it say?", "Read the text.", "What text is in the {pic}?", "What is written in the {pic}?",
        "Transcribe the text.", "Read all text in the {pic}.", "What does the text say?", "OCR this {pic}.",
        "Which words can you read?", "Please read what is written.", "What word is shown in the image?",
        "Extract the text.",
    ),
    "colour_yes_no": (
        "Is there a lot of {colour} in the {pic}?", "Does the {pic} have much {colour}?",
        "Is {colour} one of the main colors?", "Is a good part of the {pic} {colour}?",
        "Is {colour} a dominant color here?", "Is there much {colour} in this {pic}?",
        "Do you see a lot of {colour}?", "Is a large area {colour}?",
        "Does {colour} cover a large part of the {pic}?", "Is much of the {pic} {colour}?",
    ),
    "garment": (
        "What piece of clothing is this?", "What garment is shown?", "Which kind of clothing is in the {pic}?",
        "What clothing item is this?", "Name the garment.", "What type of clothing do you see?",
        "What article of clothing is in the photo?", "What is the clothing item?", "Which garment is this?",
        "What kind of garment is it?", "What clothes are these?", "What is it called?", "Which item do you see?",
        "Name this item.", "Which article of clothing do you see in the {pic}?", "What is this piece of clothing called?",
    ),
    "grocery": (
        "What product is it?", "Which product is shown in the {pic}?", "What fruit or vegetable is this?",
        "Which food is in the {pic}?", "What is it called?", "Name the product.", "Which item do you see?",
        "What is this thing called?", "What grocery item is this?", "Name this item.", "What am I holding?",
        "What is for sale here?", "Identify the product.", "What food is this?", "Which grocery product do you see?",
        "What product can be seen in the {pic}?",
    ),
    "choice": (
        "Which of these is it: {offered}?", "Is it one of these: {offered}?", "Which one is in the {pic}: {offered}?",
        "What does the {pic} show: {offered}?", "Choose one: {offered}.", "Pick the right one: {offered}.",
        "Which of the following is shown: {offered}?", "Which of these do you see: {offered}?",
        "Classify the {pic} as one of: {offered}.", "What is it, {offered}?", "Select the matching label: {offered}",
    ),
    "is_this": (
        "Is this {thing}?", "Is it {thing}?", "Does the photo show {thing}?", "Would you say it is {thing}?",
        "Is {thing} shown in the {pic}?", "Am I right that it is {thing}?", "Could this be {thing}?",
        "Is the item {thing}?", "Does this look like {thing}?", "Is that {thing}?",
    ),
    "variety": (
        "What variety is it?", "Which kind of {thing} is it?", "What sort of {thing} is this?", "Which {thing} exactly?",
        "What type of {thing} is shown?", "Be specific: which {thing} is it?", "What kind of {thing} is this?",
        "Which variety of {thing} do you see?", "Name the variety.", "What is the exact kind?",
    ),
}  # fmt: skip

# What the answer is not sure about, and how it is asked.
NEVER_SURE: dict[str, tuple[str, ...]] = {
    "what brand it is": (
        "What brand is it?", "Which brand is shown?", "What is the brand?", "Who made this?", "Name the brand.",
        "Which company makes this?",
    ),
    "what it is used for": (
        "What is it used for?", "What is this for?", "What can I do with it?", "What is the purpose of this object?",
        "How would one use this?",
    ),
    "where the photo was taken": (
        "Where was this photo taken?", "Where is this?", "Which place is this?", "What place does the photo show?",
        "In which city is this?", "Where am I?",
    ),
    "how many objects there are": (
        "How many objects are in the photo?", "How many things do you see?", "How many people are there?",
        "Count the people.", "How many items are shown?",
    ),
    "what is happening": (
        "What is happening in the photo?", "What is going on?", "What are they doing?", "What is the person doing?",
        "Describe the action.", "What is unusual about this photo?",
    ),
    "who it is": (
        "Who is in the photo?", "Who is this?", "Do you know this person?", "Name the person in the photo.",
        "Who is the person?",
    ),
    "what material it is made of": (
        "What is it made of?", "Which material is it?", "What material do you see?", "Is it made of wood or metal?",
        "What fabric is this?",
    ),
    "what it costs": (
        "How much does it cost?", "What is the price?", "Is it expensive?", "What would this cost?",
        "What's it worth?",
    ),
    "what breed or species it is": (
        "What breed is the dog?", "What species is this?", "Which animal is it?",
        "What kind of animal is in the photo?", "What plant is this?",
    ),
    "when the photo was taken": (
        "When was the photo taken?", "What time of day is it?", "What season is it?", "In what year was this taken?",
        "What is the weather like?",
    ),
}  # fmt: skip
