"""A change that began earlier and is committed later is not missed."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from jobcenter.kernel.db import db
from jobcenter.matching.index import IndexHolder
from jobcenter.seekers.models import Seeker
from tests.support.databases import kind


def skills(held: IndexHolder, session: Session, seeker: Seeker) -> str:
    profile = held.fresh(session).index.get(str(seeker.id))
    assert profile is not None
    return profile.skills


@pytest.mark.skipif(kind() == "sqlite", reason="SQLite has one writer at a time")
def test_of_two_overlapping_writers_the_later_may_commit_first(
    app: Flask, session: Session, make_seeker: Any, tmp_path: Any
) -> None:
    first, second = make_seeker(skills="cũ"), make_seeker(skills="cũ")
    session.commit()
    held = IndexHolder(tmp_path)
    with app.app_context():
        engine = db.engine
    assert skills(held, session, first) == "cũ"
    with Session(engine) as early, Session(engine) as late:
        early.execute(update(Seeker).where(Seeker.id == first.id).values(skills="sớm"))
        late.execute(update(Seeker).where(Seeker.id == second.id).values(skills="muộn"))
        late.commit()
        assert skills(held, session, second) == "muộn"
        assert skills(held, session, first) == "cũ"
        early.commit()
        assert skills(held, session, first) == "sớm"
    assert skills(held, session, second) == "muộn"


def test_a_rolled_back_change_leaves_no_trace(
    app: Flask, session: Session, make_seeker: Any, tmp_path: Any
) -> None:
    seeker = make_seeker(skills="cũ")
    session.commit()
    held = IndexHolder(tmp_path)
    seeker.skills = "chưa chắc"
    session.flush()
    assert skills(held, session, seeker) == "cũ"
    session.rollback()
    assert skills(held, session, seeker) == "cũ"
