"""What an administrator does with the larger registers: occupations, places, wages, days.

Dated rows are added, never overwritten: yesterday's papers keep yesterday's figures. A row of the
same date is corrected in place, and the ledger tells.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.choices import (
    CODE_PATTERN,
    REGIONS,
    DayKind,
    InSurvey,
    OnForm,
    ParkState,
)
from jobcenter.catalogue.editing import expect, keep, needed, require_editor
from jobcenter.catalogue.models import (
    CalendarDay,
    Commune,
    CommuneRegion,
    MinimumWage,
    Occupation,
    OccupationSynonym,
    Park,
    TargetGroupRule,
)
from jobcenter.catalogue.rules import folded_names, touch
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_

_MOST_ALIASES = 390  # letters, as one column holds them


def rename_occupation(
    session: Session, *, occupation: Occupation, name_en: str, version: int | None, by: Actor
) -> None:
    """Give an occupation its English name; the Vietnamese one is the decision's own."""
    require_editor(by)
    expect(occupation, version)
    if keep(occupation, name_en=needed(name_en, field="name_en")):
        _done(session, by, "rename-occupation", "occupation", code=occupation.code)


def add_synonym(session: Session, *, occupation: Occupation, phrase: str, by: Actor) -> None:
    """Let a phrase lead to an occupation; one phrase leads to one."""
    require_editor(by)
    plain = needed(phrase, field="phrase")
    for other in session.scalars(select(OccupationSynonym)):
        if other.phrase.casefold() != plain.casefold():
            continue
        if other.code != occupation.code and not other.is_off:
            raise Refused(
                N_("“%(phrase)s” đang dẫn đến nghề %(code)s. Bỏ ở đó trước."),
                field="phrase", phrase=plain, code=other.code,
            )  # fmt: skip
        keep(other, code=occupation.code, is_off=False)
        break
    else:
        session.add(
            OccupationSynonym(phrase=plain, code=occupation.code, edited=("code", "is_off"))
        )
    _done(session, by, "add-synonym", "occupation", code=occupation.code, phrase=plain)


def switch_synonym(session: Session, *, code: str, phrase: str, on: bool, by: Actor) -> None:
    """Stop or start a phrase leading to its occupation."""
    require_editor(by)
    found = session.get(OccupationSynonym, vietnamese.clean_line(phrase)[:120])
    if found is None or found.code != code:
        raise Missing
    if keep(found, is_off=not on):
        _done(session, by, "switch-synonym", "occupation", code=code, phrase=phrase, on=on)


def change_commune(
    session: Session, *, commune: Commune, aliases: Sequence[str], version: int | None, by: Actor
) -> None:
    """Replace the names that people use for a commune beside the official ones."""
    require_editor(by)
    expect(commune, version)
    if keep(commune, aliases=_names(aliases)):
        commune.folded = folded_names(commune)
        _done(session, by, "change-commune", "commune", code=commune.code)


def set_region(
    session: Session, *, commune: Commune, region: int, valid_from: dt.date, source: str, by: Actor
) -> None:
    """Put a commune into a wage region from a date on."""
    require_editor(by)
    _require_region(region)
    row = session.get(CommuneRegion, (commune.code, valid_from))
    values = {"region": region, "source": needed(source, field="source")}
    if row is None:
        session.add(
            CommuneRegion(
                commune_code=commune.code, valid_from=valid_from, edited=tuple(values), **values
            )
        )
    else:
        keep(row, **values)
    _done(
        session, by, "set-region", "commune",
        code=commune.code, region=region, valid_from=valid_from.isoformat(),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ParkData:
    """What is known of a park."""

    name_vi: str
    name_en: str
    aliases: Sequence[str]
    zone: str
    communes: Sequence[str]
    state: str
    wage_region: int | None
    note: str


def add_park(session: Session, *, code: str, data: ParkData, by: Actor) -> Park:
    """Add a park under a code of its own."""
    require_editor(by)
    plain = vietnamese.clean_line(code)
    if not re.fullmatch(CODE_PATTERN, plain):
        raise Refused(N_("Mã chỉ gồm chữ không dấu, số và gạch nối."), field="code")
    if session.get(Park, plain) is not None:
        raise Refused(N_("Mã này đã có trong danh mục."), field="code")
    values = _park_values(session, data)
    park = Park(code=plain, edited=tuple(values), **values)
    session.add(park)
    _done(session, by, "add-park", "park", code=plain)
    return park


def change_park(
    session: Session, *, park: Park, data: ParkData, version: int | None, by: Actor
) -> None:
    """Change a park; records that lie in it follow."""
    require_editor(by)
    expect(park, version)
    changed = keep(park, **_park_values(session, data))
    if changed:
        _done(session, by, "change-park", "park", code=park.code, fields=changed)


def _park_values(session: Session, data: ParkData) -> dict[str, object]:
    communes = tuple(dict.fromkeys(data.communes))
    if not communes:
        raise Refused(N_("Cần ít nhất một phường, xã."), field="communes")
    if len(communes) > 12 or any(session.get(Commune, one) is None for one in communes):
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="communes")
    if data.state not in set(ParkState):
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="state")
    if data.wage_region is not None:
        _require_region(data.wage_region)
    return {
        "name_vi": needed(data.name_vi, field="name_vi"),
        "name_en": needed(data.name_en, field="name_en"),
        "aliases": _names(data.aliases),
        "zone": vietnamese.clean_line(data.zone),
        "communes": communes,
        "commune_code": communes[0],
        "state": data.state,
        "wage_region": data.wage_region,
        "note": vietnamese.clean_line(data.note),
    }


