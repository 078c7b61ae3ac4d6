"""A park from what people call it: its name, a former name, an abbreviation (Nomura)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.catalogue.models import Park
from jobcenter.kernel import vietnamese
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

_NO_WORD = re.compile(r"[^a-z0-9]+")
_FRONT = re.compile(r"^(?:khu cong nghiep|khu che xuat|kcn|kcx) ")


def parks(session: Session) -> Sequence[Park]:
    """Return every park, by name."""
    return session.scalars(select(Park).order_by(Park.name_vi, Park.code)).all()


def known_as(park: Park) -> str:
    """Return the other name that helps most: one that shares no word with the park's own."""
    own = set(_plain(park.name_vi).split()) | {"hai", "phong"}
    return next((alias for alias in park.aliases if not set(_plain(alias).split()) & own), "")


def parks_called(session: Session, word: str) -> list[str]:
    """Return the codes of the parks with `word` in any of their names, for a search."""
    wanted = _plain(word)
    if len(wanted) < 2:
        return []
    return [
        park.code for park in parks(session) if any(wanted in _plain(name) for name in _names(park))
    ]


def read_park(session: Session, text: str, *, field: str) -> str | None:
    """Return the code of the park that was typed, by code or any name; nothing typed is none.

    Refuses what fits no park, and what fits several, naming up to four of them.
    """
    typed = vietnamese.clean_line(text)
    if not typed:
        return None
    wanted, found = _plain(typed), list(parks(session))
    same = [p for p in found if p.code == typed or wanted in {_plain(n) for n in _names(p)}]
    within = [p for p in found if any(wanted and wanted in _plain(n) for n in _names(p))]
    fitting = same or within
    if len(fitting) == 1:
        return fitting[0].code
    if not fitting:
        raise Refused(
            N_("Không có khu công nghiệp nào tên “%(name)s”. Thử tên khác, hoặc để trống."),
            field=field,
            name=typed,
        )
    names = ", ".join(park.name_vi for park in fitting[:4])
    raise Refused(
        N_("Có nhiều khu tên gần như vậy: %(names)s. Chọn một."), field=field, names=names
    )


def _names(park: Park) -> list[str]:
    return [park.name_vi, park.name_en, *park.aliases]


def _plain(name: str) -> str:
    words = _NO_WORD.sub(" ", vietnamese.fold(name)).strip()
    return _FRONT.sub("", words) or words
