"""The frame of a job seeker's file: head, tabs, and what each page of it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import me
from jobcenter.desks.pages import translate
from jobcenter.kernel.words import N_
from jobcenter.seekers.choices import STATE_KINDS, STATE_LABELS

if TYPE_CHECKING:
    from jobcenter.seekers.models import Seeker

# Name of the page, label, endpoint, right that opens it.
TABS = (
    ("file", N_("Hồ sơ"), "counsellor.seeker", Right.SEEKERS_READ),
    ("jobs", N_("Việc hợp"), "counsellor.seeker_vacancies", Right.MATCHES_READ),
    ("advice", N_("Tư vấn"), "counsellor.seeker_advice", Right.SEEKERS_READ),
    ("referrals", N_("Giới thiệu"), "counsellor.seeker_referrals", Right.MATCHES_READ),
    ("learning", N_("Học nghề"), "counsellor.seeker_learning", Right.SEEKERS_READ),
    ("timeline", N_("Diễn biến"), "counsellor.seeker_timeline", Right.SEEKERS_READ),
    ("dossier", N_("Hồ sơ xin việc"), "counsellor.seeker_dossier", Right.SEEKERS_READ),
    ("consents", N_("Đồng ý"), "counsellor.seeker_consents", Right.SEEKERS_READ),
    ("sights", N_("Ai đã xem"), "counsellor.seeker_sights", Right.SEEKERS_READ),
)


def frame(found: Seeker, here: str) -> dict[str, Any]:
    """Return what `counsellor/file/_frame.html` shows around the page `here`."""
    return {
        "seeker": found,
        "owner": found.person,
        "here": here,
        "tabs_of_file": [
            {
                "label": translate(label),
                "href": url_for(endpoint, key=found.key),
                "current": name == here,
            }
            for name, label, endpoint, right in TABS
            if me().may(right)
        ],
        "states": STATE_LABELS,
        "kinds": STATE_KINDS,
        "may_write": me().may(Right.SEEKERS_WRITE),
    }
