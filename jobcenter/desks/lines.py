"""Repeated lines of a form: jobs held, contacts, bus routes. Empty lines are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from wtforms import FieldList, FormField
from wtforms import Form as Part

from jobcenter.desks.forms import Words

LAST_INDEX = 200  # of a line in what is sent; rules refuse far fewer, in words


class Line(Part):
    """One repeated line; it says nothing while all of it is empty."""

    class Meta:
        """WTForms' settings."""

        def get_translations(self, form: object) -> Words:
            """Return our messages instead of a catalogue."""
            return Words()

    def is_empty(self) -> bool:
        """Say whether nothing was typed."""
        return not any(field.data for field in self)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check what was typed; an empty line is right."""
        if self.is_empty():
            return True
        good = super().validate(extra_validators)
        first = next(iter(self))
        if not first.data:
            first.errors = [_("Cần điền mục này.")]
            return False
        return good


class Lines(FieldList):  # type: ignore[type-arg]
    """Repeated lines with empty ones below, so that no script is needed to add one.

    `ordered` says that the order is part of what is kept (first wish, second wish); two versions
    of such a list are compared as a whole.
    """

    def __init__(
        self, label: str, line: type[Line], *, most: int = 30, ordered: bool = False, **kw: Any
    ) -> None:
        self.line, self.most, self.ordered = line, most, ordered
        super().__init__(FormField(line), label, **kw)

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """Yield the numbers of the lines that were sent; odd or huge ones are no lines."""
        start = f"{prefix}-"
        for key in formdata:
            number = key[len(start) :].split("-", 1)[0] if key.startswith(start) else ""
            if number.isascii() and number.isdigit() and int(number[:9]) <= LAST_INDEX:
                yield int(number[:9])

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the names of the fields of a line, in order."""
        one = self.entries[0].form if self.entries else self.line()
        return tuple(part.short_name for part in one)

    def make_room(self, spare: int = 2) -> None:
        """Append empty lines until `spare` stand at the end."""
        empty = sum(entry.form.is_empty() for entry in self.entries)
        for _n in range(min(spare - empty, self.most - len(self.entries))):
            self.append_entry()

    def rows(self) -> list[Line]:
        """Return the lines that hold something."""
        return [entry.form for entry in self.entries if not entry.form.is_empty()]
