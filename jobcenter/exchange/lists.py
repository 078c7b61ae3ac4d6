"""Which columns each list has. A later room adds a list by declaring its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.catalogue.queries import Lists, commune_names
from jobcenter.enterprises.choices import STANDING_LABELS
from jobcenter.exchange.writer import Heading, Kind
from jobcenter.kernel import vietnamese
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_
from jobcenter.people.choices import SEX_LABELS
from jobcenter.seekers.choices import STATE_LABELS as FILE_STATES
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.choices import STATE_LABELS as VACANCY_STATES

MOST_ROWS = 20_000
CHUNK = 1_000


@dataclass(frozen=True)
class Reading:
    """What a column needs to write in the reader's language."""

    lists: Lists
    locale: str
    say: Callable[[str], str]
    communes: dict[str, str]

    def name(self, of: str, code: str | None) -> str:
        """Return the name of a code, "" for none."""
        return self.lists.name(of, code, self.locale) if code else ""

    def names(self, of: str, codes: Iterable[str] | None) -> str:
        """Return the names of several codes."""
        return ", ".join(self.name(of, code) for code in codes or ())

    def commune(self, code: str | None) -> str:
        """Return the name of a commune anywhere in the country."""
        return self.communes.get(code or "", code or "")

    def yes(self, value: bool | None) -> str:
        """Return yes, no or nothing."""
        return "" if value is None else self.say(N_("Có") if value else N_("Không"))


@dataclass(frozen=True)
class Column:
    """One column: its name, its kind, and where its value comes from."""

    label: str
    kind: Kind
    value: Callable[[Any, Reading], Any]
    width: int = 16


def _phone(number: str | None) -> str:
    return vietnamese.show_phone(number) if number else ""


def _born(row: Seeker, _r: Reading) -> str:
    day, year = row.person.birth_date, row.person.birth_year
    return f"{day:%d/%m/%Y}" if day else str(year or "")


