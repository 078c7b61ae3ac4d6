"""What a counsellor has to do today, and whose files are stuck.

Each kind of work is one function that gives lines; the day's page and the list of what is due name
them here. Who is stuck for another reason (introduced and nobody answers) joins `STUCK` with a
function over the queries of that room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.accounts.choices import Right
from jobcenter.advising import appointments, complaints, counts, plans
from jobcenter.advising.choices import COMPLAINT_KIND_LABELS, DOER_LABELS
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.pages import translate, unit
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import Slice
from jobcenter.notices.queries import calls
from jobcenter.placements import checks
from jobcenter.referrals import responses
from jobcenter.referrals.stuck import stuck_people

if TYPE_CHECKING:
    from jobcenter.advising.plans import DueStep
    from jobcenter.placements.checks import DueCheck

SHOWN = 6  # lines of a panel of the day's page
AHEAD = 7  # days after today that the list of what is due looks ahead
MOST = 200


@dataclass(frozen=True)
class Line:
    """One thing to do: `late` are the days it is overdue (0 today, negative still to come)."""

    title: str
    detail: str
    href: str
    late: int | None = None


@dataclass(frozen=True)
class Lines:
    """The first lines, how many there are in all, and whose names they show."""

    lines: Sequence[Line]
    count: int
    person_ids: list[int] = field(default_factory=list)


def own_todo() -> Lines:
    """Return what the counsellor at hand has to do by today, the most overdue first."""
    every = [line for source in TODO for line in source()]
    order = sorted(every, key=lambda one: -(one.late if one.late is not None else 0))
    return Lines(order[:SHOWN], len(every))


def _steps() -> list[Line]:
    rows = plans.due_steps(db.session(), user_id=me().user_id, until=clock.today(), limit=MOST)
    return [_step(row) for row in rows]


def _step(row: DueStep) -> Line:
    who = f"{row.seeker.person.full_name} · {translate(DOER_LABELS[row.step.doer])}"
    href = url_for("counsellor.seeker_advice", key=row.seeker.key)
    return Line(row.step.what, who, href, row.days_late)


def _forgotten() -> list[Line]:
    rows = appointments.forgotten(db.session(), me(), me().user_id or 0)
    if not rows:
        return []
    text = ngettext(
        "%(num)s hẹn đã qua chưa ghi kết quả", "%(num)s hẹn đã qua chưa ghi kết quả", len(rows)
    )
    late = (clock.today() - clock.local(rows[0].starts_at).date()).days
    names = ", ".join(row.person.full_name for row in rows[:2])
    return [Line(text, names, url_for("counsellor.own_appointments"), late)]


def _placed() -> list[Line]:
    """Return one line for each mark at which people of the counsellor at hand are to be asked."""
    by_mark: dict[int, list[DueCheck]] = {}
    for row in checks.due(db.session(), me(), user_id=me().user_id):
        by_mark.setdefault(row.mark, []).append(row)
    return [
        Line(
            str(_("Hỏi thăm sau %(time)s đi làm", time=unit(mark, _("ngày")))),
            ", ".join(row.seeker.person.full_name for row in rows[:2])
            + (f" +{len(rows) - 2}" if len(rows) > 2 else ""),
            url_for("counsellor.aftercare"),
            rows[0].days_late,
        )
        for mark, rows in by_mark.items()
    ]


def _complaints() -> list[Line]:
    """Return the complaints that nobody looks into yet, and those of one's own that are due."""
    today = clock.today()
    return [
        Line(
            str(_("Khiếu nại %(number)s", number=row.number)),
            translate(COMPLAINT_KIND_LABELS[row.kind]),
            url_for("counsellor.complaint", key=row.key),
            (today - row.due_on).days,
        )
        for row in complaints.due(db.session(), me(), until=today)
    ]


def _calls() -> list[Line]:
    page = calls(db.session(), window=Slice(1, 25))
    if not page.total:
        return []
    text = ngettext("Gọi %(num)s người", "Gọi %(num)s người", page.total)
    late = (clock.today() - clock.local(page.items[0].made_at).date()).days
    detail = _("Người không nhận được tin nhắn, việc chung của cả quầy")
    return [Line(text, detail, url_for("counsellor.calls"), late)]


def stuck() -> Lines:
    """Return the stuck files of the counsellor at hand."""
    found = [source() for source in STUCK]
    lines = sorted((line for one in found for line in one.lines), key=lambda x: -(x.late or 0))
    ids = [person_id for one in found for person_id in one.person_ids]
    return Lines(lines[:SHOWN], sum(one.count for one in found), ids)


def _without_contact() -> Lines:
    rows, total = counts.without_contact(db.session(), me(), user_id=me().user_id or 0, limit=SHOWN)
    lines = [
        Line(
            one.seeker.person.full_name,
            str(_("Lâu chưa nói chuyện")),
            url_for("counsellor.seeker_advice", key=one.seeker.key),
            one.days,
        )
        for one in rows
    ]
    return Lines(lines, total, [one.seeker.person_id for one in rows])


def _nothing_accepted() -> Lines:
    """Return the counsellor's people who were introduced again and again, and taken by nobody."""
    rows = stuck_people(db.session(), me(), user_id=me().user_id or 0, today=clock.today())
    lines = [
        Line(
            one.seeker.person.full_name,
            str(_("Giới thiệu %(sent)s nơi, chưa nơi nào nhận", sent=one.sent)),
            url_for("counsellor.seeker_referrals", key=one.seeker.key),
            one.days,
        )
        for one in rows[:SHOWN]
    ]
    return Lines(lines, len(rows), [one.seeker.person_id for one in rows[:SHOWN]])


def _silent_firms() -> list[Line]:
    return [
        Line(
            ngettext("Gọi hỏi kết quả %(num)s người", "Gọi hỏi kết quả %(num)s người", one.people),
            f"{one.firm.short_name or one.firm.name} · "
            + _("gửi %(day)s", day=one.sent_on.strftime("%d/%m")),
            url_for("counsellor.silent_firms"),
            one.days_late,
        )
        for one in responses.silent(db.session(), me(), today=clock.today())
    ]


TODO: tuple[Callable[[], list[Line]], ...] = (
    _steps, _placed, _complaints, _forgotten, _calls, _silent_firms,
)  # fmt: skip
STUCK: tuple[Callable[[], Lines], ...] = (_without_contact, _nothing_accepted)


@desk.get("/due")
@allow(Right.SEEKERS_WRITE)
def due_list() -> ResponseReturnValue:
    """List the steps due by the end of the week, one's own, and the other work that waits."""
    until = clock.today().fromordinal(clock.today().toordinal() + AHEAD)
    rows = plans.due_steps(db.session(), user_id=me().user_id, until=until, limit=MOST)
    saw([row.seeker.person_id for row in rows], Look.LIST)
    others = [line for source in TODO if source is not _steps for line in source()]
    return render_template(
        "counsellor/due.html",
        rows=rows,
        others=others,
        doers=DOER_LABELS,
        until=until,
        most=MOST,
        silent=counts.without_contact(db.session(), me(), user_id=me().user_id or 0, limit=50),
    )
