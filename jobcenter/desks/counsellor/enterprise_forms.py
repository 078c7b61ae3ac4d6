"""The forms of an enterprise: its record, its contacts, its buses, its users."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, SelectField
from wtforms.widgets import TextArea

from jobcenter.catalogue.queries import read_commune
from jobcenter.desks.code_fields import CodeField
from jobcenter.desks.forms import Form, LineField, ProseField
from jobcenter.desks.labels import choices
from jobcenter.desks.lines import Line, Lines
from jobcenter.desks.vacancy_form import place_name
from jobcenter.enterprises.choices import STANDING_LABELS, Standing
from jobcenter.enterprises.rules import ContactData, EnterpriseData, RouteData, StopData
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.words import N_

LINES = (
    "name", "short_name", "tax_number", "capital_country", "address", "phone", "email", "sector",
    "product", "note",
)  # fmt: skip
CODED = ("type", "park_code", "size_band")


class FilterForm(Form):
    """How the list is narrowed; it lives in the address."""

    class Meta(Form.Meta):
        """A search needs no token."""

        csrf = False

    text = LineField(N_("Tên hoặc mã số thuế"))
    park = SelectField(
        N_("Khu công nghiệp"), default="", choices=lambda: choices("park", blank=_("Tất cả"))
    )
    standing = SelectField(
        N_("Hợp tác"),
        choices=lambda: [("", _("Tất cả")), *((s.value, _(STANDING_LABELS[s])) for s in Standing)],
        default="",
    )


class EnterpriseForm(Form):
    """What the official form asks of an employer (domain.md 2.2, part 1)."""

    name = LineField(N_("Tên doanh nghiệp"), most=200, needed=True)
    short_name = LineField(N_("Tên gọi ngắn"), most=60)
    tax_number = LineField(N_("Mã số thuế"), most=20)
    is_individual = BooleanField(N_("Là cá nhân tuyển dụng"))
    type = CodeField(N_("Loại hình"), "L")
    capital_country = LineField(N_("Nước đầu tư"), most=60)
    park_code = CodeField(N_("Khu công nghiệp"), "park", blank=N_("Ngoài khu công nghiệp"))
    commune_code = LineField(N_("Phường, xã"), render_kw={"list": "communes"})
    address = LineField(N_("Địa chỉ"), most=200)
    phone = LineField(N_("Điện thoại"), most=20)
    email = LineField(N_("Email"))
    sector = LineField(N_("Ngành kinh doanh chính"))
    product = LineField(N_("Sản phẩm chính"), most=200)
    size_band = CodeField(N_("Số lao động"), "size")
    note = ProseField(N_("Ghi chú"), most=2000, widget=TextArea())

    def read(self) -> EnterpriseData:
        """Return what was typed as the rules take it; refuses an unknown commune."""
        typed = self.commune_code.data or ""
        given: dict[str, Any] = {name: self[name].data or "" for name in LINES}
        given |= {name: self[name].data or None for name in CODED}
        return EnterpriseData(
            is_individual=bool(self.is_individual.data),
            commune_code=read_commune(db.session(), typed, field="commune_code"),
            **given,
        )


def values_of(enterprise: Any) -> dict[str, Any]:
    """Return what the form shows of a firm that is kept."""
    values = {name: getattr(enterprise, name) or "" for name in (*LINES, *CODED)}
    values["phone"] = vietnamese.show_phone(enterprise.phone) if enterprise.phone else ""
    values["is_individual"] = enterprise.is_individual
    values["commune_code"] = place_name(enterprise.commune_code)
    return values


class StandingForm(Form):
    """Why the centre begins, pauses or stops working with a firm."""

    reason = LineField(N_("Lý do"), most=500)


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
    """One bus route; stops one a line, "06:10 Ngã tư Quán Mau"."""

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
    head, _blank, rest = front.strip().partition(" ")
    is_time = ":" in head and head.replace(":", "").isdigit()
    commune = read_commune(db.session(), place.strip(), field="routes") if place.strip() else None
    if is_time:
        return StopData(name=rest.strip(), at=head, commune_code=commune)
    return StopData(name=front.strip(), commune_code=commune)


class MemberForm(Form):
    """Which account acts for the firm."""

    login = LineField(N_("Tên đăng nhập"), most=80, needed=True)
    is_admin = BooleanField(N_("Quản lý người dùng của công ty"))
