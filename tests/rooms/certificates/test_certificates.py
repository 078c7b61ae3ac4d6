"""The register: one line per certificate, numbers without gaps, blanks used once, safety papers."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.catalogue.choices import Award
from jobcenter.certificates import blanks, queries, rules, safety
from jobcenter.certificates.choices import BlankState, Entry, OrderState
from jobcenter.certificates.models import Blank, Certificate, CertificateEvent, SafetyRecord
from jobcenter.courses.choices import Grade
from jobcenter.documents import rules as documents
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.db import prepare
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.papers import queries as papers
from jobcenter.papers.models import Paper
from jobcenter.teaching.models import Result
from tests.support.together import together

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
SEED = os.environ.get("JOBCENTER_SEED", "1")
ISSUERS = int(os.environ.get("JOBCENTER_ISSUERS", "12"))
ROUNDS = int(os.environ.get("JOBCENTER_CERTIFICATES", "24"))


@pytest.fixture
def engine(app: Flask) -> Iterator[Engine]:
    engine = create_engine(
        app.config["SQLALCHEMY_DATABASE_URI"], pool_size=max(24, ISSUERS), max_overflow=0,
        pool_timeout=300,
    )  # fmt: skip
    prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def passed(session: Session, make_enrolment: Make) -> Make:
    """passed(course, **columns): somebody who passed."""

    def make(course: Any, **columns: Any) -> Enrolment:
        row: Enrolment = make_enrolment(course=course, state="completed", **columns)
        session.add(
            Result(enrolment_id=row.id, average=75, grade=Grade.FAIR, is_passed=True,
                   decided_on=clock.today(), lines=[])
        )  # fmt: skip
        session.flush()
        return row

    return make


def stock_up(session: Session, count: int, first: str = "A 0101") -> None:
    blanks.receive(
        session, award=Award.CERTIFICATE, first=first.replace(" ", ""), count=count,
        on=clock.today(), receipt="12/PGH", by=BY,
    )  # fmt: skip


def test_blanks_are_received_used_spoiled_and_counted(session: Session) -> None:
    stock_up(session, 3)
    with pytest.raises(Refused):
        stock_up(session, 1)
    end = {"award": Award.CERTIFICATE, "state": BlankState.SPOILED, "by": BY}
    with pytest.raises(Refused):
        blanks.end(session, serial="A0101", reason=" ", **end)
    blanks.end(session, serial="a0101", reason="Rách", **end)
    with pytest.raises(Refused):
        blanks.end(session, serial="A0101", reason="Rách", **end)
    assert blanks.take_next(session, Award.CERTIFICATE, clock.today()).serial == "A0102"
    found = queries.stock(session)[Award.CERTIFICATE]
    assert [found[state] for state in BlankState] == [1, 1, 1, 0]
    with pytest.raises(Refused):
        blanks.count(session, award=Award.CERTIFICATE, counted=0, note="", by=BY)
    row = blanks.count(session, award=Award.CERTIFICATE, counted=0, note="Mất một tờ", by=BY)
    assert (row.counted, row.expected) == (0, 1)


def test_a_certificate_is_issued_once_and_its_register_is_append_only(
    session: Session, make_class: Make, passed: Make, make_enrolment: Make
) -> None:
    course = make_class()
    row = passed(course)
    with pytest.raises(Refused):
        rules.issue(session, enrolment=row, by=BY)  # no blank
    stock_up(session, 3)
    with pytest.raises(Refused):
        rules.issue(session, enrolment=make_enrolment(course=course), by=BY)  # not passed
    teacher = Actor(1, "x", "teacher", RIGHTS[Role.TEACHER])
    with pytest.raises(NotAllowed):
        rules.issue(session, enrolment=row, by=teacher)
    made = rules.issue(session, enrolment=row, by=BY)
    assert made.blank is not None
    assert made.blank.serial == "A0101"
    assert made.paper.shown.startswith("CCSC-")
    with pytest.raises(Refused):
        rules.issue(session, enrolment=row, by=BY)
    # again on another blank: the number stays
    number = made.paper.shown
    rules.write(session, certificate=made, kind=Entry.REISSUED, reason="Mất", by=BY)
    assert (made.blank.serial, made.paper.shown) == ("A0102", number)
    with pytest.raises(Refused):
        rules.write(session, certificate=made, kind=Entry.REVOKED, reason="Gian lận", by=BY)
    rules.write(
        session, certificate=made, kind=Entry.REVOKED, reason="Gian lận", decision="9/QĐ", by=BY
    )
    assert made.ended is not None
    found = papers.confirm(session, made.paper.code or "", clock.today())
    assert found is not None
    assert found.is_cancelled
    with pytest.raises(Refused):
        rules.write(session, certificate=made, kind=Entry.REISSUED, reason="x", by=BY)
    again = rules.issue(session, enrolment=row, by=BY)
    assert (again.turn, again.blank.serial) == (2, "A0103")
    session.commit()
    for table in ("certificate", "certificate_event"):
        for verb in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(DBAPIError), session.begin_nested():
                session.execute(text(verb))


def test_a_certificate_is_set_as_a_page_of_its_own(
    session: Session, make_class: Make, passed: Make
) -> None:
    course = make_class()
    stock_up(session, 2)
    made = [rules.issue(session, enrolment=passed(course), by=BY) for _n in range(2)]
    body = documents.pdf(session, [one.paper for one in made], address="https://x.vn/giay/")
    assert body.startswith(b"%PDF")
    assert body.count(b"/Type /Page\n") + body.count(b"/Type /Page ") in (0, 2)


def test_issuers_at_once_leave_no_gap_and_no_twin(
    engine: Engine, session: Session, make_class: Make, passed: Make
) -> None:
    """Some give up or are killed after their number was taken; some are asked for twice."""
    draw = random.Random(f"{SEED} certificates")
    course = make_class(places=500)
    rows = [passed(course).id for _n in range(ROUNDS)]
    more = ISSUERS + ROUNDS // 4
    stock_up(session, ROUNDS + more)
    session.commit()

    def issuer(enrolment_id: int, end: str) -> Any:
        def act(one: Session) -> None:
            rules.issue(one, enrolment=one.get_one(Enrolment, enrolment_id), by=BY)
            if end == "killed":  # the connection dies with its open transaction
                one.connection().invalidate()
            if end != "stays":
                raise Refused("thôi")

        return act

    acts = [issuer(row, "stays") for row in rows]
    ends = ("killed", "killed", "gives up", "gives up", "stays")
    acts += [issuer(draw.choice(rows), draw.choice(ends)) for _n in range(more)]
    draw.shuffle(acts)
    for first in range(0, len(acts), ISSUERS):
        answers = together(engine, acts[first : first + ISSUERS])
        odd = [one for one in answers if one and not isinstance(one, Refused)]
        assert not odd, odd[:3]
    session.expire_all()
    assert papers.gaps(session) == []
    numbers = session.scalars(select(Paper.number).where(Paper.kind == "certificate")).all()
    assert sorted(filter(None, numbers)) == list(range(1, ROUNDS + 1))
    assert session.scalar(select(func.count()).select_from(Certificate)) == ROUNDS
    used = select(func.count()).where(Blank.state == BlankState.USED)
    assert session.scalar(used) == ROUNDS
    with_blank = select(func.count()).where(CertificateEvent.blank_id.is_not(None))
    assert session.scalar(with_blank) == ROUNDS


@pytest.mark.parametrize(
    ("of", "months", "award"),
    [("safety-1", 24, Award.SAFETY_CERTIFICATE), ("safety-3", 24, Award.SAFETY_CARD),
     ("safety-4", 12, Award.SAFETY_BOOK)],
)  # fmt: skip
def test_each_group_gets_its_paper(
    session: Session, make_programme: Make, make_class: Make, make_enterprise: Make,
    make_user: Make, passed: Make, of: str, months: int, award: Award,
) -> None:  # fmt: skip
    firm, other = make_enterprise(), make_enterprise()
    programme = make_programme(type=of, modules=())
    today = clock.today()
    course = make_class(programme=programme, enterprise_id=firm.id, starts_on=today, ends_on=today)
    row = passed(course)
    assert safety.enter(session, course=course, learners=[row], by=BY) == 1
    assert safety.enter(session, course=course, learners=[row], by=BY) == 0
    entry = session.scalars(select(SafetyRecord)).one()
    assert (entry.award, entry.is_refresher, entry.enterprise_id) == (award, False, firm.id)
    assert entry.valid_to == dt.date(today.year + months // 12, today.month, today.day)
    held = queries.of_enrolments(session, [row.id])
    assert bool(held) == (award is Award.SAFETY_CERTIFICATE)
    mine = Actor(make_user("enterprise-user", enterprise=firm).id, "x", "enterprise-user",
                 RIGHTS[Role.ENTERPRISE_USER], enterprise_id=firm.id)  # fmt: skip
    theirs = Actor(None, "y", "enterprise-user", RIGHTS[Role.ENTERPRISE_USER],
                   enterprise_id=other.id)  # fmt: skip
    write = {"number": "07/2026", "on": today, "version": None}
    if award is Award.SAFETY_CARD:
        assert [one.id for one in queries.without_card(session, mine)] == [entry.id]
        with pytest.raises(NotAllowed):
            safety.write_card(session, entry=entry, by=theirs, **write)
        safety.write_card(session, entry=entry, by=mine, **write)
        assert queries.without_card(session, mine) == []
    # the list of 60, 30 and 0 days, and only for one's own people
    for days, window in ((60, 60), (30, 30), (-1, 0), (61, None)):
        entry.valid_to = today + dt.timedelta(days=days)
        entry.trained_on = today - dt.timedelta(days=400)
        session.flush()
        found = queries.running_out(session, mine, today)
        assert [queries.window_of(one, today) for one in found] == ([] if window is None
                                                                     else [window])  # fmt: skip
        assert queries.running_out(session, theirs, today) == []
    # trained again: the old one runs out no more, the new one is a refresher
    entry.valid_to = today
    second = passed(
        make_class(programme=programme, enterprise_id=firm.id, starts_on=today, ends_on=today),
        person=row.person,
    )
    safety.enter(session, course=second.course, learners=[second], by=BY)
    assert queries.running_out(session, mine, today) == []
    assert queries.records(session, [second.id])[second.id].is_refresher
    with pytest.raises(Missing):
        queries.one_record(session, entry.key, theirs)


def test_a_firm_orders_a_class_and_is_answered(
    session: Session, make_enterprise: Make, make_class: Make
) -> None:
    firm = make_enterprise()
    mine = Actor(None, "x", "enterprise-user", RIGHTS[Role.ENTERPRISE_USER], enterprise_id=firm.id)
    ask = {"enterprise_id": firm.id, "headcount": 40, "wanted_on": None, "note": "", "by": mine}
    with pytest.raises(Refused):
        safety.order(session, of="so-cap-1", **ask)
    asked = safety.order(session, of="safety-4", **ask)
    with pytest.raises(NotAllowed):
        safety.order(session, of="safety-4", **ask | {"enterprise_id": firm.id + 1})
    with pytest.raises(Refused):
        safety.answer(session, asked=asked, course=None, words="", version=None, by=BY)
    safety.answer(session, asked=asked, course=make_class(), words="", version=None, by=BY)
    assert asked.state is OrderState.PLANNED
    assert [one.id for one in queries.orders(session, mine)] == [asked.id]
