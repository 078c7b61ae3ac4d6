"""Two people saved one record: what the second typed, beside what the first saved."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.audit.queries import history
from jobcenter.desks.forms import Form
from jobcenter.desks.pages import datetime, translate
from jobcenter.kernel.db import db


def compare(mine: Form, saved: Form) -> list[tuple[str, str, str]]:
    """Return (label, mine, theirs) of the fields that differ, as people read them."""
    rows = []
    for field in mine:
        if field.name in ("csrf_token", "form_key", "version") or field.name not in saved:
            continue
        typed, kept = shown(field), shown(saved[field.name])
        if typed != kept and field.data != saved[field.name].data:
            rows.append((translate(str(field.label.text)), typed, kept))
    return rows


def shown(field: Any) -> str:
    """Return the value of a field in words."""
    if isinstance(field, SelectField):
        chosen = field.data if isinstance(field.data, list | tuple) else [field.data]
        names = {str(value): str(label) for value, label, *_more in field.iter_choices()}
        return ", ".join(names.get(str(value), str(value)) for value in chosen if value)
    if isinstance(field.data, bool):
        return str(_("Có") if field.data else _("Không"))
    read = getattr(field, "_value", None)  # what the input shows: "9.000.000", not 9000000
    return str((read() if read else field.data) or "")


def last_change(*, kind: str, subject_id: int) -> dict[str, str]:
    """Return who saved a record last and when."""
    lines = history(db.session(), kind=kind, subject_id=subject_id)
    if not lines:
        return {"who": _("Người khác"), "when": ""}
    return {"who": lines[0].actor, "when": datetime(lines[0].at)}
