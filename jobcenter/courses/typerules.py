"""Dated rules of programme types: a change is a new row from a day on, what was stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.choices import Award
from jobcenter.catalogue.models import ProgrammeTypeRule
from jobcenter.courses.queries import rule_of
from jobcenter.courses.rules import require_school
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class TypeRuleData:
    """What holds from a day on; None: no such bound. Percents, and marks in tenths."""

    valid_from: dt.date
    hours_least: int | None = None
    hours_most: int | None = None
    modules_least: int | None = None
    theory_most: int | None = None
    theory_attendance: int = 0
    practice_attendance: int = 0
    module_mark: int = 50
    pass_mark: int = 50
    size_theory: int | None = None
    size_practice: int | None = None
    size_hazard: int | None = None
    counts_in_plan: bool = True
    award: Award = Award.CERTIFICATE
    valid_months: int | None = None
    refresher_hours: int | None = None
    source: str = ""


def set_type_rule(session: Session, *, of: str, data: TypeRuleData, by: Actor) -> None:
    """Write what holds for a programme type from a day on; grades follow the rule before."""
    require_school(by)
    before = rule_of(session, of, on=data.valid_from)
    if before is None:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="type")
    if data.hours_most is not None and data.hours_most < (data.hours_least or 0):
        raise Refused(N_("Giờ tối đa phải từ giờ tối thiểu trở lên."), field="hours_most")
    row = session.get(ProgrammeTypeRule, (of, data.valid_from))
    if row is None:
        row = ProgrammeTypeRule(
            type=of, valid_from=data.valid_from, grades=before.grades,
            safety_group=before.safety_group, note=before.note,
        )  # fmt: skip
        session.add(row)
    for name, value in asdict(data).items():
        if name != "valid_from":
            setattr(row, name, value)
    row.edited = tuple(name for name in asdict(data) if name != "valid_from")
    session.flush()
    record(
        session, by=by, action="set-type-rule", kind="programme-type", subject_id=None, code=of,
        valid_from=data.valid_from.isoformat(),
    )  # fmt: skip
