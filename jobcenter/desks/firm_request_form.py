"""The form by which somebody asks to act for a firm, before and after there is an account."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField

from jobcenter.catalogue.parks import read_park
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.labels import code_label
from jobcenter.enterprises import requests
from jobcenter.enterprises.names import clean_tax_number, tax_number_doubt
from jobcenter.enterprises.requests import RequestData
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

SAME = ("firm_name", "tax_number", "address", "name", "position", "email")


class RequestForm(Form):
    """The firm, and who asks."""

    firm_name = LineField(N_("Tên doanh nghiệp"), most=200, needed=True)
    tax_number = LineField(N_("Mã số thuế"), most=20, needed=True)
    number_is_right = BooleanField(N_("Mã số thuế đúng như trên giấy đăng ký"))
    park = LineField(N_("Khu công nghiệp"), render_kw={"list": "parks"})
    address = LineField(N_("Địa chỉ"), most=200)
    name = LineField(N_("Họ và tên người gửi"), needed=True)
    position = LineField(N_("Chức vụ"), most=80)
    phone = LineField(N_("Điện thoại"), most=20, needed=True)
    email = LineField(N_("Email"))

    @property
    def doubt(self) -> str | None:
        """Return the warning about the number typed, where there is one."""
        return tax_number_doubt(clean_tax_number(self.tax_number.data or ""))

    def read(self) -> RequestData:
        """Return what was typed as the rules keep it; a doubtful number is asked about once."""
        given: dict[str, Any] = {name: self[name].data or "" for name in (*SAME, "phone")}
        data = requests.check(
            db.session(),
            RequestData(
                park_code=read_park(db.session(), self.park.data or "", field="park"), **given
            ),
        )
        if self.doubt and not self.number_is_right.data:
            raise Refused(
                N_("Chữ số thứ mười không khớp chín số đầu. Sửa lại, hoặc xác nhận ở ô dưới."),
                field="tax_number",
            )
        return data


def values_of(request: Any) -> dict[str, Any]:
    """Return what the form shows of a request that was sent."""
    values = {name: getattr(request, name) for name in SAME}
    values["phone"] = vietnamese.show_phone(request.phone)
    values["park"] = code_label(request.park_code, "park") if request.park_code else ""
    values["number_is_right"] = True
    values["version"] = request.version
    return values
