"""From the register's forms to what rules take, and from a file to its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jobcenter.desks.counsellor.seeker_forms import (
    EditForm,
    IdentityForm,
    SensitiveForm,
    born,
    insurance_number,
    place,
)
from jobcenter.desks.forms import AnswerField, DateField, NumberField
from jobcenter.desks.labels import code_label
from jobcenter.desks.lines import Lines
from jobcenter.desks.occupation_field import OccupationField
from jobcenter.desks.sheets import Unseen
from jobcenter.kernel.vietnamese import mask_id_number
from jobcenter.people.choices import Sex
from jobcenter.people.rules import Identity
from jobcenter.seekers.rules import (
    CertificateData,
    ExperienceData,
    FileData,
    GroupData,
    LanguageData,
    QualificationData,
    SensitiveData,
    WishData,
)

if TYPE_CHECKING:
    from jobcenter.desks.counsellor.intake_form import IntakeForm
    from jobcenter.seekers.models import Seeker

LINES: dict[str, Any] = {
    "wishes": WishData,
    "qualifications": QualificationData,
    "certificates": CertificateData,
    "experiences": ExperienceData,
    "languages": LanguageData,
    "target_groups": GroupData,
}


NOT_SHOWN = ("id_number", "old_id_number")  # an empty field keeps what is known


def intake_data(form: IntakeForm) -> tuple[Identity, FileData]:
    """Return what was typed at the counter; the form has been validated."""
    wishes = (WishData(title=form.wish.data),) if form.wish.data else ()
    typed = _values(form, Identity) | _identity(form)
    typed["permanent_commune"] = place("permanent_commune")(form.permanent_commune.data or "")
    if form.lives_there.data and not typed["current_commune"]:
        typed["current_commune"] = typed["permanent_commune"]
        typed["current_detail"] = typed["permanent_detail"]
    return Identity(**typed), FileData(**_values(form, FileData), wishes=wishes)


def edit_data(form: EditForm, seeker: Seeker) -> tuple[Identity, FileData]:
    """Return the whole file as typed; an empty ID field keeps the ID that is known, old and new."""
    typed = _values(form, Identity) | _identity(form)
    typed["id_number"] = typed["id_number"] or seeker.person.id_number
    typed["old_id_number"] = typed["old_id_number"] or seeker.person.old_id_number
    typed["permanent_commune"] = place("permanent_commune")(form.permanent_commune.data or "")
    number = form.social_insurance_number.data
    typed["social_insurance_number"] = insurance_number(number) if number else None
    return Identity(**typed), FileData(**_values(form, FileData))


def sensitive_data(form: SensitiveForm) -> SensitiveData:
    """Return the sensitive data as typed; sizes are sealed as text."""
    typed = _values(form, SensitiveData)
    sizes = {name: str(typed[name]) for name in ("height_cm", "weight_kg") if typed[name]}
    return SensitiveData(**typed | {"height_cm": None, "weight_kg": None} | sizes)


def _identity(form: IdentityForm) -> dict[str, Any]:
    birth = born(form.birth.data)
    return {
        "full_name": form.full_name.data,
        "birth_date": birth.day if birth else None,
        "birth_year": birth.year if birth else None,
        "sex": Sex(form.sex.data) if form.sex.data else None,
        "id_number": form.id_number.data or None,
        "phone": form.phone.data or None,
        "current_commune": place("current_commune")(form.current_commune.data or ""),
    }


def _values(form: Any, into: Any) -> dict[str, Any]:
    """Return the fields of `form` that the dataclass `into` has, as rules take them."""
    known = into.__dataclass_fields__
    return {field.short_name: _value(field) for field in form if field.short_name in known}


def _value(field: Any) -> Any:
    if isinstance(field, Lines):
        make = LINES[field.short_name]
        return tuple(make(**_line(line)) for line in field.rows())
    if isinstance(field, OccupationField):
        return field.code
    if isinstance(field, AnswerField):
        return field.answer
    if isinstance(field, DateField):
        return field.day
    if isinstance(field, NumberField):
        return field.data
    data = field.data
    return (tuple(data) or None) if isinstance(data, (list, tuple)) else data or None


def _line(line: Any) -> dict[str, Any]:
    """Return one repeated line; its texts stay texts, since their columns are never empty."""
    typed = {field.short_name: _value(field) for field in line}
    texts = {"field", "school", "employer", "duties", "certificate", "proof_number", "issuer"}
    typed |= {name: typed[name] or "" for name in texts & typed.keys()}
    return typed


def as_typed(seeker: Seeker) -> dict[str, Any]:
    """Return a file as its edit form shows it; the IDs are not shown."""
    person = seeker.person
    shown = {name: getattr(person, name) for name in Identity.__dataclass_fields__}
    shown |= {name: getattr(seeker, name) for name in FileData.__dataclass_fields__}
    for name in LINES.keys() & FileData.__dataclass_fields__:
        shown[name] = [_shown_line(row, LINES[name]) for row in getattr(seeker, name)]
    for name in ("current_commune", "permanent_commune"):
        shown[name] = code_label(shown[name], "commune") if shown[name] else ""
    day, year = person.birth_date, person.birth_year
    shown["birth"] = day.strftime("%d/%m/%Y") if day else str(year or "")
    shown["phone"] = "0" + person.phone[3:] if person.phone else ""
    shown["sex"] = person.sex or ""
    return shown | {"id_number": "", "old_id_number": ""}


def sensitive_as_typed(seeker: Seeker) -> dict[str, Any]:
    """Return the sensitive data as their form shows them."""
    return {
        "ethnicity": seeker.person.ethnicity,
        "height_cm": int(seeker.height_cm) if seeker.height_cm else None,
        "weight_kg": int(seeker.weight_kg) if seeker.weight_kg else None,
        "health": seeker.health,
        "target_groups": [_shown_line(row, GroupData) for row in seeker.target_groups],
    }


def _shown_line(row: Any, kind: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in kind.__dataclass_fields__}


def masked_numbers(seeker: Seeker) -> dict[str, str]:
    """Return the new and the old ID as pages show them, empty where not known."""
    known = {name: getattr(seeker.person, name) for name in NOT_SHOWN}
    return {name: mask_id_number(number) if number else "" for name, number in known.items()}


def unseen(seeker: Seeker) -> dict[str, Unseen]:
    """Return the marks of the ID numbers, which the edit form never shows."""
    masked = masked_numbers(seeker)
    person = seeker.person
    blinds = (person.id_number_blind, person.old_id_blind)
    return {
        name: Unseen((blind or "")[:20], masked[name])
        for name, blind in zip(NOT_SHOWN, blinds, strict=True)
    }
