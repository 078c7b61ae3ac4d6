"""Writing a record by a form: create once, edit without losing what another one saved.

`create` and `edit` hold the steps that every such view repeats: read, show, check, one verb of a
room, one commit, then the page of the record. Whoever saves second gets the merge page (409).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from jobcenter.desks import conflicts, once, sheets
from jobcenter.desks.conflicts import Merge
from jobcenter.desks.forms import Form
from jobcenter.desks.sheets import Answers, Sheet, Unseen
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused, Stale

AForm = TypeVar("AForm", bound=Form)
NOTHING: Mapping[str, Unseen] = {}
TRIES = 3


def create(
    form: Form,
    *,
    act: Callable[[], Any],
    leads_to: Callable[[Any], str],
    told: Callable[[Any], str],
    show: Callable[[], str],
) -> ResponseReturnValue:
    """Make one record of a form that may be sent twice; `show` is the page of the form."""
    if form.is_submitted() and (before := once.already(form)):
        return redirect(before)
    if form.validate_on_submit():
        try:
            made = act()
            target = once.remember(form, leads_to(made))
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(told(made), "success")
            return redirect(target)
    return show(), 422 if form.is_submitted() else 200


@dataclass(frozen=True, kw_only=True)
class Editing:
    """How one kind of record is edited.

    `read` gives the record afresh; `form(record, **kw)` the form that shows it; `save(record,
    form)` calls the verb, which raises `Stale` when `form.seen_version()` is not the present one.
    `unseen` are stored values that the page does not show (an ID number).
    """

    kind: str
    read: Callable[[], Any]
    form: Callable[..., Form]
    save: Callable[[Any, Any], Any]
    show: Callable[[Any, Any], str]
    told: Callable[[Any], str]
    back: str
    title: Callable[[Any], str]
    unseen: Callable[[Any], Mapping[str, Unseen]] = lambda _found: NOTHING


def fresh(form: AForm, found: Any, unseen: Mapping[str, Unseen] = NOTHING) -> AForm:
    """Let a form that shows a record carry what it shows and which version that is."""
    form.opened.data = sheets.dump(sheets.answers(form, unseen))
    form.version.data = str(found.version)
    return form


def edit(how: Editing) -> ResponseReturnValue:
    """Show the form, save it, or let its writer choose where two people changed one record."""
    found = how.read()
    if request.method != "POST":
        return how.show(fresh(how.form(found), found, how.unseen(found)), found)
    if "theirs" in request.form:
        return _merged(how, found)
    return _save(how, found, how.form(found))


def _save(how: Editing, found: Any, form: Form) -> ResponseReturnValue:
    if form.seen_version() is None:
        form.version.data = "0"  # none has it: an edit never goes by without a version
    good = form.validate()
    for _try in range(TRIES if good else 0):
        try:
            how.save(found, form)
            db.session.commit()
        except Stale:
            db.session.rollback()
            found = how.read()
            theirs = sheets.answers(how.form(found, formdata=None), how.unseen(found))
            merge = _merge(how, found, sheets.load(form.opened.data), theirs, form)
            if merge.needs_a_look:
                return _merge_page(how, found, form, theirs, merge), 409
            form.version.data = str(found.version)  # nothing that this form shows was changed
        except Refused as refused:
            db.session.rollback()
            found = how.read()
            form.refuse(refused)
            break
        else:
            flash(how.told(found), "success")
            return redirect(how.back)
    else:
        if good:
            form.refuse(Stale())
    return how.show(form, found), 422


def _merge(how: Editing, found: Any, opened: Answers | None, theirs: Answers, form: Form) -> Merge:
    return conflicts.merge(
        opened=(opened, _sheet(how, found, opened)) if opened is not None else None,
        theirs=(theirs, _sheet(how, found, theirs)),
        mine=sheets.sheet(form),
    )


def _sheet(how: Editing, found: Any, sent: Answers) -> Sheet:
    return sheets.sheet(how.form(found, formdata=_formdata(sent)), sent)


def _formdata(sent: Answers, **own: str) -> MultiDict[str, str]:
    """Return answers as a form reads them; never empty, since an empty one reads the record."""
    pairs = [(name, one) for name, values in sent.items() for one in values]
    return MultiDict([*pairs, *({"form_key": ""} | own).items()])


def _merged(how: Editing, found: Any) -> ResponseReturnValue:
    """Take the choices of the merge page; save, or go on in the form."""
    sent = request.form
    mine, theirs = sheets.load(sent.get("mine")), sheets.load(sent.get("theirs"))
    if mine is None or theirs is None:
        return redirect(request.url)  # not a page of ours
    own = {name: sent.get(name, "") for name in ("csrf_token", "form_key", "version")}
    typed = how.form(found, formdata=_formdata(mine, **own, opened=sent.get("opened", "")))
    merge = _merge(how, found, sheets.load(typed.opened.data), theirs, typed)
    picks = {one.name: sent.get(f"pick-{one.name}", "") for one in merge.differences}
    if merge.undecided(picks):
        return _merge_page(how, found, typed, theirs, merge, picks), 422
    chosen = _formdata(merge.answers(picks), **own, opened=sheets.dump(theirs))
    form = how.form(found, formdata=chosen)
    if sent.get("merge") == "edit":
        return how.show(form, found)
    return _save(how, found, form)


def _merge_page(
    how: Editing, found: Any, form: Form, theirs: Answers, merge: Merge,
    picks: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Return the page on which the second of two editors chooses."""
    who, when = conflicts.last_change(kind=how.kind, subject_id=found.id)
    return render_template(
        "errors/conflict.html",
        title=how.title(found),
        form=form,
        merge=merge,
        picks=picks or {one.name: one.preset for one in merge.differences},
        undecided=merge.undecided(picks) if picks is not None else [],
        mine=sheets.dump(sheets.answers(form, {})),
        theirs=sheets.dump(theirs),
        version=found.version if picks is None else form.version.data,
        who=who,
        when=when,
        back=how.back,
        form_errors=picks is not None,
    )
