"""Whatever hangs on a person or a file is read for a merged one too, and apart after the undoing.

Every table with a link to a person or a file must say here how it is read. A new one fails this
test until it does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.accounts.models import User
from jobcenter.advising import appointments, complaints, journal, plans
from jobcenter.advising.choices import (
    AppointmentState,
    ComplaintKind,
    ComplaintWay,
    VisitState,
)
from jobcenter.advising.counts import last_contacts
from jobcenter.advising.models import ActionPlan, Appointment, Consultation, Visit
from jobcenter.advising.queries import last_visits
from jobcenter.audit.choices import Look
from jobcenter.audit.models import Sight
from jobcenter.audit.queries import histories
from jobcenter.audit.rules import record
from jobcenter.audit.seen import seen
from jobcenter.courses.choices import ClassState
from jobcenter.courses.models import Programme, TrainingClass
from jobcenter.enrolments import queries as enrolments
from jobcenter.enrolments.choices import EnrolState, Source
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.db import Base
from jobcenter.kernel.events import Human
from jobcenter.kernel.paging import Slice
from jobcenter.matching.choices import Audience, Unsuitable
from jobcenter.matching.documents import introductions
from jobcenter.matching.events import events as listed
from jobcenter.matching.models import Recommendation, SetAside
from jobcenter.matching.queries import set_aside_list
from jobcenter.notices.choices import CallState, NoticeState
from jobcenter.notices.models import Call, Notice
from jobcenter.notices.queries import calls, questions
from jobcenter.notices.templates import TEMPLATES
from jobcenter.papers.choices import PaperState, Unit
from jobcenter.papers.models import Paper
from jobcenter.papers.queries import of_subject
from jobcenter.people.choices import CONSENT_SHEET, CONSENT_TEXT_VERSION, Purpose, Way
from jobcenter.people.models import Consent, Person
from jobcenter.people.queries import agreed, consents, identities
from jobcenter.placements.models import Placement
from jobcenter.placements.queries import hired, is_there, of_vacancy
from jobcenter.privacy import queries as privacy
from jobcenter.privacy.choices import Asked, Came, RequestState
from jobcenter.privacy.models import DataRequest
from jobcenter.referrals.choices import ReferralState
from jobcenter.referrals.models import Referral
from jobcenter.referrals.queries import asked, in_process, vacancies_of
from jobcenter.seekers import merging, queries
from jobcenter.seekers.choices import Paper as Paper_
from jobcenter.seekers.dossier import dossier
from jobcenter.seekers.models import DossierItem, Seeker
from jobcenter.vacancies.models import Vacancy

Make = Callable[..., Any]
BY = Actor(user_id=None, name="Trần Thu Hà", role="counsellor")
ALL = system("test", EVERYTHING)


@dataclass
class Town:
    """Two files of one person, and a vacancy to hang things on."""

    session: Session
    stays: Seeker
    goes: Seeker
    vacancy: Vacancy


# How a row that hangs on the file that goes is made, and whether the file that stays shows it.
Event = tuple[Callable[[Town], object], Callable[[Town], bool]]


def _consent(town: Town) -> object:
    return Consent(
        person_id=town.goes.person_id, purpose=Purpose.STATISTICS, way=Way.PHONE,
        text_version=CONSENT_TEXT_VERSION,
    )  # fmt: skip


def _shows_consent(town: Town) -> bool:
    told = Purpose.STATISTICS in agreed(town.session, town.stays.person_id)
    listed = {one.purpose for one in consents(town.session, town.stays.person_id)}
    assert told == (Purpose.STATISTICS in listed)
    return told


def _shows_referral(town: Town) -> bool:
    signs = {
        town.vacancy.id in vacancies_of(town.session, town.stays),
        town.stays.id in in_process(town.session, town.vacancy.id),
        town.stays in [one.seeker for one in asked(town.session, ALL, Slice(1, 20)).items],
        introductions(town.session, [town.stays.id]) == {town.stays.id: 1},
    }
    assert len(signs) == 1, signs
    return signs.pop()


def _visit(town: Town) -> object:
    return Visit(
        day=dt.date(2026, 11, 2), number=1, person_id=town.goes.person_id, state=VisitState.DONE,
        ended_at=clock.now(),
    )  # fmt: skip


def _paper(town: Town) -> object:
    return Paper(
        kind=CONSENT_SHEET.code, unit=Unit.CENTRE, state=PaperState.DRAFT, subject_kind="person",
        subject_id=town.goes.person_id, person_id=town.goes.person_id, title="Phiếu", content={},
    )  # fmt: skip


def _papers(town: Town) -> bool:
    ids = identities(town.session, town.stays.person_id)
    return bool(of_subject(town.session, kind="person", subject_ids=ids))


def _notice(town: Town) -> Notice:
    template = next(code for code, one in TEMPLATES.items() if one.question)
    return Notice(
        effect_key="ask", template=template, person_id=town.goes.person_id, params={},
        state=NoticeState.WAITING,
    )  # fmt: skip


def _called(town: Town) -> Seeker | None:
    people = [call.person_id for call in calls(town.session, window=Slice(1, 9)).items]
    return queries.of_people(town.session, ALL, people).get(people[0])


def _human(town: Town) -> Human:
    ids = identities(town.session, town.stays.person_id)
    return Human(ids, queries.files_of(town.session, town.stays))


def _enrolment(town: Town) -> Enrolment:
    programme = Programme(code="SC-1", type="so-cap-1", name_vi="Điện", name_en="Electricity",
                          folded="dien")  # fmt: skip
    town.session.add(programme)
    town.session.flush()
    course = TrainingClass(
        code="LOP-1", name="Điện K1", folded="dien k1", programme_id=programme.id,
        state=ClassState.ENROLLING, starts_on=DAY, ends_on=DAY, places=30, taken=1,
        weekdays=("0",), starts_at=dt.time(18), ends_at=dt.time(20), session_hours=2,
        funding="self-paid",
    )  # fmt: skip
    town.session.add(course)
    town.session.flush()
    return Enrolment(
        number="HV-2026-00001", person_id=town.goes.person_id, class_id=course.id,
        state=EnrolState.ENROLLED, holds_seat=True, source=Source.COUNTER, funding="self-paid",
        enrolled_on=DAY,
    )  # fmt: skip


DAY = dt.date(2026, 11, 3)
EVENTS: dict[str, Event] = {
    "consent": (_consent, _shows_consent),
    "referral": (
        lambda town: Referral(
            vacancy_id=town.vacancy.id, seeker_id=town.goes.id, state=ReferralState.ASKED
        ),
        _shows_referral,
    ),
    "set_aside": (
        lambda town: SetAside(
            vacancy_id=town.vacancy.id, seeker_id=town.goes.id, reason=next(iter(Unsuitable))
        ),
        lambda town: (
            [seeker for _mark, seeker in set_aside_list(town.session, town.vacancy)] == [town.stays]
        ),
    ),
    "visit": (_visit, lambda town: bool(last_visits(town.session, [town.stays.person_id]))),
    "paper": (_paper, _papers),
    "ledger_entry": (
        lambda town: record(
            town.session, by=BY, action="move-seeker", kind="seeker", subject_id=town.goes.id
        ),
        lambda town: any(
            line.action == "move-seeker"
            for line in histories(
                town.session, {"seeker": queries.files_of(town.session, town.stays)}
            )
        ),
    ),
}
EVENTS |= {
    "sight": (
        lambda town: Sight(user_id=None, person_id=town.goes.person_id, look=Look.FILE, fields="",
                           purpose=""),
        lambda town: bool(seen(town.session, identities(town.session, town.stays.person_id))),
    ),
    "notice": (
        _notice,
        lambda town: bool(
            questions(town.session, identities(town.session, town.stays.person_id))
        ),
    ),
    "call": (
        lambda town: Call(notice=_notice(town), person_id=town.goes.person_id,
                          state=CallState.OPEN),
        lambda town: _called(town) is town.stays,
    ),
    "placement": (
        lambda town: Placement(
            seeker_id=town.goes.id, enterprise_id=town.vacancy.enterprise_id,
            vacancy_id=town.vacancy.id, started_on=dt.date(2026, 11, 2), counts_to_headcount=True,
        ),
        lambda town: (
            list(hired(town.session, town.vacancy.id)) == [town.stays.id]
            and is_there(town.session, town.vacancy, town.stays)
            and of_vacancy(town.session, town.vacancy, ALL)[0].seeker is town.stays
        ),
    ),
    "consultation": (
        lambda town: Consultation(day=DAY, channel="phone", person_id=town.goes.person_id),
        lambda town: (
            len(journal.of_people(
                town.session, ALL, identities(town.session, town.stays.person_id), 5
            )) == 1
            and last_contacts(town.session, [town.stays.person_id])
            == {town.stays.person_id: DAY}
        ),
    ),
    "complaint": (
        lambda town: complaints.record_complaint(
            town.session, kind=ComplaintKind.FEE, way=ComplaintWay.PHONE, text="x", by=ALL,
            person=town.session.get_one(Person, town.goes.person_id),
        ),
        lambda town: bool(complaints.of_people(
            town.session, ALL, identities(town.session, town.stays.person_id)
        )),
    ),
    "action_plan": (
        lambda town: ActionPlan(person_id=town.goes.person_id, goal="Làm may", opened_on=DAY),
        lambda town: (
            [one.goal for one in plans.plans_of(
                town.session, ALL, identities(town.session, town.stays.person_id)
            )] == ["Làm may"]
            and sum(plans.open_plans(town.session).values()) == 1
        ),
    ),
    "appointment": (
        lambda town: Appointment(
            person_id=town.goes.person_id, starts_at=clock.now(), channel="phone",
            state=AppointmentState.BOOKED,
            user=User(login="tv", name="Hà", role=Role.COUNSELLOR, password_hash="-"),
        ),
        lambda town: bool(appointments.of_people(
            town.session, ALL, identities(town.session, town.stays.person_id), 5
        )),
    ),
    "enrolment": (
        _enrolment,
        lambda town: bool(enrolments.of_person(town.session, ALL, town.stays.person_id)),
    ),
    "data_request": (
        lambda town: DataRequest(
            number="QL-2026-00001", person_id=town.goes.person_id, asked=Asked.COPY,
            came=next(iter(Came)), state=next(iter(RequestState)), received_on=DAY, reply_by=DAY,
            due_on=DAY,
        ),
        lambda town: bool(
            privacy.own(town.session, identities(town.session, town.stays.person_id))
        ),
    ),
    "dossier_item": (
        lambda town: DossierItem(seeker_id=town.goes.id, paper=Paper_.CV, has=True),
        lambda town: dossier(town.session, town.stays)[Paper_.CV].has is True,
    ),
    "recommendation": (
        lambda town: Recommendation(
            audience=Audience.COUNSELLOR, seeker_id=town.goes.id, version="1", query={}, settings={}
        ),
        lambda town: bool(listed(town.session, _human(town), 5)),
    ),
}  # fmt: skip
# What a file holds: chosen from, part by part, when two become one; see test_merging.
VALUES = {"seeker"} | {
    str(Seeker.__mapper__.relationships[name].target.name) for name in merging.LISTS
}
OTHER = {
    "application": "read through its enrolments, never by person",
    "erasure": "of somebody who is gone; merged records go together",
    "retention_due": "found by the last contact of every record of a human: privacy.retention",
    "safety_record": "a firm's list of its workers; the person is shown by the name on the card",
    "support_item": "a line of a payment sheet, read through its enrolment",
    "person": "the pointer itself",
    "person_merge": "the merges themselves: queries.merges_of",
    "seeker_merge": "the merges themselves: queries.merges_of",
    "suspected_pair": "names two records on purpose",
    "match_change": "the scale of changes; triggers mark the file that stays",
    "match_document": "kept by content for stored lists; nobody reads it by person",
    "recommendation_item": "a line of a list as it left; matching.queries.shown_line follows",
}


def test_every_table_about_a_person_says_how_it_is_read_after_a_merge() -> None:
    linked = {
        table.name
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in ("person_id", "seeker_id")
        or {key.column.table.name for key in column.foreign_keys} & {"person", "seeker"}
    }
    silent = linked - set(EVENTS) - VALUES - set(OTHER)
    assert not silent, f"say in EVENTS how these are read for a merged person: {sorted(silent)}"
    assert set(EVENTS) | VALUES | set(OTHER) <= set(Base.metadata.tables)


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_what_happened_shows_after_a_merge_and_leaves_with_it(
    session: Session, make_seeker: Make, make_vacancy: Make, kind: str
) -> None:
    town, third = Town(session, make_seeker(), make_seeker(), make_vacancy()), make_seeker()
    write, shows = EVENTS[kind]
    row = write(town)
    if row is not None:
        session.add(row)
    session.flush()
    rows = session.scalar(select(func.count()).select_from(Base.metadata.tables[kind]))
    assert not shows(town)
    made = []
    for survivor, loser in ((third, town.goes), (town.stays, third)):  # by way of a third
        seen = merging.stamp(survivor, loser)
        made.append(
            merging.merge(session, survivor=survivor, loser=loser, picks={}, seen=seen, by=BY)
        )
    assert shows(town)
    for one in reversed(made):
        merging.undo(session, made=one, by=BY)
    session.expire_all()
    assert not shows(town)
    if kind not in ("ledger_entry", "sight"):
        again = session.scalar(select(func.count()).select_from(Base.metadata.tables[kind]))
        assert again == rows  # nothing was copied, moved or lost
