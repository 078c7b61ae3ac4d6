"""Two roles on PostgreSQL: the owner migrates, the application's role can only work with rows.

The application's role owns nothing: it cannot change or drop tables, nor switch a trigger off; on
append-only tables it may read and add, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

WORK = "SELECT, INSERT, UPDATE, DELETE"


def grant(
    connection: Connection, *, role: str, password: str | None, append_only: Iterable[str]
) -> None:
    """Make `role` if there is none, and give it what the application needs and no more.

    To be run by the owner, again after each migration; running it twice changes nothing.
    """
    name = connection.dialect.identifier_preparer.quote(role)
    known = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
    if not known:
        _run(connection, f"CREATE ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
    if password is not None:
        # a statement that makes roles takes no parameters: the server quotes the text itself
        quoted = connection.scalar(text("SELECT quote_literal(:word)"), {"word": password})
        _run(connection, f"ALTER ROLE {name} PASSWORD {quoted}")
    database = connection.scalar(text("SELECT quote_ident(current_database())"))
    tables = ", ".join(append_only)
    for statement in (
        f"GRANT CONNECT ON DATABASE {database} TO {name}",
        f"REVOKE CREATE ON DATABASE {database} FROM {name}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}",
        f"GRANT {WORK} ON ALL TABLES IN SCHEMA public TO {name}",
        f"REVOKE UPDATE, DELETE ON {tables} FROM {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {WORK} ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {name}",
    ):
        _run(connection, statement)


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement.replace("%", "%%"))
