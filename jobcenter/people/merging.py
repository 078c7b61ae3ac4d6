"""Two records of one person become one, and two again.

A merge moves nothing: the record that goes points at the one who stays, and queries read both. Only
values that the one who stays takes over are written, and kept as they were. A consent that one
record had withdrawn is withdrawn in the other too: a no is not undone by finding an older yes. An
undoing puts back what has not been changed since, and tells what it left.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.choices import Purpose
from jobcenter.people.likeness import blind_id, blind_old_id, blind_tail
from jobcenter.people.models import Consent, Person, PersonMerge
from jobcenter.people.queries import identities
from jobcenter.people.rules import flush_person, search_text

# What is taken over together, and the columns that make it up.
PARTS: dict[str, tuple[str, ...]] = {
    "full_name": ("full_name",),
    "birth": ("birth_date", "birth_year"),
    "sex": ("sex",),
    "id_number": ("id_number", "id_issued_on", "id_issued_by"),
    "old_id_number": ("old_id_number",),
    "phone": ("phone",),
    "email": ("email",),
    "zalo": ("zalo",),
    "current_commune": ("current_commune", "current_detail"),
    "permanent_commune": ("permanent_commune", "permanent_detail"),
    "social_insurance_number": ("social_insurance_number",),
    "ethnicity": ("ethnicity",),
}
Change = dict[str, Any]  # {"before": value, "after": value}


def hold(session: Session, *people: Person) -> None:
    """Lock these people, always in the same order, and read what stands now."""
    for person in sorted(people, key=lambda one: one.id):
        session.refresh(person, with_for_update={"of": Person})


def merge(
    session: Session, *, survivor: Person, loser: Person, take: Collection[str], by: Actor
) -> PersonMerge:
    """Let `survivor` stand for `loser` too, with the parts named by `take` taken over.

    Refuses unless both stand: whoever was merged is merged no further, so there is no circle.
    """
    hold(session, survivor, loser)
    if survivor.id == loser.id:
        raise Refused(N_("Chọn hai hồ sơ khác nhau."))
    for person in (survivor, loser):
        if person.merged_into_id is not None:
            raise Refused(N_("Một trong hai hồ sơ vừa được gộp. Mở lại rồi xem."))
    wanted = {
        name: getattr(loser, name)
        for part in PARTS
        if part in take
        for name in PARTS[part]
    }  # fmt: skip
    changes = _put(session, survivor, wanted, loser)
    stopped = _stop(session, survivor, loser, by)
    loser.merged_into_id = survivor.id
    survivor.changed_at = clock.now()  # the version rises: a form opened before is out of date
    row = PersonMerge(
        survivor_id=survivor.id,
        loser_id=loser.id,
        merged_by_id=by.user_id,
        overwritten=packed(changes) if changes else None,
        stopped=[consent.id for consent in stopped],
    )
    session.add(row)
    flush_person(session)
    for person, other in ((survivor, loser), (loser, survivor)):
        record(
            session, by=by, action="merge-person", kind="person", subject_id=person.id,
            other=other.id, fields=sorted(changes), stays=person is survivor,
        )  # fmt: skip
    return row


def undo(session: Session, *, merge: PersonMerge, by: Actor) -> list[str]:
    """Take a merge apart; return the fields that were changed since and so were left alone."""
    survivor = session.get_one(Person, merge.survivor_id)
    loser = session.get_one(Person, merge.loser_id)
    hold(session, survivor, loser)
    session.refresh(merge)
    if merge.undone_at is not None:
        raise Refused(N_("Lần gộp này đã được gỡ."))
    if survivor.merged_into_id is not None:
        raise Refused(N_("Hồ sơ còn lại đã được gộp tiếp. Gỡ lần gộp sau trước."))
    later = _later(session, merge)
    back, left = restorable(
        unpacked(merge.overwritten), lambda name: getattr(survivor, name), later
    )
    loser.merged_into_id = None
    _put(session, survivor, back, loser)
    _return_id(session, survivor, loser)
    for consent in session.scalars(select(Consent).where(Consent.id.in_(merge.stopped))):
        _revive(session, consent, merge)
    survivor.changed_at = clock.now()
    merge.undone_at, merge.undone_by_id = clock.now(), by.user_id
    flush_person(session)
    for person, other in ((survivor, loser), (loser, survivor)):
        record(
            session, by=by, action="undo-merge", kind="person", subject_id=person.id,
            other=other.id, left=sorted(left), stays=person is survivor,
        )  # fmt: skip
    return left


def _put(session: Session, person: Person, values: Mapping[str, Any], other: Person) -> Change:
    """Write values on a person and return {column: {before, after}} of those that changed."""
    changes: Change = {}
    for name, value in values.items():
        before = getattr(person, name)
        if before != value:
            setattr(person, name, value)
            changes[name] = {"before": before, "after": value}
    if "id_number" in changes:
        blind = blind_id(person.id_number)
        if other.id_number_blind == blind:
            other.id_number_blind = None  # an ID is looked up on one row
            session.flush()
        person.id_number_blind, person.id_tail_blind = blind, blind_tail(person.id_number)
    if "old_id_number" in changes:
        person.old_id_blind = blind_old_id(person.old_id_number)
    person.search = search_text(person.full_name)
    person.name_key = vietnamese.name_key(person.full_name)
    person.sort = vietnamese.sort_key(person.full_name)
    return changes


def _return_id(session: Session, survivor: Person, loser: Person) -> None:
    """Let the ID of the record that stands alone again be looked up on it."""
    blind = blind_id(loser.id_number)
    if blind is None or loser.id_number_blind == blind:
        return
    session.flush()
    holder = session.scalar(select(Person.id).where(Person.id_number_blind == blind))
    if holder is not None:
        raise Refused(
            N_("Hồ sơ còn lại đang giữ số CCCD của hồ sơ đã gộp. Sửa số CCCD rồi gỡ gộp.")
            if holder == survivor.id
            else N_("Số CCCD của hồ sơ đã gộp nay ở hồ sơ khác. Sửa số CCCD ở đó rồi gỡ gộp.")
        )
    loser.id_number_blind = blind


def _stop(session: Session, survivor: Person, loser: Person, by: Actor) -> list[Consent]:
    """End what one record agrees to and the other has withdrawn."""
    sides = [_consents(session, person) for person in (survivor, loser)]
    stopped = []
    for mine, theirs in (sides, sides[::-1]):
        standing = {one.purpose for one in mine if one.withdrawn_at is None}
        refused = {one.purpose for one in mine if one.withdrawn_at is not None} - standing
        stopped += [
            one for one in theirs if one.withdrawn_at is None and one.purpose in refused
        ]  # fmt: skip
    for consent in stopped:
        consent.withdrawn_at, consent.withdrawn_by_id = clock.now(), by.user_id
        record(
            session, by=by, action="withdraw-consent", kind="person",
            subject_id=consent.person_id, purpose=consent.purpose.value, because="merge",
        )  # fmt: skip
    return stopped


def _consents(session: Session, person: Person) -> list[Consent]:
    ids = identities(session, person.id)
    found = select(Consent).where(Consent.person_id.in_(ids)).order_by(Consent.id)
    return list(session.scalars(found.with_for_update()))


def conflicting(session: Session, one: Person, other: Person) -> set[Purpose]:
    """Return the purposes that a merge of these two would end."""
    sides = []
    for person in (one, other):
        rows = session.execute(
            select(Consent.purpose, Consent.withdrawn_at).where(
                Consent.person_id.in_(identities(session, person.id))
            )
        ).all()
        standing = {row.purpose for row in rows if row.withdrawn_at is None}
        sides.append((standing, {row.purpose for row in rows} - standing))
    return (sides[0][0] & sides[1][1]) | (sides[1][0] & sides[0][1])


def _revive(session: Session, consent: Consent, merge: PersonMerge) -> None:
    """Let a consent stand again that only the merge had ended."""
    again = session.scalar(
        select(Consent.id).where(
            Consent.person_id == consent.person_id,
            Consent.purpose == consent.purpose,
            Consent.withdrawn_at.is_(None),
        )
    )
    if again is None:
        consent.withdrawn_at = consent.withdrawn_by_id = None
        session.flush()


def _later(session: Session, merge: PersonMerge) -> list[PersonMerge]:
    """Return the standing merges into the same person that came after, in their order."""
    return list(
        session.scalars(
            select(PersonMerge)
            .where(
                PersonMerge.survivor_id == merge.survivor_id,
                PersonMerge.id > merge.id,
                PersonMerge.undone_at.is_(None),
            )
            .order_by(PersonMerge.id)
        )
    )


def restorable(
    changes: Change, now: Callable[[str], Any], later: Iterable[Any]
) -> tuple[dict[str, Any], list[str]]:
    """Return the values to put back, and the names of those that were changed since.

    `now` reads what stands today; `later` are merges into the same record that came after.

    A later merge may have taken the value over in its turn: then it is told what it now stands on,
    so that each of several merges can be undone in any order.
    """
    back: dict[str, Any] = {}
    left: list[str] = []
    rows = list(later)
    for name, change in changes.items():
        heir = next((row for row in rows if name in unpacked(row.overwritten)), None)
        if heir is not None:
            inherited = unpacked(heir.overwritten)
            if _is_same(inherited[name]["before"], change["after"]):
                inherited[name]["before"] = change["before"]
                heir.overwritten = packed(inherited)
            else:
                left.append(name)
        elif _is_same(plain(now(name)), change["after"]):
            back[name] = change["before"]
        else:
            left.append(name)
    return back, left


def _is_same(one: Any, other: Any) -> bool:
    """Compare two values; of a list of rows the order says nothing."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(_in_order, one)) == sorted(map(_in_order, other))
    return bool(one == other)


def _in_order(row: Any) -> str:
    return repr(sorted(row.items()) if isinstance(row, dict) else row)


def plain(value: Any) -> Any:
    """Return a value as it comes back from a record: a list for a tuple."""
    return list(value) if isinstance(value, tuple) else value


def packed(changes: Change) -> str:
    """Return changes as text for a sealed column: no blank that cleaning could take away."""
    changes = {name: {k: plain(v) for k, v in change.items()} for name, change in changes.items()}
    return json.dumps(changes, default=_told, separators=(",", ":")).replace(" ", "\\u0020")


def unpacked(text: str | None) -> Change:
    """Return what `packed` made."""
    changes: Change = json.loads(text or "{}", object_hook=_read)
    return changes


def _told(value: object) -> dict[str, str]:
    if isinstance(value, dt.date):
        return {"$date": value.isoformat()}
    raise TypeError(f"no value of a record: {value!r}")


def _read(told: dict[str, Any]) -> Any:
    return dt.date.fromisoformat(told["$date"]) if "$date" in told else told
