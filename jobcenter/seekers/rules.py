"""Opening, changing and moving a job seeker's file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.models import Park
from jobcenter.catalogue.queries import check_code, commune, occupation_names
from jobcenter.catalogue.units import file_number
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.series import take
from jobcenter.kernel.words import N_
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.entry import find_or_write
from jobcenter.people.queries import agreed
from jobcenter.people.rules import Identity, give_consent, write_identity
from jobcenter.seekers.choices import FILE_MOVES, LEAST_AGE, FileState
from jobcenter.seekers.following import move_to
from jobcenter.seekers.models import (
    Experience,
    LanguageSkill,
    Qualification,
    Seeker,
    SkillCertificate,
    TargetGroup,
    Wish,
)
from jobcenter.seekers.queries import check_no_file
from jobcenter.settings.queries import setting

MOST_WISHES = 3
MOST_ROWS = 30


@dataclass(frozen=True, kw_only=True)
class WishData:
    """A job wanted; the order of the list is the order of choice."""

    title: str
    occupation_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class QualificationData:
    """A level of list B."""

    level: str
    field: str = ""
    school: str = ""
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class CertificateData:
    """An occupational certificate or licence."""

    name: str
    issued_on: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class ExperienceData:
    """A job held; `ended_on` None means it goes on or is not known."""

    position: str
    employer: str = ""
    occupation_code: str | None = None
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    duties: str = ""


@dataclass(frozen=True, kw_only=True)
class LanguageData:
    """A language with an ability of list C."""

    language: str
    ability: str | None = None
    certificate: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupData:
    """A target group of list F with its proof."""

    code: str
    proof_number: str = ""
    issuer: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class FileData:
    """What a file holds besides identity and sensitive data; None means "not asked"."""

    general_education: str | None = None
    qualification: str | None = None
    skill_grade: int | None = None
    office_it: str | None = None
    other_it: str | None = None
    soft_skills: tuple[str, ...] | None = None
    skills: str | None = None
    employment_status: str | None = None
    status_since: dt.date | None = None
    job_loss_reason: str | None = None
    last_pay: int | None = None
    on_unemployment_benefit: bool | None = None
    services: tuple[str, ...] | None = None
    pay_wanted: int | None = None
    pay_min: int | None = None
    mode: str | None = None
    purpose: str | None = None
    shifts: tuple[str, ...] | None = None
    accepts_overtime: bool | None = None
    needs_dormitory: bool | None = None
    needs_bus: bool | None = None
    employer_types: tuple[str, ...] | None = None
    parks: tuple[str, ...] | None = None
    available_on: dt.date | None = None
    note: str | None = None
    wishes: tuple[WishData, ...] = ()
    qualifications: tuple[QualificationData, ...] = ()
    certificates: tuple[CertificateData, ...] = ()
    experiences: tuple[ExperienceData, ...] = ()
    languages: tuple[LanguageData, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SensitiveData:
    """What is kept only with consent for it; None means "not asked"."""

    ethnicity: str | None = None
    height_cm: str | None = None
    weight_kg: str | None = None
    health: str | None = None
    target_groups: tuple[GroupData, ...] = ()


CHILDREN: dict[str, Any] = {
    "wishes": Wish,
    "qualifications": Qualification,
    "certificates": SkillCertificate,
    "experiences": Experience,
    "languages": LanguageSkill,
    "target_groups": TargetGroup,
}
# Which list the code, or each of the codes, of a field must come from.
ONE_OF = {
    "general_education": "A", "qualification": "B", "office_it": "C", "employment_status": "E",
    "mode": "I", "purpose": "J",
}  # fmt: skip
SOME_OF = {"soft_skills": "D", "services": "G", "shifts": "K", "employer_types": "L"}


def register(
    session: Session,
    *,
    identity: Identity,
    file: FileData,
    consents: Collection[Purpose],
    way: Way,
    by: Actor,
    evidence: str = "",
    others: Collection[int] = (),
    same: int | None = None,
    given_on: dt.date | None = None,
) -> Seeker:
    """Open a file for a person, with the consents that the person gave just now, or `given_on`.

    Of `others` a human said that they are somebody else, of `same` that it is this person.
    Refuses without consent to be registered, for a child under 15, for whom has a file already,
    and what `find_or_write` refuses (whoever looks like this person).
    """
    if Purpose.REGISTER not in consents:
        raise Refused(N_("Cần sự đồng ý lưu hồ sơ trước khi ghi."), field="consents")
    if identity.ethnicity and Purpose.SENSITIVE not in consents:
        raise _unasked()
    _check_age(session, identity)
    _check_places(session, identity)
    written = find_or_write(session, identity=identity, by=by, others=others, same=same)
    person = written.person
    if not written.is_new:
        check_no_file(session, person)
    for purpose in sorted(set(consents)):
        give_consent(
            session, person=person, purpose=purpose, way=way, evidence=evidence, by=by,
            given_on=given_on,
        )  # fmt: skip
    today = clock.today()
    seeker = Seeker(
        number=file_number(
            session, "seeker-file", number=take(session, "HS", today.year), on=today
        ),
        person=person,
        registered_on=today,
        state=FileState.NEW,
        responsible_id=by.user_id,
    )
    session.add(seeker)
    _write_file(session, seeker, file)
    session.flush()
    record(session, by=by, action="register-seeker", kind="seeker", subject_id=seeker.id)
    return seeker


def change(
    session: Session,
    *,
    seeker: Seeker,
    identity: Identity,
    file: FileData,
    version: int | None,
    by: Actor,
) -> list[str]:
    """Replace what the file holds and return the names of the fields that changed.

    Sensitive data are left alone: see `change_sensitive`. Raises `Stale` when somebody saved
    after `version`.
    """
    hold(session, seeker, version)
    _check_age(session, identity)
    _check_places(session, identity)
    person = seeker.person
    kept = replace(identity, ethnicity=person.ethnicity)
    changed = write_identity(session, person, kept) + _write_file(session, seeker, file)
    note_change(session, seeker, changed, by)
    return changed


def change_sensitive(
    session: Session, *, seeker: Seeker, data: SensitiveData, version: int | None, by: Actor
) -> list[str]:
    """Replace the sensitive data; refused while the person does not agree to have them kept."""
    hold(session, seeker, version)
    if Purpose.SENSITIVE not in agreed(session, seeker.person_id):
        raise _unasked()
    held = {row.code for row in seeker.target_groups}
    for group in data.target_groups:
        check_code(session, "F", group.code, field="target_groups", kept=held)
    _check_distinct((group.code for group in data.target_groups), N_("Diện ưu tiên ghi hai lần."))
    changed = _put(seeker.person, {"ethnicity": data.ethnicity})
    changed += _put(seeker, {n: getattr(data, n) for n in ("height_cm", "weight_kg", "health")})
    changed += replace_rows(session, seeker, "target_groups", data.target_groups)
    note_change(session, seeker, changed, by)
    return changed


def move(session: Session, *, seeker: Seeker, verb: str, by: Actor) -> None:
    """Lead the file to another state of list M by a verb of `FILE_MOVES`."""
    if verb not in FILE_MOVES.table:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="verb")
    hold(session, seeker, None)
    move_to(session, seeker, verb, FILE_MOVES.after(verb, seeker.state), by)


def note_change(session: Session, seeker: Seeker, changed: list[str], by: Actor) -> None:
    """Raise the file's version and write the ledger for the fields that changed, if any did."""
    if not changed:
        return
    # A change of the person or of a child row raises the file's version too.
    seeker.changed_at = clock.now()
    session.flush()
    record(
        session, by=by, action="change-seeker", kind="seeker", subject_id=seeker.id,
        fields=sorted(changed),
    )  # fmt: skip


