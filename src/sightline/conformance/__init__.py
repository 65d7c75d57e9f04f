"""A kit that scores any OpenAI-style vision server from the outside."""

from sightline.conformance.catalogue import CHECKS, choose
from sightline.conformance.check import Check, Outcome, Severity, Verdict
from sightline.conformance.client import Client, NoAnswer, Reply
from sightline.conformance.report import as_json, as_list, as_table, counts, summary
from sightline.conformance.run import Row, check_that_it_answers, first_model, run
from sightline.conformance.server import Server

__all__ = [
    "CHECKS",
    "Check",
    "Client",
    "NoAnswer",
    "Outcome",
    "Reply",
    "Row",
    "Server",
    "Severity",
    "Verdict",
    "as_json",
    "as_list",
    "as_table",
    "check_that_it_answers",
    "choose",
    "counts",
    "first_model",
    "run",
    "summary",
]