@dataclass(frozen=True, kw_only=True)
class WageData:
    """The minimum wages of the four regions from a date on, in VND."""

    valid_from: dt.date
    monthly: Mapping[int, int]
    hourly: Mapping[int, int]
    source: str


def set_wages(session: Session, *, data: WageData, by: Actor) -> None:
    """Write down a decree: all four regions at once, from its date."""
    require_editor(by)
    source = needed(data.source, field="source")
    for region in REGIONS:
        monthly, hourly = data.monthly.get(region), data.hourly.get(region)
        if not monthly or not hourly:
            raise Refused(N_("Ghi đủ bốn vùng."), field="source")
        if hourly * 100 > monthly:
            raise Refused(
                N_("Vùng %(region)s: mức giờ quá cao so với mức tháng."),
                field=f"hourly_{region}", region=region,
            )  # fmt: skip
        higher = data.monthly.get(region - 1)
        if higher is not None and monthly > higher:
            raise Refused(
                N_("Vùng %(region)s cao hơn vùng trên nó."),
                field=f"monthly_{region}", region=region,
            )  # fmt: skip
        values = {"monthly": monthly, "hourly": hourly, "source": source}
        row = session.get(MinimumWage, (region, data.valid_from))
        if row is None:
            session.add(
                MinimumWage(
                    region=region, valid_from=data.valid_from, edited=tuple(values), **values
                )
            )
        else:
            keep(row, **values)
    _done(session, by, "set-wages", "minimum-wage", valid_from=data.valid_from.isoformat())


@dataclass(frozen=True, kw_only=True)
class GroupData:
    """What a target group means from a date on."""

    valid_from: dt.date
    on_form: str
    support: int | None
    support_special: int | None
    survey: str
    note: str
    source: str


def set_target_group(session: Session, *, code: str, data: GroupData, by: Actor) -> None:
    """Write down what a target group means from a date on."""
    require_editor(by)
    if data.on_form not in set(OnForm) or data.survey not in set(InSurvey):
        raise Refused(N_("Chọn một giá trị trong danh sách."))
    if data.support_special and data.support_special < (data.support or 0):
        raise Refused(
            N_("Mức đặc biệt không thấp hơn mức thường."), field="support_special"
        )  # fmt: skip
    values = {
        "on_form": OnForm(data.on_form),
        "support": data.support,
        "support_special": data.support_special,
        "survey": InSurvey(data.survey),
        "note": vietnamese.clean_line(data.note),
        "source": needed(data.source, field="source"),
    }
    row = session.get(TargetGroupRule, (code, data.valid_from))
    if row is None:
        session.add(
            TargetGroupRule(code=code, valid_from=data.valid_from, edited=tuple(values), **values)
        )
    else:
        keep(row, **values)
    _done(
        session, by, "set-target-group", "target-group",
        code=code, valid_from=data.valid_from.isoformat(),
    )  # fmt: skip


def set_day(
    session: Session,
    *,
    day: dt.date,
    kind: str,
    name_vi: str,
    name_en: str,
    source: str,
    by: Actor,
) -> None:
    """Say what a day is; ORDINARY gives it back to its weekday."""
    require_editor(by)
    if kind not in set(DayKind):
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="kind")
    if kind == DayKind.WORKING and day.weekday() < 5:
        raise Refused(N_("Chỉ ngày cuối tuần mới có thể là ngày làm bù."), field="kind")
    values = {
        "kind": DayKind(kind),
        "name_vi": needed(name_vi, field="name_vi"),
        "name_en": needed(name_en, field="name_en"),
        "source": needed(source, field="source"),
    }
    row = session.get(CalendarDay, day)
    if row is None:
        session.add(CalendarDay(day=day, edited=tuple(values), **values))
    else:
        keep(row, **values)
    _done(session, by, "set-day", "calendar-day", day=day.isoformat(), day_kind=kind)


def _names(names: Sequence[str]) -> tuple[str, ...]:
    plain = [vietnamese.clean_line(name).replace("|", " ") for name in names]
    found = tuple(dict.fromkeys(name for name in plain if name.strip()))
    if sum(len(name) + 1 for name in found) > _MOST_ALIASES:
        raise Refused(
            N_("Các tên gọi khác cộng lại dài quá %(most)s chữ."),
            field="aliases", most=_MOST_ALIASES,
        )  # fmt: skip
    return found


def _require_region(region: int) -> None:
    if region not in REGIONS:
        raise Refused(N_("Vùng lương từ I đến IV."), field="region")


def _done(session: Session, by: Actor, action: str, kind: str, **details: object) -> None:
    session.flush()
    touch(session)
    record(session, by=by, action=action, kind=kind, subject_id=None, **details)
