"""Which of several drawn answers an older completion tells."""

from __future__ import annotations

from sightline.api.completions_replies import likeliest
from sightline.chat.choice import Choice
from sightline.types import ChosenToken, Delta, Sampling


def said(index: int, *logprobs: float) -> Choice:
    choice = Choice(index, Sampling(top_logprobs=0))
    for logprob in logprobs:
        choice.take(Delta("x", 1, tokens=(ChosenToken(b"x", logprob),)))
    choice.take(Delta(finish_reason="stop"))
    return choice


def test_the_highest_mean_of_a_token_wins_and_not_the_shortest_answer() -> None:
    short, long, silent = said(0, -1.0), said(1, -0.5, -0.5, -0.5), said(2)
    assert [choice.index for choice in likeliest([short, long, silent], 1)] == [1]
    assert [choice.index for choice in likeliest([silent, short, long], 2)] == [1, 0]


def test_all_of_them_stay_in_the_order_in_which_they_came() -> None:
    assert [choice.index for choice in likeliest([said(0, -3.0), said(1, -1.0)], 2)] == [0, 1]
