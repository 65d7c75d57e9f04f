"""What a check is and what it may say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sightline.conformance.server import Server

MAX_EVIDENCE_CHARS = 160


class Verdict(StrEnum):
    """How a server did. `not_applicable`: the check cannot tell with this server; it is never a reproach."""

    passed = "pass"
    partial = "partial"
    failed = "fail"
    not_applicable = "n/a"


class Severity(StrEnum):
    """What a failure costs: wrong answers or an open door, broken clients, or a surprise."""

    critical = "critical"
    major = "major"
    minor = "minor"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict and its evidence: one line of what was observed."""

    verdict: Verdict
    evidence: str

    def __post_init__(self) -> None:
        line = " ".join(self.evidence.split())
        shown = line if len(line) <= MAX_EVIDENCE_CHARS else line[: MAX_EVIDENCE_CHARS - 1] + "…"
        object.__setattr__(self, "evidence", "".join(char if char.isprintable() else "?" for char in shown))


@dataclass(frozen=True, slots=True)
class Check:
    """One question about a server. `contract` names the entries of the contract that it stands for."""

    id: str  # group.name
    proves: str
    why: str
    severity: Severity
    run: Callable[[Server], Outcome]
    contract: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]


def passed(evidence: str) -> Outcome:
    """The server does what the check is about."""
    return Outcome(Verdict.passed, evidence)


def partial(evidence: str) -> Outcome:
    """The server does some of it, or says clearly that it does not."""
    return Outcome(Verdict.partial, evidence)


def failed(evidence: str) -> Outcome:
    """The server does something else."""
    return Outcome(Verdict.failed, evidence)


def not_applicable(evidence: str) -> Outcome:
    """It cannot be told."""
    return Outcome(Verdict.not_applicable, evidence)
