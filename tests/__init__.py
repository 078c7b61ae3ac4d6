"""The tests. `python -m tests` runs them all on SQLite and on PostgreSQL."""
