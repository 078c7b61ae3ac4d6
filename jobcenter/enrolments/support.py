"""Who pays for a learner: funding, target group with its proof, and support once in a lifetime."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import check_code
from jobcenter.enrolments.choices import MOST_SUPPORTS, PUBLIC_FUNDING, EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.enrolments.queries import supports
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_

SELF_PAID = "self-paid"
_HOLDING = frozenset(
    {EnrolState.ENROLLED, EnrolState.COMPLETED, EnrolState.FAILED, EnrolState.DROPPED}
)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """The target group (list F) that a person proves; the paper itself is not kept."""

    group: str | None = None
    number: str = ""
    issuer: str = ""
    on: dt.date | None = None
    earlier_support: bool | None = None


NO_PROOF = Proof()


def funding_for(session: Session, person_id: int, wanted: str) -> str:
    """Return who pays: what was wanted, or the learner where public money has paid before."""
    return SELF_PAID if wanted in PUBLIC_FUNDING and supports(session, person_id) else wanted


def write_proof(session: Session, row: Enrolment, proof: Proof) -> None:
    """Put a proof on an enrolment."""
    check_code(session, "F", proof.group, field="target_group", kept=(row.target_group,))
    if proof.group is None and (proof.number or proof.issuer or proof.on):
        raise Refused(N_("Ghi giấy tờ của đối tượng nào."), field="target_group")
    row.target_group = proof.group
    row.proof_number, row.proof_issuer, row.proof_on = proof.number, proof.issuer, proof.on
    row.earlier_support = proof.earlier_support


def set_funding(
    session: Session, *, enrolment: Enrolment, funding: str, proof: Proof, grounds: str,
    version: int | None, by: Actor,
) -> None:  # fmt: skip
    """Write who pays and what proves it; support again only with the decision that allows it."""
    if not by.may(Right.SCHOOL):
        raise NotAllowed
    hold(session, enrolment, version)
    check_code(session, "W", funding, field="funding", kept=(enrolment.funding,))
    write_proof(session, enrolment, proof)
    enrolment.funding, enrolment.support_grounds = funding, grounds
    enrolment.support_turn = None
    session.flush()
    if enrolment.state in _HOLDING:
        use(session, enrolment)
    session.flush()
    record(
        session, by=by, action="set-funding", kind="enrolment", subject_id=enrolment.id,
        code=funding,
    )  # fmt: skip


def use(session: Session, row: Enrolment) -> None:
    """Count the support of whoever sits in a class that public money pays for.

    Refused when they had it before without a decision of the city, or said so themselves.
    """
    if row.funding not in PUBLIC_FUNDING or row.support_turn is not None:
        return
    used = supports(session, row.person_id)
    turn = 1 + max((one.support_turn or 0 for one in used), default=0)
    if turn > MOST_SUPPORTS:
        raise Refused(N_("Đã được hỗ trợ đủ %(most)s lần."), field="funding", most=MOST_SUPPORTS)
    if (used or row.earlier_support) and not row.support_grounds:
        raise _Used(used)
    try:
        with session.begin_nested():
            row.support_turn = max(turn, 2) if row.earlier_support else turn
    except IntegrityError as error:
        raise _Used(used) from error


class _Used(Refused):
    """Public money has paid for this person before."""

    def __init__(self, used: Sequence[Enrolment]) -> None:
        if not used:
            super().__init__(
                N_("Người này nói đã được hỗ trợ học nghề. Ghi căn cứ để hỗ trợ tiếp, hoặc đổi "
                   "nguồn kinh phí."),
                field="support_grounds",
            )  # fmt: skip
            return
        last = used[-1]
        super().__init__(
            N_("Đã được hỗ trợ ở lớp %(code)s năm %(year)s, mỗi người một lần. Ghi căn cứ để hỗ "
               "trợ tiếp, hoặc đổi nguồn kinh phí."),
            field="support_grounds", code=last.course.code, year=last.course.starts_on.year,
        )  # fmt: skip


def give_back(row: Enrolment) -> None:
    """Give the support back to whoever leaves before having learnt by it."""
    row.support_turn = None
