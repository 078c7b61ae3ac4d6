"""What is said of rows, in the reader's language, and where those who are alike can be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from flask import url_for
from flask_babel import gettext as _

from jobcenter.desks.access import me
from jobcenter.desks.pages import translate
from jobcenter.enterprises.queries import name_of
from jobcenter.exchange.fields import Kind, Problem, Row, Twin
from jobcenter.exchange.marked import reason
from jobcenter.kernel.db import db
from jobcenter.kernel.words import N_
from jobcenter.people.choices import REASON_LABELS, Reason
from jobcenter.seekers.queries import of_people


def field_label(kind: Kind) -> Callable[[str], str]:
    """Return how a column is called for the reader."""

    def label(name: str) -> str:
        found = kind.field(name)
        return translate(found.label) if found else name

    return label


def reason_words(kind: Kind) -> Callable[[Problem], str]:
    """Return how a problem is said to the reader."""
    label = field_label(kind)
    return lambda problem: reason(problem, translate, label)


class TwinPlaces:
    """Those who are alike, read at once for a page: what they are called and where they stand."""

    def __init__(self, rows: Iterable[Row]) -> None:
        wanted: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            for what, row_id, _why in row.twins:
                wanted[what].add(row_id)
        self._files = of_people(db.session(), me(), wanted["person"])
        self._firms = {one: name_of(db.session(), one, me()) for one in wanted["enterprise"]}

    @property
    def people(self) -> list[int]:
        """Return the persons whose names the page shows."""
        return sorted({file.person_id for file in self._files.values()})

    def of(self, twin: Twin) -> tuple[str, str]:
        """Return (words, address) of one who is alike; the address is empty where there is none."""
        what, row_id, why = twin
        reasons = ", ".join(translate(REASON_LABELS[Reason(one)]) for one in why if one)
        if what == "row":
            told = _("dòng %(row)s của tệp này", row=row_id)
            return (f"{told}: {reasons}" if reasons else str(told)), ""
        if what == "person" and row_id in self._files:
            file = self._files[row_id]
            told = f"{file.person.full_name} ({file.number})"
            where = url_for("counsellor.seeker", key=file.key)
            return (f"{told}: {reasons}" if reasons else told), where
        if what == "enterprise":
            return self._firms.get(row_id) or translate(UNNAMED[what]), ""
        return translate(UNNAMED.get(what, UNNAMED["person"])), ""


UNNAMED = {
    "person": N_("một người trong sổ, chưa có hồ sơ tìm việc"),
    "vacancy": N_("một vị trí tuyển chưa đóng của doanh nghiệp này"),
    "enterprise": N_("một doanh nghiệp trong sổ"),
}
