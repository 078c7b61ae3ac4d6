"""Reading requests for accounts of firms, and the known firms that look like the one that asks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from jobcenter.accounts.choices import Right
from jobcenter.enterprises.choices import LIVE_REQUESTS, Likeness, RequestState
from jobcenter.enterprises.models import Enterprise, FirmRequest
from jobcenter.enterprises.names import bare_name, is_near, near_numbers, root
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice

MOST = 6
# Many firms write from these; sharing one says nothing.
OPEN_MAIL = frozenset({
    "gmail.com", "yahoo.com", "yahoo.com.vn", "hotmail.com", "outlook.com", "icloud.com",
    "live.com", "naver.com", "qq.com", "163.com",
})  # fmt: skip


@dataclass(frozen=True)
class LookAlike:
    """A known firm that looks like the one that asks, and why, the surest reason first."""

    enterprise: Enterprise
    reasons: tuple[Likeness, ...]


def visible_to(actor: Actor) -> Select[FirmRequest]:
    """Return the requests that `actor` may see: the centre all, a firm's administrators those
    that ask for it, an applicant their own.
    """
    found = select(FirmRequest)
    if actor.may(Right.ENTERPRISES_READ):
        return found
    if actor.may(Right.OWN_FIRM_USERS):
        return found.where(FirmRequest.enterprise_id.in_(actor.firm_ids))
    return found.where(FirmRequest.user_id == (actor.user_id or 0))


def one(session: Session, key: uuid.UUID, actor: Actor) -> FirmRequest:
    """Return one request, or refuse as if it were not there."""
    found = session.scalar(visible_to(actor).where(FirmRequest.key == key))
    if found is None:
        raise Missing
    return found


def own(session: Session, actor: Actor) -> FirmRequest | None:
    """Return the last request that the account sent, if it sent one."""
    return session.scalar(
        select(FirmRequest)
        .where(FirmRequest.user_id == (actor.user_id or 0))
        .order_by(FirmRequest.id.desc())
        .limit(1)
    )


def listed(
    session: Session, actor: Actor, *, state: RequestState | None, window: Slice
) -> Page[FirmRequest]:
    """Return one page of requests: those that wait the longest first, others the last first."""
    found = visible_to(actor)
    if state is not None:
        found = found.where(FirmRequest.state == state)
    total = session.scalar(
        select(func.count()).select_from(found.with_only_columns(FirmRequest.id).subquery())
    )
    is_live = state in LIVE_REQUESTS
    order = FirmRequest.sent_at if is_live else FirmRequest.sent_at.desc()
    rows = session.scalars(
        found.options(joinedload(FirmRequest.enterprise))
        .order_by(order, FirmRequest.id)
        .limit(window.size)
        .offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total or 0)


def waiting_for(session: Session, enterprise: Enterprise) -> Sequence[FirmRequest]:
    """Return the requests that ask to join the firm and have no answer yet, oldest first."""
    return session.scalars(
        select(FirmRequest)
        .where(
            FirmRequest.enterprise_id == enterprise.id,
            FirmRequest.state.in_(LIVE_REQUESTS),
        )
        .order_by(FirmRequest.sent_at, FirmRequest.id)
    ).all()


def counted(session: Session, actor: Actor) -> dict[RequestState, int]:
    """Return how many of the requests that `actor` sees are in each state."""
    states = visible_to(actor).with_only_columns(FirmRequest.state).subquery()
    rows = session.execute(select(states.c.state, func.count()).group_by(states.c.state))
    return dict.fromkeys(RequestState, 0) | {RequestState(state): n for state, n in rows}


def look_alikes(session: Session, request: FirmRequest) -> list[LookAlike]:
    """Return the known firms that may be the one that asks, the likest first, at most six."""
    columns = (Enterprise.id, Enterprise.name, Enterprise.tax_number, Enterprise.phone,
               Enterprise.email)  # fmt: skip
    asked = bare_name(request.firm_name)
    found: dict[int, tuple[Likeness, ...]] = {}
    for row in session.execute(select(*columns).order_by(Enterprise.id)):
        reasons = [*_by_number(request, row.tax_number), *_by_name(asked, row.name)]
        if row.phone and row.phone == request.phone:
            reasons.append(Likeness.SAME_PHONE)
        if _domain(row.email) and _domain(row.email) == _domain(request.email):
            reasons.append(Likeness.SAME_MAIL)
        if reasons:
            found[row.id] = tuple(sorted(reasons, key=list(Likeness).index))
    order = sorted(found, key=lambda n: (list(Likeness).index(found[n][0]), -len(found[n]), n))
    rows = session.scalars(select(Enterprise).where(Enterprise.id.in_(order[:MOST])))
    firms = {firm.id: firm for firm in rows}
    return [LookAlike(firms[n], found[n]) for n in order[:MOST]]


def _by_number(request: FirmRequest, number: str | None) -> list[Likeness]:
    if not number:
        return []
    if number == request.tax_number:
        return [Likeness.SAME_NUMBER]
    if root(number) == root(request.tax_number):
        return [Likeness.SAME_ROOT]
    return [Likeness.NEAR_NUMBER] if near_numbers(number, request.tax_number) else []


def _by_name(asked: str, name: str) -> list[Likeness]:
    bare = bare_name(name)
    if bare == asked:
        return [Likeness.SAME_NAME]
    return [Likeness.NEAR_NAME] if is_near(bare, asked) else []


def _domain(email: str | None) -> str:
    domain = (email or "").rpartition("@")[2].casefold().strip()
    return "" if domain in OPEN_MAIL else domain
