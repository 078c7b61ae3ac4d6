"""Invented vacancies: nearly nine of ten for general labour, each told in its own words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from jobcenter.demo.draw import Draw, Table
from jobcenter.demo.firms import Firm
from jobcenter.demo.vocabulary import LANGUAGES, Trade, say, trades, upper_first, words

GENERAL_SHARE = 87


@dataclass(frozen=True)
class Order:
    """One invented vacancy, fields as domain.md 2.2; `firm` is the place in the list of firms."""

    firm: int
    title: str
    occupation_code: str
    headcount: int
    state: str
    registered_on: dt.date
    deadline: dt.date
    start_on: dt.date | None = None
    description: str = ""
    requirement: str = ""
    position: str = "staff"
    general_education: str | None = None
    qualification: str | None = None
    field: str = ""
    experience: str = "none"
    years_experience: int = 0
    certificates: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    office_it: str | None = None
    skills: str = ""
    contract: str = "12-36m"
    extra_demands: tuple[str, ...] = ()
    mode: str = "full-time"
    purpose: str = "long-term"
    pay_kind: str = "month"
    pay_min: int | None = None
    pay_max: int | None = None
    shift: str | None = None
    overtime_hours: int = 0
    benefits: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    priority_groups: tuple[str, ...] = ()
    apply_ways: tuple[str, ...] = ("in-person", "phone")
    services: tuple[str, ...] = ("referral",)
    has_dormitory: bool = False
    has_bus: bool = False
    probation_days: int = 30
    safety_group: int | None = None
    round_number: int | None = None
    round_month: dt.date | None = None


_STATES = Table([("open", 83), ("submitted", 5), ("draft", 5), ("on-hold", 3), ("closed", 4)])
_HEADCOUNTS = Table(
    [
        (1, 3), (2, 4), (3, 5), (5, 9), (8, 6), (10, 13), (15, 9), (20, 12), (30, 11), (40, 6),
        (50, 8), (80, 5), (100, 5), (150, 3), (200, 3), (300, 2), (400, 1), (500, 1),
    ]
)  # fmt: skip
_FEW = Table([(1, 34), (2, 26), (3, 16), (4, 8), (5, 8), (10, 5), (15, 2), (20, 1)])
_SHIFTS = Table(
    [("two-shift-12h", 40), ("three-shift-8h", 28), ("office", 26), ("night", 2), ("flexible", 4)]
)
_TONGUES = {
    "Hàn Quốc": "ko",
    "Nhật Bản": "ja",
    "Trung Quốc": "zh",
    "Đài Loan": "zh",
    "Hồng Kông": "zh",
}
_EXPERIENCE = {0: "none", 1: "1-2", 2: "2-5", 3: "2-5", 5: "over-5"}


@cache
def _demand(kind: str, *, general: bool) -> Table[Trade]:
    """Return trades by demand: those of the firm's sector, or all where it has none."""
    fitting = [t for t in trades() if t.general == general]
    inside = [t for t in fitting if kind in t.sectors] or fitting
    return Table([(trade, trade.demand) for trade in inside])


def orders(seed: int, firms: Sequence[Firm], count: int = 300, *, today: dt.date) -> list[Order]:
    """Return `count` vacancies of `firms`, dated around `today`."""
    draw = Draw(f"orders-{seed}")
    return [
        _order(draw, firms, today, general=n * GENERAL_SHARE % 100 < GENERAL_SHARE)
        for n in range(count)
    ]


def _order(draw: Draw, firms: Sequence[Firm], today: dt.date, *, general: bool) -> Order:
    place = draw.below(len(firms))
    firm = firms[place]
    trade = draw.of(_demand(firm.kind, general=general))
    language = _TONGUES.get(firm.capital_country, "ko") if trade.interprets else ""
    state = draw.of(_STATES)
    registered = today - dt.timedelta(days=draw.below(75))
    over = today - dt.timedelta(days=draw.between(1, 25))
    due = today + dt.timedelta(days=draw.between(1, 90))
    order = Order(
        firm=place,
        title=say(draw, draw.pick(trade.titles), trade, LANGUAGES.get(language, "Anh")),
        occupation_code=trade.code,
        headcount=draw.of(_HEADCOUNTS if trade.general else _FEW),
        state=state,
        registered_on=min(registered, over) if state == "closed" else registered,
        deadline=over if state == "closed" else due,
        start_on=due + dt.timedelta(days=draw.between(3, 30)) if draw.chance(70) else None,
        languages=(language,) if language else (),
        round_number=1 if registered.day <= 15 else 2,
        round_month=registered.replace(day=1),
    )
    order = _asks(draw, order, trade)
    order = _gives(draw, order, trade, firm)
    return _tells(draw, order, trade)


