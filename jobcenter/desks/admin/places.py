"""Communes after the merger with their old names, and the industrial parks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.widgets import TextArea

from jobcenter.accounts.choices import Right
from jobcenter.catalogue import queries, registers
from jobcenter.catalogue import register_queries as held
from jobcenter.catalogue.choices import PARK_STATE_LABELS, REGIONS
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.forms import DateField, Form, LineField, ProseField
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

if TYPE_CHECKING:
    from jobcenter.catalogue.models import Park

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def region_choices() -> list[tuple[str, str]]:
    """Return the four regions as they are written."""
    return [(str(region), _("Vùng %(roman)s", roman=ROMAN[region])) for region in REGIONS]


class AliasForm(Form):
    """Other names of a commune, one a line."""

    aliases = ProseField(N_("Tên gọi khác, mỗi dòng một tên"), most=390, widget=TextArea())


class RegionForm(Form):
    """The wage region from a date on."""

    region = SelectField(N_("Vùng lương"), choices=region_choices)
    valid_from = DateField(N_("Từ ngày"), needed=True)
    source = LineField(N_("Căn cứ"), needed=True)


class ParkForm(Form):
    """What is known of a park."""

    name_vi = LineField(N_("Tên tiếng Việt"), needed=True)
    name_en = LineField(N_("Tên tiếng Anh"), needed=True)
    aliases = ProseField(N_("Tên gọi khác, mỗi dòng một tên"), most=390, widget=TextArea())
    zone = LineField(N_("Thuộc khu kinh tế"))
    communes = ProseField(N_("Phường, xã, mỗi dòng một nơi"), most=800, widget=TextArea())
    state = SelectField(
        N_("Trạng thái"),
        choices=lambda: [(state.value, _(name)) for state, name in PARK_STATE_LABELS.items()],
    )
    wage_region = SelectField(
        N_("Vùng lương"), choices=lambda: [("", _("Theo phường, xã")), *region_choices()]
    )
    note = LineField(N_("Ghi chú"), most=200)

    def read(self) -> registers.ParkData:
        """Return what was typed; communes by code, new or old name."""
        places = (self.communes.data or "").split("\n")
        codes = [
            queries.read_commune(db.session(), written_code(one), field="communes")
            for one in places
        ]
        region = self.wage_region.data
        return registers.ParkData(
            name_vi=self.name_vi.data or "",
            name_en=self.name_en.data or "",
            aliases=(self.aliases.data or "").split("\n"),
            zone=self.zone.data or "",
            communes=[code for code in codes if code],
            state=self.state.data or "",
            wage_region=int(region) if region else None,
            note=self.note.data or "",
        )


def written_code(line: str) -> str:
    """Return the code that a line begins with ("11411 Phường Đông Hải"), else the line."""
    head = line.strip().split(" ")[0]
    return head if head.isascii() and head.isdigit() else line


class AddParkForm(ParkForm):
    """A park that is not there yet."""

    code = LineField(N_("Mã"), most=40, needed=True)


@desk.get("/communes")
@allow(Right.CATALOGUE_READ)
def communes() -> ResponseReturnValue:
    """Find a commune by its new name, an old one, or the district that it lay in."""
    text = vietnamese.clean_line(request.args.get("text", ""))[:120]
    if text.strip():
        found = queries.find_commune(db.session(), text)
    else:
        found = list(held.communes_at_home(db.session()))
    return render_template("admin/communes.html", text=text, found=found)


@desk.get("/communes/<code>")
@allow(Right.CATALOGUE_READ)
def commune(code: str) -> ResponseReturnValue:
    """One commune: what it was made of, what people call it, its wage region by date."""
    return _commune_page(code)


@desk.post("/communes/<code>")
@allow(Right.CATALOGUE_WRITE)
def change_commune(code: str) -> ResponseReturnValue:
    """Replace the other names of a commune."""
    found = held.one_commune(db.session(), code)
    form = AliasForm(data={"aliases": "\n".join(found.aliases), "version": found.version})
    if form.validate_on_submit():
        try:
            registers.change_commune(
                db.session(),
                commune=found,
                aliases=(form.aliases.data or "").split("\n"),
                version=form.seen_version(),
                by=me(),
            )
            db.session.commit()
            flash(_("Đã lưu “%(name)s”.", name=found.full_name), "success")
            return redirect(url_for("admin.commune", code=code))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _commune_page(code, form=form), 422


@desk.post("/communes/<code>/region")
@allow(Right.CATALOGUE_WRITE)
def set_region(code: str) -> ResponseReturnValue:
    """Put a commune into a wage region from a date on."""
    found = held.one_commune(db.session(), code)
    form = RegionForm()
    if form.validate_on_submit() and form.valid_from.day:
        try:
            registers.set_region(
                db.session(),
                commune=found,
                region=int(form.region.data),
                valid_from=form.valid_from.day,
                source=form.source.data or "",
                by=me(),
            )
            db.session.commit()
            return redirect(url_for("admin.commune", code=code))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _commune_page(code, region=form), 422


def _commune_page(
    code: str, *, form: AliasForm | None = None, region: RegionForm | None = None
) -> str:
    found = held.one_commune(db.session(), code)
    fault = next((one for one in (form, region) if one is not None and one.errors), None)
    shown = {"aliases": "\n".join(found.aliases), "version": found.version}
    return render_template(
        "admin/commune.html",
        commune=found,
        regions=held.regions_of(db.session(), code),
        roman=ROMAN,
        form=form or AliasForm(formdata=None, data=shown),
        region=region or RegionForm(formdata=None, data={"valid_from": clock.today()}),
        fault=fault,
        form_errors=fault is not None,
        may_write=me().may(Right.CATALOGUE_WRITE),
    )


@desk.get("/parks")
@allow(Right.CATALOGUE_READ)
def parks() -> ResponseReturnValue:
    """Every park with its other names, its communes and its wage region today."""
    found = held.parks(db.session())
    today = clock.today()
    return render_template(
        "admin/parks.html",
        parks=found,
        regions={p.code: queries.region_of_park(db.session(), p.code, on=today) for p in found},
        roman=ROMAN,
        states=PARK_STATE_LABELS,
        may_write=me().may(Right.CATALOGUE_WRITE),
    )


@desk.route("/parks/new", methods=["GET", "POST"])
@allow(Right.CATALOGUE_WRITE)
def add_park() -> ResponseReturnValue:
    """Add a park."""
    form = AddParkForm()
    if form.validate_on_submit():
        if (led := once.already(form)) is not None:
            return redirect(led)
        try:
            data = form.read()
            park = registers.add_park(
                db.session(), code=form.code.data or "", data=data, by=me()
            )  # fmt: skip
            there = once.remember(form, url_for("admin.parks"))
            db.session.commit()
            flash(_("Đã thêm “%(name)s”.", name=park.name_vi), "success")
            return redirect(there)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    page = render_template(
        "admin/park.html", park=None, form=form, places=held.communes_at_home(db.session())
    )
    return page, 422 if form.is_submitted() else 200


@desk.route("/parks/<code>", methods=["GET", "POST"])
@allow(Right.CATALOGUE_WRITE)
def park(code: str) -> ResponseReturnValue:
    """Show and change one park."""
    found = held.one_park(db.session(), code)
    form = ParkForm(data=_shown(found))
    if form.validate_on_submit():
        try:
            registers.change_park(
                db.session(), park=found, data=form.read(), version=form.seen_version(), by=me()
            )
            db.session.commit()
            flash(_("Đã lưu “%(name)s”.", name=found.name_vi), "success")
            return redirect(url_for("admin.parks"))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    page = render_template(
        "admin/park.html",
        park=held.one_park(db.session(), code),
        form=form,
        places=held.communes_at_home(db.session()),
    )
    return page, 422 if form.is_submitted() else 200


def _shown(found: Park) -> dict[str, object]:
    names = ("name_vi", "name_en", "zone", "state", "note", "version")
    places = [held.one_commune(db.session(), code) for code in found.communes]
    return {name: getattr(found, name) for name in names} | {
        "aliases": "\n".join(found.aliases),
        "communes": "\n".join(place.code + " " + place.full_name for place in places),
        "wage_region": str(found.wage_region or ""),
    }
