"""How people ask about screenshots, by intent."""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, ...]] = {
    "caption": (
        "Write a caption for the {pic}.", "Caption this {pic}.", "What does the {pic} show?", "What do you see?",
        "Describe the {pic} in one sentence.", "Give a short description of the screenshot.",
        "What is shown in the {pic}?", "Briefly describe the screen.", "Summarize the screenshot.",
        "What screen is this?", "What can be seen in the {pic}?", "Give me a caption.", "What is this?",
        "Describe this screen.", "Tell me in a sentence what this is.", "Provide a brief caption for this {pic}.",
        "what is on this {pic}", "What is on the screen?", "Explain this screen briefly.",
    ),
    "title": (
        "What is the title?", "What is the title of the window?", "What does the title bar say?",
        "What is the heading?", "Read the title of the screen.", "Which title is shown at the top?",
        "What is the name of the screen?", "What is written at the top?", "What is the title of the dialog?",
        "Tell me the title.", "title?", "Which app or page is open?", "What is this screen called?",
        "Give me the heading of the page.",
    ),
    "mode": (
        "Is this light mode or dark mode?", "Light or dark mode?", "Which color mode is used: light or dark?",
        "Is the theme light or dark?", "What theme is it, light or dark?", "Does the screen use light or dark mode?",
        "Is it a light or a dark theme?", "Which theme is active, dark or light?", "Dark or light theme?",
        "Is the interface dark or light?",
    ),
    "mode_yes_no": (
        "Is this {mode} mode?", "Is the screen in {mode} mode?", "Is {mode} mode on?",
        "Does the screen use a {mode} theme?", "Is the theme {mode}?", "Is the interface in {mode} mode?",
        "Is it a {mode} theme?", "Is {mode} mode used?",
    ),
    "device": (
        "Is this a phone or a computer?", "Is the screenshot from a phone or a computer?",
        "Which device is this from, phone or computer?", "Phone or computer?", "What kind of device is it?",
        "Was this taken on a phone or a computer?", "What device does the screenshot come from?",
        "Is it a mobile or a desktop screen? Say phone or computer.",
    ),
    "layout": (
        "What kind of screen is this: dialog, form, settings, list or web page?", "What type of screen is shown?",
        "Is this a dialog, a form, settings, a list or a web page?", "Which kind of screen do you see?",
        "Classify the screen: dialog, form, settings, list or web page.", "What sort of window is this?",
    ),
    "buttons": (
        "What buttons are there?", "Which buttons can be pressed?", "List the buttons.", "What buttons do you see?",
        "Which buttons are on the screen?", "Name the buttons.", "What are the buttons?", "What can I click?",
        "Which options can I press?", "Read the labels of the buttons.", "What are the button labels?",
        "Tell me all the buttons.", "Which buttons are shown?", "what buttons are in the {pic}", "What can I tap?",
    ),
    "count": (
        "How many {things} are there?", "How many {things} are on the screen?", "Count the {things}.",
        "How many {things} do you see?", "What is the number of {things}?", "How many {things} are shown?",
        "How many {things} does the screen have?", "number of {things}?", "How many {things} can you see?",
    ),
    "button_there": (
        "Is there a button {name}?", "Is there a {name} button?", "Do you see a {name} button?",
        "Does the screen have a {name} button?", "Can I press {name}?", "Is the button {name} shown?",
        "Can I click {name}?", "Is there a button that says {name}?", "Does it have a button labelled {name}?",
        "Is {name} one of the buttons?",
    ),
    "button_colour": (
        "What color is the {name} button?", "What colour is the button {name}?",
        "Which color does the {name} button have?", "What is the color of the {name} button?",
        "Tell me the color of the {name} button.", "The {name} button is what color?",
        "In which color is the {name} button?", "color of the {name} button?",
    ),
    "button_is": (
        "Is the {name} button {colour}?", "Is the button {name} {colour}?",
        "Is the color of the {name} button {colour}?", "Does the {name} button have the color {colour}?",
        "Is {name} a {colour} button?",
    ),
    "which_button": (
        "Which button is {colour}?", "What does the {colour} button say?", "What is written on the {colour} button?",
        "Read the {colour} button.", "What is the label of the {colour} button?", "What is the {colour} button?",
        "Name the {colour} button.", "What text is on the {colour} button?",
    ),
    "checked": (
        "Is {name} checked?", "Is the box {name} checked?", "Is {name} ticked?", "Is {name} selected?",
        "Is {name} enabled?", "Is the check box for {name} checked?", "Is there a check mark at {name}?",
        "Has {name} been checked?", "Is {name} on?", "Is the option {name} active?", "Is {name} turned on?",
        "Is {name} switched on?", "is {name} checked",
    ),
    "switched": (
        "Is {name} on?", "Is {name} enabled?", "Is {name} turned on?", "Is {name} switched on?",
        "Is the switch for {name} on?", "Is the option {name} active?", "Is {name} activated?",
        "Has {name} been turned on?", "Is {name} checked?", "is {name} on",
    ),
    "unchecked": (
        "Is {name} off?", "Is {name} unchecked?", "Is {name} disabled?", "Is {name} turned off?",
        "Is {name} not checked?",
    ),
    "which_checked": (
        "Which options are checked?", "Which boxes are checked?", "What is turned on?", "List the checked options.",
        "Which options are on?", "What is enabled?", "Which items are ticked?", "Name all options that are on.",
        "Which settings are enabled?",
    ),
    "which_unchecked": (
        "Which options are not checked?", "Which boxes are unchecked?", "What is turned off?",
        "List the unchecked options.", "Which options are off?", "What is disabled?", "Which items are not ticked?",
        "Name all options that are off.", "Which settings are disabled?",
    ),
    "n_checked": (
        "How many options are checked?", "How many boxes are checked?", "How many options are on?",
        "Count the checked options.", "How many settings are enabled?", "How many items are ticked?",
        "How many are turned on?",
    ),
    "field": (
        "What is in the field {name}?", "What is entered for {name}?", "What is the value of {name}?",
        "What does the {name} field say?", "What is the {name}?", "Which {name} was entered?",
        "Read the {name} field.", "What has been typed into {name}?", "{name}?", "Tell me the {name}.",
        "What's the {name}?", "Give me the {name} shown on the screen.",
    ),
    "entries": (
        "What entries are in the list?", "List the entries.", "Which items are listed?", "Read the list.",
        "What is in the list?", "Which menu items are there?", "Name all items of the list.", "What are the items?",
        "Which entries can I choose?",
    ),
    "selected": (
        "Which entry is selected?", "Which item is highlighted?", "What is selected?", "Which line is highlighted?",
        "Which item is active?", "What is the selected entry?", "Which entry is marked?",
        "Which one is highlighted in the list?",
    ),
    "message": (
        "What does the message say?", "Read the message.", "What is the message?", "What text is in the window?",
        "What does the text say?", "What is written below the title?", "What does the dialog say?",
        "Read the text under the title.",
    ),
    "clock": (
        "What time is it on the screen?", "What time does the phone show?", "What does the clock say?",
        "Which time is shown?", "What is the time in the status bar?", "What time is shown at the top?",
    ),
    "json": (
        "Return JSON with the keys {keys}", "Return a JSON object with these attributes: {keys}",
        "Give me JSON with {keys}", "Extract the following attributes as JSON: {keys}",
        "Answer as JSON. Keys: {keys}",
        "Please provide the following attributes of the screen in JSON format: {keys}", "JSON only, keys: {keys}",
        "I need a JSON object with: {keys}", "Output valid JSON with the fields {keys}", "As JSON please: {keys}",
    ),
}  # fmt: skip
