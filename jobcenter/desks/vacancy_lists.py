"""The lists of vacancies, shared by the centre's desk and the firm's: filters in the address."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.desks.access import me
from jobcenter.desks.forms import DateField, Form, LineField
from jobcenter.desks.labels import choices
from jobcenter.desks.vacancy_form import WORDS, round_words
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.vacancies import queries
from jobcenter.vacancies.choices import STATE_LABELS, VacancyState

DUE_SHOWN = 5


def _rounds() -> list[tuple[str, str]]:
    found = queries.rounds(db.session(), me())
    return [("", _("Tất cả")), *((f"{m:%Y-%m}/{n}", round_words(m, n)) for m, n in found)]


class FilterForm(Form):
    """How a list is narrowed; it lives in the address."""

    class Meta(Form.Meta):
        """A search needs no token."""

        csrf = False

    text = LineField(N_("Từ khoá"), most=120)
    state = SelectField(
        N_("Trạng thái"),
        choices=lambda: [("", _("Tất cả")), *((s.value, _(STATE_LABELS[s])) for s in VacancyState)],
        default="",
    )
    park = SelectField(
        N_("Khu công nghiệp"), default="", choices=lambda: choices("park", blank=_("Tất cả"))
    )
    shift = SelectField(N_("Ca làm"), default="", choices=lambda: choices("K", blank=_("Tất cả")))
    occupation = LineField(N_("Mã nghề"), most=6)
    deadline_by = DateField(N_("Hạn đến"))
    round = SelectField(N_("Đợt tuyển"), default="", choices=_rounds)

    def wanted(self) -> queries.VacancyFilter:
        """Return the filter; what cannot be read is left out and said beside its field."""
        good = {field.name: field.data for field in self if not field.errors}
        state = good.get("state")
        return queries.VacancyFilter(
            text=good.get("text") or "",
            state=VacancyState(state) if state else None,
            park=good.get("park") or None,
            shift=good.get("shift") or None,
            occupation=good.get("occupation") or "",
            deadline_by=self.deadline_by.day,
            round=read_round(good.get("round") or ""),
            due=request.args.get("due") == "yes",
            enterprise=key_in(request.args.get("enterprise")),
            sort=request.args.get("sort", "newest"),
        )


def read_round(text: str) -> tuple[dt.date, int] | None:
    """Return the round that an address names, "2026-11/2"; it was one of the choices."""
    if not text:
        return None
    month, _slash, number = text.partition("/")
    return dt.date.fromisoformat(f"{month}-01"), int(number)


def listed() -> dict[str, Any]:
    """Return what the page of a list shows: the rows, the filter, what must be decided now."""
    form = FilterForm(request.args)
    form.validate()
    wanted = form.wanted()
    window = asked(request.args.get("page"), request.args.get("size"))
    due = queries.due(db.session(), me(), clock.today())
    return {
        "form": form,
        "wanted": wanted,
        "page": queries.listed(db.session(), me(), wanted, window),
        "due": due[:DUE_SHOWN],
        "due_count": len(due),
        "sort": wanted.sort,
        "sort_href": _sort_href,
        "openings_left": queries.openings_left,
        "unsettled": queries.unsettled,
        **WORDS,
    }


def _sort_href(key: str) -> str:
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ("sort", "page")]
    return f"{request.path}?{urlencode([*kept, ('sort', key)])}"


def key_in(text: str | None) -> uuid.UUID | None:
    """Return the key in an address; one that cannot be read is a page that is not there."""
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Missing from None
