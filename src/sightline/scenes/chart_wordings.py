"""How people ask about charts, by intent."""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, ...]] = {
    "type": (
        "What type of chart is this?", "What kind of chart is it?", "Which chart type is used?",
        "Is this a bar, line or pie chart?", "What kind of graph is shown?", "What type of graph is this?",
        "Name the chart type.", "Bar chart, line chart or pie chart?", "What sort of chart do you see?",
        "Which kind of diagram is this?", "Identify the type of chart.", "chart type?", "What kind of plot is it?",
        "How is the data shown: bar chart, line chart or pie chart?", "Tell me the type of the chart.",
        "What chart is in the {pic}?",
    ),
    "type_yes_no": (
        "Is this {name}?", "Is it {name}?", "Is the {pic} {name}?", "Does the {pic} show {name}?",
        "Do you see {name}?", "Is the chart {name}?", "Would you call this {name}?", "Is the data shown as {name}?",
        "Does this look like {name}?", "Is {name} shown here?",
    ),
    "title": (
        "What is the title of the chart?", "What is the title?", "What is the chart's title?", "Read the title.",
        "What is this chart about?", "What does the title say?", "Give the title of the chart.",
        "What is the heading of the graph?", "How is the chart called?", "Tell me the title.",
        "What is the topic of the chart?", "title?", "What is the graph titled?", "Which title does the chart have?",
        "What is the subject of this graph?", "What does the chart show according to its title?",
    ),
    "value": (
        "What is the value of {name}?", "What is the value for {name}?", "How much is {name}?",
        "What value does {name} have?", "Give the value of {name}.", "What number is shown for {name}?",
        "What is {name}'s value?", "Tell me the value for {name}.", "Which value belongs to {name}?",
        "Read the value of {name}.", "How high is {name}?", "What is the figure for {name}?",
        "What's the value of {name} in the chart?", "What does the chart show for {name}?", "{name}?",
        "value of {name}", "How large is the value of {name}?", "What was the value for {name}?",
        "Look up {name} in the chart.", "What is the number for {name}?",
    ),
    "count": (
        "How many {things} are there?", "How many {things} does the chart have?", "Count the {things}.",
        "How many {things} are shown?", "What is the number of {things}?", "How many {things} do you see?",
        "How many {things} are in the chart?", "Tell me the number of {things}.", "number of {things}?",
        "How many {things} can you count?", "How many different {things} are there in the graph?",
    ),
    "only_colour": (
        "What color {be} the {part}?", "What colour {be} the {part}?", "Which color {be} the {part}?",
        "In what color {be} the {part} drawn?", "What color {be} the {part} in the chart?",
        "Tell me what color the {part} {be}.", "What is the color of the {part}?",
    ),
    "name_to_colour": (
        "What color is {name}?", "What is the color of {name}?", "Which color stands for {name}?",
        "What colour represents {name}?", "Which color is used for {name}?",
        "What color is used for {name} in the chart?", "Tell me the color of {name}.",
        "In which color is {name} shown?", "What color does {name} have in the legend?", "Which colour is {name}?",
        "{name} is shown in which color?",
    ),
    "colour_to_name": (
        "What does the color {colour} stand for?", "What does {colour} represent?",
        "Which name belongs to {colour}?", "What is shown in {colour}?", "What is {colour} in the chart?",
        "What do the {colour} marks stand for?", "Which entry is {colour}?",
        "What does {colour} mean in the legend?", "Which label has the color {colour}?",
        "The color {colour} is for what?", "Which one is drawn in {colour}?",
    ),
    "any_colour": (
        "Are there {things}?", "Do you see {things}?", "Does the chart have {things}?",
        "Are there any {things} in the chart?", "Does the chart contain {things}?", "Can you see {things}?",
        "Are {things} shown?",
    ),
    "compare": (
        "Is {a} higher than {b}{of}?", "Is the value of {a} larger than the value of {b}{of}?",
        "Is {a} more than {b}{of}?", "Is {a} greater than {b}{of}?", "Does {a} have a higher value than {b}{of}?",
        "Is {a} above {b}{of}?", "Is the value for {a} bigger than for {b}{of}?", "Does {a} exceed {b}{of}?",
        "Was {a} higher than {b}{of}?", "Is it true that {a} is higher than {b}{of}?", "{a} > {b}{of}?",
    ),
    "legend": (
        "What does the legend list?", "Which series are in the legend?", "Read the legend.",
        "What are the names in the legend?", "Which groups are compared?", "List the series.",
        "What are the legend entries?", "Name the data series.", "What labels are in the legend?",
    ),
    "categories": (
        "List the categories.", "Which categories are shown?", "What are the categories?",
        "Name all categories in the chart.", "What labels are on the axis or slices?",
        "Which items does the chart compare?", "Read all category labels.", "Give me the list of categories.",
        "What are the names of the categories?", "Which entries does the chart have?",
    ),
    "y label": (
        "What is the label of the y axis?", "What is the y-axis label?", "What does the vertical axis show?",
        "Read the y axis title.", "How is the y-axis labelled?", "What is the name of the y axis?",
    ),
    "source": (
        "What is the source?", "What is the source of the data?", "Where does the data come from?",
        "Which source is named?", "Read the source line.", "Who provided the data?",
        "What does the source note say?",
    ),
    "trend": (
        "Is the line rising or falling overall{of}?", "What is the trend{of}?",
        "Does the line go up or down overall{of}? Say rising or falling.",
        "Is the overall trend rising or falling{of}?", "How does the value develop{of}: rising or falling?",
        "Describe the trend in one word{of}.",
    ),
    "json": (
        "Return JSON with the keys {keys}", "Return a JSON object with these attributes: {keys}",
        "Give me JSON with {keys}", "Extract the following attributes as JSON: {keys}",
        "Answer as JSON. Keys: {keys}",
        "Please provide the following attributes of the chart in JSON format: {keys}", "JSON only, keys: {keys}",
        "I need a JSON object with: {keys}", "Output valid JSON with the fields {keys}", "As JSON please: {keys}",
    ),
    "table": (
        "Return the data of the chart as JSON.", "Give me all values as a JSON object.",
        "Convert the chart to JSON.", "Extract the chart data as JSON.",
        "List every category and its value as JSON.", "Output the data table as JSON.", "Turn this chart into JSON.",
        "JSON of all categories and values please.",
    ),
    "caption": (
        "Write a caption for the {pic}.", "Caption this {pic}.", "What does the chart show?", "What do you see?",
        "Summarize the chart in one sentence.", "Describe the {pic} in one sentence.",
        "Give a short description of the chart.", "What is shown in the {pic}?", "Briefly describe the chart.",
        "Summarize the chart.", "Describe the graph.", "What can be seen in the {pic}?",
        "What does this {pic} show?", "Give me a summary of the graph.", "What is this?",
        "Explain the chart briefly.", "Give me a caption.", "Tell me in a sentence what this is.",
        "Provide a brief caption for this {pic}.", "what is on this {pic}",
    ),
}  # fmt: skip
