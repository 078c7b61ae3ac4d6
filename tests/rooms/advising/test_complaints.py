"""Complaints are followed to an end and counted; how a step was is said once and without a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.advising import complaints, feedback
from jobcenter.advising.choices import (
    COMPLAINT_MOVES,
    FEEDBACK_SAMPLE,
    ComplaintKind,
    ComplaintState,
    ComplaintWay,
    FeedbackAbout,
    FeedbackWay,
)
from jobcenter.advising.models import Complaint, FeedbackAnswer, FeedbackInvite
from jobcenter.audit.models import LedgerEntry
from jobcenter.catalogue.queries import working_days_after
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, NotAllowed, NotImpartial, Refused, Stale
from jobcenter.kernel.moves import MoveRefused
from jobcenter.kernel.paging import Slice
from jobcenter.notices.models import Notice
from jobcenter.settings import rules as settings
from tests.support.together import together

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
TODAY = clock.today()


def complain(session: Session, by: Actor = BY, **more: Any) -> Complaint:
    given = {"kind": ComplaintKind.FEE, "way": ComplaintWay.COUNTER, "text": "Đòi 2 triệu đặt cọc"}
    return complaints.record_complaint(session, by=by, **given | more)


@pytest.fixture
def by(make_user: Make) -> Actor:
    user = make_user()
    return Actor(user.id, user.name, user.role, RIGHTS[user.role])


def test_a_complaint_goes_from_new_to_an_end_and_back(
    session: Session, by: Actor, make_seeker: Make
) -> None:
    row = complain(session, person=make_seeker().person)
    assert row.number == f"KN-{TODAY.year}-0001"
    assert row.due_on == working_days_after(session, TODAY, 10)
    complaints.add_note(session, complaint=row, text="Gọi công ty\nkhông ai nghe", by=by)
    assert (row.state, row.owner_id) == (ComplaintState.AT_WORK, by.user_id)
    with pytest.raises(Refused) as refused:
        complaints.move(session, complaint=row, verb="settle", outcome=" ", by=by)
    assert refused.value.field == "outcome"
    version = row.version
    complaints.move(session, complaint=row, verb="settle", outcome="Đã trả tiền", by=by)
    assert (row.state, row.closed_on) == (ComplaintState.SETTLED, TODAY)
    with pytest.raises(Stale):
        complaints.move(session, complaint=row, verb="reopen", by=by, version=version)
    with pytest.raises(MoveRefused):
        complaints.move(session, complaint=row, verb="take", by=by)
    complaints.move(session, complaint=row, verb="reopen", by=by)
    assert (row.state, row.closed_on) == (ComplaintState.AT_WORK, None)
    assert complaints.notes_of(session, row)[0].text["text"].startswith("Gọi")


@pytest.mark.parametrize("state", list(ComplaintState))
@pytest.mark.parametrize("verb", list(COMPLAINT_MOVES.table))
def test_every_cell_of_the_table(
    session: Session, by: Actor, state: ComplaintState, verb: str
) -> None:
    row = complain(session)
    for way in {"at-work": ("take",), "settled": ("settle",), "unfounded": ("dismiss",),
                "passed-on": ("pass-on",)}.get(state.value, ()):  # fmt: skip
        complaints.move(session, complaint=row, verb=way, outcome="x", by=by)
    assert row.state is state
    if verb in COMPLAINT_MOVES.verbs(state):
        complaints.move(session, complaint=row, verb=verb, outcome="x", by=by)
        assert row.state is COMPLAINT_MOVES.table[verb][1]
    else:
        with pytest.raises(MoveRefused):
            complaints.move(session, complaint=row, verb=verb, outcome="x", by=by)


def test_a_person_complains_for_themselves_and_reads_only_their_own(
    session: Session, by: Actor, make_seeker: Make, make_user: Make, make_enterprise: Make
) -> None:
    mine, other, firm = make_seeker(), make_seeker(), make_enterprise()
    account = make_user(Role.SEEKER, person=mine.person)
    me = Actor(account.id, "x", "seeker", RIGHTS[Role.SEEKER], person_id=mine.person_id)
    own = complain(session, me, person=mine.person, way=ComplaintWay.OWN_PAGE)
    with pytest.raises(NotAllowed):
        complain(session, me, person=other.person)
    theirs = complain(session, person=other.person, enterprise=firm)
    assert complaints.one(session, own.key, me) is own
    with pytest.raises(Missing):
        complaints.one(session, theirs.key, me)
    with pytest.raises(NotAllowed):
        complaints.add_note(session, complaint=own, text="x", by=me)
    partial = Actor(by.user_id, by.name, by.role, by.rights, partial_to=frozenset({firm.id}))
    with pytest.raises(Missing):
        complaints.one(session, theirs.key, partial)
    with pytest.raises(NotImpartial):
        complaints.move(session, complaint=theirs, verb="take", by=partial)
    page = complaints.listed(session, partial, is_open=True, window=Slice())
    assert [row.id for row in page.items] == [own.id]


def test_what_cannot_be_is_refused_and_what_was_told_is_sealed(session: Session) -> None:
    for wrong in ({"text": ""}, {"text": "x" * 4_001}, {"received_on": TODAY + dt.timedelta(1)},
                  {"received_on": TODAY - dt.timedelta(400)}):  # fmt: skip
        with pytest.raises(Refused):
            complain(session, **wrong)
    row = complain(session)
    raw = session.execute(text("SELECT told FROM complaint WHERE id = :id"), {"id": row.id})
    assert "Đòi".encode() not in bytes(raw.scalar_one())
    assert row.told == {"text": "Đòi 2 triệu đặt cọc"}


def test_complaints_are_counted_by_kind_open_and_late(session: Session, by: Actor) -> None:
    for kind in (ComplaintKind.FEE, ComplaintKind.FEE, ComplaintKind.DISCRIMINATION):
        complain(session, kind=kind)
    late = complain(session, received_on=TODAY - dt.timedelta(days=40))
    done = complain(session)
    complaints.move(session, complaint=done, verb="dismiss", outcome="x", by=by)
    found = complaints.counted(session, TODAY - dt.timedelta(days=60), TODAY)
    assert found[ComplaintKind.FEE] == complaints.Count(4, 3, 1)
    assert found[ComplaintKind.DISCRIMINATION] == complaints.Count(1, 1, 0)
    assert found[ComplaintKind.OTHER] == complaints.Count(0, 0, 0)
    assert complaints.due(session, by, until=TODAY)[0] is late


def test_an_answer_uses_the_link_up_and_nothing_leads_back_to_who_gave_it(
    session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker()
    token, until = feedback.invite(session, about=FeedbackAbout.VISIT, way=FeedbackWay.LINK)
    send = {"about": FeedbackAbout.VISIT, "person_id": seeker.person_id, "link": "x"}
    assert [feedback.send(session, until=until, **send) for _n in range(2)] == [True, False]  # type: ignore[arg-type]
    asked = {"about": FeedbackAbout.VISIT, "person_id": seeker.person_id}
    assert not feedback.may_ask(session, **asked)  # type: ignore[arg-type]
    with clock.frozen(clock.now() + dt.timedelta(days=93)):
        assert feedback.may_ask(session, **asked)  # type: ignore[arg-type]
    before = session.scalar(select(func.count(LedgerEntry.id)))
    for score in (0, 6):
        with pytest.raises(Refused):
            feedback.answer(session, token=token, score=score)
    feedback.answer(session, token=token, score=4, words="Nhanh")
    with pytest.raises(Missing):
        feedback.answer(session, token=token, score=1)
    assert session.scalars(select(FeedbackInvite)).all() == []
    row = session.scalars(select(FeedbackAnswer)).one()
    assert (row.score, row.month.day) == (4, 1)
    assert session.scalar(select(func.count(LedgerEntry.id))) == before
    columns = set(FeedbackAnswer.__table__.c.keys()) | set(FeedbackInvite.__table__.c.keys())
    assert not {"person_id", "user_id", "created_at", "at"} & columns
    assert token not in str([n.effect_key for n in session.scalars(select(Notice))])


def test_a_link_is_over_after_its_days_and_the_next_one_sweeps_it(session: Session) -> None:
    token, until = feedback.invite(session, about=FeedbackAbout.CLASS, way=FeedbackWay.LINK)
    assert feedback.invited(session, token).about is FeedbackAbout.CLASS
    with clock.frozen(clock.now() + dt.timedelta(days=15)):
        assert clock.today() > until
        for act in (lambda: feedback.invited(session, token),
                    lambda: feedback.answer(session, token=token, score=3)):  # fmt: skip
            with pytest.raises(Missing):
                act()
        feedback.invite(session, about=FeedbackAbout.VISIT, way=FeedbackWay.COUNTER)
    assert [one.about for one in session.scalars(select(FeedbackInvite))] == [FeedbackAbout.VISIT]


def test_of_many_answers_by_one_link_one_counts(app: Flask, session: Session) -> None:
    token, _until = feedback.invite(session, about=FeedbackAbout.VISIT, way=FeedbackWay.LINK)
    session.commit()
    with app.app_context():
        engine = db.engine

    def act(own: Session) -> None:
        feedback.answer(own, token=token, score=5)

    answers = together(engine, [act] * 6)
    assert sum(one is None for one in answers) == 1, answers
    assert all(one is None or isinstance(one, Missing) for one in answers), answers
    assert session.scalar(select(func.count(FeedbackAnswer.id))) == 1


def test_few_answers_tell_no_score(session: Session) -> None:
    settings.change(session, of=FEEDBACK_SAMPLE, text="4", valid_from=TODAY, by=BY)
    for score in (5, 4, 3):
        token, _until = feedback.invite(session, about=FeedbackAbout.VISIT, way=FeedbackWay.LINK)
        feedback.answer(session, token=token, score=score)
    few = feedback.counted(session, TODAY, TODAY)
    assert few[FeedbackAbout.VISIT] == feedback.Score(3, None, None)
    token, _until = feedback.invite(session, about=FeedbackAbout.VISIT, way=FeedbackWay.COUNTER)
    feedback.answer(session, token=token, score=5)
    enough = feedback.counted(session, TODAY, TODAY)
    assert enough[FeedbackAbout.VISIT] == feedback.Score(4, 4.2, 75)
    assert enough[FeedbackAbout.CLASS] == feedback.Score(0, None, None)
