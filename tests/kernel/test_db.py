"""Transactions told apart, column types, numbers without gaps."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from jobcenter.audit.models import LedgerEntry
from jobcenter.audit.rules import record
from jobcenter.kernel import series
from jobcenter.kernel.actor import NOBODY
from jobcenter.kernel.db import Line, TooLong, db, transaction_kind
from jobcenter.kernel.models import SeriesCounter
from jobcenter.people.models import Person


def test_a_reading_transaction_cannot_write(app: Flask) -> None:
    with app.app_context(), transaction_kind(writing=False), Session(db.engine) as session:
        assert session.scalar(select(Person.id).limit(1)) is None
        with pytest.raises(DBAPIError):
            session.execute(text("UPDATE match_counter SET value = value + 1"))


def test_instants_keep_their_zone_and_naive_ones_are_refused(session: Session) -> None:
    record(session, by=NOBODY, action="test", kind="none", subject_id=None)
    session.commit()
    at = session.scalar(select(LedgerEntry.at))
    assert at is not None
    assert at.tzinfo is not None
    naive = dt.datetime(2026, 1, 1)  # noqa: DTZ001
    session.add(LedgerEntry(at=naive, actor="x", action="y", subject_kind="z"))
    with pytest.raises(Exception, match="naive"):
        session.flush()


def test_the_ledger_is_append_only(session: Session) -> None:
    record(session, by=NOBODY, action="test", kind="none", subject_id=None)
    session.commit()
    for statement in ("UPDATE ledger_entry SET actor = 'x'", "DELETE FROM ledger_entry"):
        with pytest.raises((IntegrityError, DBAPIError), match="append-only"):
            session.execute(text(statement))
        session.rollback()


def test_text_is_composed_and_too_long_text_is_refused() -> None:
    kind = Line(5)
    assert kind.process_bind_param("  a\u0301\x00 b ", None) == "á b"
    with pytest.raises(TooLong):
        kind.process_bind_param("abcdef", None)


def test_numbers_have_no_gap_and_no_twin_under_many_takers(app: Flask) -> None:
    taken: list[int] = []
    with app.app_context():
        engine = db.engine

    def take_some(worker: int) -> None:
        for turn in range(6):
            with Session(engine) as session:
                number = series.take(session, "TEST", 2026)
                if (worker + turn) % 5 == 0:
                    session.rollback()  # the number must come back
                else:
                    session.commit()
                    taken.append(number)

    threads = [threading.Thread(target=take_some, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(engine) as session:
        last = session.scalar(select(SeriesCounter.last).where(SeriesCounter.series == "TEST"))
    assert sorted(taken) == list(range(1, len(taken) + 1))
    assert last == len(taken)
