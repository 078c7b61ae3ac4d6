"""Everything that is held about one person, in one file for them: JSON, and a summary to print.

Tables are not listed here: whatever hangs on the person by its foreign keys is in it, as an erasure
finds it. Left out are secrets of an account, hashes, and columns that only serve a search.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import uuid
import zipfile
from enum import Enum
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from jobcenter.audit.models import Sight
from jobcenter.audit.rules import record
from jobcenter.documents import reports
from jobcenter.kernel import clock, erasing
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import Base, transaction_kind
from jobcenter.kernel.privacy import declared
from jobcenter.privacy.labels import field_label, table_label
from jobcenter.privacy.queries import subject_of

# Secrets, and what is computed of other columns.
WITHHELD = frozenset(
    {"password_hash", "token_hash", "code_hash", "totp_secret", "totp_step", "search", "sort",
     "name_key", "folded", "overwritten", "effect_key", "lease_until", "worker", "traces"}
)  # fmt: skip
SIGHTS = 2_000  # the latest; who has more asks the centre
JSON_NAME, SUMMARY_NAME = "du-lieu.json", "tom-tat.pdf"


def gather(session: Session, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return {table: rows} of everything held about a human, merged records too."""
    subject = subject_of(session, person_id)
    keys = erasing.rows_of(session, subject)
    found: dict[str, list[dict[str, Any]]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in keys:
            continue
        columns = [column for column in table.columns if _is_told(column)]
        key = next(iter(table.primary_key.columns))
        rows = session.execute(
            select(*columns).where(key.in_(keys[table.name])).order_by(key)
        ).all()
        told = [_row(columns, row) for row in rows]
        found[table.name] = [row for row in told if row]
    found["sight"] = _sights(session, subject.person_ids)
    return {name: rows for name, rows in found.items() if rows}


def _is_told(column: Column[Any]) -> bool:
    if column.name in WITHHELD or "blind" in column.info or column.primary_key:
        return False
    if declared(column) is None and column.name.endswith("_id"):
        return False
    return column.name not in ("key", "version", "epoch") and not _links(column)


def _links(column: Column[Any]) -> bool:
    return column.name.endswith("_id") and bool(column.foreign_keys)


def _row(columns: list[Column[Any]], row: Any) -> dict[str, Any]:
    return {
        column.name: _plain(value)
        for column, value in zip(columns, row, strict=True)
        if value not in (None, "", (), {}, [])
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return clock.local(value).isoformat(timespec="minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, uuid.UUID | bytes):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _sights(session: Session, person_ids: tuple[int, ...]) -> list[dict[str, Any]]:
    """Return who saw the person: when, how much, what for; staff by account number alone."""
    rows = session.scalars(
        select(Sight).where(Sight.person_id.in_(person_ids)).order_by(Sight.id.desc()).limit(SIGHTS)
    )
    return [
        {
            "at": _plain(row.at), "look": row.look.value, "fields": row.fields,
            "purpose": row.purpose,
        }
        for row in rows
    ]  # fmt: skip


def build(session: Session, person_id: int, *, named: str) -> tuple[bytes, int]:
    """Return the file for a person and how many rows are in it; `named` heads the summary.

    Reads in a transaction of its own, so that nobody waits while pages are set.
    """
    with transaction_kind(writing=False), Session(session.get_bind()) as own:
        found = gather(own, person_id)
        summary = _summary(own, found, named)
    now = clock.local(clock.now())
    data = {"made_at": now.isoformat(timespec="minutes"), "of": named, "tables": found}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(JSON_NAME, json.dumps(data, ensure_ascii=False, indent=2))
        archive.writestr(SUMMARY_NAME, summary)
    return out.getvalue(), sum(len(rows) for rows in found.values())


def note(session: Session, person_id: int, *, rows: int, by: Actor) -> None:
    """Write down that a copy was made."""
    record(session, by=by, action="copy-data", kind="person", subject_id=person_id, count=rows)


def _summary(session: Session, found: dict[str, list[dict[str, Any]]], named: str) -> bytes:
    sections = []
    for name, rows in found.items():
        for place, row in enumerate(rows[:50], start=1):
            title = table_label(name) + (f" ({place}/{len(rows)})" if len(rows) > 1 else "")
            lines = [(field_label(key), _words(value)) for key, value in row.items()]
            sections.append(reports.Section(title, rows=lines))
    lead = f"Của: {named}. Lập lúc {clock.local(clock.now()):%H:%M ngày %d/%m/%Y}."
    return reports.pdf(
        session, title="Bản sao dữ liệu cá nhân", lead=lead, sections=sections
    )  # fmt: skip


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{field_label(key)}: {_words(one)}" for key, one in value.items())
    return str(value)


def of_table(table: Table) -> list[str]:
    """Return the columns of a table that a person's copy holds."""
    return [column.name for column in table.columns if _is_told(column)]
