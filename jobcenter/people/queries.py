"""Reading people; merged persons are resolved here.

A merged person keeps every row and points at the one who stays (`merged_into_id`), who may have
been merged in turn. Whatever lists what happened to a person asks `identities` whose rows to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import CTE, ColumnElement, and_, exists, literal, or_, select
from sqlalchemy.orm import Session

from jobcenter.kernel import crypto, vietnamese
from jobcenter.people.choices import Purpose
from jobcenter.people.models import Consent, Person, PersonMerge

WHOLE_PHONE = 9  # digits: fewer are a part of a number, and no prefix is read from them


@cache  # one object, so that a query that asks twice computes it once
def stand_ins() -> CTE:
    """Return (person_id, root_id) of every merged person: who stands for them in the end.

    Only merged persons are in it, so it stays small whatever the register holds.
    """
    steps = (
        select(Person.id.label("person_id"), Person.merged_into_id.label("root_id"))
        .where(Person.merged_into_id.is_not(None))
        .cte("steps", recursive=True)
    )
    steps = steps.union(
        select(steps.c.person_id, Person.merged_into_id)
        .join(Person, Person.id == steps.c.root_id)
        .where(Person.merged_into_id.is_not(None))
    )
    return (
        select(steps.c.person_id, steps.c.root_id)
        .join(Person, Person.id == steps.c.root_id)
        .where(Person.merged_into_id.is_(None))
        .cte("stand_ins")
    )


def roots(session: Session, person_ids: Iterable[int]) -> dict[int, int]:
    """Return who stands for each of these persons; themselves when they were not merged."""
    ids = set(person_ids)
    merged = stand_ins()
    found = session.execute(select(merged).where(merged.c.person_id.in_(ids)))
    return {i: i for i in ids} | {row[0]: row[1] for row in found}


def identities(session: Session, person_id: int) -> tuple[int, ...]:
    """Return the ids under which this human is written: who stands first, then the merged ones."""
    root = roots(session, [person_id])[person_id]
    merged = stand_ins()
    found = select(merged.c.person_id).where(merged.c.root_id == root).order_by(merged.c.person_id)
    return (root, *session.scalars(found))


def families(session: Session, person_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return for each of these persons every id of the same human."""
    stands = roots(session, person_ids)
    merged = stand_ins()
    found = select(merged).where(merged.c.root_id.in_(set(stands.values())))
    members: dict[int, list[int]] = {root: [root] for root in stands.values()}
    for row in session.execute(found.order_by(merged.c.person_id)):
        members[row.root_id].append(row.person_id)
    return {person_id: members[root] for person_id, root in stands.items()}


@dataclass(frozen=True)
class Contact:
    """The ways by which a machine can reach a person; `mobile` only where it takes messages."""

    email: str | None
    zalo: str | None
    mobile: str | None


def contact_of(session: Session, person_id: int) -> Contact | None:
    """Return how a person can be reached, None for nobody; a merged person is the one who stays."""
    person = session.get(Person, roots(session, [person_id]).get(person_id, person_id))
    if person is None:
        return None
    mobile = person.phone if person.phone and person.phone[3:4] in set("35789") else None
    return Contact(person.email, person.zalo, mobile)


def person_of_account(session: Session, user_id: int) -> int | None:
    """Return the person behind a job seeker's account: who stands, when they were merged."""
    person_id = session.scalar(select(Person.id).where(Person.user_id == user_id))
    return None if person_id is None else roots(session, [person_id])[person_id]


def people_by_ids(session: Session, ids: Iterable[int]) -> list[Person]:
    """Return people in the order of these row numbers."""
    wanted = list(ids)
    found = {row.id: row for row in session.scalars(select(Person).where(Person.id.in_(wanted)))}
    return [found[one] for one in wanted if one in found]


