"""Small random histories whose events lie at the edges of months, quarters and years."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import uuid
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from jobcenter.advising.choices import (
    ComplaintKind,
    ComplaintState,
    ComplaintWay,
    FeedbackAbout,
    FeedbackWay,
)
from jobcenter.advising.models import Complaint, Consultation, FeedbackAnswer, JobSession
from jobcenter.catalogue.models import ProgrammeTypeRule
from jobcenter.courses.models import PlanTarget, Programme, TrainingClass
from jobcenter.enrolments.choices import SEATED, EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock
from jobcenter.people.models import Person
from jobcenter.placements.choices import EndReason
from jobcenter.placements.models import Placement
from jobcenter.referrals.choices import LIVE, ReferralState, Verb
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import Vacancy, VacancyChange

READ = (Person, Seeker, Vacancy, VacancyChange, Referral, ReferralEvent, Placement, Consultation,
        JobSession, Complaint, FeedbackAnswer,
        Programme, TrainingClass, Enrolment, PlanTarget, ProgrammeTypeRule)  # fmt: skip
TYPES = ("under-3-months", "so-cap-1", "so-cap-2", "trung-cap", "partner", "upgrading",
         "safety-3", "safety-4")  # fmt: skip
ENDED = tuple(one for one in ReferralState if one not in LIVE)
HIRED = (ReferralState.HIRED, ReferralState.HIRE_CANCELLED)
COUNT = itertools.count(1)
EDGES = [
    dt.date(year, month, 1) + dt.timedelta(days=off)
    for year in (2019, 2020, 2021)
    for month in (1, 2, 3, 4, 7, 10, 12)
    for off in (-1, 0, 1)
] + [dt.date(2020, 2, 29), dt.date(2020, 6, 30)]
SECONDS = (0, 1, 43_200, 86_398, 86_399)


class History:
    """Writes one history into a session; `read` gives everything back as plain rows."""

    def __init__(self, session: Session, draw: random.Random) -> None:
        self.session, self.draw = session, draw

    def day(self) -> dt.date:
        return self.draw.choice(EDGES)

    def moment(self) -> dt.datetime:
        start = dt.datetime.combine(self.day(), dt.time(), clock.LOCAL)
        return start + dt.timedelta(seconds=self.draw.choice(SECONDS))

    def maybe(self, value: Any, share: float = 0.5) -> Any:
        return value if self.draw.random() < share else None

    def write(self) -> None:
        people = self._people()
        seekers = self._add(Seeker, [
            {"number": f"N{next(COUNT)}", "person_id": one, "registered_on": self.day(),
             "state": "looking"}
            for one in people[:5]
        ])  # fmt: skip
        firms = self._add(Enterprise, [
            {"name": f"Firm {n}", "folded": "firm", "standing": "approved"} for n in range(3)
        ])  # fmt: skip
        vacancies = self._vacancies(firms)
        placements = self._placements(seekers, firms, vacancies)
        self._referrals(seekers, vacancies, placements)
        self._add(Consultation, [
            {"day": self.day(), "person_id": self.maybe(self.draw.choice(people), 0.8),
             "channel": "phone", "struck_at": self.maybe(self.moment(), 0.15)}
            for _n in range(self.draw.randint(0, 9))
        ])  # fmt: skip
        self._add(JobSession, [
            {"day": self.day(), "kind": "regular", "place": "x",
             "attended": self.maybe(self.draw.randint(0, 90))}
            for _n in range(self.draw.randint(0, 4))
        ])  # fmt: skip
        self._voices(firms)
        self._school(people, firms)

    def _voices(self, firms: list[int]) -> None:
        rows = []
        for _n in range(self.draw.randint(0, 4)):
            state, received = self.draw.choice(list(ComplaintState)), self.day()
            is_over = state not in (ComplaintState.NEW, ComplaintState.AT_WORK)
            rows.append({
                "number": f"K{next(COUNT)}", "received_on": received, "due_on": received,
                "kind": self.draw.choice(list(ComplaintKind)), "way": ComplaintWay.PHONE,
                "enterprise_id": self.maybe(self.draw.choice(firms)), "state": state,
                "told": {}, "outcome": {}, "closed_on": self.day() if is_over else None,
            })  # fmt: skip
        self._add(Complaint, rows)
        months = self.draw.sample(EDGES, 2)
        self._add(FeedbackAnswer, [
            {"about": FeedbackAbout.VISIT, "way": FeedbackWay.LINK,
             "month": self.draw.choice(months).replace(day=1), "score": self.draw.randint(1, 5)}
            for _n in range(self.draw.choice((0, 9, 10, 15)))
        ])  # fmt: skip

    def read(self) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for table in READ:
            columns = table.__table__.columns
            rows = self.session.execute(select(*columns)).mappings()
            found[table.__tablename__] = [
                {column.key: _plain(row[column]) for column in columns} for row in rows
            ]
        return found

    def _add(self, table: Any, rows: list[dict[str, Any]]) -> list[int]:
        if not rows:
            return []
        keyed = "key" in table.__table__.columns
        rows = [({"key": uuid.uuid4()} if keyed else {}) | row for row in rows]
        statement = insert(table).returning(table.id, sort_by_parameter_order=True)
        return list(self.session.scalars(statement, rows))

    def _people(self) -> list[int]:
        ids: list[int] = []
        for _n in range(6):
            born = dt.date(self.draw.choice((1979, 1980, 1995, 1996)), 12, self.draw.randint(1, 31))
            known = self.draw.choice((True, True, False))
            row = {
                "full_name": "x", "birth_date": born if known else None,
                "birth_year": born.year if known else self.maybe(born.year),
                "sex": self.draw.choice(("male", "female", None)),
                "merged_into_id": self.maybe(self.draw.choice(ids), 0.35) if ids else None,
            }  # fmt: skip
            ids += self._add(Person, [row])
        return ids

    def _vacancies(self, firms: list[int]) -> list[int]:
        rows = []
        for _n in range(4):
            state = self.draw.choice(list(VacancyState))
            headcount = self.draw.randint(1, 4)
            no_firm = state is not VacancyState.OPEN and self.draw.random() < 0.1
            rows.append({
                "number": f"V{next(COUNT)}", "state": state, "registered_on": self.day(),
                "enterprise_id": None if no_firm else self.draw.choice(firms), "title": "x",
                "folded": "x", "headcount": headcount,
                "filled": headcount if state is VacancyState.FILLED else 0,
                "deadline": self.maybe(self.day(), 0.4),
            })  # fmt: skip
        ids = self._add(Vacancy, rows)
        for one in ids:
            self._add(VacancyChange, [
                {"vacancy_id": one, "at": self.moment(), "actor": "x", "action": "x",
                 "field": self.draw.choice(("state", "state", "headcount")),
                 "before": self.draw.choice(("open", "closed", "on-hold", "filled", "submitted")),
                 "after": "closed"}
                for _n in range(self.draw.randint(0, 2))
            ])  # fmt: skip
        return ids

    def _placements(self, seekers: list[int], firms: list[int], vacancies: list[int]) -> list[int]:
        rows, live = [], set()
        for _n in range(self.draw.randint(0, 6)):
            vacancy = self.maybe(self.draw.choice(vacancies), 0.7)
            seeker, start = self.draw.choice(seekers), self.day()
            ended = self.draw.random() < 0.7 or (vacancy, seeker) in live
            stayed = self.draw.choice((0, 1, 29, 30, 31, 89, 90, 91, 180, 181, 200, 365, 366))
            if not ended:
                live.add((vacancy, seeker))
            rows.append({
                "seeker_id": seeker, "enterprise_id": self.draw.choice(firms),
                "vacancy_id": vacancy, "started_on": start,
                "ended_on": start + dt.timedelta(days=stayed) if ended else None,
                "end_reason": self.draw.choice(list(EndReason)) if ended else None,
                "counts_to_headcount": vacancy is not None
                and (not ended or self.draw.random() < 0.5),
                "created_at": self.moment(),
            })  # fmt: skip
        return self._add(Placement, rows)

    def _referrals(self, seekers: list[int], vacancies: list[int], placements: list[int]) -> None:
        left = list(placements)
        for _n in range(self.draw.randint(0, 6)):
            state = self.draw.choice(ENDED)
            if state in HIRED and not left:
                state = ReferralState.REJECTED
            ids = self._add(Referral, [{
                "vacancy_id": self.draw.choice(vacancies), "seeker_id": self.draw.choice(seekers),
                "state": state, "ended_at": self.moment(),
                "sent_at": self.maybe(self.moment(), 0.8),
                "answered_at": self.maybe(self.moment()),
                "placement_id": left.pop() if state in HIRED else None,
            }])  # fmt: skip
            verbs = [Verb.SEND] if self.draw.random() < 0.8 else []
            others = (Verb.INTERVIEW, Verb.REJECT, Verb.HIRE, Verb.NO_SHOW, Verb.WITHDRAW)
            verbs += self.draw.sample(others, self.draw.randint(0, 2))
            self._add(ReferralEvent, [
                {"referral_id": ids[0], "at": self.moment(), "verb": verb.value,
                 "after": state, "hand": "centre", "actor": "x"}
                for verb in verbs
            ])  # fmt: skip

    def _school(self, people: list[int], firms: list[int]) -> None:
        self._add(PlanTarget, [
            {"year": year, "type": of, "target": self.draw.choice((0, 1, 3, 7, 40))}
            for year in (2019, 2020, 2021)
            for of in self.draw.sample(TYPES, self.draw.randint(0, 3))
        ])  # fmt: skip
        for of in self.draw.sample(TYPES, 4):
            programme = self._add(Programme, [
                {"code": f"P{next(COUNT)}", "type": of, "name_vi": "x", "folded": "x",
                 "partner": "x" if of == "partner" else ""}
            ])  # fmt: skip
            state = self.draw.choice(("planned", "enrolling", "running", "closed", "cancelled"))
            start = self.day()
            course = self._add(TrainingClass, [
                {"code": f"C{next(COUNT)}", "name": "x", "folded": "x",
                 "programme_id": programme[0], "state": state, "starts_on": start,
                 "ends_on": start + dt.timedelta(days=self.draw.choice((1, 30, 60))), "places": 20,
                 "funding": "self-paid", "cancel_reason": "x" if state == "cancelled" else "",
                 "enterprise_id": self.maybe(self.draw.choice(firms))}
            ])  # fmt: skip
            self._enrolments(course[0], people, firms)

    def _enrolments(self, course: int, people: list[int], firms: list[int]) -> None:
        rows = []
        for person in self.draw.sample(people, self.draw.randint(0, 5)):
            state = self.draw.choice([*EnrolState, EnrolState.COMPLETED, EnrolState.COMPLETED])
            offered = state is EnrolState.OFFERED
            rows.append({
                "number": f"E{next(COUNT)}", "person_id": person, "class_id": course,
                "state": state, "holds_seat": state in SEATED, "source": "counter",
                "enterprise_id": self.maybe(self.draw.choice(firms), 0.3),
                "offer_until": self.moment() if offered else None,
                "ended_on": self.maybe(self.day()), "funding": "self-paid",
            })  # fmt: skip
        self._add(Enrolment, rows)


def _plain(value: Any) -> Any:
    """Return an enum as its value."""
    return getattr(value, "value", value)
