"""Writing people down, and their consents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.choices import Purpose, Sex, Way
from jobcenter.people.likeness import blind_id, blind_old_id, blind_tail
from jobcenter.people.models import Consent, Person
from jobcenter.people.queries import identities, merges
from jobcenter.people.texts import in_force


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What is written down of a person; None means "not asked"."""

    full_name: str
    birth_date: dt.date | None = None
    birth_year: int | None = None
    sex: Sex | None = None
    id_number: str | None = None
    old_id_number: str | None = None
    id_issued_on: dt.date | None = None
    id_issued_by: str | None = None
    ethnicity: str | None = None
    phone: str | None = None
    email: str | None = None
    zalo: str | None = None
    permanent_commune: str | None = None
    permanent_detail: str | None = None
    current_commune: str | None = None
    current_detail: str | None = None
    social_insurance_number: str | None = None


_PLAIN = (
    "full_name", "birth_date", "sex", "id_issued_on", "id_issued_by", "email", "zalo",
    "permanent_commune", "permanent_detail", "current_commune", "current_detail",
    "social_insurance_number", "ethnicity",
)  # fmt: skip


def flush_person(session: Session) -> None:
    """Write what is pending; of two who save one ID at once the second is told."""
    try:
        session.flush()
    except IntegrityError as error:
        if "id_number_blind" in str(error.orig):
            raise Refused(
                N_("Số CCCD này vừa được lưu cho một người khác. Tìm và mở hồ sơ đó."),
                field="id_number",
            ) from None
        raise


def _taken(name: str) -> Refused:
    return Refused(
        N_("Số CCCD này đã có trong hồ sơ của %(name)s. Tìm và mở hồ sơ đó."),
        field="id_number",
        name=name,
    )


def write_identity(session: Session, person: Person, identity: Identity) -> list[str]:
    """Put `identity` on `person` and return the names of the fields that changed.

    Refuses an empty name, an unreadable phone or ID, and an ID that another person has.
    """
    changed = []
    for name in _PLAIN:
        value = cleaned(getattr(identity, name))
        if getattr(person, name) != value:
            setattr(person, name, value)
            changed.append(name)
    if not person.full_name:
        raise Refused(N_("Cần ghi họ và tên."), field="full_name")
    year = identity.birth_date.year if identity.birth_date else identity.birth_year
    phone = vietnamese.parse_phone(identity.phone) if identity.phone else None
    for name, value in (("birth_year", year), ("phone", phone)):
        if getattr(person, name) != value:
            setattr(person, name, value)
            changed.append(name)
    if _write_id_number(session, person, identity.id_number):
        changed.append("id_number")
    if _write_old_id_number(person, identity.old_id_number):
        changed.append("old_id_number")
    person.search = search_text(person.full_name)
    person.name_key = vietnamese.name_key(person.full_name)
    person.sort = vietnamese.sort_key(person.full_name)
    return changed


def cleaned(value: Any) -> Any:
    """Return a text as its column will hold it, so that only what differs counts as changed."""
    return (vietnamese.clean_line(value) if type(value) is str else value) or None


def search_text(full_name: str) -> str:
    """Return the folded name, each word after a blank, so that words are found by their start."""
    return " " + vietnamese.fold(full_name)


def _write_id_number(session: Session, person: Person, typed: str | None) -> bool:
    if not typed:
        changed = person.id_number_blind is not None
        person.id_number = person.id_number_blind = person.id_tail_blind = None
        return changed
    number = vietnamese.parse_id_number(typed)
    blind = blind_id(number)
    if blind == person.id_number_blind:
        return False
    with session.no_autoflush:
        other = session.scalar(select(Person).where(Person.id_number_blind == blind))
        if other is not None and other.id != person.id:
            _release(session, other, person)
    person.id_number = number
    person.id_number_blind = blind
    person.id_tail_blind = blind_tail(number)
    return True


