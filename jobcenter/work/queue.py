"""The bell of the workers: huey on an SQLite file, or on Redis when a setting names one.

Only keys of jobs travel here, as JSON: what is to be done stands in the database. A bell that was
lost costs a minute, since workers also look for waiting rows.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

Runner = Callable[[uuid.UUID], None]


class Letters(Serializer):  # type: ignore[misc]
    """Messages as JSON: a queue file that somebody else wrote can never run code here."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data._asdict() if isinstance(data, Message) else data).encode()

    def _deserialize(self, data: bytes) -> Any:
        found = json.loads(data)
        is_message = isinstance(found, dict) and set(found) == set(Message._fields)
        return Message(**found) if is_message else found


class Queue:
    """A huey with one task: run the job of this key."""

    def __init__(self, huey: Huey) -> None:
        self.huey = huey
        self._runner: Runner | None = None
        self.task = huey.task(name="run")(self._run)

    def _run(self, key: str) -> None:
        if self._runner is not None:
            self._runner(uuid.UUID(key))

    def serve(self, runner: Runner) -> None:
        """Set what the worker does with a key."""
        self._runner = runner

    def ring(self, key: uuid.UUID) -> None:
        """Tell the workers that a job waits; called after the row was committed."""
        self.task(str(key))


def make(path: Path | None, redis_url: str | None) -> Queue:
    """Return the queue that the settings ask for; neither path nor address: in memory."""
    plain: dict[str, Any] = {"results": False, "serializer": Letters()}
    if redis_url:
        return Queue(RedisHuey("jobcenter", url=redis_url, **plain))
    if path is not None:
        return Queue(SqliteHuey("jobcenter", filename=str(path), **plain))
    return Queue(MemoryHuey("jobcenter", **plain))


_queue: list[Queue] = []


def use(queue: Queue) -> None:
    """Set the process's queue; called once by the application factory."""
    _queue[:] = [queue]


def ring(key: uuid.UUID) -> None:
    """Tell the workers that a job waits."""
    current().ring(key)


def current() -> Queue:
    """Return the process's queue."""
    if not _queue:
        raise RuntimeError("no queue: create_app has not run")
    return _queue[0]
