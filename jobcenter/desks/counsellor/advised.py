"""Forms in which consultations are written, and reading who was advised from typed lines."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.widgets import TextArea

from jobcenter.advising.choices import AT_COUNTER, BY_PHONE, MOST_PEOPLE, OUTCOME_LABELS, Outcome
from jobcenter.advising.consultations import Advised, Told
from jobcenter.desks.access import me
from jobcenter.desks.code_fields import CodeField, CodesField
from jobcenter.desks.counsellor.plan_forms import ClockField
from jobcenter.desks.forms import DateField, Form, LineField, ProseField
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import Slice
from jobcenter.kernel.words import N_
from jobcenter.seekers import queries as seekers
from jobcenter.seekers.queries import SeekerFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcenter.advising.models import Consultation, Visit


def outcomes() -> list[tuple[str, str]]:
    """Return the outcomes of a consultation as a form offers them."""
    known = [(one.value, _(OUTCOME_LABELS[one])) for one in Outcome]
    return [("", _("Chưa ghi")), *known]


class NoteForm(Form):
    """What somebody was told, and what it led to."""

    subjects = CodesField(N_("Tư vấn về"), "G")
    outcome = SelectField(N_("Kết quả"), choices=outcomes, default="")
    next_step = LineField(N_("Việc tiếp theo"), most=200)
    note = ProseField(N_("Ghi chú"), most=4_000, widget=TextArea())

    def told(self, **more: Any) -> Told:
        """Return what was typed."""
        return Told(
            subjects=tuple(self.subjects.data or ()),
            outcome=Outcome(self.outcome.data) if self.outcome.data else None,
            next_step=self.next_step.data or "",
            note=self.note.data or "",
            **more,
        )


class AfterVisitForm(NoteForm):
    """What the visitor at hand was told, and when to come again."""

    again_day = DateField(N_("Hẹn lại ngày"))
    again_time = ClockField(N_("Lúc"))

    def again(self) -> tuple[dt.date, dt.time] | None:
        """Return when to come again, None for no appointment; refuses half of one."""
        day, time = self.again_day.day, self.again_time.time
        if day is not None and time is not None:
            return day, time
        if day is None and time is None:
            return None
        name = "again_time" if time is None else "again_day"
        raise Refused(N_("Cần điền mục này."), field=name)

    @classmethod
    def of_visit(cls, visit: Visit) -> AfterVisitForm:
        """Return the form with what the visitor came for."""
        return cls(data={"subjects": visit.services or ()})

    def told_at(self, visit: Visit) -> Told:
        """Return what was typed, as told at the counter."""
        return self.told(day=visit.day, channel=AT_COUNTER)


class ConsultationForm(NoteForm):
    """A consultation that no visit stands for, or one to correct."""

    day = DateField(N_("Ngày"), default=clock.today)
    channel = CodeField(N_("Cách tư vấn"), "S", blank=N_("Chọn"), default=BY_PHONE)

    @classmethod
    def of(cls, row: Consultation, **kw: Any) -> ConsultationForm:
        """Return the form that shows a row."""
        data = {
            "subjects": row.subjects, "outcome": row.outcome.value if row.outcome else "",
            "next_step": row.next_step, "note": row.note, "day": row.day, "channel": row.channel,
        }  # fmt: skip
        return cls(data=data, **kw)

    def written(self) -> Told:
        """Return what was typed, or refuse without a day."""
        if self.day.day is None:
            raise Refused(N_("Cần điền mục này."), field="day")
        return self.told(day=self.day.day, channel=self.channel.data or "")


class SeveralForm(ConsultationForm):
    """A new note, for one or for several."""

    people = ProseField(N_("Ai được tư vấn"), most=20_000, needed=True, widget=TextArea())


def read_people(text: str) -> list[Advised]:
    """Return who stands in `text`, a line each: a file's number, a phone or ID, or a bare name.

    Refuses a number that leads to no file or to several; a name without a number has no file.
    """
    lines = [line for one in text.splitlines() if (line := vietnamese.clean_line(one))]
    if len(lines) > MOST_PEOPLE:
        raise Refused(
            N_("Ghi nhiều nhất %(most)s người một lần."), field="people", most=MOST_PEOPLE
        )
    return [_read(line) for line in lines]


def _read(line: str) -> Advised:
    number = seekers.file_number(line.partition(",")[0])
    if number:
        try:
            return Advised(person=seekers.by_number(db.session(), number, me()).person)
        except Missing:
            raise Refused(
                N_("Không có hồ sơ số %(number)s."), field="people", number=number
            ) from None
    if not any(one.isalpha() for one in line):
        return Advised(person=_by_digits(line))
    name, _comma, phone = line.partition(",")
    return Advised(name=named(name), phone=phone.strip() or None)


def named(text: str) -> str:
    """Return a typed name, or refuse one that no name is as long as."""
    name = vietnamese.clean_line(text)
    if len(name) > 120:
        raise Refused(N_("Dài quá %(limit)s ký tự, cần viết ngắn lại."), field="people", limit=120)
    return name


def _by_digits(line: str) -> Any:
    page = seekers.listed(db.session(), me(), SeekerFilter(text=line), Slice(1, 25))
    if len(vietnamese.digits(line)) < 4 or page.total == 0:
        raise Refused(N_("Không có hồ sơ nào mang số %(number)s."), field="people",
                      number=line)  # fmt: skip
    if page.total > 1:
        raise Refused(
            N_("Có %(count)s hồ sơ mang số %(number)s. Ghi số hồ sơ."), field="people",
            count=page.total, number=line,
        )  # fmt: skip
    return page.items[0].person


def known_phone(name: str, phone: str | None) -> Advised | None:
    """Return the one person with a file who has this phone and this name, else None."""
    if not phone or not name:
        return None
    page = seekers.listed(db.session(), me(), SeekerFilter(text=phone), Slice(1, 25))
    same = [
        one.person
        for one in page.items
        if one.person.phone == phone
        and vietnamese.name_key(one.person.full_name) == vietnamese.name_key(name)
    ]
    return Advised(person=same[0]) if len(same) == 1 else None


def as_lines(files: Sequence[Any]) -> str:
    """Return files as the lines in which they are typed."""
    return "\n".join(f"{one.number}, {one.person.full_name}" for one in files)
