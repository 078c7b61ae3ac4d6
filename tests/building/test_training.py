"""A training copy is unmistakable on every page and paper, and nothing leaves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter.__main__ import NOT_INVENTED, prepare
from jobcenter.accounts.choices import Role
from jobcenter.config import Settings
from jobcenter.demo import load as demo
from jobcenter.documents.letterhead import head
from jobcenter.jobs.senders import FileSender, senders
from jobcenter.kernel import training
from jobcenter.papers.choices import PaperState, Unit
from jobcenter.papers.models import Paper
from tests.building.test_access import address, may, routes
from tests.support.client import Client

pytestmark = pytest.mark.building
OUTSIDE = {
    "mail_url": "smtp://mail.invalid", "sms_sender": "nowhere:nothing",
    "zalo_sender": "nowhere:nothing",
}  # fmt: skip


@pytest.fixture
def on(app: Flask) -> Iterator[None]:
    training.use(is_training=True)
    yield
    training.use(is_training=False)


@pytest.mark.parametrize("role", ["anonymous", Role.ADMINISTRATOR.value, Role.SEEKER.value])
def test_every_page_says_so(
    app: Flask, client: Client, on: None, make_user: Any, make_seeker: Any, role: str
) -> None:
    if role != "anonymous":
        person = make_seeker().person if role == Role.SEEKER else None
        client.sign_in_as(make_user(role, person=person))
    else:
        make_user(Role.COUNSELLOR)
    seen = 0
    for rule in routes(app):
        if "GET" not in (rule.methods or ()) or not may(app, rule.endpoint, role):
            continue
        answer = client.get(address(app, rule, {}))
        if answer.mimetype == "text/html" and answer.status_code in (200, 404):
            text = answer.get_data(as_text=True)
            assert 'class="training-bar"' in text, rule.rule
            assert "training" in client.page.html["class"], rule.rule
            assert "BẢN TẬP HUẤN" in text or "TRAINING COPY" in text, rule.rule
            seen += 1
    assert seen >= 4
    assert 'class="training-bar"' in client.get("/nowhere").get_data(as_text=True)


def test_a_real_installation_shows_nothing_of_it(client: Client, make_user: Any) -> None:
    client.sign_in_as(make_user(Role.ADMINISTRATOR))
    assert "training" not in client.get("/admin/users").get_data(as_text=True)


def test_papers_bear_the_mark(session: Session, on: None) -> None:
    paper = Paper(
        unit=Unit.CENTRE, kind="vacancy-sheet", state=PaperState.PRINTED, number=1, year=2026,
        shown="X-1", code="ABCDEFGHJKLM", issued_on=dt.date(2026, 11, 2), subject_kind="vacancy",
        subject_id=1, title="x", content={}, copies=1,
    )  # fmt: skip
    assert head(session, paper, address="").trang_thai == "BẢN TẬP HUẤN"
    training.use(is_training=False)
    assert head(session, paper, address="").trang_thai == ""


def test_nothing_leaves_it_whatever_else_is_set(tmp_path: Path) -> None:
    copy = Settings(instance=tmp_path, training=True, **OUTSIDE)
    assert not copy.sends_out
    assert all(isinstance(one, FileSender) for one in senders(copy).values())
    real = Settings(instance=tmp_path, mail_url="smtp://mail.invalid")
    assert real.sends_out
    assert not all(isinstance(one, FileSender) for one in senders(real).values())


def test_its_cookie_is_its_own(tmp_path: Path) -> None:
    names = {
        Settings(instance=tmp_path, training=copy, https=https).cookie
        for copy in (True, False)
        for https in (True, False)
    }
    assert len(names) == 4


def test_it_does_not_open_a_database_of_real_people(
    app: Flask, session: Session, make_person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not demo.has_real_people(session)
    make_person()
    assert demo.has_real_people(session)
    session.commit()
    settings: Settings = app.config["SETTINGS"]
    monkeypatch.setitem(app.config, "SETTINGS", settings.model_copy(update={"training": True}))
    with app.app_context(), pytest.raises(SystemExit) as refused:
        prepare(app)
    assert str(refused.value) == NOT_INVENTED
