"""From how sure the model sounds to how often it is right: Platt's two numbers, shipped with the weights."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass

from sightline.errors import ConfigError

LEAST = 1e-6  # a probability nearer to 0 or 1 than this says no more


@dataclass(frozen=True, slots=True)
class Calibration:
    """`slope` and `intercept` on the log-odds of the model's own probability (Platt 1999).

    `unsure_below`: a short answer about a photo that is less likely right is told as "I am not sure"; None: all stand.
    """

    slope: float
    intercept: float
    unsure_below: float | None = None

    def apply(self, logprob: float) -> float:
        """The share of such answers that are right, 0..1, from the logarithm of the model's own probability."""
        own = min(1 - LEAST, max(LEAST, math.exp(min(0.0, logprob))))
        odds = self.slope * math.log(own / (1 - own)) + self.intercept
        return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0

    def to_json(self) -> str:
        """The text of a checkpoint's calibration file."""
        return json.dumps({name: value for name, value in asdict(self).items() if value is not None}) + "\n"

    @classmethod
    def from_json(cls, data: bytes) -> Calibration:
        """Read a checkpoint's calibration file.

        Raises:
            ConfigError: If it is not two finite numbers, the slope above 0.
        """
        try:
            found = json.loads(data)
            slope, intercept = float(found["slope"]), float(found["intercept"])
            least = found.get("unsure_below")
            unsure_below = None if least is None else float(least)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise ConfigError("the calibration file has no slope and intercept") from None
        if not (math.isfinite(slope) and math.isfinite(intercept) and slope > 0):
            raise ConfigError(f"calibration slope={slope}, intercept={intercept}: expected finite numbers, slope > 0")
        if unsure_below is not None and not 0 <= unsure_below <= 1:
            raise ConfigError(f"calibration unsure_below={unsure_below}: expected 0 to 1")
        return cls(slope, intercept, unsure_below)
