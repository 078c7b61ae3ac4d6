"""What several verbs of this room check first."""

from __future__ import annotations

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.catalogue.models import Commune, Park
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_


def known(
    session: Session, table: type[Park] | type[Commune], code: str | None, *, field: str
) -> str | None:
    """Return a code that its table knows, None for none; refuse another."""
    if code and session.get(table, code) is None:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field=field)
    return code or None


def needed(text: str, why: str, *, field: str) -> str:
    """Return the cleaned line, or refuse with `why` where nothing is left."""
    plain = vietnamese.clean_line(text)
    if not plain:
        raise Refused(why, field=field)
    return plain


def require_staff(by: Actor, enterprise: Enterprise | None = None) -> None:
    """Refuse who does not keep the register of firms, and who has an interest in this one."""
    if not by.may(Right.ENTERPRISES_WRITE):
        raise NotAllowed
    require_impartial(by, enterprise.id if enterprise is not None else None)


def require_keeper(by: Actor, enterprise: Enterprise) -> None:
    """Refuse who may not keep the firm's everyday facts: its own people may, and the centre."""
    if by.may(Right.ENTERPRISES_WRITE):
        require_impartial(by, enterprise.id)
        return
    if not (by.may(Right.OWN_FIRM) and by.acts_for(enterprise.id)):
        raise NotAllowed
