"""The only place that reads the time. Instants are UTC; office days are Hải Phòng's days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_frozen: dt.datetime | None = None


def now() -> dt.datetime:
    """Return the current instant, aware, in UTC."""
    return _frozen or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Return the current day in Hải Phòng."""
    return now().astimezone(LOCAL).date()


def local(instant: dt.datetime) -> dt.datetime:
    """Return `instant` on Hải Phòng's clock."""
    return instant.astimezone(LOCAL)


@contextmanager
def frozen(instant: dt.datetime) -> Iterator[None]:
    """Hold the clock at `instant` (aware): for tests and for replaying a day."""
    global _frozen  # noqa: PLW0603 - one clock for the whole process is the point
    before, _frozen = _frozen, instant.astimezone(dt.UTC)
    try:
        yield
    finally:
        _frozen = before
