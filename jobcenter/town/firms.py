"""Invented enterprises in the real parks, and what they ask for."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from jobcenter.town.trades import TRADES, Trade

WORDS = (
    "Sao Biển",
    "Hàm Rồng",
    "Phượng Đỏ",
    "Cánh Buồm",
    "Sông Cấm",
    "Bạch Hải Âu",
    "Hoa Gạo",
    "Mỏ Neo",
    "Đảo Dứa",
    "Cầu Vồng",
    "Bình Minh Cảng",
    "Núi Voi Xanh",
    "Ngọn Đèn Biển",
    "Sóng Bạc",
    "Thuyền Nan",
    "Gió Nồm",
    "Lá Phong Lan",
    "Ngọc Trai Vịnh",
    "Đá Xanh",
    "Tre Ngà",
)
ENDINGS = {
    "Điện tử": ("Điện tử", "Linh kiện"),
    "Dệt may": ("May mặc", "Dệt may"),
    "Da giày": ("Giày",),
    "Nhựa": ("Nhựa kỹ thuật", "Bao bì nhựa"),
    "Cơ khí": ("Cơ khí chính xác", "Kết cấu thép"),
    "Kho vận": ("Kho vận", "Tiếp vận"),
    "Hàng tiêu dùng": ("Hàng tiêu dùng",),
    "Sản xuất chung": ("Sản xuất", "Vật liệu"),
}
CAPITAL = (
    ("Hàn Quốc", 30),
    ("Nhật Bản", 22),
    ("Trung Quốc", 18),
    ("Đài Loan", 10),
    ("Việt Nam", 20),
)
CONTACTS = (
    "Lê Minh Đức",
    "Phạm Thu Trang",
    "Vũ Hải Yến",
    "Trần Quốc Huy",
    "Nguyễn Lan Chi",
    "Đỗ Mạnh Hà",
    "Bùi Thanh Vân",
    "Hoàng Anh Dũng",
)


@dataclass(frozen=True)
class Firm:
    """One invented enterprise."""

    name: str
    short_name: str
    tax_number: str
    type: str
    capital_country: str
    park: str
    commune: str
    sector: str
    product: str
    size_band: str
    contact: str
    phone: str
    routes: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Order:
    """One invented vacancy; `firm` is the place in the list of firms."""

    firm: int
    title: str
    code: str
    headcount: int
    description: str
    requirement: str
    state: str
    general_education: str
    qualification: str | None
    field: str
    experience: str
    years_experience: int
    certificates: tuple[str, ...]
    languages: tuple[str, ...]
    shift: str
    pay_min: int
    pay_max: int
    benefits: tuple[str, ...]
    conditions: tuple[str, ...]
    has_dormitory: bool
    has_bus: bool
    registered_on: dt.date
    deadline: dt.date
    start_on: dt.date
    overtime_hours: int


def firms(
    *, seed: int, count: int, parks: dict[str, str], communes: dict[str, float]
) -> list[Firm]:
    """Return `count` firms; `parks` maps park codes to commune codes."""
    draw = random.Random(f"firms-{seed}")
    names: dict[str, Firm] = {}
    sectors = [trade.sector for trade in TRADES]
    shares = [trade.share for trade in TRADES]
    while len(names) < count:
        sector = draw.choices(sectors, shares)[0]
        word, ending = draw.choice(WORDS), draw.choice(ENDINGS[sector])
        short = f"{ending} {word}"
        if short not in names:
            names[short] = _firm(draw, short, sector, len(names), parks, communes)
    return list(names.values())


def _firm(
    draw: random.Random,
    short: str,
    sector: str,
    number: int,
    parks: dict[str, str],
    communes: dict[str, float],
) -> Firm:
    country = draw.choices([c for c, _w in CAPITAL], [w for _c, w in CAPITAL])[0]
    park = draw.choice(sorted(parks))
    routes = tuple(
        (f"Tuyến {n + 1}", tuple(draw.sample(sorted(communes), draw.randint(3, 6))))
        for n in range(draw.choice((0, 1, 2, 2, 3)))
    )
    return Firm(
        name=f"Công ty {'TNHH' if draw.random() < 0.8 else 'Cổ phần'} {short}",
        short_name=short,
        tax_number=f"0209{number:06d}",
        type="private" if country == "Việt Nam" else "foreign",
        capital_country=country,
        park=park,
        commune=parks[park],
        sector=sector,
        product=f"Sản phẩm {sector.lower()}",
        size_band=draw.choice(("101-300", "301-500", "501-1000", "over-1000", "51-100")),
        contact=draw.choice(CONTACTS),
        phone=f"+842253{draw.randrange(10**6):06d}",
        routes=routes,
    )


def orders(*, seed: int, firms: list[Firm], count: int, today: dt.date) -> list[Order]:
    """Return `count` vacancies of `firms`, nearly nine of ten for general labour."""
    draw = random.Random(f"orders-{seed}")
    return [_order(draw, firms, today) for _ in range(count)]


def _order(draw: random.Random, firms: list[Firm], today: dt.date) -> Order:
    place = draw.randrange(len(firms))
    firm = firms[place]
    trade = _trade_for(draw, firm.sector)
    is_skilled = bool(trade.field)
    low = round(draw.uniform(trade.pay[0], sum(trade.pay) / 2), 1)
    years = draw.choice((1, 2, 3)) if is_skilled else draw.choice((0, 0, 0, 0, 1))
    registered = today - dt.timedelta(days=draw.randint(0, 60))
    language = (draw.choice(("ko", "zh", "ja")),) if trade.code == "2643" else ()
    state = draw.choices(("open", "submitted", "draft", "closed", "on-hold"), (78, 6, 5, 8, 3))[0]
    return Order(
        firm=place,
        title=draw.choice(trade.titles),
        code=trade.code,
        headcount=_headcount(draw, is_skilled),
        description=_description(draw, trade),
        requirement=_requirement(draw, trade, years, is_draft=state == "draft"),
        state=state,
        general_education="thpt"
        if is_skilled
        else draw.choice(("thcs", "thcs", "thpt", "tieu-hoc")),
        qualification=draw.choice(("trung-cap", "so-cap", "cao-dang")) if is_skilled else None,
        field=trade.field,
        experience={0: "none", 1: "1-2", 2: "2-5", 3: "2-5"}[years],
        years_experience=years,
        certificates=(trade.certificate,) if trade.certificate and draw.random() < 0.7 else (),
        languages=language,
        shift=_shift(draw, trade),
        pay_min=int(low * 10) * 100_000,
        pay_max=int((low + draw.uniform(0.8, 3.0)) * 10) * 100_000,
        benefits=(
            "insurance",
            *draw.sample(("meal-1", "bus", "training", "promotion", "housing-support"), 2),
        ),
        conditions=(
            "place-indoor",
            draw.choice(("stand-medium", "stand-much", "stand-little")),
            draw.choice(("lift-under-5", "lift-5-20")),
            draw.choice(("hand-small", "hand-tiny", "hand-large")),
        ),
        has_dormitory=draw.random() < 0.2,
        has_bus=bool(firm.routes),
        registered_on=registered,
        deadline=today + dt.timedelta(days=draw.randint(5, 80))
        if state != "closed"
        else today - dt.timedelta(days=draw.randint(1, 30)),
        start_on=today + dt.timedelta(days=draw.randint(7, 60)),
        overtime_hours=draw.choice((0, 20, 30, 40)),
    )


def _trade_for(draw: random.Random, sector: str) -> Trade:
    fitting = [
        t for t in TRADES if t.sector in (sector, "Sản xuất chung", "Kho vận", "Hàng tiêu dùng")
    ]
    weights = [t.share * (6 if t.sector == sector else 1) for t in fitting]
    return draw.choices(fitting, weights)[0]


def _headcount(draw: random.Random, is_skilled: bool) -> int:
    if is_skilled:
        return draw.choice((1, 2, 2, 3, 5, 10))
    return draw.choices(
        (5, 10, 20, 30, 50, 80, 100, 150, 200, 300, 500), (8, 14, 18, 16, 15, 9, 8, 5, 4, 2, 1)
    )[0]


def _description(draw: random.Random, trade: Trade) -> str:
    duties = draw.sample(trade.duties, min(len(trade.duties), 2))
    tail = draw.choice(
        (
            "Làm việc theo hướng dẫn của tổ trưởng.",
            "Giữ gìn vệ sinh khu vực làm việc theo 5S.",
            "Tuân thủ nội quy và an toàn lao động.",
            "Ghi sổ bàn giao cuối ca.",
        )
    )
    return "\n".join([*(duty[0].upper() + duty[1:] + "." for duty in duties), tail])


def _requirement(draw: random.Random, trade: Trade, years: int, *, is_draft: bool) -> str:
    lines = []
    known = ", ".join(draw.sample(trade.skills, min(len(trade.skills), draw.randint(1, 3))))
    lines.append(
        draw.choice((f"Biết {known}.", f"Ưu tiên người biết {known}.", f"Đã làm {known}."))
    )
    lines.append(f"Kinh nghiệm từ {years} năm." if years else "Chưa có kinh nghiệm được đào tạo.")
    if trade.certificate:
        lines.append(f"Có {trade.certificate[0].lower() + trade.certificate[1:]}.")
    lines.append(draw.choice(("Chăm chỉ, gắn bó lâu dài.", "Sức khoẻ tốt.", "Đi làm đúng giờ.")))
    if is_draft and draw.random() < 0.7:
        # what some firms still write, so that the flags have something to show
        lines.append(
            draw.choice(
                ("Nữ, tuổi từ 18 đến 35.", "Ưu tiên nam dưới 40 tuổi.", "Ngoại hình ưa nhìn.")
            )
        )
    return "\n".join(lines)


def _shift(draw: random.Random, trade: Trade) -> str:
    if trade.code in ("4110", "2643"):
        return "office"
    return draw.choices(("two-shift-12h", "three-shift-8h", "office", "night"), (42, 30, 25, 3))[0]
