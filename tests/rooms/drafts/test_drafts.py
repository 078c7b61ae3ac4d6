"""Drafts: sealed, one's own, bounded, and gone after their days."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from jobcenter.drafts import queries, rules
from jobcenter.drafts.choices import KEEP_DAYS, MOST_DRAFTS, MOST_LETTERS, DraftKind
from jobcenter.drafts.models import Draft
from jobcenter.kernel import clock
from jobcenter.kernel.actor import NOBODY, Actor
from jobcenter.kernel.errors import Missing, Refused

Make = Callable[..., Any]
TYPED = {"full_name": ["Nguyễn Thị  Hương"], "shifts": ["office", "night"], "note": ["a\nb\x00"]}


@pytest.fixture
def by(make_user: Make) -> Actor:
    return acting(make_user())


def acting(user: Any) -> Actor:
    return Actor(user_id=user.id, name=user.name, role=user.role)


def keep(session: Session, by: Actor, key: uuid.UUID | None = None, **more: list[str]) -> Draft:
    return rules.keep(
        session, key=key or uuid.uuid4(), kind=DraftKind.INTAKE, title="Hương",
        values=TYPED | more, by=by,
    )  # fmt: skip


def test_a_draft_comes_back_as_it_was_and_is_sealed(session: Session, by: Actor) -> None:
    key = keep(session, by).key
    keep(session, by, key, phone=["0912"])
    session.commit()
    session.expire_all()
    drafts = queries.own(session, by, DraftKind.INTAKE)
    assert [draft.payload for draft in drafts] == [TYPED | {"phone": ["0912"]}]
    assert queries.one(session, key, by).title == "Hương"
    stored = session.execute(text("SELECT title, payload FROM draft")).one()
    for column in stored:
        assert "Hương".encode() not in bytes(column)
        assert b"0912" not in bytes(column)


def test_a_draft_is_its_owners_alone(session: Session, by: Actor, make_user: Make) -> None:
    key, other = keep(session, by).key, acting(make_user())
    assert queries.own(session, other, DraftKind.INTAKE) == []
    with pytest.raises(Missing):
        queries.one(session, key, other)
    with pytest.raises(Missing):
        keep(session, other, key)
    assert not rules.discard(session, key=key, by=other)
    with pytest.raises(Missing):
        keep(session, NOBODY)
    assert rules.discard(session, key=key, by=by)
    assert queries.find(session, key, by) is None


def test_too_many_and_too_long_are_refused_and_nothing_is_pushed_out(
    session: Session, by: Actor
) -> None:
    keys = [keep(session, by).key for _n in range(MOST_DRAFTS)]
    with pytest.raises(Refused, match=str(MOST_DRAFTS)):
        keep(session, by)
    keep(session, by, keys[0])
    with pytest.raises(Refused, match="dài"):
        keep(session, by, keys[0], note=["x" * MOST_LETTERS])
    assert len(queries.own(session, by, DraftKind.INTAKE)) == MOST_DRAFTS


def test_lone_surrogates_do_not_break_a_draft(session: Session, by: Actor) -> None:
    assert keep(session, by, note=["a\ud800b"]).payload["note"] == ["ab"]


def test_old_drafts_are_gone_at_once_and_swept_by_a_command(
    app: Flask, session: Session, by: Actor
) -> None:
    key = keep(session, by).key
    young = keep(session, by).key
    session.get_one(Draft, queries.one(session, key, by).id).saved_at = clock.now() - dt.timedelta(
        days=KEEP_DAYS, minutes=1
    )
    session.commit()
    assert queries.find(session, key, by) is None
    session.commit()
    told = app.test_cli_runner().invoke(args=["drafts", "sweep"])
    assert told.output.startswith("1 "), told.exception
    session.expire_all()
    assert [row.key for row in session.query(Draft)] == [young]
