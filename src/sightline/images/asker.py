"""For whom pictures are fetched, so that one cannot take every turn.

It goes with the task, not with the calls: whatever door a request came through, its fetches are counted with the
others of the same asker, and a new door cannot forget to say so.
"""

from __future__ import annotations

from contextvars import ContextVar

ASKER: ContextVar[str] = ContextVar("sightline_asker", default="")  # empty: nobody in particular, and not counted
