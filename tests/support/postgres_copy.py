"""A working PostgreSQL database brought back to what it was, row by row, not file by file.

Copying a template database takes a checkpoint and a thousand files each time. Instead the rows of
the prepared database are kept in a schema of its own, statement triggers note which of the filled
tables were written to, an event trigger notes a change of the shape. `give_back` undoes the rows
and says no when the shape was changed: then the template is copied after all.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

# No key on `written`: two writers at once must not wait for each other because of the tests.
KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept.written (name text NOT NULL);
CREATE TABLE kept.filled (name text NOT NULL);
CREATE TABLE kept.numbered (name text NOT NULL, at bigint, called boolean NOT NULL);
CREATE FUNCTION kept.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO kept.written VALUES (TG_TABLE_NAME);
  RETURN NULL;
END $$;
CREATE FUNCTION kept.shape() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO kept.written VALUES ('the shape');
END $$;
DO $$
DECLARE
  one record;
  has_rows boolean;
BEGIN
  FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', one.name) INTO has_rows;
    CONTINUE WHEN NOT has_rows;
    INSERT INTO kept.filled VALUES (one.name);
    EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', 'of_' || one.name, one.name);
    EXECUTE format('CREATE TRIGGER kept_note AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE '
                   'ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION kept.note()', one.name);
    EXECUTE format('ALTER TABLE public.%I ENABLE ALWAYS TRIGGER kept_note', one.name);
  END LOOP;
  FOR one IN SELECT sequencename AS name, start_value, last_value FROM pg_sequences
             WHERE schemaname = 'public' LOOP
    INSERT INTO kept.numbered
    VALUES (one.name, coalesce(one.last_value, one.start_value), one.last_value IS NOT NULL);
  END LOOP;
END $$;
CREATE EVENT TRIGGER kept_shape ON ddl_command_end EXECUTE FUNCTION kept.shape();
CREATE EVENT TRIGGER kept_drops ON sql_drop EXECUTE FUNCTION kept.shape();
"""

# The role of a replica fires no trigger and checks no foreign key: the order does not matter.
GIVE_BACK = """
SET LOCAL session_replication_role = replica;
DO $$
DECLARE
  one record;
  has_rows boolean;
BEGIN
  FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'
             AND tablename NOT IN (SELECT name FROM kept.filled) LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', one.name) INTO has_rows;
    IF has_rows THEN
      EXECUTE format('DELETE FROM public.%I', one.name);
    END IF;
  END LOOP;
  FOR one IN SELECT DISTINCT name FROM kept.written LOOP
    EXECUTE format('DELETE FROM public.%I', one.name);
    EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE SELECT * FROM kept.%I',
                   one.name, 'of_' || one.name);
  END LOOP;
  PERFORM setval(format('public.%I', name)::regclass, at, called) FROM kept.numbered;
  DELETE FROM kept.written;
END $$;
"""


def keep(address: str) -> None:
    """Remember the rows of the prepared database at `address`."""
    with psycopg.connect(address) as connection:
        connection.execute(KEEP)


def give_back(address: str, name: str) -> bool:
    """Undo every row written since `keep`; False when that cannot be done."""
    others = sql.SQL(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = {} AND pid <> pg_backend_pid()"
    ).format(sql.Literal(name))
    try:
        with psycopg.connect(address) as connection:
            connection.execute(others)
            shape = "SELECT EXISTS (SELECT FROM kept.written WHERE name = 'the shape')"
            changed = connection.execute(shape).fetchone()
            if changed is None or changed[0]:
                return False
            connection.execute(GIVE_BACK)
    except psycopg.errors.UndefinedTable:
        return False
    return True
