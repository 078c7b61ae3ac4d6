"""Who in the register may be the person at the counter: beside the form while it is typed.

The form's identity fields are posted, so that no name stands in an address or an access log, and
nothing is written but the sights of people not shown to this form before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me, reads_only
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.seeker_forms import born, place
from jobcenter.desks.labels import code_label
from jobcenter.desks.sights import saw
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.people.choices import REASON_LABELS, Reason, Sex, Strength
from jobcenter.people.likeness import Traits, is_date_slip, name_slips
from jobcenter.people.lookalikes import MOST, traits_of
from jobcenter.seekers.choices import STATE_LABELS
from jobcenter.seekers.duplicates import Known, known_as

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

T = TypeVar("T")
MOST_SET_ASIDE = 20  # lookalikes that one form can say "somebody else" of


@dataclass(frozen=True)
class Card:
    """One person of the panel: what is known beside what is typed, and why they are shown."""

    key: str
    person_id: int
    name: str
    number: str
    state: str
    file_key: object
    strength: Strength
    reasons: Sequence[str]
    rows: Sequence[tuple[str, str, str, str]]

    @property
    def is_certain(self) -> bool:
        """Say whether it can only be this person."""
        return self.strength is Strength.CERTAIN


@dataclass(frozen=True)
class Panel:
    """What stands beside the form; `others` are the people said to be somebody else."""

    cards: Sequence[Card]
    others: Sequence[str]
    seen: Sequence[str]
    is_saving: bool

    @property
    def is_certain(self) -> bool:
        """Say whether the first one has the very ID typed."""
        return bool(self.cards) and self.cards[0].is_certain

    @property
    def is_weak(self) -> bool:
        """Say whether there are faint hints only."""
        return all(card.strength is Strength.WEAK for card in self.cards)

    @property
    def keys(self) -> str:
        """Return the people that a click on "somebody else" speaks of."""
        return " ".join(card.key for card in self.cards if not card.is_certain)


def typed_traits(values: MultiDict[str, str]) -> Traits:
    """Return what can be read of the identity fields so far; the rest counts as not typed."""
    birth = _read(born, values.get("birth"))
    sex, phone = values.get("sex", ""), values.get("phone", "")
    number, old = values.get("id_number"), values.get("old_id_number")
    if number and len(vietnamese.digits(number)) == 9:
        number, old = None, old or number
    return Traits(
        full_name=vietnamese.clean_line(values.get("full_name", ""))[:120],
        birth_date=birth.day if birth else None,
        birth_year=birth.year if birth else None,
        sex=Sex(sex) if sex in set(Sex) else None,
        phone=_read(vietnamese.parse_phone, phone),
        id_number=_read(vietnamese.parse_id_number, number),
        old_id_number=_read(vietnamese.parse_old_id_number, old),
        commune=_read(place("current_commune"), values.get("current_commune")),
        typed_old_prefix=vietnamese.has_old_prefix(vietnamese.dialled(phone)),
    )


def _read(parse: Callable[[str], T], text: str | None) -> T | None:
    try:
        return parse(text) if text else None
    except Refused:
        return None


def set_aside() -> list[str]:
    """Return the keys of the people of whom the form says that they are somebody else."""
    said = " ".join(request.form.getlist("other")).split()
    return list(dict.fromkeys(said))[:MOST_SET_ASIDE]


def known(typed: Traits) -> tuple[list[Known], list[int]]:
    """Return who may be the person typed, and the ids of those said to be somebody else.

    Who has the very ID typed is never set aside.
    """
    others = set(set_aside())
    found = known_as(db.session(), me(), typed, most=MOST + len(others))
    apart = [
        one for one in found
        if str(one.person.key) in others and one.found.strength is not Strength.CERTAIN
    ]  # fmt: skip
    left = [one for one in found if one not in apart]
    return left[:MOST], [one.person.id for one in apart]


def chosen(found: Sequence[Known]) -> int | None:
    """Return the person, still without a file, of whom the form says that it is this one."""
    key = request.form.get("same")
    return next((one.person.id for one in found if key and str(one.person.key) == key), None)


def in_the_way(found: Sequence[Known]) -> bool:
    """Say whether somebody must be asked about before a new person is written."""
    return any(one.found.strength > Strength.WEAK for one in found)


def panel(found: Sequence[Known], typed: Traits, *, is_saving: bool) -> Panel:
    """Return the panel for these people, and note the sight of those it did not show before."""
    cards = [_card(one, typed) for one in found]
    seen = request.form.get("seen", "").split()[:MOST_SET_ASIDE]
    new = [card for card in cards if card.key not in seen]
    saw([card.person_id for card in new], Look.MASKED, fields="name birth phone id_number place")
    shown = [*seen, *(card.key for card in new)]
    return Panel(cards, set_aside(), shown, is_saving)


@desk.post("/seekers/lookalikes")
@allow(Right.SEEKERS_WRITE)
@reads_only
def seeker_lookalikes() -> ResponseReturnValue:
    """Show who may be the person typed so far; a part of a page, not a page."""
    typed = typed_traits(request.form)
    found, _others = known(typed)
    shown = panel(found, typed, is_saving=False)
    return render_template("counsellor/lookalikes.html", panel=shown)


def _card(one: Known, typed: Traits) -> Card:
    seeker, person = one.seeker, one.person
    return Card(
        key=str(person.key),
        person_id=person.id,
        name=person.full_name,
        number=seeker.number if seeker else "",
        state=_(STATE_LABELS[seeker.state]) if seeker else _("Chưa có hồ sơ tìm việc"),
        file_key=seeker.key if seeker else None,
        strength=one.found.strength,
        reasons=[_(REASON_LABELS[reason]) for reason in one.found.reasons],
        rows=compared(typed, traits_of(person), one.found.reasons),
    )


def compared(
    typed: Traits, person: Traits, reasons: Sequence[Reason]
) -> list[tuple[str, str, str, str]]:
    """Return (what, known, typed, same | near | other | unknown) of each field, numbers masked."""
    is_near = name_slips(typed, person) is not None
    (born_on, told_born), (lives, told_lives) = _births(person, typed), _places(person, typed)
    masked = vietnamese.mask_id_number
    rows = [
        _row(_("Điện thoại"), person.phone, typed.phone, vietnamese.mask_phone),
        _row(_("Tên"), person.full_name, typed.full_name, is_near=is_near),
        _row(_("Ngày sinh"), born_on, told_born, is_near=_is_near_birth(typed, person)),
        _row(_("CCCD"), person.id_number, typed.id_number, masked, Reason.NEAR_ID in reasons),
        _row(_("CMND cũ"), person.old_id_number, typed.old_id_number, masked),
        _row(_("Ở"), lives, told_lives),
    ]
    return [row for row in rows if row[1] or row[2]]


def _row(
    label: str,
    have: str | None,
    told: str | None,
    mask: Callable[[str], str] = str,
    is_near: bool = False,
) -> tuple[str, str, str, str]:
    shown, typed = mask(have) if have else "", mask(told) if told else ""
    if not have or not told:
        return label, shown, typed, "unknown"
    if have == told or (mask is str and vietnamese.spelling(have) == vietnamese.spelling(told)):
        return label, shown, typed, "same"
    return label, shown, typed, "near" if is_near else "other"


def _births(person: Traits, typed: Traits) -> tuple[str, str]:
    """Return both births; as years alone where one side knows no more."""
    days = person.birth_date, typed.birth_date
    if days[0] and days[1]:
        return f"{days[0]:%d/%m/%Y}", f"{days[1]:%d/%m/%Y}"
    return str(person.year or ""), str(typed.year or "")


def _is_near_birth(typed: Traits, person: Traits) -> bool:
    if typed.birth_date and person.birth_date:
        return is_date_slip(typed.birth_date, person.birth_date)
    return False


def _places(person: Traits, typed: Traits) -> tuple[str, str]:
    codes = [person.commune or "", typed.commune or ""]
    here, there = (code_label(code, "commune") if code else "" for code in codes)
    return here, there
