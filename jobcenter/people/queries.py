"""Reading people; merged persons are resolved here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from jobcenter.kernel import crypto, vietnamese
from jobcenter.people.choices import Purpose
from jobcenter.people.models import Consent, Person


def person_of_account(session: Session, user_id: int) -> int | None:
    """Return the person behind a job seeker's account."""
    return session.scalar(select(Person.id).where(Person.user_id == user_id))


def consents(session: Session, person_id: int) -> Sequence[Consent]:
    """Return every consent of a person, newest first."""
    return session.scalars(
        select(Consent).where(Consent.person_id == person_id).order_by(Consent.id.desc())
    ).all()


def agreed(session: Session, person_id: int) -> frozenset[Purpose]:
    """Return the purposes that a person agrees to now."""
    return frozenset(
        session.scalars(
            select(Consent.purpose).where(
                Consent.person_id == person_id, Consent.withdrawn_at.is_(None)
            )
        )
    )


def agrees_to(purpose: Purpose) -> ColumnElement[bool]:
    """Return the condition "the person's consent for `purpose` stands" for a query on Person."""
    return exists(
        select(Consent.id).where(
            Consent.person_id == Person.id,
            Consent.purpose == purpose,
            Consent.withdrawn_at.is_(None),
        )
    )


def conditions(text: str) -> list[ColumnElement[bool]]:
    """Return the conditions on Person for a search text; none for an empty text.

    Words of a name in any order, with or without accents; a phone number or a part of at least
    four digits; a whole personal ID, old or new, or the last four digits of the new one.
    """
    plain = vietnamese.clean_line(text)
    number = vietnamese.digits(plain)
    if number and len(number) >= 4 and not any(c.isalpha() for c in plain):
        return [or_(*_by_number(number))]
    return [
        Person.search.contains(f" {word}", autoescape=True)
        for word in vietnamese.fold(plain).split()[:8]
    ]


def _by_number(number: str) -> list[ColumnElement[bool]]:
    ring = crypto.keyring()
    found: list[ColumnElement[bool]] = [
        Person.phone.contains(number.removeprefix("0"), autoescape=True)
    ]
    if len(number) == 12:
        found.append(Person.id_number_blind == ring.blind(number, purpose="person.id_number"))
    if len(number) == 9:
        found.append(Person.old_id_blind == ring.blind(number, purpose="person.old_id_number"))
    if len(number) == 4:
        found.append(Person.id_tail_blind == ring.blind(number, purpose="person.id_tail"))
    return found
