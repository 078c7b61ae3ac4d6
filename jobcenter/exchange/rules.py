"""Bringing a file in: take its table, judge it, write its good rows or none, undo what was written.

Everything is done again from the cells when rows are written: the register may have changed since
they were judged. Each row is written in a savepoint by the room that owns the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import lists
from jobcenter.exchange import queries
from jobcenter.exchange.check import Checked, check, heads, refuse_formulas
from jobcenter.exchange.choices import BATCH_MOVES, BUSY, BatchState, RowState
from jobcenter.exchange.fields import Kind, Look, Made, Problem, Row, Source
from jobcenter.exchange.kinds import KINDS, kind_for
from jobcenter.exchange.models import ImportBatch, ImportedRow
from jobcenter.exchange.reading import Table
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold, transaction_kind
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.entry import LooksLike
from jobcenter.settings.queries import setting
from jobcenter.work.choices import KEEP_FILES, OPEN
from jobcenter.work.models import Job

AT_ONCE = 200  # rows that are checked while the person waits
WRITTEN_AT_ONCE = 40
CHUNK = 20
Tell = Callable[[int, int], None]


def _silent(_done: int, _total: int) -> None:
    pass


def take(session: Session, *, kind: str, file_name: str, table: Table, by: Actor) -> ImportBatch:
    """Keep the table of a file to be judged; refuses what is no list of this kind."""
    wanted = kind_for(by, kind)
    refuse_formulas(heads(wanted, table), table)
    batch = ImportBatch(
        kind=wanted.code, file_name=file_name[-160:], owner_id=by.user_id,
        owner=by.name or by.role, enterprise_id=by.enterprise_id, state=BatchState.CHECKING,
        cells=queries.packed(table), total=len(table.rows),
    )  # fmt: skip
    session.add(batch)
    session.flush()
    record(
        session, by=by, action="take-import", kind="import", subject_id=batch.id,
        what=wanted.code, count=len(table.rows),
    )  # fmt: skip
    return batch


def judge(session: Session, *, batch: ImportBatch, by: Actor, tell: Tell = _silent) -> None:
    """Judge every row and keep what was found; nobody waits to write meanwhile."""
    kind = kind_for(by, batch.kind)
    table = queries.table_of(batch)
    BATCH_MOVES.after("check", batch.state)

    def told(done: int, total: int) -> None:
        with transaction_kind(writing=True):
            tell(done, total)

    with transaction_kind(writing=False), Session(session.get_bind()) as reading:
        checked = check(
            reading, kind=kind, table=table, by=by, known=queries.standing_marks(reading),
            tell=told,
        )  # fmt: skip
    hold(session, batch, None)
    batch.state = BATCH_MOVES.after("check", batch.state)
    _keep(batch, checked)
    session.flush()


def _keep(batch: ImportBatch, checked: Checked) -> None:
    batch.total = len(checked.rows)
    for state in RowState:
        setattr(batch, state.value, checked.count(state.value))
    batch.findings = queries.found_in(checked)


def say_apart(session: Session, *, batch: ImportBatch, rows: list[int], by: Actor) -> None:
    """Note which doubtful rows are of somebody else than who is alike."""
    hold(session, batch, None)
    BATCH_MOVES.after("write", batch.state)
    _heads, judged = queries.judged(KINDS[batch.kind], batch)
    doubtful = {row.number for row in judged if row.state == RowState.DOUBTFUL}
    batch.apart = sorted(doubtful & set(rows))
    session.flush()


def begin(session: Session, *, batch: ImportBatch, verb: str, by: Actor) -> None:
    """Begin to write the good rows, or to undo what was written; a second click finds it begun."""
    kind_for(by, batch.kind)
    hold(session, batch, None)
    job = job_of(session, batch)
    if batch.state in BUSY and job is not None and job.state in OPEN:
        raise Refused(N_("Việc này đang làm. Đợi xong rồi xem kết quả."))
    batch.state = BATCH_MOVES.after(verb, batch.state)
    session.flush()


def write(session: Session, *, batch: ImportBatch, by: Actor, tell: Tell = _silent) -> int:
    """Write the rows that are good by now and return how many stand, as `write_from` does."""
    write_from(session, batch=batch, by=by, tell=tell)
    return batch.written


def write_from(session: Session, *, batch: ImportBatch, by: Actor, tell: Tell = _silent) -> Checked:
    """Write the rows that are good by now; what a rule refuses becomes a bad row, with why.

    May be begun again where it was interrupted: rows that stand already are left alone.
    """
    kind = kind_for(by, batch.kind)
    table, apart = queries.table_of(batch), set(batch.apart or ())
    done = {row.row for row in queries.rows_of(session, batch)}
    marks = queries.standing_marks(session)
    checked = check(session, kind=kind, table=table, by=by, known=marks)
    look = Look(session, by, lists(session), clock.today(), table.is_1904)
    chosen = [
        row for row in checked.rows
        if row.number not in done
        and (row.state == RowState.GOOD or (row.state == RowState.DOUBTFUL and row.number in apart))
    ]  # fmt: skip
    for count, row in enumerate(chosen, start=1):
        made = _write_row(session, kind, look, row, batch, is_apart=row.number in apart)
        if made is not None:
            session.add(_imported(batch, kind, row, made))
            row.state = RowState.GOOD.value
        if count % CHUNK == 0:
            session.flush()
            tell(count, len(chosen))
    session.flush()
    hold(session, batch, None)
    batch.state = BATCH_MOVES.after("end-write", batch.state)
    batch.written, batch.written_at = len(queries.rows_of(session, batch)), clock.now()
    _keep(batch, _with_written(checked, session, batch))
    session.flush()
    record(
        session, by=by, action="write-import", kind="import", subject_id=batch.id,
        what=batch.kind, count=batch.written,
    )  # fmt: skip
    return checked


def _with_written(checked: Checked, session: Session, batch: ImportBatch) -> Checked:
    """Return what was checked with the rows of an earlier, interrupted run as good ones."""
    mine = {row.row for row in queries.rows_of(session, batch)}
    for row in checked.rows:
        if row.number in mine:
            row.state = RowState.GOOD.value
            row.problems = [one for one in row.problems if one.field]
    return checked


def _write_row(
    session: Session, kind: Kind, look: Look, row: Row, batch: ImportBatch, *, is_apart: bool
) -> Made | None:
    source = Source(str(batch.key)[:8], row.number, row.mark)
    try:
        with session.begin_nested():
            return kind.write(look, row.values, source)
    except LooksLike as alike:
        if is_apart:
            return _write_apart(session, kind, look, row, replace(source, apart=_ids(alike)))
        row.state = RowState.DOUBTFUL.value
        row.twins = [("person", one, ()) for one in alike.people[:3]]
        row.problems.append(Problem("", alike.message, alike.params, is_warning=True))
    except Refused as refused:
        _spoil(row, refused)
    return None


def _write_apart(session: Session, kind: Kind, look: Look, row: Row, source: Source) -> Made | None:
    try:
        with session.begin_nested():
            return kind.write(look, row.values, source)
    except Refused as refused:
        _spoil(row, refused)
        return None


def _ids(alike: LooksLike) -> tuple[int, ...]:
    return tuple(alike.people)


def _spoil(row: Row, refused: Refused) -> None:
    row.state = RowState.BAD.value
    row.problems.append(Problem(refused.field or "", refused.message, refused.params))


def _imported(batch: ImportBatch, kind: Kind, row: Row, made: Made) -> ImportedRow:
    return ImportedRow(
        batch_id=batch.id, row=row.number, mark=row.mark, subject_kind=kind.subject,
        subject_id=made.subject_id, number=made.number[:200], stamp=made.stamp,
        before=made.before,
    )  # fmt: skip


def undo(session: Session, *, batch: ImportBatch, by: Actor, tell: Tell = _silent) -> int:
    """Take out the rows that nobody touched since; return how many. The rest stays as it is."""
    kind = kind_for(by, batch.kind)
    rows = [row for row in queries.rows_of(session, batch) if row.undone_at is None]
    for count, row in enumerate(reversed(rows), start=1):
        if _undo_row(session, kind, row, by):
            row.undone_at = clock.now()
            session.flush()
        if count % CHUNK == 0:
            tell(count, len(rows))
    hold(session, batch, None)
    batch.state = BATCH_MOVES.after("end-undo", batch.state)
    batch.undone = sum(row.undone_at is not None for row in queries.rows_of(session, batch))
    batch.undone_at = clock.now()
    session.flush()
    record(
        session, by=by, action="undo-import", kind="import", subject_id=batch.id,
        what=batch.kind, count=batch.undone,
    )  # fmt: skip
    return batch.undone


def _undo_row(session: Session, kind: Kind, row: ImportedRow, by: Actor) -> bool:
    try:
        with session.begin_nested():
            return kind.undo(session, by, row.subject_id, row.stamp, row.before)
    except Refused:
        return False


def drop(session: Session, *, batch: ImportBatch, by: Actor) -> None:
    """Write nothing of a file, and keep nothing of it."""
    kind_for(by, batch.kind)
    hold(session, batch, None)
    batch.state = BATCH_MOVES.after("drop", batch.state)
    _clear(batch)
    session.flush()
    record(
        session, by=by, action="drop-import", kind="import", subject_id=batch.id, what=batch.kind
    )


def _clear(batch: ImportBatch) -> None:
    batch.cells = batch.findings = None
    batch.apart = []
    batch.cleared_at = clock.now()


def clear_old(session: Session) -> int:
    """Drop the cells of files that are older than results of jobs are kept; return how many."""
    before = clock.now() - dt.timedelta(days=setting(session, KEEP_FILES))
    done = session.execute(
        update(ImportBatch)
        .where(ImportBatch.changed_at < before, ImportBatch.cleared_at.is_(None))
        .values(cells=None, findings=None, cleared_at=clock.now(),
                version=ImportBatch.version + 1)
        .returning(ImportBatch.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return len(done.all())


def whole(session: Session, batch: ImportBatch) -> ImportBatch:
    """Return the import with its cells and findings loaded."""
    return session.scalars(
        select(ImportBatch)
        .where(ImportBatch.id == batch.id)
        .options(undefer(ImportBatch.cells), undefer(ImportBatch.findings))
    ).one()


def job_of(session: Session, batch: ImportBatch) -> Job | None:
    """Return the job that works on an import now or did last."""
    return session.scalar(select(Job).where(Job.key == batch.job_key)) if batch.job_key else None


def counts(batch: ImportBatch) -> dict[str, Any]:
    """Return the counts of an import, for whoever tells of it."""
    return {state.value: getattr(batch, state.value) for state in RowState}
