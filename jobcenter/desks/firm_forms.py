"""The forms of a firm's everyday facts, filled in by the firm's own people and by the centre."""

from __future__ import annotations

import re
from typing import Any, cast

from wtforms import BooleanField
from wtforms.widgets import TextArea

from jobcenter.catalogue.queries import read_commune
from jobcenter.desks.code_fields import CodeField
from jobcenter.desks.forms import DateField, Form, LineField, NumberField, ProseField
from jobcenter.desks.lines import Line, Lines
from jobcenter.desks.vacancy_form import place_name
from jobcenter.enterprises.reach import ContactData, RouteData, StopData
from jobcenter.enterprises.rules import OwnData
from jobcenter.enterprises.workforce import MOST, FigureData
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

OWN = ("short_name", "address", "email", "sector", "product")
# What a firm may say of its own figures; the centre has other sources too.
OWN_SOURCES = ("firm", "report")
_TIMED = re.compile(r"(\d{1,2}\s*[:hHgG]\s*(?:\d{2})?)(?:\s+|$)(.*)")


class OwnForm(Form):
    """What a firm's own people keep of its record."""

    short_name = LineField(N_("Tên gọi ngắn"), most=60)
    sector = LineField(N_("Ngành kinh doanh chính"))
    product = LineField(N_("Sản phẩm chính"), most=200)
    commune_code = LineField(N_("Phường, xã"), render_kw={"list": "communes"})
    address = LineField(N_("Địa chỉ"), most=200)
    phone = LineField(N_("Điện thoại"), most=20)
    email = LineField(N_("Email"))

    def read(self) -> OwnData:
        """Return what was typed; refuses an unknown commune."""
        return OwnData(
            commune_code=read_commune(
                db.session(), self.commune_code.data or "", field="commune_code"
            ),
            phone=self.phone.data or "",
            **{name: self[name].data or "" for name in OWN},
        )


def own_values(enterprise: Any) -> dict[str, Any]:
    """Return what the form shows of the record."""
    values = {name: getattr(enterprise, name) or "" for name in OWN}
    values["commune_code"] = place_name(enterprise.commune_code)
    values["phone"] = vietnamese.show_phone(enterprise.phone) if enterprise.phone else ""
    return values


class FigureForm(Form):
    """How many work at the place on a day."""

    as_of = DateField(N_("Tính đến ngày"))
    vietnamese = NumberField(N_("Lao động Việt Nam"), most=MOST)
    foreign = NumberField(N_("Lao động nước ngoài"), most=MOST)
    female = NumberField(N_("Trong đó nữ"), most=2 * MOST)
    source = CodeField(N_("Nguồn số liệu"), "figure", blank=N_("Chọn nguồn"))
    note = LineField(N_("Ghi chú"), most=300)

    def only(self, sources: tuple[str, ...]) -> None:
        """Offer these sources alone."""
        known = cast("list[tuple[str, str]]", self.source.choices)
        self.source.choices = [pair for pair in known if pair[0] in ("", *sources)]

    def read(self) -> FigureData:
        """Return what was typed; nought is a figure, nothing is not."""
        for name, value in (
            ("as_of", self.as_of.day), ("vietnamese", self.vietnamese.data),
            ("foreign", self.foreign.data),
        ):  # fmt: skip
            if value is None:
                raise Refused(N_("Cần điền mục này."), field=name)
        assert self.as_of.day is not None  # noqa: S101 - told above
        return FigureData(
            as_of=self.as_of.day,
            vietnamese=self.vietnamese.data or 0,
            foreign=self.foreign.data or 0,
            female=self.female.data,
            source=self.source.data or "",
            note=self.note.data or "",
        )


class WithdrawForm(Form):
    """Why a figure is taken out."""

    why = LineField(N_("Lý do"), most=300)


class ContactLine(Line):
    """One person to call."""

    name = LineField(N_("Họ và tên"))
    position = LineField(N_("Chức vụ"), most=80)
    phone = LineField(N_("Điện thoại"), most=20)
    email = LineField(N_("Email"))
    takes_sms = BooleanField(N_("Nhận SMS"))
    takes_email = BooleanField(N_("Nhận email"))


class ContactsForm(Form):
    """Whom the centre calls, at most ten."""

    contacts = Lines(N_("Người liên hệ"), ContactLine, most=10)

    def make_room(self) -> None:
        """Leave one empty line."""
        self.contacts.make_room(1)

    def read(self) -> list[ContactData]:
        """Return the lines that hold anything."""
        return [ContactData(**line.data) for line in self.contacts.rows()]


def contacts_of(enterprise: Any) -> dict[str, Any]:
    """Return what the form shows of a firm's contacts."""
    names = ("name", "position", "email", "takes_sms", "takes_email")
    return {
        "contacts": [
            {name: getattr(one, name) for name in names}
            | {"phone": vietnamese.show_phone(one.phone) if one.phone else ""}
            for one in enterprise.contacts
        ]
    }


class RouteLine(Line):
    """One bus route; stops one a line, "06:10 Ngã tư Quán Mau | Phường Lê Chân"."""

    name = LineField(N_("Tên tuyến"), most=80)
    stops = ProseField(N_("Điểm dừng, mỗi dòng một điểm"), most=4000, widget=TextArea())


class RoutesForm(Form):
    """The firm's worker buses, at most thirty."""

    routes = Lines(N_("Tuyến xe"), RouteLine)

    def make_room(self) -> None:
        """Leave one empty line."""
        self.routes.make_room(1)

    def read(self) -> list[RouteData]:
        """Return the routes with their stops."""
        return [
            RouteData(name=row.data["name"] or "", stops=_stops(row.data["stops"] or ""))
            for row in self.routes.rows()
        ]


def routes_of(enterprise: Any) -> dict[str, Any]:
    """Return what the form shows of a firm's bus routes."""
    return {
        "routes": [
            {"name": route.name, "stops": "\n".join(map(stop_line, route.stops))}
            for route in enterprise.bus_routes
        ]
    }


def _stops(text: str) -> list[StopData]:
    return [_stop(line) for line in map(vietnamese.clean_line, text.split("\n")) if line]


def stop_line(stop: Any) -> str:
    """Return a stop as it is typed: time, name and, after a bar, its commune."""
    front = f"{stop.at} {stop.name}".strip()
    return f"{front} | {place_name(stop.commune_code)}" if stop.commune_code else front


def _stop(line: str) -> StopData:
    front, _bar, place = line.partition("|")
    match = _TIMED.match(front.strip())
    commune = read_commune(db.session(), place.strip(), field="routes") if place.strip() else None
    at, name = (match.group(1), match.group(2)) if match else ("", front)
    return StopData(name=name.strip(), at=at, commune_code=commune)
