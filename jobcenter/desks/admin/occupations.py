"""The occupation list for staff: found by code, name or synonym, and kept by the administrator."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.catalogue import occupations as queries
from jobcenter.catalogue import registers
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.forms import Form, LineField
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_


class NameForm(Form):
    """The English name."""

    name_en = LineField(N_("Tên tiếng Anh"), most=250, needed=True)


class PhraseForm(Form):
    """One more phrase that leads here."""

    phrase = LineField(N_("Tên gọi khác"), needed=True)


@desk.get("/occupations")
@allow(Right.CATALOGUE_READ)
def occupations() -> ResponseReturnValue:
    """Find an occupation, or walk down from the ten major groups."""
    text = vietnamese.clean_line(request.args.get("text", ""))[:120]
    found = queries.suggest(db.session(), text, limit=25) if text.strip() else []
    _path, groups = queries.branch(db.session(), "")
    return render_template("admin/occupations.html", text=text, found=found, groups=groups)


@desk.get("/occupations/<code>")
@allow(Right.CATALOGUE_READ)
def occupation(code: str) -> ResponseReturnValue:
    """One group or occupation: where it lies, what lies in it, what people call it."""
    return _page(code)


@desk.post("/occupations/<code>")
@allow(Right.CATALOGUE_WRITE)
def rename_occupation(code: str) -> ResponseReturnValue:
    """Give an occupation its English name."""
    found = queries.one_occupation(db.session(), code)
    form = NameForm(data={"name_en": found.name_en, "version": found.version})
    if form.validate_on_submit():
        try:
            registers.rename_occupation(
                db.session(),
                occupation=found,
                name_en=form.name_en.data or "",
                version=form.seen_version(),
                by=me(),
            )
            db.session.commit()
            return redirect(url_for("admin.occupation", code=code))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _page(code, form=form), 422


@desk.post("/occupations/<code>/phrases")
@allow(Right.CATALOGUE_WRITE)
def add_phrase(code: str) -> ResponseReturnValue:
    """Let one more phrase lead to an occupation."""
    found = queries.one_occupation(db.session(), code)
    form = PhraseForm()
    if form.validate_on_submit():
        try:
            phrase = form.phrase.data or ""
            registers.add_synonym(db.session(), occupation=found, phrase=phrase, by=me())
            db.session.commit()
            flash(_("“%(phrase)s” dẫn đến nghề này.", phrase=phrase), "success")
            return redirect(url_for("admin.occupation", code=code))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _page(code, phrase=form), 422


@desk.post("/occupations/<code>/switch")
@allow(Right.CATALOGUE_WRITE)
def switch_phrase(code: str) -> ResponseReturnValue:
    """Stop or start a phrase leading here."""
    registers.switch_synonym(
        db.session(),
        code=code,
        phrase=request.form.get("phrase", ""),
        on=request.form.get("on") == "yes",
        by=me(),
    )
    db.session.commit()
    return redirect(url_for("admin.occupation", code=code))


def _page(code: str, *, form: NameForm | None = None, phrase: PhraseForm | None = None) -> str:
    found = queries.one_occupation(db.session(), code)
    path, within = queries.branch(db.session(), code)
    fault = next((one for one in (form, phrase) if one is not None and one.errors), None)
    shown = {"name_en": found.name_en, "version": found.version}
    return render_template(
        "admin/occupation.html",
        occupation=found,
        path=path,
        within=within,
        phrases=queries.phrases_of(db.session(), code),
        takes_phrases=found.level == queries.PICKED,
        form=form or NameForm(formdata=None, data=shown),
        phrase=phrase or PhraseForm(formdata=None),
        fault=fault,
        form_errors=fault is not None,
        may_write=me().may(Right.CATALOGUE_WRITE),
    )
