"""Triggers that mark a seeker's file as changed, whoever changes it and however.

A mark is a place on the database's own scale. SQLite has one writer at a time, so a counter row
serves. On PostgreSQL a counter would make writers wait for each other, and a sequence would be
read out of order (a later number can be committed first); the mark is therefore the id of the
writing transaction, and readers go on from the oldest one that was still running (`queries`).
"""

from __future__ import annotations

from sqlalchemy import Connection, text

# Which seekers a row of a table concerns; {row} is NEW or OLD.
CONCERNS = {
    "seeker": "SELECT {row}.id",
    "wish": "SELECT {row}.seeker_id",
    "qualification": "SELECT {row}.seeker_id",
    "skill_certificate": "SELECT {row}.seeker_id",
    "experience": "SELECT {row}.seeker_id",
    "language_skill": "SELECT {row}.seeker_id",
    # A merged file's introductions count for the one that stands for it.
    "referral": (
        "SELECT {row}.seeker_id AS id UNION SELECT s.id FROM seeker AS l "
        "JOIN person AS p ON p.id = l.person_id JOIN person AS q ON q.id = p.merged_into_id "
        "JOIN seeker AS s ON s.person_id = COALESCE(q.merged_into_id, q.id) "
        "WHERE l.id = {row}.seeker_id"
    ),
    "person": "SELECT id FROM seeker WHERE person_id = {row}.id",
    "consent": "SELECT id FROM seeker WHERE person_id = {row}.person_id",
}
_ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def install(connection: Connection) -> None:
    """Create the triggers; safe to run again (SQLite drops them when a table is rebuilt)."""
    make = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    for table, concern in CONCERNS.items():
        for verb, rows in _ROWS.items():
            make(connection, table, verb, [concern.format(row=row) for row in rows])


def _sqlite(connection: Connection, table: str, verb: str, selects: list[str]) -> None:
    name = f"match_{table}_{verb.lower()}"
    marks = "".join(
        "INSERT INTO match_change (seeker_id, mark) "
        f"SELECT s.id, (SELECT value FROM match_counter) FROM ({_named(select)}) AS s WHERE true "
        "ON CONFLICT (seeker_id) DO UPDATE SET mark = excluded.mark; "
        for select in selects
    )
    connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    connection.execute(
        text(
            f"CREATE TRIGGER {name} AFTER {verb} ON {table} BEGIN "
            f"UPDATE match_counter SET value = value + 1; {marks} END"
        )
    )


def _postgresql(connection: Connection, table: str, verb: str, selects: list[str]) -> None:
    name = f"match_{table}_{verb.lower()}"
    marks = "".join(
        "INSERT INTO match_change (seeker_id, mark) "
        f"SELECT s.id, pg_current_xact_id()::text::bigint FROM ({_named(select)}) AS s "
        "ON CONFLICT (seeker_id) DO UPDATE SET mark = excluded.mark; "
        for select in selects
    )
    connection.execute(
        text(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {marks} RETURN NULL; END $$"
        )
    )
    connection.execute(text(f"DROP TRIGGER IF EXISTS {name} ON {table}"))
    connection.execute(
        text(
            f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    )


def _named(select: str) -> str:
    return select if " FROM " in select else f"{select} AS id"
