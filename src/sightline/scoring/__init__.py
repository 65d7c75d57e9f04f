"""Each metric once: one answer's score, a mean's interval, and the baselines beside it."""

from sightline.scoring.baselines import Constant, balanced_accuracy, best_constant
from sightline.scoring.calibration import expected_calibration_error
from sightline.scoring.intervals import Interval, interval, wilson
from sightline.scoring.refusal import is_not_sure
from sightline.scoring.score import METRICS, is_verdict, score
from sightline.scoring.text import edit_distance, normalise

__all__ = [
    "METRICS",
    "Constant",
    "Interval",
    "balanced_accuracy",
    "best_constant",
    "edit_distance",
    "expected_calibration_error",
    "interval",
    "is_not_sure",
    "is_verdict",
    "normalise",
    "score",
    "wilson",
]
