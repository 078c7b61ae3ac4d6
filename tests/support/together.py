"""Several people act at the same moment, each in a transaction of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session


def together(engine: Engine, acts: Sequence[Callable[[Session], Any]]) -> list[Any]:
    """Run `acts` at once and commit each; give back what each returned or raised."""
    start = threading.Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[Session], Any]) -> None:
        start.wait()
        with Session(engine) as session:
            try:
                answers[place] = act(session)
                session.commit()
            except Exception as error:
                session.rollback()
                answers[place] = error

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
