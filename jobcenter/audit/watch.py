"""Triggers that make ledger, sight log, their seals and the certificate register append-only.

On PostgreSQL each insert into a log also takes a shared lock until its transaction ends; sealing
takes the exclusive one for a moment, so that no row with a lower number can come after a seal.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

TABLES = ("ledger_entry", "sight", "seal", "certificate", "certificate_event")
SEALED = TABLES[:2]
ADVISORY = 7_302  # the first number of our advisory locks; the second names the log


def lock_number(table: str) -> int:
    """Return the second number of a log's advisory lock."""
    return SEALED.index(table) + 1


def install(connection: Connection) -> None:
    """Create the triggers; safe to run again (SQLite drops them when a table is rebuilt)."""
    there = inspect(connection)
    tables = [table for table in TABLES if there.has_table(table)]  # an older schema has fewer
    if connection.dialect.name == "sqlite":
        for table in tables:
            for verb in ("UPDATE", "DELETE"):
                name = f"{table}_no_{verb.lower()}"
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
                connection.execute(
                    text(
                        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                        "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
                    )
                )
        return
    connection.execute(
        text(
            "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = '23514'; END $$"
        )
    )
    for table in tables:
        connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}"))
        connection.execute(
            text(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
            )
        )
    for table in SEALED:
        name = f"{table}_joins"
        connection.execute(
            text(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"PERFORM pg_advisory_xact_lock_shared({ADVISORY}, {lock_number(table)}); "
                "RETURN NULL; END $$"
            )
        )
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name} ON {table}"))
        connection.execute(
            text(
                f"CREATE TRIGGER {name} BEFORE INSERT ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )
        )
