"""The logs are sealed by the servers themselves, now and then, after an answer has left."""

from __future__ import annotations

import threading
import time

from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError

from jobcenter.audit import sealing
from jobcenter.config import Settings
from jobcenter.desks.signin import READING
from jobcenter.kernel.db import db


def attach(app: Flask) -> None:
    """Seal what is new every so many minutes, in the wake of a form that was sent."""
    settings: Settings = app.config["SETTINGS"]
    if settings.seal_minutes <= 0:
        return
    pause = settings.seal_minutes * 60
    turn = threading.Lock()
    state = {"next": time.monotonic() + pause}

    def seal() -> None:
        try:
            with app.app_context():
                sealing.seal_all(db.engine, settings.seal_heads)
        except (SQLAlchemyError, OSError):
            app.logger.exception("the logs could not be sealed; the next try comes later")
        finally:
            turn.release()

    def maybe(response: Response) -> Response:
        is_due = request.method not in READING and time.monotonic() >= state["next"]
        if is_due and turn.acquire(blocking=False):
            state["next"] = time.monotonic() + pause
            response.call_on_close(seal)
        return response

    app.after_request(maybe)
