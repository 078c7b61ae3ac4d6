"""Reading imports: staff those of the kinds that they may bring, a firm its own."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from jobcenter.exchange.check import Checked, Heads
from jobcenter.exchange.fields import Kind, Problem, Row
from jobcenter.exchange.kinds import KINDS
from jobcenter.exchange.models import ImportBatch, ImportedRow
from jobcenter.exchange.parsers import plain
from jobcenter.exchange.reading import Cell, Table
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, Refused, shown
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_

SHOWN_CELLS = 3  # of a row in the preview: who or what it is


def visible_to(actor: Actor) -> Select[ImportBatch]:
    """Return the imports that `actor` may see."""
    staff = [one.code for one in KINDS.values() if actor.may(one.right)]
    own = [one.code for one in KINDS.values() if one.own_right and actor.may(one.own_right)]
    return select(ImportBatch).where(
        or_(
            ImportBatch.kind.in_(staff),
            ImportBatch.kind.in_(own) & ImportBatch.enterprise_id.in_(actor.firm_ids),
        )
    )


def one(session: Session, key: uuid.UUID, actor: Actor) -> ImportBatch:
    """Return one import, or refuse as if it were not there."""
    found = session.scalar(visible_to(actor).where(ImportBatch.key == key))
    if found is None:
        raise Missing
    return found


def by_id(session: Session, batch_id: int, actor: Actor) -> ImportBatch:
    """Return one import by its row number, for the job that works on it."""
    found = session.scalar(visible_to(actor).where(ImportBatch.id == batch_id))
    if found is None:
        raise Missing
    return found


def listed(session: Session, actor: Actor, window: Slice) -> Page[ImportBatch]:
    """Return the imports, newest first."""
    found = visible_to(actor)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(
        found.order_by(ImportBatch.id.desc()).limit(window.size).offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def standing_marks(session: Session) -> dict[str, str]:
    """Return the marks of rows that stand, whichever file they came from, with what to say."""
    rows = select(ImportedRow.mark).where(ImportedRow.undone_at.is_(None))
    return dict.fromkeys(session.scalars(rows), N_("Dòng này đã nhập rồi, không đổi gì."))


def rows_of(session: Session, batch: ImportBatch) -> Sequence[ImportedRow]:
    """Return what the rows of an import became, in the order of the file."""
    return session.scalars(
        select(ImportedRow).where(ImportedRow.batch_id == batch.id).order_by(ImportedRow.row)
    ).all()


def packed(table: Table) -> dict[str, Any]:
    """Return a table as it is sealed."""
    return {
        "sheet": table.sheet,
        "is_1904": table.is_1904,
        "rows": [[_packed(cell) for cell in row] for row in table.rows],
    }


def _packed(cell: Cell) -> Any:
    if isinstance(cell, dt.datetime):
        return {"at": cell.isoformat()}
    return {"day": cell.isoformat()} if isinstance(cell, dt.date) else cell


def table_of(batch: ImportBatch) -> Table:
    """Return the table of an import; refuses when it is kept no more."""
    told = batch.cells
    if told is None:
        raise Refused(N_("Nội dung tệp này không còn giữ. Tải tệp lên lại."))
    rows = [[_cell(one) for one in row] for row in told["rows"]]
    return Table(rows, sheet=told["sheet"], is_1904=told["is_1904"])


def _cell(told: Any) -> Cell:
    if not isinstance(told, dict):
        found: Cell = told
        return found
    if "day" in told:
        return dt.date.fromisoformat(told["day"])
    return dt.datetime.fromisoformat(told["at"])


def found_in(checked: Checked) -> dict[str, Any]:
    """Return what a check found, as it is sealed: no values, only what is said of rows."""
    return {
        "head": checked.heads.row,
        "fields": {str(at): one.name for at, one in checked.heads.fields.items()},
        "unread": list(checked.heads.unread),
        "rows": [
            [
                row.number, str(row.state),
                [[p.field, p.message, _told(p.params), p.is_warning] for p in row.problems],
                [[kind, row_id, list(why)] for kind, row_id, why in row.twins],
            ]
            for row in checked.rows
        ],
    }  # fmt: skip


def _told(params: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, int) and type(value) is int else str(shown(value))
        for name, value in params.items()
    }


def judged(kind: Kind, batch: ImportBatch) -> tuple[Heads, list[Row]]:
    """Return the heads and rows of an import as they were judged last, without their values."""
    told = batch.findings
    if told is None:
        return Heads(0, {}, ()), []
    fields = {int(at): kind.field(name) for at, name in told["fields"].items()}
    heads = Heads(
        told["head"], {at: one for at, one in fields.items() if one}, tuple(told["unread"])
    )
    rows = [
        Row(
            number, {}, [Problem(*problem) for problem in problems], state=state,
            twins=[(what, row_id, tuple(why)) for what, row_id, why in twins],
        )
        for number, state, problems, twins in told["rows"]
    ]  # fmt: skip
    return heads, rows


@dataclass(frozen=True)
class Shown:
    """One row of the preview: its number, who or what it is, how it is, and what is said of it."""

    row: Row
    who: str
    cells: dict[str, str]


def preview(
    kind: Kind, batch: ImportBatch, *, state: str, window: Slice
) -> tuple[Heads, Page[Shown]]:
    """Return one page of the rows in a state ("" for all)."""
    heads, rows = judged(kind, batch)
    chosen = [row for row in rows if not state or row.state == state]
    part = chosen[window.offset : window.offset + window.size]
    table = table_of(batch) if part else Table([])
    items = [_shown(heads, table, row) for row in part]
    return heads, Page(items, window.number, window.size, len(chosen))


def _shown(heads: Heads, table: Table, row: Row) -> Shown:
    cells = table.rows[row.number - 1]
    words = {
        one.name: plain(cells[at]) if at < len(cells) else "" for at, one in heads.fields.items()
    }
    who = [text for text in words.values() if text][:SHOWN_CELLS]
    return Shown(row, " · ".join(who), words)
