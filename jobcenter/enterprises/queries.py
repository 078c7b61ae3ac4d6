"""Reading enterprises, scoped to who asks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.accounts.models import User
from jobcenter.enterprises.choices import Standing
from jobcenter.enterprises.models import Enterprise, Member
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_


@dataclass(frozen=True)
class EnterpriseFilter:
    """What a list of enterprises is narrowed to."""

    text: str = ""
    park: str | None = None
    standing: Standing | None = None


def enterprise_of(session: Session, user_id: int) -> int | None:
    """Return the firm that a user acts for."""
    return session.scalar(select(Member.enterprise_id).where(Member.user_id == user_id))


def visible_to(actor: Actor) -> Select[Enterprise]:
    """Return the firms that `actor` may see: staff all, a firm's users their own."""
    if actor.may(Right.ENTERPRISES_READ):
        return select(Enterprise)
    return select(Enterprise).where(Enterprise.id == (actor.enterprise_id or 0))


def one(session: Session, key: uuid.UUID, actor: Actor) -> Enterprise:
    """Return one firm, or refuse as if it were not there."""
    return _or_missing(session.scalar(visible_to(actor).where(Enterprise.key == key)))


def own(session: Session, actor: Actor) -> Enterprise:
    """Return the firm of the user who is signed in."""
    found = visible_to(actor).where(Enterprise.id == (actor.enterprise_id or 0))
    return _or_missing(session.scalar(found))


def _or_missing(row: Enterprise | None) -> Enterprise:
    if row is None:
        raise Missing
    return row


def listed(
    session: Session, actor: Actor, wanted: EnterpriseFilter, window: Slice
) -> Page[Enterprise]:
    """Return one page of the firms that fit `wanted`, by name."""
    found = visible_to(actor)
    for word in vietnamese.fold(wanted.text).split()[:8]:
        found = found.where(Enterprise.folded.contains(word, autoescape=True))
    if wanted.park:
        found = found.where(Enterprise.park_code == wanted.park)
    if wanted.standing is not None:
        found = found.where(Enterprise.standing == wanted.standing)
    total = session.scalar(select(func.count()).select_from(found.subquery()))
    rows = session.scalars(
        found.order_by(Enterprise.folded, Enterprise.id).limit(window.size).offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total or 0)


def find_by_name(session: Session, name: str) -> Enterprise | None:
    """Return the one firm with this name (folded), if exactly one has it."""
    rows = session.scalars(
        select(Enterprise).where(Enterprise.folded == folded_name(name)).limit(2)
    ).all()
    return rows[0] if len(rows) == 1 else None


def folded_name(name: str) -> str:
    """Return how a firm's name is looked up."""
    return vietnamese.fold(name)[:300]


def names(session: Session, actor: Actor) -> Sequence[str]:
    """Return the names of the firms that `actor` may choose, at most 1,000, by name."""
    found = visible_to(actor).with_only_columns(Enterprise.name)
    return session.scalars(found.order_by(Enterprise.folded, Enterprise.id).limit(1000)).all()


def read_firm(session: Session, text: str, *, field: str) -> Enterprise | None:
    """Return the firm typed as full name or tax number; refuses what fits none or several."""
    plain = vietnamese.clean_line(text)
    if not plain:
        return None
    found = session.scalar(select(Enterprise).where(Enterprise.tax_number == plain))
    found = found or find_by_name(session, plain)
    if found is None:
        raise Refused(
            N_("Không có đúng một doanh nghiệp tên như vậy. Ghi tên đầy đủ hoặc mã số thuế."),
            field=field,
        )
    return found


def members(session: Session, enterprise: Enterprise) -> Sequence[tuple[User, bool]]:
    """Return the users who act for the firm and whether each is its administrator."""
    rows = session.execute(
        select(User, Member.is_admin)
        .join(Member, Member.user_id == User.id)
        .where(Member.enterprise_id == enterprise.id)
        .order_by(User.name, User.id)
    )
    return [(user, is_admin) for user, is_admin in rows]
