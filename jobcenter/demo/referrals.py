"""A year of introductions: whom the centre put forward, what the firms answered and when.

Rows are written in bulk with the days on which things happened. Whoever is in a job came there by
a referral; the others were refused, stepped back, stayed away, or wait for an answer now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from jobcenter.accounts.models import User
from jobcenter.demo.draw import Draw, Table
from jobcenter.kernel import clock
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.models import Person
from jobcenter.people.queries import agrees_to
from jobcenter.placements.models import Placement
from jobcenter.referrals.choices import ANSWERS, LIVE, REASONS, Hand, ReferralState, Verb
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.seekers.choices import AVAILABLE, FileState
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import Vacancy

S, V = ReferralState, Verb
MOST = 1_100  # introductions of the year, besides those that led to a job
ANSWER, VALID = dt.timedelta(days=7), dt.timedelta(days=30)
ENDS = Table(
    [
        (V.REJECT, 34), (V.NO_SHOW, 14), (V.WITHDRAW, 14), (V.EXPIRE, 16), (V.SUPERSEDE, 8),
        (V.STOP, 5), (V.DECLINE, 9),
    ]
)  # fmt: skip
WAYS = Table([(Way.COUNTER, 5), (Way.PHONE, 4), (Way.PAPER, 1)])
_PUBLISHED = (VacancyState.OPEN, VacancyState.FILLED, VacancyState.CLOSED, VacancyState.ON_HOLD)
_AFTER = {
    "ask": S.ASKED, "draft": S.DRAFTED, V.PROPOSE: S.PROPOSED, V.CONSENT: S.CONSENTED,
    V.SEND: S.SENT, V.SEE: S.SEEN, V.INVITE: S.INVITED, V.INTERVIEW: S.INTERVIEWED,
    V.HIRE: S.HIRED, V.REJECT: S.REJECTED, V.NO_SHOW: S.NO_SHOW, V.WITHDRAW: S.WITHDRAWN,
    V.EXPIRE: S.NO_ANSWER, V.SUPERSEDE: S.SUPERSEDED, V.STOP: S.STOPPED, V.DECLINE: S.DECLINED,
}  # fmt: skip


@dataclass
class Story:
    """One referral being told: its columns so far, and its events."""

    vacancy: Vacancy
    seeker_id: int
    people: tuple[User, str]  # the counsellor, and who speaks for the firm
    now: dt.datetime
    columns: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    state: ReferralState | None = None

    def then(self, verb: str, at: dt.datetime, hand: Hand, **more: Any) -> bool:
        """Tell the next step; say whether it lies in the past, else nothing is told any more."""
        if at > self.now:
            return False
        after = _AFTER[verb]
        counsellor, firm = self.people
        by_centre = hand is Hand.CENTRE
        self.events.append(
            {
                "at": at, "verb": str(verb), "before": self.state, "after": after, "hand": hand,
                "user_id": counsellor.id if by_centre else None,
                "actor": counsellor.name if by_centre else firm if hand is Hand.FIRM else "",
                "reason": more.get("reason"), "note": "",
                "slot_at": more.get("slot_at"), "slot_place": more.get("slot_place", ""),
            }
        )  # fmt: skip
        self.state = after
        self._fill(verb, at, more)
        return True

    def _fill(self, verb: str, at: dt.datetime, more: dict[str, Any]) -> None:
        day, columns = clock.local(at).date(), self.columns
        moment = {"ask": "asked_at", V.SEND: "sent_at", V.SEE: "seen_at"}.get(verb)
        if moment:
            columns[moment] = at
        if verb in (V.PROPOSE, V.CONSENT, V.SEND):
            columns |= {"valid_to": day + VALID, "answer_by": None}
        if verb == V.CONSENT:
            columns |= {"agreed_at": at, "agreed_by_id": self.people[0].id} | more["yes"]
        elif verb == V.SEND:
            columns["answer_by"] = day + ANSWER
        elif verb == V.INVITE:
            slot = clock.local(more["slot_at"]).date()
            columns |= {"interview_at": more["slot_at"], "interview_place": more["slot_place"]}
            columns |= {"answer_by": slot + ANSWER, "valid_to": slot + VALID}
        if verb in ANSWERS:
            columns.setdefault("answered_at", at)
        columns["reason"] = more.get("reason")
        columns["ended_at"] = None if self.state in LIVE else at


def write(session: Session, *, seed: int, today: dt.date, counsellor: User, firm_id: int) -> None:
    """Write the year; `firm_id` is the firm with an account, which gets people to answer."""
    told = Teller(session, seed, today, counsellor)
    told.of_jobs()
    told.for_the_firm(firm_id)
    told.for_the_person()
    told.of_the_year()
    told.write()


class Teller:
    """Draws the stories and keeps the pairs apart."""

    def __init__(self, session: Session, seed: int, today: dt.date, counsellor: User) -> None:
        self.session, self.today, self.counsellor = session, today, counsellor
        self.draw = Draw(f"{seed}-referrals")
        self.now = dt.datetime.combine(today, dt.time(7, 30), clock.LOCAL)
        self.stories: list[Story] = []
        self.pairs: set[tuple[int, int]] = set()
        self.busy: dict[int, int] = {}
        self.jobs = session.scalars(
            select(Vacancy)
            .where(Vacancy.state.in_(_PUBLISHED), Vacancy.enterprise_id.is_not(None))
            .order_by(Vacancy.id)
        ).all()
        self.people = self._people()

    def _people(self) -> Sequence[int]:
        """Return who agreed to be introduced and still looks, the first of the register."""
        return self.session.scalars(
            select(Seeker.id)
            .join(Person, Person.id == Seeker.person_id)
            .where(
                Seeker.state.in_(AVAILABLE - {FileState.NEW}),
                func.coalesce(Person.merged_into_id, 0) == 0,
                agrees_to(Purpose.INTRODUCE),
                Person.user_id.is_(None),
            )
            .order_by(Seeker.id)
            .limit(600)
        ).all()

    def begin(self, job: Vacancy, seeker_id: int) -> Story | None:
        """Begin the story of a pair, None where it has one."""
        pair = (job.id, seeker_id)
        if pair in self.pairs:
            return None
        self.pairs.add(pair)
        story = Story(job, seeker_id, (self.counsellor, "Nhân sự"), self.now)
        self.stories.append(story)
        return story

    def at(self, day: dt.date) -> dt.datetime:
        """Return an hour of that working day."""
        hour = self.draw.between(8, 16)
        return dt.datetime.combine(day, dt.time(hour, self.draw.below(60)), clock.LOCAL)

    def later(self, moment: dt.datetime, low: int, high: int) -> dt.datetime:
        """Return an hour so many days on; on the same day a little later."""
        days = self.draw.between(low, high)
        if days == 0:
            return moment + dt.timedelta(minutes=self.draw.between(4, 40))
        return self.at(clock.local(moment).date() + dt.timedelta(days=days))

    def of_jobs(self) -> None:
        """Tell how those who are in a job came there."""
        rows = self.session.scalars(
            select(Placement).where(Placement.ended_on.is_(None)).order_by(Placement.id)
        )
        jobs = {job.id: job for job in self.jobs}
        for placement in rows:
            job = jobs.get(placement.vacancy_id or 0)
            story = self.begin(job, placement.seeker_id) if job else None
            if story is None:
                continue
            self.sent(story, placement.started_on - dt.timedelta(days=self.draw.between(9, 20)))
            slot = self.at(placement.started_on - dt.timedelta(days=self.draw.between(3, 6)))
            self.invited(story, slot - dt.timedelta(days=2), slot)
            story.then(V.INTERVIEW, slot + dt.timedelta(hours=3), Hand.FIRM)
            story.columns["placement_id"] = placement.id
            story.then(V.HIRE, slot + dt.timedelta(hours=5), Hand.FIRM)

    def sent(self, story: Story, day: dt.date) -> dt.datetime | None:
        """Tell the way to the firm; return when it was sent, None where it lies ahead."""
        begun = self.at(day)
        if self.draw.chance(30):
            story.then("ask", begun, Hand.FIRM)
        else:
            story.then("draft", begun, Hand.CENTRE)
            story.columns["drafted_by_id"] = self.counsellor.id
        way = self.draw.of(WAYS)
        proof = "" if way is Way.COUNTER else f"Ghi ngày {day:%d/%m/%Y}"
        agreed = self.later(begun, 0, 1)
        if way is not Way.COUNTER and not story.then(V.PROPOSE, begun, Hand.CENTRE):
            return None
        yes = {"agreed_way": way, "agreed_evidence": proof}
        if not story.then(V.CONSENT, agreed, Hand.CENTRE, yes=yes):
            return None
        sent = agreed + dt.timedelta(minutes=3)
        return sent if story.then(V.SEND, sent, Hand.CENTRE) else None

    def invited(self, story: Story, at: dt.datetime, slot: dt.datetime) -> bool:
        """Tell that the firm opened its list and set an interview."""
        story.then(V.SEE, at - dt.timedelta(minutes=20), Hand.FIRM)
        place = story.vacancy.place or "Phòng nhân sự"
        return story.then(V.INVITE, at, Hand.FIRM, slot_at=slot, slot_place=place)

    def for_the_firm(self, firm_id: int) -> None:
        """Give the firm with an account people to answer and an hour to keep."""
        mine = [
            job for job in self.jobs
            if job.enterprise_id == firm_id and job.state is VacancyState.OPEN
        ]  # fmt: skip
        if not mine:
            return
        job = max(mine, key=lambda one: (one.headcount - one.filled, -one.id))
        slot = dt.datetime.combine(self.today + dt.timedelta(days=2), dt.time(8, 30), clock.LOCAL)
        for n, seeker_id in enumerate(self.draw.some(self.people, 34)):
            story = self.begin(job, seeker_id)
            sent = self.sent(story, self.today - dt.timedelta(days=4)) if story else None
            if story is None or sent is None:
                continue
            self.busy[seeker_id] = self.busy.get(seeker_id, 0) + 1
            if n < 8:
                self.invited(story, self.now - dt.timedelta(days=1), slot)
            elif n < 12:
                story.then(V.REJECT, self.now - dt.timedelta(days=1), Hand.FIRM, reason="skill")

    def for_the_person(self) -> None:
        """Ask the person with an account about one place, and let another firm invite them."""
        mine = self.session.scalar(
            select(Seeker.id)
            .join(Person, Person.id == Seeker.person_id)
            .where(Person.user_id.is_not(None), agrees_to(Purpose.INTRODUCE))
            .order_by(Seeker.id)
            .limit(1)
        )
        jobs = [job for job in self.jobs if job.state is VacancyState.OPEN][:2]
        if mine is None or len(jobs) < 2:
            return
        asked, met = (self.begin(job, mine) for job in jobs)
        if asked is not None:
            asked.columns["drafted_by_id"] = self.counsellor.id
            asked.then("draft", self.now - dt.timedelta(hours=16), Hand.CENTRE)
            asked.then(V.PROPOSE, self.now - dt.timedelta(hours=15), Hand.CENTRE)
        slot = dt.datetime.combine(self.today + dt.timedelta(days=1), dt.time(14), clock.LOCAL)
        if met is not None and self.sent(met, self.today - dt.timedelta(days=5)):
            self.invited(met, self.now - dt.timedelta(days=1), slot)

    def of_the_year(self) -> None:
        """Tell the introductions that led to no job, or to none yet."""
        if not self.people or not self.jobs:
            return
        for _n in range(min(MOST, 2 * len(self.people))):
            job, seeker_id = self.draw.pick(self.jobs), self.draw.pick(self.people)
            is_fresh = self.draw.chance(22) and job.state is VacancyState.OPEN
            if is_fresh and self.busy.get(seeker_id, 0) > 1:
                continue
            story = self.begin(job, seeker_id)
            if story is None:
                continue
            old = max((self.today - job.registered_on).days, 0)
            ago = self.draw.between(0, min(8, old)) if is_fresh else self.draw.between(0, old)
            self.tell(story, self.today - dt.timedelta(days=ago), is_fresh=is_fresh)
            if story.state in LIVE:
                self.busy[seeker_id] = self.busy.get(seeker_id, 0) + 1

    def tell(self, story: Story, day: dt.date, *, is_fresh: bool) -> None:
        """Tell one introduction to its end, or as far as it has come today."""
        end = self.draw.of(ENDS)
        if end is V.DECLINE or (is_fresh and self.draw.chance(30)):
            begun = self.at(day)
            story.then("ask", begun, Hand.FIRM)
            if not is_fresh and not story.then(V.DECLINE, self.later(begun, 0, 2), Hand.CENTRE):
                return
            return
        sent = self.sent(story, day)
        if sent is None:
            return
        self.answered(story, sent, end)
        if story.state in LIVE and not is_fresh and story.state is not S.INVITED:
            over = sent + VALID + dt.timedelta(days=1)
            story.then(V.EXPIRE, over, Hand.CLOCK)

    def answered(self, story: Story, sent: dt.datetime, end: Verb) -> None:
        """Tell what firm and person did, by how it ended."""
        codes = [code for code, one in REASONS.items() if one.verb is end]
        reason = self.draw.pick(codes) if codes else None
        answer = self.later(sent, 1, 9)
        if end is V.EXPIRE:
            if self.draw.chance(60):
                story.then(V.SEE, answer, Hand.FIRM)
            story.then(V.EXPIRE, sent + VALID + dt.timedelta(days=1), Hand.CLOCK)
        elif end in (V.WITHDRAW, V.SUPERSEDE, V.STOP):
            hand = {V.WITHDRAW: Hand.SEEKER, V.SUPERSEDE: Hand.CLOCK}.get(end, Hand.CENTRE)
            story.then(end, answer, hand, reason=reason)
        elif end is V.REJECT and self.draw.chance(40):
            story.then(V.SEE, answer - dt.timedelta(minutes=30), Hand.FIRM)
            story.then(V.REJECT, answer, Hand.FIRM, reason=reason)
        else:
            slot = self.later(answer, 2, 5)
            if self.invited(story, answer, slot) and end is V.NO_SHOW:
                story.then(V.NO_SHOW, slot + dt.timedelta(hours=4), Hand.FIRM)
            elif story.then(V.INTERVIEW, slot + dt.timedelta(hours=4), Hand.FIRM):
                story.then(
                    V.REJECT, self.later(slot, 1, 4), Hand.FIRM, reason=reason or "interview"
                )

    def write(self) -> None:
        """Put the stories into the database, rows first, then their events."""
        told = [story for story in self.stories if story.state is not None]
        names = sorted({name for story in told for name in story.columns})
        rows = [
            dict.fromkeys(names)
            | story.columns
            | {
                "vacancy_id": story.vacancy.id, "seeker_id": story.seeker_id,
                "state": story.state, "note": "",
                "created_at": story.events[0]["at"], "changed_at": story.events[-1]["at"],
                "agreed_evidence": story.columns.get("agreed_evidence", ""),
                "interview_place": story.columns.get("interview_place", ""),
            }
            for story in told
        ]  # fmt: skip
        if not rows:
            return
        ids = self.session.scalars(
            insert(Referral).returning(Referral.id, sort_by_parameter_order=True), rows
        ).all()
        events = [
            event | {"referral_id": row_id}
            for row_id, story in zip(ids, told, strict=True)
            for event in story.events
        ]
        self.session.execute(insert(ReferralEvent), sorted(events, key=lambda one: one["at"]))
