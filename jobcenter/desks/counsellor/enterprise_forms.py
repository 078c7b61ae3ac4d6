"""The forms that the centre alone fills in of an enterprise: its record, standing, accounts."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, SelectField
from wtforms.widgets import TextArea

from jobcenter.catalogue.queries import read_commune
from jobcenter.desks.code_fields import CodeField
from jobcenter.desks.forms import Form, LineField, ProseField
from jobcenter.desks.labels import choices
from jobcenter.desks.vacancy_form import place_name
from jobcenter.enterprises.choices import STANDING_LABELS, Standing
from jobcenter.enterprises.queries import read_firm
from jobcenter.enterprises.rules import EnterpriseData
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.words import N_

LINES = (
    "name",
    "short_name",
    "tax_number",
    "address",
    "phone",
    "email",
    "sector",
    "product",
    "note",
)
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
    capital_country = CodeField(N_("Nước đầu tư"), "country")
    parent = LineField(N_("Công ty mẹ"), most=200, render_kw={"list": "firms"})
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
        parent = read_firm(db.session(), self.parent.data or "", field="parent")
        return EnterpriseData(
            is_individual=bool(self.is_individual.data),
            capital_country=self.capital_country.data or "",
            parent_id=parent.id if parent is not None else None,
            commune_code=read_commune(db.session(), typed, field="commune_code"),
            **given,
        )


def values_of(enterprise: Any) -> dict[str, Any]:
    """Return what the form shows of a firm that is kept."""
    values = {name: getattr(enterprise, name) or "" for name in (*LINES, *CODED)}
    values["phone"] = vietnamese.show_phone(enterprise.phone) if enterprise.phone else ""
    values["is_individual"] = enterprise.is_individual
    values["capital_country"] = enterprise.capital_country
    values["parent"] = typed_again(enterprise.parent) if enterprise.parent else ""
    values["commune_code"] = place_name(enterprise.commune_code)
    return values


def typed_again(firm: Any) -> str:
    """Return what leads back to this firm when it is typed: its number, else its name."""
    return str(firm.tax_number or firm.name)


class StandingForm(Form):
    """Why the centre begins, pauses or stops working with a firm."""

    reason = LineField(N_("Lý do"), most=500)


class MemberForm(Form):
    """Which account acts for the firm."""

    login = LineField(N_("Tên đăng nhập"), most=80, needed=True)
    is_admin = BooleanField(N_("Quản lý người dùng của công ty"))
