"""Runs the migrations on the application's own engine, on SQLite and PostgreSQL alike."""

import importlib
import importlib.util
import pkgutil

from alembic import context
from flask import current_app
from sqlalchemy import inspect, types

import jobcenter
from jobcenter.audit import watch as ledger_watch
from jobcenter.kernel.db import Base, transaction_kind
from jobcenter.matching import watch as match_watch

# Every room's tables, whether or not the application happens to import them.
for _room in pkgutil.iter_modules(jobcenter.__path__):
    if _room.ispkg and importlib.util.find_spec(f"jobcenter.{_room.name}.models"):
        importlib.import_module(f"jobcenter.{_room.name}.models")


def plain_type(kind, item, _autogen_context):
    """Write our column types into migrations as what the database sees."""
    if kind != "type" or not isinstance(item, types.TypeDecorator):
        return False
    impl = item.impl
    if isinstance(impl, types.Text):
        return "sa.Text()"
    if isinstance(impl, types.String):
        return f"sa.String({impl.length})"
    if isinstance(impl, types.DateTime):
        return "sa.DateTime(timezone=True)"
    return "sa.LargeBinary()"


def run() -> None:
    """Upgrade or downgrade; SQLite copies a table to change it (batch mode).

    While a table is copied others still point at it, so SQLite's foreign keys sleep meanwhile (the
    switch does nothing inside a transaction) and are checked as a whole at the end. Triggers of
    other tables that read it are not looked at before the copy bears its name.
    """
    engine = current_app.extensions["migrate"].db.engine
    is_sqlite = engine.dialect.name == "sqlite"
    with transaction_kind(writing=True), engine.connect() as connection:
        if is_sqlite:
            connection.connection.execute("PRAGMA foreign_keys=OFF")
            connection.connection.execute("PRAGMA legacy_alter_table=ON")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=plain_type,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        # Rebuilding a table on SQLite drops its triggers: put them back after every run.
        if inspect(connection).has_table("match_change"):
            connection.rollback()
            ledger_watch.install(connection)
            match_watch.install(connection)
            connection.commit()
        if is_sqlite:
            lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            connection.rollback()
            connection.connection.execute("PRAGMA legacy_alter_table=OFF")
            connection.connection.execute("PRAGMA foreign_keys=ON")
            if lost:
                raise RuntimeError(f"rows that point nowhere after the migration: {lost[:5]}")


run()
