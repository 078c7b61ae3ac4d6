"""What every page gets: language, filters for figures, the menu of its reader."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from babel.dates import format_date
from flask import Flask, current_app, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from jobcenter.accounts.choices import Right, Role
from jobcenter.desks import helping, languages
from jobcenter.desks.access import me, permits, policy_of
from jobcenter.desks.counted import SPACE, counted
from jobcenter.desks.errors import words
from jobcenter.desks.labels import code_label, occupation_label, own_name, unit_line
from jobcenter.kernel import clock, training, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.words import N_

NO_VALUE = "–"
# (label, endpoint) per role, at most six; the first is where a role lands after signing in.
MENUS: dict[str, list[tuple[str, str]]] = {
    Role.COUNSELLOR: [
        (N_("Hôm nay"), "counsellor.day"),
        (N_("Người tìm việc"), "counsellor.seekers"),
        (N_("Vị trí tuyển"), "counsellor.vacancies"),
        (N_("Doanh nghiệp"), "counsellor.enterprises"),
        (N_("Giới thiệu"), "counsellor.referrals"),
        (N_("Lớp học"), "school.classes"),
        (N_("Giấy tờ"), "counsellor.papers"),
    ],
    Role.MANAGER: [
        (N_("Tổng quan"), "manager.overview"),
        (N_("Báo cáo"), "manager.reports"),
        (N_("Người tìm việc"), "counsellor.seekers"),
        (N_("Vị trí tuyển"), "counsellor.vacancies"),
        (N_("Doanh nghiệp"), "counsellor.enterprises"),
        (N_("Lớp học"), "school.classes"),
        (N_("Dữ liệu cá nhân"), "privacy.requests"),
        (N_("Nhật ký"), "admin.ledger"),
    ],
    Role.ENTERPRISE_USER: [
        (N_("Yêu cầu tuyển"), "enterprise.vacancies"),
        (N_("Ứng viên được gửi"), "enterprise.answers"),
        (N_("An toàn lao động"), "enterprise.safety"),
        (N_("Lớp đã đặt"), "enterprise.classes"),
        (N_("Công ty"), "enterprise.firm"),
    ],
    "waiting": [(N_("Yêu cầu mở tài khoản"), "enterprise.request_page")],
    Role.SCHOOL_STAFF: [
        (N_("Hôm nay"), "school.day"),
        (N_("Lớp học"), "school.classes"),
        (N_("Tuyển sinh"), "school.enrolments"),
        (N_("Chương trình"), "school.programmes"),
        (N_("Chứng chỉ"), "school.certificates"),
        (N_("An toàn lao động"), "school.safety_papers"),
        (N_("Thu chi"), "school.money"),
    ],
    Role.TEACHER: [(N_("Lớp của tôi"), "school.teaching")],
    Role.ADMINISTRATOR: [
        (N_("Người dùng"), "admin.users"),
        (N_("Danh mục"), "admin.lists"),
        (N_("Đơn vị"), "admin.units"),
        (N_("Thiết lập"), "admin.settings"),
        (N_("Mẫu giấy tờ"), "admin.forms"),
        (N_("Tin gửi đi"), "admin.messages"),
        (N_("Nhật ký"), "admin.ledger"),
    ],
    Role.SEEKER: [
        (N_("Việc hợp"), "seeker.jobs"),
        (N_("Lời giới thiệu"), "seeker.referrals"),
        (N_("Học nghề"), "seeker.classes"),
        (N_("Hồ sơ của tôi"), "seeker.file"),
    ],
}
# Entries that stand in the bottom menu of a phone carry a sign.
ICONS = {"/me/jobs": "search", "/me/referrals": "bell", "/me/classes": "book", "/me/file": "user"}


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    label: str
    href: str
    current: bool
    icon: str


def _menu_of(actor: Actor) -> str:
    """Return whose menu it is: an enterprise's account that has no firm yet waits for one."""
    waits = actor.role == Role.ENTERPRISE_USER and actor.enterprise_id is None
    return "waiting" if waits else actor.role


def places() -> list[tuple[str, str]]:
    """Return (label, endpoint) of the reader's menu: what they may open now."""
    return [
        (label, endpoint)
        for label, endpoint in MENUS.get(_menu_of(me()), [])
        if permits(policy_of(current_app, endpoint), me())
    ]


def landing() -> str:
    """Return the endpoint where the reader starts."""
    found = places()
    return found[0][1] if found else "public.guide"


def menu() -> list[Entry]:
    """Return the reader's menu with the place they stand in marked."""
    here = request.path
    entries = [(_(label), url_for(endpoint)) for label, endpoint in places()]
    within = [href for _label, href in entries if here == href or here.startswith(href + "/")]
    current = max(within, key=len, default=None)
    return [
        Entry(label, href, href == current, ICONS.get(href, "search")) for label, href in entries
    ]