def _release(session: Session, other: Person, person: Person) -> None:
    """Let `person` have the ID of a record merged into theirs; refuse when it is another's.

    An ID is looked up on one row; the merged row keeps the number itself, for the undoing.
    """
    if other.id not in identities(session, person.id):
        raise _taken(other.full_name)
    other.id_number_blind = None
    session.flush()


def _write_old_id_number(person: Person, typed: str | None) -> bool:
    number = vietnamese.parse_old_id_number(typed) if typed else None
    blind = blind_old_id(number)
    if blind == person.old_id_blind:
        return False
    person.old_id_number, person.old_id_blind = number, blind
    return True


def give_consent(
    session: Session,
    *,
    person: Person,
    purpose: Purpose,
    way: Way,
    evidence: str,
    by: Actor,
    text: str | None = None,
    given_on: dt.date | None = None,
) -> None:
    """Record a yes to the words in force; a yes that stands already is left as it is.

    `text` is the version that was read out; refuses when newer words are in force by now.
    `given_on` is the day of a yes that lies back (a sheet signed at a fair): its words count.
    """
    if _standing(session, person, purpose):
        return
    given_at, day = _moment(given_on), given_on or clock.today()
    words = in_force(session, day).get(purpose)
    if words is None:
        raise Refused(N_("Ngày đồng ý trước khi có lời văn đồng ý."), field="consent_on")
    if text is not None and text != words.version:
        raise Refused(N_("Lời văn đồng ý vừa đổi. Đọc lại rồi mới ghi."), field="purpose")
    session.add(
        Consent(
            person_id=person.id,
            purpose=purpose,
            text_version=words.version,
            way=way,
            evidence=evidence,
            given_at=given_at,
            recorded_by_id=by.user_id,
        )
    )
    session.flush()
    record(
        session, by=by, action="give-consent", kind="person", subject_id=person.id,
        purpose=purpose.value, way=way.value, text=words.version,
    )  # fmt: skip


def _moment(day: dt.date | None) -> dt.datetime:
    """Return when a yes was given: now, or on a day that lies back; refuses one to come."""
    if day is None or day == clock.today():
        return clock.now()
    if day > clock.today():
        raise Refused(N_("Ngày đồng ý ở sau hôm nay."), field="consent_on")
    return dt.datetime.combine(day, dt.time(12), clock.LOCAL)


def withdraw_consent(session: Session, *, person: Person, purpose: Purpose, by: Actor) -> None:
    """End a consent, on whichever record of the person; it counts in the very next list."""
    standing = _standing(session, person, purpose)
    kept = _keep_stopped(session, person, purpose)
    if not standing and not kept:
        return
    for consent in standing:
        consent.withdrawn_at = clock.now()
        consent.withdrawn_by_id = by.user_id
    session.flush()
    record(
        session, by=by, action="withdraw-consent", kind="person", subject_id=person.id,
        purpose=purpose.value,
    )  # fmt: skip


def _standing(session: Session, person: Person, purpose: Purpose) -> Sequence[Consent]:
    """Return the yes that stands on whichever record; they are held: two clicks are one."""
    ids = identities(session, person.id)
    held = select(Person.id).where(Person.id.in_(ids)).order_by(Person.id)
    session.execute(held.with_for_update())
    return session.scalars(
        select(Consent)
        .where(
            Consent.person_id.in_(ids),
            Consent.purpose == purpose,
            Consent.withdrawn_at.is_(None),
        )
        .order_by(Consent.id)
    ).all()


def _keep_stopped(session: Session, person: Person, purpose: Purpose) -> bool:
    """Let a no said after a merge outlive its undoing; say whether there was such a consent."""
    kept = False
    for merge in merges(session, person.id):
        same = select(Consent.id).where(Consent.id.in_(merge.stopped), Consent.purpose == purpose)
        gone = set(session.scalars(same))
        merge.stopped = [one for one in merge.stopped if one not in gone]
        kept = kept or bool(gone)
    return kept