T, W, M, D = Kind.TEXT, Kind.WHOLE, Kind.MONEY, Kind.DAY
SEEKERS: tuple[Column, ...] = (
    Column(N_("Số hồ sơ"), T, lambda s, r: s.number, 15),
    Column(N_("Họ và tên"), T, lambda s, r: s.person.full_name, 26),
    Column(N_("Ngày sinh"), T, _born, 12),
    Column(N_("Điện thoại"), T, lambda s, r: _phone(s.person.phone), 14),
    Column(N_("Nơi ở hiện nay"), T, lambda s, r: r.commune(s.person.current_commune), 22),
    Column(N_("Ngày đăng ký"), D, lambda s, r: s.registered_on, 12),
    Column(N_("Trạng thái"), T, lambda s, r: r.say(FILE_STATES[s.state]), 18),
    Column(N_("Học vấn"), T, lambda s, r: r.name("A", s.general_education), 18),
    Column(N_("Trình độ chuyên môn"), T, lambda s, r: r.name("B", s.qualification), 18),
    Column(N_("Việc mong muốn"), T, lambda s, r: "; ".join(wish.title for wish in s.wishes), 30),
    Column(N_("Lương thấp nhất"), M, lambda s, r: s.pay_min, 14),
    Column(N_("Ca làm"), T, lambda s, r: r.names("K", s.shifts), 22),
    Column(N_("Đi làm từ"), D, lambda s, r: s.available_on, 12),
)
# The five groups of labour registration (Law 74/2025, article 17), in their order, without what
# is sensitive: ethnicity and target groups have pages and permissions of their own.
REGISTRATION: tuple[Column, ...] = (
    Column(N_("Số hồ sơ"), T, lambda s, r: s.number, 15),
    Column(N_("a. Họ và tên"), T, lambda s, r: s.person.full_name, 26),
    Column(N_("a. Số CCCD"), T, lambda s, r: s.person.id_number or "", 15),
    Column(N_("a. Ngày sinh"), T, _born, 12),
    Column(
        N_("a. Giới tính"), T,
        lambda s, r: r.say(SEX_LABELS[s.person.sex]) if s.person.sex else "", 9,
    ),
    Column(N_("a. Nơi ở hiện nay"), T, lambda s, r: r.commune(s.person.current_commune), 22),
    Column(N_("b. Học vấn"), T, lambda s, r: r.name("A", s.general_education), 18),
    Column(N_("b. Trình độ chuyên môn"), T, lambda s, r: r.name("B", s.qualification), 18),
    Column(N_("c. Tình trạng việc làm"), T, lambda s, r: r.name("E", s.employment_status), 20),
    Column(
        N_("c. Việc mong muốn"), T, lambda s, r: "; ".join(wish.title for wish in s.wishes), 30
    ),
    Column(
        N_("d. Mã số BHXH"), T, lambda s, r: s.person.social_insurance_number or "", 14
    ),
    Column(
        N_("d. Hưởng trợ cấp thất nghiệp"), T, lambda s, r: r.yes(s.on_unemployment_benefit), 14
    ),
)  # fmt: skip
VACANCIES: tuple[Column, ...] = (
    Column(N_("Số yêu cầu tuyển"), T, lambda v, r: v.number, 15),
    Column(N_("Tên công việc"), T, lambda v, r: v.title, 30),
    Column(
        N_("Doanh nghiệp"), T,
        lambda v, r: v.enterprise.name if v.enterprise else v.firm_as_written, 32,
    ),
    Column(N_("Khu công nghiệp"), T, lambda v, r: r.name("park", v.park_code), 20),
    Column(N_("Trạng thái"), T, lambda v, r: r.say(VACANCY_STATES[v.state]), 14),
    Column(N_("Số lượng tuyển"), W, lambda v, r: v.headcount, 10),
    Column(N_("Đã nhận"), W, lambda v, r: v.filled, 10),
    Column(N_("Còn tuyển"), W, lambda v, r: v.headcount - v.filled, 10),
    Column(N_("Lương từ"), M, lambda v, r: v.pay_min, 14),
    Column(N_("Lương đến"), M, lambda v, r: v.pay_max, 14),
    Column(N_("Ca làm"), T, lambda v, r: r.name("K", v.shift), 18),
    Column(N_("Học vấn"), T, lambda v, r: r.name("A", v.general_education), 18),
    Column(N_("Hạn nhận hồ sơ"), D, lambda v, r: v.deadline, 12),
    Column(N_("Ngày đăng ký"), D, lambda v, r: v.registered_on, 12),
)  # fmt: skip
ENTERPRISES: tuple[Column, ...] = (
    Column(N_("Tên doanh nghiệp"), T, lambda e, r: e.name, 36),
    Column(N_("Mã số thuế"), T, lambda e, r: e.tax_number or "", 15),
    Column(N_("Loại hình"), T, lambda e, r: r.name("L", e.type), 20),
    Column(N_("Khu công nghiệp"), T, lambda e, r: r.name("park", e.park_code), 22),
    Column(N_("Ngành kinh doanh chính"), T, lambda e, r: e.sector, 24),
    Column(N_("Điện thoại"), T, lambda e, r: _phone(e.phone), 14),
    Column(N_("Email"), T, lambda e, r: e.email or "", 26),
    Column(N_("Tình trạng"), T, lambda e, r: r.say(STANDING_LABELS[e.standing]), 18),
)


def headings(columns: Sequence[Column], say: Callable[[str], str]) -> list[Heading]:
    """Return the head row in the reader's language."""
    return [Heading(say(one.label), one.kind, one.width) for one in columns]


def rows(columns: Sequence[Column], found: Iterable[Any], reading: Reading) -> Iterator[list[Any]]:
    """Yield the cells of each row."""
    for row in found:
        yield [one.value(row, reading) for one in columns]


def whole(fetch: Callable[[Slice], Page[Any]], *, most: int = MOST_ROWS) -> Iterator[Any]:
    """Yield every row of a list, chunk by chunk; refuses lists that are too long for one file."""
    number = 1
    while True:
        page = fetch(Slice(number, CHUNK))
        if page.total > most:
            raise Refused(
                N_(
                    "Danh sách có %(total)s dòng, một tệp chứa nhiều nhất %(most)s. "
                    "Lọc bớt rồi xuất."
                ),
                total=page.total, most=most,
            )  # fmt: skip
        yield from page.items
        if number * CHUNK >= page.total:
            return
        number += 1


def reading_of(session: Session, lists: Lists, locale: str, say: Callable[[str], str]) -> Reading:
    """Return what the columns need, read once."""
    return Reading(lists, locale, say, commune_names(session, locale))
