"""Two files of one person become one, part by part, and two again.

The file that goes is kept as it was and is found under the one that stays; see `people.merging`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused, Stale
from jobcenter.kernel.words import N_
from jobcenter.people import merging as people
from jobcenter.people.choices import Purpose
from jobcenter.people.merging import packed, plain, restorable, unpacked
from jobcenter.people.models import PersonMerge
from jobcenter.people.queries import agreed
from jobcenter.seekers.choices import FileState, Side
from jobcenter.seekers.models import Seeker, SeekerMerge
from jobcenter.seekers.rules import (
    MOST_ROWS,
    CertificateData,
    ExperienceData,
    GroupData,
    LanguageData,
    QualificationData,
    WishData,
    replace_rows,
)

SENSITIVE = "sensitive"
# What is taken over together, and the columns that make it up.
PARTS: dict[str, tuple[str, ...]] = {
    "state": ("state",),
    "responsible_id": ("responsible_id",),
    "general_education": ("general_education",),
    "qualification": ("qualification",),
    "skill_grade": ("skill_grade",),
    "office_it": ("office_it",),
    "other_it": ("other_it",),
    "soft_skills": ("soft_skills",),
    "skills": ("skills",),
    "employment_status": (
        "employment_status", "status_since", "job_loss_reason", "last_pay",
        "on_unemployment_benefit",
    ),
    "services": ("services",),
    "pay_min": ("pay_min",),
    "pay_wanted": ("pay_wanted",),
    "mode": ("mode",),
    "purpose": ("purpose",),
    "shifts": ("shifts",),
    "accepts_overtime": ("accepts_overtime",),
    "needs_dormitory": ("needs_dormitory",),
    "needs_bus": ("needs_bus",),
    "employer_types": ("employer_types",),
    "parks": ("parks",),
    "available_on": ("available_on",),
    "note": ("note",),
    SENSITIVE: ("height_cm", "weight_kg", "health"),
}  # fmt: skip
LISTS: dict[str, Any] = {
    "wishes": WishData,
    "qualifications": QualificationData,
    "certificates": CertificateData,
    "experiences": ExperienceData,
    "languages": LanguageData,
    "target_groups": GroupData,
}
# Lists whose rows may be put together; of wishes a person has three, in order.
BOTH = frozenset({"qualifications", "certificates", "experiences", "languages"})
# What makes a row the same in two lists, where it is not the whole row.
_SAME_ROW = {"languages": "language", "target_groups": "code"}


@dataclass(frozen=True)
class Part:
    """One part of two files: its values on either side, and what stays unless one chooses."""

    name: str
    keep: tuple[Any, ...]
    take: tuple[Any, ...]
    preset: Side
    sides: tuple[Side, ...]

    @property
    def is_same(self) -> bool:
        """Say whether there is nothing to choose."""
        return self.keep == self.take


def stamp(survivor: Seeker, loser: Seeker) -> str:
    """Return the versions that a comparison was made of."""
    rows = (survivor, survivor.person, loser, loser.person)
    return ".".join(str(row.version) for row in rows)


def parts(session: Session, survivor: Seeker, loser: Seeker) -> list[Part]:
    """Return every part in which one of two files holds something, in the order of the page."""
    is_newer = loser.changed_at > survivor.changed_at
    found = [
        _part(name, _values(survivor.person, columns), _values(loser.person, columns), is_newer)
        for name, columns in people.PARTS.items()
        if name != "ethnicity"
    ]
    for name, columns in PARTS.items():
        if name != SENSITIVE:
            found.append(_part(name, _values(survivor, columns), _values(loser, columns), is_newer))
    found += [
        _part(name, rows_of(survivor, name), rows_of(loser, name), is_newer)
        for name in LISTS
        if name != "target_groups"
    ]
    if may_take_sensitive(session, survivor, loser):
        found.append(_part(SENSITIVE, _sensitive(survivor), _sensitive(loser), is_newer))
    return [part for part in found if any(_is_told(v) for v in (*part.keep, *part.take))]


def _part(name: str, keep: tuple[Any, ...], take: tuple[Any, ...], is_newer: bool) -> Part:
    sides = (Side.KEEP, Side.TAKE, Side.BOTH) if name in BOTH else (Side.KEEP, Side.TAKE)
    return Part(name, keep, take, _preset(name, keep, take, is_newer), sides)


def _preset(name: str, keep: tuple[Any, ...], take: tuple[Any, ...], is_newer: bool) -> Side:
    """Return which side stays unless somebody chooses: the fuller, else the newer."""
    have, told = (sum(map(_is_told, side)) for side in (keep, take))
    if keep == take or not told:
        return Side.KEEP
    if not have:
        return Side.TAKE
    if name in BOTH:
        return Side.BOTH
    if name == "id_number":
        return Side.KEEP
    if name == "full_name" and vietnamese.has_marks(keep[0]) != vietnamese.has_marks(take[0]):
        return Side.TAKE if vietnamese.has_marks(take[0]) else Side.KEEP
    if have != told:
        return Side.TAKE if told > have else Side.KEEP
    return Side.TAKE if is_newer else Side.KEEP


def _is_told(value: Any) -> bool:
    return value not in (None, "", (), [])


def _values(row: Any, columns: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in columns)


def _sensitive(seeker: Seeker) -> tuple[Any, ...]:
    own = (seeker.person.ethnicity, *_values(seeker, PARTS[SENSITIVE]))
    return (*own, *rows_of(seeker, "target_groups"))


def rows_of(seeker: Seeker, name: str) -> tuple[Any, ...]:
    """Return the rows of a list as the data that rules take."""
    make = LISTS[name]
    return tuple(
        make(**{field: getattr(row, field) for field in make.__dataclass_fields__})
        for row in getattr(seeker, name)
    )


def may_take_sensitive(session: Session, survivor: Seeker, loser: Seeker) -> bool:
    """Say whether sensitive data may be taken over: a yes stands, and neither file has a no."""
    given = agreed(session, survivor.person_id) | agreed(session, loser.person_id)
    ended = people.conflicting(session, survivor.person, loser.person)
    return Purpose.SENSITIVE in given - ended


def merge(
    session: Session,
    *,
    survivor: Seeker,
    loser: Seeker,
    picks: Mapping[str, Side],
    seen: str,
    by: Actor,
) -> SeekerMerge:
    """Make one file of two, with the parts that `picks` names taken over.

    `seen` is the `stamp` of what was compared: raises `Stale` when either was saved since.
    """
    _hold(session, survivor, loser)
    people.hold(session, survivor.person, loser.person)
    if stamp(survivor, loser) != seen:
        raise Stale
    wanted = {name for name, side in picks.items() if side is Side.TAKE}
    is_sensitive = SENSITIVE in wanted and may_take_sensitive(session, survivor, loser)
    if not is_sensitive:
        wanted.discard(SENSITIVE)
    row = people.merge(
        session,
        survivor=survivor.person,
        loser=loser.person,
        take=wanted | ({"ethnicity"} if is_sensitive else set()),
        by=by,
    )
    changes = _take_columns(survivor, loser, wanted)
    lists = {name: picks[name] for name in LISTS if name in picks}
    if is_sensitive:
        lists["target_groups"] = Side.TAKE
    changes |= _take_lists(session, survivor, loser, lists)
    survivor.changed_at = clock.now()
    made = SeekerMerge(
        merge_id=row.id,
        survivor_id=survivor.id,
        loser_id=loser.id,
        overwritten=packed(changes) if changes else None,
    )
    session.add(made)
    session.flush()
    for one, other in ((survivor, loser), (loser, survivor)):
        record(
            session, by=by, action="merge-seeker", kind="seeker", subject_id=one.id,
            other=other.id, fields=sorted(changes), stays=one is survivor,
        )  # fmt: skip
    return made


def _take_columns(survivor: Seeker, loser: Seeker, wanted: set[str]) -> people.Change:
    changes: people.Change = {}
    for part, columns in PARTS.items():
        for name in columns if part in wanted else ():
            before, after = getattr(survivor, name), getattr(loser, name)
            if before != after:
                setattr(survivor, name, after)
                changes[name] = {"before": before, "after": after}
    return changes


def _take_lists(
    session: Session, survivor: Seeker, loser: Seeker, picks: Mapping[str, Side]
) -> people.Change:
    changes: people.Change = {}
    for name, side in picks.items():
        before, theirs = rows_of(survivor, name), rows_of(loser, name)
        after = before
        if side is Side.TAKE:
            after = theirs
        elif side is Side.BOTH and name in BOTH:
            after = tuple(_together(name, before, theirs))
        if before == after:
            continue
        if len(after) > MOST_ROWS:
            raise Refused(N_("Ghi nhiều nhất %(most)s dòng mỗi mục."), most=MOST_ROWS)
        replace_rows(session, survivor, name, after)
        changes[name] = {"before": _told(before, name), "after": _told(after, name)}
    return changes


def _told(rows: Sequence[Any], name: str) -> list[dict[str, Any]]:
    """Return rows as a record keeps them; of wishes the order is part of what was said."""
    told = [asdict(row) for row in rows]
    return [row | {"rank": n} for n, row in enumerate(told)] if name == "wishes" else told


def _together(name: str, mine: Sequence[Any], theirs: Sequence[Any]) -> Iterator[Any]:
    """Yield the rows of both lists, each once."""
    seen = set()
    for row in (*mine, *theirs):
        same = getattr(row, _SAME_ROW[name]).casefold() if name in _SAME_ROW else row
        if same not in seen:
            seen.add(same)
            yield row


def undo(session: Session, *, made: SeekerMerge, by: Actor) -> list[str]:
    """Make two files of one again; return the fields changed since, which were left alone."""
    survivor = session.get_one(Seeker, made.survivor_id)
    _hold(session, survivor, made.loser)
    left = people.undo(session, merge=made.merge, by=by)
    later = session.scalars(
        select(SeekerMerge)
        .join(SeekerMerge.merge)
        .where(
            SeekerMerge.survivor_id == survivor.id,
            SeekerMerge.id > made.id,
            PersonMerge.undone_at.is_(None),
        )
        .order_by(SeekerMerge.id)
    )
    back, kept = restorable(unpacked(made.overwritten), lambda name: _now(survivor, name), later)
    for name, value in back.items():
        if name in LISTS:
            rows = [{key: row[key] for key in row if key != "rank"} for row in value]
            replace_rows(session, survivor, name, [LISTS[name](**row) for row in rows])
        else:
            setattr(survivor, name, _typed(name, value))
    survivor.changed_at = clock.now()
    session.flush()
    left = sorted({*left, *kept})
    for one, other in ((survivor, made.loser), (made.loser, survivor)):
        record(
            session, by=by, action="undo-merge", kind="seeker", subject_id=one.id,
            other=other.id, left=left, stays=one is survivor,
        )  # fmt: skip
    return left


def _now(seeker: Seeker, name: str) -> Any:
    if name in LISTS:
        return _told(rows_of(seeker, name), name)
    return plain(getattr(seeker, name))


def _typed(name: str, value: Any) -> Any:
    if name == "state":
        return FileState(value)
    return tuple(value) if isinstance(value, list) else value


def _hold(session: Session, *seekers: Seeker) -> None:
    for seeker in sorted(seekers, key=lambda one: one.id):
        session.refresh(seeker, with_for_update={"of": Seeker})
