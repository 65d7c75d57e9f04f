"""Scores of a model on sets of real pictures: tasks, run, report."""

from sightline.evaluation.journal import Record
from sightline.evaluation.report import Line, as_json, as_table, summarise
from sightline.evaluation.run import Answered, Ask, ask_with, request_for, run
from sightline.evaluation.scorecard import score_sets
from sightline.evaluation.task import Row, Task, find_tasks, load_task

__all__ = [
    "Answered",
    "Ask",
    "Line",
    "Record",
    "Row",
    "Task",
    "as_json",
    "as_table",
    "ask_with",
    "find_tasks",
    "load_task",
    "request_for",
    "run",
    "score_sets",
    "summarise",
]
