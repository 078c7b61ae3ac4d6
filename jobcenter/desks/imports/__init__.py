"""Files brought in, by staff and by a firm for itself: upload, look, write the good rows, undo."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.forms import Form
from jobcenter.desks.imports.words import TwinPlaces, field_label, reason_words
from jobcenter.desks.labels import lists
from jobcenter.desks.paper_files import attachment
from jobcenter.desks.sights import saw
from jobcenter.exchange import queries, reading, rules
from jobcenter.exchange.choices import (
    BUSY,
    ROW_KINDS,
    ROW_LABELS,
    STATE_KINDS,
    STATE_LABELS,
    BatchState,
    RowState,
)
from jobcenter.exchange.kinds import KINDS, kind_for, kinds_for
from jobcenter.exchange.marked import marked
from jobcenter.exchange.template import offered, template
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.work import rules as work
from jobcenter.work.choices import OPEN
from jobcenter.work.queue import ring

if TYPE_CHECKING:
    from jobcenter.exchange.models import ImportBatch

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BRINGING = (
    Right.SEEKERS_WRITE, Right.ENTERPRISES_WRITE, Right.VACANCIES_WRITE, Right.OWN_FIRM,
    Right.SCHOOL,
)  # fmt: skip
TITLES = {
    "check": N_("Kiểm tra tệp nhập"),
    "write": N_("Ghi tệp nhập vào sổ"),
    "undo": N_("Hoàn tác lần nhập tệp"),
}
desk = Blueprint("imports", __name__, url_prefix="/imports")


class UploadForm(Form):
    """The file travels beside the form: a browser never shows what was chosen before."""


@desk.get("/")
@allow(*BRINGING)
def batches() -> ResponseReturnValue:
    """List the files that were brought in: who, how many rows, what became of them."""
    return render_template(
        "imports/list.html",
        page=queries.listed(db.session(), me(), asked(request.args.get("page"))),
        kinds=kinds_for(me()),
        names=KINDS,
        states=STATE_LABELS,
        state_kinds=STATE_KINDS,
    )


@desk.get("/templates/<code>")
@allow(*BRINGING)
def import_template(code: str) -> ResponseReturnValue:
    """Give the template of a kind."""
    kind = kind_for(me(), code.removesuffix(".xlsx"))
    body = template(kind, lists())
    return attachment(body, f"mau-{kind.label}.xlsx", EXCEL)


@desk.route("/new/<code>", methods=["GET", "POST"])
@allow(*BRINGING)
def upload(code: str) -> ResponseReturnValue:
    """Take a file of a kind; what is no such list is refused, and nothing of it kept."""
    kind, form = kind_for(me(), code), UploadForm()
    if form.is_submitted() and (before := once.already(form)):
        return redirect(before, 303)
    if form.validate_on_submit():
        try:
            return redirect(_taken(form, code), 303)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    page = render_template(
        "imports/new.html",
        form=form,
        kind=kind,
        offered={one.name: offered(one, lists()) for one in kind.fields},
        form_errors=bool(form.errors),
    )
    return page, 422 if form.is_submitted() else 200


def _taken(form: UploadForm, code: str) -> str:
    file = request.files.get("file")
    data = file.read(reading.MOST_BYTES + 1) if file else b""
    if not data:
        raise Refused(N_("Chọn một tệp rồi bấm tải lên."))
    by = me()
    db.session.rollback()  # reading a stranger's file takes its time: nothing stays open meanwhile
    table = reading.read(data)
    batch = rules.take(
        db.session(), kind=code, file_name=(file.filename or "") if file else "", table=table,
        by=by,
    )  # fmt: skip
    location = url_for("imports.batch", import_key=batch.key)
    once.remember(form, location)
    if len(table.rows) <= rules.AT_ONCE:
        rules.judge(db.session(), batch=batch, by=by)
        db.session.commit()
    else:
        _later(batch, "check")
    return location


def _later(batch: ImportBatch, verb: str) -> None:
    """Let a worker do it; the page shows how far it is."""
    job = work.ask(
        db.session(), kind=f"{verb}-import", title=TITLES[verb], params={"batch": batch.id},
        by=me(),
    )  # fmt: skip
    batch.job_key = job.key
    db.session.commit()
    ring(job.key)


def _one(key: uuid.UUID) -> ImportBatch:
    return rules.whole(db.session(), queries.one(db.session(), key, me()))


@desk.get("/<uuid:import_key>")
@allow(*BRINGING)
def batch(import_key: uuid.UUID) -> ResponseReturnValue:
    """Show what was found in a file, row by row, and what can be done with it."""
    found = _one(import_key)
    kind = KINDS[found.kind]
    wanted = request.args.get("state", "")
    state = wanted if wanted in set(RowState) else ""
    heads, page = queries.preview(
        kind, found, state=state, window=asked(request.args.get("page"), "50")
    )
    twins = TwinPlaces(one.row for one in page.items)
    saw(twins.people, Look.LIST)
    job = rules.job_of(db.session(), found)
    return render_template(
        "imports/show.html",
        batch=found,
        kind=kind,
        heads=heads,
        page=page,
        state=state,
        twins=twins,
        job=job,
        is_busy=found.state in BUSY and job is not None and job.state in OPEN,
        is_stuck=found.state in BUSY and (job is None or job.state not in OPEN),
        to_write=found.good + len(found.apart or ()),
        words=reason_words(kind),
        states=STATE_LABELS,
        state_kinds=STATE_KINDS,
        row_labels=ROW_LABELS,
        row_kinds=ROW_KINDS,
        form=Form(),
    )


@desk.get("/<uuid:import_key>/file")
@allow(*BRINGING)
def marked_file(import_key: uuid.UUID) -> ResponseReturnValue:
    """Give the same file back, bad cells coloured, with a column that says why."""
    found = _one(import_key)
    kind = KINDS[found.kind]
    heads, rows = queries.judged(kind, found)
    if not rows:
        raise Missing
    body = marked(queries.table_of(found).rows, heads, rows, _, field_label(kind))
    stem = found.file_name.rsplit(".", 1)[0] or kind.code
    return attachment(body, f"{stem}-{clock.today()}.xlsx", EXCEL)


@desk.post("/<uuid:import_key>/check")
@allow(*BRINGING)
def check_again(import_key: uuid.UUID) -> ResponseReturnValue:
    """Judge the rows again: the register has changed, or a check was broken off."""
    found = _one(import_key)
    if found.total <= rules.AT_ONCE:
        rules.judge(db.session(), batch=found, by=me())
        db.session.commit()
    else:
        rules.begin(db.session(), batch=found, verb="check-again", by=me())
        _later(found, "check")
    return _back(import_key)


@desk.post("/<uuid:import_key>/apart")
@allow(*BRINGING)
def say_apart(import_key: uuid.UUID) -> ResponseReturnValue:
    """Say of doubtful rows that they are somebody else."""
    found = _one(import_key)
    rows = [
        int(one) for one in request.form.getlist("row")[:2_000] if one.isascii() and one.isdigit()
    ]
    rules.say_apart(db.session(), batch=found, rows=rows, by=me())
    db.session.commit()
    flash(_("Sẽ ghi %(count)s dòng có thể trùng như người, bản ghi mới.", count=len(found.apart)),
          "success")  # fmt: skip
    return redirect(url_for("imports.batch", import_key=import_key, state="doubtful"), 303)


@desk.post("/<uuid:import_key>/write")
@allow(*BRINGING)
def write_rows(import_key: uuid.UUID) -> ResponseReturnValue:
    """Write the good rows to the register."""
    found = _one(import_key)
    rules.begin(db.session(), batch=found, verb="write", by=me())
    if found.good + len(found.apart or ()) <= rules.WRITTEN_AT_ONCE:
        count = rules.write(db.session(), batch=found, by=me())
        db.session.commit()
        flash(_("Đã ghi %(count)s dòng vào sổ.", count=count), "success")
    else:
        _later(found, "write")
    return _back(import_key)


@desk.post("/<uuid:import_key>/undo")
@allow(*BRINGING)
def undo_rows(import_key: uuid.UUID) -> ResponseReturnValue:
    """Take out again the rows that nobody touched since."""
    found = _one(import_key)
    rules.begin(db.session(), batch=found, verb="undo", by=me())
    if found.written <= rules.WRITTEN_AT_ONCE and found.state is BatchState.UNDOING:
        count = rules.undo(db.session(), batch=found, by=me())
        db.session.commit()
        flash(_("Đã hoàn tác %(count)s dòng.", count=count), "success")
    else:
        _later(found, "undo")
    return _back(import_key)


@desk.post("/<uuid:import_key>/drop")
@allow(*BRINGING)
def drop_file(import_key: uuid.UUID) -> ResponseReturnValue:
    """Write nothing and keep nothing of a file."""
    rules.drop(db.session(), batch=_one(import_key), by=me())
    db.session.commit()
    flash(_("Đã bỏ tệp, không ghi dòng nào."), "success")
    return redirect(url_for("imports.batches"), 303)


def _back(key: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("imports.batch", import_key=key), 303)
