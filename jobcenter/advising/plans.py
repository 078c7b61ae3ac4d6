"""The action plan of a person: opening it, its steps, closing it; whose steps are due."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from jobcenter.accounts.choices import Right
from jobcenter.advising.choices import MOST_STEPS, Doer
from jobcenter.advising.models import ActionPlan, PlanStep
from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.people.models import Person
from jobcenter.people.queries import identities, stand_ins
from jobcenter.seekers.models import Seeker

FARTHEST = 366  # days ahead for which a step is planned


def visible_to(actor: Actor) -> Select[ActionPlan]:
    """Return the plans that `actor` may see: staff who read files all, a seeker their own."""
    found = select(ActionPlan)
    if actor.may(Right.SEEKERS_READ):
        return found
    return found.where(ActionPlan.person_id == (actor.person_id or 0))


def plans_of(session: Session, actor: Actor, person_ids: Sequence[int]) -> Sequence[ActionPlan]:
    """Return the plans of a human with their steps, the open one first, then the latest."""
    found = select(ActionPlan) if actor.person_id in person_ids else visible_to(actor)
    return session.scalars(
        found.where(ActionPlan.person_id.in_(person_ids))
        .options(selectinload(ActionPlan.steps))
        .order_by(ActionPlan.closed_on.is_not(None), ActionPlan.id.desc())
    ).all()


def one(session: Session, key: uuid.UUID, actor: Actor) -> ActionPlan:
    """Return one plan, or refuse as if it were not there."""
    row = session.scalar(visible_to(actor).where(ActionPlan.key == key))
    if row is None:
        raise Missing
    return row


def one_step(session: Session, key: uuid.UUID, actor: Actor) -> PlanStep:
    """Return one step of a plan that `actor` may see, or refuse."""
    plans = visible_to(actor).with_only_columns(ActionPlan.id)
    found = select(PlanStep).where(PlanStep.key == key, PlanStep.plan_id.in_(plans))
    row = session.scalar(found)
    if row is None:
        raise Missing
    return row


def open_plan(session: Session, *, person: Person, goal: str, by: Actor) -> ActionPlan:
    """Open a plan; refuses a second open one, whichever file it hangs on."""
    if not goal:
        raise Refused(N_("Ghi mục tiêu của kế hoạch."), field="goal")
    session.scalar(select(Person.id).where(Person.id == person.id).with_for_update())
    humans = identities(session, person.id)
    there = select(ActionPlan.id).where(
        ActionPlan.person_id.in_(humans), ActionPlan.closed_on.is_(None)
    )
    if session.scalar(there.limit(1)) is not None:
        raise Refused(N_("Đang có một kế hoạch. Kết thúc kế hoạch đó trước."), field="goal")
    row = ActionPlan(
        person_id=person.id, goal=goal, opened_on=clock.today(), by_id=by.user_id, steps=[]
    )
    session.add(row)
    session.flush()
    _note(session, row, "open-plan", by)
    return row


def change_goal(
    session: Session, *, plan: ActionPlan, goal: str, by: Actor, version: int | None = None
) -> None:
    """Say the goal in other words."""
    hold(session, plan, version)
    _require_open(plan)
    if not goal:
        raise Refused(N_("Ghi mục tiêu của kế hoạch."), field="goal")
    plan.goal = goal
    session.flush()
    _note(session, plan, "change-plan", by)


def add_step(
    session: Session, *, plan: ActionPlan, what: str, due_on: dt.date | None, doer: Doer, by: Actor
) -> PlanStep:
    """Add a step to an open plan."""
    hold(session, plan, None)
    _require_open(plan)
    if not what:
        raise Refused(N_("Ghi việc cần làm."), field="what")
    if due_on is not None and not plan.opened_on <= due_on <= latest_due():
        raise Refused(
            N_("Hạn từ %(first)s đến %(last)s."), field="due_on", first=plan.opened_on,
            last=latest_due(),
        )  # fmt: skip
    count = select(func.count(PlanStep.id)).where(
        PlanStep.plan_id == plan.id, PlanStep.ended_on.is_(None)
    )
    if (session.scalar(count) or 0) >= MOST_STEPS:
        raise Refused(N_("Nhiều nhất %(most)s bước đang làm."), field="what", most=MOST_STEPS)
    step = PlanStep(plan_id=plan.id, what=what, due_on=due_on, doer=doer)
    session.add(step)
    session.flush()
    session.expire(plan, ["steps"])
    _note(session, plan, "add-step", by)
    return step


def latest_due() -> dt.date:
    """Return the last day until which a step can be due."""
    return clock.today() + dt.timedelta(days=FARTHEST)


def end_step(session: Session, *, step: PlanStep, is_done: bool, by: Actor) -> None:
    """End a step as done or dropped; a second press changes nothing."""
    plan = session.get_one(ActionPlan, step.plan_id)
    hold(session, plan, None)
    session.refresh(step, with_for_update={"of": PlanStep})
    if step.ended_on is not None:
        return
    _require_open(plan)
    step.ended_on, step.is_done, step.ended_by_id = clock.today(), is_done, by.user_id
    session.flush()
    _note(session, plan, "end-step", by)


def close_plan(
    session: Session, *, plan: ActionPlan, is_reached: bool, by: Actor, version: int | None = None
) -> None:
    """Close a plan; what is still open in it is dropped."""
    hold(session, plan, version)
    _require_open(plan)
    today = clock.today()
    steps = select(PlanStep).where(PlanStep.plan_id == plan.id, PlanStep.ended_on.is_(None))
    for step in session.scalars(steps.order_by(PlanStep.id).with_for_update()):
        step.ended_on, step.is_done, step.ended_by_id = today, False, by.user_id
    plan.closed_on, plan.is_reached = today, is_reached
    session.flush()
    _note(session, plan, "close-plan", by)


def _require_open(plan: ActionPlan) -> None:
    if plan.closed_on is not None:
        raise Refused(N_("Kế hoạch này đã kết thúc."))


def _note(session: Session, plan: ActionPlan, action: str, by: Actor) -> None:
    record(session, by=by, action=action, kind="person", subject_id=plan.person_id)


@dataclass(frozen=True)
class DueStep:
    """A step that is due, with the file of its person."""

    step: PlanStep
    seeker: Seeker
    days_late: int


def due_steps(
    session: Session, *, user_id: int | None, until: dt.date, limit: int | None = None
) -> Sequence[DueStep]:
    """Return the open steps due by `until` that a counsellor leads, the most overdue first.

    Who leads is who is responsible for the file now, else who opened the plan; None is everybody.
    """
    merged = stand_ins()
    human = func.coalesce(merged.c.root_id, ActionPlan.person_id)
    found = (
        select(PlanStep, Seeker)
        .join(PlanStep.plan)
        .outerjoin(merged, merged.c.person_id == ActionPlan.person_id)
        .join(Seeker, Seeker.person_id == human)
        .join(Seeker.person)
        .options(contains_eager(Seeker.person))
        .where(
            PlanStep.ended_on.is_(None), ActionPlan.closed_on.is_(None), PlanStep.due_on <= until
        )
        .order_by(PlanStep.due_on, PlanStep.id)
    )
    if user_id is not None:
        found = found.where(func.coalesce(Seeker.responsible_id, ActionPlan.by_id) == user_id)
    rows = session.execute(found.limit(limit) if limit else found)
    today = clock.today()
    return [DueStep(step, seeker, (today - (step.due_on or today)).days) for step, seeker in rows]


def open_plans(session: Session) -> dict[int | None, int]:
    """Return how many open plans each counsellor leads."""
    merged = stand_ins()
    human = func.coalesce(merged.c.root_id, ActionPlan.person_id)
    lead = func.coalesce(Seeker.responsible_id, ActionPlan.by_id)
    rows = session.execute(
        select(lead, func.count())
        .select_from(ActionPlan)
        .outerjoin(merged, merged.c.person_id == ActionPlan.person_id)
        .join(Seeker, Seeker.person_id == human)
        .where(ActionPlan.closed_on.is_(None))
        .group_by(lead)
    )
    return {row[0]: row[1] for row in rows}
