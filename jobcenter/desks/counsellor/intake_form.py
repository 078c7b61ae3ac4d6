"""The intake form, and what a scanned card puts into it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, RadioField

from jobcenter.catalogue.addresses import MERGER, place_name
from jobcenter.catalogue.addresses import place as placed
from jobcenter.desks.counsellor.seeker_forms import (
    ASKED_AT_COUNTER,
    IdentityForm,
    ReadField,
    place,
    staff_ways,
)
from jobcenter.desks.errors import words
from jobcenter.desks.forms import CheckField, DateField, LineField
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people import card
from jobcenter.people.choices import PURPOSE_LABELS, Way
from jobcenter.seekers.choices import FIELD_LABELS as L

if TYPE_CHECKING:
    from jobcenter.people.card import Card

Values = MultiDict[str, str]
# Where each piece of a card goes.
INTO = {
    "id_number": "id_number", "old_id_number": "old_id_number", "full_name": "full_name",
    "birth": "birth", "sex": "sex", "address": "permanent_detail", "issued_on": "id_issued_on",
}  # fmt: skip


class IntakeForm(IdentityForm):
    """A new person on one page: a name and a yes are enough."""

    wish = LineField(L["wishes"])
    consents = CheckField(N_("Người đến đã đồng ý"))
    way = RadioField(N_("Đồng ý bằng cách nào"), default=Way.COUNTER.value)
    evidence = LineField(N_("Bằng chứng"), most=200)
    old_id_number = ReadField(L["old_id_number"], vietnamese.parse_old_id_number, most=20)
    id_issued_on = DateField(L["id_issued_on"])
    permanent_detail = LineField(L["permanent_detail"], most=200)
    permanent_commune = ReadField(
        L["permanent_commune"], place("permanent_commune"), most=160, render_kw={"list": "communes"}
    )
    lives_there = BooleanField(N_("Đang ở địa chỉ thường trú này"))
    card = LineField(N_("Quét thẻ căn cước"), most=card.LONGEST)
    draft = HiddenField(default=lambda: str(uuid.uuid4()))
    visit = HiddenField(default="")

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.consents.choices = [(one.value, _(PURPOSE_LABELS[one])) for one in ASKED_AT_COUNTER]
        self.way.choices = staff_ways()


# What the form keeps for itself: neither a draft's content nor a sign that something was typed.
OWN = frozenset({"csrf_token", "form_key", "version", "opened", "card", "draft"})
_NOT_TYPED = OWN | {"way", "visit"}
_NAMES = frozenset(n for n in dir(IntakeForm) if hasattr(getattr(IntakeForm, n), "_formfield"))


def contents(values: Values) -> dict[str, list[str]]:
    """Return what of the form sent is worth keeping in a draft."""
    return {name: many for name, many in values.lists() if name in _NAMES - OWN}


def is_begun(values: Values) -> bool:
    """Say whether anything was typed."""
    kept = contents(values)
    return any(one for name in kept.keys() - _NOT_TYPED for one in kept[name])


def title(values: Values) -> str:
    """Return what tells a draft apart in a list: the name, else the phone."""
    return vietnamese.clean_line(values.get("full_name") or values.get("phone") or "")[:120]


def scan_in(values: Values) -> tuple[str, str] | None:
    """Return the field that a card was scanned into and what it holds, None without a scan."""
    for name, text in values.items(multi=True):
        if name not in OWN - {"card"} and card.looks_scanned(text):
            return name, text
    return None


@dataclass
class Filled:
    """The form's values with a card's in place, what is wrong with some, and what to look at."""

    values: Values
    card: Card | None = None
    faults: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def fill(values: Values, name: str, text: str) -> Filled:
    """Put a card scanned into the field `name` where it belongs; what stood there stays."""
    filled = Filled(values.copy())
    start = re.search(r"\d{12}\s*[|｜¦]", text)
    before = text[: start.start()] if start else ""
    filled.values[name] = vietnamese.clean_line(before)
    try:
        filled.card = card.read(text[len(before) :], today=clock.today())
    except Refused as refused:
        filled.values["card"] = text
        filled.faults["card"] = words(refused)
        return filled
    for piece, target in INTO.items():
        _put(filled, target, getattr(filled.card, piece), filled.card.faults.get(piece))
    _put_commune(filled, filled.card)
    if filled.card.rest:
        filled.notes.append(_("Thẻ còn ghi: %(rest)s", rest=" · ".join(filled.card.rest)))
    return filled


def _put(filled: Filled, target: str, value: str, fault: Refused | None) -> None:
    if not value:
        return
    if fault is not None:
        filled.faults[target] = words(fault)
        if target == "sex":
            filled.faults[target] = _("Thẻ ghi “%(text)s”. Chọn một.", text=value)
            return
    typed = filled.values.get(target, "")
    if typed and vietnamese.clean_line(typed) not in ("", value):
        label = _(L.get(target, target))
        note = _("%(label)s: đã gõ “%(typed)s”, nay ghi theo thẻ.", label=label, typed=typed)
        filled.notes.append(note)
    filled.values[target] = value


def _put_commune(filled: Filled, scanned: Card) -> None:
    """Fill the commune that the address names, and say where it must be looked at."""
    if not scanned.address:
        return
    found = placed(db.session(), scanned.address, written=scanned.issued)
    if found.code:
        filled.values["permanent_commune"] = place_name(found)
    if found.options:
        names = "; ".join(found.options)
        filled.notes.append(_("Phường, xã thường trú có thể là: %(names)s.", names=names))
    elif not found.code:
        filled.notes.append(_("Chưa rõ phường, xã thường trú từ địa chỉ trên thẻ."))
    elif not found.is_sure:
        day = f"{MERGER:%d/%m/%Y}"
        told = _("Thẻ có thể ghi tên quận, huyện trước %(day)s. Xem lại phường, xã.", day=day)
        filled.notes.append(told)


def guessed(text: str) -> Values:
    """Return the form's values for what was typed into the search box: each in its field."""
    if card.looks_scanned(text):
        return fill(MultiDict(), "card", text).values
    plain = vietnamese.clean_line(text)
    return MultiDict(_guesses(plain))


def _guesses(plain: str) -> Iterator[tuple[str, str]]:
    number = vietnamese.digits(plain)
    if any(one.isalpha() for one in plain):
        name, year = re.fullmatch(r"(.*?)\s*((?:19|20)\d\d)?", plain).groups()  # type: ignore[union-attr]
        yield "full_name", name
        yield "birth", year or ""
    elif len(number) == 12 and not plain.startswith("+"):
        yield "id_number", number
    elif len(number) == 9 and number[0] in "0124":  # a phone without its 0 begins otherwise
        yield "old_id_number", number
    elif number:
        yield "phone", plain
