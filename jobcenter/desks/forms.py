"""The base of all forms: shape only. Meaning is for the rules, which refuse by field."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.validators import Length, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from jobcenter.desks.errors import words
from jobcenter.kernel import vietnamese
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

# What WTForms and Flask-WTF may say; WTForms ships no Vietnamese.
MESSAGES = {
    "This field is required.": N_("Cần điền mục này."),
    "Not a valid choice.": N_("Chọn một giá trị trong danh sách."),
    "'%(value)s' is not a valid choice for this field.": N_("Chọn một giá trị trong danh sách."),
    "'%(value)s' are not valid choices for this field.": N_("Chọn một giá trị trong danh sách."),
    "Invalid Choice: could not coerce.": N_("Chọn một giá trị trong danh sách."),
    "Choices cannot be None.": N_("Chọn một giá trị trong danh sách."),
    "Not a valid integer value.": N_("Ghi bằng chữ số."),
    "CSRF token missing.": N_("Trang mở đã lâu. Gửi lại lần nữa là được."),
    "CSRF failed.": N_("Trang mở đã lâu. Gửi lại lần nữa là được."),
    "CSRF token missing": N_("Trang mở đã lâu. Gửi lại lần nữa là được."),
    "The CSRF token is missing.": N_("Trang mở đã lâu. Gửi lại lần nữa là được."),
    "The CSRF session token is missing.": N_("Trang mở đã lâu. Gửi lại lần nữa là được."),
    "The CSRF token has expired.": N_("Trang mở đã lâu. Gửi lại lần nữa là được."),
    "The CSRF token is invalid.": N_("Trang mở đã lâu. Gửi lại lần nữa là được."),
    "The CSRF tokens do not match.": N_("Trang mở đã lâu. Gửi lại lần nữa là được."),
}


class Words:
    """What WTForms asks for its built-in messages."""

    def gettext(self, text: str) -> str:
        """Return the reader's wording of a built-in message."""
        return str(_(MESSAGES.get(text, text)))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Length limits are the only counted messages that we use; fields word their own."""
        return self.gettext(singular if count == 1 else plural)


# Fields of the form itself, which say nothing about a record.
OWN = ("csrf_token", "form_key", "version", "opened", "confirmed")


class Form(FlaskForm):  # type: ignore[misc]
    """Base form: our words, a one-time key, the version that was seen and what it showed."""

    form_key = HiddenField(default=lambda: secrets.token_urlsafe(16))
    version = HiddenField()
    opened = HiddenField()  # what the page showed when it was opened: see conflicts

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """WTForms' settings."""

        def get_translations(self, form: object) -> Words:
            """Return our messages instead of a catalogue."""
            return Words()

    def seen_version(self) -> int | None:
        """Return the version of the record that this form was opened on."""
        raw = str(self.version.data or "")  # a number while nothing was sent
        return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None

    def make_room(self) -> None:
        """Give repeated lines their empty ones; a form without any has nothing to do."""

    def refuse(self, refused: Refused) -> None:
        """Put a rule's refusal on its field, or on the whole form."""
        field = self._fields.get(refused.field or "")
        if field is None:
            self.form_errors.append(words(refused))
        else:
            field.errors = [*field.errors, words(refused)]


class LineField(StringField):
    """One line of text, cleaned; `most` letters."""

    def __init__(
        self, label: str = "", *, most: int = 120, needed: bool = False, **kw: Any
    ) -> None:
        validators = [Needed() if needed else Optional(), Fits(most)]
        super().__init__(label, validators, **kw)
        self.optional = not needed

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Clean what was typed."""
        self.data = vietnamese.clean_line(str(valuelist[0])) if valuelist else ""


class ProseField(LineField):
    """Several lines of text."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Clean what was typed, keeping the lines."""
        self.data = vietnamese.clean_prose(str(valuelist[0])) if valuelist else ""


class PastedField(ProseField):
    """Lines of cells, typed with semicolons or pasted from a sheet, whose tabs become these."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Keep the borders between cells, then clean."""
        super().process_formdata([str(one).replace("\t", "; ") for one in valuelist])


class Needed:
    """The field must hold something."""

    field_flags = {"required": True}

    def __call__(self, form: object, field: Any) -> None:
        """Stop with our words."""
        if not field.data:
            field.errors = []
            raise StopValidation(_("Cần điền mục này."))


class Fits(Length):
    """At most so many letters, said in our words."""

    def __init__(self, most: int) -> None:
        super().__init__(max=most)
        self.most = most

    def __call__(self, form: object, field: Any) -> None:
        """Say how long it is and how long it may be."""
        have = len(field.data or "")
        if have > self.most:
            text = _("Dài nhất %(most)s ký tự, đang có %(have)s.", most=self.most, have=have)
            raise StopValidation(text)


