"""Code lists as tables, so that an administrator can keep them and old records keep old codes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Float, ForeignKey, Integer, String, false
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from jobcenter.catalogue.choices import Award, DayKind, InSurvey, OnForm, ParkState, Unit
from jobcenter.kernel.db import Base, Codes, Keyed, Line, Versioned, choice
from jobcenter.kernel.privacy import PLAIN


class Kept:
    """A row that ships with the program and that an administrator may change.

    `edited` names the columns that were: a later shipped file leaves those alone.
    """

    edited: Mapped[tuple[str, ...]] = mapped_column(Codes, default=(), server_default="|")
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Let SQLAlchemy raise the version on every UPDATE and compare it in its WHERE."""
        return {"version_id_col": cls.version}


class CodeValue(Kept, Base):
    """One value of a list of domain.md 2.3; `list` is its letter, both dates are inclusive."""

    __tablename__ = "code_value"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
                        name="ends_after_start"),
    )  # fmt: skip

    list: Mapped[str] = mapped_column(String(12), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name_vi: Mapped[str] = mapped_column(Line(160))
    name_en: Mapped[str] = mapped_column(Line(160))
    position: Mapped[int]
    source: Mapped[str] = mapped_column(Line(120), default="")
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]

    def is_valid(self, day: dt.date) -> bool:
        """Say whether forms offer the value on `day`."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class Occupation(Kept, Base):
    """A code of the Vietnamese occupation list (Decision 34/2020/QĐ-TTg), levels 1 to 5."""

    __tablename__ = "occupation"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    level: Mapped[int]
    name_vi: Mapped[str] = mapped_column(Line(250))
    name_en: Mapped[str] = mapped_column(Line(250), default="")
    folded: Mapped[str] = mapped_column(String(600))


class OccupationSynonym(Kept, Base):
    """What else people call an occupation; one that misleads is switched off, not deleted."""

    __tablename__ = "occupation_synonym"

    phrase: Mapped[str] = mapped_column(Line(120), primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("occupation.code"), index=True)
    is_off: Mapped[bool] = mapped_column(default=False, server_default=false())


class Commune(Kept, Base):
    """A commune, ward or special zone after the merger of 2025, with the names it was made of."""

    __tablename__ = "commune"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    province_code: Mapped[str] = mapped_column(String(2), index=True)
    province: Mapped[str] = mapped_column(Line(60))
    name: Mapped[str] = mapped_column(Line(60))
    full_name: Mapped[str] = mapped_column(Line(80), info=PLAIN)
    name_en: Mapped[str] = mapped_column(Line(80))
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    before_merger: Mapped[str] = mapped_column(Line(2000), default="")
    aliases: Mapped[tuple[str, ...]] = mapped_column(Codes, default=(), server_default="|")
    folded: Mapped[str] = mapped_column(String(2200))


class CommuneRegion(Kept, Base):
    """The wage region of a commune from a date on."""

    __tablename__ = "commune_region"
    __table_args__ = (CheckConstraint("region BETWEEN 1 AND 4", name="region_known"),)

    commune_code: Mapped[str] = mapped_column(ForeignKey("commune.code"), primary_key=True)
    valid_from: Mapped[dt.date] = mapped_column(primary_key=True)
    region: Mapped[int]
    source: Mapped[str] = mapped_column(Line(120), default="")


class Park(Kept, Base):
    """An industrial park or zone; `aliases` are other names people use for it.

    `commune_code` is the commune that distances are measured from, `communes` are all it lies in.
    """

    __tablename__ = "park"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name_vi: Mapped[str] = mapped_column(Line(120))
    name_en: Mapped[str] = mapped_column(Line(120))
    aliases: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    zone: Mapped[str] = mapped_column(Line(120), default="")
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("commune.code"))
    communes: Mapped[tuple[str, ...]] = mapped_column(Codes, default=(), server_default="|")
    state: Mapped[str] = mapped_column(String(20), default=ParkState.OPERATING.value)
    wage_region: Mapped[int | None]
    note: Mapped[str] = mapped_column(Line(200), default="", server_default="")


class MinimumWage(Kept, Base):
    """The regional minimum wage from a date on, in VND."""

    __tablename__ = "minimum_wage"

    region: Mapped[int] = mapped_column(Integer, primary_key=True)
    valid_from: Mapped[dt.date] = mapped_column(primary_key=True)
    monthly: Mapped[int]
    hourly: Mapped[int]
    source: Mapped[str] = mapped_column(Line(120), default="")


class TargetGroupRule(Kept, Base):
    """What a target group of list F means from a date on: on forms, for support, in surveys."""

    __tablename__ = "target_group_rule"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    valid_from: Mapped[dt.date] = mapped_column(primary_key=True)
    on_form: Mapped[OnForm] = mapped_column(choice(OnForm, "on_form_known"))
    support: Mapped[int | None]
    support_special: Mapped[int | None]
    survey: Mapped[InSurvey] = mapped_column(choice(InSurvey, "survey_known"))
    note: Mapped[str] = mapped_column(Line(200), default="")
    source: Mapped[str] = mapped_column(Line(120), default="")


class ProgrammeTypeRule(Kept, Base):
    """What must hold for a programme type of list V from a date on. None: no such bound.

    Shares and attendance are percents, marks tenths (50 is 5,0). `grades` are "90:excellent": the
    least average in tenths and the name that it earns, the best first. Class sizes warn, never
    block: theory, practice, hazardous practice. `counts_in_plan`: who learns here is part of the
    year's plan. Safety training: group, months of validity, hours of the refresher.
    """

    __tablename__ = "programme_type_rule"
    __table_args__ = (
        CheckConstraint("theory_most BETWEEN 0 AND 100", name="theory_is_a_share"),
        CheckConstraint("theory_attendance BETWEEN 0 AND 100 AND practice_attendance "
                        "BETWEEN 0 AND 100", name="attendance_is_a_share"),
        CheckConstraint("pass_mark BETWEEN 0 AND 100 AND module_mark BETWEEN 0 AND 100",
                        name="marks_out_of_ten"),
        CheckConstraint("hours_most IS NULL OR hours_most >= hours_least", name="hours_in_order"),
    )  # fmt: skip

    type: Mapped[str] = mapped_column(String(40), primary_key=True)
    valid_from: Mapped[dt.date] = mapped_column(primary_key=True)
    hours_least: Mapped[int | None]
    hours_most: Mapped[int | None]
    modules_least: Mapped[int | None]
    theory_most: Mapped[int | None]
    theory_attendance: Mapped[int] = mapped_column(default=0)
    practice_attendance: Mapped[int] = mapped_column(default=0)
    module_mark: Mapped[int] = mapped_column(default=50)
    pass_mark: Mapped[int] = mapped_column(default=50)
    grades: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    size_theory: Mapped[int | None]
    size_practice: Mapped[int | None]
    size_hazard: Mapped[int | None]
    counts_in_plan: Mapped[bool]
    award: Mapped[Award] = mapped_column(choice(Award, "award_known"))
    safety_group: Mapped[int | None]
    valid_months: Mapped[int | None]
    refresher_hours: Mapped[int | None]
    note: Mapped[str] = mapped_column(Line(200), default="")
    source: Mapped[str] = mapped_column(Line(160), default="")


class CalendarDay(Kept, Base):
    """A day that is not what its weekday says."""

    __tablename__ = "calendar_day"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind] = mapped_column(choice(DayKind, "kind_known"))
    name_vi: Mapped[str] = mapped_column(Line(120))
    name_en: Mapped[str] = mapped_column(Line(120))
    source: Mapped[str] = mapped_column(Line(120), default="")


class UnitProfile(Kept, Base):
    """How one of the two units is called and reached from a date on."""

    __tablename__ = "unit_profile"

    unit: Mapped[Unit] = mapped_column(choice(Unit, "unit_known"), primary_key=True)
    valid_from: Mapped[dt.date] = mapped_column(primary_key=True)
    name_vi: Mapped[str] = mapped_column(Line(160))
    name_en: Mapped[str] = mapped_column(Line(160))
    superior_vi: Mapped[str] = mapped_column(Line(160))
    superior_en: Mapped[str] = mapped_column(Line(160))
    place: Mapped[str] = mapped_column(Line(60))
    address: Mapped[str] = mapped_column(Line(200), default="")
    phone: Mapped[str] = mapped_column(Line(40), default="", info=PLAIN)  # the office's
    email: Mapped[str] = mapped_column(Line(120), default="", info=PLAIN)
    stamp_note: Mapped[str] = mapped_column(Line(200), default="")
    source: Mapped[str] = mapped_column(Line(160), default="")


class Signatory(Keyed, Versioned, Base):
    """Who signs for a unit, under which title, on which days (both inclusive)."""

    __tablename__ = "signatory"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
    )

    unit: Mapped[Unit] = mapped_column(choice(Unit, "unit_known"), index=True)
    title_vi: Mapped[str] = mapped_column(Line(80))
    title_en: Mapped[str] = mapped_column(Line(80))
    name: Mapped[str] = mapped_column(Line(120))
    position: Mapped[int] = mapped_column(default=1)
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]


class NumberFormat(Kept, Base):
    """How numbers of one kind of paper are written from a date on: "{number}/{year}/GT"."""

    __tablename__ = "number_format"
    __table_args__ = (CheckConstraint("width BETWEEN 1 AND 8", name="width_plausible"),)

    unit: Mapped[Unit] = mapped_column(choice(Unit, "unit_known"), primary_key=True)
    paper: Mapped[str] = mapped_column(String(40), primary_key=True)
    valid_from: Mapped[dt.date] = mapped_column(primary_key=True)
    pattern: Mapped[str] = mapped_column(Line(50))
    width: Mapped[int]
    source: Mapped[str] = mapped_column(Line(120), default="")


class LoadedFile(Base):
    """Which version of a shipped list was loaded, so that a second start reads nothing twice."""

    __tablename__ = "loaded_file"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))


class CatalogueStamp(Base):
    """One row, new at every change of any list: whoever holds another stamp reads afresh."""

    __tablename__ = "catalogue_stamp"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    value: Mapped[str] = mapped_column(String(32))
