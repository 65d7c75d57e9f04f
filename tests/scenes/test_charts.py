"""Charts: what is asked can be told from the picture or its text, and the answers follow from the data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.scenes import charts
from sightline.scenes.chart_canvas import wrap
from sightline.scenes.chart_data import ChartData, draw_data, print_value
from sightline.scenes.chart_lookups import extreme, value, which
from sightline.scenes.chart_plots import Plot, column_start, span
from sightline.scenes.chart_questions import chart_turns
from sightline.scenes.chart_sums import compare, pair, threshold, whole
from sightline.scenes.chart_talk import Chart, ReadChart, plain_number
from sightline.scenes.chart_topics import draw_topic
from sightline.scenes.fonts import faces, text_width
from sightline.scenes.phrasing import plural
from sightline.scenes.scene import Scene, Turn

N = 160


def rng_of(seed: int) -> np.random.Generator:
    return np.random.default_rng([23, seed])


def scenes(n: int = N) -> list[Scene]:
    return [charts.make(rng_of(seed)) for seed in range(n)]


def read_perfectly(data: ChartData) -> Chart:
    """The chart as it would be known to somebody who misread nothing."""
    texts = {f"category {c}": name for c, name in enumerate(data.categories)}
    texts |= {f"series {s}": name for s, name in enumerate(data.series)}
    for s, row in enumerate(data.labels):
        texts |= {f"value {s} {c}": label for c, label in enumerate(row)}
    return Chart(data, ReadChart(texts, ("blue", "red", "green", "gray", "teal", "pink", "black"), False))


def known_charts(n: int = N) -> list[tuple[np.random.Generator, Chart]]:
    return [(rng := rng_of(seed), read_perfectly(draw_data(rng))) for seed in range(n)]


def is_said(name: str, turn: Turn) -> bool:
    return name.lower() in turn.question.lower()


def test_a_printed_value_that_is_asked_for_stands_in_the_reading() -> None:
    checked = 0
    for scene in scenes():
        whole_text = re.sub(r"[\s,]", "", scene.reading.text)
        for turn in scene.turns:
            if turn.kind == "value":
                assert turn.answer.replace(" ", "") in whole_text, turn
                checked += 1
    assert checked > 200


def test_a_label_that_is_answered_stands_in_the_reading() -> None:
    checked = 0
    for scene in scenes():
        words = set(re.findall(r"[^\s*]+", scene.reading.text.replace("\n", " ")))
        for turn in scene.turns:
            is_number = re.match(r"-?[\d.]+( \w+)?$", turn.answer)  # a value, or a year between two ticks
            if turn.kind in ("lookup", "legend", "extreme", "larger") and not is_number:
                assert set(turn.answer.split()) <= words, (turn, scene.reading.text)
                checked += 1
    assert checked > 100


def test_about_two_charts_of_three_print_their_values() -> None:
    drawn = [draw_data(rng_of(seed)) for seed in range(600)]
    assert 0.58 < np.mean([data.printed for data in drawn]) < 0.72
    assert {data.style for data in drawn} == {"statista", "pew", "owid", "plain"}
    assert {data.form for data in drawn} == {"bar", "hbar", "line", "pie", "dot"}


def test_most_questions_look_one_value_up() -> None:
    kinds = Counter(turn.kind for rng, chart in known_charts() for turn in chart_turns(rng, chart.data, chart.read))
    about = ("caption", "chart_type", "title", "absent", "presence", "list", "label", "trend", "json")
    asked = kinds.total() - sum(kinds[kind] for kind in about)
    assert 0.5 < sum(kinds[kind] for kind in ("value", "estimate", "lookup")) / asked < 0.7
    assert 0.1 < kinds["extreme"] / asked < 0.2
    assert {"difference", "sum", "ratio", "average", "compare", "larger", "count", "legend"} <= set(kinds)


def test_a_value_is_one_of_the_series_and_category_that_the_question_names() -> None:
    checked = 0
    for rng, chart in known_charts():
        turn = value(rng, chart)
        if turn is None or not chart.is_time or any(mark in chart.category(0) for mark in "'Q "):
            continue
        named = [c for c in range(chart.data.n) if is_said(chart.category(c), turn)]
        answers = {chart.answer(s, c) for s in range(chart.data.n_series) for c in named}
        assert turn.answer in answers, turn
        checked += 1
    assert checked > 30


def test_the_label_of_a_value_has_that_value_and_no_other_has() -> None:
    checked = 0
    for rng, chart in known_charts():
        turn = which(rng, chart)
        if turn and not chart.data.series:
            owners = [
                c
                for c in range(chart.data.n)
                if is_said(chart.answer(0, c), turn) or is_said(chart.data.labels[0][c], turn)
            ]
            assert turn.answer in [chart.category(c) for c in owners], turn
            checked += 1
    assert checked > 30


def test_values_below_zero_are_asked_for_with_their_sign() -> None:
    signs = Counter(
        turn.answer.startswith("-") == (min(map(min, chart.data.values)) < 0)
        for rng, chart in known_charts(500)
        if max(map(max, chart.data.values)) <= 0 or min(map(min, chart.data.values)) >= 0
        for turn in [value(rng, chart)]
        if turn
    )
    assert set(signs) == {True}
    assert any(min(map(min, chart.data.values)) < 0 for _, chart in known_charts(500))


def test_series_in_columns_have_their_bars_side_by_side() -> None:
    checked = 0
    for seed in range(400):
        data = draw_data(rng_of(seed))
        if data.columns:
            plot = Plot(100, 0, 400, 100, 0, 100, ())
            starts = [column_start(data, plot, s) for s in range(data.n_series)]
            assert starts == sorted(set(starts))
            assert (data.style, data.form, data.printed) == ("pew", "hbar", True)
            checked += 1
    assert checked > 3


def test_the_largest_and_smallest_are_those_of_the_data() -> None:
    checked = 0
    for rng, chart in known_charts(300):
        turn = extreme(rng, chart)
        if turn is None or chart.data.series or re.search("second|third|2nd|3rd", turn.question):
            continue
        row = chart.data.values[0]
        high = re.search("highest|largest|biggest|greatest|maximum", turn.question)
        low = re.search("lowest|smallest|minimum", turn.question)
        if bool(high) == bool(low):
            continue  # a typing mistake hit the word
        assert turn.answer == chart.category(row.index(max(row) if high else min(row))), turn
        checked += 1
    assert checked > 60


@pytest.mark.parametrize("maker", [pair, whole])
def test_results_follow_from_two_or_all_values(maker: object) -> None:
    checked = 0
    for rng, chart in known_charts(300):
        turn = pair(rng, chart) if maker is pair else whole(rng, chart)
        if turn is None:
            continue
        possible: set[float] = set()
        rows = [list(row) for row in chart.data.values] + [list(col) for col in zip(*chart.data.values, strict=True)]
        for row in rows:
            ranked = sorted(row, reverse=True)
            possible |= {sum(row), sum(row) / len(row), float(np.median(row)), sum(ranked[:3]), sum(ranked[-3:])}
            for x in row:
                for y in row:
                    possible |= {x - y, x + y, (x + y) / 2, x / y if y else 0.0}
        assert any(abs(float(turn.answer) - number) <= 0.0051 for number in possible), turn
        checked += 1
    assert checked > 100


def test_counts_over_a_limit_are_the_counts_in_one_series() -> None:
    checked = 0
    for rng, chart in known_charts(300):
        turn = threshold(rng, chart)
        found = (
            re.search(
                r"(above|over|greater than|more than|higher than|below|under|less than) ([\d.]+\d|\d)", turn.question
            )
            if turn
            else None
        )
        if turn and found:
            limit, over = float(found.group(2)), found.group(1) not in ("below", "under", "less than")
            counts = {sum((v > limit) == over for v in row) for row in chart.data.values}
            assert int(turn.answer) in counts, turn
            checked += 1
    assert checked > 60


def test_yes_and_no_follow_from_the_data() -> None:
    checked = 0
    for rng, chart in known_charts(400):
        turn = compare(rng, chart)
        found = (
            re.search(r"^(?:\w+ .*)?Is (.+) (?:higher|more|greater) than (.+?)( in .*)?\?", turn.question)
            if turn
            else None
        )
        if turn is None or found is None or chart.data.n_series > 1:
            continue
        names = list(map(chart.category, range(chart.data.n)))
        if found.group(1) in names and found.group(2) in names:
            x, y = (chart.data.values[0][names.index(found.group(i))] for i in (1, 2))
            assert turn.answer == ("yes" if x > y else "no"), turn
            checked += 1
    assert checked > 10


@pytest.mark.parametrize(
    ("label", "unit", "answer"),
    [("1 116.34", "", "1116.34"), ("46.3%", "%", "46.3"), ("12,300 kg", " kg", "12300"), ("$1,250", "$", "1250"),
     ("2.54 billion", "", "2.54 billion"), ("$1.2 million", "$", "1.2 million"), ("29", "%", "29")],
)  # fmt: skip
def test_answers_are_bare_numbers(label: str, unit: str, answer: str) -> None:
    assert plain_number(label, unit) == answer


def test_values_are_printed_as_the_sites_print_them() -> None:
    topic = draw_topic(rng_of(0), "statista", "pie")
    assert print_value(46.3, "statista", topic) == "46.3%"
    assert print_value(1116.34, "statista", topic) == "1 116.34%"
    assert print_value(2_540_000_000, "owid", topic) == "2.54 billion"


def test_a_misread_value_is_not_asked_for() -> None:
    for rng, chart in known_charts(60):
        texts = {role: "4O7#" if role.startswith("value") else text for role, text in chart.read.texts.items()}
        misread = Chart(chart.data, ReadChart(texts, chart.read.colours, False))
        if chart.data.printed:
            assert value(rng, misread) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_axis_covers_every_value(seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = draw_data(rng)
    low, high, ticks = span(rng, data)
    assert low <= min(map(min, data.values))
    assert max(map(max, data.values)) <= high * 1.001
    assert 3 <= len(ticks) <= 14
    assert list(ticks) == sorted(set(ticks))


def test_an_axis_whose_values_are_all_below_zero_ends_at_zero() -> None:
    rng = np.random.default_rng(1)
    data = replace(draw_data(rng), form="bar", stacked=False, values=((-0.9, -0.4, -0.1),))
    low, high, ticks = span(rng, data)
    assert low <= -0.9
    assert 0 <= high <= 1
    assert 3 <= len(ticks) <= 14


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("abc ", min_size=1, max_size=9), min_size=1, max_size=8), st.integers(20, 200))
def test_wrapped_lines_keep_every_word_and_fit(parts: list[str], width: int) -> None:
    face, text = faces("sans", "train")[0], " ".join(parts)
    lines = wrap(text, face, 12, False, width)
    assert " ".join(lines).split() == text.split()
    assert all(text_width(line, face, 12) <= width or " " not in line for line in lines)


def test_bars_that_are_counted_are_drawn() -> None:
    checked = 0
    for scene in scenes():
        for turn in scene.turns:
            if turn.kind == "count" and re.search(r"\bbars\b", turn.question) and "stacked" not in str(scene.turns):
                bars = [thing for thing in scene.objects if thing.kind == "bar"]
                if plural("bar") in turn.question and not re.search("above|over|than|below|under", turn.question):
                    assert len(bars) >= int(turn.answer)
                    checked += 1
    assert checked > 5