def language_switch() -> dict[str, str]:
    """Return the link to the same page in the other language, named in that language."""
    other = "en" if str(get_locale()) == "vi" else "vi"
    label = {"en": "English", "vi": "Tiếng Việt"}[other]
    back = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return {"lang": other, "label": label, "href": url_for("public.language", to=other, next=back)}


def language_links() -> list[dict[str, object]]:
    """Return a link to the same page in each of its languages, where there are more than two."""
    here, known = str(get_locale()), languages.of_this_page()
    if len(known) <= len(languages.LOCALES):
        return []
    back = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return [
        {
            "lang": one,
            "label": languages.NAMES[one],
            "href": url_for("public.language", to=one, next=back),
            "current": one == here,
        }
        for one in known
    ]


def page_href(number: int) -> str:
    """Return the address of another page of the present list, its filters kept."""
    kept = [(k, v) for k, v in request.args.items(multi=True) if k != "page"]
    return f"{request.path}?{urlencode([*kept, ('page', str(number))])}"


def safe_path(target: str | None) -> str | None:
    """Return `target` when it is a path on this site, else None."""
    if not target or not target.startswith("/") or target[1:2] in ("/", "\\"):
        return None
    plain = target.isprintable() and "\\" not in target
    return target if plain else None


def date(value: dt.date | None) -> str:
    """Return a day as offices write it: 23/11/2026; in other languages as they write it."""
    if value is None:
        return NO_VALUE
    locale = str(get_locale())
    if locale in languages.MORE:
        return str(format_date(value, "medium", locale=locale))
    return value.strftime("%d/%m/%Y")


WEEKDAYS = (
    N_("thứ Hai"), N_("thứ Ba"), N_("thứ Tư"), N_("thứ Năm"), N_("thứ Sáu"), N_("thứ Bảy"),
    N_("Chủ nhật"),
)  # fmt: skip


def weekday(value: dt.date) -> str:
    """Return the name of the weekday of a day."""
    return str(_(WEEKDAYS[value.weekday()]))


def datetime(value: dt.datetime | None) -> str:
    """Return an instant on Hải Phòng's clock: 08:45 23/11/2026."""
    if value is None:
        return NO_VALUE
    local = clock.local(value)
    return f"{local:%H:%M} {date(local.date())}"


def clock_time(value: dt.datetime) -> str:
    """Return the time of an instant on Hải Phòng's clock: 08:45."""
    return f"{clock.local(value):%H:%M}"


def day_of(value: dt.datetime) -> dt.date:
    """Return the day of an instant in Hải Phòng."""
    return clock.local(value).date()


def number(value: float | None) -> str:
    """Return a figure with dots between thousands and a decimal comma (English: the reverse)."""
    if value is None:
        return NO_VALUE
    text = f"{value:,.1f}" if value % 1 else f"{value:,.0f}"
    if str(get_locale()) != "vi":
        return text
    return text.translate(str.maketrans(",.", ".,"))


def money(value: int | None) -> str:
    """Return an amount in VND: 8.500.000 đ, never broken across lines."""
    return NO_VALUE if value is None else f"{number(value)}{SPACE}đ"


def unit(value: float | None, name: str) -> str:
    """Return a figure with what it counts, kept together: "1 person", "3 people"."""
    return f"{NO_VALUE}{SPACE}{name}" if value is None else counted(value, number(value), name)


def phone(value: str | None) -> str:
    """Return a phone number as people read it."""
    return vietnamese.show_phone(value) if value else NO_VALUE


def translate(text: str) -> str:
    """Return an N_ text in the reader's language."""
    return str(_(text)) if text else ""


def attach(app: Flask) -> None:
    """Register filters and the values that each page finds in place."""
    app.jinja_env.filters |= {
        "date": date,
        "datetime": datetime,
        "clock_time": clock_time,
        "day_of": day_of,
        "weekday": weekday,
        "number": number,
        "money": money,
        "unit": unit,
        "phone": phone,
        "fold": vietnamese.fold,
        "t": translate,
        "label": code_label,
        "occupation": occupation_label,
        "name": own_name,
        "words": words,
        "screen_words": helping.screen_words,
    }

    def common() -> dict[str, object]:
        known = current_user if me().user_id is not None else None
        return {
            "locale": str(get_locale()),
            "language_switch": language_switch(),
            "languages": language_links(),
            "nav": menu(),
            "me": me(),
            "person": {
                "name": me().name,
                "role": translate(known.role_label),
                "account_href": url_for("account.account"),
            }
            if known
            else None,
            "sign_out_href": url_for("public.sign_out"),
            "home_href": url_for("public.home"),
            "help_href": helping.href_here(),
            "find_href": url_for("counsellor.seekers") if me().may(Right.SEEKERS_READ) else "",
            "page_href": page_href,
            "unit_line": unit_line(),
            "training": training.is_training(),
            "today": clock.today(),
            "form_errors": False,
        }

    app.context_processor(common)
