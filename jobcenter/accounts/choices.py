"""Roles and rights. A right says who may do what; a role is a bundle of rights."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_
from jobcenter.settings.choices import Kind, Setting


class Role(StrEnum):
    """What an account is for."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    COUNSELLOR = "counsellor"
    SCHOOL_STAFF = "school-staff"
    TEACHER = "teacher"
    ENTERPRISE_USER = "enterprise-user"
    SEEKER = "seeker"


ROLE_LABELS = {
    Role.ADMINISTRATOR: N_("Quản trị"),
    Role.MANAGER: N_("Quản lý"),
    Role.COUNSELLOR: N_("Tư vấn viên"),
    Role.SCHOOL_STAFF: N_("Nhân viên trường"),
    Role.TEACHER: N_("Giáo viên"),
    Role.ENTERPRISE_USER: N_("Doanh nghiệp"),
    Role.SEEKER: N_("Người tìm việc"),
}


class SignInOutcome(StrEnum):
    """How a try to sign in ended; only `OK` opened a session."""

    OK = "ok"
    WRONG = "wrong"
    WRONG_CODE = "wrong-code"
    BLOCKED = "blocked"
    TOO_MANY = "too-many"


SIGN_IN_LABELS = {
    SignInOutcome.OK: N_("Đã vào"),
    SignInOutcome.WRONG: N_("Sai mật khẩu"),
    SignInOutcome.WRONG_CODE: N_("Sai mã xác thực"),
    SignInOutcome.BLOCKED: N_("Tài khoản đã khoá"),
    SignInOutcome.TOO_MANY: N_("Thử quá nhiều lần"),
}


class Right(StrEnum):
    """One permission, named for what it lets a person do."""

    USERS_MANAGE = "users.manage"
    LEDGER_READ = "ledger.read"
    SEEKERS_READ = "seekers.read"
    SEEKERS_WRITE = "seekers.write"
    SENSITIVE_READ = "seekers.sensitive.read"
    CASELOAD = "caseload"  # see one's own files, hand them over
    CASELOADS = "caseload.all"  # everybody's
    ENTERPRISES_READ = "enterprises.read"
    ENTERPRISES_WRITE = "enterprises.write"
    VACANCIES_READ = "vacancies.read"
    VACANCIES_WRITE = "vacancies.write"
    MATCHES_READ = "matches.read"
    OWN_FIRM = "own-firm"
    OWN_FIRM_VIEW = "own-firm.view"
    OWN_FIRM_USERS = "own-firm.users"
    OWN_REQUEST = "own-request"
    OWN_FILE = "own-file"
    OVERVIEW = "overview"
    SCHOOL = "school"
    TEACH = "teach"  # attendance and marks of one's own classes
    CLASSES_READ = "classes.read"
    CATALOGUE_READ = "catalogue.read"
    CATALOGUE_WRITE = "catalogue.write"
    SETTINGS_WRITE = "settings.write"
    DATA_REQUESTS = "data-requests"  # take and see requests about data
    PRIVACY = "privacy"  # decide on them, erase, keep the other registers of privacy


_READ = {
    Right.SEEKERS_READ,
    Right.ENTERPRISES_READ,
    Right.VACANCIES_READ,
    Right.MATCHES_READ,
    Right.CLASSES_READ,
}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Right.USERS_MANAGE,
            Right.LEDGER_READ,
            Right.CATALOGUE_READ,
            Right.CATALOGUE_WRITE,
            Right.SETTINGS_WRITE,
        }
    ),
    Role.MANAGER: frozenset(
        _READ
        | {
            Right.OVERVIEW,
            Right.LEDGER_READ,
            Right.CATALOGUE_READ,
            Right.CASELOAD,
            Right.CASELOADS,
            Right.DATA_REQUESTS,
            Right.PRIVACY,
        }
    ),
    Role.COUNSELLOR: frozenset(
        _READ
        | {
            Right.CASELOAD,
            Right.SEEKERS_WRITE,
            Right.SENSITIVE_READ,
            Right.ENTERPRISES_WRITE,
            Right.VACANCIES_WRITE,
            Right.CATALOGUE_READ,
            Right.DATA_REQUESTS,
        }
    ),
    Role.SCHOOL_STAFF: frozenset(
        {
            Right.SCHOOL,
            Right.CLASSES_READ,
            Right.VACANCIES_READ,
            Right.ENTERPRISES_READ,
            Right.CATALOGUE_READ,
        }
    ),
    Role.TEACHER: frozenset({Right.TEACH}),
    # the most that such an account may hold; `firm_rights` narrows it to where it stands
    Role.ENTERPRISE_USER: frozenset(
        {Right.OWN_FIRM, Right.OWN_FIRM_VIEW, Right.OWN_FIRM_USERS, Right.OWN_REQUEST}
    ),
    Role.SEEKER: frozenset({Right.OWN_FILE}),
}
WAITING_RIGHTS = frozenset({Right.OWN_REQUEST})
CLOSED_RIGHTS = frozenset({Right.OWN_FIRM_VIEW})
STAFF = frozenset(
    {Role.ADMINISTRATOR, Role.MANAGER, Role.COUNSELLOR, Role.SCHOOL_STAFF, Role.TEACHER}
)
EVERYTHING = frozenset(Right)


def firm_rights(*, is_closed: bool, is_admin: bool) -> frozenset[Right]:
    """Return what a firm's user holds: the page that says why alone while the firm is closed; the
    firm's users for its administrators only.
    """
    if is_closed:
        return CLOSED_RIGHTS
    whole = RIGHTS[Role.ENTERPRISE_USER]
    return whole if is_admin else whole - {Right.OWN_FIRM_USERS}


class InvitationState(StrEnum):
    """Where an invitation stands; told by its dates, so it is never stored."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    REVOKED = "revoked"


INVITATION_LABELS = {
    InvitationState.WAITING: N_("Đang chờ nhận"),
    InvitationState.ACCEPTED: N_("Đã nhận"),
    InvitationState.EXPIRED: N_("Hết hạn"),
    InvitationState.REVOKED: N_("Đã thu hồi"),
}
INVITATION_KINDS = {
    InvitationState.WAITING: "warn",
    InvitationState.ACCEPTED: "ok",
    InvitationState.EXPIRED: "quiet",
    InvitationState.REVOKED: "quiet",
}

INVITATION_DAYS = Setting(
    key="invitation-days",
    kind=Kind.DAYS,
    group=N_("Tài khoản"),
    label=N_("Lời mời mở tài khoản có giá trị"),
    default=7,
    least=1,
    most=60,
)
