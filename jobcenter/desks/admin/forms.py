"""The office's own Word forms: take ours as a start, put one in place, go back to ours."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.errors import words
from jobcenter.desks.forms import Form
from jobcenter.desks.paper_files import WORD, attachment
from jobcenter.documents import queries, rules, word
from jobcenter.documents.choices import COMMON, KINDS
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.papers.choices import PaperKind


def _kind(code: str) -> PaperKind:
    if code not in KINDS:
        raise Missing
    return KINDS[code]


@desk.get("/forms")
@allow(Right.USERS_MANAGE)
def forms() -> ResponseReturnValue:
    """List the kinds of papers and which form each is printed on."""
    used = {code: queries.form_in_use(db.session(), code) for code in KINDS}
    return render_template("admin/forms.html", kinds=KINDS, used=used)


@desk.route("/forms/<code>", methods=["GET", "POST"])
@allow(Right.USERS_MANAGE)
def office_form(code: str) -> ResponseReturnValue:
    """Show the places of one kind; take a Word file, check it, put it in place."""
    kind, form, told = _kind(code), Form(), ""
    if form.validate_on_submit():
        file = request.files.get("file")
        try:
            data = file.read() if file else b""
            checked = rules.use_form(
                db.session(), kind=kind, file_name=(file.filename or "") if file else "",
                data=data, by=me(),
            )  # fmt: skip
        except Refused as refused:
            db.session.rollback()
            told = words(refused)
        else:
            db.session.commit()
            _tell(checked)
            return redirect(url_for("admin.office_form", code=code), 303)
    page = render_template(
        "admin/form.html",
        kind=kind,
        fields=(*COMMON, *kind.fields),
        used=queries.form_in_use(db.session(), code),
        told=told,
        form_errors=bool(told),
    )
    return page, 422 if told else 200


def _tell(checked: word.Checked) -> None:
    if checked.missing:
        names = ", ".join(checked.missing)
        flash(_("Đã dùng mẫu mới. Mẫu không in các chỗ: %(names)s.", names=names), "warning")
    else:
        flash(_("Đã dùng mẫu mới. Mọi chỗ đều có trong mẫu."), "success")


@desk.get("/forms/<code>/sample")
@allow(Right.USERS_MANAGE)
def form_sample(code: str) -> ResponseReturnValue:
    """Give a Word file with every place in it."""
    kind = _kind(code)
    body = word.sample(_(kind.label), (*COMMON, *kind.fields))
    return attachment(body, f"mau-{code}.docx", WORD)


@desk.get("/forms/files/<uuid:key>")
@allow(Right.USERS_MANAGE)
def form_file(key: uuid.UUID) -> ResponseReturnValue:
    """Give a form back as it was uploaded."""
    found = queries.one_form(db.session(), key)
    return attachment(found.body, found.file_name or "mau.docx", WORD)


@desk.post("/forms/files/<uuid:key>/drop")
@allow(Right.USERS_MANAGE)
def drop_form(key: uuid.UUID) -> ResponseReturnValue:
    """Go back to our own form."""
    found = queries.one_form(db.session(), key)
    rules.drop_form(db.session(), form=found, by=me())
    db.session.commit()
    flash(_("Từ nay in theo mẫu sẵn có."), "success")
    return redirect(url_for("admin.office_form", code=found.kind), 303)
