"""What scenes let the reader say of their photos."""

from __future__ import annotations

import numpy as np

from sightline.reading.lines import NamedObject
from sightline.reading.objects import LEAST_CONFIDENCE, MOST_WORDS
from sightline.scenes.photo_evidence import told_objects
from sightline.scenes.photos import naming_turns

WORDS = ["apple", "hat", "milk", "pear", "shoes"]


def test_the_first_word_is_right_as_often_as_it_is_sure() -> None:
    rng = np.random.default_rng(0)
    told = [told[0] for _ in range(4000) if (told := told_objects(rng, "hat", WORDS))]
    for low, high in ((0.15, 0.5), (0.5, 0.8), (0.8, 1.0)):
        some = [named for named in told if low <= named.confidence < high]
        sure = float(np.mean([named.confidence for named in some]))
        assert abs(float(np.mean([named.word == "hat" for named in some])) - sure) < 0.05


def test_words_differ_and_fall_in_confidence_and_nothing_is_right_of_an_unknown_thing() -> None:
    rng = np.random.default_rng(1)
    silent = 0
    for _ in range(500):
        told = told_objects(rng, "", WORDS)
        silent += not told
        confidences = [named.confidence for named in told]
        assert confidences == sorted(confidences, reverse=True)
        assert sum(confidences) <= 1.001
        assert all(one >= LEAST_CONFIDENCE for one in confidences)
        assert len({named.word for named in told}) == len(told) <= MOST_WORDS
    assert 200 < silent < 400


def test_who_was_told_a_wrong_word_first_is_taught_to_say_so() -> None:
    rng = np.random.default_rng(2)
    wrong = (NamedObject("milk", 0.7), NamedObject("hat", 0.2))
    for _ in range(50):
        (named, choice) = naming_turns(rng, "hat", "", WORDS, wrong)
        assert named.answer == "I am not sure."
        assert choice.answer in ("hat", "I am not sure which of these it is.")
        (_, unknown) = naming_turns(rng, "hat", "", WORDS, wrong[:1])
        assert unknown.answer == "I am not sure which of these it is."
        assert naming_turns(rng, "hat", "", WORDS, wrong[1:])[0].answer == "hat"
