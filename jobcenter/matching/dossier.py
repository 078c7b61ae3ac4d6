"""What a person's papers lack for one vacancy: the dossier, and the certificates by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jobcenter.matching.documents import LEVELS
from jobcenter.seekers.choices import Paper
from jobcenter.seekers.dossier import Dossier, lacking
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy
from ml.criteria import missing_certificates
from ml.documents import Vacancy as Opening


@dataclass(frozen=True)
class Lacks:
    """What is still missing before this person can hand in an application for `vacancy`."""

    vacancy: Vacancy
    papers: tuple[Paper, ...]
    certificates: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Say whether nothing is missing."""
        return not self.papers and not self.certificates


def lacks(
    seeker: Seeker, papers: Dossier, vacancies: Iterable[Vacancy], today: dt.date
) -> list[Lacks]:
    """Return what lacks for each vacancy: degrees and cards only where the vacancy asks for them.

    A certificate counts as the matcher counts it: one that is held and in force, by its words.
    """
    held = tuple(
        one.name for one in seeker.certificates if one.valid_to is None or one.valid_to >= today
    )
    found = []
    for vacancy in vacancies:
        more = [Paper.DEGREES] if vacancy.general_education or asks_trade(vacancy) else []
        asked = tuple(one.name for one in vacancy.certificates)
        more += [Paper.CERTIFICATES] if asked else []
        missing = missing_certificates(Opening(id="", certificates=asked), held)
        found.append(Lacks(vacancy, tuple(lacking(papers, today, more)), missing))
    return found


def asks_trade(vacancy: Vacancy) -> bool:
    """Say whether the vacancy asks for a trade degree."""
    return vacancy.qualification in LEVELS
