"""How people ask for the values of a chart, by intent.

`{measure}` is what is measured, `{key}` says of whom and when (" in India in 2018"), `{name}` is a label or two.
"""

from __future__ import annotations

LOOKUP: dict[str, tuple[str, ...]] = {
    "any": (
        "What was the {measure}{key}?", "What was the {measure}{key}?", "What is the {measure}{key}?",
        "What's the {measure}{key}?", "How much was the {measure}{key}?", "What was the value of the {measure}{key}?",
        "What did the {measure} amount to{key}?", "How high was the {measure}{key}?", "Find the {measure}{key}.",
        "What is the value of the {measure}{key}?", "Tell me the {measure}{key}.", "Give the {measure}{key}.",
        "How large was the {measure}{key}?", "What was the total {measure}{key}?", "What was {whose} {measure}{rest}?",
        "What was {whose} {measure}{rest}?", "What is {whose} {measure}{rest}?", "How much was {whose} {measure}{rest}?",
        "How high was {whose} {measure}{rest}?", "At what level was the {measure}{key}?", "the {measure}{key}?",
        "What figure is given for the {measure}{key}?", "What was the approximate {measure}{key}?",
        "To what did the {measure} amount{key}?", "What was the overall {measure}{key}?", "What has been the {measure}{key}?",
        "According to the chart, what was the {measure}{key}?", "What {measure} was recorded{key}?",
        "What {measure} was reported{key}?", "How much did the {measure} come to{key}?", "{measure}{key}?",
    ),
    "count": (
        "How many {things} were there{key}?", "How many {things} were there{key}?", "How many {things} were recorded{key}?",
        "How many {things} were counted{key}?", "How many {things} are there{key}?", "How many {things} did {who} have{rest}?",
        "What was the number of {things}{key}?", "What is the number of {things}{key}?", "How many {things} were reported{key}?",
        "What was the total number of {things}{key}?", "What number of {things} was reported{key}?", "How many {things}{key}?",
        "What is the amount of {things}{key}?", "How many {scale} {things} were there{key}?", "Number of {things}{key}?",
        "How many {things} existed{key}?", "How many {things} were registered{key}?", "What was the count of {things}{key}?",
        "How many {things} does {who} have{rest}?", "How many {things} had {who}{rest}?", "What was {whose} number of {things}{rest}?",
        "How many {things} can be found{key}?", "How many {scale} {things} did {who} have{rest}?", "How many {things} is it{key}?",
        "How many {things} have been counted{key}?", "How many total {things} were there{key}?",
    ),
    "money": (
        "What was the {measure}{key}?", "What was the {measure}{key}?", "How much {measure} was there{key}?",
        "How much {measure} did {who} generate{rest}?", "How much {measure} did {who} report{rest}?", "What was {whose} {measure}{rest}?",
        "What was {whose} {measure}{rest}?", "What was the {measure} in {scale}{key}?", "How many {scale} was the {measure}{key}?",
        "What was the amount of {measure}{key}?", "How much money was the {measure}{key}?", "What is the {measure}{key}?",
        "How much was the {measure} worth{key}?", "What was the worth of the {measure}{key}?", "How much {measure} did {who} make{rest}?",
        "What was the {measure} (in {scale}){key}?", "How much {measure} did {who} have{rest}?", "What is {whose} {measure}{rest}?",
        "How many {scale} did the {measure} amount to{key}?", "What was the estimated {measure}{key}?", "How much did the {measure} reach{key}?",
        "What was the value of {measure}{key}?", "How much {measure} was generated{key}?", "How many {scale} in {measure} did {who} see{rest}?",
        "What {measure} did {who} have{rest}?", "What was the {measure} of {who}{rest}?",
    ),
    "share_answer": (
        "What percentage of {things} said {name}?", "What percentage of {things} answered {name}{ctx}?",
        "What share of {things} said {name}{ctx}?", "What percent of {things} chose {name}?", "How many percent of {things} said {name}?",
        'What percentage of {things} answered "{name}"{ctx}?', 'What percentage of {things} say "{name}"?', "What is the percentage of {name}?",
        "What percentage of {things} responded {name}{ctx}?", "What percentage said {name}?", "What's the percentage of {things} who said {name}?",
        "What percentage of {things} cited {name}{ctx}?", "What percentage of {things} mentioned {name}?", "What percentage is {name}?",
        "What is the share of {things} who answered {name}?", "What share of {things} mentioned {name}{ctx}?",
        "How much percentage of {things} selected {name}?", "What proportion of {things} said {name}?", "How many {things} said {name}?",
        "What percentage of {things} stated {name}{ctx}?", "What is the value of {name}?", 'How many percent answered "{name}"?',
        "What is the percentage value of {name}?", "What percentage accounts for {name}?", "What percent of {things} stated {name}?",
        "What percentage of {things} named {name} as the reason?", "What was the share of {name}{ctx}?",
    ),
    "share_group": (
        "What percentage of {name} {say}?", "What share of {name} {say}?", "What percent of {name} {say}?", "How many {name} {say}?",
        "What is the percentage of {name} who {say}?", "What's the percentage of {name}?", "What percentage of {things} in {name} {say}?",
        "What percentage of {name}{ctx} {say}?", "In {name}, what percentage {say}?", "What is the percentage for {name}?",
        "How many percent of {name} {say}?", "Among {name}, how many {say}?", "What's the share among {name}?", "What percentage is {name}?",
        "What proportion of {name} {say}?", "What percentage of {things} {say}{key}?", "What share of {things} {say}{key}?",
        "What percent of {things} {say}{key}?", "What was the {measure} who {say}{key}?", "What is the {measure}{key}?",
        "What percentage of {things} said so{key}?", "How large is the share of {name}?", "What percentage of {things}{key} {say}?",
        "What was the percentage{key}?", "What was the share{key}?",
    ),
    "plain": (
        "What is the value of {name}?", "What's the value of {name}?", "What is the value for {name}?", "What value does {name} have?",
        "How much is {name}?", "What number is shown for {name}?", "What is {name}'s value?", "What does the chart show for {name}?",
        "Give the value of {name}.", "What is the figure for {name}?", "How high is the bar of {name}?", "What is the number for {name}?",
        "What is the data value of {name}?", "What value belongs to {name}?", "Can you find the data value for {name}?", "{name}?",
        "How much does {name} have?", "What is the score of {name}?", "What is the percentage value of {name}?", "value of {name}?",
        "Which value is given for {name}?", "What's the figure for {name}?", "What was the value for {name}?", "Read the value of {name}.",
        "Look up {name} in the chart.", "What is {name}?", "What does {name} amount to?", "Tell me the value of {name}.",
    ),
    "colour": (
        "What is the value of the {colour} {mark}{key}?", "What's the value of the {colour} {mark}{key}?", "What is the {colour} {mark}'s value{key}?",
        "How much is the {colour} {mark}{key}?", "What does the {colour} {mark} show{key}?", "What is the value of {colour}{key}?",
        "What value has the {colour} {mark}{key}?", "How high is the {colour} {mark}{key}?", "In the {colour} {mark}, what is the value{key}?",
        "What is the data of the {colour} {mark}{key}?", "What number stands at the {colour} {mark}{key}?", "Find the value of the {colour} {mark}{key}.",
    ),
}  # fmt: skip
WHICH: tuple[str, ...] = (
    "Which {noun} has a value of {value}?", "Which {noun} had a {measure} of {value}?", "What {noun} has the value {value}?",
    "Which {noun} has {value}?", "What {noun} had {value}{ctx}?", "Which {noun} accounted for {value}{ctx}?", "Name the {noun} with {value}.",
    "Which {noun} shows {value}?", "For which {noun} is the value {value}?", "{value} belongs to which {noun}?", "Which {noun} reached {value}?",
    "To which {noun} does {value} belong?", "What {noun} held {value}{ctx}?", "Which {noun} received {value}?", "Which {noun} is at {value}?",
    "What {noun} recorded {value}{ctx}?", "In which {noun} is the value {value}?", "Which {noun} represents {value}?",
    "Which {noun} was at {value}?", "Which {noun} scored {value}?", "Whose value is {value}?", "Which label has the value {value}?",
    "Which {noun} got {value}{ctx}?", "Who had a {measure} of {value}?", "The value {value} is of which {noun}?",
)  # fmt: skip
WHEN: tuple[str, ...] = (
    "In which {noun} was the {measure} {value}?", "In what {noun} was the {measure} {value}?", "When was the {measure} {value}?",
    "Which {noun} has the value {value}?", "In which {noun} is the value {value}?", "When was the value {value}?", "Which {noun} had {value}?",
    "In what {noun} did the {measure} reach {value}?", "Which {noun} shows {value}?", "{value} was recorded in which {noun}?",
    "When did the {measure} amount to {value}?", "In which {noun} was {value} recorded?", "What {noun} recorded {value}?",
)  # fmt: skip
EXTREME: tuple[str, ...] = (
    "Which {noun} has the {word} {measure}{ctx}?", "Which {noun} had the {word} {measure}{ctx}?", "What {noun} had the {word} {measure}{ctx}?",
    "Which {noun} has the {word} value?", "What {noun} has the {word} value?", "Which {noun} is the {word}?", "Who has the {word} {measure}?",
    "Which {noun} shows the {word} value?", "Name the {noun} with the {word} {measure}.", "What is the {word} {noun}?", "Which is the {word}?",
    "Which bar shows the {word} {measure}?", "Which {noun} recorded the {word} {measure}?", "What was the {noun} with the {word} {measure}{ctx}?",
    "Where was the {measure} the {word}{ctx}?", "Which {noun} represents the {word} {mark}?", "Which {noun} accounts for the {word} {measure}?",
    "Find the {noun} that has the {word} value.", "Which {noun} has the {word} number?", "What was the {word} {noun}{ctx}?",
    "What is the name of the {noun} with the {word} {measure}?", "Which {noun} reported the {word} {measure}{ctx}?", "the {word} {noun}?",
    "Can you say which {noun} has the {word} {measure}?", "Tell me the {noun} with the {word} value.", "Which {noun} leads to the {word} value?",
)  # fmt: skip
EXTREME_TIME: tuple[str, ...] = (
    "In which {noun} was the {measure} the {word}?", "In what {noun} was the {measure} the {word}?", "When was the {measure} the {word}?",
    "Which {noun} had the {word} {measure}?", "Which {noun} has the {word} value?", "In which {noun} did the {measure} have its {word} value?",
    "In which {noun} did the graph reach its {word} point?", "In what {noun} was the value the {word}?", "Which {noun} recorded the {word} {measure}?",
    "Which {noun} shows the {word} {measure}?", "In what {noun} is the {measure} the {word}?", "What is the {noun} with the {word} value?",
    "In which {noun} the {measure} was {word}?", "Which {noun} saw the {word} {measure}?", "When did the {measure} have the {word} level?",
    "Find the {noun} in which the value is the {word}.", "What {noun} had the {word} {measure}{ctx}?", "the {noun} with the {word} {measure}?",
    "In which {noun} did the {measure} peak at its {word} level?", "When is the value the {word}?", "Which {noun} marks the {word} {measure}?",
    "In what {noun} did the {measure} hit the {word} level?", "Name the {noun} with the {word} {measure}.", "In which {noun} do we see the {word} value?",
    "During which {noun} was the {measure} the {word}?", "What was the {noun} of the {word} {measure}?",
)  # fmt: skip
EXTREME_VALUE: tuple[str, ...] = (
    "What is the {word} value{of}?", "What is the {word} {measure}{of}?", "What was the {word} {measure}{of}?", "What's the {word} value{of}?",
    "What is the value of the {word} {mark}{of}?", "How much is the {word} {mark}{of}?", "What is the {word} value in the chart{of}?",
    "Give the {word} value{of}.", "What is the {word} number{of}?", "What is the {word} value in the graph{of}?", "Find the {word} value{of}.",
    "What was the {word} value recorded{of}?", "What is the {word} data point{of}?", "How high is the {word} value{of}?",
)  # fmt: skip
SUMS: dict[str, tuple[str, ...]] = {
    "difference": (
        "What is the difference between {a} and {b}{of}?", "What's the difference between {a} and {b}{of}?", "How much more is {a} than {b}{of}?",
        "What is the difference in value between {a} and {b}{of}?", "By how much does {a} differ from {b}{of}?", "How many more has {a} than {b}{of}?",
        "What is the difference in the {measure} between {a} and {b}{of}?", "Find the difference between {a} and {b}{of}.", "What is {a} minus {b}{of}?",
        "What was the difference in {measure} between {a} and {b}{of}?", "How much higher is {a} than {b}{of}?", "What is the gap between {a} and {b}{of}?",
        "How far apart are {a} and {b}{of}?", "What is the absolute difference of {a} and {b}{of}?", "By how much is {a} more than {b}{of}?",
        "Calculate the difference between {a} and {b}{of}.", "What is the margin between {a} and {b}{of}?", "How much larger is {a} than {b}{of}?",
        "How many points are between {a} and {b}{of}?", "Subtract {b} from {a}{of}.", "What is the value of {a} minus the value of {b}{of}?",
        "By what amount does {a} exceed {b}{of}?", "How much less is {b} than {a}{of}?", "How much lower is {b} than {a}{of}?", "difference of {a} and {b}{of}?",
    ),
    "range": (
        "What is the difference between the highest and the lowest value{of}?", "What's the difference between the largest and smallest {mark}{of}?",
        "What is the difference between the maximum and minimum {measure}{of}?", "What is the range of the values{of}?",
        "What is the difference between the biggest and the smallest value{of}?", "How much is the highest value above the lowest{of}?",
        "What is the gap between the highest and lowest {measure}{of}?", "What is the difference between the tallest and the shortest {mark}{of}?",
        "Find the difference between the maximum and the minimum{of}.", "By how much do the highest and the lowest value differ{of}?",
    ),
    "top_two": (
        "What is the difference between the highest and the second highest value{of}?", "What's the difference between the largest and second largest {mark}{of}?",
        "By how much does the highest value exceed the second highest{of}?", "What is the gap between the first and second largest {measure}{of}?",
        "What is the difference in value of the largest and second largest {mark}{of}?", "How much more is the largest than the second largest{of}?",
    ),
    "sum": (
        "What is the sum of {a} and {b}{of}?", "What is the total of {a} and {b}{of}?", "How much are {a} and {b} together{of}?",
        "What's the sum of {a} and {b}{of}?", "Add the values of {a} and {b}{of}.", "What do {a} and {b} add up to{of}?", "What is {a} plus {b}{of}?",
        "What is the total {measure} of {a} and {b}{of}?", "What are {a} and {b} combined{of}?", "What is the combined {measure} of {a} and {b}{of}?",
        "Find the sum of the values of {a} and {b}{of}.", "How much do {a} and {b} make up in total{of}?", "What is the total value of {a} and {b}{of}?",
        "What is the sum of values for {a} and {b}{of}?", "{a} and {b} combined accounted for how much{of}?", "Take the sum of {a} and {b}{of}.",
        "What's the total percentage or number of {a} and {b}{of}?", "What is the accumulated value of {a} and {b}{of}?",
        "When you add {a} and {b}, what do you get{of}?", "Add {a} and {b}{of}.", "What is the aggregate of {a} and {b}{of}?",
        "What would {a} and {b} be together{of}?", "Calculate the sum of {a} and {b}{of}.", "sum of {a} and {b}{of}?", "What is the joint value of {a} and {b}{of}?",
    ),
    "sum_ends": (
        "What is the sum of the {few} {end} {mark}s{of}?", "What's the sum of the {end} {few} values{of}?", "Add the {end} {few} values{of}.",
        "What is the total of the {end} {few} {mark}s{of}?", "What do the {few} {end} values add up to{of}?", "Find the sum of the {few} {end} values{of}.",
    ),
    "sum_all": (
        "What is the sum of all values{of}?", "What is the total of all {mark}s{of}?", "What do all values add up to{of}?", "What is the sum of all the {mark}s{of}?",
        "Add up all values{of}.", "What is the total {measure}{of}?",
    ),
    "average": (
        "What is the average of all values{of}?", "What is the average {measure}{of}?", "What's the average of the {mark}s{of}?", "What is the mean value{of}?",
        "What is the mean of all the data{of}?", "Calculate the average{of}.", "Take the average of all {mark}s{of}.", "What is the average of all {mark}s{of}?",
    ),
    "average_two": (
        "What is the average of {a} and {b}{of}?", "What is the average {measure} of {a} and {b}{of}?", "What's the mean of {a} and {b}{of}?",
        "Take the average of {a} and {b}{of}.", "What is the average value of {a} and {b}{of}?", "What is the mean value of {a} and {b}{of}?",
    ),
    "ratio": (
        "What is the ratio of {a} to {b}{of}?", "What is the ratio between {a} and {b}{of}?", "How many times is {a} larger than {b}{of}?",
        "What's the ratio of {a} to {b}{of}?", "What is {a} divided by {b}{of}?", "How many times {b} is {a}{of}?", "Find the ratio of {a} and {b}{of}.",
        "What is the ratio between the values of {a} and {b}{of}?", "Divide {a} by {b}{of}.", "By what factor is {a} higher than {b}{of}?",
    ),
    "median": (
        "What is the median of the values{of}?", "What is the median value{of}?", "What's the median of all {mark}s{of}?", "Find the median{of}.",
        "What is the median {measure}{of}?", "What is the median of the data{of}?",
    ),
    "threshold": (
        "How many {mark}s are {side} {limit}{of}?", "How many {things} have a value {side} {limit}{of}?", "How many values are {side} {limit}{of}?",
        "For how many {things} is the value {side} {limit}{of}?", "How many {things} are {side} {limit}{of}?", "Count the {things} {side} {limit}{of}.",
        "In how many {things} is the {measure} {side} {limit}{of}?", "How many {mark}s show a value {side} {limit}{of}?",
    ),
    "sum_compare": (
        "Is the sum of {a} and {b} greater than {c}{of}?", "Is {a} plus {b} more than {c}{of}?", "Are {a} and {b} together larger than {c}{of}?",
        "Is the total of {a} and {b} higher than the value of {c}{of}?", "Do {a} and {b} add up to more than {c}{of}?",
        "Is the sum of the values of {a} and {b} more than the value of {c}{of}?", "Does the sum of {a} and {b} exceed {c}{of}?",
    ),
    "which_series": (
        "Which {kind} is higher{key}?", "Which {kind} has the higher value{key}?", "Which one is larger{key}, {a} or {b}?", "Who has the higher value{key}, {a} or {b}?",
        "Which is higher{key}: {a} or {b}?", "Which has more{key}, {a} or {b}?", "Is {a} or {b} larger{key}?", "Which {kind} leads{key}?",
    ),
    "which_two": (
        "Which is higher, {a} or {b}{of}?", "Which has the larger value, {a} or {b}{of}?", "Which {noun} has the higher {measure}, {a} or {b}{of}?",
        "Is {a} or {b} larger{of}?", "Which one is bigger, {a} or {b}{of}?", "Which {noun} received more, {a} or {b}{of}?",
    ),
}  # fmt: skip
