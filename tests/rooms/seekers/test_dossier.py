"""The dossier: asked or not, there or lacking, run out; one act, one history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.audit.queries import history
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.errors import Refused, Stale
from jobcenter.matching.dossier import lacks
from jobcenter.seekers.choices import ALWAYS_NEEDED, Paper, PaperState
from jobcenter.seekers.dossier import PaperData, dossier, lacking, write_dossier
from jobcenter.seekers.models import SkillCertificate

Make = Callable[..., Any]
BY = system("test", EVERYTHING)
DAY = dt.timedelta(days=1)


def write(session: Session, seeker: Any, **papers: PaperData) -> list[Paper]:
    named = {Paper(name.replace("_", "-")): data for name, data in papers.items()}
    return write_dossier(session, seeker=seeker, papers=named, version=seeker.version, by=BY)


def test_nothing_asked_is_not_nothing_there(session: Session, make_seeker: Make) -> None:
    papers, today = dossier(session, make_seeker()), clock.today()
    assert list(papers) == list(Paper)
    assert {data.state(today) for data in papers.values()} == {PaperState.UNKNOWN}
    assert lacking(papers, today) == list(ALWAYS_NEEDED)


def test_a_health_check_counts_for_a_year_unless_it_says_otherwise(
    session: Session, make_seeker: Make
) -> None:
    seeker, today = make_seeker(), clock.today()
    write(session, seeker, health_check=PaperData(has=True, dated_on=dt.date(2024, 2, 29)))
    assert dossier(session, seeker)[Paper.HEALTH_CHECK].valid_to == dt.date(2025, 2, 28)
    assert dossier(session, seeker)[Paper.HEALTH_CHECK].state(today) is PaperState.EXPIRED
    until = today + DAY
    write(session, seeker, health_check=PaperData(has=True, dated_on=today, valid_to=until))
    state = dossier(session, seeker)[Paper.HEALTH_CHECK].state
    assert (state(until), state(until + DAY)) == (PaperState.HAVE, PaperState.EXPIRED)


def test_one_act_writes_what_changed_once_and_an_old_page_is_told(
    session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker()
    old = seeker.version
    papers = {"cv": PaperData(has=True, note="viết tay"), "photos": PaperData(has=False)}
    assert write(session, seeker, **papers) == [Paper.CV, Paper.PHOTOS]
    assert write(session, seeker, **papers) == []
    told = history(session, kind="seeker", subject_id=seeker.id)
    assert [entry.details["fields"] for entry in told] == [["cv", "photos"]]
    with pytest.raises(Stale):
        write_dossier(session, seeker=seeker, papers={}, version=old, by=BY)
    assert write(session, seeker) == [Paper.CV, Paper.PHOTOS]  # asked no more
    assert dossier(session, seeker)[Paper.CV] == PaperData()


@pytest.mark.parametrize("dates", [{"dated_on": 1}, {"dated_on": -3, "valid_to": -5}])
def test_dates_that_cannot_be_are_refused_at_their_field(
    session: Session, make_seeker: Make, dates: dict[str, int]
) -> None:
    days = {name: clock.today() + days * DAY for name, days in dates.items()}
    with pytest.raises(Refused) as refused:
        write(session, make_seeker(), cv=PaperData(has=True, **days))
    assert refused.value.field in ("cv_dated_on", "cv_valid_to")


def test_what_lacks_depends_on_the_vacancy(
    session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    seeker, today = make_seeker(certificates=("Thẻ an toàn điện",)), clock.today()
    seeker.certificates.append(SkillCertificate(name="Hàn 6G", valid_to=today - DAY))
    write(session, seeker, **{p.name.lower(): PaperData(has=True) for p in ALWAYS_NEEDED})
    plain = make_vacancy(general_education=None)
    asking = make_vacancy(qualification="trung-cap", certificates=("An toàn điện", "Hàn 6G"))
    found = lacks(seeker, dossier(session, seeker), [plain, asking], today)
    assert found[0].is_complete
    assert found[1].papers == (Paper.DEGREES, Paper.CERTIFICATES)
    assert found[1].certificates == ("Hàn 6G",)  # held, but run out
