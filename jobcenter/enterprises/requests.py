"""Asking to act for a firm, and the answer: granted, denied, or asked for more, always with why.

A firm that is known by its tax number is joined, not made twice: its own administrator or the
centre answers. A firm that is new is the centre's to answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right, Role
from jobcenter.audit.rules import record
from jobcenter.catalogue.models import Park
from jobcenter.enterprises import members, reach, rules
from jobcenter.enterprises.choices import REQUEST_MOVES, RequestState
from jobcenter.enterprises.models import Enterprise, FirmRequest, FirmRequestStep, Member
from jobcenter.enterprises.names import bare_name, clean_tax_number
from jobcenter.enterprises.reach import ContactData
from jobcenter.enterprises.rules import EnterpriseData
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.notices.rules import To, tell


@dataclass(frozen=True, kw_only=True)
class RequestData:
    """The firm as its person writes it, and who that person is."""

    firm_name: str
    tax_number: str
    park_code: str | None = None
    address: str = ""
    name: str
    position: str = ""
    phone: str
    email: str = ""


def check(session: Session, data: RequestData) -> RequestData:
    """Return what was typed as it is kept, or refuse at the field; before an account is made."""
    number = clean_tax_number(data.tax_number)
    if number is None:
        raise Refused(N_("Mã số thuế gồm 10 số, chi nhánh thêm “-” và 3 số."), field="tax_number")
    for name, why in (
        ("firm_name", N_("Cần tên doanh nghiệp.")),
        ("name", N_("Cần họ tên người gửi.")),
    ):
        if not vietnamese.clean_line(getattr(data, name)):
            raise Refused(why, field=name)
    if data.park_code and session.get(Park, data.park_code) is None:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="park")
    return RequestData(
        firm_name=vietnamese.clean_line(data.firm_name),
        tax_number=number,
        park_code=data.park_code or None,
        address=vietnamese.clean_line(data.address),
        name=vietnamese.clean_line(data.name),
        position=vietnamese.clean_line(data.position),
        phone=vietnamese.parse_phone(data.phone),
        email=vietnamese.clean_line(data.email),
    )


def known_firm(session: Session, data: RequestData) -> Enterprise | None:
    """Return the firm that is surely meant: by its number, or by its name where it has none."""
    found = session.scalar(select(Enterprise).where(Enterprise.tax_number == data.tax_number))
    if found is not None:
        return found
    wanted = bare_name(data.firm_name)
    nameless = session.scalars(
        select(Enterprise).where(
            Enterprise.tax_number.is_(None), Enterprise.is_individual.is_(False)
        )
    )
    same = [firm for firm in nameless if bare_name(firm.name) == wanted]
    return same[0] if len(same) == 1 else None


def send(session: Session, *, data: RequestData, by: Actor, text: str = "") -> FirmRequest:
    """Ask to act for a firm; one account waits for one answer, and acts for one firm."""
    if by.user_id is None or by.role != Role.ENTERPRISE_USER:
        raise NotAllowed
    if session.get(Member, by.user_id) is not None:
        raise Refused(N_("Tài khoản này đã làm việc cho một công ty."))
    firm = known_firm(session, data)
    request = FirmRequest(
        user_id=by.user_id,
        state=RequestState.WAITING,
        enterprise_id=firm.id if firm is not None else None,
        **vars(data),
    )
    try:
        with session.begin_nested():
            session.add(request)
    except IntegrityError:
        raise Refused(N_("Đã có một yêu cầu đang chờ trả lời.")) from None
    _step(session, request, "send", text, by)
    return request


def answer(
    session: Session, *, request: FirmRequest, data: RequestData, text: str, version: int | None,
    by: Actor,
) -> None:  # fmt: skip
    """Put right what was asked for; the request waits again, for whom it concerns now."""
    _require_own(request, by)
    hold(session, request, version)
    request.state = REQUEST_MOVES.after("answer", request.state)
    for name, value in vars(data).items():
        setattr(request, name, value)
    firm = known_firm(session, data)
    request.enterprise_id = firm.id if firm is not None else None
    request.sent_at = clock.now()
    session.flush()
    _step(session, request, "answer", text, by)


def withdraw(session: Session, *, request: FirmRequest, by: Actor) -> None:
    """Take the request back."""
    _require_own(request, by)
    hold(session, request, None)
    request.state = REQUEST_MOVES.after("withdraw", request.state)
    session.flush()
    _step(session, request, "withdraw", "", by)


def ask_more(
    session: Session, *, request: FirmRequest, reason: str, version: int | None, by: Actor
) -> None:
    """Ask the applicant for more."""
    _open(session, request, reason, version, by)
    _close(session, request, "ask-more", reason, by)


def deny(
    session: Session, *, request: FirmRequest, reason: str, version: int | None, by: Actor
) -> None:
    """Say no; the applicant reads why."""
    _open(session, request, reason, version, by)
    _close(session, request, "deny", reason, by)


def grant_join(
    session: Session, *, request: FirmRequest, enterprise: Enterprise, is_admin: bool, reason: str,
    version: int | None, by: Actor,
) -> None:  # fmt: skip
    """Let the applicant act for a firm that is known; the centre may name another than asked."""
    if not by.may(Right.ENTERPRISES_WRITE) and request.enterprise_id != enterprise.id:
        raise NotAllowed
    require_impartial(by, enterprise.id)
    _open(session, request, reason, version, by)
    request.enterprise = enterprise
    _close(session, request, "grant", reason, by)
    members.join(session, enterprise=enterprise, user_id=request.user_id, is_admin=is_admin, by=by)


def grant_new(
    session: Session, *, request: FirmRequest, parent: Enterprise | None, reason: str,
    version: int | None, by: Actor,
) -> Enterprise:  # fmt: skip
    """Write the firm down as asked, approved, with the applicant as its administrator."""
    if not by.may(Right.ENTERPRISES_WRITE):
        raise NotAllowed
    require_impartial(by, parent.id if parent is not None else None)
    _open(session, request, reason, version, by)
    REQUEST_MOVES.after("grant", request.state)
    taken = session.scalar(
        select(Enterprise.name).where(Enterprise.tax_number == request.tax_number)
    )
    if taken is not None:
        raise Refused(
            N_("Mã số thuế này đã có ở %(name)s. Chọn vào công ty đó."), field="into", name=taken
        )
    enterprise = rules.add(
        session,
        data=EnterpriseData(
            name=request.firm_name,
            tax_number=request.tax_number,
            park_code=request.park_code,
            address=request.address,
            phone=request.phone,
            email=request.email,
            parent_id=parent.id if parent is not None else None,
        ),
        by=by,
    )
    contact = ContactData(
        name=request.name, position=request.position, phone=request.phone, email=request.email
    )
    reach.replace_contacts(session, enterprise=enterprise, contacts=[contact], version=None, by=by)
    rules.move(session, enterprise=enterprise, verb="approve", reason=reason, by=by)
    request.enterprise = enterprise
    _close(session, request, "grant", reason, by)
    members.join(session, enterprise=enterprise, user_id=request.user_id, is_admin=True, by=by)
    return enterprise


def _open(
    session: Session, request: FirmRequest, reason: str, version: int | None, by: Actor
) -> None:
    """Hold the request for an answer: of two who answer at once the second is told."""
    require_decider(request, by)
    if not vietnamese.clean_line(reason):
        raise Refused(N_("Ghi lý do; người gửi đọc được lý do này."), field="reason")
    hold(session, request, version)


def _close(session: Session, request: FirmRequest, verb: str, reason: str, by: Actor) -> None:
    request.state = REQUEST_MOVES.after(verb, request.state)
    session.flush()
    _step(session, request, verb, reason, by)
    if verb == "grant" and request.enterprise is not None:
        tell(
            session,
            key=f"firm-granted/{request.id}",
            template="firm-granted",
            to=To(user_id=request.user_id),
            params={"firm": request.enterprise.name},
            href="/",
        )


def require_decider(request: FirmRequest, by: Actor) -> None:
    """Refuse who may not answer: the centre may, and the administrator of the firm asked for."""
    if by.user_id is not None and by.user_id == request.user_id:
        raise NotAllowed
    if by.may(Right.ENTERPRISES_WRITE):
        require_impartial(by, request.enterprise_id)
        return
    if not (by.may(Right.OWN_FIRM_USERS) and by.acts_for(request.enterprise_id)):
        raise NotAllowed


def _require_own(request: FirmRequest, by: Actor) -> None:
    if by.user_id is None or by.user_id != request.user_id:
        raise NotAllowed


def _step(session: Session, request: FirmRequest, verb: str, text: str, by: Actor) -> None:
    session.add(
        FirmRequestStep(
            request_id=request.id,
            verb=verb,
            text=vietnamese.clean_line(text),
            by_user_id=by.user_id,
            by_name=by.name or by.role,
            by_role=by.role,
        )
    )
    session.flush()
    record(
        session, by=by, action=f"{verb}-firm-request", kind="firm-request",
        subject_id=request.id, enterprise=request.enterprise_id,
    )  # fmt: skip
