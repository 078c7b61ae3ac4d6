"""The papers of an application: one list, changed in one act; what lacks for which vacancy."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.file_frame import frame
from jobcenter.desks.editing import Editing, edit
from jobcenter.desks.forms import AnswerField, DateField, Form, LineField
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.words import N_
from jobcenter.matching.dossier import Lacks, lacks
from jobcenter.matching.queries import vacancies_for
from jobcenter.referrals.queries import vacancies_of
from jobcenter.seekers import dossier as room
from jobcenter.seekers import queries
from jobcenter.seekers.choices import (
    PAPER_LABELS,
    PAPER_STATE_KINDS,
    PAPER_STATE_LABELS,
    Paper,
)
from jobcenter.vacancies.queries import by_ids

if TYPE_CHECKING:
    from jobcenter.seekers.models import Seeker

BEST = 3  # vacancies that fit best, beside those where the person is in process


class DossierForm(Form):
    """Every paper of the list; its fields are made from it."""

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for paper in Paper:
            for name in ("dated_on", "valid_to", "note"):
                self[f"{paper}_{name}"].part_of = PAPER_LABELS[paper]

    def read(self) -> dict[Paper, room.PaperData]:
        """Return what was ticked and typed."""
        return {
            paper: room.PaperData(
                has=self[f"{paper}_has"].answer,
                dated_on=self[f"{paper}_dated_on"].day,
                valid_to=self[f"{paper}_valid_to"].day,
                note=self[f"{paper}_note"].data or "",
            )
            for paper in Paper
        }


for _paper in Paper:
    _label = PAPER_LABELS[_paper]
    setattr(DossierForm, f"{_paper}_has", AnswerField(_label, yes=N_("Đã có"), no=N_("Còn thiếu")))
    setattr(DossierForm, f"{_paper}_dated_on", DateField(N_("Ngày trên giấy")))
    setattr(DossierForm, f"{_paper}_valid_to", DateField(N_("Dùng đến ngày")))
    setattr(DossierForm, f"{_paper}_note", LineField(N_("Ghi chú"), most=200))


@desk.get("/seekers/<uuid:key>/dossier")
@allow(Right.SEEKERS_READ)
def seeker_dossier(key: uuid.UUID) -> ResponseReturnValue:
    """Show the papers and what still lacks for which vacancy."""
    found = queries.one(db.session(), key, me())
    saw(found.person_id, Look.FILE)
    papers = room.dossier(db.session(), found)
    return render_template(
        "counsellor/file/dossier.html",
        **frame(found, "dossier"),
        **dossier_shown(papers),
        lacks=_lacks(found, papers),
    )


@desk.route("/seekers/<uuid:key>/dossier/edit", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def edit_dossier(key: uuid.UUID) -> ResponseReturnValue:
    """Change the whole list in one act."""
    saw(queries.one(db.session(), key, me()).person_id, Look.FILE)
    return edit(
        Editing(
            kind="seeker",
            read=lambda: queries.one(db.session(), key, me()),
            form=lambda found, **kw: DossierForm(data=_as_typed(found), **kw),
            save=lambda found, form: room.write_dossier(
                db.session(),
                seeker=found,
                papers=form.read(),
                version=form.seen_version(),
                by=me(),
            ),
            show=_show_edit,
            told=lambda _found: _("Đã ghi hồ sơ xin việc."),
            title=lambda found: found.person.full_name,
            back=url_for("counsellor.seeker_dossier", key=key),
        )
    )


def _as_typed(found: Seeker) -> dict[str, Any]:
    papers = room.dossier(db.session(), found)
    names = ("has", "dated_on", "valid_to", "note")
    return {f"{p}_{name}": getattr(data, name) for p, data in papers.items() for name in names}


def _show_edit(form: DossierForm, found: Any) -> str:
    return render_template(
        "counsellor/file/dossier_edit.html",
        **frame(found, "dossier"),
        form=form,
        papers=list(Paper),
        form_errors=bool(form.errors),
    )


def dossier_shown(papers: room.Dossier) -> dict[str, Any]:
    """Return what pages need to tell papers."""
    today = clock.today()
    return {
        "papers": [(paper, data, data.state(today)) for paper, data in papers.items()],
        "paper_labels": PAPER_LABELS,
        "paper_states": PAPER_STATE_LABELS,
        "paper_kinds": PAPER_STATE_KINDS,
    }


def _lacks(found: Seeker, papers: room.Dossier) -> list[Lacks]:
    """Return what lacks where the person is in process, then for what fits best."""
    if not me().may(Right.MATCHES_READ):
        return []
    session = db.session()
    rows = list(by_ids(session, me(), vacancies_of(session, found)))
    offers = vacancies_for(session, seeker=found, actor=me(), limit=BEST).offers
    rows += [offer.vacancy for offer in offers]
    return lacks(found, papers, rows, clock.today())