class DateField(LineField):
    """A day typed as 23/11/2026; what was typed is kept when it cannot be read."""

    widget = TextInput()

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, most=20, **kw)
        self.day: dt.date | None = None

    def process_data(self, value: Any) -> None:
        """Show a stored day."""
        self.data = value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else (value or "")
        self.day = value if isinstance(value, dt.date) else None

    def read(self) -> dt.date | str:
        """Return the day that was typed, or the text where it is none."""
        try:
            return vietnamese.parse_date(self.data) if self.data else ""
        except Refused:
            return str(self.data)

    def pre_validate(self, form: object) -> None:
        """Read the day or say what is wrong with it."""
        self.day = None
        if self.data:
            try:
                self.day = vietnamese.parse_date(self.data)
            except Refused as refused:
                raise StopValidation(words(refused)) from None


class MonthField(DateField):
    """A month typed as 11/2026, kept as its first day."""

    def process_data(self, value: Any) -> None:
        """Show a stored month."""
        super().process_data(value)
        if self.day is not None:
            self.data = f"{self.day:%m/%Y}"

    def read(self) -> dt.date | str:
        """Return the first day of the month that was typed, or the text where it is none."""
        try:
            return vietnamese.parse_date(f"1/{self.data}") if self.data else ""
        except Refused:
            return str(self.data)

    def pre_validate(self, form: object) -> None:
        """Read the month or say how it is written."""
        found = self.read()
        self.day = found if isinstance(found, dt.date) else None
        if self.data and self.day is None:
            raise StopValidation(_("Viết tháng theo dạng 11/2026."))


class TimeField(LineField):
    """An hour typed as 18:00, 18h30 or 18; what was typed is kept when it cannot be read."""

    widget = TextInput()

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, most=8, **kw)
        self.time: dt.time | None = None

    def process_data(self, value: Any) -> None:
        """Show a stored hour."""
        self.time = value if isinstance(value, dt.time) else None
        self.data = f"{value:%H:%M}" if self.time else (value or "")

    def pre_validate(self, form: object) -> None:
        """Read the hour or say how it is written."""
        self.time = vietnamese.parse_time(self.data) if self.data else None
        if self.data and self.time is None:
            raise StopValidation(_("Viết giờ theo dạng 18:00."))


class NumberField(IntegerField):
    """A whole number; dots and blanks between thousands are understood."""

    widget = TextInput()

    def __init__(
        self, label: str = "", *, least: int = 0, most: int = 2_000_000_000,
        needed: bool = False, **kw: Any,
    ) -> None:  # fmt: skip
        super().__init__(label, [Needed()] if needed else [Optional()], **kw)
        self.optional = not needed
        self.least, self.most = least, most

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the digits; refuse letters and what is out of bounds."""
        raw = vietnamese.clean_line(str(valuelist[0])) if valuelist else ""
        self.data = None
        if not raw:
            return
        plain = raw.replace(".", "").replace(" ", "").replace(",", "").removesuffix("đ")
        if not (plain.isascii() and plain.isdigit()):
            raise ValueError(_("Ghi bằng chữ số."))
        value = int(plain) if len(plain) < 13 else self.most + 1
        if not self.least <= value <= self.most:
            text = _("Từ %(least)s đến %(most)s.", least=self.least, most=self.most)
            raise ValueError(text)
        self.data = value

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:,}".replace(",", ".")


class AnswerField(RadioField):
    """Yes, no, or not asked yet: the unknown is a choice of its own."""

    def __init__(self, label: str = "", *, yes: str = "", no: str = "", **kw: Any) -> None:
        super().__init__(label, validate_choice=True, **kw)
        self.yes, self.no = yes, no
        self.optional = True

    def iter_choices(self) -> Any:
        """Offer the three answers."""
        self.choices = [
            ("yes", self.yes or _("Có")), ("no", self.no or _("Không")), ("", _("Chưa hỏi")),
        ]  # fmt: skip
        return super().iter_choices()

    def process_data(self, value: Any) -> None:
        """Turn True, False and None into the three answers."""
        self.data = {True: "yes", False: "no"}.get(value, "")

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Nothing chosen is "not asked"."""
        self.data = str(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: object) -> None:
        """Accept the three answers alone."""
        if self.data not in ("yes", "no", ""):
            raise StopValidation(_("Chọn một giá trị trong danh sách."))

    @property
    def answer(self) -> bool | None:
        """Return the answer as the record keeps it."""
        return {"yes": True, "no": False}.get(self.data)


class CheckField(SelectMultipleField):
    """Several values of a list as boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, **kw)
        self.optional = True