def merges(session: Session, person_id: int) -> Sequence[PersonMerge]:
    """Return the merges into this human's record that stand, the newest first."""
    return session.scalars(
        select(PersonMerge)
        .where(
            PersonMerge.survivor_id.in_(identities(session, person_id)),
            PersonMerge.undone_at.is_(None),
        )
        .order_by(PersonMerge.id.desc())
    ).all()


def consents(session: Session, person_id: int) -> Sequence[Consent]:
    """Return every consent of a person, whichever record it hangs on, newest first."""
    return session.scalars(
        select(Consent)
        .where(Consent.person_id.in_(identities(session, person_id)))
        .order_by(Consent.given_at.desc(), Consent.id.desc())
    ).all()


def agreed(session: Session, person_id: int) -> frozenset[Purpose]:
    """Return the purposes that a person agrees to now."""
    return frozenset(
        session.scalars(
            select(Consent.purpose).where(
                Consent.person_id.in_(identities(session, person_id)),
                Consent.withdrawn_at.is_(None),
            )
        )
    )


def agrees_to(purpose: Purpose) -> ColumnElement[bool]:
    """Return the condition "the person's consent for `purpose` stands" for a query on Person."""
    stands = (Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
    own = exists(select(Consent.id).where(Consent.person_id == Person.id, *stands))
    merged = stand_ins()
    through = select(merged.c.root_id).join(Consent, Consent.person_id == merged.c.person_id)
    return or_(own, Person.id.in_(through.where(*stands)))


def conditions(session: Session, text: str) -> list[ColumnElement[bool]]:
    """Return the conditions on Person for a search text; none for an empty text.

    Words of a name in any order, with or without accents, with a birth year beside them; a phone
    number or a part of at least four digits, by its old prefix too; a whole personal ID, old or
    new, or the last four to eleven digits of the new one.
    """
    plain = vietnamese.clean_line(text)
    number = vietnamese.digits(plain)
    if number and len(number) >= 4 and not any(c.isalpha() for c in plain):
        return [or_(*_by_number(session, number))]
    return [_by_word(word) for word in vietnamese.fold(plain).split()[:8]]


def _by_word(word: str) -> ColumnElement[bool]:
    if re.fullmatch(r"(19|20)\d\d", word, re.ASCII):
        return Person.birth_year == int(word)
    return Person.search.contains(f" {word}", autoescape=True)


def _by_number(session: Session, number: str) -> list[ColumnElement[bool]]:
    ring = crypto.keyring()
    spellings = {number}
    if len(number) >= WHOLE_PHONE:
        called = vietnamese.dialled(number)
        spellings |= {called, vietnamese.after_2018(called)}
    found: list[ColumnElement[bool]] = [
        Person.phone.contains(one.removeprefix("0"), autoescape=True) for one in sorted(spellings)
    ]
    if len(number) == 12:
        found.append(Person.id_number_blind == ring.blind(number, purpose="person.id_number"))
    if len(number) == 9:
        found.append(Person.old_id_blind == ring.blind(number, purpose="person.old_id_number"))
    if len(number) < 12:
        found.append(_by_tail(session, number))
    return found


def _by_tail(session: Session, number: str) -> ColumnElement[bool]:
    """Return the condition "the ID ends so": by the index of four digits, the rest read one by one.

    Few share the last four digits, and no index of longer tails is kept: it could be counted out.
    """
    ends = crypto.keyring().blind(number[-4:], purpose="person.id_tail")
    if len(number) == 4:
        return Person.id_tail_blind == ends
    found = session.execute(
        select(Person.id, Person.id_number).where(Person.id_tail_blind == ends)
    ).all()
    return Person.id.in_([row.id for row in found if (row.id_number or "").endswith(number)])


def as_typed(text: str) -> ColumnElement[bool] | None:
    """Return the condition "the name has these very words, accents and all", None without words."""
    words = [word for word in vietnamese.clean_line(text).split()[:8] if word.isalpha()]
    name = literal(" ") + Person.full_name + " "
    return and_(*(name.contains(f" {word.capitalize()} ") for word in words)) if words else None
