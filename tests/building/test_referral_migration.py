"""The referrals that firms had asked for before the table of states keep what they say."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from jobcenter.kernel.db import db
from tests.building.test_migrations import empty_app

__all__ = ["empty_app"]
pytestmark = pytest.mark.building
DAY = "'2026-03-04 08:00:00'"
EARLIER = f"""
INSERT INTO person (id, key, full_name, search, name_key, sort, created_at, changed_at, version)
VALUES (1, '{"1" * 32}', 'Bùi Thị Hạnh', ' bui thi hanh', '', '', {DAY}, {DAY}, 1);
INSERT INTO seeker (id, key, number, person_id, registered_on, state, other_it, skills, note,
    created_at, changed_at, version)
VALUES (1, '{"2" * 32}', 'HS-2026-00001', 1, '2026-03-01', 'looking', '', '', '', {DAY}, {DAY}, 1);
INSERT INTO vacancy (id, key, number, state, registered_on, title, folded, headcount, filled,
    description, requirement, field, skills, place, contact_name, firm_as_written, source,
    import_notes, sent_back_for, created_at, changed_at, version)
VALUES (1, '{"3" * 32}', 'YC-2026-0001', 'draft', '2026-03-01', 'May', 'may', 4, 0, '', '', '', '',
    '', '', '', '', '', '', {DAY}, {DAY}, 1),
    (2, '{"4" * 32}', 'YC-2026-0002', 'draft', '2026-03-01', 'May', 'may', 4, 0, '', '', '', '',
    '', '', '', '', '', '', {DAY}, {DAY}, 1);
INSERT INTO referral (id, key, vacancy_id, seeker_id, state, asked_at, note, created_at,
    changed_at, version)
VALUES (5, '{"5" * 32}', 1, 1, 'asked', {DAY}, '', {DAY}, {DAY}, 1),
    (6, '{"6" * 32}', 2, 1, 'declined', {DAY}, 'đã có việc', {DAY}, '2026-03-09 08:00:00', 2)
"""


def test_asks_and_noes_are_kept_with_their_events(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade(revision="0031")
        with db.engine.begin() as connection:
            for statement in EARLIER.split(";"):
                connection.execute(text(statement))
        upgrade()
        with db.engine.begin() as connection:
            rows = connection.execute(
                text("SELECT state, note, ended_at IS NULL FROM referral ORDER BY id")
            ).all()
            told = connection.execute(
                text("SELECT referral_id, verb, after FROM referral_event ORDER BY id")
            ).all()
        assert [tuple(row) for row in rows] == [("asked", "", 1), ("declined", "đã có việc", 0)]
        assert [tuple(row) for row in told] == [
            (5, "ask", "asked"), (6, "ask", "asked"), (6, "decline", "declined"),
        ]  # fmt: skip
        downgrade(revision="0031")
        with db.engine.begin() as connection:
            states = connection.execute(text("SELECT state FROM referral ORDER BY id")).scalars()
            assert list(states) == ["asked", "declined"]
        db.engine.dispose()
