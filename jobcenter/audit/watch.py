"""Triggers that make the ledger and the sight log append-only for everybody."""

from __future__ import annotations

from sqlalchemy import Connection, text

TABLES = ("ledger_entry", "sight")


def install(connection: Connection) -> None:
    """Create the triggers; safe to run again (SQLite drops them when a table is rebuilt)."""
    if connection.dialect.name == "sqlite":
        for table in TABLES:
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
    for table in TABLES:
        connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}"))
        connection.execute(
            text(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
            )
        )
