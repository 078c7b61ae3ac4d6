"""What each piece of scheduled work does; when it runs stands in `work.timetable`."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from jobcenter.work import rules as work

# Each returns a short account of what it did.
RUNS: dict[str, Callable[[Session], str]] = {
    "clear-files": lambda session: str(work.clear_files(session)),
}