def _unasked() -> Refused:
    return Refused(N_("Chưa có sự đồng ý ghi thông tin nhạy cảm."))


def _check_age(session: Session, identity: Identity) -> None:
    today, born = clock.today(), identity.birth_date
    least = setting(session, LEAST_AGE)
    if born is not None:
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    else:
        age = today.year - identity.birth_year if identity.birth_year else least
    if age < least:
        raise Refused(
            N_("Chưa đủ %(least)s tuổi, chưa ghi hồ sơ tìm việc được."),
            field="birth",
            least=least,
        )


def _check_places(session: Session, identity: Identity) -> None:
    for field in ("current_commune", "permanent_commune"):
        code = getattr(identity, field)
        if code and commune(session, code) is None:
            raise Refused(N_("Chọn một giá trị trong danh sách."), field=field)


def _write_file(session: Session, seeker: Seeker, file: FileData) -> list[str]:
    _check_codes(session, seeker, file)
    _check_rows(session, file)
    plain = {
        name: getattr(file, name) for name in FileData.__dataclass_fields__ if name not in CHILDREN
    }
    changed = _put(seeker, plain)
    for name in CHILDREN:
        if name != "target_groups":
            changed += replace_rows(session, seeker, name, getattr(file, name))
    return changed


def _put(row: Any, values: dict[str, Any]) -> list[str]:
    """Set what differs and return its names; an empty text is "not asked"."""
    changed = []
    for name, value in values.items():
        value = None if value == "" else value
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.append(name)
    return changed


