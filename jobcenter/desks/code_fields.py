"""Form fields that offer the values of a code list in force, and keep what a record holds."""

from __future__ import annotations

from typing import Any, cast

from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.desks.forms import CheckField
from jobcenter.desks.labels import choices, code_label
from jobcenter.kernel.words import N_

Pairs = list[tuple[str, str]]


class CodeField(SelectField):
    """One code of a list; a retired code that the record holds is still offered to it."""

    def __init__(self, label: str, of: str, *, blank: str = N_("Chưa hỏi"), **kw: Any) -> None:
        self.of = of
        super().__init__(label, choices=lambda: choices(of, blank=_(blank)), **kw)

    def process_data(self, value: Any) -> None:
        """Show a stored code."""
        super().process_data(value or "")
        known = cast("Pairs", self.choices)
        if value and value not in dict(known):
            self.choices = [*known, (value, retired(value, self.of))]


class CodesField(CheckField):
    """Several codes of a list; none ticked is "not asked"."""

    def __init__(self, label: str, of: str, **kw: Any) -> None:
        self.of = of
        super().__init__(label, choices=lambda: choices(of), **kw)

    def process_data(self, value: Any) -> None:
        """Show stored codes, retired ones too."""
        super().process_data(value or ())
        known = cast("Pairs", self.choices)
        gone = [code for code in value or () if code not in dict(known)]
        self.choices = [*known, *((code, retired(code, self.of)) for code in gone)]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was ticked; the same values as before keep their order, so nothing changed."""
        super().process_formdata(valuelist)
        if self.object_data and set(self.data or ()) == set(self.object_data):
            self.data = list(self.object_data)


def retired(code: str, of: str) -> str:
    """Return the name of a code that forms no longer offer, and say so."""
    return str(_("%(name)s (ngừng dùng)", name=code_label(code, of)))
