"""Reading job seekers' files: one scoped query for every list, page, search and export."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session, aliased, contains_eager, selectinload

from jobcenter.accounts.choices import Right
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, Moved, Refused
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_
from jobcenter.people.choices import Purpose
from jobcenter.people.models import Person
from jobcenter.people.queries import agrees_to, as_typed, conditions, identities, roots, stand_ins
from jobcenter.seekers.choices import AVAILABLE, LEAST_AGE, FileState
from jobcenter.seekers.models import Seeker
from jobcenter.settings.queries import setting

FEW = 1_000  # people of one name: so many are asked for by row number
COUNTED = 2_000  # a list on a screen is counted so far
SORTS = {"name": (Person.sort, Seeker.id), "newest": (Seeker.id.desc(),)}


@dataclass(frozen=True)
class SeekerFilter:
    """What a list of files is narrowed to; empty means all."""

    text: str = ""
    state: FileState | None = None
    commune: str | None = None
    general_education: str | None = None
    shift: str | None = None
    available_by: dt.date | None = None
    sort: str = "newest"


def visible_to(actor: Actor) -> Select[Seeker]:
    """Return the files that `actor` may see: staff with the right all, a seeker their own."""
    # Few people are merged: leaving them out by a list keeps counts from joining all the rest.
    merged = select(Person.id).where(Person.merged_into_id.is_not(None))
    found = select(Seeker).where(
        Seeker.person_id.not_in(merged), Seeker.state != FileState.ANONYMISED
    )
    if actor.may(Right.SEEKERS_READ):
        return found
    return found.where(Seeker.person_id == (actor.person_id or 0))


def with_person(found: Select[Seeker]) -> Select[Seeker]:
    """Load the person together with each file."""
    return found.join(Seeker.person).options(contains_eager(Seeker.person))


def one(session: Session, key: uuid.UUID, actor: Actor) -> Seeker:
    """Return one file with its person, or refuse as if it were not there.

    Of a file that was merged raises `Moved`, with the address of the one that stands for it.
    """
    found = session.scalar(with_person(visible_to(actor).where(Seeker.key == key)))
    if found is None:
        gone, stands = _merged(session, Seeker.key == key, actor)
        raise Moved(old=key, new=stands.key, number=gone.number)
    return found


def standing_one(session: Session, key: uuid.UUID, actor: Actor) -> Seeker:
    """Return the file at `key`, or the one that stands for it since a merge."""
    found = session.scalar(with_person(visible_to(actor).where(Seeker.key == key)))
    return found or _merged(session, Seeker.key == key, actor)[1]


def own(session: Session, actor: Actor) -> Seeker:
    """Return the file of the job seeker who is signed in."""
    found = visible_to(actor).where(Seeker.person_id == (actor.person_id or 0))
    return _or_missing(session.scalar(with_person(found)))


def of_people(session: Session, actor: Actor, person_ids: Collection[int]) -> dict[int, Seeker]:
    """Return the files of these people that the actor may see, by the person's row number.

    Of a merged person it is the file that stands.
    """
    stands = roots(session, person_ids)
    found = with_person(visible_to(actor).where(Seeker.person_id.in_(set(stands.values()))))
    files = {row.person_id: row for row in session.scalars(found)}
    return {one: files[root] for one, root in stands.items() if root in files}


def by_number(session: Session, number: str, actor: Actor) -> Seeker:
    """Return the file with this number, or the one it was merged into, or refuse."""
    found = session.scalar(visible_to(actor).where(Seeker.number == number))
    return found or _merged(session, Seeker.number == number, actor)[1]


def _merged(
    session: Session, condition: ColumnElement[bool], actor: Actor
) -> tuple[Seeker, Seeker]:
    """Return a file that was merged and the one that stands for it, or refuse."""
    gone = _or_missing(session.scalar(select(Seeker).where(condition)))
    root = roots(session, [gone.person_id])[gone.person_id]
    if root == gone.person_id:
        raise Missing
    stands = session.scalar(with_person(visible_to(actor).where(Seeker.person_id == root)))
    return gone, _or_missing(stands)


def files_of(session: Session, seeker: Seeker) -> tuple[int, ...]:
    """Return the ids of the files of this human: the one that stands, then the merged ones.

    Whatever lists what happened with a file reads the rows of all of them.
    """
    people = identities(session, seeker.person_id)
    found = select(Seeker.id, Seeker.person_id).where(Seeker.person_id.in_(people))
    rows = session.execute(found).all()
    return tuple(row[0] for row in sorted(rows, key=lambda row: people.index(row[1])))


@cache
def stand_in_files() -> CTE:
    """Return (seeker_id, root_id) of every merged file: which file stands for it."""
    merged, gone, stands = stand_ins(), aliased(Seeker), aliased(Seeker)
    return (
        select(gone.id.label("seeker_id"), stands.id.label("root_id"))
        .join(merged, merged.c.person_id == gone.person_id)
        .join(stands, stands.person_id == merged.c.root_id)
        .cte("stand_in_files")
    )


def standing_files(session: Session, seeker_ids: Collection[int]) -> dict[int, Seeker]:
    """Return, by id, the file that stands for each of these merged files; others are left out."""
    merged = stand_in_files()
    found = session.execute(
        with_person(select(Seeker))
        .join(merged, merged.c.root_id == Seeker.id)
        .add_columns(merged.c.seeker_id)
        .where(merged.c.seeker_id.in_(seeker_ids))
    )
    return {row[1]: row[0] for row in found}


def rows_of_number(session: Session, number: str) -> list[tuple[str, int]]:
    """Return ("seeker", row) and ("person", row) behind a file number, for searching the ledger.

    Row numbers say nothing of the person, so no right to the file is asked for.
    """
    found = session.execute(
        select(Seeker.id, Seeker.person_id).where(Seeker.number == number.strip().upper())
    ).one_or_none()
    return [("seeker", found.id), ("person", found.person_id)] if found else []


def numbers(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """Return the file numbers of these people: what the sight log calls them by."""
    found = select(Seeker.person_id, Seeker.number).where(Seeker.person_id.in_(person_ids))
    return dict(session.execute(found).all())


def person_behind(session: Session, number: str) -> int | None:
    """Return whose file has this number, whoever asks: a number tells nothing of a person."""
    return session.scalar(select(Seeker.person_id).where(Seeker.number == number))


def _or_missing(row: Seeker | None) -> Seeker:
    if row is None:
        raise Missing
    return row


def listed(
    session: Session, actor: Actor, wanted: SeekerFilter, window: Slice, *, most: int | None = None
) -> Page[Seeker]:
    """Return one page of the files that fit `wanted`.

    With `most`, a list that is longer is counted and read no further: nobody turns two thousand
    pages of Nguyễn, and to count them all takes longer than to find the one meant.
    """
    # Only a text needs the people for its conditions: the whole register is counted without them.
    everybody = visible_to(actor)
    found = _narrow(session, with_person(everybody) if wanted.text else everybody, wanted)
    total = _how_many(session, found, most)
    found = found if wanted.text else with_person(found)
    is_more = most is not None and total > most
    if is_more and window.offset >= (most or 0):
        return Page([], window.number, window.size, most or 0, is_more)
    exact = as_typed(wanted.text) if wanted.sort == "newest" else None
    if exact is None:
        rows = _rows(session, found, wanted, window.offset, window.size)
    else:
        rows = _exact_first(session, found, exact, wanted, window, total, most)
    return Page(rows, window.number, window.size, most if is_more and most else total, is_more)


def _exact_first(
    session: Session, found: Select[Seeker], exact: ColumnElement[bool], wanted: SeekerFilter,
    window: Slice, total: int, most: int | None,
) -> list[Seeker]:  # fmt: skip
    """Put names with the very accents first, either kind by its own order; sort nothing whole."""
    first = _how_many(session, found.where(exact), most)
    rows = []
    if window.offset < first:
        rows += _rows(session, found.where(exact), wanted, window.offset, window.size)
    if len(rows) < window.size and total > first:
        past, left = max(0, window.offset - first), window.size - len(rows)
        rows += _rows(session, found.where(~exact), wanted, past, left)
    return rows


def _how_many(session: Session, found: Select[Seeker], most: int | None) -> int:
    ids = found.with_only_columns(Seeker.id)
    ids = ids.limit(most + 1) if most is not None else ids
    return session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def _rows(
    session: Session, found: Select[Seeker], wanted: SeekerFilter, offset: int, most: int
) -> list[Seeker]:
    order = SORTS.get(wanted.sort, SORTS["newest"])
    shown = found.options(selectinload(Seeker.wishes)).order_by(*order)
    return list(session.scalars(shown.limit(most).offset(offset)))


def _named(session: Session, text: str) -> list[ColumnElement[bool]]:
    """Return the condition on files (joined with their people) for a search text.

    A name is looked for once: whom few share are then asked for by their row numbers. Whom
    thousands share are met on the way through the files in their order.
    """
    people = conditions(session, text)
    if not people:
        return []
    merged = stand_ins()
    ids = session.scalars(select(Person.id).where(*people).limit(FEW + 1)).all()
    if len(ids) <= FEW:
        stand = select(merged.c.root_id).where(merged.c.person_id.in_(ids))
        return [Seeker.person_id.in_({*ids, *session.scalars(stand)})]
    through = select(merged.c.root_id).join(Person, Person.id == merged.c.person_id)
    stand_for = session.scalars(through.where(*people)).all()
    return [or_(and_(*people), Seeker.person_id.in_(stand_for))]


def _narrow(session: Session, found: Select[Seeker], wanted: SeekerFilter) -> Select[Seeker]:
    number = file_number(wanted.text)
    if number:
        found = found.where(Seeker.person_id.in_(_holders(number)))
    else:
        found = found.where(*_named(session, wanted.text))
    if wanted.commune:
        living = select(Person.id).where(Person.current_commune == wanted.commune)
        found = found.where(Seeker.person_id.in_(living))
    if wanted.state is not None:
        found = found.where(Seeker.state == wanted.state)
    if wanted.general_education:
        found = found.where(Seeker.general_education == wanted.general_education)
    if wanted.shift:
        shifts = type_coerce(Seeker.shifts, String)
        found = found.where(shifts.contains(f"|{wanted.shift}|", autoescape=True))
    if wanted.available_by is not None:
        found = found.where(Seeker.available_on <= wanted.available_by)
    return found


def file_number(text: str) -> str | None:
    """Return the number of a file when that is what was typed: "hs 2026-17" too."""
    match = re.fullmatch(r"HS[\s-]*(\d{4})[\s-]+(\d{1,6})", text.strip().upper(), re.ASCII)
    return f"HS-{match[1]}-{int(match[2]):05d}" if match else None


def _holders(number: str) -> CompoundSelect[int]:
    """Return the persons who have the file of this number, or stand for who had it."""
    had = select(Seeker.person_id).where(Seeker.number == number)
    merged = stand_ins()
    return had.union(select(merged.c.root_id).where(merged.c.person_id.in_(had)))


def counted(session: Session, actor: Actor) -> dict[FileState, int]:
    """Return how many of the files that `actor` may see are in each state."""
    found = visible_to(actor).with_only_columns(Seeker.state, func.count()).group_by(Seeker.state)
    return dict.fromkeys(FileState, 0) | dict(session.execute(found).all())


def check_no_file(session: Session, person: Person) -> None:
    """Refuse a second file for a person, with the number of the first."""
    number = session.scalar(select(Seeker.number).where(Seeker.person_id == person.id))
    if number is not None:
        raise Refused(
            N_("%(name)s đã có hồ sơ %(number)s. Tìm và mở hồ sơ đó."),
            field="id_number" if person.id_number else "full_name",
            name=person.full_name,
            number=number,
        )


# What a counsellor asks next, in the order in which answers find more work.
QUESTIONS = {
    "wishes": N_("Muốn làm việc gì?"),
    "shifts": N_("Nhận được ca nào?"),
    "pay_min": N_("Lương thấp nhất là bao nhiêu?"),
    "available_on": N_("Ngày nào đi làm được?"),
    "experiences": N_("Đã làm việc gì, mấy năm, máy gì?"),
    "accepts_overtime": N_("Có nhận tăng ca không?"),
    "needs_bus": N_("Có cần xe đưa đón không?"),
    "needs_dormitory": N_("Có cần ký túc xá không?"),
    "general_education": N_("Học hết lớp mấy?"),
    "qualification": N_("Có bằng nghề nào không?"),
}


def blank(seeker: Seeker) -> list[str]:
    """Return the fields of `QUESTIONS` that the file still lacks, the most useful first."""
    return [name for name in QUESTIONS if getattr(seeker, name) in (None, [])]


def shareable() -> Select[int]:
    """Return the ids of files that may be matched now: looking, registered with consent, unmerged.

    Age is eligibility too, see `old_enough`.
    """
    return (
        select(Seeker.id)
        .join(Seeker.person)
        .where(
            # Not IS NULL: SQLite would read everybody by that index to check 25 ids.
            func.coalesce(Person.merged_into_id, 0) == 0,
            Seeker.state.in_(AVAILABLE),
            agrees_to(Purpose.REGISTER),
        )
    )


def old_enough(session: Session, found: Select[int], today: dt.date) -> Select[int]:
    """Narrow to people of legal age (`LEAST_AGE`) in the year of `today`; unknown age passes."""
    latest = today.year - setting(session, LEAST_AGE, on=today)
    return found.where((Person.birth_year.is_(None)) | (Person.birth_year <= latest))


def shown() -> Select[int]:
    """Return the ids of files whose people also agreed to be shown masked to enterprises."""
    return shareable().where(agrees_to(Purpose.PUBLISH))


def many(session: Session, ids: Collection[int]) -> Sequence[Seeker]:
    """Return files with everything that hangs on them, by id; for the matcher and its lists."""
    return session.scalars(
        select(Seeker)
        .join(Seeker.person)
        .where(Seeker.id.in_(ids))
        .options(
            contains_eager(Seeker.person),
            selectinload(Seeker.wishes),
            selectinload(Seeker.qualifications),
            selectinload(Seeker.certificates),
            selectinload(Seeker.experiences),
            selectinload(Seeker.languages),
        )
        .order_by(Seeker.id)
    ).all()
