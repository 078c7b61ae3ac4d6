"""Reading enterprises, scoped to who asks."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, func, or_, select, union
from sqlalchemy.orm import Session, aliased

from jobcenter.accounts.choices import RIGHTS, STAFF, WAITING_RIGHTS, Right, Role, firm_rights
from jobcenter.accounts.models import Invitation, User
from jobcenter.catalogue.parks import parks_called
from jobcenter.enterprises.choices import CLOSED, Standing
from jobcenter.enterprises.models import (
    DeclaredInterest,
    Enterprise,
    FirmInvitation,
    Member,
    StandingChange,
)
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_
from jobcenter.people.queries import person_of_account


@dataclass(frozen=True)
class EnterpriseFilter:
    """What a list of enterprises is narrowed to."""

    text: str = ""
    park: str | None = None
    standing: Standing | None = None


@dataclass(frozen=True)
class Affiliation:
    """For which firm a user acts, and how; `branch_ids` are the branches they act for too."""

    enterprise_id: int
    is_admin: bool
    is_closed: bool
    branch_ids: frozenset[int]


def affiliation(session: Session, user_id: int) -> Affiliation | None:
    """Return for which firm a user acts, None for nobody's; branches that are closed are out."""
    parent = aliased(Enterprise)
    row = session.execute(
        select(Member.enterprise_id, Member.is_admin, Enterprise.standing, parent.standing)
        .join(Enterprise, Enterprise.id == Member.enterprise_id)
        .outerjoin(parent, parent.id == Enterprise.parent_id)
        .where(Member.user_id == user_id)
    ).one_or_none()
    if row is None:
        return None
    enterprise_id, is_admin, *standings = row
    is_closed = any(standing in CLOSED for standing in standings)
    branches = session.scalars(
        select(Enterprise.id).where(
            Enterprise.parent_id == enterprise_id, Enterprise.standing.not_in(CLOSED)
        )
    ).all()
    return Affiliation(
        enterprise_id, is_admin, is_closed, frozenset() if is_closed else frozenset(branches)
    )


def partial_to(session: Session, user_id: int) -> frozenset[int]:
    """Return the firms that a person of the centre must stay out of: declared, or a member of."""
    tied = union(
        select(DeclaredInterest.enterprise_id).where(
            DeclaredInterest.user_id == user_id, DeclaredInterest.ended_at.is_(None)
        ),
        select(Member.enterprise_id).where(Member.user_id == user_id),
    ).subquery()
    head = func.coalesce(Enterprise.parent_id, Enterprise.id)
    heads = select(head).where(Enterprise.id.in_(select(tied.c.enterprise_id)))
    return frozenset(session.scalars(select(Enterprise.id).where(head.in_(heads))))


def actor_of(session: Session, user: User) -> Actor:
    """Return an account with the rights that it has now; a firm's state counts at once."""
    actor = Actor(
        user_id=user.id,
        name=user.name,
        role=user.role.value,
        rights=RIGHTS[user.role],
        person_id=person_of_account(session, user.id),
    )
    if user.role in STAFF:
        return replace(actor, partial_to=partial_to(session, user.id))
    if user.role is not Role.ENTERPRISE_USER:
        return actor
    firm = affiliation(session, user.id)
    if firm is None:
        return replace(actor, rights=WAITING_RIGHTS)
    return replace(
        actor,
        rights=firm_rights(is_closed=firm.is_closed, is_admin=firm.is_admin),
        enterprise_id=firm.enterprise_id,
        branch_ids=firm.branch_ids,
    )


def closed() -> Select[int]:
    """Return the query of firms that nobody is shown to: banned or paused, or their parent is."""
    parent = aliased(Enterprise)
    return (
        select(Enterprise.id)
        .outerjoin(parent, parent.id == Enterprise.parent_id)
        .where(or_(Enterprise.standing.in_(CLOSED), parent.standing.in_(CLOSED)))
    )


def is_closed(enterprise: Enterprise | None) -> bool:
    """Say whether the firm, or the firm that it is a branch of, is banned or paused."""
    parent = enterprise.parent if enterprise is not None else None
    return any(firm is not None and firm.standing in CLOSED for firm in (enterprise, parent))


def visible_to(actor: Actor) -> Select[Enterprise]:
    """Return the firms that `actor` may see: staff all, a firm's users it and its branches."""
    if actor.may(Right.ENTERPRISES_READ):
        return select(Enterprise)
    return select(Enterprise).where(Enterprise.id.in_(actor.firm_ids))