def _asks(draw: Draw, order: Order, trade: Trade) -> Order:
    """Add what the person must bring."""
    years = draw.pick((0, 0, 0, 0, 1)) if trade.general else draw.pick((0, 1, 1, 2, 3, 5))
    general = draw.pick(("thcs", "thcs", "thcs", "thpt", "thpt", "tieu-hoc", None))
    has_levels = bool(trade.levels) and draw.chance(80)
    asked = trade.certificate and draw.chance(trade.certificate_asked)
    return replace(
        order,
        position="manager" if trade.leads else "staff",
        general_education=general if trade.general else "thpt",
        qualification=draw.pick(trade.levels) if has_levels else None,
        field=_field(draw, order, trade) if has_levels else "",
        experience=_EXPERIENCE[years],
        years_experience=years,
        certificates=(trade.certificate,) if asked else (),
        office_it=draw.pick(("fair", "average")) if trade.code in _AT_A_DESK else None,
        skills=", ".join(say(draw, x, trade) for x in draw.some(trade.skills, draw.between(1, 4))),
        conditions=trade.conditions,
        safety_group=3 if trade.certificate else 4 if trade.general else None,
    )


_AT_A_DESK = ("4110", "2411", "3331", "2643", "4321", "2141")


def _field(draw: Draw, order: Order, trade: Trade) -> str:
    tongue = LANGUAGES.get(order.languages[0], "") if order.languages else ""
    return say(draw, draw.pick(trade.fields), trade, tongue)


def _gives(draw: Draw, order: Order, trade: Trade, firm: Firm) -> Order:
    """Add pay, hours and benefits, in step with the trade and the firm."""
    low, high = trade.pay
    bottom = (low + draw.below((high - low) // 2)) // 100 * 100
    top = bottom + draw.between(8, 36) * 100
    shift = "office" if trade.code in _AT_A_DESK else draw.of(_SHIFTS)
    in_turns = shift in ("two-shift-12h", "three-shift-8h")
    bus = bool(firm.bus_routes)
    perks = draw.some(("training", "promotion", "travel-support", "housing-support"), 2)
    meal = draw.pick(("meal-1", "meal-1", "meal-2", "meal-cash"))
    given = [
        meal,
        "insurance",
        *(["bus"] if bus else []),
        *(["dormitory"] if firm.has_dormitory else []),
    ]
    return replace(
        order,
        contract=draw.pick(("12-36m", "12-36m", "indefinite", "under-12m")),
        purpose="temporary" if "thời vụ" in order.title else "long-term",
        pay_min=bottom * 1000,
        pay_max=top * 1000 if draw.chance(92) else None,
        shift=shift,
        overtime_hours=draw.pick((0, 20, 30, 40, 40)),
        extra_demands=("shift-work",) if in_turns else (),
        benefits=tuple(dict.fromkeys([*given, *perks])),
        priority_groups=tuple(draw.some(("BDXN", "HN", "LDNT", "KT"), 1)) if draw.chance(8) else (),
        apply_ways=draw.pick((("in-person", "phone"), ("in-person",), ("phone", "send-cv"))),
        services=draw.pick((("referral",), ("referral", "supply"), ("counselling", "referral"))),
        has_dormitory=firm.has_dormitory,
        has_bus=bus,
        probation_days=draw.pick((6, 6, 30)) if trade.general else draw.pick((30, 60)),
    )


def _tells(draw: Draw, order: Order, trade: Trade) -> Order:
    """Add the text: duties, demands, offers; a protected wish only in some drafts."""
    told = words()["firms"]
    duties = [say(draw, duty, trade) + "." for duty in draw.some(trade.duties, draw.between(2, 4))]
    description = [*duties, *draw.some(told["closings"], draw.between(1, 2))]
    if draw.chance(60):
        description.append("Quyền lợi: " + " ".join(draw.some(told["offers"], draw.between(1, 3))))
    demands = [
        upper_first(draw.pick(("biết ", "làm được: ", "ưu tiên biết ")) + order.skills + ".")
    ]
    demands.append(
        f"Kinh nghiệm từ {order.years_experience} năm."
        if order.years_experience
        else draw.pick(("Chưa có kinh nghiệm sẽ được đào tạo.", "Không yêu cầu kinh nghiệm."))
    )
    demands += [f"Có {name[:1].lower()}{name[1:]}." for name in order.certificates]
    demands += draw.some(told["demands"], draw.between(1, 2))
    if order.state in ("draft", "submitted") and draw.chance(75):
        demands.append(draw.pick(told["protected"]))
    return replace(order, description="\n".join(description), requirement="\n".join(demands))
