"""The person's own file: what the centre keeps, and what they agree to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import LOOK_LABELS
from jobcenter.audit.seen import seen
from jobcenter.desks.access import allow, me
from jobcenter.desks.lookers import lookers
from jobcenter.desks.seeker.blueprint import desk
from jobcenter.desks.timeline import human_of
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.matching.gaps import waiting_for
from jobcenter.people.choices import PURPOSE_LABELS, WAY_LABELS, Purpose, Way
from jobcenter.people.queries import consents
from jobcenter.people.rules import give_consent, withdraw_consent
from jobcenter.people.texts import every_text, in_force
from jobcenter.seekers import queries
from jobcenter.seekers.choices import PAPER_LABELS, STATE_KINDS, STATE_LABELS
from jobcenter.seekers.dossier import dossier, lacking

if TYPE_CHECKING:
    from jobcenter.seekers.models import Seeker

MOST_QUESTIONS = 4
MOST_DAYS = 20  # lines of who has seen the file
# What a yes or a no means for the person, said before they press.
MEANINGS = {
    Purpose.REGISTER: N_("Rút lại thì trung tâm thôi tìm việc cho bạn."),
    Purpose.INTRODUCE: N_("Mỗi nơi đều hỏi bạn trước khi đưa tên và số điện thoại."),
    Purpose.PUBLISH: N_("Doanh nghiệp thấy nghề và mong muốn, không thấy tên, tuổi, điện thoại."),
    Purpose.STATISTICS: N_("Chỉ dùng con số, không ai nhận ra bạn."),
    Purpose.SENSITIVE: N_("Là thông tin nhạy cảm, chỉ dùng để xét hỗ trợ. Không ghi cũng được."),
    Purpose.KEEP: N_("Để lần sau không phải khai lại từ đầu."),
}


@desk.get("/file")
@allow(Right.OWN_FILE)
def file() -> ResponseReturnValue:
    """Show the file of the person who is signed in."""
    found = queries.own(db.session(), me())
    person = found.person
    return render_template(
        "seeker/file.html",
        seeker=found,
        owner=person,
        state=STATE_LABELS[found.state],
        kind=STATE_KINDS.get(found.state, ""),
        id_number=vietnamese.mask_id_number(person.id_number) if person.id_number else "",
        standing={
            one.purpose: one
            for one in consents(db.session(), person.id)
            if one.withdrawn_at is None
        },
        texts=in_force(db.session(), clock.today()),
        agreed_texts={(one.purpose, one.version): one for one in every_text(db.session())},
        ways=WAY_LABELS,
        purposes=PURPOSE_LABELS,
        meanings=MEANINGS,
        waiting=waiting_for(db.session(), seeker=found, actor=me())[:MOST_QUESTIONS],
        **_seen(found),
        **_papers(found),
    )


def _seen(found: Seeker) -> dict[str, object]:
    """Return who has seen the file, the latest days first; firms by name, staff by office."""
    groups = seen(db.session(), human_of(found).person_ids)[:MOST_DAYS]
    return {"groups": groups, "who": lookers(one.user_id for one in groups), "looks": LOOK_LABELS}


def _papers(found: Seeker) -> dict[str, object]:
    """Return what the dossier still lacks or has lost by time."""
    today = clock.today()
    papers = dossier(db.session(), found)
    return {"lacking": lacking(papers, today), "paper_labels": PAPER_LABELS}


@desk.post("/consents")
@allow(Right.OWN_FILE)
def own_consents() -> ResponseReturnValue:
    """Give or withdraw a consent: one click, one purpose."""
    person = queries.own(db.session(), me()).person
    wanted = request.form.get("purpose", "")
    if wanted not in set(Purpose):
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="purpose")
    purpose = Purpose(wanted)
    if request.form.get("act") == "withdraw":
        withdraw_consent(db.session(), person=person, purpose=purpose, by=me())
        told = _("Đã rút lại. Có hiệu lực ngay.")
    else:
        give_consent(
            db.session(),
            person=person,
            purpose=purpose,
            way=Way.ONLINE,
            evidence="",
            text=request.form.get("text") or None,
            by=me(),
        )
        told = _("Đã ghi là bạn đồng ý.")
    db.session.commit()
    flash(told, "success")
    return redirect(url_for("seeker.file"), 303)
