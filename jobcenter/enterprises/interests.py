"""Nobody acts for a firm and, as the centre, on it: who of the centre is tied to which firm.

An interest in a firm covers its whole legal person: the parent and every branch. It is declared by
the person concerned or by whoever manages accounts; never ended by the person concerned.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from jobcenter.accounts.choices import STAFF, Right
from jobcenter.accounts.models import User
from jobcenter.audit.rules import record
from jobcenter.enterprises.choices import Interest
from jobcenter.enterprises.models import DeclaredInterest, Enterprise, Member
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.kernel.words import N_


def declare(
    session: Session, *, user: User, enterprise: Enterprise, kind: Interest, note: str, by: Actor
) -> DeclaredInterest:
    """Write down that a person of the centre is tied to a firm; said twice is said once."""
    if by.user_id != user.id and not by.may(Right.USERS_MANAGE):
        raise NotAllowed
    if user.role not in STAFF:
        raise Refused(N_("Chỉ người của trung tâm và trường mới khai ở đây."), field="login")
    standing = session.scalar(
        select(DeclaredInterest).where(
            DeclaredInterest.user_id == user.id,
            DeclaredInterest.enterprise_id == enterprise.id,
            DeclaredInterest.ended_at.is_(None),
        )
    )
    if standing is not None:
        return standing
    interest = DeclaredInterest(
        user_id=user.id, enterprise_id=enterprise.id, kind=kind, note=vietnamese.clean_line(note),
        declared_by=by.name or by.role,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(interest)
    except IntegrityError:
        raise Refused(N_("Lời khai này đã có.")) from None
    record(
        session, by=by, action="declare-interest", kind="user", subject_id=user.id,
        enterprise=enterprise.id,
    )  # fmt: skip
    return interest


def end(session: Session, *, interest: DeclaredInterest, why: str, by: Actor) -> None:
    """End a declaration, for a reason, by somebody else than the person concerned."""
    if not by.may(Right.USERS_MANAGE) or by.user_id == interest.user_id:
        raise NotAllowed
    if interest.ended_at is not None:
        return
    why = vietnamese.clean_line(why)
    if not why:
        raise Refused(N_("Ghi lý do kết thúc lời khai."), field="why")
    interest.ended_at, interest.ended_by, interest.ended_why = clock.now(), by.name, why
    session.flush()
    record(
        session, by=by, action="end-interest", kind="user", subject_id=interest.user_id,
        enterprise=interest.enterprise_id, reason=why,
    )  # fmt: skip


def declared(session: Session, *, user_id: int | None = None) -> Sequence[DeclaredInterest]:
    """Return the declarations, those that stand first: of one person, or all."""
    found = select(DeclaredInterest).options(
        joinedload(DeclaredInterest.enterprise), joinedload(DeclaredInterest.user)
    )
    if user_id is not None:
        found = found.where(DeclaredInterest.user_id == user_id)
    order = (DeclaredInterest.ended_at.is_not(None), DeclaredInterest.id.desc())
    return session.scalars(found.order_by(*order).limit(500)).all()


def one(session: Session, key: uuid.UUID) -> DeclaredInterest:
    """Return one declaration, or refuse."""
    found = session.scalar(select(DeclaredInterest).where(DeclaredInterest.key == key))
    if found is None:
        raise Missing
    return found


def require_no_firm(session: Session, *, user: User) -> None:
    """Refuse to make a firm's user a person of the centre while they act for the firm."""
    firm = session.scalar(
        select(Enterprise.name)
        .join(Member, Member.enterprise_id == Enterprise.id)
        .where(Member.user_id == user.id)
    )
    if firm is not None:
        raise Refused(
            N_("Tài khoản này còn làm việc cho %(name)s. Bỏ khỏi công ty trước."),
            field="role",
            name=firm,
        )
