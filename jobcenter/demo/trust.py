"""Who acts for the invented firms: users, branches, requests, a ban; and how many work there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.accounts.models import User
from jobcenter.accounts.rules import add_user
from jobcenter.demo import people
from jobcenter.demo.draw import Draw
from jobcenter.demo.firms import Firm, tax_number
from jobcenter.enterprises import requests, rules, workforce
from jobcenter.enterprises.choices import Interest
from jobcenter.enterprises.interests import declare
from jobcenter.enterprises.models import Enterprise, Member, WorkforceFigure
from jobcenter.enterprises.requests import RequestData
from jobcenter.enterprises.rules import EnterpriseData
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor

# Workers at a firm of each band, least and most.
_RANGES = {
    "under-10": (4, 9), "10-50": (14, 50), "51-100": (54, 100), "101-300": (110, 300),
    "301-500": (310, 500), "501-1000": (520, 1000), "over-1000": (1100, 6500),
}  # fmt: skip
WHY_BANNED = "Thu tiền giữ chỗ của người lao động; đã lập biên bản, chờ hoàn trả"


def write(
    session: Session, *, seed: int, today: dt.date, firms: Sequence[Firm], ids: Sequence[int],
    password_hash: str, partial: User | None, by: Actor,
) -> None:  # fmt: skip
    """Write everything that hangs on the firms and is not their record or their vacancies."""
    draw = Draw(f"trust-{seed}")
    for firm, enterprise_id in zip(firms, ids, strict=True):
        session.add_all(_figures(draw, firm, enterprise_id, today))
    rows = [session.get_one(Enterprise, one) for one in [*ids[:3], ids[-1]]]
    people_of_firms = _Accounts(session, draw, password_hash, by)
    for _n in range(2):
        user = people_of_firms.open()
        session.add(Member(user_id=user.id, enterprise_id=ids[0], is_admin=False))
    for parent, park in zip(rows[:2], ("deep-c-3", "vsip"), strict=False):
        _branch(session, parent, park, by)
    _requests(session, draw, rows[0], people_of_firms, by)
    if len(ids) > 3:
        rules.move(session, enterprise=rows[-1], verb="ban", reason=WHY_BANNED, by=by)
    if partial is not None and len(ids) > 2:
        declare(
            session, user=partial, enterprise=rows[2], kind=Interest.FAMILY,
            note="Em trai làm ở phòng kế toán", by=by,
        )  # fmt: skip
    session.flush()


class _Accounts:
    """Opens accounts for firms' people; nobody signs in with them."""

    def __init__(self, session: Session, draw: Draw, password_hash: str, by: Actor) -> None:
        self.session, self.draw, self.password_hash, self.by = session, draw, password_hash, by
        self.count = 0

    def open(self) -> User:
        """Return a new account of an invented person."""
        self.count += 1
        sex = self.draw.pick(("female", "male"))
        name = people.full_name(self.draw, sex, self.draw.between(1980, 2000))
        given = vietnamese.fold(vietnamese.given_name(name))
        return add_user(
            self.session, login=f"{given}-{4000 + self.count}", name=name,
            role=Role.ENTERPRISE_USER, password_hash=self.password_hash, by=self.by,
        )  # fmt: skip


def _branch(session: Session, parent: Enterprise, park: str, by: Actor) -> None:
    made = rules.add(
        session,
        data=EnterpriseData(
            name=f"Chi nhánh {parent.short_name}",
            short_name=f"CN {parent.short_name}"[:60],
            tax_number=f"{parent.tax_number}-001",
            type=parent.type,
            capital_country=parent.capital_country,
            park_code=park,
            sector=parent.sector,
            product=parent.product,
            size_band="51-100",
            parent_id=parent.id,
        ),
        by=by,
    )
    rules.move(session, enterprise=made, verb="approve", reason="Cùng công ty mẹ", by=by)


def _requests(
    session: Session, draw: Draw, known: Enterprise, accounts: _Accounts, by: Actor
) -> None:
    """Send a joining, a new firm with a near name, and one that was asked for more."""
    asked = (
        (known.name, str(known.tax_number), known.park_code),
        (f"Công ty Cổ phần {known.short_name} Đông Á", tax_number(9001), "nam-cau-kien"),
        ("Công ty TNHH Bao bì Giấy Tân Phong", tax_number(9002), "trang-due"),
    )
    for number, (name, tax, park) in enumerate(asked):
        user = accounts.open()
        data = RequestData(
            firm_name=name, tax_number=tax, park_code=park, address=f"Lô C{number + 3}",
            name=user.name, position="Nhân viên tuyển dụng", phone=people.phone(draw),
            email=f"nhansu{number}@moi.example",
        )  # fmt: skip
        sender = Actor(user.id, user.name, user.role.value)
        sent = requests.send(session, data=data, by=sender)
        if number == 2:
            why = "Chưa gọi được số đã ghi. Ghi thêm số máy bàn của công ty"
            requests.ask_more(session, request=sent, reason=why, version=None, by=by)


def _figures(draw: Draw, firm: Firm, enterprise_id: int, today: dt.date) -> list[WorkforceFigure]:
    """Return half-yearly and yearly figures that lead up to the firm's size of today."""
    now = draw.between(*_RANGES[firm.size_band])
    begun, growth = draw.between(2012, 2023), draw.between(3, 11)
    tells_sex, share = draw.chance(70), draw.between(35, 80)
    abroad = draw.between(5, 40) if firm.type == "foreign" else 0  # of a thousand
    if draw.chance(8):
        return []  # never said
    days = [dt.date(year, 12, 31) for year in range(2018, today.year)]
    days += [day for day in (dt.date(today.year, 6, 30),) if day < today]
    found = []
    for back, day in enumerate(reversed(days)):
        if day.year <= begun:
            break
        total = max(1, now * 100 // (100 + growth * back))
        foreign = total * abroad // 1000
        found.append(
            WorkforceFigure(
                enterprise_id=enterprise_id, as_of=day, vietnamese=total - foreign,
                foreign=foreign, female=total * share // 100 if tells_sex else None,
                source="report" if day.month == 12 else "firm",
                recorded_at=dt.datetime.combine(
                    day + dt.timedelta(days=12), dt.time(9), clock.LOCAL
                ),
                recorded_by="Trần Thu Hà",
            )
        )  # fmt: skip
    assert not found or workforce.size_band(now) == firm.size_band  # noqa: S101
    return found
