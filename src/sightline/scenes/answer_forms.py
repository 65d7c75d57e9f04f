"""The form an answer is asked for in: a bare number, Yes or No, true or false, a whole sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sightline.scenes.phrasing import ask, pick

_NUMBER = (
    " Answer with only the number.", " Answer with a number.", " Answer with only the number.", " Just the number.",
    " Give only the number.", " Reply with a number only.", " Number only.", " Only a number please.",
    " Respond with a single number.", " Your answer should be a number.", " Answer with just a number.",
    " Answer as a number.", " Write only the number.", " Output the number and nothing else.",
)  # fmt: skip
_SENTENCE = (
    " Answer in a sentence.", " Answer in a full sentence.", " Answer with a complete sentence.",
    " Please answer in a whole sentence.", " Use a full sentence.", " Reply in one sentence.",
)  # fmt: skip
_YES_NO = (
    " Answer yes or no.", " Yes or no?", " Answer with yes or no.", " (yes/no)", " Reply with yes or no.",
    " Just say yes or no.", " yes or no", " Only yes or no.",
)  # fmt: skip
_CAPITAL_YES_NO = (
    " Answer with Yes/No.", " Answer Yes or No.", " Answer with Yes or No.", " Answer with Yes/No.", " (Yes/No)",
    " Respond with Yes or No only.", " Yes/No", " Reply Yes or No.", " Output: Yes or No.",
)  # fmt: skip
_TRUE_FALSE = (
    "True or false: {said}", "True or false: {said}", "True or false: {said}", "True or false: {said}",
    "True or false? {said}", "{said} True or false?", "true or false: {said}", "Is this true or false: {said}",
    "Is the statement true or false? {said}", "Decide whether this is true or false: {said}",
    "{said} Is that true or false?", "Answer true or false: {said}", "Statement: {said} Answer true or false.",
    "Say whether the statement is true or false: {said}", "{said} (true/false)", 'Is "{said}" true or false?',
    "Look at the {pic} and answer true or false: {said}", "Judge the statement as true or false. {said}",
    "Check the following claim against the {pic}, true or false: {said}", "Claim: {said} true or false",
)  # fmt: skip
_CAPITAL_TRUE_FALSE = (
    "{said} Answer with True or False.", "{said} Answer True or False.", "Answer with True/False: {said}",
    "{said} True/False?", "Respond with True or False only. {said}",
)  # fmt: skip
_IS_IT_SO = (
    "Is it true that {bare}?", "Is it correct that {bare}?", "Is it right that {bare}?", "Would you say that {bare}?",
    "Is the following correct? {said}", "Does the {pic} show that {bare}?", "Is this statement correct: {said}",
    "{said} Is that right?", "{said} Is this correct?", "Can you confirm that {bare}?", "Do you agree? {said}",
    "Does this description fit the {pic}? {said}", "Does the following hold: {said}", "Is it the case that {bare}?",
)  # fmt: skip


def number(
    rng: np.random.Generator, wordings: Sequence[str], n: int, sentence: str = "", **slots: str | int
) -> tuple[str, str]:
    """A question and its answer `n`, in digits; now and then `sentence` is asked for and given instead."""
    question, chance = ask(rng, wordings, "", **slots), rng.random()
    if chance < 0.45:
        return question + pick(rng, _NUMBER), str(n)
    if sentence and chance < 0.52:
        return question + pick(rng, _SENTENCE), sentence
    return question, str(n)


def yes_no(
    rng: np.random.Generator, wordings: Sequence[str], truth: bool, sentence: str = "", **slots: str | int
) -> tuple[str, str]:
    """A question and `yes` or `no`, `Yes` or `No` where it is spelled so, or "Yes, ..." where a sentence is wanted."""
    question, chance, word = ask(rng, wordings, "", **slots), rng.random(), "Yes" if truth else "No"
    if chance < 0.3:
        return question + pick(rng, _CAPITAL_YES_NO), word
    if chance < 0.5:
        return question + pick(rng, _YES_NO), word.lower()
    if sentence and chance < 0.57:
        return question + pick(rng, _SENTENCE), f"{word}, {sentence}."
    return question, word.lower()


def true_false(rng: np.random.Generator, statement: str, truth: bool) -> tuple[str, str]:
    """`statement` with a demand to judge it, and `true` or `false` (`True`, `False` where it is spelled so)."""
    word = "True" if truth else "False"
    if rng.random() < 0.12:
        return ask(rng, _CAPITAL_TRUE_FALSE, said=_typed(rng, statement)), word
    return ask(rng, _TRUE_FALSE, said=_typed(rng, statement)), word.lower()


def is_it_so(rng: np.random.Generator, statement: str, truth: bool) -> tuple[str, str]:
    """`statement` as a question, and `yes` or `no`."""
    for start, turned in (("There is ", "Is there "), ("There are ", "Are there ")):
        if statement.startswith(start) and rng.random() < 0.75:
            return yes_no(rng, (turned + statement.removeprefix(start) + "?",), truth)
    return yes_no(rng, _IS_IT_SO, truth, said=_typed(rng, statement), bare=statement[0].lower() + statement[1:])


def _typed(rng: np.random.Generator, statement: str) -> str:
    """With a full stop or without, with a capital or without."""
    text = statement + ("." if rng.random() < 0.65 else "")
    return text[0].lower() + text[1:] if rng.random() < 0.25 else text