def replace_rows(session: Session, seeker: Seeker, name: str, rows: Sequence[Any]) -> list[str]:
    """Put `rows` in place of the list `name` when they differ from it."""
    wanted = [asdict(row) for row in rows]
    if name == "wishes":
        wanted = [{"rank": rank, **row} for rank, row in enumerate(wanted, start=1)]
    there = getattr(seeker, name)
    have = [{key: getattr(row, key) for key in wanted[0]} for row in there] if wanted else []
    if len(wanted) == len(there) and sorted(map(repr, have)) == sorted(map(repr, wanted)):
        return []
    there.clear()
    session.flush()  # the old rows leave first: rank, language and group are unique in a file
    there.extend(CHILDREN[name](**row) for row in wanted)
    return [name]


def _check_codes(session: Session, seeker: Seeker, file: FileData) -> None:
    for field, of in ONE_OF.items():
        kept = (getattr(seeker, field),)
        check_code(session, of, getattr(file, field), field=field, kept=kept)
    for field, of in SOME_OF.items():
        for code in getattr(file, field) or ():
            check_code(session, of, code, field=field, kept=getattr(seeker, field))
    if any(session.get(Park, code) is None for code in file.parks or ()):
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="parks")
    levels = {row.level for row in seeker.qualifications}
    for row in file.qualifications:
        check_code(session, "B", row.level, field="qualifications", kept=levels)
    abilities = {row.ability for row in seeker.languages}
    for language in file.languages:
        check_code(session, "C", language.ability, field="languages", kept=abilities)
    typed = [row.occupation_code for row in file.wishes]
    typed += [row.occupation_code for row in file.experiences]
    codes = {code for code in typed if code}
    if codes - set(occupation_names(session, sorted(codes))):
        raise Refused(N_("Có mã nghề không nằm trong danh mục nghề."))


def _check_rows(session: Session, file: FileData) -> None:
    if len(file.wishes) > MOST_WISHES:
        raise Refused(N_("Ghi nhiều nhất %(most)s việc mong muốn."), most=MOST_WISHES)
    if any(len(getattr(file, name, ())) > MOST_ROWS for name in CHILDREN):
        raise Refused(N_("Ghi nhiều nhất %(most)s dòng mỗi mục."), most=MOST_ROWS)
    for job in file.experiences:
        if job.started_on and job.ended_on and job.ended_on < job.started_on:
            raise Refused(N_("Việc “%(job)s”: ngày nghỉ trước ngày vào."), job=job.position)
    _check_distinct((row.language for row in file.languages), N_("Một ngoại ngữ ghi hai lần."))
    if file.pay_wanted and file.pay_min and file.pay_wanted < file.pay_min:
        raise Refused(N_("Lương mong muốn đang thấp hơn lương thấp nhất."), field="pay_wanted")
    if file.skill_grade is not None and not 1 <= file.skill_grade <= 7:
        raise Refused(N_("Bậc thợ từ 1 đến 7."), field="skill_grade")


def _check_distinct(values: Iterable[str], message: str) -> None:
    seen = list(values)
    if len(set(seen)) < len(seen):
        raise Refused(message)
