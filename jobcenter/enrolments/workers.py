"""A worker that a firm names for a class: found or written in the register, then enrolled.

A firm never learns from the register what it did not type: a number that is known stands for the
person only with the name that belongs to it, and what is refused names nobody.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.courses.models import TrainingClass
from jobcenter.enrolments.choices import Source
from jobcenter.enrolments.models import Enrolment
from jobcenter.enrolments.rules import Asked, apply
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.entry import LooksLike, find_or_write
from jobcenter.people.rules import Identity

ALIKE = N_("Có người giống vậy trong sổ. Ghi thêm số CCCD.")
OTHER_NAME = N_("Số CCCD và họ tên không khớp nhau. Xem lại giấy tờ của người này.")


def is_outside(by: Actor) -> bool:
    """Say whether whoever names a worker may not read the register."""
    return not (by.may(Right.SCHOOL) or by.may(Right.SEEKERS_READ))


def is_same_name(one: str, other: str) -> bool:
    """Say whether two names are the same words, with or without marks, in any order."""
    return vietnamese.name_key(one) == vietnamese.name_key(other)


def send(
    session: Session, *, course: TrainingClass, identity: Identity, job: str, by: Actor,
    others: Collection[int] = (),
) -> Enrolment:  # fmt: skip
    """Enrol one worker of the firm that ordered the class."""
    try:
        written = find_or_write(session, identity=identity, by=by, others=others)
    except LooksLike as found:
        if is_outside(by):
            raise Refused(ALIKE, field="full_name") from found
        raise
    person = written.person
    is_other = not written.is_new and not is_same_name(person.full_name, identity.full_name)
    if is_other and is_outside(by):
        raise Refused(OTHER_NAME, field="id_number")
    asked = Asked(source=Source.ENTERPRISE, enterprise_id=course.enterprise_id, job_title=job)
    return apply(session, person=person, courses=[course], by=by, asked=asked)[0]
