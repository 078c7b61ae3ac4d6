"""One field for an occupation: words are typed, an occupation is kept.

While typing, the page asks `public.occupations` for what the words may mean and shows it as a
choice below the box. Without JavaScript the same choice stands there after saving: nothing is lost,
and words that mean one occupation are taken at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms.validators import StopValidation

from jobcenter.catalogue.occupations import Found, Several, read_occupation
from jobcenter.desks.errors import words
from jobcenter.desks.forms import LineField
from jobcenter.desks.labels import occupation_label
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused

_MOST = 260  # the longest name with its code


class OccupationField(LineField):
    """`code` is the occupation once the field was checked; `found` what the words may mean."""

    def __init__(self, label: str = "", **kw: Any) -> None:
        self.code: str | None = None
        self.found: Sequence[Found] = ()
        self.picked = ""
        super().__init__(label, most=_MOST, **kw)

    def process_data(self, value: Any) -> None:
        """Show a stored code with its name."""
        self.code = value or None
        self.data = occupation_label(self.code)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the words; a choice counts only for the words that it was offered for."""
        super().process_formdata(valuelist[:1])
        last = str(valuelist[-1])[:300] if len(valuelist) > 1 else ""
        code, _sign, offered_for = last.partition("=")
        fits = code.isascii() and code.isdigit() and offered_for == vietnamese.fold(self.data or "")
        self.picked = code if fits else ""

    def pre_validate(self, form: object) -> None:
        """Find the one occupation meant, or stop with those that may be."""
        self.code = None
        if len(self.data or "") > _MOST:
            return  # too long: said by the validator
        try:
            self.code = read_occupation(db.session(), self.picked or self.data or "")
        except Several as several:
            self.found = several.found
            raise StopValidation(words(several)) from None
        except Refused as refused:
            raise StopValidation(words(refused)) from None
        self.data = occupation_label(self.code)