def one(session: Session, key: uuid.UUID, actor: Actor) -> Enterprise:
    """Return one firm, or refuse as if it were not there."""
    return _or_missing(session.scalar(visible_to(actor).where(Enterprise.key == key)))


def own(session: Session, actor: Actor) -> Enterprise:
    """Return the firm of the user who is signed in, not one of its branches."""
    found = visible_to(actor).where(Enterprise.id == (actor.enterprise_id or 0))
    return _or_missing(session.scalar(found))


def acted_for(session: Session, actor: Actor) -> Sequence[Enterprise]:
    """Return the firms that a firm's user acts for: their own first, then its branches by name."""
    found = select(Enterprise).where(Enterprise.id.in_(actor.firm_ids))
    rows = session.scalars(found.order_by(Enterprise.folded, Enterprise.id)).all()
    return sorted(rows, key=lambda firm: firm.id != actor.enterprise_id)


def branches(session: Session, enterprise: Enterprise) -> Sequence[Enterprise]:
    """Return the branches of a firm, by name."""
    found = select(Enterprise).where(Enterprise.parent_id == enterprise.id)
    return session.scalars(found.order_by(Enterprise.folded, Enterprise.id)).all()


def standing_changes(session: Session, enterprise: Enterprise) -> Sequence[StandingChange]:
    """Return the decisions about working with the firm, the last first."""
    found = select(StandingChange).where(StandingChange.enterprise_id == enterprise.id)
    return session.scalars(found.order_by(StandingChange.id.desc())).all()


def closed_by(session: Session, enterprise: Enterprise) -> StandingChange | None:
    """Return the decision that keeps the firm closed now: its own, else its parent's."""
    for firm in (enterprise, enterprise.parent):
        if firm is not None and firm.standing in CLOSED:
            changes = standing_changes(session, firm)
            return changes[0] if changes else None
    return None


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
        found = found.where(
            or_(
                Enterprise.folded.contains(word, autoescape=True),
                Enterprise.tax_number.startswith(word, autoescape=True),
                Enterprise.park_code.in_(parks_called(session, word)),
            )
        )
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


def name_of(session: Session, row_id: int, actor: Actor) -> str | None:
    """Return the name of a firm that `actor` may see."""
    found = visible_to(actor).with_only_columns(Enterprise.name).where(Enterprise.id == row_id)
    return session.scalar(found)


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


def members(session: Session, enterprise: Enterprise) -> Sequence[tuple[User, Member]]:
    """Return the users who act for the firm, each with the membership, administrators first."""
    rows = session.execute(
        select(User, Member)
        .join(Member, Member.user_id == User.id)
        .where(Member.enterprise_id == enterprise.id)
        .order_by(Member.is_admin.desc(), User.name, User.id)
    )
    return [(user, member) for user, member in rows]


def member(session: Session, enterprise: Enterprise, key: uuid.UUID) -> tuple[User, Member]:
    """Return one user of the firm by the account's key, or refuse as if not there."""
    row = session.execute(
        select(User, Member)
        .join(Member, Member.user_id == User.id)
        .where(Member.enterprise_id == enterprise.id, User.key == key)
    ).one_or_none()
    if row is None:
        raise Missing
    return row[0], row[1]


def invitations(
    session: Session, enterprise: Enterprise
) -> Sequence[tuple[Invitation, FirmInvitation]]:
    """Return the invitations to the firm that nobody took up, the last sent first."""
    rows = session.execute(
        select(Invitation, FirmInvitation)
        .join(FirmInvitation, FirmInvitation.invitation_id == Invitation.id)
        .where(
            FirmInvitation.enterprise_id == enterprise.id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .order_by(Invitation.sent_at.desc(), Invitation.id.desc())
    )
    return [(invitation, to) for invitation, to in rows]


def invitation(session: Session, enterprise: Enterprise, key: uuid.UUID) -> Invitation:
    """Return one invitation to the firm, or refuse as if not there."""
    found = session.scalar(
        select(Invitation)
        .join(FirmInvitation, FirmInvitation.invitation_id == Invitation.id)
        .where(FirmInvitation.enterprise_id == enterprise.id, Invitation.key == key)
    )
    if found is None:
        raise Missing
    return found


def firms_of_users(session: Session, user_ids: Collection[int]) -> dict[int, str]:
    """Return the name of the firm that each of these users acts for."""
    rows = session.execute(
        select(Member.user_id, Enterprise.name)
        .join(Enterprise, Enterprise.id == Member.enterprise_id)
        .where(Member.user_id.in_(user_ids))
    )
    return {row[0]: row[1] for row in rows}
