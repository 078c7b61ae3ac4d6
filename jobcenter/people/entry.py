"""The one way into the register: an identity goes to the person it belongs to, or a new one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.choices import Reason, Strength
from jobcenter.people.likeness import Traits, blind_id, blind_old_id
from jobcenter.people.lookalikes import Lookalike, lookalikes
from jobcenter.people.models import Person
from jobcenter.people.rules import Identity, cleaned, flush_person, write_identity


class LooksLike(Refused):
    """Somebody in the register may be this very person: a human says yes or no first.

    `people` are the ids of those who stand, the likeliest first.
    """

    def __init__(self, found: list[Lookalike], name: str) -> None:
        super().__init__(
            N_("Có thể là %(name)s đã có trong sổ. Xem lại rồi chọn đúng người."),
            field="full_name",
            name=name,
        )
        self.people = [one.person_id for one in found]


@dataclass(frozen=True)
class Written:
    """Where an identity was written: a new person, or the one that it belongs to.

    Of a known person only empty fields are filled; `kept` names those that said otherwise.
    """

    person: Person
    is_new: bool
    filled: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def find_or_write(
    session: Session,
    *,
    identity: Identity,
    by: Actor,
    others: Collection[int] = (),
    same: int | None = None,
) -> Written:
    """Write an identity down once: on the person it belongs to, or on a new one.

    Every way into the register comes through here. A same ID is the same person, whatever else
    is typed; so are a same old number with the same name, and name, birth date and phone together.
    Raises `LooksLike` when somebody else may be meant, unless a human has said that they are not
    (`others`, ids) or that it is this one (`same`). Two who write one person at once queue here.
    """
    identity = read_numbers(identity)
    typed = traits(identity)
    identity = replace(
        identity,
        full_name=typed.full_name,
        phone=typed.phone,
        id_number=typed.id_number,
        old_id_number=typed.old_id_number,
    )
    _queue(session, typed)
    found = [
        one
        for one in lookalikes(session, typed)
        if one.strength is Strength.CERTAIN or one.person_id not in others
    ]
    meant = _meant(found, same)
    if meant is not None:
        return _fill(session, session.get_one(Person, meant), identity, by)
    doubtful = [one for one in found if one.strength > Strength.WEAK]
    if doubtful:
        name = session.get_one(Person, doubtful[0].person_id).full_name
        raise LooksLike(doubtful, name)
    person = Person(full_name=identity.full_name)
    write_identity(session, person, identity)
    session.add(person)
    flush_person(session)
    return Written(person, is_new=True)


def _meant(found: Sequence[Lookalike], same: int | None) -> int | None:
    """Return who is meant: whoever has the ID, else whom a human named, else the only sure one."""
    first = found[0] if found else None
    if first and first.strength is Strength.CERTAIN:
        return first.person_id
    if same is not None and any(one.person_id == same for one in found):
        return same
    sure = [one for one in found if is_sure(one)]
    return sure[0].person_id if len(sure) == 1 else None


def is_sure(found: Lookalike) -> bool:
    """Say whether a lookalike is the same person without asking anybody."""
    reasons = set(found.reasons)
    if found.strength is Strength.CERTAIN:
        return True
    if reasons & {Reason.OTHER_ID, Reason.OTHER_MARKS} or found.strength < Strength.STRONG:
        return False
    is_same_old = Reason.SAME_OLD_ID in reasons and found.likeness.slips == 0
    return is_same_old or reasons >= {Reason.NAME_AND_BIRTH_DATE, Reason.NAME_AND_PHONE}


def read_numbers(identity: Identity) -> Identity:
    """Return `identity` with nine digits in the place of an ID taken for the old number."""
    number = vietnamese.digits(identity.id_number or "")
    if len(number) != len("123456789") or identity.old_id_number:
        return identity
    return replace(identity, id_number=None, old_id_number=identity.id_number)


def traits(identity: Identity) -> Traits:
    """Return what of an identity is compared; refuses numbers that cannot be read."""
    phone, number, old = identity.phone, identity.id_number, identity.old_id_number
    return Traits(
        full_name=vietnamese.clean_line(identity.full_name),
        birth_date=identity.birth_date,
        birth_year=identity.birth_year,
        sex=identity.sex,
        phone=vietnamese.parse_phone(phone) if phone else None,
        id_number=vietnamese.parse_id_number(number) if number else None,
        old_id_number=vietnamese.parse_old_id_number(old) if old else None,
        commune=identity.current_commune,
    )


def _queue(session: Session, typed: Traits) -> None:
    """Let whoever writes the same person at the same moment wait, in one order for everybody.

    SQLite's one writer queues by itself.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    keys = [blind_id(typed.id_number), blind_old_id(typed.old_id_number), typed.name_key]
    for key in sorted(f"person:{key}" for key in keys if key):
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(key))))


def _fill(session: Session, person: Person, identity: Identity, by: Actor) -> Written:
    """Fill what is not known of a person; what is known stays."""
    known = Identity(**{name: getattr(person, name) for name in Identity.__dataclass_fields__})
    told = {name: cleaned(getattr(identity, name)) for name in Identity.__dataclass_fields__}
    new = {name: value for name, value in told.items() if value and not getattr(known, name)}
    if "birth_date" in new and known.birth_year not in (None, new["birth_date"].year):
        del new["birth_date"]  # it would change the year that is known
    if is_fuller_name(person.full_name, told["full_name"]):
        new["full_name"] = told["full_name"]
    filled = write_identity(session, person, replace(known, **new))
    kept = [
        name
        for name, value in told.items()
        if value and name not in filled and getattr(person, name) != value
    ]
    if filled:
        flush_person(session)
        record(
            session, by=by, action="fill-person", kind="person", subject_id=person.id,
            fields=sorted(filled),
        )  # fmt: skip
    return Written(person, is_new=False, filled=tuple(sorted(filled)), kept=tuple(sorted(kept)))


def is_fuller_name(known: str, told: str) -> bool:
    """Say whether `told` is the known name with the marks that it was written without."""
    same = vietnamese.name_words(known) == vietnamese.name_words(told)
    return same and vietnamese.has_marks(told) and not vietnamese.has_marks(known)
